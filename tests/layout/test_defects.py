"""Each rule about a source's defects fires on the line of the defect, and not on what only looks like one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Read = Callable[[str, str], Any]

LAYOUT = """
[[scheme]]
prefix = "NI"
title = "National Indicator set"

[[level]]
term = "Theme"
kind = "theme"

[[level]]
term = "Priority"
kind = "commitment"

[[heading]]
level = "Theme"
pattern = 'Theme (?P<number>\\d): (?P<statement>.+)'

[[list]]
level = "Priority"
lines = "1-40"

[[table]]
column = [
    { heading = "Action", role = "action" },
    { heading = "Measure", role = "measures" },
    { heading = "Due", role = "due" },
    { heading = "Lead", role = "lead" },
]
"""
INITIALS = "[words]\ninitials = true\n"
HEADER = "Action | Measure | Due | Lead\n"


def lines_of(read: Read, kind: str, *rows: str, before: str = "", layout: str = LAYOUT) -> list[int]:
    """The lines of the findings of a kind, counted from the first row of the table."""
    found = read(f"{before}{HEADER}" + "".join(f"{row}\n" for row in rows), layout)
    return [line - 1 - before.count("\n") for line, _ in found.findings(kind)]


def row(action: str = "Review the policy", measure: str = "Done", due: str = "May 2012", lead: str = "Ann Lee") -> str:
    return f"{action} | {measure} | {due} | {lead}"


def test_a_plan_without_defects_has_no_findings(read: Read) -> None:
    """Nothing is found where nothing is amiss."""
    document = f"# Theme 1: Safe\n- 1. Stop bullying\n{HEADER}{row()}\n{row('Train staff', '90% of staff trained')}\n"
    assert read(document, LAYOUT).plan.findings == ()


@pytest.mark.parametrize(
    ("kind", "blank"),
    [("due-missing", {"due": ""}), ("lead-missing", {"lead": ""}), ("measure-missing", {"measure": ""})],
)
def test_what_a_column_is_there_for_and_a_row_does_not_print_is_missing(
    read: Read, kind: str, blank: dict[str, str]
) -> None:
    """A blank cell is found on its row, and only there."""
    assert lines_of(read, kind, row(), row("Train staff", **blank)) == [2]


@pytest.mark.parametrize(
    ("kind", "role"), [("due-missing", "due"), ("lead-missing", "lead"), ("measure-missing", "measures")]
)
def test_what_the_table_has_no_column_for_is_not_missed(read: Read, kind: str, role: str) -> None:
    """A plan that prints no leads at all lacks none."""
    layout = LAYOUT.replace(f'role = "{role}"', 'role = "ignored"')
    assert lines_of(read, kind, row("Train staff", "", "", ""), layout=layout) == []


@pytest.mark.parametrize(
    ("due", "found"),
    [
        ("March 2011", [1]),
        ("31/03/2011", [1]),
        ("01/04/2011", []),
        ("31/03/2013", []),
        ("01/04/2013", [1]),
        ("June 2014", [1]),
        ("March 2013", []),
        ("April 2011", []),
        ("May 2012", []),
        ("2010 onwards", []),
        ("From September 2010", []),
        ("Ongoing", []),
        ("TBC", []),
    ],
)
def test_a_deadline_before_the_plan_begins_or_after_it_ends_lies_outside_it(
    read: Read, due: str, found: list[int]
) -> None:
    """The first and the last day are within; what began before and goes on is too."""
    assert lines_of(read, "date-outside-the-plan-period", row(due=due)) == found


@pytest.mark.parametrize(
    ("due", "found"),
    [
        ("May 2012<br>March 2012", [1]),
        ("March 2012<br>May 2012", []),
        ("May 2012", []),
        ("May 2012<br>Ongoing", []),
    ],
)
def test_dates_of_one_action_that_run_backwards_are_out_of_order(read: Read, due: str, found: list[int]) -> None:
    """The later date stands first."""
    assert lines_of(read, "date-order", row(due=due)) == found


@pytest.mark.parametrize(
    ("due", "found"), [("30/02/2012", [1]), ("31 April 2012", [1]), ("29/02/2012", []), ("Quarterly", [])]
)
def test_a_day_that_no_calendar_has_is_impossible(read: Read, due: str, found: list[int]) -> None:
    """Leap days are in the calendar of a leap year."""
    assert lines_of(read, "impossible-date", row(due=due)) == found


@pytest.mark.parametrize(("lead", "found"), [("TBC", [1]), ("To be agreed", [1]), ("Ann Lee", []), ("", [])])
def test_a_lead_that_is_still_open_is_found(read: Read, lead: str, found: list[int]) -> None:
    """Blank is another finding."""
    assert lines_of(read, "lead-to-be-confirmed", row(lead=lead)) == found


@pytest.mark.parametrize(("lead", "found"), [("AL", [1]), ("Ann Lee", [])])
def test_initials_that_the_plan_does_not_resolve_are_found(read: Read, lead: str, found: list[int]) -> None:
    """A name in full leaves nothing open."""
    assert lines_of(read, "initials-unresolved", row(lead=lead), layout=INITIALS + LAYOUT) == found


def test_tbc_is_nobodys_initials(read: Read) -> None:
    """The plan's own "not yet" is no name, also where leads are printed as initials."""
    assert lines_of(read, "lead-to-be-confirmed", row(lead="TBC"), layout=INITIALS + LAYOUT) == [1]


