"""The parts of a plan as tables. In: what was read of a plan. Out: what their templates show, and rows for CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cyppgraph.web.plans.elements import Element
from cyppgraph.web.plans.measures import MeasureRow, list_measures
from cyppgraph.web.plans.reading import PlanReading
from cyppgraph.web.plans.timeline import Timeline, draw_timeline
from cyppgraph.web.plans.tree import Branch, Leader, count_leaders, grow_tree

DATE_COLUMNS = ("Part", "Earliest", "Latest", "Number", "What", "As printed", "As understood", "How known", "IRI")
MEASURE_COLUMNS = ("Code", "Measure", "Of", "Indicators", "Targets", "Baseline", "Date as printed", "Line", "IRI")
LEAD_COLUMNS = ("Lead", "Kind", "Actions", "Other statements", "IRI")
FINDING_COLUMNS = ("Kind", "What was found", "Lines", "On", "IRI")


def show_tree(reading: PlanReading) -> dict[str, object]:
    """Return all that the plan sets out, actions among it."""
    return {"tree": grow_tree(reading.elements), "below": {}}


def show_finance(reading: PlanReading) -> dict[str, object]:
    """Return the finance lines, with what each stands under and its amount, in the order of the document's lines."""
    lines = [each for each in reading.elements.values() if each.kind == "FinanceLine"]
    return {
        "finance": [
            (each, reading.elements.get(each.parent), reading.figures.get(each.iri))
            for each in sorted(lines, key=lambda line: (line.line, line.position, line.iri))
        ]
    }


def show_timeline(reading: PlanReading) -> dict[str, object]:
    """Return the drawing of what is due when."""
    return {"timeline": _draw(reading)}


def show_measures(reading: PlanReading) -> dict[str, object]:
    """Return the measures and targets."""
    return {"measures": _list_measures(reading)}


def show_leads(reading: PlanReading) -> dict[str, object]:
    """Return who leads how much."""
    return {"leaders": _list_leaders(reading)}


def show_findings(reading: PlanReading) -> dict[str, object]:
    """Return what is odd in the source, and the elements that it is on."""
    return {"findings": reading.findings, "elements": reading.elements}


def list_date_rows(reading: PlanReading) -> list[tuple[str, ...]]:
    """Return the dates for a file, by part of the plan and day."""
    return [
        (
            chart.name,
            str(bar.due.earliest or ""),
            str(bar.due.latest or ""),
            bar.element.number,
            bar.element.statement,
            bar.due.words,
            bar.due.understood,
            bar.due.certainty,
            bar.element.iri,
        )
        for chart in _draw(reading).charts
        for bar in chart.bars
    ]


def list_measure_rows(reading: PlanReading) -> list[tuple[str, ...]]:
    """Return the measures and targets for a file."""
    return [
        (
            row.figure.code if row.figure else "",
            row.element.statement,
            row.bearer.statement if row.bearer else "",
            "; ".join(name for _, name in row.figure.indicators) if row.figure else "",
            "; ".join((figure.figure if figure else "") or target.statement for target, figure in row.targets),
            "; ".join(figure.baseline for _, figure in row.targets if figure and figure.baseline),
            "; ".join(due.words for due in row.dates),
            row.element.line_text,
            row.element.iri,
        )
        for row in _list_measures(reading)
    ]


def list_lead_rows(reading: PlanReading) -> list[tuple[str, ...]]:
    """Return who leads how much for a file."""
    return [(each.name, each.kind, str(each.actions), str(each.others), each.iri) for each in _list_leaders(reading)]


def list_finding_rows(reading: PlanReading) -> list[tuple[str, ...]]:
    """Return what is odd in the source for a file."""
    names = {iri: each.statement for iri, each in reading.elements.items()}
    return [
        (
            each.kind,
            each.sentence,
            each.lines_text,
            "; ".join(names[iri] for iri in each.on if iri in names),
            each.iri,
        )
        for each in reading.findings
    ]


def _draw(reading: PlanReading) -> Timeline:
    tree = grow_tree(reading.elements)
    measured = _file_measured(reading.elements)
    return draw_timeline([_list_dated(branch, measured) for branch in tree], reading.dates)


def _list_measures(reading: PlanReading) -> list[MeasureRow]:
    return list_measures(reading.elements, reading.figures, reading.dates)


def _list_leaders(reading: PlanReading) -> list[Leader]:
    return count_leaders(reading.elements, reading.leads)


def _file_measured(elements: Mapping[str, Element]) -> dict[str, list[Element]]:
    """Return measures and targets by what they stand under: a target of a measure by that of the measure, too."""
    filed: dict[str, list[Element]] = {}
    for each in elements.values():
        if each.kind in ("Measure", "Target"):
            parent = elements.get(each.parent)
            for above in dict.fromkeys((each.parent, parent.parent if parent else each.parent)):
                filed.setdefault(above, []).append(each)
    return filed


def _list_dated(branch: Branch, measured: Mapping[str, Sequence[Element]]) -> tuple[str, Sequence[Element]]:
    own = list(branch.walk())
    theirs = dict.fromkeys(each for above in own for each in measured.get(above.iri, ()))
    name = " ".join(filter(None, (branch.element.word, branch.element.number, branch.element.statement)))
    return name, [*own, *theirs]
