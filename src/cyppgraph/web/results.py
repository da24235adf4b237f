"""Answers that were given. In: a validator and an answer. Out: the answer, when it is asked for again.

A validator stands for one version of the data, one query and one format, so nothing here is ever out of date.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from cyppgraph.store import AnswerKind


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer: its bytes, its media type, its kind and how many rows or triples it has."""

    body: bytes
    media_type: str
    kind: AnswerKind
    rows: int


class ResultCache:
    """Answers that are kept, those forgotten first that were not asked for longest.

    Args:
        size: bytes of all; 0 to keep none.
        largest: bytes of one.
    """

    def __init__(self, size: int = 2**26, largest: int = 2**20) -> None:
        self._size, self._largest = size, largest
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._used = 0
        self._lock = threading.Lock()
        self.hits = self.misses = 0

    def find(self, etag: str) -> Kept | None:
        """Return the answer of a validator, if it is kept."""
        with self._lock:
            kept = self._kept.get(etag)
            if kept is None:
                self.misses += 1
                return None
            self.hits += 1
            self._kept.move_to_end(etag)
            return kept

    def keep(self, etag: str, kept: Kept) -> None:
        """Keep an answer, if it is not too large."""
        if len(kept.body) > min(self._largest, self._size):
            return
        with self._lock:
            before = self._kept.pop(etag, None)
            self._used += len(kept.body) - (len(before.body) if before else 0)
            self._kept[etag] = kept
            while self._used > self._size:
                self._used -= len(self._kept.popitem(last=False)[1].body)
