"""Figures as printed: numbers, absences that stay apart, and what is neither."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.namespace import SKOS

from cyppgraph.observations import ABSENCES, Absence
from cyppgraph.observations.observation import Unread
from cyppgraph.observations.values import LAYOUTS, read_value, shortest_decimal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.6", "1.6"),
        ("0", "0"),
        ("0.0", "0.0"),
        ("69.0", "69.0"),
        ("-0.3", "-0.3"),
        ("−0.3", "-0.3"),
        ("+0.3", "0.3"),
        (" 3 ", "3"),
        (".5", "0.5"),
        ("9,182", "9182"),
        ("1,208,392.7", "1208392.7"),
        ("4.8%", "4.8"),
        ("4.8 %", "4.8"),
        ("1e-05", "0.00001"),
        ("2.5E+1", "25"),
        ("19.100000000000001", "19.1"),
        ("8.9499999999999993", "8.95"),
        ("9.7200000000000006", "9.72"),
        ("2.2347813238770686", "2.2347813238770686"),
        ("0.1000000000000000055511151231257827021181583404541015625", "0.1"),
        ("-0.1000000000000000055511151231257827021181583404541015625", "-0.1"),
        ("12345678901234567", "12345678901234567"),
        ("0.12345678901234567890123456789012345", "0.12345678901234567890123456789012345"),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, value: str) -> None:
    assert str(read_value(text, "ees", "percent")) == str(Decimal(value))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("code", ["c", "x", "z", "k", "low", "u", "-", ""])
def test_each_code_is_an_absence_of_its_own(code: str, layout: str) -> None:
    read = read_value(code, layout, "percent")
    if code == "-" and layout != "lait":
        assert isinstance(read, Unread)
        return
    assert isinstance(read, Absence)
    assert read.code == (code or "blank")


def test_no_two_codes_share_an_absence(cube_schemes: list[Graph]) -> None:
    """Each code has a concept, which has its code as notation and says which layouts print it."""
    concepts = {
        str(graph.value(concept, SKOS.notation)): (
            str(graph.value(concept, SKOS.prefLabel)),
            str(graph.value(concept, SKOS.scopeNote)),
        )
        for graph in cube_schemes[:1]
        for concept in graph.subjects(SKOS.inScheme)
    }
    assert {absence.code: absence.name for absence in ABSENCES} == {code: said[0] for code, said in concepts.items()}
    assert len({absence.name for absence in ABSENCES}) == len(ABSENCES)
    for absence in ABSENCES:
        note = concepts[absence.code][1].partition(".")[0]
        assert set(note.partition(": ")[2].split(", ")) == absence.layouts


@pytest.mark.parametrize(
    "text",
    ["n/a", "NA", "NaN", "inf", "Infinity", "1.2.3", "1,23", "1 234", "12,34,567", "4,8", "<5", "~", "*", "..", ":",
     "4.8p", "4.8*", "C", "[c]", "blank", "%", "-%", ".", "+", "1e400", "٣", "½", "five", "#REF!", "--", "1-2"],
)  # fmt: skip
def test_what_is_neither_is_told_and_is_no_nought(text: str) -> None:
    read = read_value(text, "ees", "percent")
    assert isinstance(read, Unread)
    assert read.kind == "value not read"
    assert repr(text) in read.message


@pytest.mark.parametrize(("text", "unit"), [("4.8%", "count"), ("£4.80", "percent"), ("4.8%", "percentage points")])
def test_a_sign_that_contradicts_the_unit_is_told(text: str, unit: str) -> None:
    read = read_value(text, "ees", unit)
    assert isinstance(read, Unread)
    assert read.kind == "unit differs"


def test_a_pound_sign_belongs_to_pounds() -> None:
    assert read_value("£1,250.50", "tidy", "GBP") == Decimal("1250.50")


@given(st.floats(-1e12, 1e12, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-6))
def test_a_double_written_out_in_full_is_its_shortest_decimal(number: float) -> None:
    for text in (f"{number:.17g}", f"{number:.16g}", repr(number)):
        if float(text) == number:
            read = read_value(text, "lait", "percent")
            assert isinstance(read, Decimal)
            assert float(read) == number
            assert len(read.normalize().as_tuple().digits) <= len(Decimal(repr(number)).normalize().as_tuple().digits)


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_decimal_of_few_digits_keeps_them_all(number: Decimal) -> None:
    assert read_value(f"{number:f}", "tidy", "count") == number
    assert read_value(f"{number:,f}", "tidy", "count") == number


@given(st.text(max_size=12))
def test_no_text_breaks_the_reader_or_becomes_a_nought(text: str) -> None:
    read = read_value(text, "ees", "percent")
    if isinstance(read, Decimal) and read == 0:
        assert "0" in text
        assert not any(character in "123456789" for character in text.lower().partition("e")[0])


def test_a_whole_number_is_never_shortened() -> None:
    assert shortest_decimal("19100000000000001") == 19100000000000001
