"""A query that would call another server is found before it is run, however it is written; others are left alone."""

from __future__ import annotations

import contextlib

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cyppgraph.sparql import find_service, locate, read_tokens
from cyppgraph.store import GraphStore, QueryRefusedError

CALLS = [
    "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { service silent <%s> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<%s>{ ?s ?p ?o } }",
    "SELECT * { SERVICE#where to\n<%s> { ?s ?p ?o } }",
    "PREFIX : <%s#> SELECT * { SERVICE:x{ ?s ?p ?o } }",
    "PREFIX : <%s#> SELECT * { SERVICE:x#{\n{ ?s ?p ?o } }",
    "SELECT * { FILTER(1<5)SERVICE#>\n<%s>{ ?s ?p ?o } }",
    'SELECT * { FILTER(1<5#>"""\n)SERVICE<%s>{ ?s ?p ?o }#"""\n }',
    "SELECT * { FILTER(1<5#>'''\n)SERVICE<%s>{ ?s ?p ?o }#'''\n }",
    'SELECT * { FILTER(1<5#>"""\n)SERVICE<%s>{ ?s ?p ?o }#\\u0022 """\n }',
    'SELECT * { VALUES ?x {"""a"}SERVICE<%s>{ ?s ?p ?o }#\\q"""\n}',
    "SELECT * { VALUES ?x {'''a'}SERVICE<%s>{ ?s ?p ?o }#\\ud800'''\n}",
    "ASK { ?s ?p 1.SERVICE<%s>{} }",
    "ASK { ?s ?p 1.e1SERVICE<%s>{} }",
    "ASK { ?s ?p []SERVICE<%s>{} }",
    "PREFIX e: <urn:e:> ASK { ?s ?p e:.SERVICE<%s>{} }",
    "ASK { # SERVICE?\rSERVICE <%s> {} }",
    "SELECT * { { SELECT * { OPTIONAL { SERVICE <%s> { ?s ?p ?o } } } } }",
    "SELECT * { FILTER EXISTS { SERVICE <%s> { ?s ?p ?o } } }",
]
HIDDEN = [
    "SELECT * { \\u0053ERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { S\\u0045RV\\U00000049CE <%s> { ?s ?p ?o } }",
    'SELECT * { ?s ?p "\\u0022 . SERVICE <%s> {} #" }',
    "SELECT * { ?s ?p ?o \\u0023\\u000aSERVICE <%s> {} }",
    "SELECT * { ?a ?b trueSERVICE<%s>{} }",
    "PREFIX SERVICE: <%s> SELECT * { ?a ?b true.SERVICE:x{} }",
]
HARMLESS = [
    'SELECT * { ?s ?p "SERVICE <http://example.org/> { }" }',
    "SELECT * { ?s ?p 'SERVICE', '''\nSERVICE <x> {}''', \"\"\"say \"SERVICE\" {}\"\"\" }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://example.org/> {}",
    "SELECT ?service $SERVICE { ?service ?p $SERVICE }",
    "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT * { ?s a sd:Service ; sd:service ?o }",
    "PREFIX service: <http://example.org/service#> SELECT * { service:one service:two ?o . ?o service:three [] }",
    "SELECT * { ?s <http://example.org/SERVICE> <http://example.org/a#SERVICE(x)SERVICE> }",
    "SELECT * { _:service ?p \"a\\\"SERVICE {}\"@en , 'SERVICE\\'' }",
    "BASE <http://example.org/> SELECT * { <#me> <service> <#service> . FILTER(1 < 2 && 3 > 2) }",
    "PREFIX e: <urn:e:> SELECT * { ?s e:a.SERVICE ?o ; e:a\\#SERVICE ?q ; e:x-service ?r }",
]


