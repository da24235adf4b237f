"""One request with its answer, from its arrival to its last byte. In: an application. Out: an account of each exchange.

The account is closed when the body is finished, breaks off, or the client leaves, whichever way a server tells of it:
so what was taken for a request is given back, and what is logged and counted is what was really sent. It is kept
around the whole application (WSGI), since a body that the server sends by itself never tells Flask that it is over.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, has_request_context, request

from cyppgraph.web.http.caching import VERSION_HEADER
from cyppgraph.web.http.results import Kept

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

KEY = "cyppgraph.exchange"  # where the WSGI environment holds the account


class Outcome(StrEnum):
    """What became of a request: the words of the access log and of the metrics."""

    OK = "ok"
    UNCHANGED = "unchanged"  # the client's copy is still right (304)
    CACHED = "cached"  # answered without asking the store
    TIME = "limit-time"
    MEMORY = "limit-memory"
    ROWS = "limit-rows"
    SIZE = "limit-size"
    GONE = "gone"  # the client left before the end
    BUSY = "busy"
    RATE = "too-fast"
    CONCURRENCY = "too-many-at-once"
    SYNTAX = "syntax"
    REFUSED = "refused"
    NOT_ACCEPTABLE = "not-acceptable"
    ABSENT = "absent"  # nothing is at this address
    FAILED = "failed"


@dataclass(slots=True)
class Exchange:
    """What is known of one request and its answer; times in seconds, sizes in bytes.

    Attributes:
        arrived: when, in UTC.
        method: as sent, and so with ``path``, ``address`` (of the client, in full) and ``agent``.
        route: the rule that the path was matched by; empty where it matches none.
        status: 0 until the answer has begun.
        size: of what was sent of the body; ``announced`` is what was to be sent, if it was said beforehand.
        complete: whether the body was sent to its end.
        data_version: which data it was answered from, if it says so.
        asked: the first query that was put to the store for it, and ``queries`` how many there were.
        kind: what that query gave; ``rows`` counts those of all of them.
        query_seconds: from when each was put to the store until its last byte, together.
    """

    arrived: datetime
    method: str
    path: str
    address: str
    agent: str
    route: str = ""
    status: int = 0
    size: int = 0
    announced: int | None = None
    seconds: float = 0.0
    complete: bool = False
    data_version: str | None = None
    asked: str | None = None
    queries: int = 0
    kind: str | None = None
    rows: int = 0
    query_seconds: float = 0.0
    _noted: Outcome | None = None
    _at_end: list[Callable[[], None]] = field(default_factory=list)

    def note(self, outcome: Outcome) -> None:
        """Record why the request was not simply answered; what is noted first stands."""
        self._noted = self._noted or outcome

    def call_at_end(self, action: Callable[[], None]) -> None:
        """Have something done once when this is over, however it ends, or when its last byte is about to be sent."""
        self._at_end.append(action)

    @property
    def outcome(self) -> Outcome:
        """What became of it: what was noted, else what its status tells."""
        if self._noted is not None:
            return self._noted
        if self.status == 304:
            return Outcome.UNCHANGED
        if self.status in (404, 410):
            return Outcome.ABSENT
        if self.status < 400:
            return Outcome.OK if self.complete else Outcome.GONE
        return Outcome.REFUSED if self.status < 500 else Outcome.FAILED

    def end(self) -> None:
        """Give back what was taken for it, all of it even if one of the actions fails."""
        with ExitStack() as actions:
            while self._at_end:
                actions.callback(self._at_end.pop())


Observer = Callable[[Exchange], None]


def follow_exchanges(app: Flask, observers: Sequence[Observer], clock: Callable[[], float] = time.monotonic) -> None:
    """Keep an account of each exchange of an application.

    Args:
        app: the application; what wraps it later (such as what trusts proxies) is around this.
        observers: each is given every exchange once it is over, from the thread that served it.
        clock: seconds that only go forward.
    """
    app.wsgi_app = _Follower(app.wsgi_app, observers, clock)  # type: ignore[method-assign]  # as Flask documents it
    app.before_request(_note_route)
    app.after_request(_note_answer)


def current_exchange() -> Exchange | None:
    """Return the account of the request at hand; None where none is kept."""
    found = request.environ.get(KEY) if has_request_context() else None
    return found if isinstance(found, Exchange) else None


def _note_route() -> None:
    exchange = current_exchange()
    if exchange is not None and request.url_rule is not None:
        exchange.route = request.url_rule.rule


def _note_answer(response: Response) -> Response:
    """Enter what delivery knows and a source does not: an answer that was kept, so that nobody was asked."""
    exchange, asked, kept = current_exchange(), g.get("asked"), g.get("kept")
    if exchange is not None and isinstance(asked, str):
        exchange.asked = asked
        if isinstance(kept, Kept):
            exchange.kind, exchange.rows = kept.kind.value, kept.rows
            exchange.note(Outcome.CACHED)
    return response


class _Follower:
    """A WSGI application around another."""

    def __init__(self, app: WSGIApplication, observers: Sequence[Observer], clock: Callable[[], float]) -> None:
        self._app = app
        self._observers = observers
        self._clock = clock

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun = self._clock()
        exchange = environ[KEY] = _open_exchange(environ)

        def finish() -> None:
            exchange.seconds = self._clock() - begun
            with ExitStack() as told:
                for observer in self._observers:
                    told.callback(observer, exchange)
                told.callback(exchange.end)  # the last that is pushed is the first that is done

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Callable[[bytes], object]:
            exchange.status = int(status[:3])
            said = {name.lower(): value for name, value in headers}
            exchange.data_version = said.get(VERSION_HEADER.lower())
            exchange.announced = int(said["content-length"]) if "content-length" in said else None
            return start_response(status, headers, *rest)

        try:
            return _Body(self._app(environ, start), exchange, finish)
        except BaseException:
            exchange.status = exchange.status or 500
            finish()
            raise


def _open_exchange(environ: WSGIEnvironment) -> Exchange:
    # WSGI gives bytes as Latin-1 (PEP 3333)
    path = environ.get("PATH_INFO", "").encode("latin-1", "replace").decode("utf-8", "replace")
    method, address = environ.get("REQUEST_METHOD", ""), environ.get("REMOTE_ADDR") or ""
    return Exchange(datetime.now(UTC), method, path, address, environ.get("HTTP_USER_AGENT", ""))


class _Body:
    """A body that tells once when it is over."""

    def __init__(self, blocks: Iterable[bytes], exchange: Exchange, finish: Callable[[], None]) -> None:
        self._blocks = blocks
        self._rest = iter(blocks)
        self._exchange = exchange
        self._finish: Callable[[], None] | None = finish

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            block = next(self._rest)
        except StopIteration:
            self._exchange.complete = True
            self._end()
            raise
        except BaseException:
            self._exchange.note(Outcome.FAILED)  # unless the reason is known already
            self._end()
            raise
        self._exchange.size += len(block)
        if self._exchange.announced is not None and self._exchange.size >= self._exchange.announced:
            # Who has the last byte may ask for more at once, before the server has even come back to us.
            self._exchange.end()
        return block

    def close(self) -> None:
        try:
            close = getattr(self._blocks, "close", None)
            if close is not None:
                close()
        finally:
            # a server need not look at the body of what has none
            if self._exchange.method == "HEAD" or self._exchange.status in (204, 304):
                self._exchange.complete = True
            self._end()

    def _end(self) -> None:
        finish, self._finish = self._finish, None
        if finish is not None:
            finish()
