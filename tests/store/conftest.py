"""Two small graphs that share a statement, and an address that notices being called."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from cyppgraph.store import GraphStore, load_store

HEAD = """
@prefix cypp: <https://w3id.org/cyppgraph/ontology#> .
@prefix id: <https://w3id.org/cyppgraph/id/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://example.org/council> rdfs:label "A council"@en .
"""
ALDER = (
    HEAD
    + '<https://w3id.org/cyppgraph/id/plan/alder-2012> a cypp:Plan ; dct:title "Alder, \\"2012\\""@en ; cypp:size 12 .'
)
BIRCH = HEAD + '<https://w3id.org/cyppgraph/id/plan/birch-2013> a cypp:Plan ; dct:title "Birch"@en ; cypp:size 7 .'


class Listener:
    """A web server on this machine that remembers whether it was called."""

    def __init__(self) -> None:
        calls: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                calls.append(self.path)
                self.send_response(500)
                self.end_headers()

            do_GET = do_POST  # noqa: N815  # the name that http.server calls

            def log_message(self, *_: object) -> None:
                """Keep quiet."""

        self.calls = calls
        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/sparql"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of built Turtle files."""
    (tmp_path / "alder-2012.ttl").write_text(ALDER, encoding="utf-8")
    (tmp_path / "birch-2013.ttl").write_text(BIRCH, encoding="utf-8")
    return tmp_path


@pytest.fixture
def store(folder: Path) -> GraphStore:
    """The store of that folder."""
    return load_store(folder)


@pytest.fixture(scope="session")
def listener() -> Iterator[Listener]:
    """An address that must not be called."""
    made = Listener()
    yield made
    made.server.shutdown()
