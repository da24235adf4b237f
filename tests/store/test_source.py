"""Workers: they answer, they are stopped, they are replaced, and what they are asked of stays one version."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cyppgraph.namespaces import Namespaces
from cyppgraph.store import (
    BusyError,
    EmbeddedSource,
    LimitError,
    Limits,
    NotAcceptableError,
    Query,
    QueryFailedError,
    QueryRefusedError,
    QuerySyntaxError,
    is_true,
    list_files,
    make_snapshot,
    read_rows,
    read_triples,
)
from cyppgraph.store.formats import FORMATS
from served import open_source

NAMES = Namespaces()
FIRST = "".join(f"<http://example.org/{n}> <http://example.org/p> {n} .\n" for n in range(2_000))
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a != ?d && ?g != ?j) }"
MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.fixture(scope="module")
def turtle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("turtle")
    (folder / "first.ttl").write_text(FIRST, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def source(turtle: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSource]:
    """Two places, 256 MiB for a query."""
    with open_source(turtle, tmp_path_factory.mktemp("snapshots"), limits=Limits(memory=2**28)) as opened:
        yield opened


def children() -> set[int]:
    """The workers of this process."""
    found = set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                stat = (folder / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
                line = (folder / "cmdline").read_bytes()
            except OSError:
                continue
            if int(stat[1]) == os.getpid() and b"store.worker" in line and stat[0] != "Z":
                found.add(int(folder.name))
    return found


def test_rows_truth_and_triples(source: EmbeddedSource) -> None:
    edition = source.edition()
    assert [row[0].value for row in read_rows(edition, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")] == ["2000"]
    assert is_true(edition, "ASK { ?s ?p 1999 }")
    assert len(read_triples(edition, "CONSTRUCT { ?s a ?s } { ?s ?p 7 }")) == 1


@pytest.mark.parametrize(
    ("text", "limits", "limit"),
    [
        (RUNAWAY, Limits(seconds=0.2), "time"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d", Limits(), "memory"),
        (MANY, Limits(rows=10), "rows"),
        ("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", Limits(rows=10), "rows"),
        (MANY, Limits(size=1_000), "size"),
        (MANY, Limits(seconds=0.2), "time"),
    ],
)
def test_what_comes_to_a_limit_is_an_error_that_names_it(
    source: EmbeddedSource, text: str, limits: Limits, limit: str
) -> None:
    with pytest.raises(LimitError) as caught:
        b"".join(source.edition().query(Query(text, limits=limits)))
    assert caught.value.limit == limit
    assert is_true(source.edition(), "ASK {}"), "the next one is answered"


def test_an_answer_of_just_so_many_rows_is_given(source: EmbeddedSource) -> None:
    reply = source.edition().query(Query("SELECT * { ?a ?b ?c }", limits=Limits(rows=2_000)))
    b"".join(reply)
    assert reply.rows == 2_000


@pytest.mark.parametrize(
    ("text", "kind"),
    [("ASK {", QuerySyntaxError), ("ASK { SERVICE <http://127.0.0.1:9/> {} }", QueryRefusedError)],
)
def test_errors_keep_their_kind_and_place(source: EmbeddedSource, text: str, kind: type[QuerySyntaxError]) -> None:
    with pytest.raises(kind) as caught:
        source.edition().query(Query(text))
    assert caught.value.line == 1
    assert caught.value.column is not None


def test_a_query_that_is_nested_too_deeply_is_refused_and_harms_nobody(source: EmbeddedSource) -> None:
    with pytest.raises(QueryRefusedError, match="nested too deeply"):
        source.edition().query(Query("ASK " + "{" * 30_000 + "}" * 30_000))
    assert is_true(source.edition(), "ASK {}")


def test_a_worker_that_somebody_kills_is_replaced_before_anyone_notices(source: EmbeddedSource) -> None:
    assert is_true(source.edition(), "ASK {}")
    for worker in children():
        os.kill(worker, signal.SIGKILL)
    assert is_true(source.edition(), "ASK {}")


def test_a_worker_that_is_killed_while_it_sends_gives_an_error(source: EmbeddedSource) -> None:
    blocks = iter(source.edition().query(Query(MANY)))
    next(blocks)
    for worker in children():
        os.kill(worker, signal.SIGKILL)
    with pytest.raises(QueryFailedError, match="ended"):
        b"".join(blocks)


@pytest.mark.parametrize("text", [RUNAWAY, MANY])
def test_a_client_that_leaves_ends_its_query(source: EmbeddedSource, text: str) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryFailedError, match="left"):
        b"".join(source.edition().query(Query(text), lambda: time.monotonic() > begun + 0.3))
    assert source.status()["workers_busy"] == 0


def test_an_answer_that_is_not_read_on_lets_its_worker_go(source: EmbeddedSource) -> None:
    reply = source.edition().query(Query(MANY))
    next(iter(reply))
    reply.close()
    assert source.status()["workers_busy"] == 0
    assert len(children()) <= 2


def test_when_all_places_and_the_queue_are_taken_one_is_told_so(turtle: Path, tmp_path: Path) -> None:
    make_snapshot(tmp_path, list_files(turtle, NAMES), NAMES)
    source = EmbeddedSource(tmp_path, places=1, queue=0)
    try:
        reply = source.edition().query(Query(MANY))
        with pytest.raises(BusyError):
            source.edition().query(Query("ASK {}"))
        reply.close()
        assert is_true(source.edition(), "ASK {}")
    finally:
        source.close()


def test_queries_that_wait_are_answered_in_time(source: EmbeddedSource) -> None:
    answers: list[bool] = []
    threads = [
        threading.Thread(target=lambda: answers.append(is_true(source.edition(), "ASK { ?s ?p 5 }"))) for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert answers == [True] * 12


def test_an_edition_stays_what_it_was_when_another_is_swapped_in(tmp_path: Path) -> None:
    turtle = tmp_path / "turtle"
    turtle.mkdir()
    (turtle / "one.ttl").write_text("<http://example.org/a> <http://example.org/p> 1 .", encoding="utf-8")
    with open_source(turtle, tmp_path / "snapshots") as source:
        before = source.edition()
        (turtle / "one.ttl").write_text("<http://example.org/a> <http://example.org/p> 2 .", encoding="utf-8")
        make_snapshot(tmp_path / "snapshots", list_files(turtle, NAMES), NAMES)
        after = source.edition()
        assert before.version != after.version
        for _ in range(2):
            assert is_true(before, "ASK { ?s ?p 1 MINUS { ?s ?p 2 } }")
            assert is_true(after, "ASK { ?s ?p 2 MINUS { ?s ?p 1 } }")


def test_no_worker_outlives_its_source(turtle: Path, tmp_path: Path) -> None:
    before = children()
    with open_source(turtle, tmp_path) as source:
        source.edition().query(Query(MANY))
        assert children() - before
        source.edition().query(Query("ASK {}")).close()
    assert not children() - before


class TestChanges:
    """Updates and graphs make another version, all of it or nothing."""

    @pytest.fixture
    def source(self, turtle: Path, tmp_path: Path) -> Iterator[EmbeddedSource]:
        with open_source(turtle, tmp_path) as opened:
            yield opened

    def test_what_is_put_in_no_graph_is_in_the_union_until_it_is_taken_out(self, source: EmbeddedSource) -> None:
        before = source.edition()
        source.update("INSERT DATA { <http://example.org/new> <http://example.org/p> 'x' }", [], [])
        assert is_true(source.edition(), "ASK { ?s ?p 'x' }")
        assert not is_true(source.edition(), "ASK { GRAPH ?g { ?s ?p 'x' } }")
        assert not is_true(before, "ASK { ?s ?p 'x' }")
        source.update(
            "INSERT DATA { GRAPH <http://example.org/g> { <http://example.org/y> <http://example.org/p> 'y' } }", [], []
        )
        source.update("DELETE WHERE { ?s ?p 'x' }", [], [])
        assert not is_true(source.edition(), "ASK { ?s ?p 'x' }")
        assert is_true(source.edition(), "ASK { ?s ?p 'y' . GRAPH <http://example.org/g> { ?s ?p 'y' } }")

    def test_an_update_reads_the_graphs_that_the_request_names(self, source: EmbeddedSource) -> None:
        graph = NAMES.graph("first")
        source.update("INSERT { <http://example.org/found> ?p ?n } WHERE { <http://example.org/7> ?p ?n }", [graph], [])
        assert is_true(source.edition(), "ASK { <http://example.org/found> ?p 7 }")
        source.update(
            "INSERT { <http://example.org/named> ?p ?n } WHERE { GRAPH ?g { <http://example.org/8> ?p ?n } }",
            [],
            [graph],
        )
        assert is_true(source.edition(), "ASK { <http://example.org/named> ?p 8 }")
        with pytest.raises(QueryRefusedError, match="leave one of them out"):
            source.update("INSERT { ?s ?p 0 } USING <http://example.org/g> WHERE { ?s ?p 1 }", [graph], [])

    @pytest.mark.parametrize(
        ("update", "kind"),
        [
            ("INSERT DATA { <http://example.org/x> <http://example.org/p> 1 } ; FOO", QuerySyntaxError),
            ("LOAD <http://127.0.0.1:9/>", QueryRefusedError),
            ("INSERT { ?s ?p 0 } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", QueryRefusedError),
        ],
    )
    def test_an_update_that_is_not_taken_changes_nothing(
        self, source: EmbeddedSource, update: str, kind: type[Exception]
    ) -> None:
        before = source.edition().version
        with pytest.raises(kind):
            source.update(update, [], [])
        assert source.edition().version == before

    def test_graphs_are_put_added_to_and_dropped(self, source: EmbeddedSource) -> None:
        graph, turtle = "http://example.org/g", FORMATS["ttl"]
        assert source.write_graph(graph, b"<a> <b> 1 .", turtle, replace=True)
        assert is_true(source.edition(), f"ASK {{ GRAPH <{graph}> {{ <http://example.org/a> ?p 1 }} }}")
        assert not source.write_graph(graph, b"<a> <b> 2 .", turtle, replace=False)
        assert source.edition().graphs[graph] == 2
        assert not source.write_graph(graph, b"<a> <b> 3 .", turtle, replace=True)
        assert source.edition().graphs[graph] == 1
        with pytest.raises(QuerySyntaxError) as caught:
            source.write_graph(graph, b"<a> <b> 3 .\n<a> oops .", turtle, replace=True)
        assert caught.value.line == 2
        assert source.edition().graphs[graph] == 1
        assert source.drop_graph(graph)
        assert not source.drop_graph(graph)
        assert graph not in source.edition().graphs


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT ?c { BIND('a\\u0001b' AS ?c) }", "xml"),
        ("CONSTRUCT { ?s ?p 'a\\u0001b' } { ?s ?p 7 }", "rdf"),
        ("CONSTRUCT { ?s <http://example.org/1> ?p } { ?s ?p 7 }", "rdf"),
    ],
)
def test_what_xml_cannot_hold_is_not_sent_as_xml(source: EmbeddedSource, text: str, form: str) -> None:
    formats = dict.fromkeys(FORMATS[form].kinds, FORMATS[form])
    with pytest.raises(NotAcceptableError) as caught:
        b"".join(source.edition().query(Query(text, formats=formats)))
    assert caught.value.offered
    assert not any("xml" in media_type for media_type in caught.value.offered)


def test_a_carriage_return_survives_xml(source: EmbeddedSource) -> None:
    formats = dict.fromkeys(FORMATS["xml"].kinds, FORMATS["xml"])
    written = b"".join(source.edition().query(Query("SELECT ?c { BIND('a\\r\\nb' AS ?c) }", formats=formats)))
    assert ElementTree.fromstring(written).findtext(".//{*}literal") == "a\r\nb"  # noqa: S314  # it is our own
