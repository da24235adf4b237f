"""The W3C's protocol tests as data. In: a manifest in Turtle. Out: cases, each of requests and what must come.

The manifests describe requests with the HTTP vocabulary (http://www.w3.org/2011/http#): method, path, headers, body;
and for each response the statuses that are right, a truth, a kind of format, headers, an RDF graph, a Location.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from rdflib import RDFS, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
_STATUSES = "http://www.w3.org/2011/http-statusCodes#"
_BY_NAME = {status.phrase.replace(" ", ""): str(status.value) for status in HTTPStatus}

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What must come back.

    Attributes:
        statuses: those that are right: "201", or "2xx" for a class of them.
        truth: the answer to an ASK query.
        kind: "boolean", "tabular" or "RDF".
        headers: those that must be there.
        body: RDF in the format that the headers name.
        location: what later requests call the value of the header Location.
    """

    statuses: frozenset[str]
    truth: bool | None
    kind: str | None
    headers: Headers
    body: str | None
    location: str | None


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it is to be sent; nothing is to be added but what HTTP/1.1 needs to carry it."""

    method: str
    path: str
    headers: Headers
    body: bytes | None
    expected: Expected

    @property
    def content_type(self) -> str:
        """What the request says that its body is, without parameters; "" if nothing."""
        types = [value for name, value in self.headers if name.lower() == "content-type"]
        return types[0].partition(";")[0].strip().lower() if types else ""


@dataclass(frozen=True, slots=True)
class Case:
    """A test: graphs (name, N-Triples) that must be there, then requests in order."""

    id: str
    name: str
    graphs: tuple[tuple[str, bytes], ...]
    requests: tuple[Request, ...]


def read_cases(manifest: Path) -> list[Case]:
    """Return the cases that a manifest lists, in its order."""
    graph = Graph().parse(manifest, format="turtle", publicID=manifest.as_uri())
    listed = graph.value(URIRef(manifest.as_uri()), MF.entries)
    return [_read_case(graph, case, manifest.parent) for case in Collection(graph, listed)]


def _read_case(graph: Graph, case: Node, folder: Path) -> Case:
    graphs = []
    for given in graph.objects(case, UT.graphData):
        file = folder / str(graph.value(given, UT.graph)).rpartition("/")[2]
        graphs.append((str(graph.value(given, RDFS.label)), file.read_bytes()))
    action = graph.value(case, MF.action)
    requests = Collection(graph, graph.value(action, HT.requests))
    return Case(
        str(case).rpartition("#")[2],
        str(graph.value(case, MF.name)),
        tuple(sorted(graphs)),
        tuple(_read_request(graph, request) for request in requests),
    )


def _read_request(graph: Graph, request: Node) -> Request:
    response = graph.value(request, HT.resp)
    truth, kind, location = (
        graph.value(response, name) for name in (MF.expectedBoolean, MF.expectedFormat, MF.expectedLocation)
    )
    text, _ = _read_body(graph, response)
    return Request(
        str(graph.value(request, HT.methodName)),
        str(graph.value(request, HT.absolutePath)),
        _read_headers(graph, request),
        _encode(*_read_body(graph, request)),
        Expected(
            frozenset(_read_status(status) for status in graph.objects(response, MF.expectedStatus)),
            None if truth is None else bool(truth.toPython()),
            None if kind is None else str(kind),
            _read_headers(graph, response),
            text,
            None if location is None else str(location),
        ),
    )


def _read_headers(graph: Graph, message: Node | None) -> Headers:
    listed = graph.value(message, HT.headers)
    if not isinstance(listed, BNode):
        return ()
    return tuple(
        (str(graph.value(header, HT.fieldName)), str(graph.value(header, HT.fieldValue)))
        for header in Collection(graph, listed)
    )


def _read_body(graph: Graph, message: Node | None) -> tuple[str | None, str]:
    body = graph.value(message, HT.body)
    if body is None:
        return None, ""
    return str(graph.value(body, CNT.chars)), str(graph.value(body, CNT.characterEncoding))


def _encode(text: str | None, encoding: str) -> bytes | None:
    return None if text is None else text.encode(encoding)


def _read_status(status: Node) -> str:
    name = str(status).removeprefix(_STATUSES)
    return name.removeprefix("StatusCode") if name.startswith("StatusCode") else _BY_NAME[name]
