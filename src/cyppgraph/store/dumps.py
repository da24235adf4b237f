"""The data to take away. In: a store. Out: a Turtle file for each graph, the whole as TriG and N-Quads, checksums."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from cyppgraph.namespaces import Namespaces

CHECKSUMS = "SHA256SUMS"
WHOLE = "cyppgraph.nq.gz"
_WHOLE = {"cyppgraph.trig.gz": ox.RdfFormat.TRIG, WHOLE: ox.RdfFormat.N_QUADS}


def write_dumps(engine: ox.Store, folder: Path, namespaces: Namespaces, turtle: Mapping[str, bytes]) -> dict[str, str]:
    """Write the dumps of a store.

    Args:
        engine: the store; its default graph holds what stands in no graph, and nothing else.
        folder: where to write; it is made.
        namespaces: what the files abbreviate with and are named by.
        turtle: the graphs whose Turtle is known, which is taken as it is.

    Returns:
        The names of the files, each with its graph, "" for the whole.
    """
    folder.mkdir()
    prefixes = namespaces.prefixes()
    graphs = sorted((graph for graph in engine.named_graphs() if isinstance(graph, ox.NamedNode)), key=str)
    dumps: dict[str, str] = {}
    for graph in graphs:
        name = name_file(graph.value, namespaces)
        dumps[name] = graph.value
        content = turtle.get(graph.value)
        if content is None:
            quads = engine.quads_for_pattern(None, None, None, graph)
            triples = (quad.triple for quad in quads)
            content = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""
        (folder / name).write_bytes(content)
    for name, form in _WHOLE.items():
        dumps[name] = ""
        # No name and no time of day in the file: the same data give the same bytes.
        with (folder / name).open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
            with_prefixes = prefixes if form == ox.RdfFormat.TRIG else None
            ox.serialize(engine, file, format=form, prefixes=with_prefixes)  # type: ignore[arg-type]  # it has write
    lines = [f"{sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in sorted(dumps)]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")
    return dumps


def name_file(graph: str, namespaces: Namespaces) -> str:
    """Return the name of the file that holds a graph."""
    local = graph.removeprefix(namespaces.graphs)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", local):
        local = f"graph-{sha256(graph.encode()).hexdigest()[:12]}"
    return f"{local}.ttl"
