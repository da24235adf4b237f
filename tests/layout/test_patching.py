"""A patch mends what the extraction broke, points at the lines as published, and fails loudly where it does not fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cyppgraph.errors import FaultyInputError
from cyppgraph.layout import Fate, measure_coverage
from cyppgraph.plan import Action, Commitment, Measure

Read = Callable[[str, str], Any]

LAYOUT = """
[[level]]
term = "Priority"
kind = "commitment"

[[table]]
lines = "1-9"
heads = "Priority"
column = [
    { heading = "Action", role = "action" },
    { heading = "Measure", role = "measures" },
    { heading = "Due", role = "due" },
]
"""
HEADER = "Action | Measure | Due\n"


def patch(lines: str, was: str, now: str, more: str = "") -> str:
    return f'[[patch]]\nlines = {lines}\nwas = "{was}"\nnow = "{now}"\nwhy = \'the extraction broke it\'\n{more}\n'


def faults_of(read: Read, document: str, layout: str) -> list[str]:
    with pytest.raises(FaultyInputError) as caught:
        read(document, layout)
    return [str(fault) for fault in caught.value.faults]


def test_a_word_is_mended_and_still_quoted_as_published(read: Read) -> None:
    """The statement has the mended word; the passage has what the document says."""
    found = read(f"{HEADER}Improve butcomes | Done | May 2012\n", LAYOUT + patch("2", "butcomes", "outcomes"))
    (passage,) = found["Improve outcomes"].sources
    assert (passage.first_line, passage.quote) == (2, "Improve butcomes")


@pytest.mark.parametrize(
    ("now", "actions"),
    [
        ("Review<li>Train", ["Review", "Train"]),
        ("Review<br>Train", ["Review", "Train"]),
        (r"Review\tDone\tMay 2012\nTrain", ["Review", "Train"]),
        ("Review Train", ["Review Train"]),
    ],
    ids=["bullet", "line break", "row", "nothing"],
)
def test_lost_marks_are_put_back(read: Read, now: str, actions: list[str]) -> None:
    """Bullets, line breaks, tabs and rows that the extraction lost part statements again."""
    found = read(f"{HEADER}Review Train | Done | May 2012\n", LAYOUT + patch("2", "Review Train", now))
    assert found.words(Action) == actions


def test_a_heading_inside_a_cell_is_put_back(read: Read) -> None:
    """What h4 tags surround states an element of the table's level of headings."""
    now = "<h4>Be safe</h4>Review"
    found = read(f"{HEADER}Be safe Review | Done | May 2012\n", LAYOUT + patch("2", "Be safe Review", now))
    assert (found.words(Commitment), found.under("Review")) == (["Be safe"], "Be safe")


def test_an_arrow_puts_a_cell_behind_the_one_above(read: Read) -> None:
    """What no rule takes for a continuation goes on where a patch says so."""
    document = f"{HEADER}Review it | School Travel | May 2012\n | Plans | \n"
    assert read(document, LAYOUT).words(Measure) == ["School Travel", "Plans"]
    found = read(document, LAYOUT + patch("3", r"\tPlans", r"\t↳Plans"))
    assert found.words(Measure) == ["School Travel Plans"]


def test_a_patch_over_several_lines_moves_words_between_rows(read: Read) -> None:
    """Words that the page broke apart are one cell again, each still quoted from its own line."""
    document = (
        f"{HEADER}Review the | Done | May 2012\n | Known | June 2012\nPolicy | |\nTrain staff | Done | May 2012\n"
    )
    was, now = (
        r"the\tDone\tMay 2012\n\tKnown\tJune 2012\nPolicy\t",
        r"the Policy\tDone\tMay 2012\n\tKnown\tJune 2012\n\t",
    )
    found = read(document, LAYOUT + patch('"2-4"', was, now))
    assert found.words(Action) == ["Review the Policy", "Train staff"]
    assert [(p.first_line, p.quote) for p in found["Review the Policy"].sources] == [(2, "Review the"), (4, "Policy")]
    assert [p.first_line for p in found["Train staff"].sources] == [5]
    assert measure_coverage(found.reading).is_whole


