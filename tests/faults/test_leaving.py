"""A client that leaves ends its query, before the first byte and while the answer flows, under both servers.

``python tests/faults/measure.py leaving`` says how soon.
"""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from faults.started import ENDLESS, FLOOD, PATIENCE, SMALL, Service, make_path, start_service, wait_for

_READ = 2**21  # more than is held back, so that the answer flows


def leave(service: Service, text: str, read: int) -> float:
    """Ask a service of one worker, read so many bytes, leave; return after how many seconds the query has ended."""
    parts = urlsplit(service.address)
    with socket.create_connection((str(parts.hostname), parts.port), PATIENCE) as connection:
        head = f"GET {make_path(text)} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: text/csv\r\n\r\n"
        connection.sendall(head.encode())
        worker = service.find_busy_worker()
        while read > 0:
            received = connection.recv(65536)
            assert received
            read -= len(received)
    return wait_for(lambda: not worker.is_running() or worker not in service.find_workers(), "the query to be ended")


@pytest.mark.parametrize(("text", "read"), [(ENDLESS, 0), (FLOOD, _READ)], ids=["before a byte", "while it flows"])
def test_a_query_ends_with_its_client(root: Path, server: str, text: str, read: int) -> None:
    with start_service(root, server, time_limit=600, row_limit=10**12, size_limit="1000GiB", workers=1) as service:
        leave(service, text, read)
        assert service.ask(SMALL).value() == "7"
