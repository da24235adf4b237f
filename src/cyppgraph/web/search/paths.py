"""The search for programs that call it. In: nothing. Out: its paths of an OpenAPI 3.1 document."""

from __future__ import annotations

from cyppgraph.store.fulltext import KINDS

Json = dict[str, object]


def describe_paths() -> Json:
    """Return the paths of the search: a page or JSON, always JSON, and a table of all hits."""
    page: Json = {"text/html": {"schema": {"type": "string"}}}
    listing: Json = {"application/json": {"schema": _describe_listing()}}
    table: Json = {"text/csv": {"schema": {"type": "string"}}}
    missing: Json = {"406": {"$ref": "#/components/responses/NotAcceptable"}}
    return {
        "/search": {"get": _describe("search", "A page, JSON or CSV, as asked.", page | listing | table, missing)},
        "/search.json": {"get": _describe("search_as_json", "One page of hits, always JSON.", listing, {})},
        "/search.csv": {"get": _describe("search_as_csv", "All hits, as a table.", table, {})},
    }


def _describe(name: str, description: str, content: Json, also: Json) -> Json:
    responses: Json = {
        "200": {"description": "What was found.", "content": content},
        "304": {"description": "The copy that the client has is still right."},
        "400": {"$ref": "#/components/responses/WrongParameter"},
        "404": {"$ref": "#/components/responses/NotFound"},
        "501": {"description": "The data are where they cannot be searched."},
    }
    return {
        "operationId": name,
        "summary": "Find statements, indicators, leads, topics and terms by words",
        "description": description,
        "tags": ["Search"],
        "parameters": _describe_parameters(),
        "responses": dict(sorted((responses | also).items())),
    }


def _describe_parameters() -> list[Json]:
    several: Json = {"type": "array", "items": {"type": "string"}}
    kinds: Json = {"type": "array", "items": {"type": "string", "enum": [*KINDS]}}
    facets: dict[str, tuple[str, Json]] = {
        "plan": ("The identifier of a plan that states, names or uses it; may be repeated.", several),
        "kind": ("What it is; may be repeated.", kinds),
        "topic": ("The short name of a topic, as in its IRI; may be repeated.", several),
        "year": ("A year in which it is due; may be repeated.", several),
    }
    words: Json = {
        "name": "q",
        "in": "query",
        "description": "Words, a code, or a phrase in quotation marks. The last word may be the beginning of one.",
        "schema": {"type": "string"},
        "example": "breastfeeding",
    }
    page: Json = {
        "name": "page",
        "in": "query",
        "description": "Which page of hits, from 1.",
        "schema": {"type": "integer", "minimum": 1, "maximum": 10_000, "default": 1},
    }
    chosen: list[Json] = [
        {"name": name, "in": "query", "description": text, "schema": schema, "explode": True}
        for name, (text, schema) in facets.items()
    ]
    return [words, *chosen, page]


def _describe_listing() -> Json:
    pieces: Json = {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["text", "marked"],
            "properties": {"text": {"type": "string"}, "marked": {"type": "boolean"}},
        },
    }
    hit: Json = {
        "type": "object",
        "required": ["iri", "address", "kind", "plans", "label", "snippet"],
        "properties": {
            "iri": {"type": "string", "format": "iri"},
            "address": {"type": "string", "format": "uri-reference"},
            "kind": {"type": "string", "enum": [*KINDS]},
            "plans": {"type": "array", "items": {"type": "string"}},
            "label": pieces,
            "snippet": pieces,
        },
    }
    return {
        "type": "object",
        "required": ["q", "total", "page", "pages", "facets", "hits"],
        "properties": {
            "q": {"type": "string"},
            "total": {"type": "integer", "description": "How many things were found."},
            "page": {"type": "integer"},
            "pages": {"type": "integer"},
            "all_words": {"type": "boolean", "description": "Whether the hits have all of the words."},
            "corrected": {"type": "array", "items": {"type": "object"}},
            "unknown": {"type": "array", "items": {"type": "string"}},
            "facets": {"type": "object"},
            "hits": {"type": "array", "items": hit},
        },
    }
