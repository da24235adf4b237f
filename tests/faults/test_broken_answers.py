"""An answer that comes to its limit on the way is an error to every client, in every format, under both servers."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from faults.started import FLOOD, FLOOD_OF_TRIPLES, PATIENCE, Service, make_path, start_service

FORMATS = {
    "application/sparql-results+json": FLOOD,
    "application/sparql-results+xml": FLOOD,
    "text/csv": FLOOD,
    "text/tab-separated-values": FLOOD,
    "application/n-triples": FLOOD_OF_TRIPLES,
}
formats = pytest.mark.parametrize("media_type", FORMATS)
CODINGS = pytest.mark.parametrize("coding", ["identity", "gzip"])


@pytest.fixture(scope="module", params=["waitress", "gunicorn"])
def service(request: pytest.FixtureRequest, root: Path) -> Iterator[Service]:
    """A service whose answers have two MiB at most; it has sent one of them when it knows."""
    if request.param == "gunicorn":
        pytest.importorskip("gunicorn", reason="gunicorn is not installed")
    with start_service(root, request.param, size_limit="2MiB", workers=2) as started:
        yield started


@formats
@CODINGS
def test_the_standard_library_sees_it(service: Service, media_type: str, coding: str) -> None:
    connection = service.connect()
    connection.request("GET", make_path(FORMATS[media_type]), headers={"Accept": media_type, "Accept-Encoding": coding})
    response = connection.getresponse()
    assert (response.status, response.getheader("Content-Length")) == (200, None)
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        response.read()
    connection.close()


def test_urllib3_and_requests_see_it(service: Service) -> None:
    requests = pytest.importorskip("requests", reason="requests is not installed")
    urllib3 = pytest.importorskip("urllib3", reason="urllib3 is not installed")
    media_type = "text/csv"  # what has no mark of its own that it is whole
    address = service.address + make_path(FORMATS[media_type])
    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError)):
        requests.get(address, headers={"Accept": media_type}, timeout=PATIENCE)
    with pytest.raises((urllib3.exceptions.ProtocolError, urllib3.exceptions.DecodeError)):
        urllib3.PoolManager(retries=False).request("GET", address, headers={"Accept": media_type}, timeout=PATIENCE)


@pytest.mark.parametrize("media_type", ["text/csv", "application/n-triples"])
def test_curl_sees_it(service: Service, media_type: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    address = service.address + make_path(FORMATS[media_type])
    command = ["curl", "-s", "-o", "/dev/null", "--compressed", "-H", f"Accept: {media_type}", address]
    assert subprocess.run(command, check=False, timeout=PATIENCE).returncode in (18, 56)


@formats
def test_a_client_of_the_old_protocol_gets_no_part(service: Service, media_type: str) -> None:
    """HTTP/1.0 ends an answer by closing: a part would look whole, so an error is sent in its place."""
    head = speak_old(service, FORMATS[media_type], media_type)[0]
    assert b" 503 " in head
    assert b"application/problem+json" in head


def test_a_client_of_the_old_protocol_gets_what_is_whole(service: Service) -> None:
    # 1.26 MB, whatever the graph says: more than is held back, less than is allowed
    text = f'SELECT ("{"0123456789" * 4}" AS ?n) WHERE {{ ?a ?b ?c . ?d ?e ?f }} LIMIT 30000'
    head, body = speak_old(service, text, "text/csv")
    assert b" 200 " in head
    assert body.count(b"\r\n") == 30_001
    assert f"content-length: {len(body)}".encode() in head.lower()


def speak_old(service: Service, text: str, media_type: str) -> tuple[bytes, bytes]:
    """Return the head and the body of an answer to a client of HTTP/1.0, which reads until the connection closes."""
    parts = urlsplit(service.address)
    with socket.create_connection((str(parts.hostname), parts.port), PATIENCE) as connection:
        connection.sendall(f"GET {make_path(text)} HTTP/1.0\r\nAccept: {media_type}\r\n\r\n".encode())
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    return head, body
