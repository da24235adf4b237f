"""What answers: the one interface of every engine. In: a query with its limits. Out: a reply, read piece by piece.

A ``Source`` is what a service is given: the embedded store or a SPARQL server by URL. It hands out the ``Edition`` that
is current; all that is asked of one edition is answered from the same data, whatever is swapped in meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from cyppgraph.namespaces import Namespaces
from cyppgraph.store.formats import FORMATS, AnswerKind, ResultFormat

DEFAULT_FORMATS: Mapping[AnswerKind, ResultFormat | None] = {
    AnswerKind.ROWS: FORMATS["json"],
    AnswerKind.TRUTH: FORMATS["json"],
    AnswerKind.TRIPLES: FORMATS["nt"],
}


def stays() -> bool:
    """Tell that the client is still there: for those who cannot leave."""
    return False


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take.

    Attributes:
        seconds: from when it is begun to the last byte.
        memory: bytes beyond what the engine takes when idle; the embedded store alone can keep it.
        rows: rows or triples of the answer.
        size: bytes of the answer.
    """

    seconds: float = 30.0
    memory: int = 2**30
    rows: int = 1_000_000
    size: int = 2**28


@dataclass(frozen=True, slots=True)
class Query:
    """A query as it is put to an engine.

    Attributes:
        text: SPARQL 1.1; prefixes that it does not declare are ours, and its base is that of the data.
        default_graphs: the graphs whose union is the default graph, in place of what the query says; None as it says.
        named_graphs: the graphs that GRAPH may name, likewise. If one of the two is given, the other is taken as empty.
        formats: the format to answer in for each kind of answer; None where the client takes none of that kind.
        limits: what it may take.
    """

    text: str
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None
    formats: Mapping[AnswerKind, ResultFormat | None] = field(default_factory=lambda: DEFAULT_FORMATS)
    limits: Limits = field(default_factory=Limits)


class Reply(Protocol):
    """An answer on its way. It has begun without an error; ``close`` it, or read it to its end.

    Attributes:
        kind: what it is.
        form: the format that it comes in.
        columns: the names of the columns of rows, in order; none for others.
    """

    kind: AnswerKind
    form: ResultFormat
    columns: tuple[str, ...]

    def __iter__(self) -> Iterator[bytes]:
        """Yield the answer's bytes.

        Raises:
            LimitError, QueryFailedError: it cannot be given whole; what was given is not an answer.
        """

    @property
    def rows(self) -> int:
        """How many rows or triples it had; right once it is read to its end."""

    def close(self) -> None:
        """End the query if it is still running."""


class Edition(Protocol):
    """One state of the data that does not change.

    Attributes:
        version: what it is called: the same data have the same version, other data another; None where the engine does
            not tell (a remote one), and then nothing may be cached.
        modified: since when the data are so, as far as known (UTC).
        namespaces: the base of the data.
    """

    version: str | None
    modified: datetime | None
    namespaces: Namespaces

    @property
    def graphs(self) -> Mapping[str, int]:
        """The names of the graphs, sorted, with how many triples each holds."""

    def query(self, query: Query, is_gone: Callable[[], bool] = stays) -> Reply:
        """Begin to answer a query.

        Args:
            query: what is asked.
            is_gone: tells whether the client has left; asked now and then, from this thread. The query then ends.

        Raises:
            QuerySyntaxError: it is no query, with the place.
            QueryRefusedError: it is one that this service does not run.
            NotAcceptableError: the client takes no format that this kind of answer has.
            LimitError: it came to a limit before it answered.
            BusyError: too many others are being answered.
            QueryFailedError: the engine cannot answer it.
        """


class Source(Protocol):
    """What is served: editions, one after another."""

    def edition(self) -> Edition:
        """Return the edition that is current; cheap, once per request."""

    def update(self, text: str, using: Sequence[str], using_named: Sequence[str]) -> None:
        """Change the data by SPARQL 1.1 Update: all of it, or nothing.

        Args:
            text: the update.
            using: the graphs whose union its WHERE reads, as the protocol's ``using-graph-uri``.
            using_named: the graphs that its WHERE may name, as ``using-named-graph-uri``.

        Raises:
            QuerySyntaxError, QueryRefusedError, LimitError, QueryFailedError: nothing has changed.
        """

    def write_graph(self, graph: str | None, content: bytes, form: ResultFormat, *, replace: bool) -> bool:
        """Put triples into a graph (None: the unnamed one), in place of what it holds or beside it.

        Returns:
            Whether the graph is new.

        Raises:
            QuerySyntaxError: the content is not of its format, with the line; nothing has changed.
        """

    def drop_graph(self, graph: str | None) -> bool:
        """Remove a graph; return whether there was one."""

    def close(self) -> None:
        """Let go of processes and connections."""
