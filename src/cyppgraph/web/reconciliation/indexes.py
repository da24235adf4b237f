"""An index for each edition. In: editions. Out: their indexes, made once and kept while they are asked.

Threads may ask at once: one makes an index, the others wait for it. Where the data have no version (another's server),
an index is made anew when it is some minutes old, and answers meanwhile.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Thread
from time import monotonic

from cyppgraph.errors import CyppgraphError
from cyppgraph.linking import Glossary
from cyppgraph.store import Edition
from cyppgraph.web.reconciliation.entities import read_entities
from cyppgraph.web.reconciliation.index import Index

_KEPT = 2
"""Editions whose indexes are kept: the current one, and the one before while requests for it end."""
_OLD = 300.0
"""After how many seconds an index is made anew where the data have no version."""


@dataclass(frozen=True, slots=True)
class _Made:
    index: Index
    since: float


class Indexes:
    """The indexes of a source.

    Args:
        glossary: what short forms mean.
    """

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._lock = Lock()
        self._made: dict[str | None, _Made] = {}

    def warm(self, edition: Edition) -> None:
        """Begin to make the index of an edition, beside whatever else is done; whoever reads a manifest asks next."""
        if edition.version not in self._made:
            Thread(target=self._try, args=(edition,), daemon=True).start()

    def _try(self, edition: Edition) -> None:
        with suppress(CyppgraphError):  # it is made when it is asked for, and then its failure is told
            self.of(edition)

    def of(self, edition: Edition) -> Index:
        """Return the index of an edition.

        Raises:
            CyppgraphError: the edition could not be asked.
        """
        made = self._made.get(edition.version)
        if made and (edition.version is not None or monotonic() - made.since < _OLD):
            return made.index
        if not self._lock.acquire(blocking=made is None) and made:
            return made.index  # another thread is about it
        try:
            other = self._made.get(edition.version)
            if other and other is not made:
                return other.index
            index = Index(read_entities(edition), self._glossary, edition.namespaces)
            kept = list(self._made.items())[-(_KEPT - 1) :]
            self._made = {**dict(kept), edition.version: _Made(index, monotonic())}
            return index
        finally:
            self._lock.release()
