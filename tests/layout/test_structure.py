"""Themes, commitments and outcomes: from headings, lists, banners, grids and columns, each once, in its place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cyppgraph.errors import FaultyInputError
from cyppgraph.layout import Fate, measure_coverage
from cyppgraph.plan import Action, Commitment, Outcome, Theme

Read = Callable[[str, str], Any]

LEVELS = """
[[level]]
term = "Theme"
kind = "theme"

[[level]]
term = "Priority"
kind = "commitment"

[[level]]
term = "Part"
kind = "commitment"

[[heading]]
level = "Theme"
pattern = 'Theme (?P<number>\\d): (?P<statement>.+)'

[[list]]
level = "Priority"
lines = "1-9"
"""
TABLE = """
[[table]]
column = [
    { heading = "Priority", role = "level", level = "Priority" },
    { heading = "Action", role = "action" },
]
"""


def test_headings_and_lists_state_elements_under_one_another(read: Read) -> None:
    """A list item stands under the heading above it; the printed number is no part of the words."""
    found = read("# Theme 1: Safe\n- Stop bullying\n- Help early\n# Theme 2: Well\n- Play more\n", LEVELS)
    assert (found.words(Theme), found.words(Commitment)) == (
        ["Safe", "Well"],
        ["Stop bullying", "Help early", "Play more"],
    )
    assert [found.under(item) for item in found.words(Commitment)] == ["Safe", "Safe", "Well"]
    assert [found[theme].number for theme in found.words(Theme)] == ["1", "2"]
    assert [found[item].position for item in found.words(Commitment)] == [1, 2, 1]


def test_a_heading_is_known_without_its_markup(read: Read) -> None:
    """Markdown's signs, bold and HTML are no part of what a heading's pattern is held against."""
    for printed in ("Theme 1: Safe", "### **Theme 1: Safe**", "<h2>Theme 1:   Safe</h2>"):
        assert read(f"{printed}\n", LEVELS).words(Theme) == ["Safe"]


def test_a_line_that_no_layout_reads_is_a_finding(read: Read) -> None:
    """Words outside tables are never dropped in silence."""
    found = read("# Theme 1: Safe\nA sentence that nobody expected.\n", LEVELS)
    ((line, message),) = found.findings("line-not-read")
    assert line == 2
    assert "A sentence that nobody expected." in message


def test_an_element_directly_under_the_plan_has_no_parent(read: Read) -> None:
    """A list without a heading above it stands under the plan."""
    assert read("- Stop bullying\n", LEVELS).under("Stop bullying") is None


def test_a_priority_in_a_list_and_over_its_table_is_one_priority_with_two_wordings(read: Read) -> None:
    """The fuller wording is its statement, the other an alternative; both are quoted, the difference is a finding."""
    document = (
        "# Theme 1: Safe\n- Keep all children safe from harm\n\nPriority | Action\nKeep children safe from harm | Act\n"
    )
    found = read(document, LEVELS + TABLE)
    assert found.words(Commitment) == ["Keep all children safe from harm"]
    priority = found["Keep all children safe from harm"]
    assert priority.alternatives == ("Keep children safe from harm",)
    assert [passage.first_line for passage in priority.sources] == [2, 5]
    assert found.under("Act") == priority.statement
    assert [line for line, _ in found.findings("list-and-table-differ")] == [5]


def test_the_same_words_in_list_and_table_are_no_finding(read: Read) -> None:
    """Case, spacing and punctuation make no difference between wordings."""
    found = read("- Keep children safe\nPriority | Action\nKeep  children safe. | Act\n", LEVELS + TABLE)
    assert len(found.words(Commitment)) == 1
    assert found.plan.elements[0].alternatives == ()
    assert found.findings("list-and-table-differ") == []


@pytest.mark.parametrize(
    ("listed", "over_table", "same"),
    [
        ("Services are built upon evidence of what works", "Services are based upon evidence of what works", True),
        ("Support young carers", "Supporting Young Carers.", True),
        ("Health & wellbeing of children in care", "Health and wellbeing of children in care", True),
        ("Strengthen ongoing support for families", "Strengthen ongoing support for families in poverty", True),
        ("Stop bullying in schools", "Stop smoking in pregnancy", False),
        ("Raise attainment at Key Stage 2", "Raise attendance at Pupil Referral Units", False),
    ],
)
def test_wordings_are_told_alike_as_a_reader_would(read: Read, listed: str, over_table: str, same: bool) -> None:
    """A word changed, cut short or added is the same priority; another subject is another."""
    found = read(f"- {listed}\nPriority | Action\n{over_table} | Act\n", LEVELS + TABLE)
    assert len(found.words(Commitment)) == (1 if same else 2)


def test_equal_words_under_different_numbers_are_two_priorities(read: Read) -> None:
    """A number tells apart what words do not."""
    document = "- 1. Keep children safe\n- 2. Keep children safe\nPriority | Action\n2. Keep children safe | Act\n"
    found = read(document, LEVELS + TABLE)
    numbers = {element.ref: element.number for element in found.plan.elements}
    assert [numbers[e.ref] for e in found.plan.elements if isinstance(e, Commitment)] == ["1", "2"]
    assert numbers[found["Act"].parent] == "2"


def test_a_number_that_only_the_table_prints_is_taken_over(read: Read) -> None:
    """The list's priority takes the number from its table."""
    found = read("- Keep children safe\nPriority | Action\n3. Keep children safe | Act\n", LEVELS + TABLE)
    assert found["Keep children safe"].number == "3"


