"""The application. In: a store, the saved questions. Out: a WSGI application that only reads them.

Every response says what a browser may load (our own style sheet, nothing else); what goes wrong is a problem document
(RFC 9457) at the endpoint and a page elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask, Response, render_template, request
from werkzeug.exceptions import HTTPException

from cyppgraph.errors import CyppgraphError
from cyppgraph.queries import Question
from cyppgraph.store import GraphStore, QueryFailedError
from cyppgraph.web.pages import make_pages
from cyppgraph.web.problems import state_problem
from cyppgraph.web.protocol import make_endpoint

_LARGEST_REQUEST = 1_000_000
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_app(store: GraphStore, questions: Sequence[Question] = ()) -> Flask:
    """Make the application.

    Args:
        store: what is asked.
        questions: the saved questions that get a page each.
    """
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = _LARGEST_REQUEST
    app.register_blueprint(make_endpoint(store))
    app.register_blueprint(make_pages(store, questions))
    app.after_request(_add_headers)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(CyppgraphError, _answer_error)
    return app


def _add_headers(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response


def _answer_http_error(error: HTTPException) -> Response:
    code = error.code or 500
    response = _answer(code, error.description or "")
    for name, value in error.get_headers():
        if name.lower() in ("allow", "location", "retry-after"):
            response.headers[name] = value
    return response


def _answer_error(error: CyppgraphError) -> Response:
    return _answer(500 if isinstance(error, QueryFailedError) else 400, str(error))


def _answer(code: int, detail: str) -> Response:
    if request.path == "/sparql":
        return state_problem(code, detail)
    return Response(render_template("error.html", code=code, detail=detail), code, mimetype="text/html")
