"""What the service says of itself (SPARQL 1.1 Service Description). In: an edition, limits. Out: RDF, negotiated."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pyoxigraph as ox
from flask import Response, request
from werkzeug.exceptions import NotAcceptable

from cyppgraph.namespaces import EXTERNAL_PREFIXES
from cyppgraph.store import AnswerKind, Edition, Limits, formats_for
from cyppgraph.web.http.caching import answer_unchanged, mark
from cyppgraph.web.http.delivery import say_charset
from cyppgraph.web.http.negotiation import choose_format

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = [
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "TriG",
    "N-Quads",
]
_INPUTS = ["Turtle", "N-Triples", "RDF_XML", "JSON-LD"]
_TYPE = ox.NamedNode(EXTERNAL_PREFIXES["rdf"] + "type")
_INTEGER = ox.NamedNode(EXTERNAL_PREFIXES["xsd"] + "integer")
_DECIMAL = ox.NamedNode(EXTERNAL_PREFIXES["xsd"] + "decimal")


def describe_service(edition: Edition, limits: Limits, *, is_writable: bool) -> Response:
    """Return the description of the service in the format that the client prefers.

    Raises:
        NotAcceptable: the client takes no format of RDF.
    """
    choice = choose_format(request.headers.get("Accept"), formats_for(AnswerKind.TRIPLES))
    if choice is None:
        raise NotAcceptable("The service describes itself as RDF; ask for text/turtle, or send a query.")
    form, media_type = choice
    parts = ("description", request.base_url, media_type, str(limits), str(is_writable))
    response = answer_unchanged(edition, *parts)
    if response is None:
        triples = list(_describe(request.base_url.rstrip("/"), edition, limits, is_writable=is_writable))
        prefixes = {name: EXTERNAL_PREFIXES[name] for name in ("void", "dct", "xsd")}
        prefixes |= {"sd": _SD, "cypp": edition.namespaces.ontology}
        known = prefixes if form.name in ("ttl", "trig", "rdf") else None
        body = ox.serialize(triples, format=form.engine, prefixes=known)  # type: ignore[arg-type]
        response = mark(Response(body, content_type=say_charset(media_type)), edition, *parts)
    response.vary.update(("Accept", "Accept-Encoding"))
    return response


def _in(namespace: str) -> Callable[[str], ox.NamedNode]:
    return lambda name: ox.NamedNode(namespace + name)


def _describe(endpoint: str, edition: Edition, limits: Limits, *, is_writable: bool) -> Iterator[ox.Triple]:
    service, dataset = ox.NamedNode(f"{endpoint}#service"), ox.NamedNode(f"{endpoint}#dataset")
    default = ox.NamedNode(f"{endpoint}#default-graph")
    sd, void = _in(_SD), _in(EXTERNAL_PREFIXES["void"])
    own = _in(edition.namespaces.ontology)
    yield ox.Triple(service, _TYPE, sd("Service"))
    yield ox.Triple(service, sd("endpoint"), ox.NamedNode(endpoint))
    for language in ("SPARQL11Query", *(("SPARQL11Update",) if is_writable else ())):
        yield ox.Triple(service, sd("supportedLanguage"), sd(language))
    yield ox.Triple(service, sd("feature"), sd("UnionDefaultGraph"))
    for name in _RESULTS:
        yield ox.Triple(service, sd("resultFormat"), ox.NamedNode(_FORMATS + name))
    for name in _INPUTS if is_writable else ():
        yield ox.Triple(service, sd("inputFormat"), ox.NamedNode(_FORMATS + name))
    yield ox.Triple(service, own("timeLimit"), ox.Literal(f"{limits.seconds:g}", datatype=_DECIMAL))
    for limit, value in (("memoryLimit", limits.memory), ("rowLimit", limits.rows), ("sizeLimit", limits.size)):
        yield ox.Triple(service, own(limit), ox.Literal(str(value), datatype=_INTEGER))
    yield ox.Triple(service, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, _TYPE, sd("Dataset"))
    if edition.version is not None:
        version = ox.NamedNode(EXTERNAL_PREFIXES["dcat"] + "version")
        yield ox.Triple(dataset, version, ox.Literal(edition.version))
    yield ox.Triple(dataset, sd("defaultGraph"), default)
    yield ox.Triple(default, _TYPE, sd("Graph"))
    for number, (name, count) in enumerate(edition.graphs.items(), start=1):
        named, graph = ox.NamedNode(f"{endpoint}#named-{number}"), ox.NamedNode(f"{endpoint}#graph-{number}")
        yield ox.Triple(dataset, sd("namedGraph"), named)
        yield ox.Triple(named, _TYPE, sd("NamedGraph"))
        yield ox.Triple(named, sd("name"), ox.NamedNode(name))
        yield ox.Triple(named, sd("graph"), graph)
        yield ox.Triple(graph, _TYPE, sd("Graph"))
        yield ox.Triple(graph, void("triples"), ox.Literal(str(count), datatype=_INTEGER))
