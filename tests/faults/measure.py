"""The faults of this folder's tests in larger numbers, with figures.

Run as ``.venv/bin/python tests/faults/measure.py``, or with the names of some of them. It says what was seen; what must
not be is an error, as in the tests.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from faults import test_runaways
from faults.started import make_root, start_service


def measure_runaways(root: Path) -> None:
    for server in ("waitress", "gunicorn"):
        with start_service(root, server, time_limit=0.5, memory_limit=256) as service:
            print(f"{server}: {test_runaways.run_away(service, 100)}")


MEASURED: dict[str, Callable[[Path], None]] = {"runaways": measure_runaways}


def main(names: list[str]) -> None:
    for name in names or MEASURED:
        print(f"== {name}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            MEASURED[name](make_root(Path(folder) / "root"))


if __name__ == "__main__":
    main(sys.argv[1:])
