"""The command that puts the graph into another SPARQL server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from cyppgraph.cli.options import base_option, data_option, root_option, say
from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces
from cyppgraph.resources import find_resources

if TYPE_CHECKING:
    import pyoxigraph as ox

    from cyppgraph.store.remote import GraphWriter

_ENVIRONMENT = "CYPPGRAPH_PUSH"
# Where known servers take queries, by how the address ends at which they take graphs or updates. The first that fits.
_QUERY_ADDRESSES = (
    ("/rdf-graphs/service", ""),  # RDF4J, GraphDB
    ("/statements", ""),
    ("/sparql-graph-crud-auth", "/sparql"),  # Virtuoso
    ("/sparql-graph-crud", "/sparql"),
    ("/sparql/gsp", "/sparql"),  # Neptune
    ("/sparql", "/sparql"),
    ("/store", "/query"),  # Oxigraph
    ("/data", "/query"),  # Fuseki
    ("/update", "/query"),
)
_WHAT_TO_DO = {
    401: f"Give --user and, in the environment, {_ENVIRONMENT}_PASSWORD; or {_ENVIRONMENT}_TOKEN.",
    403: "Give the credentials of someone who may write, or let this user write.",
    404: "Give the address of the Graph Store Protocol, or with --update that of SPARQL Update; see docs/engines.md.",
    405: "This address takes no writing. If it is one for SPARQL Update, say --update.",
    413: "The server takes no request of that size: raise its limit, or say --update, which sends pieces.",
    415: "If this is an address for SPARQL Update, say --update.",
}
_TOO_MUCH = "If the server takes no long update, as Virtuoso, give its address of the Graph Store Protocol instead."


@click.command()
@click.argument("url")
@click.option("--graph-store/--update", "by_graph_store", default=True, help="The protocol that URL speaks; the first.")
@click.option(
    "--query", "query_url", metavar="URL", help="Where to count what arrived; else found from URL if it can be."
)
@click.option("--user", metavar="NAME", help=f"Who writes; the password is {_ENVIRONMENT}_PASSWORD in the environment.")
@click.option("--union/--no-union", default=True, help="Whether the union of all is written as a graph too; it is.")
@data_option
@base_option
@root_option
def push(
    url: str,
    by_graph_store: bool,
    query_url: str | None,
    user: str | None,
    union: bool,
    data: Path | None,
    base: str,
    root: Path | None,
) -> int:
    """Put the built graph into a SPARQL server, each file as a named graph.

    A graph replaces the one of its name. Their union is written as the graph "union" too: it is the default graph when
    the server is served by 'cyppgraph serve --store'. Afterwards the triples of each graph are counted on the server.
    A token is taken from CYPPGRAPH_PUSH_TOKEN. Exit 1: the server holds something else than was sent.

    \b
    Examples:
      cyppgraph push http://localhost:7878/store
      cyppgraph push https://sparql.example.org/ds/update --update --user editor
    """
    from cyppgraph.store import QuerySyntaxError
    from cyppgraph.store.remote import GraphStoreWriter, Server, ServerRefusedError, UpdateWriter

    if urlsplit(url).password is not None or urlsplit(query_url or "").password is not None:
        raise click.UsageError(f"Take the password out of the address and put it into {_ENVIRONMENT}_PASSWORD.")
    resources, names = find_resources(root), Namespaces(base)
    files = _find_files(data or resources.turtle, None if data else resources.figures)
    authorization = _find_authorization(user, os.environ)
    server = Server(url, authorization)
    writer: GraphWriter = GraphStoreWriter(server) if by_graph_store else UpdateWriter(server)
    try:
        sent = _write(writer, files, names, union)
    except ServerRefusedError as error:
        raise CyppgraphError(f"{error}\n{_WHAT_TO_DO.get(error.status, '')}".rstrip()) from error
    except QuerySyntaxError as error:
        raise CyppgraphError(f"{error}\n{_TOO_MUCH}") from error
    finally:
        writer.close()
    asked = query_url or find_query_address(url)
    if asked is None:
        say(f"Written, not verified: where {server.address} is asked cannot be told from it. Give --query URL.")
        return 0
    return _verify(asked, authorization, names, sent)


def find_query_address(url: str) -> str | None:
    """Return where a server takes queries, from where it takes graphs or updates; None if it is not of a known kind."""
    plain = url.rstrip("/")
    return next((plain.removesuffix(end) + asked for end, asked in _QUERY_ADDRESSES if plain.endswith(end)), None)


def _find_authorization(user: str | None, environment: Mapping[str, str]) -> str | None:
    from cyppgraph.store.remote import read_authorization

    if user is None:
        return read_authorization(environment, _ENVIRONMENT)
    if not environment.get(f"{_ENVIRONMENT}_PASSWORD"):
        raise click.UsageError(f"--user needs a password: put it into {_ENVIRONMENT}_PASSWORD in the environment.")
    password = environment[f"{_ENVIRONMENT}_PASSWORD"]
    return read_authorization({f"{_ENVIRONMENT}_USER": user, f"{_ENVIRONMENT}_PASSWORD": password}, _ENVIRONMENT)


def _find_files(folder: Path, also: Path | None) -> list[Path]:
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise CyppgraphError(f"{folder}: no Turtle files here. Run 'cyppgraph build' to make them from the plans.")
    return [*files, *(sorted(also.glob("*.ttl")) if also is not None else ())]


def _read_graphs(files: list[Path]) -> Iterator[tuple[str, list[ox.Triple]]]:
    import pyoxigraph as ox

    for file in files:
        try:
            yield file.stem, list(dict.fromkeys(quad.triple for quad in ox.parse(path=file)))
        except SyntaxError as error:
            raise CyppgraphError(f"{file}:{error.lineno or 1}: not Turtle: {error.msg}") from error


def _write(writer: GraphWriter, files: list[Path], names: Namespaces, union: bool) -> dict[str, int]:
    """Write the graphs; return their names with how many triples each has."""
    sent: dict[str, int] = {}
    merged: dict[ox.Triple, None] = {}
    try:
        for name, triples in _read_graphs(files):
            _put(writer, names.graph(name), triples, sent)
            if union:
                merged.update(dict.fromkeys(triples))
        if union:
            _put(writer, names.graph("union"), list(merged), sent)
    except BaseException:
        say(f"Stopped after {len(sent)} of {len(files) + union} graphs. These are whole; run the command again.")
        raise
    return sent


def _put(writer: GraphWriter, graph: str, triples: list[ox.Triple], sent: dict[str, int]) -> None:
    if graph in sent:
        raise CyppgraphError(f"Two files would be the graph {graph}. Rename one of them.")
    say(f"writing {graph} ({len(triples):,} triples)")
    writer.put(graph, triples, replace=True)
    sent[graph] = len(triples)


def _verify(url: str, authorization: str | None, names: Namespaces, sent: Mapping[str, int]) -> int:
    from cyppgraph.store.remote import RemoteSource

    source = RemoteSource(url, namespaces=names, union=False, authorization=authorization)
    try:
        held = source.count_graphs()
    finally:
        source.close()
    wrong = [(graph, count, held.get(graph, 0)) for graph, count in sent.items() if held.get(graph, 0) != count]
    for graph, count, found in wrong:
        click.echo(f"{graph}: {count:,} triples were sent, and the server holds {found:,}.")
    for graph in sorted(held.keys() - sent.keys()):
        say(f"Beside what was sent, the server holds {graph} ({held[graph]:,} triples), which is served too.")
    if not wrong:
        click.echo(f"{len(sent)} graphs are in {source.address}, each with as many triples as were sent.")
    return int(bool(wrong))
