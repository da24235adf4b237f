"""What tests of several rooms share: a service over hostile data, and an address that nobody may call."""

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
