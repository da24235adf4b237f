"""Answers that were given. In: a validator and an answer. Out: the answer, when it is asked for again.

A validator stands for one version of the data, one query and one format, so nothing here is ever out of date.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from cyppgraph.store import AnswerKind


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer: its bytes, its media type, its kind and how many rows or triples it has."""

    body: bytes
    media_type: str
    kind: AnswerKind
    rows: int


class HasBody(Protocol):
    """What can be kept."""

    @property
    def body(self) -> bytes:
        """Its bytes, by which it is measured."""


_Answer = TypeVar("_Answer", bound=HasBody)


class Cache(Generic[_Answer]):
    """Answers that are kept, those forgotten first that were not asked for longest.

    Args:
        size: bytes of all; 0 to keep none.
        largest: bytes of one.
        most: how many: what is beside the bytes of a small answer, its key above all, takes more room than they do.
    """

    def __init__(self, size: int = 2**26, largest: int = 2**20, most: int = 4_096) -> None:
        self._size, self._largest, self._most = size, largest, most
        self._kept: OrderedDict[Hashable, _Answer] = OrderedDict()
        self._used = 0
        self._lock = threading.Lock()
        self.hits = self.misses = 0

    def find(self, key: Hashable) -> _Answer | None:
        """Return the answer of a key, such as a validator, if it is kept."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                self.misses += 1
                return None
            self.hits += 1
            self._kept.move_to_end(key)
            return kept

    def keep(self, key: Hashable, kept: _Answer) -> None:
        """Keep an answer, if it is not too large."""
        if len(kept.body) > min(self._largest, self._size):
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._used += len(kept.body) - (len(before.body) if before else 0)
            self._kept[key] = kept
            while self._used > self._size or len(self._kept) > self._most:
                self._used -= len(self._kept.popitem(last=False)[1].body)


ResultCache = Cache[Kept]
