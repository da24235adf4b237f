"""Cards: a project's title, manager, reference, words, amounts and measures, from cells that the PDF ran together."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cyppgraph.layout import measure_coverage
from cyppgraph.plan import FinanceLine

Read = Callable[[str, str], Any]

LAYOUT = """
[words]
initials = true

[[scheme]]
prefix = "EH"
title = "Early Help measures"

[[level]]
term = "Project"
kind = "commitment"

[[card]]
level = "Project"
start = '(?P<number>\\d)\\. (?P<statement>.+?) Manager: (?P<lead>.+?) Ref: (?P<reference>\\w+ \\d+)'
lead_role = "Project Manager"
description = "Description"
finance = "Savings £000s"
measures = 'Performance measures'
growth = 'GRO'
multiplier = 1000

[[table]]
column = [
    { heading = "Ref", role = "number" },
    { heading = "Actions", role = "action" },
    { heading = "Owner", role = "lead" },
    { heading = "By when", role = "due" },
]
"""
TABLE = "Ref | Actions | Owner | By when\n"


def card(figures: str, reference: str = "SAV 01") -> str:
    """A project's card with a cell of figures."""
    return (
        f"1. Help early | Manager: Ann Lee | Ref: {reference} |\nDescription | Savings £000s | |\n"
        f"The project helps families. | {figures} | |\n"
    )


def amounts(found: Any) -> list[tuple[str | None, Decimal | None]]:
    lines = [element for element in found.plan.elements if isinstance(element, FinanceLine)]
    return [(line.financial_year, line.amount) for line in lines]


def test_a_card_states_its_project(read: Read) -> None:
    """Title, number, reference, manager with the post, and words that describe it."""
    found = read(card("2021/22 120"), LAYOUT)
    project = found["Help early"]
    assert (project.number, project.reference) == ("1", "SAV 01")
    assert project.description == "The project helps families."
    (lead,) = found.of("Help early", "leads")
    assert (lead.person, lead.role) == ("Ann Lee", "Project Manager")


def test_every_word_of_a_card_is_accounted_for(read: Read) -> None:
    """Nothing of the card is lost or kept only as printed."""
    assert measure_coverage(
        read(card("2021/22 120 Performance measures EH 2 Families helped"), LAYOUT).reading
    ).is_whole


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("2021/22 120", [("2021/22", Decimal(120_000))]),
        ("2021/222022/2326.426.4", [("2021/22", Decimal(26_400)), ("2022/23", Decimal(26_400))]),
        ("2021/222022/23 1,385250", [("2021/22", Decimal(1_385_000)), ("2022/23", Decimal(250_000))]),
        ("2021/22 2022/23 120 9", [("2021/22", Decimal(120_000)), ("2022/23", Decimal(9_000))]),
    ],
)
def test_amounts_that_can_be_split_in_one_way_are_split(
    read: Read, printed: str, wanted: list[tuple[str, Decimal]]
) -> None:
    """Each financial year has its amount in pounds, under the project."""
    found = read(card(printed), LAYOUT)
    assert amounts(found) == wanted
    assert found.findings("amount-unsplit") == []
    assert {found.nodes[e.parent].statement for e in found.plan.elements if isinstance(e, FinanceLine)} == {
        "Help early"
    }


def test_amounts_that_can_be_split_in_several_ways_stay_as_printed(read: Read) -> None:
    """No figure is guessed: one line without an amount, and a finding with its line."""
    found = read(card("2021/222022/2312345"), LAYOUT)
    assert amounts(found) == [(None, None)]
    ((line, message),) = found.findings("amount-unsplit")
    assert line == 3
    assert "2021/222022/2312345" in message


def test_amounts_printed_each_behind_its_year_are_split(read: Read) -> None:
    """ "2021/22 120 2022/23 130" leaves nothing to guess."""
    found = read(card("2021/22 120 2022/23 130"), LAYOUT)
    assert amounts(found) == [("2021/22", Decimal(120_000)), ("2022/23", Decimal(130_000))]


@pytest.mark.parametrize(
    ("reference", "kind", "certainty"), [("SAV 01", "saving", "stated"), ("GRO 02", "growth", "inferred")]
)
def test_what_its_reference_calls_growth_is_growth_by_inference(
    read: Read, reference: str, kind: str, certainty: str
) -> None:
    """The heading says savings; a reference that says growth is believed, and marked."""
    found = read(card("2021/22 120", reference), LAYOUT)
    (line,) = [element for element in found.plan.elements if isinstance(element, FinanceLine)]
    assert (str(line.kind), str(line.certainty)) == (kind, certainty)


def test_the_measures_of_a_card_stand_behind_their_heading(read: Read) -> None:
    """Coded measures, before or behind their code, are the project's."""
    found = read(card("2021/22 120 Performance measures EH 2 Families helped<br>Families seen (EH 11)"), LAYOUT)
    assert [(m.statement, m.code) for m in found.of("Help early", "measures")] == [
        ("Families helped", "EH 2"),
        ("Families seen", "EH 11"),
    ]


def test_initials_are_a_person_only_in_the_project_whose_manager_bears_them(read: Read) -> None:
    """AL is Ann Lee in her own project, by inference; in another project nobody knows who AL is."""
    second = card("2021/22 5").replace("1. Help early", "2. Grow").replace("Ann Lee", "Jo Ray")
    table = f"{TABLE}%s.1 | %s | AL | 31/03/2022\n"
    found = read(card("2021/22 120") + table % (1, "Review") + second + table % (2, "Pay"), LAYOUT)
    ((own,), (other,)) = (found.of(words, "leads") for words in ("Review", "Pay"))
    assert (own.initials, own.person, str(own.certainty)) == ("AL", "Ann Lee", "inferred")
    assert (other.initials, other.person) == ("AL", None)
    assert [line for line, _ in found.findings("initials-unresolved")] == [10]


def test_actions_below_a_card_are_the_projects(read: Read) -> None:
    """The table that follows a card stands under its project; the next card begins another."""
    second = card("2021/22 5").replace("1. Help early", "2. Grow")
    found = read(
        f"{card('2021/22 120')}{TABLE}1.1 | Review | AL | May 2022\n{second}{TABLE}2.1 | Pay | AL | May 2022\n", LAYOUT
    )
    assert (found.under("Review"), found.under("Pay")) == ("Help early", "Grow")
    assert [found[words].number for words in ("Review", "Pay")] == ["1.1", "2.1"]


def test_a_step_is_no_surer_than_its_action_of_whose_initials_they_are(read: Read) -> None:
    """AL is Ann Lee by inference also where the row shares AL between an action and its steps."""
    table = f"{TABLE}1.1 | Improve the offer<li>Review it</li><li>Pay for it</li> | AL | 31/03/2022\n"
    found = read(card("2021/22 120") + table, LAYOUT)
    for words in ("Improve the offer", "Review it", "Pay for it"):
        (lead,) = found.of(words, "leads")
        assert (lead.person, str(lead.certainty)) == ("Ann Lee", "inferred")
