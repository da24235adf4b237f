"""Results for people: aligned, short, nothing lost unless the screen is too narrow."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from cyppgraph.store import GraphStore, QueryRefusedError, print_answer, shorten_term, write_table

PREFIXES = {"id": "https://w3id.org/cyppgraph/id/", "plan": "https://w3id.org/cyppgraph/id/plan/"}


@pytest.mark.parametrize(
    ("term", "short"),
    [
        (ox.NamedNode("https://w3id.org/cyppgraph/id/plan/a/action/1"), "plan:a/action/1"),
        (ox.NamedNode("https://w3id.org/cyppgraph/id/area/E09"), "id:area/E09"),
        (ox.NamedNode("http://example.org/"), "http://example.org/"),
        (ox.Literal("two words", language="en"), "two words"),
        (ox.Literal(3), "3"),
        (None, ""),
    ],
)
def test_terms_are_shortened_by_their_longest_prefix(term: ox.NamedNode | ox.Literal | None, short: str) -> None:
    assert shorten_term(term, PREFIXES) == short


def test_columns_are_aligned_and_numbers_stand_to_the_right() -> None:
    rows = [(ox.Literal("a\n b"), ox.Literal(7)), (ox.Literal("longer text"), None), (None, ox.Literal(1200))]
    assert write_table(["words", "n"], rows, {}).splitlines() == [
        "words           n",
        "-----------  ----",
        "a b             7",
        "longer text",
        "             1200",
        "(3 rows)",
    ]


def test_long_cells_are_cut_only_to_fit_a_width() -> None:
    rows = [(ox.Literal("x" * 50), ox.Literal("y"))]
    assert "x" * 50 in write_table(["a", "b"], rows, {})
    lines = write_table(["a", "b"], rows, {}, width=30).splitlines()
    assert max(map(len, lines)) == 30
    assert "…  y" in lines[2]


def test_no_rows_are_said_to_be_none() -> None:
    assert write_table(["a"], [], {}) == "a\n-\n(0 rows)"


def test_answers_print_in_the_form_that_fits(store: GraphStore) -> None:
    assert print_answer(store.query("ASK { ?s ?p ?o }")) == b"yes\n"
    assert print_answer(store.query("ASK { ?s ?p 99 }")) == b"no\n"
    assert b"(1 row)" in print_answer(store.query("SELECT (1 AS ?n) {}"))
    assert b"cypp:Plan" in print_answer(store.query("CONSTRUCT WHERE { ?s a cypp:Plan }"))
    assert print_answer(store.query("SELECT (1 AS ?n) {}"), "json").endswith(b"}\n")
    with pytest.raises(QueryRefusedError, match="choose ttl or nt"):
        print_answer(store.query("CONSTRUCT WHERE { ?s ?p ?o }"), "table")
