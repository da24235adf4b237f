"""Graphs, dumps and reconciliation for programs. In: nothing. Out: their paths of an OpenAPI 3.1 document."""

from __future__ import annotations

from cyppgraph.store import AnswerKind, formats_for

Json = dict[str, object]

_TRIPLES: Json = {form.media_type: {"schema": {"type": "string"}} for form in formats_for(AnswerKind.TRIPLES)}
_TAKEN = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
_WHICH = [
    {
        "name": "graph",
        "in": "query",
        "description": "The IRI of a graph. Either this or 'default'.",
        "schema": {"type": "string", "format": "iri"},
        "example": "https://w3id.org/cyppgraph/graph/catalogue",
    },
    {
        "name": "default",
        "in": "query",
        "description": "The default graph; it has no value.",
        "allowEmptyValue": True,
        "schema": {"type": "string", "enum": [""]},
    },
]


def describe_paths() -> Json:
    """Return the paths of the graph store, the dumps and the reconciliation service."""
    return {
        "/store": {
            "get": _describe_store("read_graph", "Read a graph", {"200": _answer("Its triples.", _TRIPLES)}),
            "put": _describe_change("replace_graph", "Replace a graph"),
            "post": _describe_change("add_to_graph", "Add to a graph, or make a new one"),
            "delete": _describe_change("drop_graph", "Remove a graph", takes_body=False),
        },
        "/dumps/{name}": {"get": _describe_dump()},
        "/reconcile": {"get": _describe_manifest()},
    }


def _describe_dump() -> Json:
    return {
        "operationId": "dump",
        "summary": "Take the data away",
        "description": "A Turtle file for each graph, the whole as TriG and N-Quads, SHA256SUMS of them all.",
        "tags": ["Data"],
        "parameters": [
            {
                "name": "name",
                "in": "path",
                "required": True,
                "schema": {"type": "string"},
                "example": "SHA256SUMS",
            }
        ],
        "responses": {
            "200": _answer("The file.", {each: {} for each in ("text/turtle", "application/gzip", "text/plain")}),
            "304": {"description": "The copy that the client has is still right."},
            "404": {"description": "There is no such file."},
        },
    }


def _describe_manifest() -> Json:
    return {
        "operationId": "reconciliation_manifest",
        "summary": "What the reconciliation service offers",
        "description": "Reconciliation Service API 0.2; version 1.0-draft is at /reconcile/1.0.",
        "tags": ["Data"],
        "responses": {"200": _answer("The manifest.", {"application/json": {}})},
    }


def _answer(description: str, content: Json) -> Json:
    return {"description": description, "content": content}


def _describe_store(name: str, summary: str, responses: Json) -> Json:
    return {
        "operationId": name,
        "summary": summary,
        "description": "SPARQL 1.1 Graph Store HTTP Protocol; /graph/NAME names a graph by its address.",
        "tags": ["SPARQL"],
        "parameters": _WHICH,
        "responses": responses
        | {
            "400": {"description": "The address names no graph, or several, or the content is not of its format."},
            "404": {"description": "There is no such graph."},
            "406": {"$ref": "#/components/responses/NotAcceptable"},
            "429": {"$ref": "#/components/responses/TooManyRequests"},
            "503": {"$ref": "#/components/responses/LimitReached"},
        },
    }


def _describe_change(name: str, summary: str, *, takes_body: bool = True) -> Json:
    done: Json = {"204": {"description": "It was done."}}
    if takes_body:
        done |= {"201": {"description": "The graph is new."}}
    refused: Json = {
        "401": {"$ref": "#/components/responses/TokenMissing"},
        "403": {"$ref": "#/components/responses/Forbidden"},
    }
    operation = _describe_store(name, summary, done | refused) | {"security": [{"token": []}]}
    if takes_body:
        content = {media_type: {"schema": {"type": "string"}} for media_type in _TAKEN}
        operation["requestBody"] = {"required": True, "content": content}
    return operation