def test_equal_words_in_two_themes_are_two_priorities(read: Read) -> None:
    """What is printed under another theme is another priority."""
    found = read("# Theme 1: Safe\n- Listen to children\n# Theme 2: Well\n- Listen to children\n", LEVELS)
    assert found.words(Commitment) == ["Listen to children", "Listen to children"]


SAME = """
[[same]]
level = "Priority"
statement = "Deliver the Violence Against Women strategy"
also = "Deliver our local plan"
why = "the table abbreviates the strategy"
"""


def test_same_joins_wordings_that_no_rule_would(read: Read) -> None:
    """Two wordings are one element where plan.toml says so and why, and two where it does not."""
    document = "- Deliver the Violence Against Women strategy\nPriority | Action\nDeliver our local plan | Act\n"
    assert len(read(document, LEVELS + TABLE).words(Commitment)) == 2
    found = read(document, LEVELS + TABLE + SAME)
    assert found.words(Commitment) == ["Deliver the Violence Against Women strategy"]
    assert found.under("Act") == "Deliver the Violence Against Women strategy"


def test_under_puts_a_number_below_what_plan_toml_names(read: Read) -> None:
    """Parts that the table numbers 1(i), 1(ii) stand under the list's first priority, at the level below."""
    under = """
[[under]]
level = "Priority"
number = '1 ?\\([iv]+\\)'
becomes = "Part"
parent = "Help early"
why = "the table numbers the parts of the first priority"
"""
    document = (
        "- Help early\n- Stop bullying\nPriority | Action\n1(i) Open a front door | Act\n2. Stop bullying | Work\n"
    )
    found = read(document, LEVELS + TABLE + under)
    assert (found.under("Open a front door"), found["Open a front door"].term) == ("Help early", "Part")
    assert found["Open a front door"].number == "1(i)"
    assert (found.under("Act"), found.under("Work")) == ("Open a front door", "Stop bullying")


def test_a_note_describes_the_element_above_it(read: Read) -> None:
    """A line that says more about a heading is no element and no finding."""
    note = "[[note]]\npattern = 'See .+'\n"
    found = read("# Theme 1: Safe\nSee the strategy.\nSee also the policy.\n", LEVELS + note)
    assert found["Safe"].description == "See the strategy. See also the policy."
    assert found.findings("line-not-read") == []


def test_ignore_leaves_lines_out_with_its_reason(read: Read) -> None:
    """Lines, or lines that match, state nothing; the coverage says why."""
    ignore = """
[[ignore]]
pattern = 'Page \\d+'
why = "a running foot"

[[ignore]]
lines = 3
why = "a table of dates of meetings"
"""
    found = read("# Theme 1: Safe\nPage 4\nMeeting | 4 May\n", LEVELS + ignore)
    assert (found.words(Commitment), found.plan.findings) == ([], ())
    (rest,) = measure_coverage(found.reading).remainders
    assert (rest.line, rest.fate, rest.reason) == (3, Fate.IGNORED, "a table of dates of meetings")


def test_ignore_by_lines_and_pattern_needs_both(read: Read) -> None:
    """A pattern bound to lines leaves the rest of the document alone."""
    ignore = "[[ignore]]\nlines = 1\npattern = 'Page .+'\nwhy = 'a running head'\n"
    found = read("Page 1\nPage 2\n", LEVELS + ignore)
    assert [line for line, _ in found.findings("line-not-read")] == [2]


