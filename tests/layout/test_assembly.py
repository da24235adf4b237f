"""Rows that a page or a merged cell broke are put together again, and only those."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cyppgraph.plan import Action, Commitment, Measure

Read = Callable[[str, str], Any]

LAYOUT = """
[[table]]
column = [
    { heading = "Action", role = "action" },
    { heading = "Measure", role = "measures" },
    { heading = "Due", role = "due" },
    { heading = "Lead", role = "lead" },
]
"""
HEADER = "Action | Measure | Due | Lead\n"

GROUPED = """
[[level]]
term = "Priority"
kind = "commitment"

[[level]]
term = "Objective"
kind = "commitment"

[[table]]
column = [
    { heading = "Priority", role = "level", level = "Priority" },
    { heading = "Objective", role = "level", level = "Objective" },
    { heading = "Action", role = "action" },
    { heading = "Due", role = "due" },
]
"""
GROUP_HEADER = "Priority | Objective | Action | Due\n"


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Train all staff", "whoever they are"),
        ("Review the policy and", "Practice of all services"),
        ("Work with the", "Youth Council"),
        ("Set up a multi-", "agency team"),
        ("Ask partners (Police,", "Health) for their views"),
        ("Train staff", "& volunteers"),
        ("Train staff", "↳Governors and volunteers"),
    ],
    ids=["lower case", "and", "the", "hyphen", "open bracket", "ampersand", "marked by a patch"],
)
def test_an_action_goes_on_in_the_next_row(read: Read, above: str, below: str) -> None:
    """Lower case, words that break off, and a mark that a patch sets all tell that a cell goes on."""
    found = read(f"{HEADER}{above} | Done | March 2012 | Ann Lee\n{below} | | |\n", LAYOUT)
    space = "" if above.endswith("-") else " "
    (action,) = found.words(Action)
    assert action == f"{above}{space}{below.removeprefix('↳')}"
    assert found.said(action, "due") == ["March 2012"]


@pytest.mark.parametrize("below", ["Practise it", "a) do it well", "• and practise it", "- then practise it"])
def test_a_row_that_begins_anew_is_an_action_of_its_own(read: Read, below: str) -> None:
    """A capital behind whole words, a letter or a bullet begins something new."""
    document = f"{HEADER}Review the policy | Done | March 2012 | Ann Lee\n{below} | Known | April 2012 | Jane Smith\n"
    assert len(read(document, LAYOUT).words(Action)) == 2


def test_the_cells_beside_go_on_with_the_row(read: Read) -> None:
    """A measure that breaks off goes on in the row below, though no action does."""
    found = read(f"{HEADER}Review it | Policy agreed by | March 2012 | Ann Lee\n | all partners | |\n", LAYOUT)
    assert found.said("Review it", "measures") == ["Policy agreed by all partners"]


def test_a_lead_goes_on_in_the_next_row_where_a_patch_marks_it(read: Read) -> None:
    """What no rule can tell, the mark tells."""
    found = read(f"{HEADER}Review it | Done | March 2012 | Ann\nTrain staff | Done | May 2012 | ↳Lee\n", LAYOUT)
    assert found.said("Review it", "leads") == ["Ann Lee"]


def test_what_goes_on_stands_in_both_lines(read: Read) -> None:
    """Each piece of a broken statement is quoted from its own line."""
    found = read(f"{HEADER}Review the policy and | Done | March 2012 | Ann Lee\nthe practice | | |\n", LAYOUT)
    passages = found["Review the policy and the practice"].sources
    assert [(p.first_line, p.quote) for p in passages] == [(2, "Review the policy and"), (3, "the practice")]


def test_a_broken_row_is_kept_as_one_row(read: Read) -> None:
    """All cells of the printed rows are kept verbatim under their headings."""
    found = read(f"{HEADER}Review it | Agreed by | March 2012 | Ann Lee\n | all partners | |\n", LAYOUT)
    (row,) = found.plan.rows
    cells = [(cell.heading, cell.passage.quote) for cell in row.cells]
    assert ("Measure", "Agreed by") in cells and ("Measure", "all partners") in cells
    assert ("Lead", "Ann Lee") in cells


def test_where_statements_begin_in_lower_case_it_tells_nothing(read: Read) -> None:
    """A table whose cells all begin in lower case is read row by row if the layout says so."""
    document = f"{HEADER}review it | agreed | March 2012 | Ann Lee\ntrain staff | trained | May 2012 | Ann Lee\n"
    found = read(document, LAYOUT.replace("[[table]]", "[[table]]\nlower_start = true"))
    assert found.words(Action) == ["review it", "train staff"]
    assert found.words(Measure) == ["agreed", "trained"]


def test_no_cell_goes_on_over_something_lost(read: Read) -> None:
    """Where a page is lost, the words below belong to what the page held; the loss is a finding."""
    document = f"{HEADER}Review the policy and | Done | March 2012 | Ann Lee\nits practice | | May 2012 |\n"
    lost = '[[lost]]\nbefore = 3\nmessage = "A page is lost here."\n'
    assert read(document, LAYOUT).words(Action) == ["Review the policy and its practice"]
    found = read(document, LAYOUT + lost)
    assert found.words(Action) == ["Review the policy and", "its practice"]
    assert found.findings("text-lost") == [(3, "A page is lost here.")]


def test_no_cell_goes_on_over_a_heading(read: Read) -> None:
    """A new heading ends every row above it."""
    layout = """
