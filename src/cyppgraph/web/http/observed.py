"""A source that is watched. In: a source. Out: the same; what is asked of it is entered in the account of the request.

So every part of the service is logged and counted alike, and none of them needs to know. What is asked outside of a
request, or of a service that keeps no accounts, passes as it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces
from cyppgraph.store import (
    AnswerKind,
    BusyError,
    Edition,
    LimitError,
    NotAcceptableError,
    Query,
    QueryRefusedError,
    QuerySyntaxError,
    Reply,
    ResultFormat,
    Source,
)
from cyppgraph.store.engine import stays
from cyppgraph.web.http.exchange import Exchange, Outcome, current_exchange

_T = TypeVar("_T")
_LIMITS = {"time": Outcome.TIME, "memory": Outcome.MEMORY, "rows": Outcome.ROWS, "size": Outcome.SIZE}
_ERRORS: tuple[tuple[type[CyppgraphError], Outcome], ...] = (
    (QuerySyntaxError, Outcome.SYNTAX),
    (QueryRefusedError, Outcome.REFUSED),
    (NotAcceptableError, Outcome.NOT_ACCEPTABLE),
    (BusyError, Outcome.BUSY),
)


def name_outcome(error: BaseException) -> Outcome:
    """Return what an error of the store means for whoever asked."""
    if isinstance(error, LimitError):
        return _LIMITS.get(error.limit, Outcome.FAILED)
    return next((outcome for kind, outcome in _ERRORS if isinstance(error, kind)), Outcome.FAILED)


class ObservedSource:
    """A source whose every use within a request is noted.

    Args:
        source: what answers.
    """

    def __init__(self, source: Source) -> None:
        self._source = source

    def edition(self) -> Edition:
        """Return the edition that is current."""
        return _ObservedEdition(self._source.edition())

    def status(self) -> Mapping[str, float]:
        """Return the figures of the source itself, such as how many workers are busy; none if it gives none."""
        tell = getattr(self._source, "status", None)
        return dict(tell()) if callable(tell) else {}

    def update(self, text: str, using: Sequence[str], using_named: Sequence[str]) -> None:
        """Change the data, as the source does."""
        _noting(lambda: self._source.update(text, using, using_named))

    def write_graph(self, graph: str | None, content: bytes, form: ResultFormat, *, replace: bool) -> bool:
        """Put triples into a graph, as the source does."""
        return _noting(lambda: self._source.write_graph(graph, content, form, replace=replace))

    def drop_graph(self, graph: str | None) -> bool:
        """Remove a graph, as the source does."""
        return _noting(lambda: self._source.drop_graph(graph))

    def close(self) -> None:
        """Let go of the source."""
        self._source.close()


class _ObservedEdition:
    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self.version: str | None = edition.version
        self.modified: datetime | None = edition.modified
        self.namespaces: Namespaces = edition.namespaces
        if (dumps := getattr(edition, "dumps", None)) is not None:
            self.dumps: Path = dumps  # files to take away, where the engine has them
        if (words := getattr(edition, "words", None)) is not None:
            self.words: Path = words  # what texts are searched with, likewise

    @property
    def graphs(self) -> Mapping[str, int]:
        return self._edition.graphs

    def query(self, query: Query, is_gone: Callable[[], bool] = stays) -> Reply:
        exchange = current_exchange()
        if exchange is None:
            return self._edition.query(query, is_gone)
        exchange.queries += 1
        exchange.asked = exchange.asked if exchange.asked is not None else query.text
        begun = time.monotonic()
        try:
            reply = self._edition.query(query, _noting_departure(is_gone, exchange))
        except BaseException as error:
            exchange.query_seconds += time.monotonic() - begun
            exchange.note(name_outcome(error))
            raise
        exchange.kind = exchange.kind or reply.kind.value
        return _ObservedReply(reply, exchange, begun)


class _ObservedReply:
    def __init__(self, reply: Reply, exchange: Exchange, begun: float) -> None:
        self._reply = reply
        self._exchange = exchange
        self._begun: float | None = begun
        self.kind: AnswerKind = reply.kind
        self.form: ResultFormat = reply.form
        self.columns = reply.columns

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._reply
        except Exception as error:
            self._exchange.note(name_outcome(error))
            raise
        else:
            self._exchange.rows += self._reply.rows
        finally:
            self._stop()

    @property
    def rows(self) -> int:
        return self._reply.rows

    def close(self) -> None:
        self._reply.close()
        self._stop()

    def _stop(self) -> None:
        if self._begun is not None:
            self._exchange.query_seconds += time.monotonic() - self._begun
            self._begun = None


def _noting(action: Callable[[], _T]) -> _T:
    try:
        return action()
    except Exception as error:
        exchange = current_exchange()
        if exchange is not None:
            exchange.note(name_outcome(error))
        raise


def _noting_departure(is_gone: Callable[[], bool], exchange: Exchange) -> Callable[[], bool]:
    def ask() -> bool:
        gone = is_gone()
        if gone:
            exchange.note(Outcome.GONE)
        return gone

    return ask