@pytest.mark.parametrize(
    ("word", "term"), [("", "Part"), ('word = "Pillar"', "Pillar"), ('word = ""', None)], ids=["term", "word", "none"]
)
def test_a_level_bears_the_plans_own_word(read: Read, word: str, term: str | None) -> None:
    """The name that plan.toml uses is the plan's word unless the file says another, or that the plan has none."""
    layout = f'[[level]]\nterm = "Part"\nkind = "theme"\n{word}\n[[list]]\nlevel = "Part"\nlines = 1\n'
    assert read("- Safety\n", layout)["Safety"].term == term


@pytest.mark.parametrize(
    ("said", "kind"), [("", "benefit"), ('outcome_kind = "service improvement"', "service improvement")]
)
def test_an_outcome_is_a_benefit_unless_its_level_says_otherwise(read: Read, said: str, kind: str) -> None:
    """The level tells benefits for children from improvements of services."""
    layout = f'[[level]]\nterm = "Outcome"\nkind = "outcome"\n{said}\n[[list]]\nlevel = "Outcome"\nlines = 1\n'
    found = read("- 1.1 Children are safe\n", layout)
    assert (found.words(Outcome), found["Children are safe"].kind) == (["Children are safe"], kind)


def test_the_board_beside_an_outcome_leads_it_and_is_inherited_by_its_actions(read: Read) -> None:
    """A lead printed once beside an outcome is stated there, inherited by every action, also in rows below."""
    layout = """
[words]
lead_default = "body"

[[level]]
term = "Outcome"
kind = "outcome"

[[table]]
column = [
    { heading = "Outcome", role = "level", level = "Outcome" },
    { heading = "Action", role = "action" },
    { heading = "Delivery Board", role = "lead" },
]
"""
    found = read("Outcome | Action | Delivery Board\n1.1 Be safe | Act | Safety Board\n | Work | \n", layout)
    ((stated,), (first,), (second,)) = (found.of(words, "leads") for words in ("Be safe", "Act", "Work"))
    assert [lead.body for lead in (stated, first, second)] == ["Safety Board"] * 3
    assert [lead.certainty for lead in (stated, first, second)] == ["stated", "inherited", "inherited"]


def test_numbers_of_two_parts_of_a_plan_are_kept_apart_by_scope(read: Read) -> None:
    """Each heading with a scope begins a part whose numbers are its own."""
    layout = """
[[level]]
term = "Section"
kind = "theme"

[[level]]
term = "Priority"
kind = "commitment"

[[heading]]
level = "Section"
pattern = '(?P<statement>Savings)'
scope = "savings"

[[heading]]
level = "Section"
pattern = '(?P<statement>Practice)'
scope = "practice"

[[list]]
level = "Priority"
lines = "1-9"
"""
    found = read("# Savings\n- 1. Cut costs\n# Practice\n- 1. Do well\n", layout)
    assert (found["Cut costs"].scope, found["Do well"].scope) == ("savings", "practice")


BANNER = """
[[level]]
term = "Priority"
kind = "commitment"

[[table]]
lines = "1-9"
banner = 'Priority (?P<number>\\d): (?P<statement>.+?)(?: LEAD: (?P<lead>.+))?'
banner_level = "Priority"
column = [{ heading = "Action", role = "action" }, { heading = "Lead", role = "lead" }]
"""


def test_a_banner_states_an_element_and_its_lead(read: Read) -> None:
    """A row that names a priority holds no data; its lead answers for the priority, not for the actions below."""
    found = read(
        "Priority 1: Be safe LEAD: Ann Lee |\nAction | Lead\nAct | Jo Ray\nPriority 2: Play | \nPlay | Jo Ray\n", BANNER
    )
    assert found.said("Be safe", "leads") == ["Ann Lee"]
    assert found.said("Act", "leads") == ["Jo Ray"]
    priorities = {element.number: element.ref for element in found.plan.elements if isinstance(element, Commitment)}
    actions = [element for element in found.plan.elements if isinstance(element, Action)]
    assert [action.parent for action in actions] == [priorities["1"], priorities["2"]]


def test_a_heading_of_a_column_may_state_an_element(read: Read) -> None:
    """Where the first heading names the priority, each header begins another."""
    layout = """
[[level]]
term = "Priority"
kind = "commitment"

[[level]]
term = "Strand"
kind = "commitment"

[[table]]
column = [
    { heading = "Priority: (?P<statement>.+)", pattern = true, states = "Priority", role = "level", level = "Strand" },
    { heading = "Action", role = "action" },
]
"""
    found = read("Priority: Be safe | Action\nEarly help | Act\nPriority: Be well | Action\n | Play\n", layout)
    assert (found.under("Act"), found.under("Early help")) == ("Early help", "Be safe")
    assert found.under("Play") == "Be well"


