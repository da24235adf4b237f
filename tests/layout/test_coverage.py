"""Every word of a table is understood, a heading, knowingly ignored, kept as printed, or lost: counted, none twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cyppgraph.layout import Fate, PlanCoverage, measure_coverage

Read = Callable[[str, str], Any]

LAYOUT = """
[[table]]
column = [
    { heading = "Action", role = "action" },
    { heading = "Cost", role = "ignored", why = "no costs" },
    { heading = "Due", role = "due" },
]
"""
HEADER = "Action | Cost | Due\n"


def counts(found: Any) -> dict[str, int]:
    return {str(fate): count for fate, count in measure_coverage(found.reading).counts.items() if count}


def test_every_word_of_every_table_is_counted_once(read: Read) -> None:
    """Words are what has a letter or a digit; lines without tabs are no table."""
    found = read(f"# Prose that is not counted\n{HEADER}Review it – now | £5 | May 2012\n", LAYOUT)
    assert measure_coverage(found.reading).total == 9
    assert counts(found) == {"heading": 3, "understood": 5, "knowingly ignored": 1}


def test_tags_are_no_words(read: Read) -> None:
    """Only what a reader would see is counted."""
    assert counts(read(f"{HEADER}<p>Review</p> <b>it</b> | | May 2012\n", LAYOUT))["understood"] == 4


def test_a_row_that_is_not_read_is_lost(read: Read) -> None:
    """A table under no known header is lost, line by line, and the plan is not whole."""
    coverage = measure_coverage(read(f"Stray | words here\n{HEADER}Review | | May 2012\n", LAYOUT).reading)
    assert coverage.counts[Fate.LOST] == 3
    assert not coverage.is_whole
    assert [(rest.line, rest.fate, rest.words) for rest in coverage.remainders] == [(1, Fate.LOST, "Stray words here")]


def test_a_cell_that_stands_under_no_heading_is_kept_only_as_printed(read: Read) -> None:
    """The row holds it verbatim, but nothing was understood from it."""
    coverage = measure_coverage(read(f"{HEADER}Review | | May 2012 | over\n", LAYOUT).reading)
    assert [(rest.line, rest.fate, rest.words) for rest in coverage.remainders] == [(2, Fate.PRINTED, "over")]


def test_a_word_is_understood_only_if_all_its_letters_are(read: Read) -> None:
    """Of a word that a patch shortens, the letters that are left out are knowingly ignored, and so is the word."""
    patch = "[[patch]]\nlines = 2\nwas = 'Reviewxyz'\nnow = 'Review'\nwhy = 'a scrap'\n"
    coverage = measure_coverage(read(f"{HEADER}Reviewxyz it | | May 2012\n", LAYOUT + patch).reading)
    assert [(rest.fate, rest.words, rest.reason) for rest in coverage.remainders] == [
        (Fate.IGNORED, "Reviewxyz", "a scrap")
    ]


@pytest.mark.parametrize(("lost", "printed", "whole"), [(0, 0, True), (0, 1, True), (0, 2, False), (1, 0, False)])
def test_a_plan_is_whole_if_nothing_is_lost_and_little_is_not_understood(lost: int, printed: int, whole: bool) -> None:
    """One word in fifty is too much to be kept only as printed; one lost word is too much."""
    held = dict.fromkeys(Fate, 0) | {Fate.UNDERSTOOD: 100 - lost - printed, Fate.LOST: lost, Fate.PRINTED: printed}
    assert PlanCoverage("x-2011", "x.txt", held, ()).is_whole is whole


def test_the_list_names_file_line_fate_words_and_reason(read: Read) -> None:
    """A reader of the list can jump to each place and see why it was left out."""
    coverage = measure_coverage(read(f"{HEADER}Review | 5 pounds | May 2012\n", LAYOUT).reading)
    assert "made-up-2011/source.txt:2: knowingly ignored: 5 pounds  [no costs]" in coverage.as_list()
    assert coverage.as_summary() in coverage.as_list()
    assert "8 words" in coverage.as_summary()


def test_a_document_without_tables_is_whole(read: Read) -> None:
    """Nothing to account for is no fault."""
    coverage = measure_coverage(read("Only prose.\n", LAYOUT).reading)
    assert (coverage.total, coverage.is_whole) == (0, True)
