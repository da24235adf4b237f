"""Real SPARQL servers on free ports of this machine, for tests: started here, ended here, nothing left behind.

``start_oxigraph`` needs the package ``oxigraph`` of the test extra; ``start_virtuoso`` needs Debian's
virtuoso-opensource-7 and virtuoso-opensource-7-bin. Where one is not installed, ``pytest.skip`` says so.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

PASSWORD = "dba"  # noqa: S105  # what a new Virtuoso database comes with; it listens to this machine alone
_PATIENCE = 60.0


class Addresses(NamedTuple):
    """Where a server takes queries, updates and graphs (Graph Store Protocol)."""

    query: str
    update: str
    graphs: str


def find_free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def start_oxigraph(folder: Path, *options: str) -> Iterator[Addresses]:
    """Run an Oxigraph server over an empty store in memory.

    Args:
        folder: where it may write its log.
        options: of ``oxigraph serve``, such as "--union-default-graph".
    """
    program = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    if program is None:
        pytest.skip("the oxigraph server is not installed: pip install oxigraph")
    address = f"127.0.0.1:{find_free_port()}"
    with _run([program, "serve", "--bind", address, *options], folder) as process:
        _wait_for(f"http://{address}/query?query=ASK%20%7B%7D", process, folder)
        yield Addresses(*(f"http://{address}/{path}" for path in ("query", "update", "store")))


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
ServerThreads = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
DirsAllowed = {folder}
CheckpointInterval = 0
LiteMode = 0
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
DefaultClientCharset = UTF-8
[SPARQL]
ResultSetMaxRows = 1000
"""
_GRANTS = """\
GRANT SPARQL_UPDATE TO "SPARQL";
DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 7);
GRANT EXECUTE ON DB.DBA.SPARQL_DELETE_DICT_CONTENT TO "SPARQL";
"""


@contextmanager
def start_virtuoso(folder: Path) -> Iterator[Addresses]:
    """Run a Virtuoso server in which anyone on this machine may write, and which cuts answers at 1,000 rows.

    Args:
        folder: an empty folder for its database.
    """
    program, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or isql is None:
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource-7 virtuoso-opensource-7-bin")
    sql, http = find_free_port(), find_free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(_INI.format(folder=folder, sql=sql, http=http), encoding="utf-8")
    with _run([program, "+foreground", "+configfile", str(ini)], folder) as process:
        address = f"http://127.0.0.1:{http}/sparql"
        _wait_for(f"{address}?query=ASK%20%7B%7D", process, folder)
        subprocess.run(
            [isql, f"127.0.0.1:{sql}", "dba", PASSWORD], input=_GRANTS, capture_output=True, text=True, check=True
        )
        yield Addresses(address, address, f"{address}-graph-crud")


@contextmanager
def _run(command: Sequence[str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    log = (folder / "server.log").read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"{process.args!r} did not begin to answer:\n{log[-2000:]}")
