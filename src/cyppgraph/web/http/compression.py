"""Responses zipped for those who take that. In: a whole response. Out: the same, smaller, if it is worth it."""

from __future__ import annotations

import gzip

from flask import Response

from cyppgraph.web.http.negotiation import takes_gzip

LEVEL = 5
_LEAST = 1_000  # bytes; below that the packet is sent either way
_TEXT = ("text/", "application/json", "application/sparql-", "application/rdf+xml", "application/ld+json")
_MORE_TEXT = ("application/n-triples", "application/n-quads", "application/trig", "application/problem+json")


def zip_response(response: Response) -> Response:
    """Zip the body of a response that is whole and text, if the client takes gzip (RFC 9110, 8.4.1.3).

    Its validator is another one already: ``make_etag`` counts the coding among what shapes an answer.
    """
    if response.status_code != 200 or not (response.mimetype or "").startswith(_TEXT + _MORE_TEXT):
        return response
    response.vary.add("Accept-Encoding")
    is_whole = response.is_sequence and not response.direct_passthrough and "Content-Encoding" not in response.headers
    if is_whole and takes_gzip() and len(response.get_data()) >= _LEAST:
        response.set_data(gzip.compress(response.get_data(), LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
