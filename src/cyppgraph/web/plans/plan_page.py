"""The page of a plan: all of it at a glance. In: an edition, a plan's IRI. Out: what plan.html shows.

It tells what the plan sets out down to its commitments, and counts the rest, which ``parts`` shows: so it stays
light however long a plan is. Seven queries: the head; themes, commitments and outcomes; what stands below each; dates
by year; findings; what actions lack; other plans of the council.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from flask import current_app, url_for

from cyppgraph.store import Edition, read_texts
from cyppgraph.web.display.kept import Kept
from cyppgraph.web.plans.actions import ALL_LACKS, LACKS
from cyppgraph.web.plans.elements import KINDS, Element, read_elements, select_plan
from cyppgraph.web.plans.inline import give_inline, make_locator
from cyppgraph.web.plans.parts import PARTS
from cyppgraph.web.plans.reading import MOST_KEPT, PlanHead, locate_part, read_plan
from cyppgraph.web.plans.tree import grow_tree

UPPER = ("Theme", "Commitment", "Outcome")
_BELOW = """
SELECT ?parent ?over ?class ?term (COUNT(DISTINCT ?element) AS ?n) {{
  ?element cypp:inPlan {plan} ; a ?class . FILTER (?class != cypp:PlanElement)
  OPTIONAL {{ ?element cypp:partOf ?parent OPTIONAL {{ ?parent a ?over . FILTER (?over = cypp:Action) }} }}
  OPTIONAL {{ ?element cypp:planTerm ?level . ?level skos:prefLabel ?term }}
}} GROUP BY ?parent ?over ?class ?term
"""
_DATES = """
SELECT ?kind ?from ?to (COUNT(*) AS ?n) {{
  ?element cypp:inPlan {plan} ; cypp:due ?due .
  OPTIONAL {{ ?due cypp:timeKind ?how . ?how skos:notation ?kind }}
  OPTIONAL {{ ?due cypp:earliest ?earliest BIND (YEAR(?earliest) AS ?from) }}
  OPTIONAL {{ ?due cypp:latest ?latest BIND (YEAR(?latest) AS ?to) }}
}} GROUP BY ?kind ?from ?to
"""
# A plan's findings stand in its own graph; to look for what each is on would be to read the whole plan.
_FINDINGS = "SELECT (COUNT(DISTINCT ?finding) AS ?n) {{ GRAPH {graph} {{ ?finding a dqv:QualityAnnotation }} }}"
# Each branch begins with the plan's actions: an EXISTS would be asked of the whole graph, for each of them.
_HAVE = """
SELECT DISTINCT ?action ?has {{
  ?action cypp:inPlan {plan} ; a cypp:Action .
  {{ BIND ("" AS ?has) }}
  UNION {{ ?action cypp:inPlan {plan} ; cypp:hasLead ?lead . ?lead cypp:leadStatus ?status .
          ?status skos:notation "named" BIND ("lead" AS ?has) }}
  UNION {{ ?action cypp:inPlan {plan} ; cypp:due ?due . ?due cypp:latest ?day BIND ("end date" AS ?has) }}
  UNION {{ ?action cypp:inPlan {plan} ; cypp:measuredBy ?measure BIND ("measure" AS ?has) }}
}}
"""
_SIBLINGS = """
SELECT ?plan (MIN(?_id) AS ?id) (MIN(STR(?_title)) AS ?title) (MIN(?_starts) AS ?starts) {{
  {this} dct:publisher ?council . ?plan dct:publisher ?council ; a cypp:Plan ; dct:identifier ?_id ; dct:title ?_title .
  OPTIONAL {{ ?plan dct:temporal/dcat:startDate ?_starts }}
  FILTER (?plan != {this})
}} GROUP BY ?plan ORDER BY ?starts ?plan
"""
_LATER = "compare.later"
_LAST = ("ongoing", "recurring", "no date")


@dataclass(frozen=True, slots=True)
class Below:
    """How many elements of a kind stand somewhere, the plan's own word for them, and whether an action bears them."""

    kind: str
    word: str
    number: int
    in_action: bool


