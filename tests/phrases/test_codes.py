"""Codes, designations and pointers."""

from __future__ import annotations

import pytest

from cyppgraph.phrases import parse_codes, parse_cross_references, parse_designations, split_at_codes

SCHEMES = {"NI": "", "CSC": r"\d{3}", "EH": "", "CIN": "", "CLA": ""}
DESIGNATIONS = ("LAA", "school survey", "Place Survey")


@pytest.mark.parametrize(
    ("text", "code", "position"),
    [
        ("NI199 Children and young people’s satisfaction", "NI 199", "leading"),
        ("NI 61 (LAA) Timeliness of placements", "NI 61", "leading"),
        ("NI 102a Pupils eligible for free school meals", "NI 102a", "leading"),
        ("CSC 001 Children in families referred", "CSC 001", "leading"),
        ("Percentage of cases closed that were stepped up to CSC (EH 9)", "EH 9", "trailing"),
        ("Percentage of Children in Need who had review on time (CIN 7)", "CIN 7", "trailing"),
        ("local CLA (CLA 3)", "CLA 3", "trailing"),
        ("a fall in NI 117 and more", "NI 117", "mentioned"),
    ],
)
def test_a_code_is_normalised_and_placed(text: str, code: str, position: str) -> None:
    (phrase,) = parse_codes(text, SCHEMES)
    assert (phrase.code, phrase.position) == (code, position)


def test_letters_of_other_schemes_are_no_codes() -> None:
    assert parse_codes("CSC referrals, S17, KS2, CG110 and UNI 5", SCHEMES) == []
    assert parse_codes("NI 117", {}) == []


def test_run_on_indicators_are_cut_at_their_codes() -> None:
    text = (
        "(See also 2.4.1 on sport) NI 43 Young people within the youth justice system NI 44 Ethnic composition"
        " of offenders NI 111 First time entrants CSC 075 Young people presented"
    )
    segments = split_at_codes(text, SCHEMES)
    assert [s.code and s.code.code for s in segments] == [None, "NI 43", "NI 44", "NI 111", "CSC 075"]
    assert text[segments[1].start : segments[1].end] == "NI 43 Young people within the youth justice system"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("NI 61 (LAA) Timeliness of placements", ["LAA"]),
        ("(LAA) Timeliness of placements", ["LAA"]),
        ("CSC 004 Support for combating bullying (school survey)", ["school survey"]),
        ("Improving activities for young people (Place Survey)", ["Place Survey"]),
        ("Uptake of the immunisation (MMR) by the second birthday", []),
        ("Effectiveness of (LAA) services in the borough", []),
    ],
)
def test_designations_stand_by_the_code_or_at_the_end(text: str, names: list[str]) -> None:
    assert [d.name for d in parse_designations(text, DESIGNATIONS)] == names


@pytest.mark.parametrize(
    ("text", "words", "number", "label"),
    [
        ("(See also 2.4.1 on sport and play) NI 55", "(See also 2.4.1 on sport and play)", "2.4.1", None),
        ("(see also 2.2.1 below on primary schools)", "(see also 2.2.1 below on primary schools)", "2.2.1", None),
        (
            "(See also actions on improved commissioning in 4.1.3)",
            "(See also actions on improved commissioning in 4.1.3)",
            "4.1.3",
            None,
        ),
        ("Repeat exercise in 2.1 in 2021/22", "in 2.1", "2.1", None),
        ("(other measures re CAF included in the priority 5)", "in the priority 5", "5", None),
        (
            "needs analysis (linked to Government 5 year business plan)",
            "(linked to Government 5 year business plan)",
            None,
            "Government 5 year business plan",
        ),
        (
            "services. (link to government 5 year business plan)",
            "(link to government 5 year business plan)",
            None,
            "government 5 year business plan",
        ),
    ],
)
def test_pointers_are_found(text: str, words: str, number: str | None, label: str | None) -> None:
    (pointer,) = parse_cross_references(text)
    assert (text[pointer.start : pointer.end], pointer.number, pointer.label) == (words, number, label)


@pytest.mark.parametrize("text", ["NEET to 4.9%", "in 4.9% of cases", "by 1.5 points", "of 2.5 million"])
def test_quantities_are_no_pointers(text: str) -> None:
    assert parse_cross_references(text) == []
