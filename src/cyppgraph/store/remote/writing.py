"""Graphs put into another server. In: a graph's name and its triples. Out: the server's state, changed.

By the SPARQL 1.1 Graph Store HTTP Protocol each graph is one request. By SPARQL 1.1 Update a graph is one request as
well if it is not too large; a larger one is sent in pieces into a graph of its own that then takes the place of the old
one in one last request. Whether one request is all or nothing is for the server to keep. Refuses blank nodes in pieces:
each piece would make another node of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol
from uuid import uuid4

import pyoxigraph as ox

from cyppgraph.store.refusals import QueryRefusedError
from cyppgraph.store.remote.answers import refuse_errors
from cyppgraph.store.remote.exchange import Exchange, Server

LARGEST_REQUEST = 10_000_000  # bytes; servers and what stands before them commonly take that much
_TURTLE = "text/turtle"
_SECONDS = 600.0


class GraphWriter(Protocol):
    """A way to change the graphs of a server."""

    def put(self, graph: str | None, triples: Sequence[ox.Triple], *, replace: bool) -> None:
        """Write a graph.

        Args:
            graph: its name; None for the unnamed one.
            triples: what it is to hold.
            replace: in place of what it holds, or beside it.

        Raises:
            CyppgraphError: the server did not do it.
        """

    def drop(self, graph: str | None) -> None:
        """Remove a graph, if it is there."""

    def close(self) -> None:
        """Let go of connections."""


class GraphStoreWriter:
    """Writes by the Graph Store Protocol, to graphs that the request names ("indirectly", section 4.2)."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def put(self, graph: str | None, triples: Sequence[ox.Triple], *, replace: bool) -> None:
        """See ``GraphWriter``."""
        body = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
        # N-Triples is Turtle, which each server takes; Virtuoso takes no application/n-triples.
        _change(
            self._server.begin(
                "PUT" if replace else "POST", _SECONDS, _name(graph), body=body or b"\n", media_type=_TURTLE
            )
        )

    def drop(self, graph: str | None) -> None:
        """See ``GraphWriter``."""
        _change(self._server.begin("DELETE", _SECONDS, _name(graph)), missing_is_fine=True)

    def close(self) -> None:
        """See ``GraphWriter``."""
        self._server.close()


class UpdateWriter:
    """Writes by SPARQL Update."""

    def __init__(self, server: Server, largest: int = LARGEST_REQUEST) -> None:
        self._server, self._largest = server, largest

    def run(self, text: str, using: Sequence[str] = (), using_named: Sequence[str] = ()) -> None:
        """Send an update.

        Args:
            text: SPARQL 1.1 Update.
            using: the graphs that its WHERE reads as the default graph.
            using_named: the graphs that its WHERE may name.

        Raises:
            QuerySyntaxError, BusyError, QueryFailedError: the server refuses it, or did not finish.
        """
        fields = [("update", text)]
        fields += [("using-graph-uri", graph) for graph in using]
        fields += [("using-named-graph-uri", graph) for graph in using_named]
        _change(self._server.begin("POST", _SECONDS, fields))

    def put(self, graph: str | None, triples: Sequence[ox.Triple], *, replace: bool) -> None:
        """See ``GraphWriter``."""
        target = _write_target(graph)
        first = f"DROP SILENT {target} ;\n" if replace else ""
        pieces = list(_split(triples, self._largest))
        if len(pieces) <= 1:
            self.run(first + _insert(graph, b"".join(pieces)))
            return
        if any(isinstance(term, ox.BlankNode) for triple in triples for term in triple):
            raise QueryRefusedError(
                "This graph is too large for one update and has blank nodes, which pieces would tear apart. "
                "Give the server's address for the Graph Store Protocol."
            )
        passage = f"urn:uuid:{uuid4()}"
        try:
            for piece in pieces:
                self.run(_insert(passage, piece))
            self.run(f"{'MOVE' if replace else 'ADD'} GRAPH <{passage}> TO {target.removeprefix('GRAPH ')}")
        finally:
            self.run(f"DROP SILENT GRAPH <{passage}>")

    def drop(self, graph: str | None) -> None:
        """See ``GraphWriter``."""
        self.run(f"DROP SILENT {_write_target(graph)}")

    def close(self) -> None:
        """See ``GraphWriter``."""
        self._server.close()


def _name(graph: str | None) -> list[tuple[str, str]]:
    return [("default", "")] if graph is None else [("graph", graph)]


def _write_target(graph: str | None) -> str:
    return "DEFAULT" if graph is None else f"GRAPH {ox.NamedNode(graph)}"


def _insert(graph: str | None, triples: bytes) -> str:
    data = triples.decode("utf-8")
    return (
        f"INSERT DATA {{\n{data}}}" if graph is None else f"INSERT DATA {{ GRAPH {ox.NamedNode(graph)} {{\n{data}}} }}"
    )


def _split(triples: Sequence[ox.Triple], largest: int) -> Iterator[bytes]:
    """Yield N-Triples in pieces of at most ``largest`` bytes, or of one triple."""
    piece: list[bytes] = []
    size = 0
    for triple in triples:
        line = f"{triple} .\n".encode()
        if piece and size + len(line) > largest:
            yield b"".join(piece)
            piece, size = [], 0
        piece.append(line)
        size += len(line)
    if piece:
        yield b"".join(piece)


def _change(exchange: Exchange, missing_is_fine: bool = False) -> None:
    """Make a request that changes something: once, over a connection of its own."""
    try:
        exchange.send("*/*", fresh=True)
        if missing_is_fine and exchange.response.status == 404:
            return
        refuse_errors(exchange)
        while exchange.read():
            pass
    finally:
        exchange.close()
