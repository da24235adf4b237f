"""The SPARQL 1.1 Protocol. In: an HTTP request. Out: a result, a change, the service's description, or a problem.

A query or an update comes by a form or as the body itself, a query also by GET. Refuses several at once, text that is
not UTF-8, other media types, updates without the token, and formats that an answer cannot be written in.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import parse_qsl

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.exceptions import BadRequest, MethodNotAllowed, UnsupportedMediaType
from werkzeug.wrappers import Response as AnyResponse

from cyppgraph.store import FORMATS, AnswerKind, Edition, Limits, Query, ResultFormat, Source
from cyppgraph.web.endpoint.description import describe_service
from cyppgraph.web.http.caching import VERSION_HEADER
from cyppgraph.web.http.delivery import deliver
from cyppgraph.web.http.negotiation import Choice, choose_formats, wants_page
from cyppgraph.web.http.results import ResultCache
from cyppgraph.web.http.tokens import require_token

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_DATASET = {"query": ("default-graph-uri", "named-graph-uri"), "update": ("using-graph-uri", "using-named-graph-uri")}

Fields = list[tuple[str, str]]


class Asked(NamedTuple):
    """What a request asks: "query", "update", or "description" if it names neither; the text; all other fields."""

    operation: str
    text: str
    fields: Fields

    def values(self, name: str) -> list[str]:
        """Return the values of a field."""
        return [value for field, value in self.fields if field == name]


def make_endpoint(source: Source, limits: Limits, token: str | None, cache: ResultCache) -> Blueprint:
    """Return a blueprint that answers at ``/sparql``.

    Args:
        source: what is asked.
        limits: what one query may take.
        token: what an update needs; None if none is taken.
        cache: answers that are kept.
    """
    endpoint = Blueprint("sparql", __name__)

    @endpoint.route("/sparql/", methods=["GET", "POST"])
    @endpoint.route("/sparql", methods=["GET", "POST"])  # the one that addresses are made with
    def answer() -> AnyResponse:
        asked = read_request()
        if asked.operation == "update":
            require_token(token)
            source.update(asked.text, asked.values("using-graph-uri"), asked.values("using-named-graph-uri"))
            return say_changed(source.edition(), 204)
        edition = source.edition()
        if asked.operation == "query":
            return _save_as(answer_query(edition, asked, limits, cache), asked)
        if wants_page():
            return _vary(redirect(url_for("ask.show"), HTTPStatus.SEE_OTHER))
        return describe_service(edition, limits, is_writable=token is not None)

    return endpoint


def say_changed(edition: Edition, status: int) -> Response:
    """Return the response to a change: the version that it made."""
    response = Response(status=status)
    if edition.version is not None:
        response.headers[VERSION_HEADER] = edition.version
    return response


def _save_as(response: Response, asked: Asked) -> Response:
    """Have the browser whose form asks for a format save the answer, also where it could show it; return that."""
    names = [name for name in asked.values("format") if name in FORMATS]
    if names and _is_form_of_page() and response.mimetype == FORMATS[names[-1]].media_type:
        response.headers["Content-Disposition"] = f'attachment; filename="answer.{names[-1]}"'
    return response


def _is_form_of_page() -> bool:
    return request.method == "POST" and request.mimetype == _FORM and wants_page()


def _vary(response: AnyResponse) -> AnyResponse:
    response.vary.add("Accept")
    return response


def read_request() -> Asked:
    """Read what the request at hand asks.

    Raises:
        HTTPException: 400, 405 or 415, saying what is wrong with the request.
    """
    address = _read_fields(request.query_string)
    if request.method != "POST":
        if any(name == "update" for name, _ in address):
            raise MethodNotAllowed(["POST"], "An update is sent with POST.")
        return _find_operation(address)
    if request.mimetype == _FORM:
        body = _read_fields(request.get_data())
        if _is_form_of_page():  # which ends lines with CR and LF (HTML, 4.10.22.4), and a string may have several
            body = [(name, value.replace("\r\n", "\n")) for name, value in body]
        if not any(name in _DATASET for name, _ in body):
            raise BadRequest("The form has neither a field 'query' nor a field 'update'.")
        return _find_operation(body + [field for field in address if field[0] not in _DATASET])
    operation = {_QUERY: "query", _UPDATE: "update"}.get(request.mimetype)
    if operation is None:
        raise UnsupportedMediaType(
            f"Send a query as {_FORM} or {_QUERY}, an update as {_FORM} or {_UPDATE}, "
            f"not as {request.mimetype or 'nothing in particular'}."
        )
    if any(name in _DATASET for name, _ in address):
        raise BadRequest("The body is the query or the update; the address has another. Send one of them.")
    return _check(Asked(operation, _decode(request.get_data()), address))


def _find_operation(fields: Fields) -> Asked:
    found = [(name, value) for name, value in fields if name in _DATASET]
    if len(found) > 1:
        raise BadRequest(f"There are {len(found)} queries or updates in this request; send one.")
    if not found:
        return Asked("description", "", fields)
    return _check(Asked(*found[0], fields))


def _check(asked: Asked) -> Asked:
    other = _DATASET["update" if asked.operation == "query" else "query"]
    for name in other:
        if asked.values(name):
            wanted = " and ".join(_DATASET[asked.operation])
            raise BadRequest(f"{name!r} has no meaning for {asked.operation}s, whose graphs are named by {wanted}.")
    return asked


def _read_fields(text: bytes) -> Fields:
    try:
        return parse_qsl(_decode(text), keep_blank_values=True, errors="strict", max_num_fields=1000)
    except UnicodeDecodeError as error:
        raise BadRequest("The percent-encoded text of this request is not UTF-8.") from error
    except ValueError as error:
        raise BadRequest(f"The fields of this request cannot be read: {error}.") from error


def _decode(text: bytes) -> str:
    if request.mimetype_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
        raise UnsupportedMediaType("Send a query in UTF-8.")
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadRequest("The text of this request is not UTF-8.") from error


def answer_query(
    edition: Edition, asked: Asked, limits: Limits, cache: ResultCache, form: ResultFormat | None = None
) -> Response:
    """Answer a query.

    Args:
        edition: what is asked.
        asked: the query, its graphs, ``format`` for one that is preferred to those of the Accept header (where it is
            known, and can hold the answer: clients send many), ``timeout`` to be stopped earlier.
        limits: what it may take.
        cache: answers that are kept.
        form: the one format to answer in, whatever the request prefers.
    """
    default, named = asked.values("default-graph-uri"), asked.values("named-graph-uri")
    has_dataset = bool(default or named)
    choices = _choose(asked) if form is None else _insist(form)
    query = Query(
        asked.text,
        default if has_dataset else None,
        named if has_dataset else None,
        {kind: choice[0] if choice else None for kind, choice in choices.items()},
        _read_limits(asked, limits),
    )
    return deliver(edition, query, choices, cache)


def _choose(asked: Asked) -> dict[AnswerKind, Choice | None]:
    choices = dict(choose_formats(request.headers.get("Accept")))
    for wanted in asked.values("format"):
        form = FORMATS.get(wanted)
        if form is not None:
            choices |= dict.fromkeys(form.kinds, (form, form.media_type))
    return choices


def _insist(form: ResultFormat) -> dict[AnswerKind, Choice | None]:
    return {kind: (form, form.media_type) if kind in form.kinds else None for kind in AnswerKind}


def _read_limits(asked: Asked, limits: Limits) -> Limits:
    wanted = asked.values("timeout")
    if not wanted:
        return limits
    try:
        seconds = float(wanted[0])
        if not seconds > 0:
            raise ValueError
    except ValueError:
        raise BadRequest(f"timeout={wanted[0]!r} is not a number of seconds above 0.") from None
    return replace(limits, seconds=min(seconds, limits.seconds))
