"""Half an answer is an error: whatever a server sends, what is passed on is whole."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from cyppgraph.errors import CyppgraphError
from cyppgraph.store import (
    FORMATS,
    AnswerKind,
    BusyError,
    LimitError,
    Limits,
    Query,
    QueryFailedError,
    QueryRefusedError,
    QuerySyntaxError,
)
from cyppgraph.store.remote import RemoteSource, open_remote
from store.remote import scripted
from store.remote.scripted import Act, ScriptedServer, respond, respond_in_chunks, respond_unmeasured

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
ROWS = (
    b'{"head":{"vars":["a"]},"results":{"bindings":'
    b'[{"a":{"type":"literal","value":"x"}},{"a":{"type":"literal","value":"y"}}]}}'
)
ROWS_XML = (
    b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="a"/></head>'
    b'<results><result><binding name="a"><literal>x</literal></binding></result>'
    b'<result><binding name="a"><literal>y</literal></binding></result></results></sparql>'
)
YES = b'{"head":{},"boolean":true}'
YES_XML = b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>'
NT = b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:d> .\n"
RDF = (
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">'
    b'<rdf:Description rdf:about="urn:a"><u:b rdf:resource="urn:c"/></rdf:Description></rdf:RDF>'
)
SELECT, ASK, CONSTRUCT = "SELECT ?a { ?s ?p ?a }", "ASK { ?s ?p ?o }", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"
ASK_ROWS = b'{"head":{"vars":["__ASK_RETVAL"]},"results":{"bindings":[%s]}}'
ASK_ROW = b'{"__ASK_RETVAL":{"type":"typed-literal","datatype":"http://www.w3.org/2001/XMLSchema#integer","value":"1"}}'


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    made = ScriptedServer()
    yield made
    made.close()


def ask(server: ScriptedServer, act: Act, text: str, form: str | None = None, limits: Limits | None = None) -> bytes:
    server.act = act
    source = RemoteSource(server.address, union=False)
    formats = dict.fromkeys(AnswerKind, FORMATS[form] if form else None)
    query = Query(text, formats=formats, limits=limits or Limits()) if form else Query(text, limits=limits or Limits())
    return b"".join(source.query(query))


@pytest.mark.parametrize(
    ("act", "text", "form", "expected"),
    [
        (respond(ROWS), SELECT, "csv", b"a\r\nx\r\ny\r\n"),
        (respond(ROWS, "application/json;charset=utf-8"), SELECT, "csv", b"a\r\nx\r\ny\r\n"),
        (respond(ROWS_XML + b"\n", XML), SELECT, "csv", b"a\r\nx\r\ny\r\n"),
        (respond_unmeasured(ROWS, JSON), SELECT, "csv", b"a\r\nx\r\ny\r\n"),
        (respond_in_chunks([ROWS[:30], ROWS[30:]], JSON), SELECT, "tsv", b"""?a\n"x"\n"y"\n"""),
        (respond(YES), ASK, "json", YES),
        (respond(YES_XML, XML), ASK, "json", YES),
        (respond(ASK_ROWS % ASK_ROW), ASK, "json", YES),
        (respond(ASK_ROWS % b""), ASK, "json", YES.replace(b"true", b"false")),
        (respond(NT, "application/n-triples"), CONSTRUCT, "nt", NT),
        (respond(b"# Empty NT\n", "application/n-triples"), CONSTRUCT, "nt", b""),
        (respond(RDF, "application/rdf+xml"), CONSTRUCT, "nt", NT[:26]),
        (respond_unmeasured(RDF, "application/rdf+xml"), CONSTRUCT, "nt", NT[:26]),
        (respond_in_chunks([NT], "text/turtle"), CONSTRUCT, "nt", NT),
    ],
)
def test_a_whole_answer_is_written_anew(server, act: Act, text: str, form: str, expected: bytes) -> None:
    assert ask(server, act, text, form) == expected


CANCELLED = b"The SPARQL operation has been cancelled"
SHORT, CHUNKED = ["Content-Length: 999"], ["Transfer-Encoding: chunked"]
PARTS = {
    "status 206": (respond(ROWS, status="206 Partial Content"), SELECT),
    "Virtuoso ran out of time": (respond(ROWS, headers=["X-SQL-State: S1TAT"]), SELECT),
    "the same of Virtuoso": (respond(NT, "text/turtle", headers=["X-SQL-State: S1TAT"]), CONSTRUCT),
    "Virtuoso failed with 200": (respond(ROWS, headers=["X-SQL-State: 22023"]), SELECT),
    "a page with 200": (respond(b"<html><body>Log in</body></html>", "text/html"), SELECT),
    "a page with 200 for triples": (respond(b"<html><body>Log in</body></html>", "text/html"), CONSTRUCT),
    "a page called XML": (respond(b"<html><body>Log in</body></html>", "application/xml"), SELECT),
    "no media type": (scripted.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), SELECT),
    "nothing": (respond(b""), SELECT),
    "nothing for yes or no": (respond(b""), ASK),
    "yes where rows were asked for": (respond(YES), SELECT),
    "rows where yes was asked for": (respond(ROWS), ASK),
    "Oxigraph ran out of time": (respond_in_chunks([ROWS[:-4], CANCELLED], JSON), SELECT),
    "the same, triples": (respond_in_chunks([NT, CANCELLED], "text/turtle"), CONSTRUCT),
    "Fuseki ran out of time": (respond(ROWS + b"\n## Query cancelled due to timeout during execution ##\n"), SELECT),
    "the same, N-Triples": (respond(NT + b"\n##  Query cancelled ##\n\n", "application/n-triples"), CONSTRUCT),
    "the same, Turtle": (respond_in_chunks([NT, b"## Query cancelled ##"], "text/turtle"), CONSTRUCT),
    "the same, XML": (respond(ROWS_XML + b"## Query cancelled ##", XML), SELECT),
    "Fuseki, yes": (respond(YES + b"## Query cancelled ##"), ASK),
    "Fuseki, yes as XML": (respond(YES_XML + b"## Query cancelled ##", XML), ASK),
    "Comunica ran out of time": (respond(ROWS + b"!TIMEDOUT!"), SELECT),
    "the same, nothing came": (respond(b"!TIMEDOUT!", "application/n-triples"), CONSTRUCT),
    "Neptune failed": (respond(ROWS[:-3] + b'{"requestId":"1","code":"TimeLimitExceededException"}'), SELECT),
    "the same, yes": (respond(YES[:-1] + b'{"code":"TimeLimitExceededException"}'), ASK),
    "another answer follows": (respond(ROWS + ROWS), SELECT),
    "shorter than its length": (
        scripted.send(scripted.write_head("200 OK", [f"Content-Type: {JSON}", *SHORT]) + ROWS),
        SELECT,
    ),
    "shorter than its length, triples": (
        scripted.send(scripted.write_head("200 OK", ["Content-Type: text/turtle", *SHORT]) + NT),
        CONSTRUCT,
    ),
    "no last chunk": (respond_in_chunks([NT], "application/n-triples", last_chunk=False), CONSTRUCT),
    "no last chunk, rows": (respond_in_chunks([ROWS], JSON, last_chunk=False), SELECT),
    "within a chunk": (
        scripted.send(scripted.write_head("200 OK", [f"Content-Type: {JSON}", *CHUNKED]) + b"400\r\n" + ROWS),
        SELECT,
    ),
    "triples without an end": (respond_unmeasured(NT, "application/n-triples"), CONSTRUCT),
    "the connection closed at once": (scripted.send(b""), SELECT),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_an_error(server, name: str) -> None:
    act, text = PARTS[name]
    with pytest.raises(QueryFailedError):
        ask(server, act, text)


@pytest.mark.parametrize(
    ("body", "media_type", "text"),
    [
        (ROWS, JSON, SELECT),
        (ROWS_XML, XML, SELECT),
        (YES, JSON, ASK),
        (YES_XML, XML, ASK),
        (ASK_ROWS % ASK_ROW, JSON, ASK),
        (RDF, "application/rdf+xml", CONSTRUCT),
    ],
)
def test_a_body_cut_anywhere_is_an_error_though_its_end_is_clean(server, body, media_type, text) -> None:
    passed = []
    for length in range(len(body)):
        try:
            passed.append((body[:length], ask(server, respond(body[:length], media_type), text)))
        except QueryFailedError:
            continue
    assert passed == []


def test_a_long_answer_breaks_off_while_it_is_read(server) -> None:
    row = b'{"a":{"type":"literal","value":"' + b"x" * 100 + b'"}},'
    server.act = respond_in_chunks([ROWS[:46], row * 5000], JSON)
    reply = RemoteSource(server.address, union=False).query(Query(SELECT))
    seen = 0
    with pytest.raises(QueryFailedError, match=r"no whole answer|to its end"):
        for block in reply:
            seen += len(block)
    assert seen > 100_000


def test_rows_that_the_server_has_cut_are_an_error(server) -> None:
    with pytest.raises(LimitError, match="more than 2 rows"):
        ask(server, respond(ROWS, headers=["X-SPARQL-MaxRows: 2"]), SELECT)
    assert ask(server, respond(ROWS, headers=["X-SPARQL-MaxRows: 3"]), SELECT, "csv") == b"a\r\nx\r\ny\r\n"


@pytest.mark.parametrize(("limits", "name"), [(Limits(rows=1), "rows"), (Limits(size=20), "size")])
def test_our_own_limits_hold(server, limits: Limits, name: str) -> None:
    for act, text in ((respond(ROWS), SELECT), (respond(NT, "text/turtle"), CONSTRUCT)):
        with pytest.raises(LimitError) as caught:
            ask(server, act, text, limits=limits)
        assert caught.value.limit == name


def drip(connection: socket.socket) -> None:
    connection.sendall(scripted.write_head("200 OK", [f"Content-Type: {JSON}"]) + ROWS[:46])
    for _ in itertools.count():
        connection.sendall(b" ")
        time.sleep(0.02)


@pytest.mark.parametrize("is_silent", [True, False])
def test_our_own_deadline_ends_the_query_and_the_connection(server, is_silent: bool) -> None:
    with pytest.raises(LimitError, match=r"after 0\.3 seconds"):
        ask(server, scripted.wait_for_end(server) if is_silent else drip, SELECT, limits=Limits(seconds=0.3))
    assert server.has_lost_client.wait(30)


@pytest.mark.parametrize("is_silent", [True, False])
def test_a_client_that_leaves_ends_the_connection(server, is_silent: bool) -> None:
    server.act = scripted.wait_for_end(server) if is_silent else drip
    has_left = threading.Event()
    threading.Timer(0.2, has_left.set).start()
    with pytest.raises(QueryFailedError, match="left"):
        b"".join(RemoteSource(server.address, union=False).query(Query(SELECT), has_left.is_set))
    assert server.has_lost_client.wait(30)


def test_a_reply_that_is_closed_early_ends_the_connection(server) -> None:
    row = b'{"a":{"type":"literal","value":"' + b"x" * 1000 + b'"}},'

    def send_for_ever(connection: socket.socket) -> None:
        connection.sendall(scripted.write_head("200 OK", [f"Content-Type: {JSON}"]) + ROWS[:46])
        for _ in itertools.count():
            connection.sendall(row)

    server.act = send_for_ever
    reply = RemoteSource(server.address, union=False).query(Query(SELECT))
    next(iter(reply))
    reply.close()
    assert server.has_lost_client.wait(30)


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        ("400 Bad Request", QuerySyntaxError, "no such function"),
        ("401 Unauthorized", QueryFailedError, "credentials"),
        ("404 Not Found", QueryFailedError, "nothing at this address"),
        ("405 Method Not Allowed", QueryFailedError, "does not take such requests"),
        ("500 Oh", QueryFailedError, "no such function"),
        ("503 Busy", BusyError, "in 7 seconds"),
        ("307 Moved", QueryFailedError, "http://elsewhere/"),
    ],
)
def test_what_a_server_says_is_passed_on(server, status: str, kind: type[Exception], words: str) -> None:
    headers = ["Retry-After: 7", "Location: http://elsewhere/"]
    with pytest.raises(kind, match=words):
        ask(server, respond(b"<p>no such <b>function</b></p>", "text/html", status, headers), SELECT)


def test_credentials_are_sent_and_never_told(server) -> None:
    server.act = respond(b"go away", "text/plain", "401 Unauthorized")
    source = RemoteSource(server.address.replace("://", "://reader:se%2Fcret@"), union=False)
    with pytest.raises(QueryFailedError) as caught:
        source.query(Query(SELECT))
    assert b"Authorization: Basic cmVhZGVyOnNlL2NyZXQ=" in server.requests[0]
    assert "cret" not in str(caught.value) + source.address
    for wrong in ("ftp://a:secret@b/", "http://a:secret@:1/", "http://a:b@c:secret/"):
        with pytest.raises(CyppgraphError) as caught:
            RemoteSource(wrong)
        assert "secret" not in str(caught.value)


def test_nobody_there_is_an_error_that_names_the_address() -> None:
    with pytest.raises(
        QueryFailedError, match=r"No answer from http://127\.0\.0\.1:9/: \[Errno \d+\] Connection refused"
    ):
        RemoteSource("http://127.0.0.1:9/", union=False).query(Query(SELECT))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("SELECT * {\n ?s ?p }", QuerySyntaxError),
        ("SELECT * { ?s nobody:knows ?o }", QuerySyntaxError),
        ("SELECT * {\n SERVICE <http://127.0.0.1:9/> {} }", QueryRefusedError),
        ("DROP ALL", QuerySyntaxError),
    ],
)
def test_what_is_no_query_of_ours_is_never_sent(server, text: str, kind: type[Exception]) -> None:
    with pytest.raises(kind, match=r"line [12]"):
        ask(server, respond(ROWS), text)
    assert server.requests == []


def test_a_query_is_checked_without_being_evaluated(server) -> None:
    """What would take for ever in this process is sent to the server at once, and so is what is wrong with it told."""
    values = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(99)))} }}" for n in range(9))
    assert ask(server, respond(YES), f"ASK {{ {values} FILTER(?v0 < 0) }}") == YES
    assert ask(server, respond(ROWS), f"SELECT * {{ {values} }} ORDER BY ?v1 LIMIT 1")
    with pytest.raises(QuerySyntaxError, match="nonsense"):
        ask(server, respond(YES), f"ASK {{ {values} FILTER(?v0 < 0) }} nonsense")


def test_too_many_queries_at_a_time_are_refused(server) -> None:
    server.act = scripted.wait_for_end(server)
    source = RemoteSource(server.address, union=False, concurrency=1)
    has_left = threading.Event()

    def wait() -> None:
        with pytest.raises(QueryFailedError):
            source.query(Query(SELECT), has_left.is_set)

    first = threading.Thread(target=wait)
    first.start()
    while not server.requests:
        time.sleep(0.01)
    with pytest.raises(BusyError):
        source.query(Query(SELECT))
    has_left.set()
    first.join()
    server.act = respond(ROWS)
    while True:  # the place is free once the connection is closed
        try:
            assert b"".join(source.query(Query(SELECT)))
            return
        except BusyError:
            time.sleep(0.01)


def test_the_public_is_not_told_where_the_server_is() -> None:
    source = open_remote("http://127.0.0.1:9/secret-path", environment={})
    with pytest.raises(QueryFailedError) as caught:
        source.edition().query(Query("ASK {}"))
    assert "secret-path" not in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)
