"""What plans promise, as figures. In: a store of plans and links. Out: the graph of targets and baselines, conflicts.

A target is a figure of an indicator where a code or a reviewed link says which indicator it is, and where it is a
level: "3% a year less" is none. Its period is that of its own date, else of its measure's, else of its action's; a
target without any date is one of the plan's whole period, which is marked as inferred.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pyoxigraph
import rdflib

from cyppgraph.findings import Finding, Severity
from cyppgraph.mapping import CUBE_SCHEMES, Promise, map_promises
from cyppgraph.namespaces import Namespaces
from cyppgraph.pipeline.plans import OBSERVATIONS
from cyppgraph.pipeline.rows import ask_rows
from cyppgraph.publication import read_turtle
from cyppgraph.resources import Resources
from cyppgraph.where import Where

_LEVELS = ("", "exactly", "at least", "at most")
_INTERVALS = "http://reference.data.gov.uk/id/"
_TARGETS = """
SELECT DISTINCT ?target ?value ?unit ?comparison ?per ?words ?plan ?area ?place ?indicator ?code ?baseline ?first ?last
WHERE {
  ?target a cypp:Target ; cypp:inPlan ?plan ; cypp:statement ?words .
  { ?target cypp:concernsIndicator ?indicator }
  UNION { ?measure cypp:hasTarget ?target ; cypp:usesIndicator ?indicator }
  ?indicator rdfs:label ?code .
  ?plan dct:spatial ?area ; dct:temporal ?period .
  ?area rdfs:label ?place .
  ?period dcat:startDate ?first ; dcat:endDate ?last .
  OPTIONAL { ?target cypp:value ?value FILTER NOT EXISTS { ?target cypp:upperValue ?upper } }
  OPTIONAL { ?target cypp:unit/skos:notation ?unit }
  OPTIONAL { ?target cypp:comparison/skos:notation ?comparison }
  OPTIONAL { ?target cypp:per ?per }
  OPTIONAL { ?target cypp:baselineValue ?baseline }
}
ORDER BY ?target ?indicator
"""
_DATES = """
SELECT ?target ?steps ?interval WHERE {
  { ?target a cypp:Target ; cypp:due ?due BIND (0 AS ?steps) }
  UNION { ?measure cypp:hasTarget ?target ; cypp:due ?due BIND (1 AS ?steps) }
  UNION { ?action cypp:measuredBy/cypp:hasTarget ?target ; cypp:due ?due BIND (2 AS ?steps) }
  ?due cypp:interval ?interval .
}
ORDER BY ?target ?steps DESC(?interval)
"""


def promise_all(
    resources: Resources, store: pyoxigraph.Store, names: Namespaces
) -> tuple[dict[str, rdflib.Graph], list[Finding]]:
    """Return what plans promise as the graph of its file, none where they promise no figure; and what conflicts."""
    promises = list(_gather(store, names))
    if not promises:
        return {}, []
    schemes = [read_turtle(resources.schemes / f"{name}.ttl") for name in CUBE_SCHEMES]
    graph, conflicts = map_promises(promises, names, schemes)
    findings = [
        Finding(
            "promise-conflict", Severity.WARNING, Where(conflict.promises[0].plan.rpartition("/")[2]), f"{conflict}."
        )
        for conflict in conflicts
    ]
    return {OBSERVATIONS: graph}, findings


def _gather(store: pyoxigraph.Store, names: Namespaces) -> Iterator[Promise]:
    dates: dict[str, list[str]] = defaultdict(list)
    for target, _, interval in ask_rows(store, _DATES, names):
        dates[target].append(interval)
    for row in ask_rows(store, _TARGETS, names):
        target, value, unit, comparison, per, words, plan, area, place, indicator, code, _, first, last = row
        if not value or not unit or comparison not in _LEVELS:
            continue
        dated = dates.get(target)
        yield Promise(
            indicator=indicator,
            area=area,
            interval=dated[0] if dated else name_period(date.fromisoformat(first), date.fromisoformat(last)),
            role="target",
            value=Decimal(value),
            unit=unit,
            plan=plan,
            elements=(target,),
            indicator_label=code,
            area_label=place,
            per=per or None,
            statement=words,
            certainty="stated" if dated else "inferred",
        )


def name_period(first: date, last: date) -> str:
    """Return the interval IRI of a period of whole months: a financial year's own, else one of start and length."""
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if months == 12 and (first.month, first.day) == (4, 1):
        return f"{_INTERVALS}government-year/{first.year}-{after.year}"
    length = f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"
    return f"{_INTERVALS}gregorian-interval/{first.isoformat()}T00:00:00/{length}"
