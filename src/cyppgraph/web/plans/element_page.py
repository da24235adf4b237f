"""The page of what a plan states. In: an edition, an element's IRI. Out: what element.html shows beside its statements.

Eight queries, whatever stands around the element: its family (itself, what is above it, what is directly below); the
family's dates, leads and figures; its source; what else is stated of it; findings on it; links to it and from it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from cyppgraph.store import Edition, read_texts
from cyppgraph.web.plans.element_source import read_source
from cyppgraph.web.plans.elements import (
    Element,
    read_dates,
    read_elements,
    read_leads,
    select_one,
)
from cyppgraph.web.plans.inline import give_inline, make_locator
from cyppgraph.web.plans.links import read_links
from cyppgraph.web.plans.measures import read_figures, read_findings

_FAMILY = """
{{ VALUES ?element {{ {thing} }} }}
UNION {{ {thing} cypp:within ?element }}
UNION {{ ?element cypp:partOf {thing} }}
UNION {{ {thing} cypp:measuredBy|cypp:hasTarget|cypp:progress ?element }}
"""
_FACTS = """
SELECT DISTINCT ?property ?value ?name ?graph {{
  {{ VALUES ?property {{ {properties} }} GRAPH ?graph {{ {thing} ?property ?value }} }}
  OPTIONAL {{ ?value rdfs:label ?label }}
  OPTIONAL {{ ?value skos:prefLabel ?called }}
  OPTIONAL {{ ?value dct:title ?title }}
  BIND (COALESCE(?title, ?label, ?called) AS ?name)
}} ORDER BY ?name ?value
"""
_LONGEST = 60  # letters of a breadcrumb
_WORDS = {
    "cypp:alternativeStatement": "Also worded",
    "dct:description": "Description",
    "cypp:outcomeKind": "Kind of outcome",
    "cypp:progressStatus": "Status",
    "cypp:amount": "Amount (£)",
    "cypp:financialYear": "Financial year",
    "cypp:financeKind": "Saving or growth",
    "cypp:deliveredThrough": "Delivered through",
    "cypp:contributesTo": "Also serves",
    "cypp:refersTo": "Refers to",
    "cypp:usesIndicator": "Indicator named by its code",
    "cypp:concernsIndicator": "Indicator of the same quantity",
    "cypp:relatesToIndicator": "Indicator of the same subject",
    "cypp:everyChildMatters": "Every Child Matters outcome",
    "dct:subject": "Topic",
    "cypp:inPlan": "Plan",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """Something said of an element: what it is; its values (words, IRI if any, whether a reader added it)."""

    what: str
    values: Sequence[tuple[str, str, bool]]


def show_element(edition: Edition, iri: str) -> dict[str, object]:
    """Return what element.html shows of an element; eight queries."""
    family = select_family(iri)
    elements = read_elements(edition, family)
    element = elements[iri]
    parents = _list_parents(element, elements)
    rows, passages = read_source(edition, iri)
    links = read_links(edition, iri)
    facts = _read_facts(edition, iri)
    plans = facts.pop("cypp:inPlan", None)
    locate = make_locator(edition.namespaces)
    return {
        "element": element,
        "plan": plans.values[0] if plans else None,
        "above": _list_above(plans.values[0] if plans else None, parents, locate),
        "below": _group(list_below(elements, iri)),
        "dates": read_dates(edition, family),
        "leads": read_leads(edition, family),
        "figures": read_figures(edition, family),
        "facts": list(facts.values()),
        "source_rows": rows,
        "passages": passages,
        "findings": read_findings(edition, select_one(iri)),
        "links": [each for each in links if each.status != "rejected"],
        "rejected": [each for each in links if each.status == "rejected"],
        **give_inline(locate),
    }


def select_family(iri: str) -> str:
    """Return the scope of an element, of what is above it and of what is directly below."""
    return _FAMILY.format(thing=ox.NamedNode(iri))


def list_below(family: Mapping[str, Element], iri: str) -> list[Element]:
    """Return what of a family stands directly below an element, in printed order; nothing for what is no element."""
    if iri not in family:
        return []
    above = {each.iri for each in _list_parents(family[iri], family)}
    return [each for each in family.values() if each.iri != iri and each.iri not in above]


def _list_above(
    plan: tuple[str, str, bool] | None, parents: Sequence[Element], locate: Callable[[str], str]
) -> list[tuple[str, str]]:
    """Return what the page is below, with addresses: the plan and the elements above, the highest first."""
    own = [(plan[0], locate(plan[1] or plan[0]))] if plan else []
    return own + [(_name(each), locate(each.iri)) for each in parents]


def _name(element: Element) -> str:
    words = element.statement if len(element.statement) <= _LONGEST else f"{element.statement[: _LONGEST - 1]}…"
    return f"{element.word} {element.number}: {words}" if element.number else f"{element.word} {words}"


def _list_parents(element: Element, elements: Mapping[str, Element]) -> list[Element]:
    """Return what is above an element, the highest first; a ring is cut where it closes."""
    found: dict[str, Element] = {}
    above = element.parent
    while above in elements and above not in found and above != element.iri:
        found[above] = elements[above]
        above = elements[above].parent
    return list(reversed(found.values()))


def _group(below: Sequence[Element]) -> dict[str, list[Element]]:
    """Return what stands below by the plan's word for it, in printed order."""
    groups: dict[str, list[Element]] = {}
    for each in below:
        groups.setdefault(each.word, []).append(each)
    return groups


def _read_facts(edition: Edition, iri: str) -> dict[str, Fact]:
    ns = edition.namespaces
    prefixes = ns.prefixes()
    full = {prefixes[name.partition(":")[0]] + name.partition(":")[2]: name for name in _WORDS}
    values: dict[str, dict[str, tuple[str, set[str]]]] = {}
    query = _FACTS.format(thing=ox.NamedNode(iri), properties=" ".join(_WORDS))
    for what, value, name, graph in read_texts(edition, query):
        values.setdefault(full[what], {}).setdefault(value, (name, set()))[1].add(graph)
    added = {ns.graph("links"), ns.graph("proposals")}
    return {
        short: Fact(
            words,
            [
                (name or value, value if name else "", graphs <= added)
                for value, (name, graphs) in values[short].items()
            ],
        )
        for short, words in _WORDS.items()
        if short in values
    }
