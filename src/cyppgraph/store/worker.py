"""A process that answers queries and can be killed. In: jobs on stdin, a line each. Out: frames on stdout.

    python -m cyppgraph.store.worker SNAPSHOT BASE MEMORY

Oxigraph cannot be told to stop a query; a process can. It opens a version of the data that nobody changes, ends with
whoever started it, and does not outlive a job by much even if nobody is left to end it.
"""

from __future__ import annotations

import json
import os
import resource
import select
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces
from cyppgraph.store import frames
from cyppgraph.store.embedded import GraphStore
from cyppgraph.store.refusals import QueryFailedError
from cyppgraph.store.responding import respond
from cyppgraph.store.snapshot import read_snapshot
from cyppgraph.store.writing import write

_MOST_JOBS = 2_000
_MOST_MEMORY = 300 * 2**20  # bytes; a worker that has grown beyond is replaced
_PATIENT_SECONDS = 1.0  # from then on others go first
_LATER = 10  # of the scheduler's 19 steps
_GRACE = 5.0
_OUT = 1
_SMALL = 2**15  # bytes; only the last block of an answer is smaller


class Watch:
    """Ends this process when nobody waits for it any more, and lets others go first when a job takes long.

    Its thread runs beside the engine, which works without Python's lock.
    """

    def __init__(self) -> None:
        self.is_late = False
        self._main = threading.get_native_id()
        self._begun: float | None = None
        self._seconds = 0.0
        threading.Thread(target=self._run, daemon=True).start()

    def begin(self, seconds: float) -> None:
        """A job begins that may take so long."""
        self._seconds = seconds
        self._begun = time.monotonic()
        used = resource.getrusage(resource.RUSAGE_SELF)
        spent = int(used.ru_utime + used.ru_stime)
        # Where the watch cannot run since Python's lock is held: the kernel ends the process.
        resource.setrlimit(resource.RLIMIT_CPU, (spent + int(4 * (seconds + _GRACE)), resource.RLIM_INFINITY))

    def end(self) -> None:
        """The job is done."""
        self._begun = None

    def _run(self) -> None:
        poll = select.poll()
        poll.register(0, 0)  # no event but that the other end is closed, which is always told
        while True:
            if poll.poll(250):
                os._exit(0)
            begun = self._begun
            if begun is None:
                continue
            taken = time.monotonic() - begun
            if taken > _PATIENT_SECONDS and not self.is_late:
                self.is_late = True
                os.setpriority(os.PRIO_PROCESS, self._main, _LATER)
            if taken > 10 * self._seconds + _GRACE:
                os._exit(1)


class Outbox:
    """Frames on their way: the head waits for the first data, and the last data for the end.

    A small answer then goes in one piece: each piece wakes the process that reads it.
    """

    def __init__(self, out: int) -> None:
        self._out = out
        self._held: list[bytes] = []

    def send(self, kind: bytes, payload: bytes) -> None:
        """Send a frame, or hold it until the next one."""
        self._held += (frames.HEADER.pack(kind, len(payload)), payload)
        if kind == frames.HEAD or (kind == frames.DATA and len(payload) < _SMALL):
            return
        data = memoryview(b"".join(self._held))
        self._held.clear()
        while data:
            data = data[os.write(self._out, data) :]


def main(folder: str, base: str, memory: str) -> None:
    """Answer jobs until stdin ends."""
    out = os.dup(_OUT)
    os.dup2(2, _OUT)  # nothing but frames reaches the pipe
    watch = Watch()
    snapshot = read_snapshot(Path(folder))
    store = GraphStore(ox.Store.read_only(str(snapshot.engine)), Namespaces(base))
    _limit_memory(int(memory))
    outbox = Outbox(out)
    outbox.send(frames.READY, b"")
    for number, line in enumerate(sys.stdin.buffer, start=1):
        job = json.loads(line)
        watch.begin(job["seconds"])
        try:
            ended = _answer(job, store, Path(folder), outbox)
        except CyppgraphError as error:
            outbox.send(frames.ERROR, frames.write_error(error))
        except (MemoryError, RecursionError, OSError, RuntimeError, ValueError) as error:
            failed = QueryFailedError(f"The query cannot be answered: {type(error).__name__} {error}")
            outbox.send(frames.ERROR, frames.write_error(failed))
        else:
            watch.end()
            is_worn = number >= _MOST_JOBS or watch.is_late or _measure_memory() > _MOST_MEMORY
            outbox.send(frames.END, json.dumps({**ended, "is_worn": is_worn}).encode())
        watch.end()
        if watch.is_late:
            return  # it could not go first again


def _answer(job: dict[str, Any], store: GraphStore, folder: Path, outbox: Outbox) -> dict[str, Any]:
    if job["operation"] == "query":
        rows = respond(
            store,
            frames.read_query(job),
            lambda head: outbox.send(frames.HEAD, frames.write_head(head)),
            lambda block: outbox.send(frames.DATA, block),
        )
        return {"rows": rows}
    return {"existed": write(job, folder, store.namespaces)}


def _limit_memory(most: int) -> None:
    size = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + most, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _measure_memory() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main(*sys.argv[1:])
