"""Words find texts: the rare before the common, the exact before the nearly so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyppgraph.assistant.naming import resolve_name
from cyppgraph.assistant.words import WordIndex, split_words
from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces

TEXTS = [
    ("Children in care", "looked after children"),
    ("Children and obesity", ""),
    ("Care leavers in education, employment or training", ""),
    ("Prevalence of breastfeeding at 6-8 weeks from birth", ""),
]


def found(words: str) -> list[int]:
    return [number for number, _ in WordIndex(TEXTS).rank(words)]


@pytest.mark.parametrize(
    ("words", "first"),
    [("obesity in children", 1), ("care leaver", 2), ("LOOKED AFTER", 0), ("brestfeeding", 3), ("breast", 3)],
)
def test_the_best_comes_first(words: str, first: int) -> None:
    assert found(words)[0] == first


def test_what_shares_no_word_is_not_found() -> None:
    assert found("library fines") == []
    assert found("  ") == []


def test_the_very_name_scores_one_and_a_part_of_it_less() -> None:
    ranked = dict(WordIndex(TEXTS).rank("Children in care"))
    assert ranked[0] == 1.0
    assert all(score < 1.0 for number, score in ranked.items() if number != 0)


def test_a_plural_is_its_singular() -> None:
    assert split_words("Councils' children’s services: 6-8 glass") == [
        "council", "children", "service", "6", "8", "glass",
    ]  # fmt: skip


@settings(max_examples=40)
@given(st.text(), st.lists(st.tuples(st.text(), st.text()), max_size=4))
def test_scores_are_shares_whatever_is_asked(words: str, texts: list[tuple[str, str]]) -> None:
    assert all(0 <= score <= 1 for _, score in WordIndex(texts).rank(words))


@pytest.mark.parametrize(
    ("given_name", "iri"),
    [
        ("plan/croydon-2013/action/10", "https://data.example.org/id/plan/croydon-2013/action/10"),
        ("id/plan/croydon-2013", "https://data.example.org/id/plan/croydon-2013"),
        ("<https://w3id.org/x>", "https://w3id.org/x"),
        ("ni:117", "https://data.example.org/id/indicator/ni/117"),
        ("cypp:due", "https://data.example.org/ontology#due"),
    ],
)
def test_a_name_is_an_iri_or_short_for_one(given_name: str, iri: str) -> None:
    assert resolve_name(Namespaces("https://data.example.org/"), given_name) == iri


@pytest.mark.parametrize("name", ["a b", "x> <y", "plan/{x}", 'plan/"', "id/\\u003e"])
def test_what_could_break_out_of_a_query_is_no_name(name: str) -> None:
    with pytest.raises(CyppgraphError, match="is not the name of anything"):
        resolve_name(Namespaces(), name)