def test_words_that_a_patch_leaves_out_are_ignored_with_its_reason(read: Read) -> None:
    """A scrap that is taken away is accounted for."""
    found = read(f"{HEADER}Tarrines Review | Done | May 2012\n", LAYOUT + patch("2", "Tarrines ", ""))
    assert found.words(Action) == ["Review"]
    (rest,) = measure_coverage(found.reading).remainders
    assert (rest.fate, rest.words, rest.reason) == (Fate.IGNORED, "Tarrines", "the extraction broke it")


def test_a_patch_may_report_the_defect_it_mends(read: Read) -> None:
    """Where the source itself is damaged, the patch's reason is a finding on its lines."""
    document = f"{HEADER}Improve butcomes | Done | May 2012\n"
    assert read(document, LAYOUT + patch("2", "butcomes", "outcomes")).findings("word-garbled") == []
    found = read(document, LAYOUT + patch("2", "butcomes", "outcomes", 'finding = "word-garbled"'))
    assert found.findings("word-garbled") == [(2, "the extraction broke it")]


def test_a_patch_may_say_how_sure_its_words_are(read: Read) -> None:
    """What was pieced together is not passed off as printed; what stands on other lines is as sure as ever."""
    document = f"{HEADER}Improve butcomes | Done | May 2012\nTrain staff | Trained | June 2012\n"
    found = read(document, LAYOUT + patch("2", "butcomes", "outcomes", 'certainty = "doubtful"'))
    assert (found["Improve outcomes"].certainty, found["Train staff"].certainty) == ("doubtful", "stated")


def test_a_defect_may_say_that_measures_are_doubtful(read: Read) -> None:
    """Measures that seem to stand a row too low are marked; the actions beside them are not."""
    document = f"{HEADER}Review it | Done | May 2012\nTrain staff | Trained | June 2012\n"
    defect = '[[defect]]\nkind = "cells-shifted"\nlines = 3\nmessage = "A row too low."\nmeasures = "doubtful"\n'
    found = read(document, LAYOUT + defect)
    certainties = {words: found[words].certainty for words in ("Done", "Trained", "Train staff")}
    assert certainties == {"Done": "stated", "Trained": "doubtful", "Train staff": "stated"}


@pytest.mark.parametrize(
    ("lines", "was", "times"), [("2", "gone", 0), ("2", "Re", 2), ("3", "Review", 0), ('"40-41"', "Review", 0)]
)
def test_a_patch_whose_quote_is_not_there_exactly_once_is_refused(read: Read, lines: str, was: str, times: int) -> None:
    """The message has the file, the lines, the quote, how often it was found, and what to do."""
    (fault,) = faults_of(read, f"{HEADER}Review Results | Done | May 2012\nx | |\n", LAYOUT + patch(lines, was, "x"))
    bare = lines.strip('"')
    assert fault == (
        f"made-up-2011/source.txt:{bare}: a patch quotes '{was}', which is found {times} times there; "
        "correct or remove the patch"
    )


def test_all_patches_that_fail_are_told_at_once(read: Read) -> None:
    """One run shows everything that no longer fits."""
    layout = LAYOUT + patch("2", "gone", "x") + patch("2", "Review", "Renew") + patch("1", "lost", "x")
    assert [fault.split(":")[1] for fault in faults_of(read, f"{HEADER}Review | Done | May 2012\n", layout)] == [
        "2",
        "1",
    ]


def test_a_patch_that_reaches_beyond_the_document_is_no_crash(read: Read) -> None:
    """Lines that the document does not have are left out, or refused in words."""
    try:
        found = read(f"{HEADER}Review | Done | May 2012\n", LAYOUT + patch('"2-30"', "Review", "Renew"))
    except FaultyInputError as error:
        assert "made-up-2011" in str(error)
    else:
        assert found.words(Action) == ["Renew"]


def test_a_blank_line_below_a_patch_over_lines_keeps_its_number(read: Read) -> None:
    """Every block, blank ones too, bears the line it stands on in the document."""
    document = f"{HEADER}Review | Done | May 2012\nthe policy | |\n\nTrain | Done | May 2012\n"
    found = read(
        document,
        LAYOUT + patch('"2-3"', r"Review\tDone\tMay 2012\nthe policy\t\t", r"Review the policy\tDone\tMay 2012"),
    )
    assert [block.line for block in found.reading.document.blocks] == [1, 2, 4, 5]
