"""The real service as a process of its own, over data made up here, on a free port of this machine.

``start_service`` gives a ``Service``; nothing of it is left when the block ends. The data are small, and still enough
for a query to run for hours: three of all statements with three of all others.
"""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import psutil

import cyppgraph
from cyppgraph.settings import PREFIX, read_settings
from cyppgraph.web.service import load_data

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 30.0  # after which a test that waits for something fails
JSON = "application/sparql-results+json"
_HEAD = "@prefix cypp: <https://w3id.org/cyppgraph/ontology#> .\n@prefix e: <http://example.org/> .\n"
# A query that is small, and one that does not end: each statement with each other, and none of them fits.
SMALL = "SELECT ?o WHERE { <http://example.org/item/7> <http://example.org/number> ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (STR(?c) < STR(?f) && ?f != ?i) }"
# One that has rows at once and does not end either.
FLOOD = "SELECT ?c ?f ?i WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
FLOOD_OF_TRIPLES = "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def value(self) -> str:
        """Return the only value of the only row."""
        (row,) = json.loads(self.body)["results"]["bindings"]
        (term,) = row.values()
        return str(term["value"])


@dataclass(frozen=True, slots=True)
class Service:
    """A service that answers: its address, its root folder, the process at its top and what it wrote."""

    address: str
    root: Path
    process: subprocess.Popen[bytes]
    log: Path

    def ask(self, text: str, accept: str = JSON, **fields: object) -> Answer:
        """Return the answer to a query, over a connection of its own."""
        connection = self.connect()
        try:
            connection.request("GET", make_path(text, **fields), headers={"Accept": accept})
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def connect(self) -> http.client.HTTPConnection:
        """Return a connection that is not yet open."""
        parts = urlsplit(self.address)
        return http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=PATIENCE)

    def find_workers(self) -> list[psutil.Process]:
        """Return the processes that answer queries."""
        return [process for process in _list_below(self.process.pid) if is_worker(process)]

    def measure_memory(self) -> float:
        """Return the resident memory of all processes, in MB."""
        total = 0
        for process in (psutil.Process(self.process.pid), *_list_below(self.process.pid)):
            with suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
        return total / 2**20

    def find_busy_worker(self) -> psutil.Process:
        """Wait for a worker that uses the processor, and return it."""
        found: list[psutil.Process] = []

        def is_there() -> bool:
            found[:] = [worker for worker in self.find_workers() if measure_use(worker) > 20]
            return bool(found)

        wait_for(is_there, "a worker to be at work")
        return found[0]


def make_path(text: str, **fields: object) -> str:
    """Return what to get for a query."""
    return "/sparql?" + urlencode({"query": text, **fields}, quote_via=quote)


def measure_use(process: psutil.Process) -> float:
    """Return how much of a processor a process uses, in percent; 0 if it has ended."""
    with suppress(psutil.NoSuchProcess):
        return float(process.cpu_percent(0.1))
    return 0.0


def is_worker(process: psutil.Process) -> bool:
    """Tell whether a process answers queries."""
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
        return "cyppgraph.store.worker" in process.cmdline()
    return False


def _list_below(pid: int) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).children(recursive=True)
    return []


def make_root(root: Path, items: int = 1000, value: int = 1) -> Path:
    """Make a folder to serve: so many items in one graph, and a value that two graphs agree on."""
    (root / "ttl").mkdir(parents=True)
    write_value(root, value)
    lines = [f'e:item\\/{n} e:number {n} ; e:next e:item\\/{n + 1} ; e:words "item number {n}" .' for n in range(items)]
    (root / "ttl" / "items.ttl").write_text(_HEAD + "\n".join(lines), encoding="utf-8")
    return root


def write_value(root: Path, value: int) -> None:
    """Write the value that two graphs agree on, in each of them."""
    for name in ("first", "second"):
        text = f"{_HEAD}e:{name} e:value {value} ; e:words '{'x' * 1000}' ."
        (root / "ttl" / f"{name}.ttl").write_text(text, encoding="utf-8")


def load(root: Path) -> str:
    """Put what the folder now holds where it is served from, as ``cyppgraph load`` does; return the version."""
    return load_data(read_settings(environment=_environment(root))).version


def start_command(root: Path, *arguments: str, **how: Any) -> subprocess.Popen[bytes]:
    """Start a command of ours for a folder that ``make_root`` made."""
    command = [sys.executable, "-m", "cyppgraph", *arguments]
    how = {"cwd": REPOSITORY, "env": _environment(root), **how}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **how)


def _environment(root: Path, **settings: object) -> dict[str, str]:
    own = {"data": root / "ttl", "snapshots": root / "snapshots", "rate_per_minute": 0, "concurrency": 0, **settings}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment |= {f"{PREFIX}{name.upper()}": str(value) for name, value in own.items()}
    # the code that is tested is that which the tests import, wherever the process works
    return environment | {"PYTHONPATH": str(Path(cyppgraph.__file__).parents[1])}


def find_free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


COMMANDS = {
    "waitress": ["-m", "cyppgraph", "serve"],
    "gunicorn": ["-m", "gunicorn", "-c", str(REPOSITORY / "deploy" / "gunicorn.conf.py"), "cyppgraph.web.wsgi:app"],
}


@contextmanager
def start_service(root: Path, server: str = "waitress", **settings: object) -> Iterator[Service]:
    """Run the service.

    Args:
        root: what ``make_root`` made.
        server: "waitress" or "gunicorn".
        settings: of the service, such as ``time_limit=0.5``.
    """
    port = find_free_port()
    log = root / f"{server}-{port}.log"
    how: dict[str, Any] = {"cwd": REPOSITORY, "env": _environment(root, port=port, **settings)}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *COMMANDS[server]], stdin=subprocess.DEVNULL, stdout=out, stderr=out, **how
        )
    below: list[psutil.Process] = []
    try:
        service = Service(f"http://127.0.0.1:{port}", root, process, log)
        wait_for(lambda: _answers(service), f"the service to answer; it said {log}")
        yield service
        below = _list_below(process.pid)
    finally:
        process.send_signal(signal.SIGTERM if server == "gunicorn" else signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for left in psutil.wait_procs(below, 5)[1]:
            left.kill()


def _answers(service: Service) -> bool:
    if service.process.poll() is not None:
        raise AssertionError(service.log.read_text(encoding="utf-8", errors="replace")[-2000:])
    try:
        return service.ask("ASK {}").status == 200
    except OSError:
        return False


def wait_for(is_so: Callable[[], bool], what: str, seconds: float = PATIENCE) -> float:
    """Wait until something is so; return after how many seconds."""
    begun = time.monotonic()
    while not is_so():
        assert time.monotonic() - begun < seconds, f"waited {seconds} s for {what}"
        time.sleep(0.01)
    return time.monotonic() - begun
