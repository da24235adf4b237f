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
from cyppgraph.web.missing import locate_search, read_words
from cyppgraph.web.negotiation import wants_page

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
    match error:
        case PlacedError():
            return state_problem(400, str(error), line=error.line, column=error.column)
        case NotAcceptableError():
            return state_problem(406, str(error), offered=error.offered)
        case LimitError():
            response = state_problem(503, str(error), limit=error.limit, allowed=error.allowed)
            if error.limit == "time":
                response.headers["Retry-After"] = str(max(1, math.ceil(error.allowed)))
            return response
        case BusyError():
            response = state_problem(503, str(error), limit="queue")
            response.headers["Retry-After"] = str(error.seconds)
            return response
        case ServerFailedError():
            return state_problem(502, str(error))
        case QueryFailedError():
            return state_problem(500, str(error))
        case _:
            return state_problem(400, str(error))
