"""One service over hostile data for the tests that speak to it as a stranger does; a port that must stay silent."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from hostile import serve_hostile_data
from live import Served

CANARY = "canary-of-a-file-that-nobody-may-read"


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """That service; ``live.TOKEN`` allows writing."""
    with serve_hostile_data() as here:
        yield here


class Ear:
    """A port of this machine that counts who connects, and tells them something that shows if it is believed."""

    def __init__(self) -> None:
        self.calls: list[bytes] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.socket.getsockname()[1])
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        body = f'<urn:s> <urn:p> "{CANARY}" .\n'.encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            self.calls.append(b"?")
            with caller:
                caller.settimeout(1)
                try:
                    self.calls[-1] = caller.recv(1000)
                    caller.sendall(head % len(body) + body)
                except OSError:
                    continue


@pytest.fixture(scope="session")
def ear() -> Iterator[Ear]:
    """An address that must not be called, not even after a while."""
    made = Ear()
    yield made
    made.socket.close()
