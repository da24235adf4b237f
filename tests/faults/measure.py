"""The faults of this folder's tests in larger numbers, with figures.

Run as ``.venv/bin/python tests/faults/measure.py``, or with the names of some of them: runaways, leaving, swaps, loads,
builds. It says what was seen; what must not be seen is an error, as in the tests.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from faults import test_interrupted_loads, test_leaving, test_runaways, test_swaps
from faults.started import ENDLESS, FLOOD, PATIENCE, REPOSITORY, make_root, start_command, start_service

SERVERS = ("waitress", "gunicorn")


def measure_runaways(root: Path) -> None:
    for server in SERVERS:
        with start_service(root, server, time_limit=0.5, memory_limit="256MiB") as service:
            figures = test_runaways.run_away(service, 100)
            print(f"{server}: {figures}")
            assert set(figures.outcomes) <= {"time", "memory"}
            assert figures.probe.wrong == []


def measure_leaving(root: Path) -> None:
    for server in SERVERS:
        with start_service(root, server, time_limit=600, row_limit=10**12, size_limit="1000GiB", workers=1) as service:
            for how, text, read in (("before a byte", ENDLESS, 0), ("while it flows", FLOOD, 2**21)):
                seconds = [test_leaving.leave(service, text, read) for _ in range(20)]
                print(f"{server}, {how}: ended after {statistics.median(seconds):.2f} s, at most {max(seconds):.2f} s")


def measure_swaps(root: Path) -> None:
    for server in SERVERS:
        with start_service(root, server) as service:
            crowd = test_swaps.swap(service, clients=8, swaps=20, pause=1.0)
            print(
                f"{server}: 20 swaps, {sum(crowd.seen.values())} answers from {len(crowd.seen)} versions, "
                f"{len(crowd.wrong)} wrong, the slowest took {crowd.slowest:.2f} s"
            )
            assert crowd.wrong == []


def measure_loads(root: Path) -> None:
    with start_service(root) as service:
        signals = [signal.SIGKILL, signal.SIGINT, signal.SIGTERM] * 15
        late = test_interrupted_loads.interrupt_loads(service, signals)
        print(f"{len(signals)} loads killed, interrupted and terminated; {late} had already come to their end")
        test_interrupted_loads.check_that_loading_works(service, 300)


def measure_builds(root: Path) -> None:
    """Kill builds of the real plans; each file must be as it was or as it is built, and the next build must work."""
    own = root.parent / "project"
    for name in ("ontology", "queries", "shapes", "data"):
        shutil.copytree(REPOSITORY / name, own / name)
    out = own / "data" / "ttl"
    expected = {path.name: sha256(path.read_bytes()).hexdigest() for path in out.iterdir()}
    chance = random.Random(7)  # noqa: S311  # moments, no secrets; the same each time
    begun = time.monotonic()
    assert start_command(root, "build", cwd=own).communicate(timeout=600)
    whole = time.monotonic() - begun
    for number in range(12):
        process = start_command(root, "build", cwd=own)
        try:
            process.wait(chance.uniform(0.2, whole))
        except subprocess.TimeoutExpired:
            process.send_signal((signal.SIGKILL, signal.SIGINT)[number % 2])
        process.communicate(timeout=PATIENCE)
        found = {path.name: sha256(path.read_bytes()).hexdigest() for path in out.glob("[!.]*")}
        assert found == expected, found.items() ^ expected.items()
    process = start_command(root, "build", cwd=own)
    said = process.communicate(timeout=600)[0].decode()
    assert process.returncode == 0, said
    print(f"12 builds killed and interrupted within {whole:.1f} s: every file whole; the next build worked")
    print(f"left beside them: {sorted(path.name for path in out.iterdir() if path.name not in expected) or 'nothing'}")


MEASURED: dict[str, Callable[[Path], None]] = {
    "runaways": measure_runaways,
    "leaving": measure_leaving,
    "swaps": measure_swaps,
    "loads": measure_loads,
    "builds": measure_builds,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(MEASURED)}; else all")
    names = parser.parse_args().names
    if unknown := [name for name in names if name not in MEASURED]:
        parser.error(f"there is no {unknown[0]!r}; choose of {', '.join(MEASURED)}")
    for name in names or MEASURED:
        print(f"== {name}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            MEASURED[name](make_root(Path(folder) / "root"))


if __name__ == "__main__":
    main()
