"""A SPARQL 1.1 server as a source of the service. In: its addresses. Out: what ``Source`` and ``Edition`` promise.

The same questions give the same answers as over the embedded store: our prefixes need no declaration, and the default
graph is the union of our graphs. Refuses what the embedded store refuses (SERVICE, LOAD, what is no query) before
anything is sent. Two promises are the server's to keep: that data do not change between two queries, and that an update
is all or nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from threading import BoundedSemaphore, Lock

import pyoxigraph as ox

from cyppgraph.namespaces import Namespaces
from cyppgraph.sparql import find_keywords
from cyppgraph.store.embedded import name_graphs, refuse_service
from cyppgraph.store.engine import Query, stays
from cyppgraph.store.formats import AnswerKind, ResultFormat, formats_for
from cyppgraph.store.refusals import (
    BusyError,
    NotAcceptableError,
    QueryFailedError,
    QueryRefusedError,
    QuerySyntaxError,
)
from cyppgraph.store.remote.dialect import declare_prefixes, find_kind
from cyppgraph.store.remote.exchange import Server, read_authorization
from cyppgraph.store.remote.reply import RemoteReply
from cyppgraph.store.remote.writing import GraphStoreWriter, GraphWriter, UpdateWriter
from cyppgraph.store.syntax import check_syntax
from cyppgraph.store.writing import refuse_calls

NO_GRAPH = "urn:x-cyppgraph:no-graph"  # stands where a dataset has no graph: servers take an empty list for all graphs
_SECONDS_REMEMBERED = 60.0
_SECONDS_OF_SILENCE = 5.0
_OURS = "WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), {scope})) }}"
_LIST = f"SELECT DISTINCT ?g {_OURS}"
_COUNT = f"SELECT ?g (COUNT(*) AS ?n) {_OURS} GROUP BY ?g"


class RemoteSource:
    """A SPARQL server by URL, which is its own only edition.

    Args:
        query_url: where it takes queries; may hold user:password.
        update_url: where it takes updates; None to take none.
        store_url: where it takes graphs by the Graph Store Protocol; None to write them by updates.
        namespaces: the base of the data.
        scope: what the names of the graphs begin with that are served; None for those below the base, which leaves out
            what servers keep for themselves; "" for all. It is no access control: a query may name other graphs.
        union: whether the default graph is the union of those graphs. If ``Namespaces.graph("union")`` is among them it
            is that graph (it holds the union, written by ``cyppgraph push``); else each is named in the request, and
            servers may then count a statement of two graphs twice. False to leave the default graph to the server.
        authorization: the value of an Authorization header.
        concurrency: how many queries may run at a time.
        name: what errors call the server, where its address is nobody's business.
    """

    version: str | None = None  # a server does not tell when its data change
    modified: datetime | None = None

    def __init__(
        self,
        query_url: str,
        update_url: str | None = None,
        store_url: str | None = None,
        *,
        namespaces: Namespaces | None = None,
        scope: str | None = None,
        union: bool = True,
        authorization: str | None = None,
        concurrency: int = 16,
        name: str | None = None,
    ) -> None:
        self.namespaces = namespaces or Namespaces()
        self._prefixes = self.namespaces.prefixes()
        self._server = Server(query_url, authorization, name)
        self._updates = UpdateWriter(Server(update_url, authorization, name)) if update_url else None
        self._writer: GraphWriter | None = (
            GraphStoreWriter(Server(store_url, authorization, name)) if store_url else self._updates
        )
        self._scope = self.namespaces.graphs if scope is None else scope
        self._union = union
        self._free = BoundedSemaphore(concurrency)
        self._lock = Lock()
        self._remembered: dict[str, tuple[float, dict[str, int]]] = {}

    @property
    def address(self) -> str:
        """Where queries are sent, without credentials."""
        return self._server.address

    def edition(self) -> RemoteSource:
        """Return this source: what the server holds now is all there is."""
        return self

    @property
    def graphs(self) -> Mapping[str, int]:
        """The names of the graphs, sorted, with how many triples each holds; up to a minute old."""
        return {name: count for name, count in self.count_graphs().items() if name != self._union_graph}

    def count_graphs(self) -> Mapping[str, int]:
        """Return ``graphs`` together with the stored union, if there is one."""
        return self._recall(_COUNT)

    @property
    def _union_graph(self) -> str:
        return self.namespaces.graph("union")

    def _recall(self, text: str) -> dict[str, int]:
        """Return the graphs, with a number each if the query gives one; asked anew after a minute or a change."""
        with self._lock:  # many requests at once ask the server once
            until, found = self._remembered.get(text, (0.0, {}))
            if time.monotonic() > until:
                rows = ox.parse_query_results(
                    self._ask(text.format(scope=ox.Literal(self._scope)), AnswerKind.ROWS), ox.QueryResultsFormat.JSON
                )
                found = dict(sorted(_read_graph(row) for row in rows)) if isinstance(rows, ox.QuerySolutions) else {}
                self._remembered[text] = (time.monotonic() + _SECONDS_REMEMBERED, found)
            return found

    def _ask(self, text: str, kind: AnswerKind) -> bytes:
        return b"".join(self._begin(Query(text), kind, [], stays))

    def query(self, query: Query, is_gone: Callable[[], bool] = stays) -> RemoteReply:
        """Begin to answer a query; see ``Edition.query``."""
        refuse_service(query.text)
        check_syntax(query.text, self._prefixes, self.namespaces.base)
        kind = find_kind(query.text)
        form = query.formats.get(kind)
        if form is None or kind not in form.kinds:
            raise NotAcceptableError(kind, [each.media_type for each in formats_for(kind)])
        return self._begin(query, kind, self._choose_graphs(query), is_gone)

    def _begin(
        self, query: Query, kind: AnswerKind, dataset: list[tuple[str, str]], is_gone: Callable[[], bool]
    ) -> RemoteReply:
        if not self._free.acquire(blocking=False):
            raise BusyError(5)
        try:
            # Our own time ends first; the socket's is for a reader that has been forgotten.
            seconds = query.limits.seconds + _SECONDS_OF_SILENCE
            fields = [("query", declare_prefixes(query.text, self._prefixes, self.namespaces.base)), *dataset]
            exchange = self._server.begin("POST", seconds, fields)
        except BaseException:
            self._free.release()
            raise
        return RemoteReply(exchange, query, kind, self._prefixes, is_gone, self._free.release)

    def _choose_graphs(self, query: Query) -> list[tuple[str, str]]:
        """Return the parameters that say which graphs are asked (SPARQL 1.1 Protocol, 2.1.4)."""
        default, named = query.default_graphs, query.named_graphs
        if default is None and named is None:
            if not self._union or find_keywords(query.text, "FROM"):
                return []
            names = self._recall(_LIST)
            named = [name for name in names if name != self._union_graph]
            default = [self._union_graph] if self._union_graph in names else named
        fields = [("default-graph-uri", name) for name in _check_names(default) or [NO_GRAPH]]
        return fields + [("named-graph-uri", name) for name in _check_names(named) or [NO_GRAPH]]

    def update(self, text: str, using: Sequence[str], using_named: Sequence[str]) -> None:
        """Send an update; see ``Source.update``. It is one request; the server makes it all or nothing, or not."""
        if self._updates is None:
            raise QueryRefusedError("Updates are not taken: this service has no address to send them to.")
        refuse_calls(text)
        try:
            self._updates.run(
                declare_prefixes(text, self._prefixes, self.namespaces.base),
                _check_names(using),
                _check_names(using_named),
            )
        finally:
            self._renew()

    def write_graph(self, graph: str | None, content: bytes, form: ResultFormat, *, replace: bool) -> bool:
        """Put triples into a graph; see ``Source.write_graph``."""
        writer = self._find_writer()
        name_graphs([graph] if graph else [])
        if not isinstance(form.engine, ox.RdfFormat):
            raise QueryRefusedError(f"{form.name} holds no triples.")
        try:
            triples = [quad.triple for quad in ox.parse(content, form.engine, base_iri=graph)]
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", None)
            column = getattr(error, "offset", None) if line else None
            raise QuerySyntaxError(f"this is not {form.media_type}: {error}", line, column) from error
        is_new = not self._holds(graph)
        try:
            writer.put(graph, triples, replace=replace)
        finally:
            self._renew()
        return is_new

    def drop_graph(self, graph: str | None) -> bool:
        """Remove a graph; see ``Source.drop_graph``."""
        writer = self._find_writer()
        name_graphs([graph] if graph else [])
        if not self._holds(graph):
            return False
        try:
            writer.drop(graph)
        finally:
            self._renew()
        return True

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self._server.close()
        for writer in (self._updates, self._writer):
            if writer is not None:
                writer.close()

    def _find_writer(self) -> GraphWriter:
        if self._writer is None:
            raise QueryRefusedError("Graphs are not taken: this service has no address to send them to.")
        return self._writer

    def _holds(self, graph: str | None) -> bool:
        if graph is None:  # it is always there
            return True
        answer = self._ask(f"ASK {{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}", AnswerKind.TRUTH)
        return bool(ox.parse_query_results(answer, ox.QueryResultsFormat.JSON))

    def _renew(self) -> None:
        """Forget what is known of the graphs, and make the stored union anew: what it was made of may have changed."""
        with self._lock:
            self._remembered.clear()
        if not self._union or self._union_graph not in (names := self._recall(_LIST)):
            return
        if self._updates is None:
            self._find_writer().drop(self._union_graph)
        else:
            union = f"GRAPH {ox.NamedNode(self._union_graph)}"
            parts = [
                f"INSERT {{ {union} {{ ?s ?p ?o }} }} WHERE {{ GRAPH {ox.NamedNode(name)} {{ ?s ?p ?o }} }}"
                for name in names
                if name != self._union_graph
            ]
            self._updates.run(" ;\n".join([f"DROP SILENT {union}", *parts]))
        with self._lock:
            self._remembered.clear()


def open_remote(
    query_url: str,
    update_url: str | None = None,
    store_url: str | None = None,
    namespaces: Namespaces | None = None,
    *,
    union: bool = True,
    environment: Mapping[str, str] = os.environ,
) -> RemoteSource:
    """Return a server as a source, with the credentials that the environment holds.

    Args:
        query_url: where it takes queries.
        update_url: where it takes updates, if it is to.
        store_url: where it takes graphs by the Graph Store Protocol, if it is to.
        namespaces: the base of the data.
        union: whether the default graph is the union of our graphs; False leaves it to the server.
        environment: holds CYPPGRAPH_STORE_TOKEN, or CYPPGRAPH_STORE_USER and CYPPGRAPH_STORE_PASSWORD, or neither.

    Raises:
        CyppgraphError: an address that is none. Nothing is sent yet.
    """
    authorization = read_authorization(environment, "CYPPGRAPH_STORE")
    return RemoteSource(
        query_url,
        update_url,
        store_url,
        namespaces=namespaces,
        union=union,
        authorization=authorization,
        name="the address behind this service",
    )


def _read_graph(row: ox.QuerySolution) -> tuple[str, int]:
    name = row[0]
    count = row[1] if len(row) > 1 else None
    if not isinstance(name, ox.NamedNode):
        raise QueryFailedError(f"The server names a graph {name}, which is no IRI.")
    return name.value, int(count.value) if isinstance(count, ox.Literal) else 0


def _check_names(names: Sequence[str] | None) -> list[str]:
    return [name.value for name in name_graphs(names)]
