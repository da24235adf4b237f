"""The services that are compared, each started on a free port of this machine. In: the same triples. Out: addresses.

A service that is not installed, or does not begin to answer, is skipped, with the reason.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from cyppgraph.settings import PREFIX

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 240.0  # rdflib reads a million triples in about forty seconds, on a quiet machine
_ASK = "query=ASK%20%7B%7D"


class SkippedError(Exception):
    """Why a service is not compared."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The same triples, as each service takes them: Turtle files, Oxigraph's folder, one file of N-Triples."""

    turtle: Path
    snapshots: Path
    engine: Path
    triples: Path
    count: int


@dataclass(frozen=True, slots=True)
class Peer:
    """A service that answers.

    Attributes:
        address: where queries go.
        pid: the process that all of its processes stand under.
        start: seconds until it answered, reading its data included.
    """

    address: str
    pid: int
    start: float


Starter = Callable[[Graph], "Iterator[Peer]"]


def find_free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def start(
    command: Sequence[str], address: str, folder: Path, environment: dict[str, str] | None = None
) -> Iterator[Peer]:
    """Run a service until the block ends, then end all of its processes.

    Args:
        command: what to run.
        address: where it will answer queries.
        folder: where its log goes, and where it works, unless it is ours.
        environment: of our service, which works in the checkout.

    Raises:
        SkippedError: it ended, or did not answer for long.
    """
    began = time.monotonic()
    with (folder / "log").open("wb") as log:
        how: dict[str, Any] = {"cwd": folder} if environment is None else {"cwd": ROOT, "env": environment}
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **how)
    try:
        _wait(process, address, folder / "log")
        yield Peer(address, process.pid, time.monotonic() - began)
    finally:
        _end(process)


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}{'&' if '?' in address else '?'}{_ASK}", timeout=PATIENCE):  # noqa: S310  # our own address
                return
        except urllib.error.HTTPError as error:
            raise SkippedError(f"it answers HTTP {error.code} to ASK {{}}") from error
        except OSError:
            time.sleep(0.05)
    said = log.read_text(encoding="utf-8", errors="replace").strip()[-300:]
    raise SkippedError(f"it did not begin to answer: {said}")


def _end(process: subprocess.Popen[bytes]) -> None:
    below = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for each in psutil.wait_procs(below, 3)[1]:
        each.kill()


def start_own(template: str, graph: Graph) -> Iterator[Peer]:
    """Run our service by a command in which {python} is filled in; the rest is in its environment."""
    port = find_free_port()
    settings = {"data": graph.turtle, "snapshots": graph.snapshots, "port": port, "queue": 60, "threads": 80}
    settings |= {"rate_per_minute": 0, "concurrency": 0}  # all clients have one address here
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    environment |= {f"{PREFIX}{name.upper()}": str(value) for name, value in settings.items()}
    command = template.format(python=sys.executable).split()
    address = f"http://127.0.0.1:{port}/sparql"
    with tempfile.TemporaryDirectory() as folder, start(command, address, Path(folder), environment) as peer:
        yield peer


def start_oxigraph(program: str, graph: Graph) -> Iterator[Peer]:
    """Run the Oxigraph server over the very folder that the floor and our service read."""
    port = find_free_port()
    command = [program, "serve-read-only", "--location", str(graph.engine), "--bind", f"127.0.0.1:{port}"]
    address = f"http://127.0.0.1:{port}/query"
    with tempfile.TemporaryDirectory() as folder, start(command, address, Path(folder)) as peer:
        yield peer


def start_rdflib(program: str, graph: Graph) -> Iterator[Peer]:
    """Run rdflib-endpoint with its default store, which holds the graph in memory."""
    port = find_free_port()
    command = [program, "serve", "--host", "127.0.0.1", "--port", str(port), str(graph.triples)]
    with tempfile.TemporaryDirectory() as folder, start(command, f"http://127.0.0.1:{port}/", Path(folder)) as peer:
        yield peer


_INI = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 40
NumberOfBuffers = 85000
MaxDirtyBuffers = 60000
DirsAllowed = {folder}, {triples}
CheckpointInterval = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 40
KeepAliveTimeout = 60
MaxKeepAlives = 40
DefaultClientCharset = UTF-8
[SPARQL]
ResultSetMaxRows = 1000000
"""


def start_virtuoso(graph: Graph) -> Iterator[Peer]:
    """Run Virtuoso over a new database, with buffers for a million triples (700 MB)."""
    program, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or isql is None:
        raise SkippedError("not installed: apt-get install virtuoso-opensource-7 virtuoso-opensource-7-bin")
    sql, http = find_free_port(), find_free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ini = _INI.format(folder=folder, triples=graph.triples.parent, sql=sql, http=http)
        (folder / "virtuoso.ini").write_text(ini, encoding="utf-8")
        command = [program, "+foreground", "+configfile", str(folder / "virtuoso.ini")]
        with start(command, f"http://127.0.0.1:{http}/sparql?default-graph-uri=urn%3Awhole", folder) as peer:
            began = time.monotonic()
            load = f"ld_dir('{graph.triples.parent}', '{graph.triples.name}', 'urn:whole');\nrdf_loader_run();\n"
            client = [isql, f"127.0.0.1:{sql}", "dba", "dba"]
            subprocess.run(client, input=f"{load}checkpoint;\n", capture_output=True, text=True, check=True)
            yield Peer(peer.address, peer.pid, peer.start + time.monotonic() - began)
