"""How long the commands take here. In: a checkout with a built graph. Out: a Markdown table, a row for each command.

Run as ``.venv/bin/python benchmarks/build.py``; every figure is the median of three runs, the program's start included.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 3
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def measure_seconds(*arguments: str) -> float:
    """Return the median time of a command line.

    Raises:
        subprocess.CalledProcessError: the command could not run.
    """
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-m", "cyppgraph", *arguments], capture_output=True, check=False)
        if done.returncode not in (0, 1):
            done.check_returncode()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Measure each command and print the table."""
    with tempfile.TemporaryDirectory() as out:
        commands = {
            "cyppgraph --help": ["--help"],
            "cyppgraph build": ["build", "--quiet", "--out", out],
            "cyppgraph check": ["check"],
            "cyppgraph coverage": ["coverage"],
            f"cyppgraph query -q '{COUNT}'": ["query", "-q", COUNT],
        }
        print("| command | seconds |\n|---|---:|")
        for name, arguments in commands.items():
            print(f"| `{name}` | {measure_seconds(*arguments):.1f} |", flush=True)


if __name__ == "__main__":
    main()
