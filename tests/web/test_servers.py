"""The service under the servers that it is run by: gunicorn with our configuration, and waitress."""

from __future__ import annotations

import http.client
import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

REPOSITORY = Path(__file__).parents[2]
ASK = "/sparql?query=ASK%20%7B%7D"
NUMBERS = itertools.count()
# a million rows that nothing is computed for
LONG = " ".join(f"VALUES ?{name} {{ {' '.join(str(n) for n in range(100))} }}" for name in "abc")
LONG = f"/sparql?query={quote(f'SELECT * {{ {LONG} }}')}"
TURTLE = '<http://example.org/a> <http://example.org/b> "c" .'
COMMANDS = {
    "gunicorn": ["-m", "gunicorn", "-c", str(REPOSITORY / "deploy" / "gunicorn.conf.py"), "cyppgraph.web.wsgi:app"],
    "waitress": ["-m", "cyppgraph", "serve"],
}


class Served:
    """A server that runs, and what it has logged."""

    def __init__(self, port: int, log: Path) -> None:
        self.port, self.log = port, log

    def get(self, path: str, client: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Ask as a proxy would for a client."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            asked = f"{path}%20%23{next(NUMBERS)}" if path == ASK else path  # what is repeated is free
            connection.request("GET", asked, headers={"X-Forwarded-For": client} if client else {})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def await_lines(self, client: str, number: int) -> list[dict]:
        """Return what was logged of a client, in the order in which it asked, once there are so many lines."""
        until = time.monotonic() + 20
        while True:
            lines = [json.loads(line) for line in self.log.read_text().splitlines()]
            found = sorted((line for line in lines if line["client"] == client), key=lambda line: line["time"])
            if len(found) >= number or time.monotonic() > until:
                return found
            time.sleep(0.02)


@pytest.fixture(scope="module", params=COMMANDS)
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One worker, and three requests for each client."""
    if request.param == "gunicorn":
        pytest.importorskip("gunicorn")
    folder = tmp_path_factory.mktemp("served")
    (folder / "ttl").mkdir()
    (folder / "ttl" / "plan.ttl").write_text(TURTLE)
    settings = {"data": folder / "ttl", "snapshots": folder / "snapshots", "access_log": folder / "log", "port": 0}
    settings |= {"workers": 1, "queue": 1, "rate_per_minute": 6, "burst": 3, "concurrency": 1, "row_limit": 100_000}
    settings |= {"trusted_proxies": 1, "log_addresses": "yes"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CYPPGRAPH_")}
    environment |= {f"CYPPGRAPH_{name.upper()}": str(value) for name, value in settings.items()}
    command = [sys.executable, *COMMANDS[request.param]]
    process = subprocess.Popen(command, env=environment, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True)
    yield Served(find_port(process), folder / "log")
    process.send_signal(signal.SIGTERM if request.param == "gunicorn" else signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        raise


def find_port(process: subprocess.Popen[str]) -> int:
    """Read what a server says until it says where it listens; go on reading, so that it can go on writing."""
    said = []
    assert process.stderr is not None
    for line in process.stderr:
        said.append(line)
        if found := re.search(r"(?:Listening at:|Serving on) http://127\.0\.0\.1:(\d+)", line):
            threading.Thread(target=process.stderr.read, daemon=True).start()
            return int(found[1])
    raise AssertionError("".join(said))


def test_who_comes_too_fast_is_told_when_to_come_back_and_it_is_logged(served: Served) -> None:
    answers = [served.get(ASK, "203.0.113.9") for _ in range(4)]
    assert [status for status, _, _ in answers] == [200, 200, 200, 429]
    _, headers, body = answers[3]
    assert 5 <= int(headers["Retry-After"]) <= 10
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["violated-policies"] == ["rate"]
    assert headers["RateLimit-Policy"].startswith('"rate";q=3;w=30')
    assert served.get(ASK, "203.0.113.10")[0] == 200
    assert served.get("/health/ready", "203.0.113.9")[0] == 200
    lines = served.await_lines("203.0.113.9", 4)
    assert [(line["status"], line["outcome"]) for line in lines[1:]] == [(200, "ok")] * 2 + [(429, "too-fast")]


def test_a_client_that_leaves_frees_its_slot_and_the_worker(served: Served) -> None:
    who = "203.0.113.20"
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**14)  # so that the answer waits for its reader
        client.connect(("127.0.0.1", served.port))
        client.sendall(f"GET {LONG} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {who}\r\n\r\n".encode())
        assert client.recv(100).startswith(b"HTTP/1.1 200")
        refused, headers, _ = served.get(ASK, who)
        assert (refused, headers["Retry-After"]) == (429, "1")
    (line,) = (each for each in served.await_lines(who, 2) if each["status"] == 200)
    assert (line["outcome"], line["complete"]) == ("gone", False)
    assert served.get(ASK, who)[0] == 200


def test_an_answer_that_comes_to_a_limit_breaks_off_and_is_logged_so(served: Served) -> None:
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        served.get(LONG, "203.0.113.30")
    (line,) = served.await_lines("203.0.113.30", 1)
    assert (line["outcome"], line["complete"], line["status"]) == ("limit-rows", False, 200)


def test_metrics_are_not_for_those_who_come_through_a_proxy(served: Served) -> None:
    assert b"cyppgraph_workers_killed_total" in served.get("/metrics", "")[2]
    assert served.get("/metrics", "203.0.113.40")[0] == 404


def test_a_query_that_no_address_can_hold_is_posted_whole(served: Served) -> None:
    query = "SELECT ?o { <http://example.org/a> ?p ?o }\r\n" + "# längere Zeile\r\n" * 5_000
    form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    form["X-Forwarded-For"] = "203.0.113.50"
    connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=20)
    for path, fields, told in (
        ("/ask", {"query": query}, b"1 row."),
        ("/sparql", {"query": query, "format": "csv"}, b"o\r\nc\r\n"),
    ):
        connection.request("POST", path, urlencode(fields), form)
        response = connection.getresponse()
        assert response.status == 200
        assert told in response.read()
    connection.request("POST", "/ask", urlencode({"query": "ASK {} #" + "x" * 7_000}), form)
    response = connection.getresponse()
    response.read()
    assert response.status == 303
    connection.close()
    assert served.get(f"{response.headers['Location']}&chart=bar", "203.0.113.51")[0] == 200


def test_settings_that_cannot_be_used_are_all_told_at_the_start(tmp_path: Path) -> None:
    environment = {**os.environ, "CYPPGRAPH_PORT": "x", "CYPPGRAPH_ROW_LIMIT": "0"}
    done = subprocess.run(
        [sys.executable, *COMMANDS["waitress"]], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "CYPPGRAPH_PORT: found 'x', expected a port" in done.stderr
    assert "CYPPGRAPH_ROW_LIMIT: found '0', expected a whole number" in done.stderr
