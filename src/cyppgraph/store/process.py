"""One worker process, seen from the process that it works for. In: a job. Out: the frames it sends, or why it ended.

Only the time in which a frame is waited for counts for the limit of a query: a client that reads slowly does not use
it up.
"""

from __future__ import annotations

import math
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cyppgraph.store import frames
from cyppgraph.store.refusals import LimitError, QueryRefusedError

SLICE = 0.05  # seconds between two looks at whether the client is still there
_SLOW_CLIENT = 10  # times the limit that an answer may take in all, most of it spent in waiting for the client
_START_SECONDS = 60.0
_PIPE = 2**18


class WorkerDiedError(Exception):
    """A worker that ended before it said anything, without a fault of the query: it may be asked of another."""


class GoneError(Exception):
    """The client has left."""


class Worker:
    """One process and the two pipes to it.

    Args:
        snapshot: the folder of the version that it opens.
        base: what the IRIs of the data begin with.
        memory: bytes that a query may take.
    """

    def __init__(self, snapshot: Path, base: str, memory: int) -> None:
        self.snapshot = snapshot
        self.is_worn = False
        self._memory = memory
        self._last_words = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the worker
        self._process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-m", "cyppgraph.store.worker", str(snapshot), base, str(memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._last_words,
            bufsize=0,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError("a process was made without its pipes")
        self._stdin, self._stdout = self._process.stdin, self._process.stdout
        self._poll = select.poll()
        self._poll.register(self._stdout, select.POLLIN)
        self._received = bytearray()
        self._is_ready = False
        self._seconds = self._left = 0.0
        self._until = 0.0

    def begin(self, job: bytes, seconds: float) -> None:
        """Send a job that may take so long, from when the worker is ready for it.

        Raises:
            WorkerDiedError: nobody is there to take it.
        """
        if not self._is_ready:
            self._seconds, self._left, self._until = _START_SECONDS, _START_SECONDS, math.inf
            self._is_ready = self.read_frame(lambda: False)[0] == frames.READY
        self._seconds = self._left = seconds
        self._until = time.monotonic() + seconds * _SLOW_CLIENT
        try:
            self._stdin.write(job)
        except OSError as error:
            raise WorkerDiedError from error

    def read_frame(self, is_gone: Callable[[], bool]) -> tuple[bytes, bytes]:
        """Return the next frame: its letter and its payload. Only the time spent in here counts for the limit.

        Raises:
            LimitError: the time is over, or the memory.
            GoneError: the client has left.
            WorkerDiedError: the process has ended.
            QueryRefusedError: the query made the process end.
        """
        begun = time.monotonic()
        try:
            kind, length = frames.HEADER.unpack(self._read(frames.HEADER.size, is_gone, begun))
            return kind, self._read(length, is_gone, begun)
        finally:
            self._left -= time.monotonic() - begun

    def _wait(self, is_gone: Callable[[], bool], begun: float) -> None:
        while True:
            now = time.monotonic()
            if now - begun > self._left or now > self._until:
                raise LimitError("time", self._seconds)
            if is_gone():
                raise GoneError
            if self._poll.poll(SLICE * 1000):
                return

    def _read(self, length: int, is_gone: Callable[[], bool], begun: float) -> bytes:
        while len(self._received) < length:
            self._wait(is_gone, begun)
            piece = os.read(self._stdout.fileno(), _PIPE)
            if not piece:
                raise self._explain_death()
            self._received += piece
        taken = bytes(self._received[:length])
        del self._received[:length]
        return taken

    def _explain_death(self) -> Exception:
        """Return the reason why the process ended by itself."""
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            code = 0
        self._last_words.seek(0)
        said = self._last_words.read()[-2000:]
        if code == -signal.SIGXCPU:
            return LimitError("time", self._seconds)
        if b"overflowed its stack" in said or code == -signal.SIGSEGV:
            return QueryRefusedError("The query is nested too deeply to be answered here. Use fewer brackets.")
        if code == -signal.SIGABRT or b"MemoryError" in said or b"memory allocation" in said:
            return LimitError("memory", self._memory)
        return WorkerDiedError(f"exit code {code}: {said[-300:].decode(errors='replace')}")

    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process.poll() is None

    def kill(self) -> None:
        """End the process, whatever it does."""
        with suppress(OSError):
            self._process.kill()
        self._process.wait()
        for pipe in (self._stdin, self._stdout, self._last_words):
            with suppress(OSError):
                pipe.close()
