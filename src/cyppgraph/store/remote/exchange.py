"""One request to another server and its response, over a connection that can be cut at any time.

In: an address, a request. Out: the status, the headers and the body, piece by piece. Refuses an address that is no
http(s) URL, and a body that ends before its announced length or without its last chunk. Credentials are sent and never
told: the address as it is shown has none.
"""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import struct
import threading
from base64 import b64encode
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlencode, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from cyppgraph.errors import CyppgraphError
from cyppgraph.store.refusals import ServerFailedError

_SECONDS_TO_CONNECT = 10.0
_MOST_IDLE = 8
_FORM = "application/x-www-form-urlencoded"
# What a connection that breaks gives, or one that another thread has cut: http.client and ssl are not of one mind.
_BROKEN = (HTTPError, OSError, ValueError, AttributeError)

Fields = Iterable[tuple[str, str]]


def read_authorization(environment: Mapping[str, str], beginning: str) -> str | None:
    """Return the value of an Authorization header out of the environment (RFC 7617, RFC 6750), or None.

    Args:
        environment: such as ``os.environ``.
        beginning: what the names begin with: <beginning>_TOKEN, or <beginning>_USER and <beginning>_PASSWORD.
    """
    if token := environment.get(f"{beginning}_TOKEN"):
        return f"Bearer {token}"
    password = environment.get(f"{beginning}_PASSWORD")
    return _write_basic(environment.get(f"{beginning}_USER", ""), password) if password else None


def _write_basic(user: str, password: str) -> str:
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode("ascii")


class Server:
    """An address that takes requests; connections to it are kept for the next one.

    Args:
        url: http or https; a name and password in it are taken out and sent as HTTP Basic.
        authorization: the value of the Authorization header, if the address does not say it.
        name: what errors call it; its address without credentials if that is not given.

    Raises:
        CyppgraphError: that is no such address.
    """

    def __init__(self, url: str, authorization: str | None = None, name: str | None = None) -> None:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError as error:
            raise CyppgraphError("The address of the SPARQL server cannot be read: its port is no number.") from error
        if parts.scheme not in ("http", "https") or not parts.hostname:
            shown = url.rpartition("@")[2]
            raise CyppgraphError(f"{shown!r} is no address of a SPARQL server. Give one such as http://host:7878/query")
        self._host, self._port, self._secure = parts.hostname, port, parts.scheme == "https"
        self._target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        self.address = f"{parts.scheme}://{host}{f':{port}' if port else ''}{self._target}"
        self.name = name or self.address
        if parts.username is not None:
            authorization = _write_basic(unquote(parts.username), unquote(parts.password or ""))
        self._headers = {"Authorization": authorization} if authorization else {}
        self._idle: list[HTTPConnection] = []
        self._lock = threading.Lock()

    def begin(
        self, method: str, seconds: float, fields: Fields = (), body: bytes | None = None, media_type: str = _FORM
    ) -> Exchange:
        """Prepare a request; ``Exchange.send`` makes it.

        Args:
            method: of HTTP.
            seconds: how long the server may be silent.
            fields: sent as a form, or in the address if there is a body or the method takes none.
            body: what is sent, if not a form.
            media_type: of that body.
        """
        target, form = self._target, urlencode(list(fields))
        if body is None and method == "POST":
            body = form.encode("ascii")
        elif form:
            target += ("&" if "?" in target else "?") + form
        headers = {"User-Agent": "cyppgraph", "Accept-Encoding": "identity", **self._headers}
        if body is not None:
            headers["Content-Type"] = media_type
        return Exchange(self, method, target, headers, body, seconds)

    def connect(self, fresh: bool) -> HTTPConnection:
        """Return a connection: one that is open already, unless a fresh one is asked for."""
        with self._lock:
            while self._idle and not fresh:
                kept = self._idle.pop()
                if kept.is_connected:
                    return kept
                kept.close()
        if self._secure:
            context = ssl.create_default_context()
            return HTTPSConnection(self._host, self._port, timeout=_SECONDS_TO_CONNECT, ssl_context=context)
        return HTTPConnection(self._host, self._port, timeout=_SECONDS_TO_CONNECT)

    def keep(self, connection: HTTPConnection) -> None:
        """Take a connection back whose response was read to its end."""
        with self._lock:
            if len(self._idle) < _MOST_IDLE:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Close the connections that nobody uses."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


