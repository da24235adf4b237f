"""The SPARQL 1.1 Protocol, its query operation. In: an HTTP request. Out: a result, or a problem document.

A query comes by GET, by a form, or as the body itself. Refuses updates, several queries at once, text that is not
UTF-8, other media types, and formats that an answer cannot be written in.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import parse_qsl

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType

from cyppgraph.store import GraphStore, QueryFailedError, QueryRefusedError, QuerySyntaxError, ResultFormat, formats_for
from cyppgraph.web.negotiation import choose_format
from cyppgraph.web.problems import state_problem

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


class QueryRequest(NamedTuple):
    """A query and the graphs to ask; None where the request names none of that kind nor of the other."""

    query: str
    default_graphs: list[str] | None
    named_graphs: list[str] | None


def make_endpoint(store: GraphStore) -> Blueprint:
    """Return a blueprint that answers at ``/sparql``."""
    endpoint = Blueprint("sparql", __name__)

    @endpoint.route("/sparql", methods=["GET", "POST"])
    def answer() -> Response:
        return answer_query(store, read_request())

    return endpoint


def read_request() -> QueryRequest:
    """Read the query out of the request at hand.

    Raises:
        HTTPException: 400, 403 or 415, saying what is wrong with the request.
    """
    address = _read_fields(request.query_string)
    if request.method != "POST":
        return _collect(address)
    if request.mimetype == _FORM:
        return _collect(_read_fields(request.get_data()))
    if request.mimetype == _QUERY:
        return _collect([("query", _decode(request.get_data())), *(pair for pair in address if pair[0] != "query")])
    if request.mimetype == _UPDATE:
        raise Forbidden("Updates are not taken: the graph is built from files.")
    raise UnsupportedMediaType(
        f"Send a query as {_FORM} or {_QUERY}, not as {request.mimetype or 'nothing in particular'}."
    )


def _collect(fields: list[tuple[str, str]]) -> QueryRequest:
    if any(name == "update" for name, _ in fields):
        raise Forbidden("Updates are not taken: the graph is built from files.")
    queries = [value for name, value in fields if name == "query"]
    if len(queries) != 1:
        raise BadRequest(f"There are {len(queries)} queries in this request; send one, as the field 'query'.")
    default = [value for name, value in fields if name == "default-graph-uri"]
    named = [value for name, value in fields if name == "named-graph-uri"]
    return QueryRequest(queries[0], default, named) if default or named else QueryRequest(queries[0], None, None)


def _read_fields(text: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_decode(text), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise BadRequest("The percent-encoded text of this request is not UTF-8.") from error


def _decode(text: bytes) -> str:
    if request.mimetype_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaType("Send a query in UTF-8.")
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("The text of this request is not UTF-8.") from error


def answer_query(store: GraphStore, asked: QueryRequest, form: ResultFormat | None = None) -> Response:
    """Answer a query.

    Args:
        store: what is asked.
        asked: the query and its graphs.
        form: the format to send; None to choose by the Accept header.
    """
    try:
        answer = store.query(asked.query, asked.default_graphs, asked.named_graphs)
        offered = formats_for(answer.kind)
        chosen = (form, form.media_type) if form else choose_format(request.headers.get("Accept"), offered)
        if chosen is None:
            types = [each.media_type for each in offered]
            return _vary(
                state_problem(406, f"This query gives {answer.kind}, sent as {' or '.join(types)}.", offered=types)
            )
        return _vary(Response(answer.serialise(chosen[0]), content_type=_say_charset(chosen[1])))
    except (QuerySyntaxError, QueryRefusedError) as error:
        return _vary(state_problem(400, str(error), line=error.line, column=error.column))
    except QueryFailedError as error:
        return _vary(state_problem(500, str(error)))


def _say_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _vary(response: Response) -> Response:
    response.vary.add("Accept")
    return response
