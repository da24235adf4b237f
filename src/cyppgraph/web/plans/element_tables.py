"""The tables of an element to take away. In: an edition, an element's IRI. Out: what is below it; findings on it."""

from __future__ import annotations

from cyppgraph.store import Edition
from cyppgraph.web.display.sheets import Sheet, SheetRow
from cyppgraph.web.display.tables import Cell
from cyppgraph.web.plans.element_page import list_below, select_family
from cyppgraph.web.plans.elements import read_dates, read_elements, read_leads, select_one
from cyppgraph.web.plans.measures import read_figures, read_findings

_BELOW = ("Kind", "Number", "What", "Lead", "Date as printed", "As understood", "Figure", "Baseline", "How known")
_FINDINGS = ("Kind", "What was found", "Lines")


def lay_out_below(edition: Edition, iri: str) -> Sheet:
    """Return what stands directly below an element, in printed order; four queries."""
    family = select_family(iri)
    dates, leads, figures = read_dates(edition, family), read_leads(edition, family), read_figures(edition, family)
    rows = []
    for each in list_below(read_elements(edition, family), iri):
        figure = figures.get(each.iri)
        dues = dates.get(each.iri, ())
        words = (
            each.word,
            each.number,
            each.statement,
            "; ".join(name for lead in leads.get(each.iri, ()) for name in lead.names),
            "; ".join(due.words for due in dues),
            "; ".join(due.understood for due in dues),
            figure.figure if figure else "",
            figure.baseline if figure else "",
            each.certainty,
        )
        rows.append(SheetRow([Cell(text) for text in words], each.iri))
    return Sheet("below", "Below it in the plan", _BELOW, rows)


def lay_out_findings(edition: Edition, iri: str) -> Sheet:
    """Return the findings on an element, its dates and leads; one query."""
    rows = []
    for each in read_findings(edition, select_one(iri)):
        rows.append(SheetRow([Cell(each.kind), Cell(each.sentence), Cell(each.lines_text)], each.iri))
    return Sheet("findings", "Findings on it", _FINDINGS, rows)
