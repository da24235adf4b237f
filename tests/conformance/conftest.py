"""Services that may be written to: every case empties them first. One keeps its data, one asks another server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.runner import Target
from cyppgraph.store.remote import RemoteSource
from engines import Addresses
from live import TOKEN, serve_folder, serve_source


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """The service over a graph that nobody needs."""
    folder: Path = tmp_path_factory.mktemp("ttl")
    (folder / "none.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    with serve_folder(folder) as served:
        yield Target(served.authority, token=TOKEN)


@pytest.fixture(scope="session")
def remote(oxigraph: Addresses) -> Iterator[Target]:
    """The service over an Oxigraph server, all of whose graphs are its own."""
    source = RemoteSource(oxigraph.query, oxigraph.update, scope="", union=False)
    with serve_source(source) as served:
        yield Target(served.authority, token=TOKEN)


@pytest.fixture
def target(request: pytest.FixtureRequest) -> Target:
    """The service that a test names, or else the one that keeps its data itself."""
    found: Target = request.getfixturevalue(getattr(request, "param", "embedded"))
    return found
