"""A folder to serve, made once; whoever changes the data makes one of their own (``make_root``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from faults.started import make_root


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("served") / "root")


@pytest.fixture(params=["waitress", "gunicorn"])
def server(request: pytest.FixtureRequest) -> str:
    if request.param == "gunicorn":
        pytest.importorskip("gunicorn", reason="gunicorn is not installed")
    return str(request.param)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All that is in this folder takes long, or all cores."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.long)
