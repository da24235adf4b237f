"""Changes to the data. In: an update, or triples for a graph, and the version they are made to. Out: another version.

A version never changes: the change is made to a copy, and the copy becomes current when it is whole. The default graph
that queries read is the union of all; that of an update is what stands in no graph.
"""

from __future__ import annotations

import base64
import gzip
import time
import uuid
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from cyppgraph.namespaces import Namespaces
from cyppgraph.sparql import Token, find_load, locate, read_tokens
from cyppgraph.store.embedded import name_graphs, refuse_service
from cyppgraph.store.formats import FORMATS
from cyppgraph.store.refusals import QueryRefusedError, QuerySyntaxError
from cyppgraph.store.snapshot import make_current, publish, read_snapshot
from cyppgraph.store.syntax import explain_update

_DEFAULT = ox.DefaultGraph()
_LONGEST_TERM = 1_000_000
_TOO_LONG = f"No text and no IRI may have more than {_LONGEST_TERM:,} characters here."


def write(job: dict[str, Any], folder: Path, namespaces: Namespaces) -> bool:
    """Make another version of the data, and make it the current one. Whoever calls holds the lock of the versions.

    Args:
        job: "update" with text, using, using_named; "graph" with graph, content (base64), form, replace; "drop".
        folder: the version that is changed.
        namespaces: its base.

    Returns:
        Whether the graph was there before.

    Raises:
        QuerySyntaxError, QueryRefusedError: the text is not taken; nothing has changed.
    """
    before = read_snapshot(folder)
    engine = ox.Store()
    for graph in before.graphs:
        engine.add_graph(ox.NamedNode(graph))
    with gzip.open(before.quads) as quads:
        engine.bulk_load(quads, format=ox.RdfFormat.N_QUADS)  # type: ignore[arg-type]  # it can be read
    existed = True
    match job["operation"]:
        case "update":
            _update(engine, job["text"], job["using"], job["using_named"], namespaces)
        case "graph":
            existed = _write_graph(engine, job)
        case _:
            existed = _drop(engine, _name(job["graph"]))
            if not existed:
                return False
    _refuse_long_terms(engine)
    version = uuid.uuid4().hex[:16]
    publish(engine, folder.parent, version, namespaces, time.time())
    make_current(folder.parent, version)
    return existed


def _name(graph: str | None) -> ox.NamedNode | ox.DefaultGraph:
    return _DEFAULT if graph is None else name_graphs([graph])[0]


def _write_graph(engine: ox.Store, job: dict[str, Any]) -> bool:
    graph = _name(job["graph"])
    existed = graph == _DEFAULT or engine.contains_named_graph(graph)
    if job["replace"]:
        engine.clear_graph(graph)
    if graph != _DEFAULT:
        engine.add_graph(graph)
    form = FORMATS[job["form"]].engine
    base = None if job["graph"] is None else job["graph"]
    try:
        engine.load(base64.b64decode(job["content"]), format=form, to_graph=graph, base_iri=base)  # type: ignore[arg-type]
    except SyntaxError as error:
        raise QuerySyntaxError(f"this is not {job['form']}: {error.msg}", error.lineno, error.offset) from error
    except MemoryError as error:
        if "buffer" not in str(error):
            raise
        raise QueryRefusedError(_TOO_LONG) from error
    return existed


def _refuse_long_terms(engine: ox.Store) -> None:
    """Refuse what could not be read again: Oxigraph's parsers take no term of more than 16 MiB, its stores do."""
    lengths = " || ".join(f"STRLEN(STR(?{name})) > {_LONGEST_TERM}" for name in "spo")
    if engine.query(f"ASK {{ ?s ?p ?o FILTER({lengths}) }}", use_default_graph_as_union=True):
        raise QueryRefusedError(_TOO_LONG)


def _drop(engine: ox.Store, graph: ox.NamedNode | ox.DefaultGraph) -> bool:
    if graph == _DEFAULT:
        engine.clear_graph(graph)
        return True
    existed = engine.contains_named_graph(graph)
    engine.remove_graph(graph)
    return existed


def _update(engine: ox.Store, text: str, using: list[str], using_named: list[str], names: Namespaces) -> None:
    refuse_calls(text)
    asked = add_dataset(text, using, using_named) if using or using_named else text
    prefixes = names.prefixes()
    try:
        engine.update(asked, base_iri=names.base, prefixes=prefixes)
    except SyntaxError as error:
        raise explain_update(text, str(error.msg), prefixes) from error


def refuse_calls(update: str) -> None:
    """Refuse an update that would ask or load from another server or a file.

    Raises:
        QueryRefusedError: it has a SERVICE clause or a LOAD, with the place.
    """
    refuse_service(update, "update")
    place = find_load(update)
    if place is not None:
        message = (
            "LOAD would fetch a document; send it to the graph store with PUT or POST instead. "
            "(If this is a name, call its prefix something that does not begin with 'load'.)"
        )
        raise QueryRefusedError(message, *locate(update, min(place, len(update))))


def add_dataset(update: str, using: list[str], using_named: list[str]) -> str:
    """Put the graphs that a request names into the update that it sends (SPARQL 1.1 Protocol, 2.2.3).

    Args:
        update: an update; each ``WHERE`` of an operation is given the graphs, ``DELETE WHERE`` in its long form.
        using: the graphs whose union the pattern reads.
        using_named: the graphs that it may name.

    Raises:
        QueryRefusedError: the update names graphs itself with USING or WITH, as the protocol demands.
    """
    clauses = [f"USING {_name(graph)}" for graph in using] + [f"USING NAMED {_name(graph)}" for graph in using_named]
    tokens = [token for token in read_tokens(update) if token.kind not in ("space", "comment")]
    pieces: list[str] = []
    place = depth = 0
    for index, token in enumerate(tokens):
        depth += (token.text == "{") - (token.text == "}")
        word = token.text.upper() if token.kind == "word" and not depth else ""
        if word in ("USING", "WITH"):
            message = "The update names its graphs with USING or WITH, and the request does too; leave one of them out."
            raise QueryRefusedError(message, *locate(update, token.start))
        if word == "WHERE":
            before = tokens[index - 1] if index else token
            template = ""
            if before.text.upper() == "DELETE":
                template = update[tokens[index + 1].start : _find_end(tokens, index + 1)]
            pieces += [update[place : token.start], f"{template} {' '.join(clauses)} "]
            place = token.start
    return "".join([*pieces, update[place:]])


def _find_end(tokens: list[Token], opening: int) -> int:
    """Return where the group ends that a bracket opens; where the text does, if it never ends."""
    depth = 0
    for token in tokens[opening:]:
        depth += (token.text == "{") - (token.text == "}")
        if not depth:
            return token.end
    return tokens[-1].end
