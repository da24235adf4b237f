"""The application over made-up data, served on a free port of this machine, as users meet it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from waitress import create_server

from cyppgraph.queries import Question
from cyppgraph.store import load_store
from cyppgraph.web import create_app

TOKEN = "a-token-for-tests"  # noqa: S105  # it opens nothing but what a test has just made


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
def serve_folder(folder: Path, questions: Sequence[Question] = ()) -> Iterator[Served]:
    """Serve the Turtle files of a folder until the end of the block; ``TOKEN`` allows writing."""
    server = create_server(create_app(load_store(folder), questions), host="127.0.0.1", port=0, threads=4)
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield Served("127.0.0.1", int(server.effective_port))
    finally:
        server.close()
