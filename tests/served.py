"""A store within this process as a source: no limit of time or memory can be kept here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from cyppgraph.store.embedded import GraphStore
from cyppgraph.store.engine import Query, stays
from cyppgraph.store.formats import AnswerKind, ResultFormat
from cyppgraph.store.refusals import QueryRefusedError
from cyppgraph.store.responding import Head, respond


class DirectReply:
    """An answer that is already whole."""

    def __init__(self, head: Head, blocks: list[bytes], rows: int) -> None:
        self.kind: AnswerKind = head.kind
        self.form: ResultFormat = head.form
        self.columns = head.columns
        self.rows = rows
        self._blocks = blocks

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._blocks)

    def close(self) -> None:
        """Nothing runs any more."""


class DirectSource:
    """One edition that stays."""

    def __init__(self, store: GraphStore, version: str = "direct") -> None:
        self.version: str | None = version
        self.modified: datetime | None = None
        self.namespaces = store.namespaces
        self._store = store

    def edition(self) -> DirectSource:
        return self

    @property
    def graphs(self) -> Mapping[str, int]:
        counts = self._store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g").read_rows()
        return dict(sorted((g.value, int(n.value)) for g, n in counts))  # type: ignore[union-attr]

    def query(self, query: Query, is_gone: Callable[[], bool] = stays) -> DirectReply:
        heads: list[Head] = []
        blocks: list[bytes] = []
        rows = respond(self._store, query, heads.append, blocks.append)
        return DirectReply(heads[0], blocks, rows)

    def update(self, text: str, using: Sequence[str], using_named: Sequence[str]) -> None:
        raise QueryRefusedError("Updates are not taken.")

    def write_graph(self, graph: str | None, content: bytes, form: ResultFormat, *, replace: bool) -> bool:
        raise QueryRefusedError("Updates are not taken.")

    def drop_graph(self, graph: str | None) -> bool:
        raise QueryRefusedError("Updates are not taken.")

    def close(self) -> None:
        """Nothing to let go."""
