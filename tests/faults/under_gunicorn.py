"""The service as gunicorn runs it, with the limits of ``cyppgraph serve``."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from cyppgraph.store import EmbeddedSource, Limits
from cyppgraph.web import create_app


def make_app(
    root: str,
    time_limit: float = 30,
    memory_limit: int = 1024,
    row_limit: int = 1_000_000,
    size_limit: int = 256,
    workers: int = 4,
) -> Flask:
    limits = Limits(time_limit, memory_limit * 2**20, row_limit, size_limit * 2**20)
    return create_app(EmbeddedSource(Path(root) / "build" / "snapshots", places=workers, limits=limits), (), limits)
