"""The entities that names are matched with. In: an edition of the data. Out: entities with all that is said of them.

Six queries, however much the edition holds. What a plan says of a person is not read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import pyoxigraph as ox

from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.store import Edition, read_rows
from cyppgraph.web.reconciliation.kinds import Kind


class Named(NamedTuple):
    """Something that a property points at: its IRI and its name."""

    iri: str
    name: str


Value = Named | str | int | date
Values = Mapping[str, tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Entity:
    """Something that names are matched with.

    Attributes:
        iri: its identifier in the API.
        kind: what it is.
        types: the ``short`` of each of its types.
        name: what it is called.
        description: what tells it from its namesakes.
        values: what its properties hold, by the identifier of the property.
        labels: what counts as its very name.
        others: what it goes by otherwise: a short identifier, the name of its area.
        codes: the codes that it has or is printed with.
        terms: words that signal it.
        of_plan: whether it stands in particular plans, so that a namesake may be another thing.
    """

    iri: str
    kind: Kind
    types: tuple[str, ...]
    name: str
    description: str
    values: Values
    labels: tuple[str, ...]
    others: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    terms: tuple[str, ...] = field(default=())
    of_plan: bool = False

    def texts(self, name: str) -> tuple[str, ...]:
        """What a property holds, as texts."""
        return tuple(value.name if isinstance(value, Named) else str(value) for value in self.values.get(name, ()))


# Each query gives rows of: an entity, the name of what is said of it, the value, the name of the value.
# In names with "_" is what no client sees.
_WAYS = {
    Kind.INDICATOR: (
        "?node a cypp:Indicator",
        {
            "name": "?node skos:prefLabel ?value",
            "_label": "?node rdfs:label ?value",
            "code": "?node skos:notation ?value",
            "set": "?node skos:inScheme ?value . ?value rdfs:label ?name",
            "part-of": "?node skos:broader ?value . ?value rdfs:label ?name",
            "close-match": "?node skos:closeMatch|^skos:closeMatch ?value . ?value a cypp:Indicator ; rdfs:label ?name",
            "related-match": "?node skos:relatedMatch|^skos:relatedMatch ?value . "
            "?value a cypp:Indicator ; rdfs:label ?name",
            "signal-words": "?node skos:hiddenLabel ?value",
            "_dropped": "?node owl:deprecated ?value",
            "_printed": "?use cypp:usesIndicator ?node ; cypp:printedCode ?value",
            "plan": "?use cypp:usesIndicator ?node ; cypp:inPlan ?value . ?value dct:title ?name",
        },
    ),
    Kind.PLAN: (
        "?node a cypp:Plan",
        {
            "name": "?node dct:title ?value",
            "identifier": "?node dct:identifier ?value",
            "issued": "?node dct:issued ?value",
            "starts": "?node dct:temporal/dcat:startDate ?value",
            "ends": "?node dct:temporal/dcat:endDate ?value",
            "council": "?node dct:publisher ?value . ?value rdfs:label ?name",
            "area": "?node dct:spatial/rdfs:label ?value",
            "area-code": "?node dct:spatial/skos:notation ?value",
        },
    ),
    Kind.ROLE: (
        "?node a cypp:LeadRole",
        {
            "name": "?node rdfs:label ?value",
            "same-as": "?node cypp:sameLeadAs|^cypp:sameLeadAs ?value . ?value rdfs:label ?name",
            "plan": "?lead cypp:leadRole ?node . ?use cypp:hasLead ?lead ; cypp:inPlan ?value . ?value dct:title ?name",
        },
    ),
    Kind.BODY: (
        "?node a org:Organization",
        {
            "name": "?node rdfs:label ?value",
            "_formal": "?node a org:FormalOrganization . BIND(true AS ?value)",
            "identifier": "?node dct:identifier ?value",
            "dfe-number": "?node skos:notation ?value",
            "wikidata": "?node schema:sameAs ?value . BIND(STR(?value) AS ?name)",
            "area": "?node dct:spatial/rdfs:label ?value",
            "area-code": "?node dct:spatial/skos:notation ?value",
            "same-as": "?node cypp:sameLeadAs|^cypp:sameLeadAs ?value . ?value rdfs:label ?name",
            "plan": "{ ?lead cypp:leadBody ?node . ?use cypp:hasLead ?lead ; cypp:inPlan ?value } "
            "UNION { ?value dct:publisher|dct:creator ?node ; a cypp:Plan } ?value dct:title ?name",
        },
    ),
    Kind.TOPIC: (
        "?node skos:inScheme topic-scheme",
        {
            "name": "?node skos:prefLabel ?value",
            "identifier": "?node skos:notation ?value",
            "definition": "?node skos:definition ?value",
            "signal-words": "?node skos:hiddenLabel ?value",
            "plan": "?use dct:subject ?node ; cypp:inPlan ?value . ?value dct:title ?name",
        },
    ),
}
_COUNTS = """
SELECT ?node (COUNT(DISTINCT ?element) AS ?n) {
  { ?element cypp:usesIndicator|cypp:concernsIndicator|cypp:relatesToIndicator ?node }
  UNION { ?element cypp:hasLead/(cypp:leadRole|cypp:leadBody) ?node }
  UNION { ?element dct:subject ?node ; a cypp:PlanElement }
  UNION { ?element cypp:inPlan ?node ; a cypp:PlanElement }
} GROUP BY ?node
"""


def read_entities(edition: Edition) -> list[Entity]:
    """Return everything in an edition that can be reconciled, sorted by IRI within its kind.

    Raises:
        CyppgraphError: the edition could not be asked.
    """
    counts = {
        node.value: int(number.value)
        for node, number in read_rows(edition, _COUNTS)
        if isinstance(node, ox.NamedNode) and isinstance(number, ox.Literal)
    }
    said = {kind: _read_kind(edition, kind) for kind in Kind}
    _add_years(said[Kind.PLAN])
    _add_from_plans(said)
    entities = []
    for kind, nodes in said.items():
        for iri, values in sorted(nodes.items()):
            if values.get("name"):
                values["elements"] = [counts.get(iri, 0)]
                entities.append(_make_entity(iri, kind, values, edition.namespaces))
    return entities


def _read_kind(edition: Edition, kind: Kind) -> dict[str, dict[str, list[Value]]]:
    start, ways = _WAYS[kind]
    start = start.replace("topic-scheme", f"<{edition.namespaces.scheme('topic')}>")
    branches = " UNION ".join(f'{{ {start} . {way} BIND("{name}" AS ?said) }}' for name, way in ways.items())
    found: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    rows = read_rows(edition, f"SELECT DISTINCT ?node ?said ?value ?name {{ {branches} }}")
    for node, name, value, label in rows:
        if isinstance(node, ox.NamedNode) and isinstance(name, ox.Literal):
            found[node.value][name.value].extend(_read_value(value, label))
    for values in found.values():
        for held in values.values():
            held.sort(key=str)
    return found


def _read_value(value: object, label: object) -> Iterator[Value]:
    if isinstance(value, ox.NamedNode):
        yield Named(value.value, label.value if isinstance(label, ox.Literal) else value.value)
    elif isinstance(value, ox.Literal):
        if value.datatype.value == EXTERNAL_PREFIXES["xsd"] + "date":
            yield _read_day(value.value)
        else:
            yield value.value


def _read_day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:  # a date with a time zone, or of a year that Python does not know: kept as it is written
        return text


def _add_years(plans: Mapping[str, dict[str, list[Value]]]) -> None:
    """Say of each plan which years its period is in."""
    for values in plans.values():
        days = [day for end in ("starts", "ends") for day in values.get(end, ()) if isinstance(day, date)]
        if days:
            values["year"] = list(range(min(days).year, max(days).year + 1))


def _add_from_plans(said: Mapping[Kind, Mapping[str, dict[str, list[Value]]]]) -> None:
    """Say of what stands in plans whose they are and of which years."""
    plans = said[Kind.PLAN]
    for kind, nodes in said.items():
        if kind is Kind.PLAN:
            continue
        for values in nodes.values():
            theirs = [plans.get(plan.iri, {}) for plan in values.get("plan", ()) if isinstance(plan, Named)]
            for name in ("council", "year"):
                values[name] = sorted({value for plan in theirs for value in plan.get(name, ())}, key=str)


def _make_entity(iri: str, kind: Kind, values: Mapping[str, list[Value]], names: Namespaces) -> Entity:
    def texts(*properties: str) -> tuple[str, ...]:
        held = (value for name in properties for value in values.get(name, ()))
        return tuple(dict.fromkeys(value.name if isinstance(value, Named) else str(value) for value in held))

    schemes = {value.iri for value in values.get("set", ()) if isinstance(value, Named)}
    national = f"{names.ids}indicator/ni" in schemes
    formal = bool(values.get("_formal"))
    name = " ".join((*texts("code")[:1], *texts("name")[:1]))
    narrower = ("national-indicator",) if national else ("council",) if formal else ()
    areas = texts("area")
    return Entity(
        iri=iri,
        kind=kind,
        types=(*narrower, kind.value),
        name=name,
        description=_describe(kind, texts, formal=formal),
        values={key: tuple(held) for key, held in values.items() if not key.startswith("_") and held},
        labels=(*texts("name"), *texts("_label"), name),
        others=(*texts("identifier"), *(areas if formal else ())),
        codes=texts("code", "_printed"),
        terms=texts("signal-words", "same-as", "area"),
        of_plan=not (national or formal or kind is Kind.TOPIC),
    )


def _describe(kind: Kind, texts: Callable[..., tuple[str, ...]], *, formal: bool) -> str:
    """Say in a line what tells an entity from its namesakes."""
    said: Iterable[str]
    if kind is Kind.INDICATOR:
        said = (*texts("set")[:1], "no longer in force" if texts("_dropped") else "")
    elif kind is Kind.PLAN:
        said = (*texts("council"), " to ".join((*texts("starts"), *texts("ends"))))
    elif kind is Kind.TOPIC:
        said = texts("definition")
    elif formal:
        said = ("council", *texts("area-code"))
    else:
        said = ("lead role in" if kind is Kind.ROLE else "body in", *texts("plan"), *texts("council"))
    return ", ".join(filter(None, said))
