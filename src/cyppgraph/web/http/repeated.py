"""Answers to requests that were made before. In: a request. Out: the answer as it was given, or the application's.

An answer that has a validator and tells the version of the data is the same for every like request while that version
is current (``caching``), so it is sent before the application looks at the request: a shared cache (RFC 9111) within
the process, always fresh, since it asks what is current. Such an answer costs next to nothing, and counts against
nobody's rate. Only what came whole by GET is kept; not what is private, partial, or larger than a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from werkzeug.http import parse_etags

from cyppgraph.store import Source
from cyppgraph.web.http.caching import VERSION_HEADER, read_version
from cyppgraph.web.http.exchange import KEY, Exchange, Outcome
from cyppgraph.web.http.results import Cache

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# All that shapes an answer beside the data: where it was asked, and what the client takes (the Vary of our answers).
_ASKED_BY = (
    "wsgi.url_scheme",
    "HTTP_HOST",
    "SERVER_NAME",
    "SERVER_PORT",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
    "REQUEST_URI",  # the path before it was decoded, from gunicorn and waitress: a%2Fb is not a/b
    "RAW_URI",
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_ENCODING",
)
_UNLIKE = ("HTTP_AUTHORIZATION", "HTTP_RANGE", "CONTENT_LENGTH")
_ONES_OWN = ("ratelimit", "ratelimit-policy")
_OF_THE_BODY = ("content-length", "content-type", "content-encoding", "content-location")
_LARGEST = 2**18

Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Whole:
    headers: Headers
    etag: str
    body: bytes
    route: str = ""
    asked: str | None = None
    kind: str | None = None
    rows: int = 0


class RepeatedAnswers:
    """A WSGI application around another.

    Args:
        app: what answers.
        source: tells which version of the data is current; answers without one are not kept.
    """

    def __init__(self, app: WSGIApplication, source: Source) -> None:
        self._app = app
        self._source = source
        self._kept = Cache[_Whole](largest=_LARGEST)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""
        version = read_version(self._source) if environ["REQUEST_METHOD"] == "GET" else None
        if version is None or any(environ.get(name) for name in _UNLIKE):
            return self._app(environ, start_response)
        key = (version, *(environ.get(name) or "" for name in _ASKED_BY))
        kept = self._kept.find(key)
        if kept is not None:
            return _send(kept, environ, start_response)
        return self._ask(key, environ, start_response)

    def _ask(self, key: tuple[str, ...], environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        said: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, *rest: Any) -> Any:
            said.append((status, headers))
            return start_response(status, headers, *rest)

        blocks = self._app(environ, start)
        etag = _find_validator(said[-1], key[0]) if said else None
        if etag is None:
            return blocks
        try:
            body = b"".join(blocks)
        finally:
            close = getattr(blocks, "close", None)
            if close is not None:
                close()
        self._keep(key, said[-1][1], etag, body, environ.get(KEY))
        return [body]

    def _keep(self, key: tuple[str, ...], headers: Headers, etag: str, body: bytes, exchange: Exchange | None) -> None:
        shared = [(name, value) for name, value in headers if name.lower() not in _ONES_OWN]
        if exchange is None:
            whole = _Whole(shared, etag, body)
        else:
            whole = _Whole(shared, etag, body, exchange.route, exchange.asked, exchange.kind, exchange.rows)
        self._kept.keep(key, whole)


def _find_validator(said: tuple[str, Headers], version: str) -> str | None:
    """Return the validator of an answer that may be kept, None of any other."""
    status, headers = said
    told = {name.lower(): value for name, value in headers}
    is_shared = "public" in told.get("cache-control", "") and told.get(VERSION_HEADER.lower()) == version
    size = told.get("content-length", "")
    if not (status.startswith("200") and is_shared and size.isdecimal() and int(size) <= _LARGEST):
        return None
    return told.get("etag", "").removeprefix("W/").strip('"') or None


def _send(kept: _Whole, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    exchange = environ.get(KEY)
    if isinstance(exchange, Exchange):
        exchange.route, exchange.asked = kept.route, kept.asked
    wanted = environ.get("HTTP_IF_NONE_MATCH")
    if wanted and parse_etags(wanted).contains_weak(kept.etag):
        start_response("304 NOT MODIFIED", [each for each in kept.headers if each[0].lower() not in _OF_THE_BODY])
        return []
    if isinstance(exchange, Exchange):
        exchange.kind, exchange.rows = kept.kind, kept.rows
        exchange.note(Outcome.CACHED)
    start_response("200 OK", list(kept.headers))
    return [kept.body]
