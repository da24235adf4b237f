"""The data to take away. In: an edition with files. Out: a list of them, the files, their checksums.

The files are made with the version that they are of; a remote server's data have none here.
"""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Protocol, runtime_checkable

from flask import Blueprint, Response, render_template, request, send_file
from werkzeug.exceptions import NotFound

from cyppgraph.store import Edition, Source
from cyppgraph.web.caching import answer_unchanged, mark
from cyppgraph.web.negotiation import takes_gzip

CHECKSUMS = "SHA256SUMS"
_TYPES = {".ttl": "text/turtle; charset=utf-8", ".gz": "application/gzip"}


@runtime_checkable
class _HasDumps(Protocol):
    @property
    def dumps(self) -> Path:
        """The folder of the files."""


def make_dumps(source: Source) -> Blueprint:
    """Return a blueprint that answers at ``/dumps/`` and, for the addresses that the dataset tells, ``/data/ttl/``."""
    blueprint = Blueprint("dumps", __name__)

    @blueprint.route("/dumps/")
    def listing() -> Response:
        edition = source.edition()
        folder = _find_folder(edition)
        sums = {name: digest for digest, name in _read_sums(folder)}
        files = [(path.name, path.stat().st_size, sums.get(path.name, "")) for path in sorted(folder.iterdir())]
        page = render_template("dumps.html", files=files, edition=edition)
        response = answer_unchanged(edition, page)
        return response or mark(Response(page, mimetype="text/html"), edition, page)

    @blueprint.route("/dumps/<name>")
    @blueprint.route("/data/ttl/<name>")
    def dump(name: str) -> Response:
        edition = source.edition()
        folder = _find_folder(edition)
        if name not in {path.name for path in folder.iterdir()}:
            raise NotFound(f"There is no file {name!r}. /dumps/ lists those that there are.")
        is_zipped = takes_gzip() and not name.endswith(".gz")
        parts = ("dump", name, "gzip" if is_zipped else "")
        response = answer_unchanged(edition, *parts)
        if response is None:
            response = _send(folder / name, is_zipped=is_zipped)
            response = mark(response, edition, *parts)
        response.vary.add("Accept-Encoding")
        return response

    return blueprint


def _find_folder(edition: Edition) -> Path:
    if not isinstance(edition, _HasDumps):
        raise NotFound("The data are on another server, which has no files here. Ask it, or /sparql.")
    return edition.dumps


def _read_sums(folder: Path) -> list[tuple[str, str]]:
    lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    return [(digest, name) for digest, _, name in (line.partition("  ") for line in lines)]


def _send(path: Path, *, is_zipped: bool) -> Response:
    media_type = _TYPES.get(path.suffix, "text/plain; charset=utf-8")
    if is_zipped:
        response = Response(gzip.compress(path.read_bytes(), 6, mtime=0), content_type=media_type)
        response.headers["Content-Encoding"] = "gzip"
        return response
    plain = media_type.partition(";")[0]  # Flask adds the character set
    return send_file(path.resolve(), mimetype=plain, etag=False, conditional=request.range is not None)
