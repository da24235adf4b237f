"""What plans promise, as figures of the cube's structure. In: plain values. Out: a graph, and promises that conflict.

A plan's baseline or target for an indicator, an area and a period is an observation that the plan states. One that a
plan prints twice is one observation, derived from both places. One that it prints with two values is none: it is told
back, since an observation with two values would say something that no plan says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from rdflib import Graph, URIRef

from cyppgraph.mapping.cube import dataset_iri, figure_iri, label_figure, say_value
from cyppgraph.mapping.cube_structure import structure_iri, write_structure
from cyppgraph.mapping.intervals import describe_interval
from cyppgraph.mapping.qualifiers import name_interval
from cyppgraph.mapping.scribe import Scribe
from cyppgraph.mapping.slugs import slug
from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces

PROMISES = "plans"
_TITLE = "What plans promise: targets and baselines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A baseline or a target of a plan.

    Attributes:
        indicator: the indicator's IRI.
        area: the area's IRI.
        interval: the IRI of the period that the value is for.
        role: what the value is.
        value: the number.
        unit: a notation of ``ontology/schemes/unit.ttl``.
        plan: the IRI of the plan that states it.
        elements: the IRIs of the plan's elements that it is derived from.
        indicator_label: what to call the indicator.
        area_label: what to call the area.
        per: what a rate is measured against.
        statement: the words that state it, if there are any.
        certainty: a notation of ``ontology/schemes/certainty.ttl``: whether the plan states the period too.
    """

    indicator: str
    area: str
    interval: str
    role: Literal["baseline", "target"]
    value: Decimal
    unit: str
    plan: str
    elements: tuple[str, ...]
    indicator_label: str
    area_label: str
    per: str | None = None
    statement: str | None = None
    certainty: str = "stated"

    @property
    def dimensions(self) -> tuple[str, ...]:
        """What no two observations may share."""
        return self.indicator, self.area, self.interval, self.role, self.plan


@dataclass(frozen=True, slots=True)
class PromiseConflict:
    """Promises of one plan for one indicator, area, period and role that differ in value, unit or base."""

    promises: tuple[Promise, ...]

    def __str__(self) -> str:
        first = self.promises[0]
        values = " and ".join(dict.fromkeys(say_value(each.value, each.unit, each.per) for each in self.promises))
        period = describe_interval(first.interval).name
        return f"{first.indicator_label}, {first.area_label}, {period}: the plan states the {first.role} as {values}"


def map_promises(
    promises: Iterable[Promise], ns: Namespaces, schemes: Iterable[Graph]
) -> tuple[Graph, list[PromiseConflict]]:
    """Return what plans promise as triples, and the promises that cannot be written because they conflict.

    Plans, their elements, indicators and areas are pointed at and not described: other files describe them.

    Args:
        promises: the promises.
        ns: the namespaces to publish in.
        schemes: the graphs of ``CUBE_SCHEMES``, written for the default base.
    """
    scribe = Scribe(ns)
    write_structure(schemes, ns, scribe)
    dataset = dataset_iri(PROMISES, ns)
    scribe.node(dataset, ("qb:DataSet",), _TITLE)
    scribe.words(dataset, "dct:title", _TITLE)
    scribe.add(dataset, "qb:structure", structure_iri(ns))
    groups: dict[tuple[str, ...], list[Promise]] = {}
    for each in promises:
        groups.setdefault(each.dimensions, []).append(each)
    conflicts = []
    for group in groups.values():
        if len({(each.value, each.unit, each.per) for each in group}) > 1:
            conflicts.append(PromiseConflict(tuple(group)))
        else:
            _write_promise(group, dataset, ns, scribe)
    return scribe.graph, conflicts


def _write_promise(group: list[Promise], dataset: URIRef, ns: Namespaces, scribe: Scribe) -> None:
    """Write one promise, which a plan may make in several places."""
    first = group[0]
    iri = _promise_iri(first, dataset, ns)
    said = f"{first.role} {say_value(first.value, first.unit, first.per)}"
    period = describe_interval(first.interval).name
    scribe.node(iri, ("qb:Observation",), label_figure(first.indicator_label, first.area_label, period, said))
    scribe.add(iri, "qb:dataSet", dataset)
    scribe.add(iri, "sdmx-dimension:refArea", URIRef(first.area))
    scribe.add(iri, "sdmx-dimension:refPeriod", name_interval(first.interval, scribe))
    scribe.add(iri, "cypp:observedIndicator", URIRef(first.indicator))
    scribe.add(iri, "cypp:valueRole", scribe.concept("value-role", first.role))
    scribe.add(iri, "cypp:statedBy", URIRef(first.plan))
    scribe.decimal(iri, "sdmx-measure:obsValue", first.value)
    scribe.add(iri, "sdmx-attribute:unitMeasure", scribe.concept("unit", first.unit))
    scribe.add(iri, "cypp:certainty", scribe.concept("certainty", first.certainty))
    scribe.words(iri, "cypp:per", first.per)
    for statement in dict.fromkeys(each.statement for each in group):
        scribe.words(iri, "cypp:statement", statement)
    for element in dict.fromkeys(element for each in group for element in each.elements):
        scribe.add(iri, "prov:wasDerivedFrom", URIRef(element))


def _promise_iri(promise: Promise, dataset: URIRef, ns: Namespaces) -> URIRef:
    """Return the IRI of a promise: that of a figure, below the name of the plan that makes it."""
    plan = _tail(promise.plan, f"{ns.ids}plan/")
    indicator = _tail(promise.indicator, f"{ns.ids}indicator/")
    area = _tail(promise.area, EXTERNAL_PREFIXES["ons"])
    return figure_iri(URIRef(f"{dataset}/{plan}"), area, promise.interval, promise.role, indicator)


def _tail(iri: str, base: str) -> str:
    """Return what comes after a base; of an IRI that lies elsewhere, a short name for all of it."""
    return iri[len(base) :] if iri.startswith(base) else slug(iri)