GRID = """
[[level]]
term = "Aim"
kind = "commitment"

[[level]]
term = "Objective"
kind = "commitment"

[[grid]]
lines = "1-3"
labels = true
skip = ["We will:"]
row = [{ ignore = "names of the columns" }, { level = "Aim" }, { level = "Objective" }]
"""


def test_each_column_of_a_grid_states_a_branch(read: Read) -> None:
    """The aim on top, its objectives below it; labels and words that introduce a list are left out with a reason."""
    document = (
        " | A | B\nAims | Be safe | Be well\nSteps | We will: <li>Act</li><li>Help</li> | We will: <li>Play</li>\n"
    )
    found = read(document, GRID)
    assert [found.under(words) for words in ("Act", "Help", "Play")] == ["Be safe", "Be safe", "Be well"]
    assert found.words(Commitment) == ["Be safe", "Be well", "Act", "Help", "Play"]
    coverage = measure_coverage(found.reading)
    assert (coverage.counts[Fate.LOST], coverage.counts[Fate.PRINTED], coverage.counts[Fate.IGNORED]) == (0, 0, 8)


def test_a_grids_elements_are_met_again_over_their_tables(read: Read) -> None:
    """An objective of the grid and of a table is one objective."""
    table = """
[[table]]
column = [{ heading = "Objective", role = "level", level = "Objective" }, { heading = "Action", role = "action" }]
"""
    document = (
        " | A\nAims | Be safe\nSteps | <li>Help families early</li>\nObjective | Action\nHelp families early on | Act\n"
    )
    found = read(document, GRID + table)
    assert found.words(Commitment) == ["Be safe", "Help families early on"]
    assert (found.under("Act"), found.under("Help families early on")) == ("Help families early on", "Be safe")


HEADS = """
[[level]]
term = "Strand"
kind = "commitment"

[[table]]
heads = "Strand"
numbered = true
column = [
    { heading = "Ref", role = "number" },
    { heading = "Activity", role = "action" },
    { heading = "Through", role = "delivered" },
    { heading = "Lead", role = "lead" },
]
"""


def test_headings_inside_action_cells_state_what_the_actions_below_stand_under(read: Read) -> None:
    """A strand's lead and plan hold for its activities that print none: inherited and shared, not stated."""
    document = "Ref | Activity | Through | Lead\n1.1 | <h4>Missing children</h4> | Missing plan | Ann Lee\n"
    found = read(
        f"{document}1.1.1 | Find them | | \n(ii) | Ask them | | Jo Ray\n1.2 | <h4>Homes</h4>House them | |\n", HEADS
    )
    assert [found.under(words) for words in ("Find them", "Ask them", "House them")] == ["Missing children"] * 2 + [
        "Homes"
    ]
    assert [found[words].number for words in ("Missing children", "Find them", "Ask them")] == ["1.1", "1.1.1", "1.1ii"]
    (inherited,) = found.of("Find them", "leads")
    assert (inherited.person, inherited.certainty) == ("Ann Lee", "inherited")
    assert found.said("Ask them", "leads") == ["Jo Ray"]
    assert found.said("Find them", "delivered_through") == ["Missing plan"]


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("actions = 2", "[expect] actions = 2, but 1 were read"),
        ("commitments = 0", "[expect] commitments = 0, but 1 were read"),
        ("themes = 1", "[expect] themes = 1, but 0 were read"),
        ("outcomes = 1", "[expect] outcomes = 1, but 0 were read"),
        ("indicators = 5", "[expect] indicators = 5, but 0 were read"),
        ("finance_lines = 5", "[expect] finance_lines = 5, but 0 were read"),
    ],
)
def test_a_reader_that_loses_rows_fails(read: Read, wanted: str, message: str) -> None:
    """What plan.toml expects and what was read must agree, and the message says what to do."""
    with pytest.raises(FaultyInputError) as caught:
        read("Priority | Action\nBe safe | Act\n", f"{LEVELS}{TABLE}[expect]\n{wanted}\n")
    assert str(caught.value) == f"made-up-2011/plan.toml: {message}; correct the layout or [expect]"


def test_all_expectations_that_fail_are_told_at_once(read: Read) -> None:
    """Two wrong counts are two faults."""
    with pytest.raises(FaultyInputError) as caught:
        read(
            "Priority | Action\nBe safe | Act\n", f"{LEVELS}{TABLE}[expect]\nactions = 2\nthemes = 4\ncommitments = 1\n"
        )
    assert len(caught.value.faults) == 2
