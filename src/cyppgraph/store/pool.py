"""Worker processes. In: jobs. Out: what the workers send, and an end to those that take too long.

There are so many at most as there are places; who finds none free waits in a queue of bounded length. A worker is given
back when it has answered, and killed when it has not: nothing else stops a query.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from cyppgraph.errors import CyppgraphError
from cyppgraph.store.process import SLICE, GoneError, Worker
from cyppgraph.store.refusals import BusyError, QueryFailedError

_RETRY_SECONDS = 5


class WorkerPool:
    """Workers and places for them.

    Args:
        places: how many queries are answered at the same time.
        queue: how many more may wait for a place.
        patience: how many seconds they wait at most.
        memory: bytes that each query may take.
        base: what the IRIs of the data begin with.
    """

    def __init__(self, places: int, queue: int, patience: float, memory: int, base: str) -> None:
        self._places, self._queue, self._patience = places, queue, patience
        self._memory, self._base = memory, base
        self._change = threading.Condition()
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._busy = self._waiting = self._killed = self._started = 0
        self._is_closed = False

    def status(self) -> Mapping[str, int]:
        """Return how many workers are busy and idle, how many queries wait, how many workers were started, killed."""
        with self._change:
            return {
                "workers_busy": self._busy,
                "workers_idle": len(self._idle),
                "queries_waiting": self._waiting,
                "workers_started": self._started,
                "workers_killed": self._killed,
            }

    def take(self, snapshot: Path, is_gone: Callable[[], bool], *, is_fresh: bool = False) -> Worker:
        """Return a worker for a version of the data, to be given back or ended.

        Args:
            snapshot: the version's folder.
            is_gone: tells whether the client has left.
            is_fresh: whether it is to be a new one: those that wait may all be dead, if one of them was found so.

        Raises:
            BusyError: the queue is full, or no place was free in time.
            GoneError: the client has left meanwhile.
        """
        self._take_place(is_gone)
        try:
            with self._change:
                fitting = [] if is_fresh else [worker for worker in self._idle if worker.snapshot == snapshot]
                worker = fitting[-1] if fitting else None
                outdated: list[Worker] = []
                if worker is not None:
                    self._idle.remove(worker)
                else:
                    outdated = [worker for worker in self._idle if worker.snapshot != snapshot]
                    self._idle = [worker for worker in self._idle if worker.snapshot == snapshot]
            for other in outdated:
                self._kill(other)
            if worker is not None and worker.is_alive():
                return worker
            if worker is not None:
                self._kill(worker)
            return self._start(snapshot)
        except BaseException:
            self._free_place()
            raise

    def warm(self, snapshot: Path, number: int) -> None:
        """Start workers for a version before they are needed."""
        for _ in range(min(number, self._places)):
            worker = self._start(snapshot)
            with self._change:
                self._idle.insert(0, worker)

    def _take_place(self, is_gone: Callable[[], bool]) -> None:
        until = time.monotonic() + self._patience
        with self._change:
            if self._busy >= self._places and self._waiting >= self._queue:
                raise BusyError(_RETRY_SECONDS)
            self._waiting += 1
            try:
                while self._busy >= self._places:
                    self._change.wait(SLICE)
                    if is_gone():
                        raise GoneError
                    if time.monotonic() > until:
                        raise BusyError(_RETRY_SECONDS)
                self._busy += 1
            finally:
                self._waiting -= 1

    def _free_place(self) -> None:
        with self._change:
            self._busy -= 1
            self._change.notify()

    def _start(self, snapshot: Path) -> Worker:
        if self._is_closed:
            raise QueryFailedError("The service is being stopped.")
        try:
            worker = Worker(snapshot, self._base, self._memory)
        except OSError as error:
            raise CyppgraphError(f"No process can be started to answer queries: {error}") from error
        with self._change:
            self._started += 1
            self._all.add(worker)
            is_late = self._is_closed
        if is_late:  # the pool was closed while it was started
            self._kill(worker)
            raise QueryFailedError("The service is being stopped.")
        return worker

    def give_back(self, worker: Worker) -> None:
        """Take back a worker that has answered."""
        if worker.is_worn or self._is_closed:
            self._replace(worker)
            return
        with self._change:
            self._idle.append(worker)
            surplus = self._idle.pop(0) if len(self._idle) > self._places else None
        if surplus is not None:
            self._kill(surplus)
        self._free_place()

    def retire(self, worker: Worker) -> None:
        """Kill a worker that has answered and whose version nobody will ask for again."""
        self._kill(worker)
        self._free_place()

    def end(self, worker: Worker) -> None:
        """Kill a worker that is not to go on, and start another in its place."""
        with self._change:
            self._killed += 1
        self._replace(worker)

    def _replace(self, worker: Worker) -> None:
        self._kill(worker)
        with suppress(CyppgraphError):
            if not self._is_closed and worker.snapshot.is_dir():
                fresh = self._start(worker.snapshot)  # it gets ready while nobody waits for it
                with self._change:
                    self._idle.insert(0, fresh)  # those that are ready are taken first
        self._free_place()

    def close(self) -> None:
        """End all workers, whatever they do."""
        with self._change:
            self._is_closed = True
            workers = list(self._all)
            self._idle = []
        for worker in workers:
            self._kill(worker)

    def _kill(self, worker: Worker) -> None:
        worker.kill()
        with self._change:
            self._all.discard(worker)