class Exchange:
    """A request and its response. ``abort`` may be called from any thread; the rest belongs to one."""

    def __init__(
        self, server: Server, method: str, target: str, headers: dict[str, str], body: bytes | None, seconds: float
    ) -> None:
        self.name = server.name
        self.method = method
        self._request = (method, target, body, headers)
        self._server, self._seconds = server, seconds
        self._connection: HTTPConnection | None = None
        self._socket: socket.socket | None = None
        self._response: BaseHTTPResponse | None = None
        self._is_aborted = False

    def send(self, accept: str, fresh: bool = False) -> None:
        """Send the request and wait for the head of the response.

        Args:
            accept: the media types asked for.
            fresh: not over a connection that was used before, so that it is sent once at most.

        Raises:
            QueryFailedError: there is no answer from that address.
        """
        while True:
            self._connection = self._server.connect(fresh)
            was_used = self._connection.is_connected
            try:
                self._response = self._send_over(self._connection, accept)
                return
            except _BROKEN as error:
                self._connection.close()
                if was_used and not self._is_aborted:  # the server has closed what it had kept open
                    continue
                raise ServerFailedError(f"No answer from {self.name}: {_say(error)}") from error

    def _send_over(self, connection: HTTPConnection, accept: str) -> BaseHTTPResponse:
        if not connection.is_connected:
            connection.connect()
        # Kept here: http.client forgets the socket of a response that ends with its connection.
        self._socket = connection.sock
        if self._socket is None or self._is_aborted:
            raise OSError("the query was ended")
        self._socket.settimeout(self._seconds)
        method, target, body, headers = self._request
        # A response's body is read by us; and one that is shorter than its Content-Length is an error.
        connection.request(
            method, target, body, headers | {"Accept": accept}, preload_content=False, enforce_content_length=True
        )
        return connection.getresponse()

    @property
    def response(self) -> BaseHTTPResponse:
        """The response's head."""
        if self._response is None:
            raise RuntimeError("send comes first")
        return self._response

    @property
    def media_type(self) -> str:
        """The Content-Type without its parameters."""
        return str(self.response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()

    @property
    def has_end(self) -> bool:
        """Whether the protocol tells where the body ends: by its length or by a last chunk."""
        headers = self.response.headers
        return "Content-Length" in headers or "chunked" in headers.get("Transfer-Encoding", "").lower()

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes of the body as they come, at most ``size``; none at its end.

        Raises:
            QueryFailedError: the connection broke, or was cut.
        """
        try:
            return self.response.read1(size if size > 0 else 2**16)
        except _BROKEN as error:
            self.abort()
            raise ServerFailedError(f"The answer of {self.name} breaks off: {_say(error)}") from error

    def read_all(self, most: int) -> bytes:
        """Return the rest of the body, at most so many bytes."""
        found = b""
        while len(found) < most and (block := self.read(most - len(found))):
            found += block
        return found

    def finish(self) -> None:
        """Give the connection back, the body having been read to its end."""
        connection, self._connection, self._socket = self._connection, None, None
        if connection is not None and not self._is_aborted and connection.is_connected:
            self._server.keep(connection)

    def abort(self) -> None:
        """Cut the connection: whoever reads from it gets an error, and the server learns that nobody listens."""
        self._is_aborted = True
        cut = self._socket
        if cut is not None:
            with contextlib.suppress(OSError):
                # Closing then resets the connection. A server that waits for room to send would else wait on.
                cut.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                socket.socket.shutdown(cut, socket.SHUT_RDWR)  # not SSLSocket's, which another thread may be using

    def close(self) -> None:
        """Cut the connection unless it was given back, and let go of it; from the thread that reads."""
        if self._connection is not None:
            self.abort()
            if self._response is not None:
                self._response.close()
            self._connection.close()
            self._connection = self._socket = None


def _say(error: BaseException) -> str:
    """Return what went wrong without the object that urllib3 names first."""
    text = str(error)
    return text.rpartition(": ")[2] if re.match(r"[<(]|HTTPS?Connection", text) else text or repr(error)
