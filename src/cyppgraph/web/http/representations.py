"""Triples as documents. In: what describes something, an Accept header. Out: one format, its bytes, its links.

Refuses RDF/XML for what XML cannot hold: control characters, and properties whose IRI does not end in a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

import pyoxigraph as ox
from flask import Response, make_response, redirect, request

from cyppgraph.store import AnswerKind, ResultFormat, formats_for
from cyppgraph.store.formats import choose_prefixes
from cyppgraph.store.xml import escape, has_named_property
from cyppgraph.web.http.negotiation import PAGE, DocumentFormat, choose_format
from cyppgraph.web.http.problems import state_problem

Form = DocumentFormat | ResultFormat
Locate = Callable[[str | None], str]  # from a format's name, or None, to the address of a description
_GRAPH_FORMS = {form.name: form for form in formats_for(AnswerKind.TRIPLES)}
FORMS: Mapping[str, Form] = {"html": PAGE, **_GRAPH_FORMS}

NOT_FOR_XML = "RDF/XML cannot hold this: a control character, or a property whose IRI does not end in a name."


def choose_form(forced: str | None) -> tuple[Form, str] | Response:
    """Return the format to send and the media type to call it, or the response that says what could be had (406).

    Args:
        forced: the name of the format that the address asks for; None to go by the Accept header.
    """
    if forced is not None:
        return FORMS[forced], FORMS[forced].media_type
    chosen = choose_format(request.headers.get("Accept"), tuple(FORMS.values()))
    if chosen is not None:
        return chosen
    return refuse_format("This address gives none of the formats that were asked for.")


def refuse_format(detail: str) -> Response:
    """Return a 406 with the formats there are (RFC 9110, 15.5.7)."""
    types = [form.media_type for form in FORMS.values()]
    return state_problem(406, f"{detail} It is sent as {', '.join(types[:-1])} or {types[-1]}.", offered=types)


def write_triples(triples: Sequence[ox.Triple], form: ResultFormat, prefixes: Mapping[str, str]) -> bytes | None:
    """Write triples in a format; None where it cannot hold them.

    Args:
        triples: what is written, in this order.
        form: a format of triples.
        prefixes: what IRIs may be shortened by; those that are of no use are left out.
    """
    if form.name == "rdf" and not all(map(has_named_property, triples)):
        return None
    used = choose_prefixes(triples, form, prefixes)
    written: bytes = ox.serialize(triples, format=form.engine, prefixes=used) or b""  # type: ignore[arg-type]
    return escape(written) if form.name == "rdf" else written


def add_links(response: Response, iri: str, locate: Locate) -> Response:
    """Say where else a thing is described: one alternate for each format, the description, the thing's own IRI.

    Args:
        response: a description, or a redirect to one.
        iri: the thing's IRI, in ASCII.
        locate: gives the address of the description in a format, or negotiated for None.
    """
    links = [f'<{locate(form.name)}>; rel="alternate"; type="{form.media_type}"' for form in FORMS.values()]
    links.append(f'<{locate(None)}>; rel="describedby"; anchor="{iri}"')
    links.append(f'<{iri}>; rel="canonical"')
    response.headers["Link"] = ", ".join(links)
    # A redirect and a refusal are the same for all codings.
    response.vary.update(("Accept", "Accept-Encoding") if response.status_code in (200, 304) else ("Accept",))
    return response


def lead_on(address: str, status: HTTPStatus) -> Response:
    """Return a redirect to an address on this host, whatever the host is called; it may be kept for an hour.

    Where a thing is described does not change with the data, so it is not asked about each time.
    """
    response = make_response(redirect(address, status))
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
