"""Oxigraph within this process. In: a folder of Turtle files, then queries. Out: answers.

Each file is a named graph; the default graph is their union, which is stored (Oxigraph's own union counts a statement
of two graphs twice), and holds unless the query or the request names other graphs.
Refuses a folder without data, a file that is not Turtle, a query that is not SPARQL, an update, and a query that would
call another server: nothing leaves the process.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces
from cyppgraph.sparql import find_service, locate
from cyppgraph.store.answers import Answer
from cyppgraph.store.refusals import QueryFailedError, QueryRefusedError
from cyppgraph.store.syntax import explain_syntax


def merge(engine: ox.Store) -> None:
    """Put what the named graphs hold into the default graph too, each statement once."""
    for graph in engine.named_graphs():
        engine.bulk_extend(ox.Quad(*quad.triple) for quad in engine.quads_for_pattern(None, None, None, graph))


class GraphStore:
    """Named graphs that can be asked, and not changed.

    Args:
        engine: an Oxigraph store that nobody else changes; its default graph is the union of its graphs (``merge``).
        namespaces: the base of the data; its prefixes are known to every query and used to shorten IRIs.
    """

    def __init__(self, engine: ox.Store, namespaces: Namespaces | None = None) -> None:
        self._engine = engine
        self.namespaces = namespaces or Namespaces()
        self.prefixes = self.namespaces.prefixes()

    @property
    def graphs(self) -> tuple[str, ...]:
        """The names of the graphs, sorted."""
        return tuple(sorted(graph.value for graph in self._engine.named_graphs()))

    def query(
        self, query: str, default_graphs: Sequence[str] | None = None, named_graphs: Sequence[str] | None = None
    ) -> Answer:
        """Answer a query.

        Args:
            query: SPARQL 1.1 query text; prefixes that it does not declare are ours, its base is that of the data.
            default_graphs: the graphs whose union is the default graph, in place of what the query says.
            named_graphs: the graphs that GRAPH may name, in place of what the query says.

        Raises:
            QuerySyntaxError: it is no query, with the place.
            QueryRefusedError: it has a SERVICE clause, or the name of a graph is no IRI.
            QueryFailedError: it cannot be answered.
        """
        refuse_service(query)
        try:
            if default_graphs is None and named_graphs is None:
                raw = self._engine.query(query, base_iri=self.namespaces.base, prefixes=self.prefixes)
            else:
                raw = self._engine.query(
                    query,
                    base_iri=self.namespaces.base,
                    prefixes=self.prefixes,
                    default_graph=[*name_graphs(default_graphs)],
                    named_graphs=[*name_graphs(named_graphs)],
                )
        except SyntaxError as error:
            raise explain_syntax(query, str(error.msg), self.prefixes) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryFailedError(f"The query cannot be answered: {error}") from error
        return Answer(raw, self.prefixes)


def refuse_service(query: str, what: str = "query") -> None:
    """Raise QueryRefusedError, with the place, if a text has a SERVICE clause; ``what`` is what to call the text."""
    place = find_service(query)
    if place is not None:
        message = f"SERVICE would send a part of the {what} to another server; only the graphs held here are asked."
        raise QueryRefusedError(message, *locate(query, min(place, len(query))))


def name_graphs(names: Sequence[str] | None) -> list[ox.NamedNode]:
    """Return the names of graphs as terms; QueryRefusedError if one is no IRI."""
    try:
        return [ox.NamedNode(name) for name in names or ()]
    except ValueError as error:
        raise QueryRefusedError(f"The name of a graph is an absolute IRI: {error}") from error


def list_files(folder: Path, namespaces: Namespaces, also: Path | None = None) -> dict[str, Path]:
    """Return the Turtle files of a folder by the names of their graphs.

    Args:
        folder: the built graph.
        namespaces: the base of the data.
        also: another folder whose files are taken too, if it is there.

    Raises:
        CyppgraphError: no file is there.
    """
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise CyppgraphError(f"{folder}: no Turtle files here. Run 'cyppgraph build' to make them from the plans.")
    others = sorted(also.glob("*.ttl")) if also is not None else ()
    return {namespaces.graph(file.stem): file for file in (*files, *others)}


def load_turtle(engine: ox.Store, graph: str, content: bytes, name: str) -> None:
    """Load Turtle into a graph of a store.

    Args:
        engine: the store.
        graph: the name of the graph, which is there afterwards even if the Turtle says nothing.
        content: the Turtle.
        name: what to call it in the message.

    Raises:
        CyppgraphError: it is not Turtle, with its line.
    """
    node = ox.NamedNode(graph)
    engine.add_graph(node)
    try:
        engine.bulk_load(content, format=ox.RdfFormat.TURTLE, to_graph=node)
    except SyntaxError as error:
        raise CyppgraphError(f"{name}:{error.lineno or 1}: not Turtle: {error.msg}") from error


def load_store(folder: Path, namespaces: Namespaces | None = None, also: Path | None = None) -> GraphStore:
    """Load every Turtle file of a folder, each into a graph named after it.

    Args:
        folder: the built graph.
        namespaces: the base of the data.
        also: another folder whose files are loaded beside it, if it is there.

    Raises:
        CyppgraphError: no file is there, or one is not Turtle, with its line.
    """
    names = namespaces or Namespaces()
    engine = ox.Store()
    for name, file in list_files(folder, names, also).items():
        try:
            load_turtle(engine, name, file.read_bytes(), str(file))
        except OSError as error:
            raise CyppgraphError(f"{file}: cannot be read: {error}") from error
    merge(engine)
    return GraphStore(engine, names)
