"""An application with all that running in public takes, over a store in this process; also to be run by a server.

As ``operated:app`` it serves the graph of CYPPGRAPH_DATA with the settings of the environment.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, Response, request

from cyppgraph.errors import CyppgraphError
from cyppgraph.settings import Settings, read_settings
from cyppgraph.store import BusyError, LimitError, Query, load_store
from cyppgraph.store.engine import Source
from cyppgraph.web.caching import mark
from cyppgraph.web.observed import ObservedSource, name_outcome
from cyppgraph.web.operations import add_operations, read_limits
from cyppgraph.web.problems import state_problem
from served import DirectSource

STATUS = {"busy": 503, "limit-time": 503, "limit-memory": 503, "failed": 500}


def make_operated(source: Source, settings: Settings) -> Flask:
    """Return an application that answers queries, and some addresses that end badly."""
    app = Flask("cyppgraph.web")
    add_operations(app, source, settings)
    watched = ObservedSource(source)

    @app.route("/sparql", methods=["GET", "POST"])
    def sparql() -> Response:
        edition = watched.edition()
        reply = edition.query(Query(request.values["query"], limits=read_limits(settings)))
        response = Response(reply, mimetype=reply.form.media_type)
        return mark(response, edition, request.values["query"])

    @app.route("/breaks")
    def breaks() -> Response:
        def begin() -> Iterator[bytes]:
            yield b"a" * 1000
            raise LimitError("time", 1)

        return Response(begin(), mimetype="text/plain")

    @app.route("/long")
    def long() -> Response:
        return Response((b"b" * 2**16 for _ in range(4000)), mimetype="text/plain")

    @app.route("/fault")
    def fault() -> Response:
        raise RuntimeError("a mistake of ours")

    @app.route("/<path:rest>")
    def page(rest: str) -> str:
        return rest

    @app.errorhandler(CyppgraphError)
    def answer(error: CyppgraphError) -> Response:
        response = state_problem(STATUS.get(name_outcome(error), 400), str(error))
        if isinstance(error, BusyError):
            response.headers["Retry-After"] = str(error.seconds)
        return response

    return app


def __getattr__(name: str) -> Flask:
    if name != "app":
        raise AttributeError(name)
    settings = read_settings()
    assert settings.data is not None
    return make_operated(DirectSource(load_store(settings.data)), settings)
