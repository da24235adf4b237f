"""An answer to a client. In: an edition, a query. Out: a response that is whole, or breaks so that it is seen.

The beginning of an answer is held back for a moment: most answers are then whole and small, and most that fail still
get a true status. One that fails later is broken off: its connection ends without the mark that the answer is complete
(RFC 9112, 8). A client of HTTP/1.0 could not see that, so it gets whole answers only.
"""

from __future__ import annotations

import re
import tempfile
import time
import zlib
from collections.abc import Iterator, Mapping

from flask import Response, g, request

from cyppgraph.store import AnswerKind, Edition, Query, Reply
from cyppgraph.web.http.caching import answer_unchanged, make_etag, mark
from cyppgraph.web.http.clients import watch_client
from cyppgraph.web.http.compression import LEVEL
from cyppgraph.web.http.negotiation import Choice, takes_gzip
from cyppgraph.web.http.results import Kept, ResultCache

_HELD_BACK = 2**20
_HELD_SECONDS = 1.5
_SPOOLED = 2**22
# What gives another answer each time. A word of a string may be taken for it: that answer is merely not cached.
_VOLATILE = re.compile(r"\b(?:NOW|RAND|UUID|STRUUID)\b|\\u", re.IGNORECASE)


def deliver(
    edition: Edition,
    query: Query,
    choices: Mapping[AnswerKind, Choice | None],
    cache: ResultCache,
    about: str = "",
) -> Response:
    """Answer a query over HTTP.

    Args:
        edition: what is asked.
        query: the query; its formats are those of ``choices``.
        choices: the format for each kind of answer and the media type to call it.
        cache: answers that are kept.
        about: what else shaped the answer, if anything did.

    Raises:
        CyppgraphError: as ``Edition.query``; and whatever the answer meets while it is held back.
    """
    g.asked = query.text  # for the accounts of requests: who answers out of the cache asks no source
    is_volatile = edition.version is None or differs_each_time(query.text)
    parts = (*_list_parts(query), *(choice[1] if choice else "" for choice in choices.values()), about)
    if not is_volatile:
        unchanged = answer_unchanged(edition, *parts)
        if unchanged is not None:
            return _vary(unchanged)
    etag = None if is_volatile else make_etag(edition, *parts)
    kept = cache.find(etag) if etag is not None else None
    if kept is not None:
        g.kept = kept
        response = Response(kept.body, content_type=kept.media_type)
    else:
        response = _ask(edition, query, choices, cache, etag)
    if is_volatile:
        response.headers["Cache-Control"] = "no-store"
        return _vary(response)
    return _vary(mark(response, edition, *parts))


def differs_each_time(query: str) -> bool:
    """Tell whether a query may be answered otherwise each time, so that its answer is not to be kept."""
    return _VOLATILE.search(query) is not None


def _list_parts(query: Query) -> list[str]:
    default = ["*"] if query.default_graphs is None else [f"d{graph}" for graph in query.default_graphs]
    named = ["*"] if query.named_graphs is None else [f"n{graph}" for graph in query.named_graphs]
    return [query.text, str(query.limits), *default, *named]


def _vary(response: Response) -> Response:
    response.vary.update(("Accept", "Accept-Encoding"))
    return response


def _ask(
    edition: Edition,
    query: Query,
    choices: Mapping[AnswerKind, Choice | None],
    cache: ResultCache,
    etag: str | None,
) -> Response:
    reply = edition.query(query, watch_client(request.environ))
    choice = choices[reply.kind]
    media_type = say_charset(choice[1] if choice else reply.form.media_type)
    blocks = iter(reply)
    must_be_whole = request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0"
    begun = time.monotonic()
    held: list[bytes] = []
    size = 0
    try:
        for block in blocks:
            held.append(block)
            size += len(block)
            if must_be_whole and size > _HELD_BACK:
                return _spool(held, blocks, media_type)
            if not must_be_whole and (size > _HELD_BACK or time.monotonic() - begun > _HELD_SECONDS):
                return _stream(held, blocks, media_type, reply)
    except BaseException:
        reply.close()
        raise
    body = b"".join(held)
    if etag is not None:
        cache.keep(etag, Kept(body, media_type, reply.kind, reply.rows))
    return Response(body, content_type=media_type)


def say_charset(media_type: str) -> str:
    """Return a media type with its character set, where it has one."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _stream(held: list[bytes], rest: Iterator[bytes], media_type: str, reply: Reply) -> Response:
    is_zipped = takes_gzip()

    def send() -> Iterator[bytes]:
        try:
            yield from _zip(_follow(held, rest)) if is_zipped else _follow(held, rest)
        finally:
            reply.close()

    response = Response(send(), content_type=media_type)
    response.call_on_close(reply.close)
    if is_zipped:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _follow(held: list[bytes], rest: Iterator[bytes]) -> Iterator[bytes]:
    yield b"".join(held)
    held.clear()
    yield from rest


def _zip(blocks: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for block in blocks:
        packed = packer.compress(block)
        if packed:
            yield packed
    yield packer.flush()


def _spool(held: list[bytes], rest: Iterator[bytes], media_type: str) -> Response:
    file = tempfile.SpooledTemporaryFile(_SPOOLED)  # noqa: SIM115  # closed with the response
    for block in _follow(held, rest):
        file.write(block)
    size = file.tell()
    file.seek(0)
    response = Response(iter(lambda: file.read(2**16), b""), content_type=media_type)
    response.content_length = size
    response.call_on_close(file.close)
    return response