@pytest.mark.parametrize(
    ("items", "skipped", "repeated"),
    [
        ("- 1. Be safe\n- 3. Play more\n", [2], []),
        ("- 1. Be safe\n- 1. Play more\n", [], [2]),
        ("- 1. Be safe\n- 2. Play more\n- 3. Eat well\n", [], []),
        ("- 1.9 Be safe\n- 1.10 Play more\n", [1], []),
        ("- Be safe\n- Play more\n", [], []),
    ],
    ids=["skipped", "repeated", "in order", "1.10 follows 1.9, but 1.1 to 1.8 are gone", "none"],
)
def test_numbers_that_are_skipped_or_printed_twice_are_found(
    read: Read, items: str, skipped: list[int], repeated: list[int]
) -> None:
    """A gap is found at the number behind it, a repeated number where it comes again."""
    found = read(items, LAYOUT)
    assert [line for line, _ in found.findings("number-skipped")] == skipped
    assert [line for line, _ in found.findings("number-repeated")] == repeated


def test_each_part_of_a_plan_may_number_anew(read: Read) -> None:
    """1 under another theme is no repetition."""
    found = read("# Theme 1: Safe\n- 1. Be safe\n# Theme 2: Well\n- 1. Play more\n", LAYOUT)
    assert (found.findings("number-repeated"), found.findings("number-skipped")) == ([], [])


def test_the_message_names_the_numbers_that_are_skipped(read: Read) -> None:
    """A reader of the finding knows what to look for."""
    ((_, message),) = read("- 1. Be safe\n- 4. Play more\n", LAYOUT).findings("number-skipped")
    assert "2 and 3" in message and "4" in message


@pytest.mark.parametrize(
    ("action", "found"),
    [
        ("Review the policy and practice of", [1]),
        ("Review the policy of the", [1]),
        ("Review the policy", []),
        ("Publish guidance for schools to refer to", []),
        ("Review the policy and practice of all.", []),
    ],
)
def test_words_that_break_off_are_cut_off(read: Read, action: str, found: list[int]) -> None:
    """A statement cannot end in "of the"; some verbs may end in "to"."""
    assert lines_of(read, "text-cut-off", row(action), before="# Theme 1: Safe\n") == found


def test_words_that_begin_in_mid_sentence_are_cut_off(read: Read) -> None:
    """Lower case is found where most actions begin with a capital, and not where it is the plan's way."""
    theme = "# Theme 1: Safe\n"
    rows = (row("Train staff"), row("Tell parents"), row("Meet monthly"), row("• times of response"))
    assert lines_of(read, "text-cut-off", *rows, before=theme) == [4]
    low = LAYOUT.replace("[[table]]", "[[table]]\nlower_start = true")
    assert lines_of(read, "text-cut-off", row("train staff"), row("tell parents"), before=theme, layout=low) == []


def test_words_that_begin_in_mid_sentence_are_found_in_a_plan_without_parts(read: Read) -> None:
    """A plan without themes is one part."""
    rows = (row("Train staff"), row("Tell parents"), row("Meet monthly"), row("• times of response"))
    assert lines_of(read, "text-cut-off", *rows) == [4]


def test_an_action_printed_twice_is_found_the_second_time(read: Read) -> None:
    """The same words in another row, whatever their case and punctuation; not the same beginning only."""
    rows = (
        row("Train all staff"),
        row("Review the policy"),
        row("train all staff."),
        row("Train all staff and parents"),
    )
    found = read(HEADER + "".join(f"• {each}\n" for each in rows), LAYOUT)
    ((line, message),) = found.findings("duplicate-action")
    assert line == 4
    assert "line 2" in message


def test_the_same_words_twice_in_one_row_are_no_second_printing(read: Read) -> None:
    """Steps of one row may be alike: "meet" in spring and "meet" in autumn."""
    assert lines_of(read, "duplicate-action", row("• Meet the board • Meet the board")) == []


