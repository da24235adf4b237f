"""What is compared. In: an edition. Out: its plans, topics and outcomes, and the statements that stand under them.

Topics and outcomes are links that readers decided on, not words of a plan. Each function asks a query or two, however
large the data; an IRI comes from the graph or has passed ``addresses.is_iri``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from cyppgraph.store import Edition, read_texts
from cyppgraph.web.display.kept import Kept
from cyppgraph.web.display.overview import PlanEntry, read_entries

_FEW = 2
_HEADINGS = """
SELECT ?heading (MIN(STR(?_label)) AS ?label) (MAX(?_top) AS ?top) {{
  ?heading skos:inScheme {scheme} ; skos:prefLabel ?_label .
  BIND (EXISTS {{ {scheme} skos:hasTopConcept ?heading }} AS ?_top)
}}
GROUP BY ?heading ORDER BY ?label ?heading
"""
_COUNTS = """
SELECT ?heading ?plan (COUNT(DISTINCT ?element) AS ?n) {{
  ?element {predicate} ?heading ; cypp:inPlan ?plan .
  ?heading skos:inScheme {scheme} .
}} GROUP BY ?heading ?plan
"""
_STATEMENTS = """
SELECT ?element ?plan (MIN(?_kind) AS ?kind) (MIN(?_number) AS ?number) (MIN(STR(?_words)) AS ?words)
       (MIN(STR(?_under)) AS ?under) (MIN(?_line) AS ?line)
{{
  {plans}
  ?element {predicate} {heading} ; cypp:inPlan ?plan .
  OPTIONAL {{ ?element a ?type FILTER (?type != cypp:PlanElement) BIND (STR(?type) AS ?_kind) }}
  OPTIONAL {{ ?element cypp:number ?_number }}
  OPTIONAL {{ ?element cypp:statement ?_words }}
  OPTIONAL {{ ?element cypp:partOf ?above . ?above rdfs:label ?_under }}
  OPTIONAL {{ ?element cypp:source ?passage . ?passage cypp:firstLine ?_line }}
}}
GROUP BY ?element ?plan
"""
# Apart from the statements: as an option within them, engines read all links of the heading for each statement.
_REASONS = """
SELECT ?element (MAX(?_sure) AS ?sure) (MIN(?_how) AS ?how) (MIN(STR(?_why)) AS ?why) {{
  {plans}
  ?element {predicate} {heading} ; cypp:inPlan ?plan .
  ?link rdf:subject ?element ; rdf:object {heading} ; rdf:predicate {predicate} ; sssom:confidence ?_sure ;
        cypp:linkStatus ?known . ?known skos:notation "accepted" .
  OPTIONAL {{ ?link rdfs:comment ?_why }}
  OPTIONAL {{ ?link cypp:certainty ?certainty . ?certainty skos:prefLabel ?_how }}
}}
GROUP BY ?element
"""


@dataclass(frozen=True, slots=True)
class PlanName:
    """A plan: its IRI, identifier, title and council, what it is called ("Croydon 2013–14"), and its first day."""

    iri: str
    id: str
    title: str
    council: str
    name: str
    starts: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A topic or an outcome: its IRI, its short name, its label; whether it is of the first rank of its scheme."""

    iri: str
    key: str
    label: str
    is_top: bool


@dataclass(frozen=True, slots=True)
class Kind:
    """What plans are compared by: the field of an address that names one, its scheme, and the link that leads to it."""

    field: str
    scheme: str
    predicate: str
    one: str
    many: str


