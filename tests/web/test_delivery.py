"""Answers on their way: cached exactly, zipped, whole or visibly broken."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
from collections.abc import Iterator
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient

from cyppgraph.store import AnswerKind, EmbeddedSource, Limits, Query
from cyppgraph.store.remote import RemoteSource
from cyppgraph.web import create_app
from cyppgraph.web.http.results import Kept, ResultCache

TITLES = "/sparql?query=" + quote("SELECT ?title { ?plan dct:title ?title } ORDER BY ?title")
_OTHERS = ("text/tab-separated-values", "application/sparql-results+json")
ENDLESS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s }"
RUNAWAY = ENDLESS.replace("*", "(COUNT(*) AS ?n)")


@pytest.fixture
def narrow(source: EmbeddedSource) -> FlaskClient:
    """The application with limits that are soon come to."""
    return create_app(source, limits=Limits(seconds=0.3, rows=3, size=2_000)).test_client()


def test_a_copy_is_asked_about_and_not_sent_again(client: FlaskClient) -> None:
    first = client.get(TITLES)
    etag = first.headers["ETag"]
    again = client.get(TITLES, headers={"If-None-Match": etag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert first.headers["Data-Version"] == again.headers["Data-Version"]
    assert first.headers["Last-Modified"]
    assert {"Accept", "Accept-Encoding"} <= {part.strip() for part in again.headers["Vary"].split(",")}


def test_what_differs_in_any_way_has_another_validator(client: FlaskClient) -> None:
    graph = "&default-graph-uri=" + quote("https://w3id.org/cyppgraph/graph/alder-2012")
    requests: list[tuple[str, dict[str, str]]] = [
        (TITLES, {}),
        (TITLES, {"Accept": "text/csv"}),
        (TITLES, {"Accept-Encoding": "gzip"}),
        (TITLES + graph, {}),
        (TITLES + graph.replace("default", "named"), {}),
        (TITLES + "%20LIMIT%205", {}),
    ]
    assert len({client.get(path, headers=headers).headers["ETag"] for path, headers in requests}) == len(requests)


@pytest.mark.parametrize("call", ["NOW()", "rand()", "UUID()", "StrUUID()"])
def test_an_answer_that_differs_each_time_is_not_cached(client: FlaskClient, call: str) -> None:
    response = client.get("/sparql?query=" + quote(f"SELECT ({call} AS ?x) {{}}"))
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_an_answer_is_zipped_for_those_who_take_it(client: FlaskClient) -> None:
    path = "/sparql?query=" + quote("SELECT * { ?s ?p ?o . ?a ?b ?c }")
    plain = client.get(path)
    zipped = client.get(path, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    refused = client.get(path, headers={"Accept-Encoding": "gzip;q=0"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data == refused.data
    assert "Content-Encoding" not in refused.headers


def test_a_cached_answer_is_the_same_answer(source: EmbeddedSource) -> None:
    cache = ResultCache()
    client = create_app(source, cache=cache).test_client()
    query = "SELECT ?title { ?plan dct:title ?title }"
    first, again = (client.post("/sparql", data={"query": query}) for _ in range(2))
    assert (first.data, dict(first.headers)) == (again.data, dict(again.headers))
    assert cache.hits == 1


def test_the_cache_keeps_what_was_asked_for_last_and_no_more_than_it_may() -> None:
    cache = ResultCache(size=100, largest=60)
    for name in ("a", "b"):
        cache.keep(name, Kept(b"x" * 40, "text/csv", AnswerKind.ROWS, 1))
    cache.find("a")
    cache.keep("c", Kept(b"x" * 40, "text/csv", AnswerKind.ROWS, 1))
    cache.keep("d", Kept(b"x" * 61, "text/csv", AnswerKind.ROWS, 1))
    assert [name for name in "abcd" if cache.find(name)] == ["a", "c"]


def test_the_cache_keeps_no_more_answers_than_it_may_however_small_they_are() -> None:
    cache = ResultCache(most=2)
    for name in "abc":
        cache.keep(name, Kept(b"", "text/csv", AnswerKind.TRUTH, 0))
    assert [name for name in "abc" if cache.find(name)] == ["b", "c"]


def test_head_tells_what_get_would(client: FlaskClient) -> None:
    get, head = client.get(TITLES), client.head(TITLES)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == get.headers["Content-Length"]
    assert client.head("/sparql?query=ASK").status_code == 400


@pytest.mark.parametrize(
    ("query", "limit"), [(RUNAWAY, "time"), ("SELECT * { ?a ?b ?c }", "rows"), ("DESCRIBE ?s { ?s ?p ?o }", "rows")]
)
def test_a_limit_is_a_true_status_that_says_which(narrow: FlaskClient, query: str, limit: str) -> None:
    response = narrow.post("/sparql", data={"query": query})
    told = json.loads(response.data)
    assert (response.status_code, response.mimetype) == (503, "application/problem+json")
    assert (told["limit"], told["status"]) == (limit, 503)
    assert ("Retry-After" in response.headers) == (limit == "time")
    assert response.headers["Cache-Control"] == "no-store"


def test_a_client_may_ask_to_be_stopped_earlier_and_not_later(source: EmbeddedSource) -> None:
    client = create_app(source, limits=Limits(seconds=0.4)).test_client()
    told = [
        json.loads(client.post("/sparql", data={"query": RUNAWAY, "timeout": seconds}).data)["allowed"]
        for seconds in ("0.1", "60")
    ]
    assert told == [0.1, 0.4]
    assert client.post("/sparql", data={"query": "ASK {}", "timeout": "soon"}).status_code == 400


def test_a_browser_gets_a_page_that_says_what_went_wrong(narrow: FlaskClient) -> None:
    response = narrow.get("/sparql?query=ASK+%7B", headers={"Accept": "text/html,*/*;q=0.5"})
    assert (response.status_code, response.mimetype) == (400, "text/html")
    assert "line 1, column 6" in response.text


class TestOverTheWire:
    """What only a connection shows."""

    @pytest.fixture
    def connection(self, address: str) -> Iterator[http.client.HTTPConnection]:
        opened = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        yield opened
        opened.close()

    @pytest.mark.parametrize("accept", ["text/csv", *(pytest.param(each, marks=pytest.mark.long) for each in _OTHERS)])
    @pytest.mark.parametrize("coding", ["identity", "gzip"])
    def test_an_answer_that_cannot_be_finished_breaks_off(
        self, connection: http.client.HTTPConnection, accept: str, coding: str
    ) -> None:
        path = f"/sparql?timeout=3&query={quote(ENDLESS)}"
        connection.request("GET", path, headers={"Accept": accept, "Accept-Encoding": coding})
        response = connection.getresponse()
        assert response.status == 200, "it had begun well"
        with pytest.raises(http.client.IncompleteRead):
            response.read()

    def test_a_client_that_cannot_see_a_break_gets_no_part_of_an_answer(self, address: str) -> None:
        netloc = urlsplit(address)
        with socket.create_connection((netloc.hostname, netloc.port), timeout=60) as line:
            line.sendall(f"GET /sparql?timeout=1&query={quote(ENDLESS)} HTTP/1.0\r\n\r\n".encode())
            head = b"".join(iter(lambda: line.recv(65536), b""))
        assert b" 503 " in head.split(b"\r\n", 1)[0]


def test_the_service_says_what_it_allows(client: FlaskClient) -> None:
    description = client.get("/sparql", headers={"Accept": "text/turtle"}).text
    assert "cypp:timeLimit" in description
    assert "cypp:rowLimit 1000000" in description


def test_a_reply_is_let_go_when_nobody_reads_it(source: EmbeddedSource) -> None:
    client = create_app(source).test_client()
    response = client.get(f"/sparql?query={quote(ENDLESS)}", buffered=False)
    next(iter(response.response))
    response.close()
    assert source.status()["workers_busy"] == 0
    assert list(source.edition().query(Query("ASK {}")))


def test_a_server_behind_this_one_that_does_not_answer_is_a_bad_gateway() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    response = create_app(RemoteSource(f"http://127.0.0.1:{port}/sparql")).test_client().get(TITLES)
    assert (response.status_code, response.mimetype) == (502, "application/problem+json")
