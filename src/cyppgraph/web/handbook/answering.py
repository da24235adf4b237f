"""Pages that one edition shapes. In: a source, what writes the answer. Out: it, or a 304 for who has it already."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request

from cyppgraph.store import Edition, Source
from cyppgraph.web.http.caching import answer_unchanged, mark

Write = Callable[[Edition], Response | str]


def answer(source: Source, write: Write, *about: str) -> Response:
    """Answer the request at hand from one edition.

    Args:
        source: where the edition is taken from, once.
        write: gives a page, or a response of its own.
        about: what shapes the answer besides the data and the address, such as the version of a file.
    """
    edition = source.edition()
    shaped_by = ("handbook", request.url, *about)
    unchanged = answer_unchanged(edition, *shaped_by)
    if unchanged is not None:
        return unchanged
    written = write(edition)
    response = Response(written, mimetype="text/html") if isinstance(written, str) else written
    return mark(response, edition, *shaped_by) if response.status_code == 200 else response
