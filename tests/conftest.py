"""For the tests that speak to a service as strangers do: one over hostile data, and a port that must stay silent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hostile import Ear, serve_hostile_data
from live import Served


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
