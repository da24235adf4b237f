"""Who asks whom. In: the address of a request, how many proxies are trusted. Out: whom to count it for, what to log.

Nothing that a request says of itself is believed unless a number of trusted proxies is given. A client is an IPv4
address, or the /64 of an IPv6 one: the least that one subscriber is given (RFC 6177), and may change within at will.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, Request
from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NO_ADDRESS = "unknown"
_FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")


def trust_proxies(app: Flask, number: int) -> None:
    """Take the client's address from the right of X-Forwarded-For.

    Args:
        app: the application.
        number: how many proxies in a row stand before it; 0 to believe no header. Each must add the address that it
            was asked from to X-Forwarded-For; the nearest one must also set X-Forwarded-Proto.
    """
    if number > 0:
        # the scheme is told by the nearest proxy alone: most set that header and do not add to it
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=number, x_proto=1)  # type: ignore[method-assign]  # as documented


def serve_as(app: Flask, origin: str) -> None:
    """Have all addresses that an application tells begin so, whatever a request calls it.

    Args:
        app: the application.
        origin: scheme, host and port as the public sees them, such as ``https://plans.example.org``.
    """
    inner, (scheme, host) = app.wsgi_app, urlsplit(origin)[:2]

    def outer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["wsgi.url_scheme"], environ["HTTP_HOST"] = scheme, host
        return inner(environ, start_response)

    app.wsgi_app = outer  # type: ignore[method-assign]  # as Flask documents it


def name_client(address: str | None) -> str:
    """Return whom a request from this address is counted for; one name for all that have no proper address."""
    found = _read_address(address)
    if isinstance(found, IPv6Address):
        return str(ip_network((found, 64), strict=False))
    return NO_ADDRESS if found is None else str(found)


def blur_address(address: str | None) -> str:
    """Return the network that an address is in, coarse enough to name no household: /24 of IPv4, /48 of IPv6."""
    found = _read_address(address)
    if found is None:
        return NO_ADDRESS
    return str(ip_network((found, 24 if found.version == 4 else 48), strict=False))


def is_local(request: Request) -> bool:
    """Tell whether a request was made on this very machine, and not passed on by a proxy that runs here."""
    found = _read_address(request.remote_addr)
    return found is not None and found.is_loopback and not any(name in request.headers for name in _FORWARDED)


def _read_address(address: str | None) -> IPv4Address | IPv6Address | None:
    text = (address or "").strip()
    if text.startswith("["):  # [::1]:8080
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:  # 192.0.2.1:8080
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
