"""The plans of this repository, each read once for all tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from cyppgraph.layout import Reading, read_plan

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def reading() -> Callable[[str], Reading]:
    """Read the plan of that id."""
    return cache(lambda plan: read_plan(REPOSITORY / "data" / "plans" / plan, REPOSITORY))
