"""The SPARQL endpoint for programs that call it. In: nothing. Out: its paths of an OpenAPI 3.1 document."""

from __future__ import annotations

from cyppgraph.store import FORMATS

Json = dict[str, object]

_EXAMPLE = "SELECT ?plan ?title { ?plan a cypp:Plan ; dct:title ?title }"
_GRAPHS = {"type": "array", "items": {"type": "string", "format": "iri"}}


def describe_paths() -> Json:
    """Return the path of the endpoint: queries by GET and POST, updates by POST."""
    return {
        "/sparql": {
            "get": {
                "operationId": "query",
                "summary": "Ask a query",
                "description": "SPARQL 1.1 Protocol, query by GET. Without a query: the description of the service.",
                "tags": ["SPARQL"],
                "parameters": [_describe_field(name, each) for name, each in _describe_fields().items()],
                "responses": _describe_responses(),
            },
            "post": {
                "operationId": "query_or_update",
                "summary": "Ask a query, or change the data",
                "description": "SPARQL 1.1 Protocol, query and update by POST. An update needs the token.",
                "tags": ["SPARQL"],
                "security": [{}, {"token": []}],
                "requestBody": {"required": True, "content": _describe_bodies()},
                "responses": _describe_responses()
                | {
                    "204": {"description": "The data were changed."},
                    "401": {"$ref": "#/components/responses/TokenMissing"},
                    "403": {"$ref": "#/components/responses/Forbidden"},
                    "413": {"$ref": "#/components/responses/TooLarge"},
                    "415": {"$ref": "#/components/responses/WrongMediaType"},
                },
            },
        }
    }


def _describe_fields() -> dict[str, Json]:
    return {
        "query": {
            "description": "A SPARQL 1.1 query; the prefixes of these data need no declaration.",
            "schema": {"type": "string"},
            "example": _EXAMPLE,
        },
        "default-graph-uri": {"description": "A graph whose triples are asked; may be repeated.", "schema": _GRAPHS},
        "named-graph-uri": {"description": "A graph that GRAPH may name; may be repeated.", "schema": _GRAPHS},
        "format": {
            "description": f"The format of the answer, of {', '.join(FORMATS)}, if it can hold it; another is ignored.",
            "schema": {"type": "string", "examples": list(FORMATS)},
        },
        "timeout": {
            "description": "Seconds after which to give up, if that is sooner than the service does.",
            "schema": {"type": "number", "exclusiveMinimum": 0},
        },
    }


def _describe_field(name: str, about: Json) -> Json:
    return {"name": name, "in": "query", "required": False} | about


def _describe_bodies() -> Json:
    fields = {name: about["schema"] for name, about in _describe_fields().items()}
    update = dict.fromkeys(("using-graph-uri", "using-named-graph-uri"), _GRAPHS)
    form = {"type": "object", "properties": fields | {"update": {"type": "string"}} | update}
    exactly_one = {"oneOf": [{"required": ["query"]}, {"required": ["update"]}]}
    return {
        "application/x-www-form-urlencoded": {"schema": form | exactly_one, "example": {"query": _EXAMPLE}},
        "application/sparql-query": {"schema": {"type": "string"}, "example": _EXAMPLE},
        "application/sparql-update": {"schema": {"type": "string"}, "example": "CLEAR GRAPH <urn:example>"},
    }


def _describe_responses() -> Json:
    media_types = [each for form in FORMATS.values() for each in (form.media_type, *form.aliases)]
    content: Json = {each: {"schema": {"type": "string"}} for each in [*media_types, "text/html"]}
    results = {"schema": {"$ref": "#/components/schemas/SparqlResults"}}
    content["application/sparql-results+json"] = results
    content["application/json"] = {}  # results, or triples as JSON-LD
    content["application/ld+json"] = {}
    return {
        "200": {
            "description": "The whole answer. One that breaks on the way ends without the mark that it is complete.",
            "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in ("ETag", "Data-Version")},
            "content": content,
        },
        "304": {"description": "The copy that the client has is still right."},
        "400": {"$ref": "#/components/responses/WrongQuery"},
        "405": {"$ref": "#/components/responses/WrongMethod"},
        "406": {"$ref": "#/components/responses/NotAcceptable"},
        "429": {"$ref": "#/components/responses/TooManyRequests"},
        "500": {"$ref": "#/components/responses/Failed"},
        "503": {"$ref": "#/components/responses/LimitReached"},
    }
