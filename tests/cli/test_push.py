"""The graph put into another server: what is there afterwards, and what one is told when it cannot be."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cyppgraph.cli.pushing import find_query_address
from cyppgraph.namespaces import Namespaces
from cyppgraph.store import load_store, read_rows
from cyppgraph.store.remote import RemoteSource
from engines import Addresses, start_oxigraph
from store.remote.scripted import ScriptedServer, respond, wait_for_end

REPOSITORY = Path(__file__).parents[2]
NAMES = Namespaces()


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    with start_oxigraph(tmp_path_factory.mktemp("oxigraph")) as addresses:
        yield addresses


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ttl")
    for name in ("dataset", "proposals"):
        shutil.copy(REPOSITORY / "data" / "ttl" / f"{name}.ttl", folder)
    return folder


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    made = ScriptedServer()
    yield made
    made.close()


@pytest.mark.parametrize("protocol", ["--graph-store", "--update"])
def test_each_file_is_a_graph_there_and_their_union_too(run, oxigraph, data: Path, protocol: str) -> None:
    address = oxigraph.graphs if protocol == "--graph-store" else oxigraph.update
    done = run("push", address, protocol, "--data", str(data), cwd=REPOSITORY)
    assert (done.returncode, "3 graphs" in done.stdout) == (0, True), done.stderr
    assert "writing https://w3id.org/cyppgraph/graph/dataset" in done.stderr

    source, embedded = RemoteSource(oxigraph.query), load_store(data)
    assert list(source.graphs) == [NAMES.graph("dataset"), NAMES.graph("proposals")]
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert read_rows(source, count) == [tuple(row) for row in embedded.query(count).read_rows()]


def test_what_else_the_server_holds_is_told(run, oxigraph, data: Path, tmp_path: Path) -> None:
    (tmp_path / "other.ttl").write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    run("push", oxigraph.graphs, "--data", str(tmp_path), "--no-union", cwd=REPOSITORY)
    done = run("push", oxigraph.graphs, "--data", str(data), cwd=REPOSITORY)
    assert done.returncode == 0
    assert "graph/other (1 triples)" in done.stderr


def test_a_server_that_holds_something_else_afterwards_is_1(run, server, data: Path) -> None:
    row = {"g": {"type": "uri", "value": NAMES.graph("dataset")}, "n": {"type": "literal", "value": "5"}}
    rows = json.dumps({"head": {"vars": ["g", "n"]}, "results": {"bindings": [row]}})
    server.act = respond(rows.encode())
    done = run("push", server.address, "--query", server.address, "--data", str(data), cwd=REPOSITORY)
    assert done.returncode == 1
    assert "the server holds 5." in done.stdout
    assert "graph/proposals: 314 triples were sent, and the server holds 0." in done.stdout


@pytest.mark.parametrize(
    ("status", "options", "words"),
    [
        ("401 Unauthorized", [], "CYPPGRAPH_PUSH_PASSWORD"),
        ("404 Not Found", [], "docs/engines.md"),
        ("405 Method Not Allowed", [], "say --update"),
        ("413 Too Large", [], "sends pieces"),
        ("400 Bad Request", ["--update"], "Graph Store Protocol instead"),
        ("500 Oh", [], "disk full"),
    ],
)
def test_a_refusal_is_2_and_says_what_to_do(run, server, data: Path, status: str, options, words: str) -> None:
    server.act = respond(b"disk full", "text/plain", status)
    done = run("push", server.address, *options, "--data", str(data), cwd=REPOSITORY)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Stopped after 0 of 3 graphs" in done.stderr


def test_nobody_there_and_nothing_to_send_are_2(run, data: Path, tmp_path: Path) -> None:
    done = run("push", "http://127.0.0.1:9/store", "--data", str(data), cwd=REPOSITORY)
    assert (done.returncode, "No answer from http://127.0.0.1:9/store" in done.stderr) == (2, True)
    done = run("push", "http://127.0.0.1:9/store", "--data", str(tmp_path), cwd=REPOSITORY)
    assert (done.returncode, "cyppgraph build" in done.stderr) == (2, True)
    (tmp_path / "bad.ttl").write_text("<urn:a>\nnonsense", encoding="utf-8")
    done = run("push", "http://127.0.0.1:9/store", "--data", str(tmp_path), cwd=REPOSITORY)
    assert (done.returncode, "bad.ttl:2: not Turtle" in done.stderr) == (2, True)


def test_credentials_come_from_the_environment_alone(run, server, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.act = respond(b"", "text/plain", "403 Forbidden")
    there = ("--data", str(data))
    done = run("push", server.address.replace("://", "://me:secret@"), *there, cwd=REPOSITORY)
    assert (done.returncode, "secret" in done.stderr, server.requests) == (2, False, [])
    done = run("push", server.address, "--user", "me", *there, cwd=REPOSITORY)
    assert (done.returncode, "CYPPGRAPH_PUSH_PASSWORD" in done.stderr, server.requests) == (2, True, [])
    monkeypatch.setenv("CYPPGRAPH_PUSH_PASSWORD", "secret")
    done = run("push", server.address, "--user", "me", *there, cwd=REPOSITORY)
    assert b"Authorization: Basic bWU6c2VjcmV0\r\n" in server.requests[0]
    monkeypatch.setenv("CYPPGRAPH_PUSH_TOKEN", "secret-token")
    run("push", server.address, *there, cwd=REPOSITORY)
    assert b"Authorization: Bearer secret-token\r\n" in server.requests[1]
    assert "secret" not in done.stderr


def test_it_can_be_interrupted(server, data: Path) -> None:
    server.act = wait_for_end(server)
    command = [sys.executable, "-m", "cyppgraph", "push", server.address, "--data", str(data)]
    with subprocess.Popen(command, cwd=REPOSITORY, stderr=subprocess.PIPE, text=True, env=os.environ) as process:
        while not server.requests:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopped after 0 of 3 graphs" in told
    assert "Traceback" not in told


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://h:7878/store", "http://h:7878/query"),
        ("http://h:7878/update", "http://h:7878/query"),
        ("http://h:8890/sparql-graph-crud", "http://h:8890/sparql"),
        ("http://h:8890/sparql", "http://h:8890/sparql"),
        ("http://h:3030/ds/data", "http://h:3030/ds/query"),
        ("http://h:7200/repositories/r/rdf-graphs/service", "http://h:7200/repositories/r"),
        ("http://h:7200/repositories/r/statements", "http://h:7200/repositories/r"),
        ("https://h:8182/sparql/gsp/", "https://h:8182/sparql"),
        ("http://h:5820/db", None),
    ],
)
def test_where_known_servers_are_asked(url: str, expected: str | None) -> None:
    assert find_query_address(url) == expected
