"""Printed numbers and letters."""

from __future__ import annotations

import pytest

from cyppgraph.phrases import parse_number, split_lettered


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("1.1.4 All looked-after children", "1.1.4", "All looked-after children"),
        ("2. Embed the use of", "2", "Embed the use of"),
        ("1(i) Extend the front door", "1(i)", "Extend the front door"),
        ("1 (ii) Develop and embed", "1 (ii)", "Develop and embed"),
        ("1iv) Capacity building", "1iv", "Capacity building"),
        ("12 Refocus Family Learning", "12", "Refocus Family Learning"),
        ("4.1", "4.1", ""),
        ("1.10 Voice of the child", "1.10", "Voice of the child"),
        ("4.2. Build", "4.2", "Build"),
        ("3.10.1 Support and embed", "3.10.1", "Support and embed"),
        ("7", "7", ""),
    ],
)
def test_a_leading_number_is_kept_in_full(text: str, number: str, rest: str) -> None:
    found = parse_number(text)
    assert found is not None
    assert (found[0], text[found[1] :]) == (number, rest)


@pytest.mark.parametrize(
    "text", ["25 families identified", "20% increase", "50 refreshed School Travel Plans", "2012-13", "No number", ""]
)
def test_a_quantity_is_no_number(text: str) -> None:
    assert parse_number(text) is None


LETTERED = {
    "2. Embed the use of CAF a) Deliver training b) Rollout of eCAF c) Continue engagement": (
        "2. Embed the use of CAF",
        [("a", "Deliver training"), ("b", "Rollout of eCAF"), ("c", "Continue engagement")],
    ),
    "a) and b) September 2013 c) March 2014": ("", [("ab", "September 2013"), ("c", "March 2014")]),
    "(ii) Identify a contact. (iii) Implement the changes (iv) Consider resource": (
        "",
        [("ii", "Identify a contact."), ("iii", "Implement the changes"), ("iv", "Consider resource")],
    ),
    "Review the following: a. Eligibility Criteria 0-17 b. Short Breaks c. Family Support": (
        "Review the following:",
        [("a", "Eligibility Criteria 0-17"), ("b", "Short Breaks"), ("c", "Family Support")],
    ),
    "a) Ensure an offer supported by the Clinical teamb) Ensure feedback": (
        "",
        [("a", "Ensure an offer supported by the Clinical team"), ("b", "Ensure feedback")],
    ),
    "b) Plans are specific c) Plans are written d) Test the impact": (
        "",
        [("b", "Plans are specific"), ("c", "Plans are written"), ("d", "Test the impact")],
    ),
    "Children in need (s.17) of A & E (a hospital)": ("Children in need (s.17) of A & E (a hospital)", []),
    "Tool/s and group(s) identified": ("Tool/s and group(s) identified", []),
}


@pytest.mark.parametrize("text", LETTERED)
def test_lettered_parts_are_cut_in_order(text: str) -> None:
    found = split_lettered(text)
    intro, parts = LETTERED[text]
    assert text[found.intro_start : found.intro_end] == intro
    assert [("".join(p.letters), text[p.start : p.end]) for p in found.parts] == parts
