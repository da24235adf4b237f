"""The page of who leads: a role, a person, a body, a council. In: an edition, an IRI. Out: what lead.html shows of it.

Six queries, however much it leads: the elements that it answers for, with their dates and leads and plans; the plans
that are its own; links to other names of the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pyoxigraph as ox
from flask import url_for

from cyppgraph.store import Edition, read_texts
from cyppgraph.web.display.addresses import locate_document
from cyppgraph.web.display.days import say_day
from cyppgraph.web.display.sheets import Sheet, SheetRow
from cyppgraph.web.display.tables import Cell
from cyppgraph.web.plans.elements import (
    Element,
    Lead,
    read_dates,
    read_elements,
    read_leads,
)
from cyppgraph.web.plans.inline import make_locator
from cyppgraph.web.plans.links import read_links
from cyppgraph.web.plans.reading import locate_part

_LED = "?element cypp:hasLead ?assignment . ?assignment cypp:leadRole|cypp:leadPerson|cypp:leadBody {lead} ."
_PLANS = """
SELECT DISTINCT ?element ?plan ?title ?id {{
  {scope} ?element cypp:inPlan ?plan . ?plan dct:title ?title OPTIONAL {{ ?plan dct:identifier ?id }}
}} ORDER BY ?id ?title
"""
_OWN = """
SELECT ?plan ?title (MIN(?_id) AS ?id) (MIN(?_starts) AS ?starts) (MAX(?_ends) AS ?ends)
       (MIN(STR(?_by)) AS ?by)
{{
  VALUES ?property {{ dct:publisher dct:creator prov:wasAttributedTo }}
  ?plan a cypp:Plan ; ?property {lead} ; dct:title ?title .
  OPTIONAL {{ ?plan dct:identifier ?_id }}
  OPTIONAL {{ ?plan dct:publisher ?_by }}
  OPTIONAL {{ ?plan dct:temporal/dcat:startDate ?_starts }}
  OPTIONAL {{ ?plan dct:temporal/dcat:endDate ?_ends }}
}} GROUP BY ?plan ?title ORDER BY ?starts ?title
"""
_COLUMNS = ("Plan", "Kind", "Number", "Statement", "Lead as printed", "How known", "Date as understood", "Line")
PARTS = {
    "actions": "Actions",
    "measures": "Measures and targets",
    "leads": "Who leads what",
    "timeline": "What is due when",
}


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """A plan of a council: its IRI, title and id, first and last day in words, the addresses of its parts by name."""

    iri: str
    title: str
    id: str
    starts: str
    ends: str
    part_at: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a lead answers for, and how that is said."""

    elements: Mapping[str, Element]
    dates: Mapping[str, str]
    leads: Mapping[str, Sequence[Lead]]
    plans: Mapping[str, tuple[str, str, str]]


def show_lead(edition: Edition, iri: str) -> dict[str, object]:
    """Return what lead.html shows of a role, a person or a body; six queries."""
    reading = _read(edition, iri)
    named = [each for leads in reading.leads.values() for lead in leads for each in lead.named if each[1] == iri]
    links = read_links(edition, iri)
    return {
        "kind": named[0][0] if named else "",
        "led": lay_out_led(edition, iri, reading),
        "part_names": PARTS,
        "together": _list_together(iri, reading),
        "plans": list(dict.fromkeys(reading.plans.values())),
        **_show_own(edition, iri),
        "links": [each for each in links if each.status != "rejected"],
        "rejected": [each for each in links if each.status == "rejected"],
        "locate": make_locator(edition.namespaces),
    }


def lay_out_led(edition: Edition, iri: str, reading: _Reading | None = None) -> Sheet:
    """Return the table of what a lead answers for, in the order of plans and lines; four queries without a reading."""
    read = reading or _read(edition, iri)
    rows = []
    for each in read.elements.values():
        _, title, id_ = read.plans.get(each.iri, ("", "", ""))
        own = [lead for lead in read.leads.get(each.iri, ()) if any(about == iri for _, about, _ in lead.named)]
        cells = (
            Cell(id_ or title),
            Cell(each.word),
            Cell(each.number),
            Cell(each.statement, locate_document(each.iri, edition.namespaces)),
            Cell("; ".join(dict.fromkeys(lead.words for lead in own if lead.words))),
            Cell("; ".join(dict.fromkeys(lead.certainty for lead in own if lead.certainty))),
            Cell(read.dates.get(each.iri, "")),
            Cell(each.line_text, is_number=True),
        )
        rows.append((id_, each.line, SheetRow(cells, each.iri)))
    rows.sort(key=lambda row: row[:2])
    address = url_for("things.thing_tables.save", name="led", iri=iri)
    return Sheet(
        "led", "Statements with this lead, in the plans’ words", _COLUMNS, [row for _, _, row in rows], address
    )


def _show_own(edition: Edition, iri: str) -> dict[str, object]:
    """Return the plans of a council's own, the earliest first, and where they are compared; one query."""
    found = read_texts(edition, _OWN.format(lead=ox.NamedNode(iri)))
    own = [
        OwnPlan(
            plan, title, id_, say_day(starts), say_day(ends), {name: locate_part(edition, plan, name) for name in PARTS}
        )
        for plan, title, id_, starts, ends, _ in found
    ]
    dated = [(by, starts, plan) for (*_, starts, _, by), plan in zip(found, own, strict=True) if plan.id and starts]
    pairs = [(one[-1], two[-1]) for one, two in pairwise(dated) if one[0] == two[0] and one[1] < two[1]]
    return {"own": own, "pairs": pairs}


def _read(edition: Edition, iri: str) -> _Reading:
    scope = _LED.format(lead=ox.NamedNode(iri))
    dates = read_dates(edition, scope)
    return _Reading(
        read_elements(edition, scope),
        {about: "; ".join(due.understood for due in dues) for about, dues in dates.items()},
        read_leads(edition, scope),
        {about: (plan, title, id_) for about, plan, title, id_ in read_texts(edition, _PLANS.format(scope=scope))},
    )


def _list_together(iri: str, reading: _Reading) -> list[tuple[str, str, str, int]]:
    """Return who is named in the same assignment, as the holder of a role is: kind, IRI, name, how often."""
    found: dict[tuple[str, str, str], int] = {}
    for leads in reading.leads.values():
        for lead in leads:
            if any(about == iri for _, about, _ in lead.named):
                for kind, about, name in lead.named:
                    if about != iri:
                        key = (kind, about, name or about)
                        found[key] = found.get(key, 0) + 1
    return sorted(((*key, count) for key, count in found.items()), key=lambda each: (-each[3], each[2]))
