"""Whatever somebody gives for a parameter stands in the query as one term, and changes nothing else of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from rdflib import Literal, URIRef

from algebra import read_algebra
from cyppgraph.queries import KINDS, ParameterError, fill_question, read_questions
from cyppgraph.sparql import read_tokens
from cyppgraph.store import GraphStore

QUESTIONS = read_questions(Path(__file__).parents[2] / "queries" / "questions")
PLACES = [(question, parameter) for question in QUESTIONS for parameter in question.parameters]
PLAIN = {
    "string": "sentinel",
    "integer": "4711",
    "decimal": "47.11",
    "date": "1947-11-30",
    "iri": "http://sentinel.example/",
}

# What has broken out of queries, or been read as something else, in one engine or another.
NASTY = (
    '"', "'", '"""', "'''", "\\", "\\\\", '\\"', "\\u0022", "\\U00000022", "\\u005C", "\\u005c\\u0022", "\\\\u0022",
    "\\u00", "\\u{22}", "\\ud800", "\\n", "\n", "\r", "\r\n", "\t", "{", "}", "} }", "<", ">", "<x:y>", "#", "# }",
    "?x", "$x", "UNDEF", "@en", "^^<x:y>", "VALUES ?x { 1 }", '" } UNION { ?s ?p ?o } #', '"} ; DROP ALL #',
    "SERVICE <x:y> {}", "service",
    "\u200f", "\u202e", "\u2028", "\u2029", "\u0085", "\u00a0", "\ufeff", "\x7f", "e\u0301", "\U0001f600",
    "%00", "%22", "&amp;", "]]>", "PREFIX", "SELECT", "*/", "--", "|", "0", "",
)  # fmt: skip
STRINGS = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=8)), max_size=6).map("".join)
NUMBERS = st.from_regex(r"[+-]?[0-9]{1,18}", fullmatch=True)
VALUES = {
    "string": STRINGS,
    "integer": NUMBERS,
    "decimal": st.one_of(NUMBERS, st.from_regex(r"[+-]?[0-9]{0,18}\.[0-9]{0,18}", fullmatch=True)),
    "date": st.dates().map(str),
    "iri": STRINGS.map(lambda text: f"http://example.org/{text}") | STRINGS.map(lambda text: f"urn:{text}"),
}
ANY = st.one_of(STRINGS, *VALUES.values())


def make_term(kind: str, value: str) -> object:
    if kind == "iri":
        return URIRef(value)
    datatype = None if kind == "string" else URIRef(KINDS[kind].datatype or "")
    return "Literal", Literal(value, datatype=datatype, normalize=False).n3()


def assert_only_the_term_differs(kind: str, value: str, plain: str, filled: str) -> None:
    """Hold the algebra of a filled query against that of one filled with a word that nobody could object to."""
    before, after = read_algebra(plain), read_algebra.__wrapped__(filled)
    assert [path for path, _ in before] == [path for path, _ in after]
    changed = [(old, new) for (_, old), (_, new) in zip(before, after, strict=True) if old != new]
    expected = (make_term(kind, PLAIN[kind]), make_term(kind, value))
    assert changed in ([expected], [] if value == PLAIN[kind] else [expected])


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_value_changes_a_saved_question(data: st.DataObject) -> None:
    """As rdflib reads it: everything but the one term is the same, and the term says what was given."""
    question, parameter = data.draw(st.sampled_from(PLACES))
    value = data.draw(VALUES[parameter.kind].filter(lambda text: text and KINDS[parameter.kind].admits(text)))
    plain = fill_question(question, {parameter.name: PLAIN[parameter.kind]})
    filled = fill_question(question, {parameter.name: value})
    assert_only_the_term_differs(parameter.kind, value, plain, filled)


@pytest.mark.parametrize("kind", KINDS)
def test_a_default_is_replaced_in_every_question(kind: str) -> None:
    """As our own lexer reads it, which is quick: the tokens before and after those of the term are the same."""
    values = {"string": "".join(NASTY), "integer": "-007", "decimal": "+.50", "date": "2012-02-29", "iri": "x:\u200f#'"}
    for question, parameter in PLACES:
        if parameter.kind == kind:
            filled = fill_question(question, {parameter.name: values[kind]})
            plain = fill_question(question, {parameter.name: PLAIN[kind]})
            pairs = zip(read_tokens(plain), read_tokens(filled), strict=True)
            changed = [(old.text, new.text) for old, new in pairs if old.text != new.text]
            assert len(changed) == 1
            ox.Store().query(filled)


