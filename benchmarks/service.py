"""How fast the service answers beside its peers, on the five plans and on a million triples. Out: tables, and JSON.

Run: ``.venv/bin/python benchmarks/service.py`` (under a quarter of an hour; ``--quick`` takes a minute, on the plans
alone). Needs ``data/ttl``, the test extras and ``wrk``. Peers: the Oxigraph server and rdflib-endpoint, found beside
the Python of ``--peers-python`` (a virtual environment with ``pip install oxigraph rdflib-endpoint[cli,web]``), and
Virtuoso from Debian; who is not there is skipped. All run on this machine, one after another, with the client beside
them: trust ratios more than figures. The floor is pyoxigraph in this process on the folder that the service reads,
without HTTP.

Every answer is first held against the floor's: as many rows, the same sum of figures. Uncached queries end in a comment
that no other has; repeated ones are the same text each time; 304 is the repeated one asked with ``If-None-Match``.
Our service runs as in public, but for how much one client may ask: all load comes from one address here.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import comparison
import pyoxigraph as ox
from asking import AskingFailedError, Client, Told, TooSlowError, find_p95, measure_memory, press, read_told, time_calls
from peers import Graph, Peer, SkippedError, start_own, start_oxigraph, start_rdflib, start_virtuoso
from varied import make_varied

from cases import Case, make_cases
from cyppgraph.settings import Settings
from cyppgraph.web.service import load_data

ROOT = Path(__file__).resolve().parents[1]
CACHE = ROOT / "build" / "benchmarks"
WAITRESS = "{python} -m cyppgraph serve"
GUNICORN = "{python} -m gunicorn -c deploy/gunicorn.conf.py cyppgraph.web.wsgi:app"
Result = dict[str, Any]


def prepare(name: str, turtle: Path) -> Graph:
    """Put a graph into the forms that the services take; what was made before is taken."""
    folder = CACHE / name
    snapshot = load_data(Settings(data=turtle, snapshots=folder / "snapshots"))
    whole = folder / "whole.nt"
    store = ox.Store.read_only(str(snapshot.engine))
    if not whole.is_file() or whole.stat().st_mtime < snapshot.folder.stat().st_mtime:
        triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
        ox.serialize(triples, str(whole), format=ox.RdfFormat.N_TRIPLES)
    with whole.open("rb") as file:
        return Graph(turtle, folder / "snapshots", snapshot.engine, whole, sum(1 for _ in file))


class Floor:
    """pyoxigraph in this process, read-only on disk: no service over it can be faster."""

    def __init__(self, graph: Graph) -> None:
        self.store = ox.Store.read_only(str(graph.engine))

    def ask(self, text: str) -> bytes:
        """Return an answer as the services send it."""
        answer = self.store.query(text)
        if isinstance(answer, ox.QueryTriples):
            return answer.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
        return answer.serialize(format=ox.QueryResultsFormat.JSON) or b""

    def _ask_varied(self, case: Case, number: int) -> bytes:
        return self.ask(case.vary(number))

    def measure(self, cases: list[Case], options: argparse.Namespace) -> tuple[Result, dict[str, list[Told]]]:
        """Return times, and what the answers say."""
        queries, told = {}, {}
        for case in cases:
            told[case.name] = [read_told(self.ask(case.vary(n)), case) for n in range(3)]
            taken = time_calls(partial(self._ask_varied, case), options.times, options.patience)
            queries[case.name] = {"median": statistics.median(taken), "p95": find_p95(taken)}
        return {"queries": queries}, told


def measure_peer(peer: Peer, cases: list[Case], told: dict[str, list[Told]], options: argparse.Namespace) -> Result:
    """Hold a service's answers against the floor's, time them and press it: small queries first, then aggregates."""
    result: Result = {"start": peer.start, "idle": measure_memory(peer.pid), "queries": {}, "load": {}}
    client, queries = Client(peer.address, options.give_up), result["queries"]
    for kind, small in (("small", True), ("aggregates", False)):
        chosen = [case for case in cases if case.small == small]
        for case in chosen:
            queries[case.name] = _measure_case(client, case, told[case.name], options)
            if "slow" in queries[case.name]:
                return result  # it may still be busy with that, and nothing tells it to stop
        asked = [case for case in chosen if "median" in queries[case.name]]
        if asked and all(queries[case.name]["median"] < options.slow for case in asked):
            result["load"] |= _press_both(peer, kind, asked, options)
    return result


def _press_both(peer: Peer, kind: str, asked: list[Case], options: argparse.Namespace) -> Result:
    numbers = options.clients if kind == "small" else options.clients[-2:-1]
    return {
        name: {n: asdict(press(peer.address, asked, n, options.seconds, peer.pid, varied=varied)) for n in numbers}
        for name, varied in ((kind, True), (f"{kind}, repeated", False))
    }


def _measure_case(client: Client, case: Case, told: list[Told], options: argparse.Namespace) -> Result:
    times, patience = options.times, options.patience
    try:
        began = time.perf_counter()
        found = [
            read_told(client.ask(case.vary(n), case.accept)[1], case) for n in range(len(told) if case.things else 1)
        ]
        taken = 1000 * (time.perf_counter() - began)
        for said, expected in zip(found, told, strict=False):
            if not said.is_same(expected):
                return {"wrong": f"{said}, not {expected}"}
        if taken > 1000 * patience:
            return {"median": taken / len(found), "p95": taken / len(found)}  # asked once: it says enough
        varied = time_calls(lambda n: client.ask(case.vary(n), case.accept), times, patience)
        repeated = time_calls(lambda _: client.ask(case.repeat(), case.accept), times, patience)
        result = {"median": statistics.median(varied), "p95": find_p95(varied), "repeated": statistics.median(repeated)}
        if (etag := client.etag) and client.ask(case.repeat(), case.accept, etag)[0] == 304:
            unchanged = time_calls(lambda _: client.ask(case.repeat(), case.accept, etag), times, patience)
            result["unchanged"] = statistics.median(unchanged)
        return result
    except TooSlowError as error:
        return {"slow": str(error), "at_least": 1000 * options.give_up}
    except (AskingFailedError, ValueError, KeyError) as error:
        return {"wrong": str(error)[:200]}


def list_services(options: argparse.Namespace, graph: Graph) -> dict[str, Any]:
    """Return how each service is started."""
    bin_folder = Path(options.peers_python).absolute().parent
    own = {"ours, waitress": options.waitress, "ours, gunicorn": options.gunicorn}
    started = {name: partial(start_own, command, graph) for name, command in own.items() if command}
    started["Oxigraph server"] = partial(_start_installed, start_oxigraph, bin_folder / "oxigraph", graph)
    started["Virtuoso"] = partial(start_virtuoso, graph)
    started["rdflib-endpoint"] = partial(_start_installed, start_rdflib, bin_folder / "rdflib-endpoint", graph)
    chosen = options.only.split(",") if options.only else list(started)
    return {name: contextmanager(starter) for name, starter in started.items() if any(c in name for c in chosen)}


def _start_installed(starter: Any, program: Path, graph: Graph) -> Iterator[Peer]:
    if not program.is_file():
        raise SkippedError(f"{program} is not there; see --peers-python")
    yield from starter(str(program), graph)


def measure_graph(graph: Graph, options: argparse.Namespace) -> Result:
    """Measure the floor and every service on one graph."""
    floor = Floor(graph)
    cases = make_cases(floor.store, ROOT / "queries" / "questions")
    results: Result = {}
    results["floor"], told = floor.measure(cases, options)
    for name, starter in list_services(options, graph).items():
        began = time.monotonic()
        try:
            context: AbstractContextManager[Peer] = starter()
            with context as peer:
                results[name] = measure_peer(peer, cases, told, options)
        except (SkippedError, AskingFailedError) as error:
            results[name] = {"skipped": str(error)}
        print(f"  {name}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    return results


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--triples", type=int, default=1_000_000, help="of the larger graph; 0 for the plans alone")
    parser.add_argument("--quick", action="store_true", help="the plans alone, fewer and shorter runs")
    parser.add_argument("--peers-python", default=sys.executable, help="the Python beside which peers are installed")
    parser.add_argument("--only", default="", help="parts of services' names, separated by commas")
    parser.add_argument("--waitress", default=WAITRESS, help="how our service is started; '' to leave it out")
    parser.add_argument("--gunicorn", default=GUNICORN, help="likewise under gunicorn")
    parser.add_argument("--out", type=Path, default=CACHE / "service.json")
    options = parser.parse_args()
    options.times, options.patience, options.seconds = (30, 0.7, 1) if options.quick else (200, 3.0, 4)
    options.clients, options.give_up = ([8, 32], 5.0) if options.quick else ([1, 8, 32], 60.0)
    options.slow = 1000.0  # milliseconds: of what is slower, a few seconds of load tell nothing
    return options


def main() -> int:
    """Measure and print."""
    options = read_options()
    if shutil.which("wrk") is None:
        print("wrk is not installed: apt-get install wrk", file=sys.stderr)
        return 2
    graphs = {"five-plans": ROOT / "data" / "ttl"}
    if options.triples and not options.quick:
        folder = make_varied(ROOT / "data" / "ttl", CACHE, options.triples)
        graphs[folder.name] = folder
    measured: Result = {}
    for name, turtle in graphs.items():
        graph = prepare(name, turtle)
        title = f"{name}, {graph.count:,} triples"
        print(title, file=sys.stderr)
        measured[title] = measure_graph(graph, options)
        print(comparison.write_tables(title, measured[title]))
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
