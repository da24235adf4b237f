"""Where an IRI is served. In: an IRI, or a request. Out: the address on this host, or the IRIs that a request may mean.

The base of the data and the host need not be the same: ``{base}id/x`` is served at ``/id/x`` and described by
``/doc/x``. Any other IRI of the graph is described by ``/doc?iri=…``, and so is one that a browser would change on the
way, such as ``{base}id/a/../b``. Refuses text that is no IRI.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

import pyoxigraph as ox
from flask import request

from cyppgraph.namespaces import Namespaces

_AS_IS = "/:@!$&'()*+,;=-._~%"
_BEYOND_ASCII = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
# What a client may change before it asks: a query, a fragment, and segments that are empty or dots, encoded or not.
_ALTERED = re.compile(r"[?#]|(?:^|/)(?:\.|%2[Ee]){0,2}(?:/|$)")
_FILE = re.compile(r"data/ttl/[^/?#]+\.ttl")


def locate_thing(iri: str, ns: Namespaces) -> str:
    """Return the address on this host by which an IRI is looked up: its own path, or that of its description."""
    local = iri.removeprefix(ns.base)
    if local == iri:
        return locate_document(iri, ns)
    if local.partition("#")[0] == "ontology":
        return f"{request.script_root}/ontology{_quote(local[8:], '#')}"
    plain = local.startswith(("id/", "graph/")) and not _ALTERED.search(local.partition("/")[2])
    if plain or _FILE.fullmatch(local):
        return f"{request.script_root}/{_quote(local)}"
    return locate_document(iri, ns)


def locate_document(iri: str, ns: Namespaces, form: str | None = None) -> str:
    """Return the address on this host of the document that describes a thing, in a format or negotiated."""
    local = iri.removeprefix(ns.ids)
    if local != iri and not _ALTERED.search(local):
        return f"{request.script_root}/doc/{_quote(local)}{'.' + form if form else ''}"
    return f"{request.script_root}/doc?iri={quote(iri, safe='/:')}{'&format=' + form if form else ''}"


def write_uri(iri: str) -> str:
    """Return an IRI as a header can hold it (RFC 3987, 3.1)."""
    return _quote(iri, "#?")


def read_asked(section: str, rest: str, ns: Namespaces) -> list[str]:
    """Return the IRIs below a section of the base that a request's path may mean, the likeliest first.

    A path is the same whether its IRI is written with a letter beyond ASCII or with its percent-encoding (RFC 3987),
    and the router has decoded what was encoded on purpose; so each spelling is tried.

    Args:
        section: "id/".
        rest: what the router found after it, decoded.
        ns: the base of the data.
    """
    sent = _read_sent(rest)
    spelt = [_BEYOND_ASCII.sub(lambda found: _decode(found[0]), sent), sent, rest]
    query = request.query_string.decode("ascii", "ignore")
    with_query = [f"{each}?{query}" for each in spelt] if query else []
    iris = dict.fromkeys(f"{ns.base}{section}{each}" for each in (*with_query, *spelt))
    return [iri for iri in iris if is_iri(iri)]


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI (RFC 3987): only one that is can be written into a query."""
    try:
        return ox.NamedNode(text).value == text
    except ValueError:
        return False


def _read_sent(rest: str) -> str:
    # Servers pass the path on undecoded under this name, which WSGI does not require (waitress, gunicorn, werkzeug do).
    raw = str(request.environ.get("REQUEST_URI") or "").partition("?")[0]
    start = quote(request.script_root + request.path[: len(request.path) - len(rest)], safe=_AS_IS)
    return raw[len(start) :] if raw.startswith(start) and raw.isascii() else _quote(rest)


def _decode(text: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def _quote(text: str, also: str = "") -> str:
    return quote(text, safe=_AS_IS + also)
