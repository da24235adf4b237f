"""The embedded store as a source. In: a folder of versions. Out: editions, answered by workers that can be killed."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from cyppgraph.namespaces import Namespaces
from cyppgraph.store import frames
from cyppgraph.store.engine import Limits, Query, stays
from cyppgraph.store.formats import ResultFormat
from cyppgraph.store.pool import WorkerPool
from cyppgraph.store.process import GoneError, Worker, WorkerDiedError
from cyppgraph.store.refusals import QueryFailedError
from cyppgraph.store.responding import Head
from cyppgraph.store.snapshot import Snapshot, find_current, lock, read_snapshot

_ATTEMPTS = 2
_WARM = 1  # worker that is started when a version is first seen, so that the next query need not wait for one
UPDATE_SECONDS = 300.0


class PooledReply:
    """An answer that a worker sends."""

    def __init__(self, head: Head, worker: Worker, pool: WorkerPool, is_gone: Callable[[], bool]) -> None:
        self.kind, self.form, self.columns = head.kind, head.form, head.columns
        self.rows = 0
        self._worker: Worker | None = worker
        self._pool = pool
        self._is_gone = is_gone

    def __iter__(self) -> Iterator[bytes]:
        worker = self._worker
        if worker is None:
            raise QueryFailedError("The answer has been read already.")
        try:
            while True:
                kind, payload = _read_frame(worker, self._is_gone)
                if kind == frames.DATA:
                    yield payload
                elif kind == frames.END:
                    ended = json.loads(payload)
                    self.rows, worker.is_worn = ended["rows"], ended["is_worn"]
                    self._worker = None
                    self._pool.give_back(worker)
                    return
                else:
                    self._worker = None
                    self._pool.give_back(worker)
                    raise frames.read_error(payload)
        finally:
            self.close()

    def close(self) -> None:
        """End the query if it is still running."""
        worker, self._worker = self._worker, None
        if worker is not None:
            self._pool.end(worker)


def _read_frame(worker: Worker, is_gone: Callable[[], bool]) -> tuple[bytes, bytes]:
    try:
        return worker.read_frame(is_gone)
    except GoneError:
        raise QueryFailedError("The client has left.") from None
    except WorkerDiedError as error:
        raise QueryFailedError(f"The process that answered the query ended: {error}") from error


class PooledEdition:
    """One version of the data on disk."""

    def __init__(self, snapshot: Snapshot, pool: WorkerPool) -> None:
        self.snapshot = snapshot
        self.version: str | None = snapshot.version
        self.modified: datetime | None = datetime.fromisoformat(snapshot.modified)
        self.namespaces = Namespaces(snapshot.base)
        self._pool = pool

    @property
    def graphs(self) -> Mapping[str, int]:
        """The names of the graphs, sorted, with how many triples each holds."""
        return self.snapshot.graphs

    @property
    def dumps(self) -> Path:
        """The folder of the files to take away."""
        return self.snapshot.folder / "dumps"

    @property
    def words(self) -> Path:
        """The file that its texts are searched with."""
        return self.snapshot.words

    def query(self, query: Query, is_gone: Callable[[], bool] = stays) -> PooledReply:
        """Begin to answer a query; as ``Edition.query``."""
        worker, payload = self._begin(frames.write_query(query), query.limits.seconds, is_gone)
        return PooledReply(frames.read_head(payload), worker, self._pool, is_gone)

    def write(self, job: bytes, seconds: float) -> bool:
        """Make another version by a job of ``writing``; return whether the graph existed. The lock is held."""
        worker, payload = self._begin(job, seconds, stays)
        self._pool.retire(worker)
        return bool(json.loads(payload)["existed"])

    def _begin(self, job: bytes, seconds: float, is_gone: Callable[[], bool]) -> tuple[Worker, bytes]:
        """Send a job; return the worker and what it says first, unless that is an error."""
        for attempt in range(_ATTEMPTS):
            try:
                worker = self._pool.take(self.snapshot.folder, is_gone, is_fresh=attempt > 0)
            except GoneError:
                raise QueryFailedError("The client has left.") from None
            try:
                worker.begin(job, seconds)
                kind, payload = worker.read_frame(is_gone)
            except WorkerDiedError as error:  # somebody killed it: that is not the query's fault
                self._pool.end(worker)
                if attempt + 1 == _ATTEMPTS:
                    raise QueryFailedError(f"The process that answers queries ended: {error}") from error
            except GoneError:
                self._pool.end(worker)
                raise QueryFailedError("The client has left.") from None
            except BaseException:
                self._pool.end(worker)
                raise
            else:
                if kind == frames.ERROR:
                    self._pool.give_back(worker)
                    raise frames.read_error(payload)
                return worker, payload
        raise QueryFailedError("The query was never sent.")


class EmbeddedSource:
    """The versions of one folder, the current one first.

    Args:
        snapshots: the folder; one version in it is current.
        places: how many queries are answered at the same time.
        queue: how many more may wait.
        patience: how many seconds they wait at most.
        limits: its memory is what each worker may take.

    Raises:
        CyppgraphError: nothing is there to serve.
    """

    def __init__(
        self,
        snapshots: Path,
        places: int = 4,
        queue: int = 64,
        patience: float = 10.0,
        limits: Limits | None = None,
    ) -> None:
        self._snapshots = snapshots
        first = read_snapshot(find_current(snapshots))
        self._pool = WorkerPool(places, queue, patience, (limits or Limits()).memory, first.base)
        self._edition = PooledEdition(first, self._pool)
        self._pool.warm(first.folder, places)
        self._writing = threading.Lock()

    def edition(self) -> PooledEdition:
        """Return the edition that is current."""
        folder = find_current(self._snapshots)
        if folder != self._edition.snapshot.folder:
            self._edition = PooledEdition(read_snapshot(folder), self._pool)
            if not self._writing.locked():  # whoever writes a version may write another at once
                self._pool.warm(folder, _WARM)
        return self._edition

    def update(self, text: str, using: Sequence[str], using_named: Sequence[str]) -> None:
        """Change the data by SPARQL 1.1 Update; as ``Source.update``."""
        self._write(
            frames.write_job(
                "update", text=text, using=list(using), using_named=list(using_named), seconds=UPDATE_SECONDS
            )
        )

    def write_graph(self, graph: str | None, content: bytes, form: ResultFormat, *, replace: bool) -> bool:
        """Put triples into a graph; as ``Source.write_graph``."""
        encoded = base64.b64encode(content).decode("ascii")
        job = frames.write_job(
            "graph", graph=graph, content=encoded, form=form.name, replace=replace, seconds=UPDATE_SECONDS
        )
        return not self._write(job)

    def drop_graph(self, graph: str | None) -> bool:
        """Remove a graph; return whether there was one."""
        return self._write(frames.write_job("drop", graph=graph, seconds=UPDATE_SECONDS))

    def _write(self, job: bytes) -> bool:
        with self._writing, lock(self._snapshots):
            return self.edition().write(job, UPDATE_SECONDS)

    def status(self) -> Mapping[str, int]:
        """Return how many workers are busy, idle and so on."""
        return self._pool.status()

    def close(self) -> None:
        """End all workers."""
        self._pool.close()
