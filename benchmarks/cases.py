"""What is asked of every service that is compared. In: the floor. Out: queries, each of which can be varied.

A varied query asks for another thing where it can, and always ends in a comment that no other has, so that nobody can
answer it from memory. A repeated one is the same text each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pyoxigraph as ox

PREFIXES = """PREFIX cypp: <https://w3id.org/cyppgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
_serial = count()

_SMALL = {
    "describe one resource": "CONSTRUCT { <%s> ?p ?o } WHERE { <%s> ?p ?o }",
    "look up by code": 'SELECT ?measure ?words WHERE { ?measure cypp:printedCode "%s" ; cypp:statement ?words }',
    "LIMIT 100": "SELECT ?action ?words WHERE { ?action a cypp:Action ; cypp:statement ?words } LIMIT 100",
    "ASK": "ASK { <%s> cypp:hasLead ?lead }",
}
_AGGREGATES = {
    "COUNT(*)": "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
    "by plan and kind": "SELECT ?plan ?kind (COUNT(?e) AS ?n) WHERE { ?e cypp:inPlan ?plan ; a ?kind } "
    "GROUP BY ?plan ?kind",
    "average target by year": "SELECT ?year (COUNT(*) AS ?n) (AVG(?value) AS ?mean) WHERE { "
    "?target a cypp:Target ; cypp:value ?value . ?holder cypp:hasTarget ?target ; cypp:due ?due . "
    "?due cypp:latest ?day . BIND (YEAR(?day) AS ?year) } GROUP BY ?year",
    "CONTAINS over statements": "SELECT (COUNT(*) AS ?n) WHERE { ?e cypp:statement ?words "
    'FILTER (CONTAINS(LCASE(STR(?words)), "school")) }',
}
_JOINS = {"saved question 39": "39-indicators-that-plans-share.rq", "saved question 27": "27-progress-by-project.rq"}


@dataclass(frozen=True, slots=True)
class Case:
    """A query of a kind, and what is put into it: a small one, or an aggregate."""

    name: str
    small: bool
    text: str
    things: Sequence[str] = ()
    triples: bool = False

    @property
    def accept(self) -> str:
        """The media type to ask for."""
        return "application/n-triples" if self.triples else "application/sparql-results+json"

    def repeat(self, number: int = 0) -> str:
        """Return the query about thing number so and so, the same text each time."""
        if not self.things:
            return self.text
        return self.text.replace("%s", self.things[number % len(self.things)])

    def vary(self, number: int = 0) -> str:
        """Return it with an ending that no other query has."""
        return f"{self.repeat(number)}\n# {next(_serial)}"


def make_cases(store: ox.Store, questions: Path) -> list[Case]:
    """Return the queries, about things that the store holds."""
    actions = _pick(store, "SELECT ?a WHERE { ?a a cypp:Action ; cypp:statement ?w } ORDER BY ?a")
    codes = _pick(store, "SELECT DISTINCT ?c WHERE { ?m cypp:printedCode ?c } ORDER BY ?c")
    things = {"describe one resource": actions, "look up by code": codes, "ASK": actions}
    cases = [
        Case(name, True, PREFIXES + text, things.get(name, ()), text.startswith("CONSTRUCT"))
        for name, text in _SMALL.items()
    ]
    cases += [Case(name, False, PREFIXES + text) for name, text in _AGGREGATES.items()]
    return cases + [Case(name, False, (questions / file).read_text("utf-8")) for name, file in _JOINS.items()]


def _pick(store: ox.Store, text: str) -> list[str]:
    found = [row[0].value for row in store.query(PREFIXES + text)]  # type: ignore[union-attr]  # rows
    return found[:: max(1, len(found) // 50)][:50]
