"""How long a cold build takes beside importing its libraries. In: a checkout. Out: a table, and where time goes.

Run as ``.venv/bin/python benchmarks/build.py``. Both are fresh processes, run by turns, so a busy machine slows both;
figures are medians, the ratio is of medians. The steps are timed in one process, one after another; a build reads plans
and validates shapes in processes beside, so the steps add up to more than a build.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

RUNS = 5
IMPORTS = "import rdflib, pyshacl, pyoxigraph"
T = TypeVar("T")


def time_process(*command: str) -> float:
    """Return the seconds that a command takes from start to end.

    Raises:
        subprocess.CalledProcessError: the command failed.
    """
    start = time.perf_counter()
    subprocess.run([sys.executable, *command], capture_output=True, check=True)
    return time.perf_counter() - start


def time_steps(root: Path, out: Path) -> tuple[dict[str, float], int]:
    """Return the seconds of each step of a build, done one after another, and the number of triples."""
    import rdflib

    from cyppgraph import layout, mapping, publication, validation
    from cyppgraph.namespaces import Namespaces
    from cyppgraph.resources import find_resources
    from cyppgraph.store import load_store

    gc.disable()  # as a build does
    seconds: dict[str, float] = {}

    def step(name: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        done = work()
        seconds[name] = time.perf_counter() - start
        return done

    resources, names = find_resources(root), Namespaces()
    folders = sorted(path.parent for path in resources.plans.glob("*/plan.toml"))
    authorities = mapping.read_authorities(resources.authorities)
    plans = step("read", lambda: [layout.read_plan(folder, root).plan for folder in folders])
    graphs = step("map", lambda: {plan.id: mapping.map_plan(plan, names, authorities) for plan in plans})
    files = step("serialize", lambda: publication.serialize_files(graphs, names))
    union = rdflib.Graph()
    step("copy for SHACL", lambda: [union.__iadd__(graph) for graph in graphs.values()])
    shapes = validation.load_shapes(resources.shapes, names)
    step("validate shapes", lambda: validation.validate_shapes(union, shapes, names))
    step("write", lambda: publication.write_files(files, out, names))
    step("load", lambda: load_store(out))
    return seconds, len(union)


def main() -> None:
    """Measure and print."""
    root = Path(__file__).resolve().parents[1]
    with tempfile.TemporaryDirectory() as out:
        imports, builds = [], []
        for _ in range(RUNS):
            imports.append(time_process("-c", IMPORTS))
            builds.append(time_process("-m", "cyppgraph", "build", "--quiet", "--root", str(root), "--out", out))
        seconds, triples = time_steps(root, Path(out))
    importing, building = statistics.median(imports), statistics.median(builds)
    print("| what | seconds | times the import |\n|---|---:|---:|")
    print(f"| `{IMPORTS}` | {importing:.2f} | 1 |")
    print(f"| `cyppgraph build` of five plans, cold | {building:.2f} | {building / importing:.1f} |")
    print(f"\n{triples} triples: {triples / building:,.0f} a second of the whole build\n")
    print("| step, alone | seconds |\n|---|---:|")
    for name, value in seconds.items():
        print(f"| {name} | {value:.2f} |")


if __name__ == "__main__":
    main()
