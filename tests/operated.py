"""The service as it is run in public, over a source that is given, with a few addresses more that end badly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Flask, Response

from cyppgraph.settings import Settings
from cyppgraph.store import Edition, LimitError, Query, Reply, Source, stays
from cyppgraph.web.service import make_service


class Wrapped:
    """A source and its edition around another; what is asked of it goes through ``ask``."""

    def __init__(self, source: Source, ask: Callable[[Callable[[], Reply]], Reply], **figures: float) -> None:
        self._source = source
        self._ask = ask
        self._figures = figures

    def __getattr__(self, name: str) -> Any:
        return getattr(self._source.edition(), name)

    def edition(self) -> Edition:
        return self  # type: ignore[return-value]

    def query(self, query: Query, is_gone: Callable[[], bool] = stays) -> Reply:
        return self._ask(lambda: self._source.edition().query(query, is_gone))

    def status(self) -> Mapping[str, float]:
        return self._figures


def make_operated(source: Any, **settings: Any) -> Flask:
    """Return the service."""
    app = make_service(Settings(**settings), source)

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

    return app
