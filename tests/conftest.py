<<<<<<<< HEAD:tests/conftest.py
"""Two real SPARQL servers, each started when a test first asks for it."""
========
"""Two SPARQL servers that others made."""
>>>>>>>> benchmarks:tests/store/remote/conftest.py

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engines import Addresses, start_oxigraph, start_virtuoso


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
