"""A small plan, made by hand, in which every kind of node occurs; tests change a copy of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cyppgraph.findings import Finding, Severity
from cyppgraph.mapping import Authority, read_authorities
from cyppgraph.namespaces import Namespaces
from cyppgraph.plan import (
    Action,
    Certainty,
    CodeScheme,
    Commitment,
    Comparison,
    Due,
    FinanceKind,
    FinanceLine,
    Lead,
    LeadStatus,
    Measure,
    Outcome,
    OutcomeKind,
    Passage,
    Plan,
    Progress,
    ProgressStatus,
    Reference,
    SourceCell,
    SourceDocument,
    SourceRow,
    Target,
    Theme,
    TimeKind,
    Unit,
)
from cyppgraph.where import Span, Where

FILE = "data/plans/richmond-2009/source.txt"
ROOT = Path(__file__).resolve().parents[2]


def passage(line: int, quote: str, last: int | None = None) -> Passage:
    """Return a passage that fills its lines."""
    return Passage(tuple(Span(n, 0, len(quote)) for n in range(line, (last or line) + 1)), quote)


def build_plan(shift: int = 0, **changes: object) -> Plan:
    """Return the plan, all of its lines moved down by ``shift``."""

    def at(line: int, quote: str, last: int | None = None) -> tuple[Passage, ...]:
        return (passage(line + shift, quote, None if last is None else last + shift),)

    lead_cell = at(34, "Head of Play – Anna Example")
    due_cell = at(34, "by March 2012")
    elements = (
        Theme(
            ref=1,
            statement="Safe and healthy",
            sources=at(30, "Theme 1: Safe and healthy"),
            parent=None,
            position=1,
            number="1",
            term="Theme",
            alternatives=("Ensuring all are safe and healthy",),
        ),
        Commitment(
            ref=2,
            statement="Keep children safe from harm",
            sources=at(33, "1.1 Keep children safe from harm"),
            parent=1,
            position=1,
            number="1.1",
            term="Commitment",
            description="Words at length.",
        ),
        Outcome(
            ref=3,
            statement="Fewer children are hurt",
            sources=at(34, "Fewer children are hurt"),
            parent=2,
            position=1,
            number="1.1.6",
            kind=OutcomeKind.BENEFIT,
            row=100,
            measures=(4, 5),
            leads=(21,),
            refers_to=(40,),
        ),
        Measure(
            ref=4,
            statement="16 to 18 year olds who are not in education, employment or training (NEET)",
            sources=at(34, "NI 117 (LAA) 16 to 18 year olds who are NEET"),
            parent=3,
            position=1,
            code="NI 117",
            scheme="NI",
            designations=("LAA",),
            targets=(6,),
            row=100,
        ),
        Measure(
            ref=5,
            statement="Children referred",
            sources=at(34, "CSC 001 Children referred"),
            parent=3,
            position=2,
            code="CSC 001",
            scheme="CSC",
            designations=("school survey",),
            row=100,
        ),
        Target(
            ref=6,
            statement="75-100% of 100 offenders",
            sources=at(34, "75-100% of 100 offenders"),
            parent=4,
            position=1,
            value=Decimal("75"),
            upper=Decimal("100"),
            unit=Unit.PERCENT,
            comparison=Comparison.AT_LEAST,
            strict=True,
            per="100 offenders",
            of="offences",
            provisional=True,
            baseline_value=Decimal("4.90"),
            baseline_statement="4.90% in 2008",
            due=(11,),
        ),
        Action(
            ref=7,
            statement="Open a playground",
            sources=at(34, "Open a playground"),
            parent=3,
            position=1,
            row=100,
            due=(12,),
            leads=(20,),
            progress=(9,),
            refers_to=(42,),
            delivered_through=(41,),
            contributes_to=(1,),
        ),
        Action(
            ref=8,
            statement="Mend the fence",
            sources=at(34, "Mend the fence"),
            parent=7,
            position=1,
            number="2a",
            row=100,
            due=(12,),
            certainty=Certainty.SHARED,
        ),
        Progress(
            ref=9,
            statement="In hand",
            sources=at(34, "In hand"),
            parent=7,
            position=2,
            statuses=(ProgressStatus.IN_PROGRESS, ProgressStatus.COMPLETE),
        ),
        FinanceLine(
            ref=10,
            statement="24",
            sources=at(60, "2021/22 24"),
            parent=2,
            position=2,
            kind=FinanceKind.SAVING,
            amount=Decimal("24000"),
            financial_year="2021/22",
            reference="CFE SAV 02",
            interval="http://reference.data.gov.uk/id/government-year/2021-2022",
        ),
    )
    plan = Plan(
        id="richmond-2009",
        title="Children and Young People's Plan 2009-2013",
        title_sources=at(7, "Children and Young People's Plan", 8),
        authority="richmond",
        partnership="Richmond Children's Trust",
        status="draft",
        issued="2009-07",
        starts=date(2009, 4, 1),
        ends=date(2013, 3, 31),
        period_certainty=Certainty.INFERRED,
        document=SourceDocument(
            file=FILE,
            sha256="0" * 64,
            lines=140 + shift,
            media_type="text/plain",
            title="The plan as text",
            published_at="http://www.richmond.gov.uk/cypp",
            rights="The words are the council's.",
        ),
        schemes=(
            CodeScheme(
                "NI", "from the government's National Indicator set", True, at(16, "NI: from the government's set")
            ),
            CodeScheme("CSC", "Children's Services and Culture local performance indicator", False),
        ),
        elements=elements,
        dues=(
            Due(ref=11, statement="Quarterly", sources=at(34, "Quarterly"), kind=TimeKind.RECURRING, frequency="Q"),
            Due(
                ref=12,
                statement="by March 2012",
                sources=due_cell,
                kind=TimeKind.BY,
                earliest=date(2012, 3, 1),
                latest=date(2012, 3, 31),
                interval="http://reference.data.gov.uk/id/month/2012-03",
                edtf="2012-03",
                certainty=Certainty.SHARED,
            ),
        ),
        leads=(
            Lead(
                ref=20,
                statement="Head of Play – Anna Example",
                sources=lead_cell,
                status=LeadStatus.NAMED,
                person="Anna Example",
                role="Head of Play",
                initials="AE",
                capacity="with",
            ),
            Lead(ref=21, statement="Stay Safe", sources=at(34, "Stay Safe"), status=LeadStatus.NAMED, body="Stay Safe"),
        ),
        references=(
            Reference(ref=40, statement="see also 1.1", sources=at(34, "see also 1.1"), to=2, number="1.1"),
            Reference(ref=41, statement="Play Strategy", sources=at(34, "Play Strategy"), label="Play Strategy"),
            Reference(ref=42, statement="see 9.9", sources=at(34, "see 9.9"), number="9.9"),
        ),
        rows=(
            SourceRow(
                ref=100,
                cells=(
                    SourceCell("Outcome", at(34, "Fewer children are hurt")[0]),
                    SourceCell("Lead", lead_cell[0]),
                    SourceCell("", due_cell[0]),
                ),
                passages=at(34, "Fewer children are hurt Head of Play – Anna Example by March 2012"),
            ),
        ),
        findings=(
            Finding("lead-missing", Severity.WARNING, Where(FILE, 34 + shift), "No lead is printed.", 3),
            Finding("no-title-page", Severity.INFO, Where(FILE), "No title page."),
            Finding(
                "layout-artefact", Severity.INFO, Where(FILE, 60 + shift, 61 + shift), "Anna Example drew a line.", 20
            ),
        ),
    )
    return replace(plan, **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def authorities() -> dict[str, Authority]:
    return read_authorities(ROOT / "data" / "authorities.toml")


@pytest.fixture
def ns() -> Namespaces:
    return Namespaces()


@pytest.fixture
def make_plan() -> Callable[..., Plan]:
    return build_plan


@pytest.fixture
def make_passage() -> Callable[..., Passage]:
    return passage
