"""The data to take away. In: an edition with files. Out: a list of them, the files, their checksums.

The files are made with the version that they are of; a remote server's data have none here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from flask import Blueprint, Response, render_template, request, send_file
from werkzeug.exceptions import NotFound

from cyppgraph.store import Edition, Source
from cyppgraph.store.dumps import CHECKSUMS
from cyppgraph.web.http.caching import answer_unchanged, mark

_NO_FILES = "The data are on another server, which has no files here. Ask it, or /sparql."
_ZIPPED = "application/gzip"
_TYPES = {".ttl": "text/turtle", ".gz": _ZIPPED}


@runtime_checkable
class _HasDumps(Protocol):
    @property
    def dumps(self) -> Path:
        """The folder of the files."""


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A file: its name, its bytes, and its SHA-256 where there is one."""

    name: str
    size: int
    checksum: str


def make_dumps(source: Source) -> Blueprint:
    """Return a blueprint that answers at ``/dumps/`` and, for the addresses that the dataset tells, ``/data/ttl/``."""
    blueprint = Blueprint("dumps", __name__)

    @blueprint.route("/dumps/")
    def listing() -> Response:
        edition = source.edition()
        files = list_dumps(edition)
        if files is None:
            raise NotFound(_NO_FILES)
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
        parts = ("dump", name)
        return answer_unchanged(edition, *parts) or mark(_send(folder / name), edition, *parts)

    return blueprint


def list_dumps(edition: Edition) -> list[DumpFile] | None:
    """Return the files of an edition, by name; None where its data are on another server."""
    if not isinstance(edition, _HasDumps):
        return None
    folder = edition.dumps
    sums = {name: digest for digest, name in _read_sums(folder)}
    return [DumpFile(path.name, path.stat().st_size, sums.get(path.name, "")) for path in sorted(folder.iterdir())]


def _find_folder(edition: Edition) -> Path:
    if not isinstance(edition, _HasDumps):
        raise NotFound(_NO_FILES)
    return edition.dumps


def _read_sums(folder: Path) -> list[tuple[str, str]]:
    lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    return [(digest, name) for digest, _, name in (line.partition("  ") for line in lines)]


def _send(path: Path) -> Response:
    media_type = _TYPES.get(path.suffix, "text/plain")
    if request.range is None and media_type != _ZIPPED:
        return Response(path.read_bytes(), mimetype=media_type)  # whole, to be zipped
    return send_file(path.resolve(), mimetype=media_type, etag=False, conditional=True)
