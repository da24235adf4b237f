"""Coded indicators, targets and pointers: what a cell of measures or actions states beside plain words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cyppgraph.plan import Action, Measure

Read = Callable[[str, str], Any]

LAYOUT = """
[words]
designations = ["LAA", "school survey"]

[[scheme]]
prefix = "NI"
title = "National Indicator set"
national = true
line = 1

[[scheme]]
prefix = "CSC"
title = "Local indicators"

[[level]]
term = "Outcome"
kind = "outcome"

[[table]]
column = [
    { heading = "Outcome", role = "level", level = "Outcome" },
    { heading = "Indicators", role = "measures" },
]

[[table]]
column = [
    { heading = "Improvement", role = "level", level = "Outcome" },
    { heading = "Action", role = "action" },
]

[[ignore]]
lines = 1
why = "explains the codes"
"""
KEY = "NI: the government's set\n"
INDICATORS = f"{KEY}Outcome | Indicators\n"
ACTIONS = f"{KEY}Improvement | Action\n"


def targets_of_measure(found: Any) -> list[Any]:
    """The targets of the one measure of a plan."""
    (measure,) = [element for element in found.plan.elements if isinstance(element, Measure)]
    return [found.nodes[ref] for ref in measure.targets]


@pytest.mark.parametrize(
    ("printed", "code", "title", "designations"),
    [
        ("NI 32 Repeat incidents", "NI 32", "Repeat incidents", ()),
        ("NI199 Children’s satisfaction", "NI 199", "Children’s satisfaction", ()),
        ("CSC 001 Rate of visits", "CSC 001", "Rate of visits", ()),
        ("NI 102a Gap at Key Stage 2", "NI 102a", "Gap at Key Stage 2", ()),
        ("NI 32 (LAA) Repeat incidents", "NI 32", "Repeat incidents", ("LAA",)),
        ("CSC 007 Rate of visits (school survey)", "CSC 007", "Rate of visits", ("school survey",)),
        ("Repeat incidents (NI 32)", "NI 32", "Repeat incidents", ()),
    ],
)
def test_a_coded_indicator_is_its_title_its_code_and_its_designations(
    read: Read, printed: str, code: str, title: str, designations: tuple[str, ...]
) -> None:
    """The statement is the title alone, the code is normalised, and the raw print stays in the passage."""
    found = read(f"{INDICATORS}1.1 Be safe | {printed}\n", LAYOUT)
    (measure,) = found.of("Be safe", "measures")
    assert (measure.statement, measure.code, measure.designations) == (title, code, designations)
    assert measure.scheme == code.split()[0]
    assert [passage.quote for passage in measure.sources] == [printed]


def test_indicators_that_run_together_are_parted_at_their_codes(read: Read) -> None:
    """Two codes in one cell are two measures, each with its own title."""
    found = read(f"{INDICATORS}1.1 Be safe | NI 43 Young people sentenced NI 44 Ethnic composition\n", LAYOUT)
    assert found.said("Be safe", "measures") == ["Young people sentenced", "Ethnic composition"]


def test_a_code_of_no_scheme_of_the_plan_is_part_of_the_words(read: Read) -> None:
    """Only the prefixes that plan.toml names are codes."""
    found = read(f"{INDICATORS}1.1 Be safe | KS 2 results of boys\n", LAYOUT)
    (measure,) = found.of("Be safe", "measures")
    assert (measure.statement, measure.code) == ("KS 2 results of boys", None)


def test_a_designation_that_the_plan_does_not_know_stays_in_the_words(read: Read) -> None:
    """Brackets are words unless [words] says that they designate."""
    found = read(f"{INDICATORS}1.1 Be safe | Rate of visits (quarterly return)\n", LAYOUT)
    assert found.said("Be safe", "measures") == ["Rate of visits (quarterly return)"]


def test_a_code_printed_among_actions_is_a_measure_of_the_outcome(read: Read) -> None:
    """An indicator is nothing that will be done."""
    found = read(f"{ACTIONS}4.1 Be safe | <p>Train staff</p> <p>NI 108 Young offenders</p>\n", LAYOUT)
    assert found.words(Action) == ["Train staff"]
    assert found.said("Be safe", "measures") == ["Young offenders"]


def test_a_scheme_cites_the_line_that_explains_it(read: Read) -> None:
    """The set of codes is a thing of its own, with its name and the words that explain it."""
    schemes = {scheme.prefix: scheme for scheme in read(f"{INDICATORS}1.1 Be safe | NI 1 Calm\n", LAYOUT).plan.schemes}
    assert (schemes["NI"].national, schemes["CSC"].national) == (True, False)
    assert [passage.quote for passage in schemes["NI"].passages] == ["NI: the government's set"]
    assert schemes["CSC"].passages == ()


def test_a_target_hangs_on_the_measure_it_is_printed_in(read: Read) -> None:
    """A measure that is itself a target is both."""
    found = read(f"{INDICATORS}1.1 Be safe | 90% of staff trained\n", LAYOUT)
    (target,) = targets_of_measure(found)
    assert (target.value, target.unit) == (Decimal(90), "percent")


def test_a_target_in_an_action_is_the_actions(read: Read) -> None:
    """A number that an action sets for itself hangs on the action."""
    found = read(f"{ACTIONS}4.1 Be safe | Reduce absence to 4.9%\n", LAYOUT)
    (action,) = [element for element in found.plan.elements if isinstance(element, Action)]
    (target,) = [found.nodes[ref] for ref in action.targets]
    assert (target.value, target.unit) == (Decimal("4.9"), "percent")


@pytest.mark.parametrize("words", ["Absence, currently 34.9%", "Schools with less than 55% of pupils at level 4"])
def test_a_present_level_or_a_definition_is_no_target(read: Read, words: str) -> None:
    """A number that is not to be reached is none."""
    assert targets_of_measure(read(f"{INDICATORS}1.1 Be safe | {words}\n", LAYOUT)) == []


def test_a_pointer_finds_what_bears_the_number(read: Read) -> None:
    """A cross-reference points at the element itself, also where it stands further below."""
    document = f"{ACTIONS}4.1 Be safe | Train staff (see also 4.2)\n4.2 Be well | Act\n"
    found = read(document, LAYOUT)
    (pointer,) = found.of("Train staff (see also 4.2)", "refers_to")
    assert found.nodes[pointer.to].statement == "Be well"
    assert found.findings("cross-reference-broken") == []


def test_a_pointer_in_a_measures_cell_is_no_measure(read: Read) -> None:
    """ "See also" beside an outcome refers the outcome to the other."""
    document = f"{INDICATORS}1.1 Be safe | NI 1 Calm<br>(see also 1.2 below on health)\n1.2 Be well | NI 2 Health\n"
    found = read(document, LAYOUT)
    assert found.said("Be safe", "measures") == ["Calm"]
    (pointer,) = found.of("Be safe", "refers_to")
    assert found.nodes[pointer.to].statement == "Be well"


def test_a_pointer_to_nothing_is_a_finding(read: Read) -> None:
    """A number that nothing bears is kept and reported with its line."""
    found = read(f"{ACTIONS}4.1 Be safe | Train staff (see also 9.9)\n", LAYOUT)
    (pointer,) = found.of("Train staff (see also 9.9)", "refers_to")
    assert (pointer.to, pointer.number) == (None, "9.9")
    ((line, message),) = found.findings("cross-reference-broken")
    assert line == 3
    assert "9.9" in message


def test_a_pointer_prefers_its_own_part_of_the_plan(read: Read) -> None:
    """Where two parts number alike, a number means the one in the same part."""
    layout = """
