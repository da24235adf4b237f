"""A web server on this machine that answers as it is told: bytes, pauses, and an end, clean or not."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence

Act = Callable[[socket.socket], None]


def respond(
    body: bytes,
    media_type: str = "application/sparql-results+json",
    status: str = "200 OK",
    headers: Sequence[str] = (),
) -> Act:
    """A response as it should be, with its length."""
    return send(write_head(status, [f"Content-Type: {media_type}", f"Content-Length: {len(body)}", *headers]) + body)


def respond_in_chunks(pieces: Sequence[bytes], media_type: str, last_chunk: bool = True) -> Act:
    """A response in chunks, with or without the one that says that these are all."""
    chunks = [f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces] + [b"0\r\n\r\n"] * last_chunk
    head = write_head("200 OK", [f"Content-Type: {media_type}", "Transfer-Encoding: chunked"])
    return send(head + b"".join(chunks))


def respond_unmeasured(body: bytes, media_type: str) -> Act:
    """A response that ends when the connection does."""
    return send(write_head("200 OK", [f"Content-Type: {media_type}"]) + body)


def write_head(status: str, headers: Sequence[str]) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "Connection: close", "", ""]).encode()


def send(data: bytes) -> Act:
    return lambda connection: connection.sendall(data)


class ScriptedServer:
    """Answers each request by its ``act``, then closes the connection; keeps the requests."""

    def __init__(self) -> None:
        self.act: Act = respond(b"")
        self.requests: list[bytes] = []
        self.has_lost_client = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}/sparql"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection, self.act), daemon=True).start()

    def _answer(self, connection: socket.socket, act: Act) -> None:
        with connection:
            try:
                self.requests.append(_read_request(connection))
                act(connection)
            except OSError:
                self.has_lost_client.set()


def wait_for_end(server: ScriptedServer) -> Act:
    """Say nothing, and note when the client has closed the connection."""

    def act(connection: socket.socket) -> None:
        if not connection.recv(1):
            server.has_lost_client.set()

    return act


def _read_request(connection: socket.socket) -> bytes:
    found = b""
    while b"\r\n\r\n" not in found:
        found += connection.recv(65536)
    head, _, body = found.partition(b"\r\n\r\n")
    length = next(
        (int(line.partition(b":")[2]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")), 0
    )
    while len(body) < length:
        body += connection.recv(65536)
    return head + b"\r\n\r\n" + body
