"""Whether a client's copy is still right. In: an edition of the data, what was asked. Out: a validator, or a 304.

An edition does not change, so its version with all that shaped the answer (the query, the parameters, the format, the
coding) tells exactly whether an answer is the same (RFC 9110, 8.8). So do the release and the templates of the pages:
a browser that has been here before sees a new look at once. A copy may be kept, and is asked about each time.
"""

from __future__ import annotations

from hashlib import sha256
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path

from flask import Response, request

from cyppgraph.errors import CyppgraphError
from cyppgraph.store import Edition, Source
from cyppgraph.web.http.negotiation import takes_gzip

VERSION_HEADER = "Data-Version"


def _read_software() -> str:
    digest = sha256(version("cyppgraph").encode())
    for template in sorted((Path(__file__).parents[1] / "templates").rglob("*.html")):
        digest.update(template.read_bytes())
    return digest.hexdigest()


_SOFTWARE = _read_software()


def read_version(source: Source) -> str | None:
    """Return the version of the data that are current; None where they have none, or cannot be had.

    Why they cannot is told when they are asked: a page that says what went wrong is wanted most then.
    """
    try:
        return source.edition().version
    except CyppgraphError:
        return None


def make_etag(edition: Edition, *parts: str) -> str | None:
    """Return the validator of an answer from all that shaped it, and the coding that its client takes.

    None where the data have no version.
    """
    if edition.version is None:
        return None
    coding = "gzip" if takes_gzip() else "identity"
    return sha256("\0".join((_SOFTWARE, edition.version, coding, *parts)).encode()).hexdigest()[:32]


def answer_unchanged(edition: Edition, *parts: str) -> Response | None:
    """Return a 304 if the client has this very answer, before anything is asked."""
    etag = make_etag(edition, *parts)
    if etag is None or request.method not in ("GET", "HEAD") or not request.if_none_match.contains_weak(etag):
        return None
    return mark(Response(status=HTTPStatus.NOT_MODIFIED), edition, *parts)


def mark(response: Response, edition: Edition, *parts: str) -> Response:
    """Say of which data an answer is, and how a copy of it is asked about; return the response."""
    etag = make_etag(edition, *parts)
    if etag is None:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.set_etag(etag)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers[VERSION_HEADER] = str(edition.version)
    if edition.modified is not None:
        response.last_modified = edition.modified
    return response


def weaken(response: Response) -> Response:
    """Say that answers with the validator are as good as each other, if not the same bytes (RFC 9110, 8.8.1).

    So are pages that tell how long a query took.
    """
    tag = response.get_etag()[0]
    if tag is not None:
        response.set_etag(tag, weak=True)
    return response