KINDS = {
    "topic": Kind("topic", "topic", "dct:subject", "topic", "topics"),
    "outcome": Kind(
        "outcome", "every-child-matters", "cypp:everyChildMatters", "outcome", "Every Child Matters outcomes"
    ),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """What a plan says under a heading: its words and place, and how sure the reader was who put it there, and why."""

    iri: str
    plan: str
    kind: str
    number: str
    words: str
    under: str
    line: str
    confidence: str
    how: str
    reason: str


_KNOWN_HEADINGS: Kept[list[Heading]] = Kept(most=8)
_KNOWN_COUNTS: Kept[dict[tuple[str, str], int]] = Kept(most=2)


def read_plans(edition: Edition) -> list[PlanName]:
    """Return the plans that have an identifier, by place and first day; one query for a version of the data."""
    plans = [_name_plan(each) for each in read_entries(edition) if each.id]
    return sorted(plans, key=lambda plan: (plan.name.rpartition(" ")[0], plan.starts, plan.iri))


def _name_plan(plan: PlanEntry) -> PlanName:
    first, last = plan.starts[:4], plan.ends[:4]
    years = f"{first}–{last[2:]}" if first[:2] == last[:2] and first != last else first
    name = f"{plan.place or plan.publisher or plan.title or plan.id} {years}".strip()
    return PlanName(plan.iri, plan.id, plan.title, plan.council, name, plan.starts)


def read_headings(edition: Edition, kind: Kind) -> list[Heading]:
    """Return the topics or outcomes, by label; one query for a version of the data."""
    return _KNOWN_HEADINGS.read(edition, _scheme(edition, kind), lambda: _read_headings(edition, kind))


def _read_headings(edition: Edition, kind: Kind) -> list[Heading]:
    rows = read_texts(edition, _HEADINGS.format(scheme=_scheme(edition, kind)))
    return [Heading(iri, iri.rpartition("/")[2], label, top in ("true", "1")) for iri, label, top in rows]


def read_counts(edition: Edition, kind: Kind) -> dict[tuple[str, str], int]:
    """Return how many statements each plan has under each heading, by the IRIs of heading and plan.

    One query for a version of the data; nothing is said of a plan that has none.
    """
    return _KNOWN_COUNTS.read(edition, _scheme(edition, kind), lambda: _read_counts(edition, kind))


def _read_counts(edition: Edition, kind: Kind) -> dict[tuple[str, str], int]:
    text = _COUNTS.format(predicate=kind.predicate, scheme=_scheme(edition, kind))
    return {(heading, plan): int(number) for heading, plan, number in read_texts(edition, text)}


def read_statements(edition: Edition, kind: Kind, heading: Heading, plans: Sequence[PlanName]) -> list[Statement]:
    """Return the statements of plans under a heading, in the order of the plans and their lines; two queries.

    Args:
        edition: what is asked.
        kind: whether the heading is a topic or an outcome.
        heading: which.
        plans: whose statements.
    """
    asked = {
        "plans": _choose(plans),
        "predicate": kind.predicate,
        "heading": write_iri(heading.iri),
    }
    reasons = {iri: rest for iri, *rest in read_texts(edition, _REASONS.format(**asked))}
    order = {plan.iri: place for place, plan in enumerate(plans)}
    found = []
    for iri, plan, named, number, words, under, line in read_texts(edition, _STATEMENTS.format(**asked)):
        sure, how, why = reasons.get(iri, ("", "", ""))
        if plan in order:
            found.append(Statement(iri, plan, name_kind(named), number, words, under, line, sure, how, why))
    return sorted(found, key=lambda each: (order[each.plan], read_number(each.line), each.words, each.iri))


def name_kind(iri: str) -> str:
    """Return what a class is called on a page: "finance line" for ``cypp:FinanceLine``."""
    name = iri.rpartition("#")[2]
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def read_number(text: str) -> float:
    """Return a number that sorts; what is none comes last."""
    try:
        return float(text)
    except ValueError:
        return float("inf")


def write_iri(iri: str) -> str:
    """Return an IRI as a query has it."""
    return str(ox.NamedNode(iri))


def _choose(plans: Sequence[PlanName]) -> str:
    """Return what keeps to some plans: few are where an engine begins; many are looked up for each statement."""
    iris = [write_iri(plan.iri) for plan in plans]
    return f"VALUES ?plan {{ {' '.join(iris)} }}" if len(iris) <= _FEW else f"FILTER (?plan IN ({', '.join(iris)}))"


def _scheme(edition: Edition, kind: Kind) -> str:
    return write_iri(edition.namespaces.scheme(kind.scheme))
