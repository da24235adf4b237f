"""Processes that are forked to help. In: the process that they help. Out: their end when it has ended.

A process of a pool waits for work on a pipe of which it holds both ends, so it is never told that nobody is left who
could give it any: after ``kill -9`` of a build it would wait for ever, with all that it has read.
"""

from __future__ import annotations

import os
import threading
import time

_SECONDS = 1.0


def end_with(parent: int) -> None:
    """Watch from now on whether the process that forked this one is there, and end this one when it is not."""
    threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_SECONDS)
    os._exit(1)
