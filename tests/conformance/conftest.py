"""A service of its own that may be written to: every case empties it first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.runner import Target
from live import TOKEN, serve_folder


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A service over a graph that nobody needs."""
    folder: Path = tmp_path_factory.mktemp("ttl")
    (folder / "none.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    with serve_folder(folder) as served:
        yield Target(served.authority, token=TOKEN)