@pytest.mark.parametrize(
    ("measures", "conflict"),
    [
        (("NI 108 Young offenders", "NI 108 Key Stage 4 results"), True),
        (("NI 108 Young offenders", "NI 108a Key Stage 4 results"), True),
        (("NI 108a Results of boys", "NI 108b Results of girls"), False),
        (("NI 108 Young offenders", "NI 108 Young offenders"), False),
        (("NI 108 Young offenders", "NI 109 Children's centres"), False),
    ],
)
def test_one_code_for_two_things_is_a_conflict(read: Read, measures: tuple[str, str], conflict: bool) -> None:
    """The same number with another title, or with and without a letter."""
    lines = lines_of(read, "code-conflict", row("Train staff", measures[0]), row("Tell parents", measures[1]))
    assert bool(lines) is conflict


@pytest.mark.parametrize(
    ("measure", "found"),
    [
        ("Reduce absence by 10%", [1]),
        ("Reduce absence by 10% from a baseline of 34%", []),
        ("Reduce absence to 5%", []),
        ("Absence reduced", []),
    ],
)
def test_a_change_without_a_baseline_cannot_be_checked(read: Read, measure: str, found: list[int]) -> None:
    """A level to reach needs none, and a change that names its baseline has one."""
    assert lines_of(read, "baseline-missing", row(measure=measure)) == found


@pytest.mark.parametrize(
    ("action", "measure", "found"),
    [
        ("Train 20% of staff", "50% of staff trained", [1]),
        ("Train 50% of staff", "50% of staff trained", []),
        ("Train staff", "50% of staff trained", []),
    ],
)
def test_an_action_and_its_measure_that_ask_for_different_shares_do_not_match(
    read: Read, action: str, measure: str, found: list[int]
) -> None:
    """Two percentages for one thing cannot both be meant."""
    assert lines_of(read, "target-mismatch", row(action, measure)) == found


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("Carol Compton", "Carol Comptom", [2]),
        ("Carol Compton", "Carol Compton", []),
        ("Carol Compton", "Michael Freeston", []),
    ],
)
def test_names_that_differ_by_letters_are_found_where_the_second_stands(
    read: Read, first: str, second: str, found: list[int]
) -> None:
    """One person misspelt, or two: a reader has to tell."""
    assert lines_of(read, "names-alike", row(lead=first), row("Train staff", lead=second)) == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (("Roll out the CAF to schools",), [1]),
        (("Roll out the CAF to schools", "Review the CAF"), [1]),
        (("Roll out the Common Assessment Framework (CAF) to schools", "Review the CAF"), []),
        (("Roll out the CAF (Common Assessment Framework) to schools",), []),
        (("Work with the NHS",), []),
    ],
)
def test_an_abbreviation_that_is_nowhere_spelt_out_is_found_once(
    read: Read, rows: tuple[str, ...], found: list[int]
) -> None:
    """Letters in brackets behind the words they stand for explain themselves; everybody knows the NHS."""
    assert lines_of(read, "unexplained-acronym", *(row(action) for action in rows)) == found


def test_findings_are_sorted_by_line_and_point_at_their_element(read: Read) -> None:
    """A reader can go through them with the document beside."""
    found = read(f"{HEADER}{row(lead='TBC')}\n{row('Train staff', due='30/02/2012')}\n{row('Tell the', '')}\n", LAYOUT)
    lines = [f.where.first_line for f in found.plan.findings if f.kind != "impossible-date"]
    assert lines == sorted(lines)
    targets = {f.kind: found.nodes[f.target].statement for f in found.plan.findings if f.target is not None}
    assert targets["lead-to-be-confirmed"] == "TBC"
    assert targets["impossible-date"] == "30/02/2012"
    assert targets["text-cut-off"] == "Tell the"


def test_nothing_is_missed_where_cells_are_shifted(read: Read) -> None:
    """What a row does not print may stand a row lower there; a row beside it is still missed."""
    defect = '[[defect]]\nkind = "cells-shifted"\nlines = "2-3"\nmessage = "A row too low."\nmeasures = "doubtful"\n'
    rows = (row(measure=""), row("Train staff", "Reviewed"), row("Hire staff", measure=""))
    assert lines_of(read, "measure-missing", *rows, layout=LAYOUT + defect) == [3]


def test_a_defect_of_measures_is_about_the_first_of_them(read: Read) -> None:
    """A finding leads to what is doubtful, not to the action that is not."""
    defect = '[[defect]]\nkind = "cells-shifted"\nlines = 3\nmessage = "A row too low."\nmeasures = "doubtful"\n'
    found = read(f"{HEADER}{row()}\n{row('Train staff', 'Policy agreed')}\n", LAYOUT + defect)
    (finding,) = [f for f in found.plan.findings if f.kind == "cells-shifted"]
    assert finding.target == found["Policy agreed"].ref
