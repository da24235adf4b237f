"""What can be called, for programs. In: questions, what each part of the service says of its paths. Out: OpenAPI 3.1.

A module that answers at some path offers ``describe_paths() -> dict``, a piece of the object ``paths``; what such
pieces share (schemas, problems, headers) is under ``components`` here. The choices of parameters are those of the data.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version

from flask import Blueprint, Response, request

from cyppgraph.queries import Question
from cyppgraph.store import Source
from cyppgraph.store.choices import Choices, PickLists
from cyppgraph.web.asking.paths import describe_questions
from cyppgraph.web.http.caching import answer_unchanged, mark

Json = dict[str, object]
Describe = Callable[[], Mapping[str, object]]

_INFO: Json = {
    "title": "cyppgraph",
    "summary": "Children and Young People's Plans of English councils as linked data",
    "description": (
        "Saved questions with typed parameters, each answered as CSV, TSV, JSON or XML, and a SPARQL 1.1 endpoint for "
        "questions of your own. What goes wrong is said in problem documents (RFC 9457). Answers carry an ETag that "
        "changes when the data do."
    ),
    "version": version("cyppgraph"),
    "license": {
        "name": "Open Government Licence v3.0 (data)",
        "url": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    },
}
_TAGS = [
    {"name": "Saved questions", "description": "Each with a page, an address and parameters of its own."},
    {"name": "Search", "description": "What the plans say, by words, with facets."},
    {"name": "SPARQL", "description": "Any question, in SPARQL 1.1; graphs as a whole."},
    {"name": "Data", "description": "To take away, and to match one's own table with."},
]
_PROBLEM: Json = {
    "type": "object",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence for a person: what is wrong, and what to do."},
        "line": {"type": "integer", "description": "The line of the query, from 1."},
        "column": {"type": "integer", "description": "The column of the query, from 1."},
        "limit": {"type": "string", "enum": ["time", "memory", "rows", "size", "queue"]},
        "allowed": {"type": "number", "description": "What the limit allows: seconds, bytes or rows."},
        "offered": {"type": "array", "items": {"type": "string"}, "description": "Media types that can be sent."},
        "parameter": {"type": "string", "description": "The name of the parameter that is wrong."},
        "found": {"type": "string", "description": "The value that was given."},
        "expected": {"type": "string", "description": "What would do."},
        "example": {"type": "string", "description": "A value that would do."},
    },
}
_TERM: Json = {
    "type": "object",
    "required": ["type", "value"],
    "properties": {
        "type": {"type": "string", "enum": ["uri", "literal", "bnode", "triple"]},
        "value": {},
        "datatype": {"type": "string", "format": "iri"},
        "xml:lang": {"type": "string"},
    },
}
_RESULTS: Json = {
    "type": "object",
    "description": "SPARQL 1.1 Query Results JSON Format.",
    "required": ["head"],
    "properties": {
        "head": {"type": "object", "properties": {"vars": {"type": "array", "items": {"type": "string"}}}},
        "results": {
            "type": "object",
            "required": ["bindings"],
            "properties": {
                "bindings": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "additionalProperties": {"$ref": "#/components/schemas/SparqlTerm"},
                    },
                }
            },
        },
        "boolean": {"type": "boolean"},
    },
}
_QUESTIONS: Json = {
    "type": "object",
    "required": ["questions"],
    "properties": {
        "questions": {
            "type": "array",
            "items": {"type": "object", "required": ["name", "question", "parameters", "columns", "page", "files"]},
        }
    },
}
_PROBLEMS = {
    "WrongParameter": "A parameter is wrong, unknown or given twice; the members say which, and what would do.",
    "WrongQuery": "The query is not SPARQL, with line and column; or the request is no query.",
    "TokenMissing": "Changes need the token of the service.",
    "Forbidden": "This service takes no changes.",
    "NotFound": "There is nothing at this address.",
    "WrongMethod": "The method is not taken here.",
    "NotAcceptable": "The answer has no format that the client takes; 'offered' lists those that it has.",
    "TooLarge": "The request is larger than is taken.",
    "WrongMediaType": "The body is of a media type that is not taken here.",
    "TooManyRequests": "This client asks too much at a time; see Retry-After.",
    "Failed": "The query could not be answered.",
    "LimitReached": "The query came to a limit, named by 'limit', or too many others are being answered.",
}
_HEADERS = {
    "ETag": "Changes when the answer does.",
    "Data-Version": "The version of the data.",
    "Link": "The same answer in other formats.",
    "Retry-After": "Seconds after which to ask again.",
}
_RETRIED = ("TooManyRequests", "LimitReached")


def make_openapi(source: Source, questions: Sequence[Question], describers: Iterable[Describe]) -> Blueprint:
    """Return a blueprint that answers at ``/openapi.json``.

    Args:
        source: where the choices of parameters are found.
        questions: the saved questions.
        describers: what each other part of the service says of its paths.
    """
    interface = Blueprint("openapi", __name__)
    pick_lists = PickLists()
    known = list(describers)

    @interface.get("/openapi.json")
    def show() -> Response:
        edition = source.edition()
        unchanged = answer_unchanged(edition, "openapi", request.host_url)
        if unchanged is not None:
            return unchanged
        choices = {question.address: pick_lists.read(edition, question) for question in questions}
        document = describe_interface(questions, choices, known, request.host_url.rstrip("/"))
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
        return mark(Response(text, mimetype="application/json"), edition, "openapi", request.host_url)

    return interface


def describe_interface(
    questions: Sequence[Question], choices: Mapping[str, Choices], describers: Iterable[Describe], host: str
) -> Json:
    """Return an OpenAPI 3.1 document.

    Args:
        questions: the saved questions.
        choices: the choices of each question's parameters, by the question's address.
        describers: each gives a piece of ``paths``.
        host: where the service is reached, without a slash at its end.
    """
    paths = describe_questions(questions, choices)
    for describe in describers:
        paths |= describe()
    return {
        "openapi": "3.1.0",
        "info": _INFO,
        "servers": [{"url": host}],
        "tags": _TAGS,
        "paths": paths,
        "components": _describe_components(),
    }


def _describe_components() -> Json:
    schemas = {"Problem": _PROBLEM, "SparqlTerm": _TERM, "SparqlResults": _RESULTS, "QuestionList": _QUESTIONS}
    responses: Json = {}
    for name, description in _PROBLEMS.items():
        problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
        content = {"application/problem+json": problem, "text/html": {"schema": {"type": "string"}}}
        responses[name] = {"description": description, "content": content}
        if name in _RETRIED:
            responses[name] = {
                "description": description,
                "headers": {"Retry-After": {"$ref": "#/components/headers/Retry-After"}},
                "content": content,
            }
    headers = {name: {"description": text, "schema": {"type": "string"}} for name, text in _HEADERS.items()}
    security = {"token": {"type": "http", "scheme": "bearer"}}
    return {"schemas": schemas, "responses": responses, "headers": headers, "securitySchemes": security}