@dataclass(frozen=True, slots=True)
class YearBar:
    """How many dates end in a year, or begin in it without an end, or have none; the bar's length, the longest 100."""

    label: str
    number: int
    width: float


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another plan of the same council: its IRI and title; where the two are compared, if one is later."""

    iri: str
    title: str
    is_later: bool
    compared_at: str


@dataclass(frozen=True, slots=True)
class Glance:
    """What is read of a plan for its page: what it sets out, what stands below, its dates by year, what is amiss."""

    upper: Mapping[str, Element]
    below: Mapping[str, Sequence[Below]]
    years: Sequence[YearBar]
    finding_count: int
    lacks: Mapping[str, int]


_KNOWN: Kept[Glance] = Kept(MOST_KEPT)


def read_glance(edition: Edition, iri: str) -> Glance:
    """Return a plan at a glance; five queries, once for a version while the plan is among the last asked for."""
    return _KNOWN.read(
        edition,
        iri,
        lambda: Glance(
            read_elements(edition, select_plan(iri), UPPER),
            _count_below(edition, iri),
            _count_dates(edition, iri),
            _count_findings(edition, iri),
            _count_lacks(edition, iri),
        ),
    )


def show_plan(edition: Edition, iri: str) -> dict[str, object]:
    """Return what plan.html shows of a plan beside its statements; seven queries."""
    reading = read_plan(edition, iri)
    if reading is None:
        raise LookupError(iri)  # its types were read from the same edition
    glance = read_glance(edition, iri)
    upper, below = glance.upper, glance.below
    counts: dict[str, int] = {}
    for each in sorted((each for group in below.values() for each in group), key=lambda one: KINDS.index(one.kind)):
        counts[each.word] = counts.get(each.word, 0) + each.number
    numbers = {kind: _add(below, kind) for kind in KINDS}
    return {
        "plan": reading.head,
        "part_at": {name: locate_part(edition, iri, name) for name in (*PARTS, "actions", "print")},
        "counts": counts,
        "numbers": numbers,
        "tree": grow_tree(upper),
        "below": {about: [each for each in group if each.kind not in UPPER] for about, group in below.items()},
        "nested": sum(each.number for group in below.values() for each in group if _is_step(each)),
        "loose": sum(
            each.number
            for about, group in below.items()
            if about not in upper
            for each in group
            if each.kind == "Action" and not each.in_action
        ),
        "years": glance.years,
        "finding_count": glance.finding_count,
        "lacks": glance.lacks,
        "siblings": _list_siblings(edition, reading.head),
        **give_inline(make_locator(edition.namespaces)),
    }


def _count_below(edition: Edition, iri: str) -> dict[str, list[Below]]:
    """Return what stands below each element, by kind; below "" what stands below none; one query."""
    found: dict[str, list[Below]] = {}
    for parent, over, kind, term, number in read_texts(edition, _BELOW.format(plan=ox.NamedNode(iri))):
        name = kind.removeprefix(edition.namespaces.ontology)
        if name in KINDS:
            word = term or ("Finance line" if name == "FinanceLine" else name)
            found.setdefault(parent, []).append(Below(name, word, int(number), bool(over)))
    for group in found.values():
        group.sort(key=lambda each: (KINDS.index(each.kind), each.word))
    return found


def _is_step(each: Below) -> bool:
    return each.kind == "Action" and each.in_action


def _count_lacks(edition: Edition, iri: str) -> dict[str, int]:
    """Return how many actions are without each of what the filter ``without`` finds them by; one query."""
    has: dict[str, set[str]] = {}
    for action, what in read_texts(edition, _HAVE.format(plan=ox.NamedNode(iri))):
        has.setdefault(action, set()).add(what)
    found = {what: sum(what not in known for known in has.values()) for what in LACKS}
    return found | {ALL_LACKS: sum(not known & set(LACKS) for known in has.values())}


def _list_siblings(edition: Edition, plan: PlanHead) -> list[Sibling]:
    """Return the council's other plans, the earliest first; one query."""
    found = []
    for iri, id_, title, starts in read_texts(edition, _SIBLINGS.format(this=ox.NamedNode(plan.iri))):
        earlier, later = sorted(((plan.begin, plan.id), (starts, id_)))
        can_compare = bool(plan.id) and earlier[0] < later[0] and _LATER in current_app.view_functions
        compared_at = url_for(_LATER, earlier=earlier[1], later=later[1]) if can_compare else ""
        found.append(Sibling(iri, title, starts > plan.begin, compared_at))
    return found


def _add(below: Mapping[str, Sequence[Below]], kind: str) -> int:
    return sum(each.number for group in below.values() for each in group if each.kind == kind)


def _count_dates(edition: Edition, iri: str) -> list[YearBar]:
    """Return how many dates end in each year, then those that have no year to end in; one query."""
    found: dict[str, int] = {}
    for kind, begin, end, number in read_texts(edition, _DATES.format(plan=ox.NamedNode(iri))):
        open_kind = kind if kind in ("ongoing", "recurring") else "no date"
        label = end or (begin if kind not in _LAST else "") or open_kind
        found[label] = found.get(label, 0) + int(number)
    most = max(found.values(), default=1)
    labels = sorted(found, key=lambda label: (_LAST.index(label) if label in _LAST else -1, label))
    return [YearBar(label, found[label], round(100 * found[label] / most, 1)) for label in labels]


def _count_findings(edition: Edition, iri: str) -> int:
    name = iri.removeprefix(f"{edition.namespaces.ids}plan/")
    if "/" in name:
        return 0
    return int(read_texts(edition, _FINDINGS.format(graph=ox.NamedNode(edition.namespaces.graph(name))))[0][0])
