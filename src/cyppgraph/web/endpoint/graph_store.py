"""The SPARQL 1.1 Graph Store HTTP Protocol. In: a request about one graph. Out: its triples, or a change.

A graph is named by the address (``/graph/NAME``), or by ``/store?graph=IRI`` and ``/store?default``. Refuses changes
without the token, several graphs at once, and content that is not RDF.
"""

from __future__ import annotations

import uuid

import pyoxigraph as ox
from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest, NotFound, UnsupportedMediaType

from cyppgraph.store import (
    FORMATS,
    AnswerKind,
    Edition,
    Limits,
    Query,
    QuerySyntaxError,
    ResultFormat,
    Source,
    formats_for,
)
from cyppgraph.web.endpoint.protocol import say_changed
from cyppgraph.web.http.delivery import deliver
from cyppgraph.web.http.negotiation import choose_formats
from cyppgraph.web.http.results import ResultCache
from cyppgraph.web.http.tokens import require_token

_METHODS = ["GET", "PUT", "POST", "DELETE"]
_WRITABLE = {name: FORMATS[name] for name in ("ttl", "nt", "rdf", "jsonld")}
# The files of a form are read in this process: others nest without an end or hold entities, and only workers may die.
_MERGED = ("ttl", "nt")
_TYPES = {form.media_type: form for form in _WRITABLE.values()}


def make_graph_store(source: Source, limits: Limits, token: str | None, cache: ResultCache) -> Blueprint:
    """Return a blueprint that answers at ``/store`` and ``/graph/…``; the arguments are those of ``make_endpoint``."""
    blueprint = Blueprint("graph_store", __name__)

    def answer(graph: str | None) -> Response:
        if request.method in ("GET", "HEAD"):
            return _read(source.edition(), graph, limits, cache)
        require_token(token)
        if request.method == "DELETE":
            if not source.drop_graph(graph):
                raise NotFound(f"There is no graph {graph} here.")
            return say_changed(source.edition(), 204)
        content, form = _read_body()
        is_new = source.write_graph(graph, content, form, replace=request.method == "PUT")
        return say_changed(source.edition(), 201 if is_new else 204)

    @blueprint.route("/store", methods=_METHODS)
    def indirect() -> Response:
        if request.method == "POST" and not request.args:
            require_token(token)
            name = uuid.uuid4().hex
            response = answer(source.edition().namespaces.graph(name))
            response.headers["Location"] = f"{request.host_url}graph/{name}"
            return response
        return answer(_find_graph(source.edition()))

    @blueprint.route("/graph/<path:name>", methods=_METHODS)
    def direct(name: str) -> Response:
        return answer(source.edition().namespaces.graph(name))

    return blueprint


def _find_graph(edition: Edition) -> str | None:
    """Return the graph that the address names; one that is named by where it is served is told by its IRI."""
    named, is_default = request.args.getlist("graph"), "default" in request.args
    if len(named) + is_default != 1:
        raise BadRequest("Name one graph: /store?graph=IRI, or /store?default.")
    if is_default:
        return None
    try:
        ox.NamedNode(named[0])
    except ValueError as error:
        raise BadRequest(f"The name of a graph is an absolute IRI: {error}") from error
    served = f"{request.host_url}graph/"
    return named[0].replace(served, edition.namespaces.graphs, 1) if named[0].startswith(served) else named[0]


def _read(edition: Edition, graph: str | None, limits: Limits, cache: ResultCache) -> Response:
    if graph is not None and graph not in edition.graphs:
        known = ", ".join(list(edition.graphs)[:20])
        raise NotFound(f"There is no graph {graph} here. The graphs are {known}.")
    pattern = "{ ?s ?p ?o }" if graph is None else f"{{ GRAPH {ox.NamedNode(graph)} {{ ?s ?p ?o }} }}"
    choices = choose_formats(request.headers.get("Accept"))
    formats = {kind: choice[0] if choice else None for kind, choice in choices.items()}
    return deliver(
        edition, Query(f"CONSTRUCT {{ ?s ?p ?o }} {pattern}", formats=formats, limits=limits), choices, cache
    )


def _read_body() -> tuple[bytes, ResultFormat]:
    if request.mimetype != "multipart/form-data":
        return request.get_data(), _find_format(request.mimetype)
    pieces: list[bytes] = []
    for file in request.files.values():
        form = _find_format(file.mimetype)
        if form.name not in _MERGED:
            raise UnsupportedMediaType(
                f"In a form send triples as text/turtle or application/n-triples, not as {form.media_type}."
            )
        try:
            quads = ox.parse(file.read(), form.engine, rename_blank_nodes=True)  # type: ignore[arg-type]
            pieces.append(ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b"")
        except SyntaxError as error:
            message = f"{file.filename or file.name} is not {form.name}: {error.msg}"
            raise QuerySyntaxError(message, error.lineno, error.offset) from error
        except MemoryError as error:  # the parser's, of a term of more than 16 MiB
            raise BadRequest(f"{file.filename or file.name} holds a text or an IRI that is too long.") from error
    if not pieces:
        raise BadRequest("The form holds no file.")
    return b"".join(pieces), FORMATS["nt"]


def _find_format(media_type: str) -> ResultFormat:
    form = _TYPES.get(media_type)
    if form is None:
        known = ", ".join(each.media_type for each in formats_for(AnswerKind.TRIPLES) if each.name in _WRITABLE)
        raise UnsupportedMediaType(f"Send triples as {known}, not as {media_type or 'nothing in particular'}.")
    return form
