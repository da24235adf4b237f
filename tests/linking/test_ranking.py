"""Candidates: the right indicator comes first, says why, and comes first every time."""

from __future__ import annotations

from itertools import pairwise

import pytest

from cyppgraph.linking import Entry, Glossary, Text
from cyppgraph.linking.ranking import Candidate, Ranker

TWO = "95% of care leavers in suitable accommodation and 80% of care leavers in education, employment or training"


def text(words: str, *above: str, codes: tuple[str, ...] = ()) -> Text:
    return Text("urn:text", "Measure", "croydon-2011", words, above, codes)


def ranked(ranker: Ranker, one: Text, top: int = 10) -> list[Candidate]:
    return next(ranker.rank([one], top))


def codes(candidates: list[Candidate]) -> list[str]:
    return [candidate.entry.code for candidate in candidates]


@pytest.mark.parametrize(
    "words",
    [
        "Reduce the number of NEETs to 4.9%",
        "Proportion of 16-18 year olds not in education, employment or training",
        "Young people aged 16 to 18 who are NEET",
        "NEET",
    ],
)
def test_young_people_out_of_work_and_learning_are_ni_117_however_worded(ranker: Ranker, words: str) -> None:
    assert codes(ranked(ranker, text(words)))[0] == "NI 117"


@pytest.mark.parametrize(
    ("one", "code"),
    [
        (text("Sure Start Children’s Centres", codes=("NI 108",)), "NI 108"),
        (text("See NI117 for exclusions"), "NI 117"),
        (text("NI 102a Sure Start"), "NI 102"),
    ],
    ids=["that the plan gives", "in the words", "of a lettered part"],
)
def test_a_printed_code_wins_over_words_and_is_the_reason(ranker: Ranker, one: Text, code: str) -> None:
    first = ranked(ranker, one)[0]
    assert (first.entry.code, first.score, first.words) == (code, 1.0, (code,))


def test_words_alone_are_never_as_sure_as_a_code(ranker: Ranker, entries: list[Entry]) -> None:
    for entry in entries[::20]:
        assert ranked(ranker, text(entry.label))[0].score < 1


def test_the_heading_above_helps_a_bare_text(ranker: Ranker) -> None:
    assert ranked(ranker, text("Reduce to 4.9%")) == []
    first = ranked(ranker, text("Reduce to 4.9%", "16-18 year olds who are NEET"))[0]
    assert first.entry.code == "NI 117"
    assert {"education", "employment", "training"} <= set(first.words)


def test_a_candidate_of_the_heading_alone_says_which_words_of_the_heading(ranker: Ranker) -> None:
    """Even where the text has a word that other indicators have."""
    first = ranked(ranker, text("No more than 301", "Reduce first time entrants to the youth justice system"))[0]
    assert first.entry.code == "NI 111"
    assert "entrant" in first.words


def test_own_words_count_more_than_the_heading(ranker: Ranker) -> None:
    assert codes(ranked(ranker, text("Under 18 conception rate", "16-18 year olds who are NEET")))[0] == "NI 112"


@pytest.mark.parametrize(
    ("words", "both"),
    [
        (TWO, {"NI 147", "NI 148"}),
        ("Reduce teenage conceptions by 10% and NEET by 5%", {"NI 112", "NI 117"}),
        ("16-18 year olds who are NEET - 4.9%; breastfeeding 60%", {"NI 117", "NI 53"}),
    ],
)
def test_two_quantities_are_both_found_among_the_first_three(ranker: Ranker, words: str, both: set[str]) -> None:
    assert both <= set(codes(ranked(ranker, text(words), 3)))


def test_a_candidate_says_which_words_it_rests_on(ranker: Ranker) -> None:
    first = ranked(ranker, text("Teenage pregnancies and other matters"))[0]
    assert (first.entry.code, first.words) == ("NI 112", ("conception",))


def test_ranks_scores_and_leads_are_in_order(ranker: Ranker) -> None:
    found = ranked(ranker, text(TWO), 5)
    assert [one.rank for one in found] == [1, 2, 3, 4, 5]
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for one, following in pairwise(found):
        assert one.margin == pytest.approx(one.score - following.score, abs=0.0101)


@pytest.mark.parametrize("words", ["", "xqzz", "2011/12"])
def test_a_text_that_shares_nothing_has_no_candidates(ranker: Ranker, words: str) -> None:
    assert ranked(ranker, text(words)) == []


def test_what_stands_beside_a_text_changes_nothing(ranker: Ranker, entries: list[Entry], glossary: Glossary) -> None:
    """The same candidates alone, among hundreds of others, and from another ranker."""
    texts = [text(f"{entry.label} of group {n}", TWO) for n, entry in enumerate(entries * 4)]
    assert len(texts) > 512
    together = list(ranker.rank(texts, 3))
    assert together == list(Ranker(entries, glossary).rank(iter(texts), 3))
    assert together[::150] == [ranked(ranker, one, 3) for one in texts[::150]]
    assert codes(together[600])[0] == entries[600 % len(entries)].code


def test_equals_come_in_the_order_of_the_entries(glossary: Glossary) -> None:
    labels = ["School lunches", "School lunches and milk", "Milk", "Bread"] * 40
    twins = [Entry(f"urn:{n:03}", "", label) for n, label in enumerate(labels)]
    found = [one.entry for one in ranked(Ranker(twins, glossary), text("School meals with milk"), 120)]
    for label in labels[:3]:
        alike = [entry.iri for entry in found if entry.label == label]
        assert alike == [twin.iri for twin in twins if twin.label == label]
