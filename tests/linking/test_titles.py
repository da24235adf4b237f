"""A printed code is held against the national title: what is another thing is a finding, plain rewording is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cyppgraph.findings import Finding, Severity
from cyppgraph.linking import Glossary, check_titles
from cyppgraph.mapping import read_national_indicators
from cyppgraph.plan import Certainty, CodeScheme, Measure, Passage, Plan, SourceDocument
from cyppgraph.where import Span, Where

FILE = "data/plans/croydon-2011/source.txt"
TITLES = {
    code: one.title for code, one in read_national_indicators(Path(__file__).parents[2] / "data" / "catalogue").items()
}


def plan_with(code: str, statement: str, *findings: Finding, national: bool = True) -> Plan:
    """A plan of one measure, printed on line 7."""
    measure = Measure(
        ref=1,
        statement=statement,
        sources=(Passage((Span(7, 0, 9),), statement),),
        parent=None,
        position=1,
        code=code,
        scheme="NI",
    )
    return Plan(
        id="croydon-2011",
        title="A plan",
        title_sources=(),
        authority="croydon",
        partnership=None,
        status=None,
        issued=None,
        starts=date(2011, 4, 1),
        ends=date(2013, 3, 31),
        period_certainty=Certainty.STATED,
        document=SourceDocument(FILE, "0" * 64, 9, "text/plain", "A plan", None, "Nobody's."),
        schemes=(CodeScheme("NI", "National Indicators", national),),
        elements=(measure,),
        dues=(),
        leads=(),
        references=(),
        rows=(),
        findings=findings,
    )


@pytest.mark.parametrize(
    ("code", "statement", "kind", "words"),
    [
        ("NI 108", "Sure Start Children’s Centres reaching families", "code-conflict", "and this is NI 109"),
        ("NI 999", "Happy children", "code-conflict", "The national set has no NI 999"),
        (
            "NI 102a",
            "Achievement gap between pupils eligible for free school meals and their peers: Key Stage 4",
            "code-conflict",
            "the nation letters so",
        ),
        ("NI 112", "Under 16 conception rate", "title-differs", "the numbers are others (18 for 16)"),
        ("NI 81", "Achievement of a Level 3 qualification by the age of 19", "title-differs", "it is a gap"),
    ],
    ids=["another thing", "no such code", "another letter", "another number", "no gap"],
)
def test_a_title_that_means_another_figure_is_a_finding_with_its_line(
    glossary: Glossary, code: str, statement: str, kind: str, words: str
) -> None:
    (finding,) = check_titles(plan_with(code, statement), TITLES, glossary).findings
    assert (finding.kind, finding.where, finding.target) == (kind, Where(FILE, 7, 7), 1)
    assert code in finding.message and statement in finding.message and words in finding.message


@pytest.mark.parametrize(
    ("code", "statement"),
    [
        ("NI 117", "16 - 18 year olds who are NEET"),
        ("NI 112", "Teenage conceptions, under 18"),
        ("NI 102a", "FSM achievement gap at KS2"),
        ("NI 102b", "Free school meals attainment gap at KS4"),
        ("NI 55", "Obesity among primary school children in Reception Year"),
    ],
)
def test_plain_rewording_is_no_finding(glossary: Glossary, code: str, statement: str) -> None:
    plan = plan_with(code, statement)
    assert check_titles(plan, TITLES, glossary) is plan


def test_a_code_of_the_councils_own_is_not_held_against_the_nation(glossary: Glossary) -> None:
    assert check_titles(plan_with("NI 108", "Sure Start", national=False), TITLES, glossary).findings == ()


def test_one_measure_has_one_finding_of_a_kind_with_both_sentences(glossary: Glossary) -> None:
    before = Finding("code-conflict", Severity.WARNING, Where(FILE, 7), "Printed for two things.", 1)
    (finding,) = check_titles(plan_with("NI 108", "Sure Start", before), TITLES, glossary).findings
    assert finding.message.startswith("Printed for two things. NI 108 is printed here for “Sure Start”")


def test_findings_of_other_kinds_stay(glossary: Glossary) -> None:
    before = Finding("impossible-date", Severity.WARNING, Where(FILE, 7), "No such day.", 1)
    found = check_titles(plan_with("NI 108", "Sure Start", before), TITLES, glossary).findings
    assert [one.kind for one in found] == ["impossible-date", "code-conflict"]
