"""A source over files of Turtle for tests: the embedded store with its workers, closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cyppgraph.namespaces import Namespaces
from cyppgraph.store import EmbeddedSource, Limits, list_files, make_snapshot


@contextmanager
def open_source(
    turtle: Path,
    snapshots: Path,
    namespaces: Namespaces | None = None,
    places: int = 2,
    limits: Limits | None = None,
) -> Iterator[EmbeddedSource]:
    """Serve the Turtle files of a folder; ``snapshots`` is where versions are kept."""
    names = namespaces or Namespaces()
    make_snapshot(snapshots, list_files(turtle, names), names)
    source = EmbeddedSource(snapshots, places=places, limits=limits)
    try:
        yield source
    finally:
        source.close()
