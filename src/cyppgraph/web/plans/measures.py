"""What a plan looks at and aims for. In: an edition, a scope, the scope's elements. Out: a table; findings.

Two queries: figures of measures and targets, and findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cyppgraph.store import Edition, read_texts
from cyppgraph.web.plans.elements import Due, Element

_FIGURES = """
SELECT DISTINCT ?element ?code ?indicator ?name ?marked ?comparison ?value ?upper ?unit ?of ?per ?baseline ?level
                ?provisional ?amount ?year ?saved {{
  {scope}
  ?element a ?class . FILTER (?class IN (cypp:Measure, cypp:Target, cypp:FinanceLine))
  OPTIONAL {{ ?element cypp:printedCode ?code }}
  OPTIONAL {{ ?element cypp:usesIndicator ?indicator OPTIONAL {{ ?indicator rdfs:label ?name }} }}
  OPTIONAL {{ ?element cypp:designation/skos:prefLabel ?marked }}
  OPTIONAL {{ ?element cypp:comparison/skos:prefLabel ?comparison }}
  OPTIONAL {{ ?element cypp:value ?value }}
  OPTIONAL {{ ?element cypp:upperValue ?upper }}
  OPTIONAL {{ ?element cypp:unit/skos:prefLabel ?unit }}
  OPTIONAL {{ ?element cypp:of ?of }}
  OPTIONAL {{ ?element cypp:per ?per }}
  OPTIONAL {{ ?element cypp:baselineStatement ?baseline }}
  OPTIONAL {{ ?element cypp:baselineValue ?level }}
  OPTIONAL {{ ?element cypp:provisional ?provisional }}
  OPTIONAL {{ ?element cypp:amount ?amount }}
  OPTIONAL {{ ?element cypp:financialYear ?year }}
  OPTIONAL {{ ?element cypp:financeKind/skos:prefLabel ?saved }}
}}
"""
# Each branch begins with the scope, and each option is of one step: of more, engines join what the whole graph has.
_FINDINGS = """
SELECT DISTINCT ?finding ?kind ?comment ?first ?last ?on {{
  {{ {scope} ?finding oa:hasTarget ?element ; a dqv:QualityAnnotation }}
  UNION {{ {scope} ?element cypp:due ?about . ?finding oa:hasTarget ?about ; a dqv:QualityAnnotation }}
  UNION {{ {scope} ?element cypp:hasLead ?about . ?finding oa:hasTarget ?about ; a dqv:QualityAnnotation }}
  BIND (?element AS ?on)
  OPTIONAL {{ ?finding dct:type/skos:prefLabel ?kind }}
  OPTIONAL {{ ?finding rdfs:comment ?comment }}
  OPTIONAL {{ ?finding cypp:source ?passage
    OPTIONAL {{ ?passage cypp:firstLine ?first }} OPTIONAL {{ ?passage cypp:lastLine ?last }} }}
}}
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """What is said of a measure, target or finance line besides its words: codes, indicators (IRI, name), figures."""

    code: str
    indicators: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    figure: str
    baseline: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A line of the table: a measure, what it stands under, its targets and dates; or a target of an action."""

    element: Element
    bearer: Element | None
    figure: Figure | None
    targets: Sequence[tuple[Element, Figure | None]]
    dates: Sequence[Due]


@dataclass(frozen=True, slots=True)
class Finding:
    """A defect of the source: its kind, a sentence, the lines (first, last), the elements that it is on."""

    iri: str
    kind: str
    sentence: str
    lines: tuple[tuple[int, int], ...]
    on: tuple[str, ...]

    @property
    def lines_text(self) -> str:
        """Its lines, as "12; 15–17"."""
        return "; ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in self.lines)


def read_figures(edition: Edition, scope: str) -> dict[str, Figure]:
    """Return the figures of measures, targets and finance lines; one query."""
    found: dict[str, Figure] = {}
    for row in sorted(read_texts(edition, _FIGURES.format(scope=scope))):
        iri, code, indicator, name, mark, *numbers = row
        before = found.get(iri) or Figure(code, (), (), _say_figure(numbers), numbers[6] or numbers[7])
        used = {**dict(before.indicators), **({indicator: name or code or indicator} if indicator else {})}
        marks = dict.fromkeys((*before.marks, *([mark] if mark else [])))
        found[iri] = Figure(before.code, tuple(used.items()), tuple(marks), before.figure, before.baseline)
    return found


def list_measures(
    elements: Mapping[str, Element], figures: Mapping[str, Figure], dates: Mapping[str, Sequence[Due]]
) -> list[MeasureRow]:
    """Return the table of measures and targets, in the order of the document's lines."""
    targets: dict[str, list[Element]] = {}
    for each in elements.values():
        if each.kind == "Target":
            targets.setdefault(each.parent, []).append(each)
    rows = []
    for each in elements.values():
        parent = elements.get(each.parent)
        if each.kind == "Measure" or (each.kind == "Target" and (parent is None or parent.kind != "Measure")):
            own = targets.get(each.iri, []) if each.kind == "Measure" else [each]
            pairs = [(target, figures.get(target.iri)) for target in own]
            rows.append(MeasureRow(each, parent, figures.get(each.iri), pairs, dates.get(each.iri, [])))
    return sorted(rows, key=lambda row: (row.element.line, row.element.position, row.element.iri))


def read_findings(edition: Edition, scope: str) -> list[Finding]:
    """Return the findings on elements, their dates and leads, by line; one query."""
    found: dict[str, tuple[str, str, set[tuple[int, int]], set[str]]] = {}
    for iri, kind, comment, first, last, on in read_texts(edition, _FINDINGS.format(scope=scope)):
        known = found.setdefault(iri, (kind, comment, set(), set()))
        known[2].update([(int(first), int(last))] if first.isdecimal() and last.isdecimal() else [])
        known[3].add(on)
    made: Iterable[Finding] = (
        Finding(iri, kind, comment, tuple(sorted(lines)), tuple(sorted(on)))
        for iri, (kind, comment, lines, on) in found.items()
    )
    return sorted(made, key=lambda each: (each.lines or ((10**9, 0),), each.kind, each.iri))


def _say_figure(numbers: Sequence[str]) -> str:
    comparison, value, upper, unit, of, per, _, _, provisional, *finance = numbers
    if not value:
        return _say_amount(*finance)
    amount = f"{value} to {upper}" if upper else value
    counted = unit == "Count" and bool(of)
    amount += "%" if unit == "Percent" else "" if counted or not unit else f" {unit.lower()}"
    parts = [comparison, amount, (of if counted else f"of {of}") if of else "", f"per {per}" if per else ""]
    return " ".join(part for part in parts if part) + (" (provisional)" if provisional == "true" else "")


def _say_amount(amount: str, year: str, kind: str) -> str:
    if not (amount or year or kind):
        return ""
    pounds = f"£{Decimal(amount):,f}" if amount.replace(".", "", 1).isdecimal() else amount
    return ", ".join(part for part in (pounds or "amount not known", kind.lower(), year) if part)
