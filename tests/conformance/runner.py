"""Puts a case to a server. In: a case, where the server takes what. Out: what was wrong with its answers.

Every case starts on an empty store (``DROP ALL``; ``CLEAR ALL`` may leave names of graphs behind, and then a graph that
is put there is not a new one) with the graphs that it needs put in. The token goes with every request: without it, all
that must be refused would be, whatever the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection
from io import BytesIO
from urllib.parse import quote, urlsplit

from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.query import Result

from .manifests import Case, Expected, Request

_BOOLEAN = {"application/sparql-results+json", "application/json", "application/sparql-results+xml", "application/xml"}
_RDF = {"text/turtle": "turtle", "application/n-triples": "nt", "application/rdf+xml": "xml", "text/html": "html"}
KINDS = {
    "boolean": _BOOLEAN,
    "tabular": _BOOLEAN | {"text/csv", "text/tab-separated-values"},
    "RDF": set(_RDF) | {"application/xhtml+xml"},
}


@dataclass(frozen=True, slots=True)
class Target:
    """A server: where it takes what.

    Attributes:
        authority: its host and port.
        query_path: where it takes queries, in place of ``/sparql/``.
        update_path: where it takes updates, likewise.
        gsp_path: its graph store, asked by ``?graph=``, in place of ``/gsp``; "" if it has none.
        direct_prefix: what the address of a graph of its own begins with, in place of ``/gsp/``.
        token: what allows writing (RFC 6750); "" if it needs none.
    """

    authority: str
    query_path: str = "/sparql/"
    update_path: str = "/sparql/"
    gsp_path: str = "/store"
    direct_prefix: str = "/graph/"
    token: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def media_type(self) -> str:
        """What the body is said to be, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def send(
    target: Target, method: str, path: str, headers: tuple[tuple[str, str], ...] = (), body: bytes | None = None
) -> Answer:
    """Send a request on a connection of its own, with these headers and none that HTTP/1.1 can do without."""
    connection = HTTPConnection(target.authority, timeout=60)
    try:
        connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in headers:
            connection.putheader(name, value)
        if target.token:
            connection.putheader("Authorization", f"Bearer {target.token}")
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body)
        response = connection.getresponse()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())
    finally:
        connection.close()


def run_case(target: Target, case: Case) -> list[str]:
    """Put a case to a server.

    Returns:
        What was wrong, one sentence each; nothing if it passed.
    """
    if not target.gsp_path and any(request.path.startswith("/gsp") for request in case.requests):
        return ["the server has no graph store"]
    wrong = _prepare(target, case)
    places: dict[str, str] = {}
    for number, request in enumerate(case.requests, 1):
        if wrong:
            break
        path = _find_path(target, case, request)
        body = request.body
        for name, value in places.items():
            path = path.replace(name, value)
            body = body.replace(name.encode(), value.encode()) if body is not None else None
        answer = send(target, request.method, path, request.headers, body)
        if request.expected.location is not None:
            places[request.expected.location] = answer.headers.get("location", "")
        wrong = [
            f"request {number}, {request.method} {path}: {each}"
            for each in judge(request.expected, answer, f"http://{target.authority}{path}")
        ]
    return wrong


def _prepare(target: Target, case: Case) -> list[str]:
    """Empty the store and put in what the case needs."""
    steps = [] if _is_empty(target) else [_update(target, "DROP ALL")]
    for name, content in case.graphs:
        if target.gsp_path:
            path = f"{target.gsp_path}?graph={quote(name, safe='')}"
            steps.append(send(target, "PUT", path, (("Content-Type", "application/n-triples"),), content))
        else:
            steps.append(_update(target, f"INSERT DATA {{ GRAPH <{name}> {{ {content.decode()} }} }}"))
    return [f"not prepared: {step}, {step.body[:300]!r}" for step in steps if step.status >= 300]


def _is_empty(target: Target) -> bool:
    """Tell whether there is nothing in the store; "no" in doubt. To ask is cheaper than to make sure."""
    query = "ASK { { ?s ?p ?o } UNION { GRAPH ?g {} } }"
    accept = ("Accept", "application/sparql-results+json")
    answer = send(target, "GET", f"{target.query_path}?query={quote(query)}", (accept,))
    return answer.status == HTTPStatus.OK and read_truth(answer) is False


def _update(target: Target, text: str) -> Answer:
    kind = (("Content-Type", "application/sparql-update"),)
    return send(target, "POST", target.update_path, kind, text.encode())


def _find_path(target: Target, case: Case, request: Request) -> str:
    """Put the server's paths in place of the manifest's."""
    if request.path.startswith("/sparql/"):
        updates = "update" in case.id and request.content_type != "application/sparql-query"
        return (target.update_path if updates else target.query_path) + request.path.removeprefix("/sparql/")
    if request.path.startswith("/gsp/"):
        return target.direct_prefix + request.path.removeprefix("/gsp/")
    return target.gsp_path + request.path.removeprefix("/gsp")


def judge(expected: Expected, answer: Answer, address: str) -> list[str]:
    """Compare an answer from an address with what is expected; return what is wrong."""
    status = str(answer.status)
    if not expected.statuses & {status, f"{status[0]}xx"}:
        return [f"status {status}, expected {' or '.join(sorted(expected.statuses))}: {answer.body[:300]!r}"]
    wrong = []
    if expected.location is not None and not urlsplit(answer.headers.get("location", "")).scheme:
        wrong.append(f"Location {answer.headers.get('location')!r}, expected an absolute IRI")
    if expected.kind is not None and answer.media_type not in KINDS[expected.kind]:
        wrong.append(f"content type {answer.media_type!r}, expected one for {expected.kind}")
    wrong += _judge_headers(expected, answer)
    try:
        if expected.truth is not None and (found := read_truth(answer)) is not expected.truth:
            wrong.append(f"the answer is {found}, expected {expected.truth}")
        if expected.body is not None and not _is_same_graph(expected, answer, address):
            wrong.append(f"another graph than expected: {answer.body[:1000]!r}")
    except Exception as error:  # parsers raise much
        wrong.append(f"not readable as {answer.media_type}: {error!r}: {answer.body[:300]!r}")
    return wrong


def _judge_headers(expected: Expected, answer: Answer) -> list[str]:
    """Compare headers; a charset need not be said (RFC 6657: of Turtle it is UTF-8), and must be right if it is."""
    wrong = []
    for name, value in expected.headers:
        found = answer.headers.get(name.lower(), "")
        (kind, charset), (found_kind, found_charset) = _split_type(value), _split_type(found)
        if found_kind != kind or (charset and found_charset and charset != found_charset):
            wrong.append(f"header {name}: {found!r}, expected {value!r}")
    return wrong


def _split_type(value: str) -> tuple[str, str]:
    kind, *parameters = (part.strip().lower() for part in value.split(";"))
    charsets = [part.removeprefix("charset=").strip('"') for part in parameters if part.startswith("charset=")]
    return kind, "".join(charsets)


def read_truth(answer: Answer) -> bool | None:
    """Return the answer to an ASK query, None if it is none.

    Raises:
        Exception: it cannot be read.
    """
    return Result.parse(BytesIO(answer.body), content_type=answer.media_type).askAnswer


def _is_same_graph(expected: Expected, answer: Answer, address: str) -> bool:
    kind, _ = _split_type(dict(expected.headers)["content-type"])
    right = Graph().parse(data=expected.body, format=_RDF[kind], publicID=address)
    found = Graph().parse(data=answer.body, format=_RDF[answer.media_type], publicID=address)
    return isomorphic(right, found)
