"""The application over made-up data, served on a free port of this machine, as users meet it."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from waitress import create_server

from cyppgraph.queries import Question
from cyppgraph.store import Limits, Source
from cyppgraph.web import create_app
from cyppgraph.web.handbook import RuleFiles
from served import open_source

TOKEN = "a-token-for-tests"  # noqa: S105  # it opens nothing but what a test has just made

# Each change makes a version, and each version is synced to disk: a second each time, where disks are slow.
_IN_MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108  # a folder of its own is made there


@dataclass(frozen=True, slots=True)
class Served:
    """Where it listens."""

    host: str
    port: int

    @property
    def authority(self) -> str:
        """Host and port."""
        return f"{self.host}:{self.port}"

    @property
    def address(self) -> str:
        """The address of its home page."""
        return f"http://{self.authority}/"


@contextmanager
def serve_folder(folder: Path, questions: Sequence[Question] = (), limits: Limits | None = None) -> Iterator[Served]:
    """Serve the Turtle files of a folder until the end of the block; ``TOKEN`` allows writing."""
    with (
        tempfile.TemporaryDirectory(dir=_IN_MEMORY) as snapshots,
        open_source(folder, Path(snapshots)) as source,
        serve_source(source, questions, limits) as served,
    ):
        yield served


@contextmanager
def serve_source(source: Source, questions: Sequence[Question] = (), limits: Limits | None = None) -> Iterator[Served]:
    """Serve a source until the end of the block; ``TOKEN`` allows writing."""
    root = Path(__file__).parents[1]
    rules = RuleFiles(root / "shapes", root / "queries" / "checks")
    app = create_app(source, questions, limits, TOKEN, ontology=root / "ontology", rules=rules)
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield Served("127.0.0.1", int(server.effective_port))
    finally:
        server.close()
