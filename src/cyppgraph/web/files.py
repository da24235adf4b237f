"""The Turtle files that the dataset's description names. In: a file's name. Out: its bytes.

``dcat:downloadURL`` comes with a checksum. The published file is sent where it has that checksum; else what its graph
holds, as Turtle. Refuses names that are no graph's.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox
from flask import Blueprint, Response, send_file

from cyppgraph.store import FORMATS, AnswerKind, Edition, Query, Source, read_rows
from cyppgraph.web.addresses import is_iri
from cyppgraph.web.caching import answer_unchanged, mark
from cyppgraph.web.representations import refuse

_CHECKSUM = "SELECT ?sum {{ {turtle} spdx:checksum/spdx:checksumValue ?sum }}"
_TRIPLES = "CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
_TURTLE = FORMATS["ttl"]


def make_files(source: Source, folder: Path | None) -> Blueprint:
    """Return a blueprint for ``/data/ttl/``.

    Args:
        source: what is asked.
        folder: the folder of published Turtle files; None if there are none on this host.
    """
    files = Blueprint("files", __name__)

    @files.route("/data/ttl/<name>.ttl")
    def turtle(name: str) -> Response:
        edition = source.edition()
        graph = edition.namespaces.graph(name)
        if not is_iri(graph) or graph not in edition.graphs:
            return refuse(404, f"There is no file {name}.ttl. The dataset's description lists those there are.")
        unchanged = answer_unchanged(edition, "file", name)
        if unchanged is not None:
            return unchanged
        file = folder / f"{name}.ttl" if folder is not None else None
        if file is not None and _is_as_described(edition, name, file):
            response = send_file(file.resolve(), _TURTLE.media_type, conditional=False, etag=False)
        else:
            query = Query(_TRIPLES.format(graph=f"<{graph}>"), formats={AnswerKind.TRIPLES: _TURTLE})
            response = Response(iter(edition.query(query)))
        response.content_type = f"{_TURTLE.media_type}; charset=utf-8"
        return mark(response, edition, "file", name)

    return files


def _is_as_described(edition: Edition, name: str, file: Path) -> bool:
    turtle = ox.NamedNode(edition.namespaces.dataset("file", name, "turtle"))
    described = {getattr(row[0], "value", "") for row in read_rows(edition, _CHECKSUM.format(turtle=turtle))}
    try:
        status = file.stat()
        return _sum_up(file, status.st_mtime_ns, status.st_size) in described
    except OSError:
        return False


@lru_cache(maxsize=256)
def _sum_up(file: Path, _changed: int, _size: int) -> str:
    with file.open("rb") as content:
        digest = sha256()
        while block := content.read(2**20):
            digest.update(block)
    return digest.hexdigest()
