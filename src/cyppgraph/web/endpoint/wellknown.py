"""What programs look for first. In: a request. Out: the way to the dataset's description; the rules for crawlers."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response

from cyppgraph.store import Source
from cyppgraph.web.display.addresses import locate_thing
from cyppgraph.web.http.representations import lead_on

# Pages and descriptions may be read. What is asked with a query string has no end of variants (RFC 9309, 2.2).
_RULES = """\
User-agent: *
Disallow: /sparql
Disallow: /store
Disallow: /graph/
Disallow: /*?
Allow: /
"""


def make_wellknown(source: Source) -> Blueprint:
    """Return a blueprint for ``/.well-known/void`` (W3C, VoID, 7.2), ``/void`` and ``/robots.txt``."""
    wellknown = Blueprint("wellknown", __name__)

    @wellknown.route("/void")
    @wellknown.route("/.well-known/void")
    def dataset() -> Response:
        ns = source.edition().namespaces
        return lead_on(locate_thing(ns.dataset(), ns), HTTPStatus.FOUND)

    @wellknown.route("/robots.txt")
    def rules() -> Response:
        response = Response(_RULES, content_type="text/plain; charset=utf-8")
        response.headers["Cache-Control"] = "public, max-age=86400"
        return response

    return wellknown
