"""How long pages take, how many queries they ask, how much they weigh. In: the built graph. Out: tables.

For each kind of page (``page_addresses.py``; add yours there) different addresses are asked for, each once (a page of
which there is one: several times), past the answers that are kept, by one client over HTTP on this machine. Printed are

  asked    how many addresses
  first    milliseconds of the first of the kind, which pays for what is read once for a version of the data
  p50, p95 milliseconds of the others
  queries  put to the graph for one page: the fewest and the most, without those of the first page
  HTML     kilobytes of the heaviest page of the kind, as it is
  sent     kilobytes of that page compressed, with its style sheet, icon and scripts, as a first visit fetches them

with a mark (!) at what misses an aim: 60 ms for p95 on the five plans; 400 KB of HTML; 200 KB sent. A plan to print is
long as the plan is. Other work on the machine shows in every figure.

A service reads ahead what the pages of a version share, when its first request comes. How long that takes is printed
first, with what readers wait for meanwhile who ask for each of some pages in turn; the table is of the time after it.
Of more plans than are kept, none is read ahead: the first page that wants one reads it.

Then on so many plans as ``--plans`` says, made out of the five (``many_plans.py``: other places, years, words, sizes,
links). That takes some minutes and about 2 GB of memory the first time; the result is kept in ``build/benchmarks``.

Beside each page about one thing stands what other software takes to DESCRIBE the same things over the same triples in
the same run: rdflib-endpoint, and the Oxigraph server. Neither makes a page of it: no names for what is pointed at, no
sources, no words. They are found beside the Python of ``--peers-python``, a virtual environment made so:

  python3 -m venv /tmp/peers && /tmp/peers/bin/pip install 'rdflib-endpoint[cli,web]' oxigraph

Run: ``.venv/bin/python benchmarks/pages.py``, with ``--plans 0`` for the five plans alone (a minute).
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import re
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pyoxigraph as ox
from asking import AskingFailedError, Client, TooSlowError
from many_plans import make_many
from page_addresses import KINDS, Address, PageKind, list_addresses
from peers import Graph, Peer, SkippedError, start_oxigraph, start_rdflib
from service import CACHE, ROOT, prepare
from waitress import create_server

from cyppgraph.settings import Settings
from cyppgraph.store import Edition, Query, Reply
from cyppgraph.store.engine import stays
from cyppgraph.web.service import make_service, open_source
from cyppgraph.web.warming import THREAD

_HEADERS = {"Accept": "text/html", "Authorization": "Bearer nobody"}  # whoever is named gets no kept answer
_ASSETS = re.compile(rb'<(?:link rel="(?:stylesheet|icon|modulepreload)"|script)[^>]*?(?:href|src)="([^"]+)"')
_MOST_MS, _MOST_HTML, _MOST_SENT = 60.0, 400.0, 200.0
_KB = 1000
_MEANWHILE = ("home", "plan", "plan: actions", "action", "search", "compare: topics")


@dataclass(slots=True)
class Measured:
    """What was seen of a kind of pages, in the order in which they were asked for."""

    times: list[float] = field(default_factory=list)
    queries: list[int] = field(default_factory=list)
    html: int = 0
    sent: int = 0
    heaviest: str = ""
    fault: str = ""


class Browser:
    """A client that asks for pages, one after another, over one connection.

    Args:
        port: where the service answers on this machine.
        asked: grows with each query that the service puts to the graph.
    """

    def __init__(self, port: int, asked: list[str]) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._asked = asked
        self._assets: dict[str, int] = {}

    def measure(self, addresses: Sequence[Address]) -> Measured:
        """Ask for each page once."""
        measured = Measured()
        for address in addresses:
            before, began = len(self._asked), time.perf_counter()
            status, body = self._get(address.path)
            measured.times.append(1000 * (time.perf_counter() - began))
            measured.queries.append(len(self._asked) - before)
            if status != http.HTTPStatus.OK:
                measured.fault = f"{status} at {address.path}"
                break
            if len(body) > measured.html:
                measured.html, measured.heaviest = len(body), address.path
                measured.sent = len(gzip.compress(body, 6)) + self._weigh_assets(address.path, body)
        return measured

    def close(self) -> None:
        """Let go of the connection, and let the service see it."""
        self._connection.close()
        time.sleep(0.2)

    def _get(self, path: str) -> tuple[int, bytes]:
        self._connection.request("GET", path, headers=_HEADERS)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def _weigh_assets(self, path: str, body: bytes) -> int:
        for found in set(_ASSETS.findall(body)):
            asset = urlsplit(urljoin(path, found.decode())).path
            if asset not in self._assets:
                self._assets[asset] = len(gzip.compress(self._get(asset)[1], 6))
        return sum(self._assets[urlsplit(urljoin(path, found.decode())).path] for found in set(_ASSETS.findall(body)))


@contextmanager
def serve(graph: Graph, asked: list[str]) -> Iterator[int]:
    """Serve a graph on a free port, as in public; note each query."""
    settings = Settings(data=graph.turtle, snapshots=graph.snapshots, rate_per_minute=0, concurrency=0)
    source = open_source(settings)
    kind = type(source.edition())
    ask = kind.query

    def note(edition: Edition, query: Query, is_gone: Callable[[], bool] = stays) -> Reply:
        asked.append(query.text)
        return ask(edition, query, is_gone)

    kind.query = note  # type: ignore[method-assign, assignment]
    server = create_server(make_service(settings, source), host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    try:
        yield int(server.effective_port)
    finally:
        server.close()
        kind.query = ask  # type: ignore[method-assign]
        source.close()


def _watch_reading(browser: Browser, addresses: Sequence[Address]) -> str:
    """Ask for pages while the version is read ahead; return how long that takes, and how long they took."""
    began, times = time.monotonic(), [0.0]
    browser.measure([Address("/health")])
    while any(thread.name == THREAD for thread in threading.enumerate()):
        times += browser.measure(addresses).times
        time.sleep(0 if addresses else 0.1)
    waits = f"p50 {statistics.median(times):.0f} ms, most {max(times):.0f} ms"
    return f"read ahead in {time.monotonic() - began:.1f} s; meanwhile {len(times) - 1} pages: {waits}"


def measure_peer(peer: Peer, addresses: Sequence[Address], most: float) -> list[float]:
    """Return the milliseconds in which other software describes the things of pages, as long as that is bearable."""
    client, times = Client(peer.address, 30.0), []
    began = time.monotonic()
    for address in addresses:
        if time.monotonic() - began > most:
            break
        start = time.perf_counter()
        client.ask(f"DESCRIBE <{address.iri}>", "text/turtle")
        times.append(1000 * (time.perf_counter() - start))
    return times


def find_p95(times: Sequence[float]) -> float:
    """Return the time within which 95 of 100 came."""
    return sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]


def show_pages(measured: dict[PageKind, Measured], *, with_aims: bool) -> Iterator[str]:
    """Yield the table of pages."""
    yield f"{'kind':28} {'asked':>5} {'first':>7} {'p50':>7} {'p95':>8} {'queries':>8} {'HTML':>7} {'sent':>7}"
    for kind, each in measured.items():
        if each.fault:
            yield f"{kind.name:28} {each.fault}"
            continue
        rest, queries = each.times[1:] or each.times, each.queries[1:] or each.queries
        p95, few = (
            find_p95(rest),
            f"{min(queries)}" if min(queries) == max(queries) else f"{min(queries)}–{max(queries)}",
        )
        marks = [
            "!" if value > most else " "
            for value, most in (
                (p95 if with_aims else 0, _MOST_MS),
                (each.html / _KB, _MOST_HTML),
                (each.sent / _KB, _MOST_SENT),
            )
        ]
        yield (
            f"{kind.name:28} {len(each.times):5} {each.times[0]:7.1f} {statistics.median(rest):7.1f}"
            f" {p95:7.1f}{marks[0]} {few:>8} {each.html / _KB:6.1f}{marks[1]} {each.sent / _KB:6.1f}{marks[2]}"
            f"  {each.heaviest}"
        )


def compare(
    graph: Graph, asked: dict[PageKind, list[Address]], measured: dict[PageKind, Measured], options: argparse.Namespace
) -> Iterator[str]:
    """Yield what other software takes to describe the things that pages are about, and the ratio to our pages."""
    folder = Path(options.peers_python).absolute().parent
    for name, starter in (("rdflib-endpoint", start_rdflib), ("oxigraph", start_oxigraph)):
        if not (folder / name).is_file():
            yield f"{name} is not beside {options.peers_python}: left out (see --help)"
            continue
        try:
            with contextmanager(partial(starter, str(folder / name), graph))() as peer:
                yield f"DESCRIBE by {name}: p50, and how many times as long as our whole page (p50)"
                for kind, addresses in asked.items():
                    mine = statistics.median(measured[kind].times[1:] or measured[kind].times)
                    times = measure_peer(peer, addresses[1:], options.patience)
                    if times:
                        middle = statistics.median(times)
                        yield f"  {kind.name:28} {middle:8.1f} ms  {middle / mine:7.2f}"
        except (SkippedError, AskingFailedError, TooSlowError) as error:
            yield f"{name} is left out: {error}"


def measure_graph(title: str, turtle: Path, options: argparse.Namespace) -> None:
    """Measure every kind of pages over one graph, and print."""
    graph = prepare(title, turtle)
    store = ox.Store.read_only(str(graph.engine))
    kinds = [kind for kind in KINDS if options.only in kind.name]
    addresses = {kind: list_addresses(kind, store, ROOT / "queries" / "questions", options.most) for kind in kinds}
    asked: list[str] = []
    print(
        f"\n{title}, {graph.count:,} triples; other work on this machine: {os.getloadavg()[0]:.1f} of {os.cpu_count()}"
    )
    with serve(graph, asked) as port:
        browser = Browser(port, asked)
        print(_watch_reading(browser, [listed[0] for kind, listed in addresses.items() if kind.name in _MEANWHILE]))
        measured = {kind: browser.measure(listed) for kind, listed in addresses.items() if listed}
        browser.close()
    print("\n".join(show_pages(measured, with_aims=turtle == ROOT / "data" / "ttl")), flush=True)
    if not options.alone:
        entities = {kind: listed for kind, listed in addresses.items() if kind.is_entity and len(listed) > 1}
        print("\n".join(compare(graph, entities, measured, options)), flush=True)


def read_options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=500, help="of the larger graph; 0 for the five alone")
    parser.add_argument("--large-only", action="store_true", help="the larger graph alone")
    parser.add_argument("--most", type=int, default=40, help="addresses of each kind (default: 40)")
    parser.add_argument("--only", default="", help="a part of the names of kinds")
    parser.add_argument("--alone", action="store_true", help="without other software")
    parser.add_argument("--peers-python", default=sys.executable, help="the Python beside which it is installed")
    parser.add_argument("--patience", type=float, default=5.0, help="seconds for each kind of other software")
    return parser.parse_args()


def main() -> int:
    """Measure and print."""
    options = read_options()
    if not options.large_only:
        measure_graph("five-plans", ROOT / "data" / "ttl", options)
    if options.plans:
        turtle = make_many(ROOT / "data" / "ttl", CACHE, options.plans)
        measure_graph(turtle.name, turtle, options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