[[level]]
term = "Priority"
kind = "commitment"

[[heading]]
level = "Priority"
pattern = 'Priority: (?P<statement>.+)'
"""
    document = (
        f"{HEADER}Review the | Done | May 2012 | Ann Lee\nPriority: Safety\n{HEADER}staff | Done | May 2012 | Ann Lee\n"
    )
    assert read(document, layout + LAYOUT).words(Action) == ["Review the", "staff"]


def test_a_merged_cell_holds_for_the_rows_below_it(read: Read) -> None:
    """A priority printed once stands over every action beside and below it."""
    document = f"{GROUP_HEADER}Be safe | Early help | Review it | May 2012\n | | Train staff | June 2012\n"
    found = read(f"{document} | Late help | Ask families | July 2012\nBe well | Sport | Play | May 2012\n", GROUPED)
    assert [found.under(action) for action in found.words(Action)] == ["Early help", "Early help", "Late help", "Sport"]
    assert [found.under(objective) for objective in ("Early help", "Late help", "Sport")] == ["Be safe"] * 2 + [
        "Be well"
    ]


def test_a_new_merged_cell_ends_the_lower_ones(read: Read) -> None:
    """A new priority without an objective takes none over from the priority above."""
    document = f"{GROUP_HEADER}Be safe | Early help | Review it | May 2012\nBe well | | Play | May 2012\n"
    assert read(document, GROUPED).under("Play") == "Be well"


def test_a_merged_cell_goes_on_in_the_next_row(read: Read) -> None:
    """A priority broken over two rows is one priority; the row beside its second part is an action of its own."""
    rows = "Keep children safe at all | | Review it | May 2012\ntimes of the day | | Train staff | May 2012\n"
    found = read(GROUP_HEADER + rows, GROUPED)
    assert found.words(Commitment) == ["Keep children safe at all times of the day"]
    assert found.under("Train staff") == "Keep children safe at all times of the day"


def test_list_items_in_a_merged_cell_are_elements_of_their_own(read: Read) -> None:
    """Two bulleted objectives are two: the row beside stands under the first, the rows below under the last."""
    document = f"{GROUP_HEADER}Be well | <li>Play</li><li>Eat well</li> | Open parks | May 2012\n | | Cook | May 2012\n"
    found = read(document, GROUPED)
    assert found.words(Commitment) == ["Be well", "Play", "Eat well"]
    assert (found.under("Open parks"), found.under("Cook")) == ("Play", "Eat well")


def test_a_note_in_a_merged_cell_describes_its_element(read: Read) -> None:
    """Words that begin with NB are no priority."""
    document = f"{GROUP_HEADER}Be safe<br>NB see the strategy | | Review it | May 2012\n"
    found = read(document, GROUPED)
    assert found.words(Commitment) == ["Be safe"]
    assert found["Be safe"].description == "NB see the strategy"


def test_a_merged_cell_that_is_only_a_number_takes_its_words_from_the_action(read: Read) -> None:
    """A number without words numbers what stands beside it."""
    found = read(f"{GROUP_HEADER}1. | | Review it | May 2012\n", GROUPED)
    assert [(e.statement, e.number) for e in found.plan.elements] == [("Review it", "1"), ("Review it", None)]


def test_a_blank_action_beside_an_objective_is_understood_from_it(read: Read) -> None:
    """The objective's words are also what will be done; that is inferred, not printed."""
    found = read(f"{GROUP_HEADER}Be safe | Open a refuge | | May 2012\n", GROUPED)
    (action,) = [element for element in found.plan.elements if isinstance(element, Action)]
    assert (action.statement, action.certainty) == ("Open a refuge", "inferred")
    assert [found.nodes[ref].statement for ref in action.due] == ["May 2012"]
