"""What is read once for a version of the data. In: an edition, a name, what reads. Out: what was read, if need be anew.

An edition does not change, so that what was read of its version holds for all of it. Only so much is kept as a number
says, the least recently wanted goes first, and with another version all goes. Where data have no version, nothing is.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from cyppgraph.store import Edition

_T = TypeVar("_T")


class Kept(Generic[_T]):
    """Some results of one version.

    Args:
        most: how many.
    """

    def __init__(self, most: int = 1) -> None:
        self._most = most
        self._version: str | None = None
        self._found: OrderedDict[str, _T] = OrderedDict()
        self._lock = Lock()

    def read(self, edition: Edition, name: str, make: Callable[[], _T]) -> _T:
        """Return what ``make`` returns for a name, made once while it is kept.

        Args:
            edition: of which it is.
            name: which of several.
            make: what reads it; two requests at once may both call it.
        """
        if edition.version is None:
            return make()
        with self._lock:
            if self._version == edition.version and name in self._found:
                self._found.move_to_end(name)
                return self._found[name]
        made = make()
        with self._lock:
            if self._version != edition.version:
                self._version = edition.version
                self._found.clear()
            self._found[name] = made
            while len(self._found) > self._most:
                self._found.popitem(last=False)
        return made
