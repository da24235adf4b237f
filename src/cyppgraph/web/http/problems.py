"""What went wrong. In: an error. Out: a problem document (RFC 9457) for programs, a page for browsers."""

from __future__ import annotations

import json
import math
from http import HTTPStatus

from flask import Response, render_template
from flask.globals import request_ctx
from werkzeug.exceptions import HTTPException, NotFound

from cyppgraph.errors import CyppgraphError
from cyppgraph.store import BusyError, LimitError, NotAcceptableError, PlacedError, QueryFailedError, ServerFailedError
from cyppgraph.web.display.missing import locate_search, read_words
from cyppgraph.web.http.negotiation import wants_page

_KEPT_HEADERS = ("allow", "location", "retry-after", "www-authenticate")


def state_problem(status: int, detail: str, **members: object) -> Response:
    """Return a problem document, or a page where the client of the request at hand reads pages.

    Args:
        status: the HTTP status, which gives the title.
        detail: a sentence for a person.
        members: what else a program may want to know, such as the line; None is left out.
    """
    title = HTTPStatus(status).phrase
    if (
        wants_page() and request_ctx.url_adapter is not None
    ):  # without one the Host made no sense: no page has links then
        offered = {"words": read_words(), "search_address": locate_search()}
        page = render_template("error.html", code=status, title=title, detail=detail, **offered)
        response = Response(page, status, mimetype="text/html")
    else:
        body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
        known = {name: value for name, value in members.items() if value is not None}
        text = json.dumps(body | known, ensure_ascii=False, indent=1) + "\n"
        response = Response(text, status, mimetype="application/problem+json")
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept")
    return response


def answer_http_error(error: HTTPException) -> Response:
    """Return what an error of HTTP is answered with."""
    told = error.description or ""
    if type(error) is NotFound and told == NotFound.description:
        told = "No page or file of this service has this address."
    response = state_problem(error.code or 500, told)
    for name, value in error.get_headers():
        if name.lower() in _KEPT_HEADERS:
            response.headers[name] = value
    return response


def answer_error(error: CyppgraphError) -> Response:
    """Return what an error of ours is answered with.

    A query that came to a limit is answered with 503: the service refuses it (SPARQL 1.1 Protocol, 2.1.6). The time
    after which to ask again is told only where that can help.
    """
    status, seconds = judge_error(error)
    match error:
        case PlacedError():
            response = state_problem(status, str(error), line=error.line, column=error.column)
        case NotAcceptableError():
            response = state_problem(status, str(error), offered=error.offered)
        case LimitError():
            response = state_problem(status, str(error), limit=error.limit, allowed=error.allowed)
        case BusyError():
            response = state_problem(status, str(error), limit="queue")
        case _:
            response = state_problem(status, str(error))
    if seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


def judge_error(error: CyppgraphError) -> tuple[int, int | None]:
    """Return the status of an answer to an error, and after how many seconds to ask again, where that can help."""
    match error:
        case NotAcceptableError():
            return 406, None
        case LimitError():
            return 503, max(1, math.ceil(error.allowed)) if error.limit == "time" else None
        case BusyError():
            return 503, error.seconds
        case ServerFailedError():
            return 502, None
        case QueryFailedError():
            return 500, None
        case _:
            return 400, None