@settings(max_examples=30, deadline=None)
@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_value_comes_back_sign_for_sign(kind: str, data: st.DataObject) -> None:
    """From both engines; and no value that a question takes is refused later, whatever words it has."""
    value = data.draw(VALUES[kind].filter(KINDS[kind].admits))
    query = f"SELECT ?x {{ VALUES ?x {{ {KINDS[kind].write_term(value)} }} }}"
    [[found]] = GraphStore(ox.Store()).query(query).read_rows()
    assert found is not None
    assert found.value == value or Decimal(found.value) == Decimal(value)  # Oxigraph keeps numbers, not their digits
    plain = f"SELECT ?x {{ VALUES ?x {{ {KINDS[kind].write_term(PLAIN[kind])} }} }}"
    assert_only_the_term_differs(kind, value, plain, query)


@pytest.mark.parametrize("value", [*NASTY[:-1], "".join(NASTY), "x" * 2000, "\\" * 2000, "\\u" * 1000])
def test_what_has_broken_others_is_only_a_text(value: str) -> None:
    query = f"SELECT ?x {{ VALUES ?x {{ {KINDS['string'].write_term(value)} }} }}"
    [[found]] = GraphStore(ox.Store()).query(query).read_rows()
    assert found == ox.Literal(value)
    assert_only_the_term_differs("string", value, 'SELECT ?x { VALUES ?x { "sentinel" } }', query)


@settings(max_examples=200, deadline=None)
@given(kind=st.sampled_from(sorted(KINDS)), value=ANY)
@example(kind="integer", value="１")
@example(kind="integer", value="1\n")
@example(kind="date", value="2012-02-29\n")
@example(kind="date", value="٢٠١٢-٠٢-٢٩")
def test_what_is_admitted_is_of_the_kind(kind: str, value: str) -> None:
    """What is not admitted is refused by name; what is has no sign that an XML result could not hold."""
    if KINDS[kind].admits(value):
        assert not any(ord(sign) < 32 and sign not in "\t\n\r" for sign in value)
        assert kind in ("string", "iri") or (value.isascii() and value == value.strip())
        value.encode()
        return
    place = next(((question, parameter) for question, parameter in PLACES if parameter.kind == kind), None)
    assert place is not None
    if value:
        with pytest.raises(ParameterError) as caught:
            fill_question(place[0], {place[1].name: value})
        assert (caught.value.parameter, caught.value.found) == (place[1].name, value)


@pytest.mark.parametrize(
    ("kind", "refused"),
    [
        ("string", ["\0", "a\x0bb", "\ud800", "\ufffe", "x" * 2001]),
        ("integer", ["", "1.0", "1e3", "0x1", "1_000", "1 ", " 1", "9" * 19, "--1", "１", "1 } UNION {"]),
        ("decimal", ["", ".", "1e9", "1,5", "NaN", "INF", "1" * 19, "0." + "0" * 19, "."]),
        ("date", ["", "2012-02-30", "2013-2-1", "20130201", "2013-W01-1", "0000-01-01", "2013-06-01Z", "x"]),
        ("iri", ["", "x", "/a", "urn:x> <y", "http://[", "http://a/%zz", "a b:c", "http://a/\\u0022", "http://a/\0"]),
    ],
)
def test_what_is_not_of_a_kind_is_refused(kind: str, refused: list[str]) -> None:
    assert [value for value in refused if KINDS[kind].admits(value)] == []


@pytest.mark.parametrize(
    ("kind", "term", "text"),
    [
        ("string", '"a\\"b"', 'a"b'),
        ("string", '"a"@en', None),
        ("string", '"a" "b"', None),
        ("string", "UNDEF", None),
        ("integer", "5", "5"),
        ("integer", "5.0", None),
        ("decimal", "0.75", "0.75"),
        ("date", '"2013-06-01"^^xsd:date', "2013-06-01"),
        ("iri", "<urn:x>", "urn:x"),
        ("iri", '"urn:x"', None),
    ],
)
def test_a_default_is_read_back(kind: str, term: str, text: str | None) -> None:
    assert KINDS[kind].read_term(term) == text