[[level]]
term = "Section"
kind = "theme"

[[level]]
term = "Outcome"
kind = "outcome"

[[heading]]
level = "Section"
pattern = '(?P<statement>First)'
scope = "first"

[[heading]]
level = "Section"
pattern = '(?P<statement>Second)'
scope = "second"

[[table]]
column = [
    { heading = "Improvement", role = "level", level = "Outcome" },
    { heading = "Action", role = "action" },
]
"""
    header = "Improvement | Action\n"
    document = f"First\n{header}1.1 Be safe | Act\nSecond\n{header}1.1 Be well | Play\n1.2 Eat | Cook (see also 1.1)\n"
    found = read(document, layout)
    (pointer,) = found.of("Cook (see also 1.1)", "refers_to")
    assert found.nodes[pointer.to].statement == "Be well"


def test_a_note_in_an_action_cell_describes_the_action(read: Read) -> None:
    """Words that begin with NB are neither an action nor lost."""
    found = read(f"{ACTIONS}4.1 Be safe | <p>Train staff</p> <p>NB subject to funding</p>\n", LAYOUT)
    assert found.words(Action) == ["Train staff"]
    assert found["Train staff"].description == "NB subject to funding"


@pytest.mark.parametrize("printed", ["(LAA) Review the policy", "Review the policy (LAA)", "Review the policy (LAA)."])
def test_an_action_keeps_all_its_words_beside_a_designation(read: Read, printed: str) -> None:
    """A designation is no part of the words, wherever it stands, and takes none of them with it."""
    (action,) = [e for e in read(f"{ACTIONS}Be safe | {printed}\n", LAYOUT).plan.elements if isinstance(e, Action)]
    assert (action.statement, action.designations) == ("Review the policy", ("LAA",))
