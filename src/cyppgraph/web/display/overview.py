"""What the graph holds, in figures. In: a store. Out: its plans with what each states, and the size of the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from cyppgraph.store import Edition, read_texts
from cyppgraph.web.display.kept import Kept

KINDS = {
    "Theme": "Themes",
    "Commitment": "Commitments",
    "Outcome": "Outcomes",
    "Action": "Actions",
    "Measure": "Measures",
    "Target": "Targets",
    "FinanceLine": "Finance lines",
}

_SIZE = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_PLANS = """
SELECT ?plan (SAMPLE(?_id) AS ?id) (SAMPLE(?_title) AS ?title) (SAMPLE(?_name) AS ?publisher)
       (SAMPLE(STR(?_by)) AS ?council) (MIN(?_place) AS ?place) (MIN(?_starts) AS ?starts) (MAX(?_ends) AS ?ends)
{
  ?plan a cypp:Plan .
  OPTIONAL { ?plan dct:identifier ?_id }
  OPTIONAL { ?plan dct:title ?_title }
  OPTIONAL { ?plan dct:publisher ?_by OPTIONAL { ?_by rdfs:label ?_name } }
  OPTIONAL { ?plan dct:spatial/rdfs:label ?_place }
  OPTIONAL { ?plan dct:temporal/dcat:startDate ?_starts }
  OPTIONAL { ?plan dct:temporal/dcat:endDate ?_ends }
}
GROUP BY ?plan
ORDER BY ?publisher ?starts ?plan
"""
_COUNTS = "SELECT ?plan ?kind (COUNT(*) AS ?n) { ?element cypp:inPlan ?plan ; a ?kind } GROUP BY ?plan ?kind"


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One plan: its IRI, id, title, publisher and that one's IRI, the place it is about, its first and last day."""

    iri: str
    id: str
    title: str
    publisher: str
    council: str
    place: str
    starts: str
    ends: str


@dataclass(frozen=True, slots=True)
class PlanOverview(PlanEntry):
    """One plan, and how many elements of each kind it states."""

    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole graph: its plans, how many statements it holds, its named graphs, what the kinds are called."""

    plans: Sequence[PlanOverview]
    statements: int
    graphs: Sequence[str]
    kinds: Mapping[str, str] = field(default_factory=lambda: KINDS)


_KNOWN_ENTRIES: Kept[list[PlanEntry]] = Kept()
_KNOWN: Kept[Overview] = Kept()


def read_entries(edition: Edition) -> list[PlanEntry]:
    """Return the plans, by publisher and first day; one query for a version of the data."""
    return _KNOWN_ENTRIES.read(
        edition, edition.namespaces.base, lambda: [PlanEntry(*row) for row in read_texts(edition, _PLANS)]
    )


def read_overview(edition: Edition) -> Overview:
    """Return the figures of an edition; three queries for a version of the data."""
    return _KNOWN.read(edition, edition.namespaces.base, lambda: _read_overview(edition))


def _read_overview(edition: Edition) -> Overview:
    counts: dict[str, dict[str, int]] = {}
    for plan, kind, number in read_texts(edition, _COUNTS):
        counts.setdefault(plan, {})[kind.removeprefix(edition.namespaces.ontology)] = int(number)
    plans = [PlanOverview(**asdict(each), counts=counts.get(each.iri, {})) for each in read_entries(edition)]
    return Overview(plans, int(read_texts(edition, _SIZE)[0][0]), tuple(edition.graphs))


def group_plans(plans: Sequence[PlanOverview]) -> dict[str, dict[str, list[PlanOverview]]]:
    """Return many plans as a reader looks them up: by the first letter of their council, by council, by year."""
    groups: dict[str, dict[str, list[PlanOverview]]] = {}
    for plan in sorted(plans, key=lambda each: ((each.publisher or each.title).casefold(), each.starts, each.iri)):
        name = plan.publisher or plan.title or plan.iri
        groups.setdefault(name[:1].upper(), {}).setdefault(name, []).append(plan)
    return groups
