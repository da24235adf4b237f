"""What tests of several rooms share: the published graph, services over hostile data, a silent port, other servers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cyppgraph.store import EmbeddedSource
from engines import Addresses, start_oxigraph, start_virtuoso
from hostile import Ear, serve_hostile_data
from live import Served
from served import open_source

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """A service over hostile data; ``live.TOKEN`` allows writing."""
    with serve_hostile_data() as here:
        yield here


@pytest.fixture(scope="session")
def ear() -> Iterator[Ear]:
    """An address that must not be called, not even after a while."""
    made = Ear()
    yield made
    made.socket.close()


@pytest.fixture(scope="session")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """An Oxigraph server, whose default graph is not the union of the others."""
    with start_oxigraph(tmp_path_factory.mktemp("oxigraph")) as addresses:
        yield addresses


@pytest.fixture(scope="session")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """A Virtuoso server that cuts answers at 1,000 rows."""
    with start_virtuoso(tmp_path_factory.mktemp("virtuoso")) as addresses:
        yield addresses


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSource]:
    """All that is published."""
    if not any((ROOT / "data" / "ttl").glob("*.ttl")):
        pytest.skip("data/ttl is not built: run 'cyppgraph build'")
    with open_source(ROOT / "data" / "ttl", tmp_path_factory.mktemp("published")) as opened:
        yield opened