@pytest.mark.parametrize("query", CALLS)
def test_oxigraph_would_call_and_we_refuse(store: GraphStore, listener, query: str) -> None:
    text = query % listener.address
    listener.calls.clear()
    engine = ox.Store()
    engine.add(ox.Quad(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(1)))
    with contextlib.suppress(OSError):
        raw = engine.query(text)
        list(raw) if isinstance(raw, ox.QuerySolutions) else None
    engine_called = bool(listener.calls)
    listener.calls.clear()

    with pytest.raises(QueryRefusedError, match="another server"):
        store.query(text)

    assert listener.calls == []
    assert engine_called or query.startswith(("ASK", "PREFIX e:")) or "VALUES" in query


@pytest.mark.parametrize("query", HIDDEN)
def test_what_an_engine_could_take_for_a_call_is_refused_too(store: GraphStore, query: str) -> None:
    with pytest.raises(QueryRefusedError, match="another server"):
        store.query(query % "http://127.0.0.1:9/")


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_elsewhere_is_harmless(store: GraphStore, query: str) -> None:
    assert find_service(query) is None
    store.query(query)


def test_the_place_is_named(store: GraphStore) -> None:
    with pytest.raises(QueryRefusedError) as caught:
        store.query("SELECT * {\n  ?s ?p ?o .\n  SERVICE <http://127.0.0.1:9/> {} }")

    assert (caught.value.line, caught.value.column) == (3, 3)


SIGNS = list(" \n\t\r<>#'\"\\(){}.;,=|&!?@:+-/*^")
WORDS = [
    '"""',
    "'''",
    '""',
    "''",
    "\\u0022",
    "\\q",
    "\\'",
    "1",
    "5",
    "?x",
    "<5",
    "#>",
    "<urn:a#b>",
    "<a'b)>",
    "e:a",
    "e:",
]
WORDS += ["_:b", "true", "FILTER(1<5", ")", "VALUES ?x {", "}", "'a'", '"a"@en', "silent"]
PIECES = st.sampled_from([*SIGNS, *WORDS])


@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(PIECES, max_size=6), between=st.lists(PIECES, max_size=3), after=st.lists(PIECES, max_size=6))
def test_nothing_that_passes_calls_out(listener, before, between, after) -> None:
    """Whatever surrounds SERVICE, a query in which it is not found makes Oxigraph call nobody."""
    call = f"SERVICE{''.join(between)}<{listener.address}>{{}}"
    text = f"PREFIX e:<urn:e:>SELECT*{{{''.join(before)}{call}{''.join(after)}\n}}"
    if find_service(text) is not None:
        return
    listener.calls.clear()
    with contextlib.suppress(SyntaxError, OSError, RuntimeError, ValueError):
        list(ox.Store().query(text))

    assert listener.calls == []


@given(st.text(max_size=60))
def test_tokens_are_the_whole_text(text: str) -> None:
    assert "".join(token.text for token in read_tokens(text)) == text


@pytest.mark.parametrize("sign", [chr(code) for code in range(0x21, 0x7F) if chr(code) not in ">\\"])
def test_we_and_oxigraph_agree_what_an_iri_is(sign: str) -> None:
    """A sign that Oxigraph takes within an IRI is within one for us too, so nothing hides behind it."""
    text = f"<http://example.org/a{sign}b>"
    try:
        ox.Store().query(f"SELECT ({text} AS ?iri) {{}}")
    except SyntaxError:
        return
    assert next(read_tokens(text)).text == text


def test_long_and_twisted_texts_take_no_time() -> None:
    for piece in ('"""\\u0041', "<a#", '"\\', "a.", "a-", "<", "''' ", "service:a #\n", "a:b.", "\\u0027"):
        find_service(piece * 20_000)


@pytest.mark.parametrize(("offset", "place"), [(0, (1, 1)), (2, (1, 3)), (3, (2, 1)), (5, (2, 3))])
def test_places_count_from_one(offset: int, place: tuple[int, int]) -> None:
    assert locate("ab\ncde", offset) == place
