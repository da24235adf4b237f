"""A store within this process as a source: quick to make, for tests that need the whole graph and no workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from cyppgraph.store.embedded import GraphStore
from cyppgraph.store.engine import Query, stays
from cyppgraph.store.responding import Head, respond


class DirectReply:
    """An answer that is already whole."""

    def __init__(self, head: Head, blocks: list[bytes], rows: int) -> None:
        self.kind, self.form, self.columns, self.rows = head.kind, head.form, head.columns, rows
        self._blocks = blocks

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._blocks)

    def close(self) -> None:
        """Nothing runs any more."""


class DirectSource:
    """One edition, which is the source too; it cannot be changed."""

    def __init__(self, store: GraphStore) -> None:
        self.version: str | None = "direct"
        self.modified: datetime | None = None
        self.namespaces = store.namespaces
        self.graphs: Mapping[str, int] = {}
        self._store = store

    def edition(self) -> DirectSource:
        return self

    def query(self, query: Query, is_gone: Callable[[], bool] = stays) -> DirectReply:
        heads: list[Head] = []
        blocks: list[bytes] = []
        rows = respond(self._store, query, heads.append, blocks.append)
        return DirectReply(heads[0], blocks, rows)
