"""How fast a service answers, and whether it does. In: an address, a query. Out: seconds, and what the answer says.

The same client asks every service: one connection that is kept for times, ``wrk`` (Debian has it) for throughput.
"""

from __future__ import annotations

import http.client
import json
import re
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import psutil

from cases import Case

_IDLE = 2.0  # seconds that every service keeps a connection for


class AskingFailedError(Exception):
    """A service that did not answer 200."""


class TooSlowError(Exception):
    """A service that did not answer within the time that is waited for it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says, as far as all engines must agree: its rows, and the sum of its figures."""

    rows: int
    total: float

    def is_same(self, other: Told) -> bool:
        """Tell whether two answers agree; a mean may be rounded differently."""
        return self.rows == other.rows and abs(self.total - other.total) <= 1e-6 * max(1.0, abs(other.total))

    def __str__(self) -> str:
        return f"{self.rows} rows, figures {self.total:,.6g}"


@dataclass(slots=True)
class Client:
    """A connection to an endpoint that is kept: its address, and how many seconds an answer is waited for."""

    address: str
    longest: float
    etag: str | None = None
    _last: float = 0.0
    _connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        self._connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=self.longest)

    def ask(self, text: str, accept: str, if_none_match: str | None = None) -> tuple[int, bytes]:
        """Return the status and body of an answer.

        Raises:
            AskingFailedError: no answer, or an error's status.
            TooSlowError: no answer in time.
        """
        headers = {"Accept": accept} | ({"If-None-Match": if_none_match} if if_none_match else {})
        path = make_path(self.address, text)
        if time.monotonic() - self._last > _IDLE:
            self._connection.close()  # the other end may be about to
        try:
            self._connection.request("GET", path, headers=headers)
            answer = self._connection.getresponse()
            body = answer.read()
            self._last = time.monotonic()
        except TimeoutError as error:
            self._connection.close()
            raise TooSlowError(f"no answer within {self.longest:.0f} s") from error
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise AskingFailedError(f"{type(error).__name__}: {error}") from error
        self.etag = answer.getheader("ETag")
        if answer.status not in (200, 304):
            raise AskingFailedError(f"HTTP {answer.status}: {body[:200].decode('utf-8', 'replace')}")
        return answer.status, body


def make_path(address: str, text: str) -> str:
    """Return what to get from an endpoint, whose address may have a query of its own; the text comes last."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}{'&' if parts.query else ''}query={quote(text)}"


def read_told(body: bytes, case: Case) -> Told:
    """Return what an answer says."""
    if case.triples:
        return Told(sum(1 for line in set(body.splitlines()) if line.strip() and not line.startswith(b"#")), 0.0)
    answer = json.loads(body)
    if "boolean" in answer:
        return Told(1, float(answer["boolean"]))
    rows = answer["results"]["bindings"]
    if answer["head"].get("vars") == ["__ASK_RETVAL"]:  # so Virtuoso answers ASK
        return Told(1, float(bool(rows)))
    figures = [_read_figure(term) for row in rows for term in row.values()]
    return Told(len(rows), sum(figures))


def _read_figure(term: dict[str, str]) -> float:
    kind = term.get("datatype", "").rpartition("#")[2]
    return float(term["value"]) if kind in ("integer", "decimal", "double", "int", "long") else 0.0


def time_calls(call: Callable[[int], object], times: int, seconds: float) -> list[float]:
    """Return the milliseconds of each of so many calls, or of as many as fit into so many seconds, at least one."""
    taken: list[float] = []
    began = time.perf_counter()
    while len(taken) < times and (not taken or time.perf_counter() - began < seconds):
        start = time.perf_counter()
        call(len(taken))
        taken.append(1000 * (time.perf_counter() - start))
    return taken


def find_p95(taken: Sequence[float]) -> float:
    """Return the 95th percentile; the largest of few."""
    return statistics.quantiles(taken, n=20, method="inclusive")[-1] if len(taken) > 1 else taken[0]


@dataclass(frozen=True, slots=True)
class Load:
    """What a service did under load: answers a second, milliseconds (median, 99th percentile), answers that failed,
    and the most memory that its processes held (MB, resident, shared pages counted in each)."""

    rate: float
    median: float
    p99: float
    failed: int
    memory: float


_SCRIPT = """
local paths = {%s}
local accepts = {%s}
local threads = 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
local n = 0
function request()
  n = n + 1
  local k = n %% #paths + 1
  local ending = %s
  return wrk.format("GET", paths[k] .. ending, {["Accept"] = accepts[k]})
end
function done(summary, latency, requests)
  local bad = summary.errors.connect + summary.errors.read + summary.errors.write
            + summary.errors.status + summary.errors.timeout
  print(string.format("FIGURES %%d %%d %%d %%d %%d", summary.requests, summary.duration, bad,
        latency:percentile(50), latency:percentile(99)))
end
"""


def press(address: str, cases: Sequence[Case], clients: int, seconds: int, pid: int, *, varied: bool) -> Load:
    """Ask as fast as so many clients can, each over a connection that it keeps.

    Args:
        address: the endpoint.
        cases: what is asked in turn, about 50 things each.
        clients: how many connections.
        seconds: how long.
        pid: the service's process, for its memory.
        varied: whether each query is a text of its own.
    """
    asked = [(case, case.repeat(n)) for n in range(50) for case in cases]
    # ``time`` keeps one run's endings from being those of the run before
    ending = f'"%0A%23%20{time.time_ns()}-" .. id .. "-" .. n' if varied else '""'
    text = _SCRIPT % (
        ",".join(f'"{make_path(address, text)}"' for _, text in asked),
        ",".join(f'"{case.accept}"' for case, _ in asked),
        ending,
    )
    watched = MemoryWatch(pid)
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "ask.lua"
        script.write_text(text, encoding="utf-8")
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "60s", "-s", str(script), address]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    memory = watched.stop()
    found = re.search(r"FIGURES (\d+) (\d+) (\d+) (\d+) (\d+)", done.stdout)
    if found is None:
        raise AskingFailedError(f"wrk said: {done.stdout} {done.stderr}")
    requests, lasted, bad, median, p99 = (int(part) for part in found.groups())
    return Load((requests - bad) / (lasted / 1e6), median / 1000, p99 / 1000, bad, memory)


class MemoryWatch:
    """The most memory that a process and those below it held, looked at five times a second."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(0.2):
            self._most = max(self._most, measure_memory(self._pid))

    def stop(self) -> float:
        """Return the most, in MB."""
        self._over.set()
        self._thread.join()
        return self._most


def measure_memory(pid: int) -> float:
    """Return the resident memory of a process and of all below it, in MB; 0 if it has ended."""
    total = 0
    try:
        for process in (root := psutil.Process(pid), *root.children(recursive=True)):
            try:
                total += process.memory_info().rss
            except psutil.NoSuchProcess:
                continue
    except psutil.NoSuchProcess:
        return 0.0
    return total / 2**20
