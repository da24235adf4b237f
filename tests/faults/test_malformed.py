"""Malformed requests are answered as such, and the service goes on. ``malformed.py`` puts as many as wanted."""

from __future__ import annotations

import pytest

from faults.malformed import Raw, draw_request, is_well, put
from live import Served

_END = b"\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
# Each was once answered with an error of the server.
FOUND = {
    "a page at a host of 300 letters": b"GET / HTTP/1.1\r\nHost: " + b"x" * 300 + _END,
}


@pytest.mark.parametrize("numbers", [range(first, first + 100) for first in range(0, 300, 100)], ids=str)
def test_malformed_requests_are_refused(served: Served, numbers: range) -> None:
    faults = {number: put(served.host, served.port, draw_request(number)) for number in numbers}
    assert {number: fault for number, (_, fault) in faults.items() if fault} == {}
    assert is_well(served.host, served.port)


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_stays_mended(served: Served, name: str) -> None:
    status, fault = put(served.host, served.port, Raw(FOUND[name], ends=True))
    assert (status, fault) == ("400", None)


def test_the_same_number_is_the_same_request() -> None:
    assert draw_request(7) == draw_request(7)
    assert draw_request(7) != draw_request(8)
