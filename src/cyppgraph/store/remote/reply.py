"""An answer of another server on its way to a client. In: an exchange, a query's limits. Out: blocks, as they come.

One thread talks with the server and writes the answer anew in the format asked for; the one that reads this reply keeps
the time, asks whether the client is still there, and cuts the connection otherwise. The last block is held back until
the whole answer is known to have come, so that a small answer is given whole or not at all. Refuses to go on past a
limit of time, rows or size.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event, Thread

from cyppgraph.store.engine import Query
from cyppgraph.store.formats import AnswerKind, ResultFormat
from cyppgraph.store.refusals import LimitError, QueryFailedError
from cyppgraph.store.remote.answers import ACCEPT, receive
from cyppgraph.store.remote.exchange import Exchange
from cyppgraph.store.responding import Head, send_answer

_BLOCKS_AHEAD = 8
_SECONDS_BETWEEN_LOOKS = 0.05


class _EndedError(Exception):
    """Nobody reads this answer any more."""


class RemoteReply:
    """An answer that has begun; see ``Reply``.

    Args:
        exchange: the request, not yet sent.
        query: what is asked, with its formats and limits.
        kind: what the query gives.
        prefixes: for Turtle.
        is_gone: tells whether the client has left.
        on_end: called once, when the server is no longer busy with this query.

    Raises:
        as ``Edition.query``.
    """

    def __init__(
        self,
        exchange: Exchange,
        query: Query,
        kind: AnswerKind,
        prefixes: Mapping[str, str],
        is_gone: Callable[[], bool],
        on_end: Callable[[], None],
    ) -> None:
        self._exchange, self._query, self._is_gone, self._on_end = exchange, query, is_gone, on_end
        self._until = time.monotonic() + query.limits.seconds
        self._queue: Queue[Head | bytes | int | BaseException] = Queue(_BLOCKS_AHEAD)
        self._is_ended = Event()
        self.rows = 0
        Thread(target=self._relay, args=(kind, prefixes), daemon=True, name="remote query").start()
        head = self._take()
        if not isinstance(head, Head):
            raise RuntimeError("an answer begins with its head")
        self.kind: AnswerKind = head.kind
        self.form: ResultFormat = head.form
        self.columns: tuple[str, ...] = head.columns
        self._first = self._take()  # so that a query that fails before its first block fails here

    def __iter__(self) -> Iterator[bytes]:
        """Yield the answer's bytes; see ``Reply``."""
        try:
            item = self._first
            while isinstance(item, bytes):
                yield item
                item = self._take()
            if isinstance(item, int):
                self.rows = item
        finally:
            self.close()

    def close(self) -> None:
        """End the query if it is still running."""
        if not self._is_ended.is_set():
            self._is_ended.set()
            self._exchange.abort()
            with suppress(Empty):  # wake the other thread if it waits for room
                while True:
                    self._queue.get_nowait()

    def _take(self) -> Head | bytes | int:
        while True:
            try:
                item = self._queue.get(timeout=_SECONDS_BETWEEN_LOOKS)
            except Empty:
                item = None
            if isinstance(item, int):
                return item
            if isinstance(item, BaseException):
                self.close()
                raise item
            if time.monotonic() > self._until:
                self.close()
                raise LimitError("time", self._query.limits.seconds)
            if self._is_gone():
                self.close()
                raise QueryFailedError("The client has left before the answer was there.")
            if item is not None:
                return item

    def _put(self, item: Head | bytes | int | BaseException) -> None:
        while not self._is_ended.is_set():
            try:
                return self._queue.put(item, timeout=1.0)
            except Full:
                if time.monotonic() > self._until + self._query.limits.seconds:  # forgotten, not closed
                    self.close()
        raise _EndedError

    def _relay(self, kind: AnswerKind, prefixes: Mapping[str, str]) -> None:
        end: int | BaseException
        try:
            end = self._answer(kind, prefixes)
        except BaseException as error:  # raised again in the thread that reads
            end = error
            _forget_frames(error)
        self._exchange.close()
        self._on_end()
        with suppress(_EndedError):
            self._put(end)

    def _answer(self, kind: AnswerKind, prefixes: Mapping[str, str]) -> int:
        self._exchange.send(ACCEPT[kind])
        received = receive(self._exchange, kind, prefixes)
        return send_answer(received.answer, self._query, self._put, self._put, received.confirm)


def _forget_frames(error: BaseException | None) -> None:
    """Let go of what the frames of an error hold: Oxigraph's objects may not end in another thread than their own."""
    while error is not None:
        error.__traceback__ = None
        error = error.__cause__ or error.__context__
