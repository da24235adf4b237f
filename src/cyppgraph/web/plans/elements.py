"""What plans state, as pages need it. In: an edition, a scope (which elements). Out: elements, dates, leads, measures.

A scope is a piece of a query that binds ``?element``. Each function makes one query, whatever the scope's size. What
the graph does not say is empty here; a bound that is no date is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyoxigraph as ox

from cyppgraph.store import Edition, read_texts
from cyppgraph.web.display.days import read_day, say_day

KINDS = ("Theme", "Commitment", "Outcome", "Action", "Measure", "Target", "FinanceLine", "Progress")
_NO_LINE = 10**9  # sorts after every line
_FREQUENCIES = {"A": "every year", "H": "every half-year", "S": "every half-year", "Q": "every quarter"}
_FREQUENCIES |= {"M": "every month", "W": "every week", "D": "every day"}

_ELEMENTS = """
SELECT ?element ?class ?statement ?label ?number ?position ?parent ?term ?sure ?first {{
  {scope}
  ?element a ?class . FILTER (?class IN ({classes}))
  OPTIONAL {{ ?element cypp:statement ?statement }}
  OPTIONAL {{ ?element rdfs:label ?label }}
  OPTIONAL {{ ?element cypp:number ?number }}
  OPTIONAL {{ ?element cypp:position ?position }}
  OPTIONAL {{ ?element cypp:partOf ?parent }}
  OPTIONAL {{ ?element cypp:planTerm/skos:prefLabel ?term }}
  OPTIONAL {{ ?element cypp:certainty/skos:notation ?sure }}
  OPTIONAL {{ ?element cypp:source/cypp:firstLine ?first }}
}}
"""
_DATES = """
SELECT DISTINCT ?element ?due ?kind ?words ?earliest ?latest ?sure ?often {{
  {scope}
  ?element cypp:due ?due .
  OPTIONAL {{ ?due cypp:timeKind/skos:notation ?kind }}
  OPTIONAL {{ ?due cypp:statement ?words }}
  OPTIONAL {{ ?due cypp:earliest ?earliest }}
  OPTIONAL {{ ?due cypp:latest ?latest }}
  OPTIONAL {{ ?due cypp:certainty/skos:notation ?sure }}
  OPTIONAL {{ ?due cypp:frequency ?often }}
}} ORDER BY ?earliest ?latest ?due
"""
_LEADS = """
SELECT DISTINCT ?element ?lead ?words ?sure ?status ?by ?named ?name {{
  {scope}
  ?element cypp:hasLead ?lead .
  OPTIONAL {{ ?lead cypp:statement ?words }}
  OPTIONAL {{ ?lead cypp:certainty/skos:notation ?sure }}
  OPTIONAL {{ ?lead cypp:leadStatus/skos:prefLabel ?status }}
  OPTIONAL {{
    VALUES ?by {{ cypp:leadRole cypp:leadBody cypp:leadPerson }}
    ?lead ?by ?named .
    OPTIONAL {{ ?named rdfs:label ?label }}
    OPTIONAL {{ ?named foaf:name ?called }}
    BIND (COALESCE(?label, ?called, "") AS ?name)
  }}
}} ORDER BY ?lead ?by ?name
"""
_TAGS = """
SELECT DISTINCT ?element ?kind ?text {{
  {scope}
  {{ ?element dct:subject/skos:prefLabel ?text BIND ("topic" AS ?kind) }}
  UNION {{ ?element cypp:progress/cypp:progressStatus/skos:prefLabel ?text BIND ("status" AS ?kind) }}
  UNION {{ ?element cypp:measuredBy ?measure BIND ("measured" AS ?kind) BIND ("yes" AS ?text) }}
}} ORDER BY ?text
"""


@dataclass(frozen=True, slots=True)
class Element:
    """What a plan states, in its words: its IRI, kind, and what the graph says of it; ``line`` is its first."""

    iri: str
    kind: str
    statement: str
    number: str
    position: int
    parent: str
    term: str
    certainty: str
    line: int

    @property
    def line_text(self) -> str:
        """Its first line; nothing where that is not known."""
        return str(self.line) if self.line < _NO_LINE else ""

    @property
    def word(self) -> str:
        """The plan's own word for its level, or ours where the plan has none."""
        return self.term or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", self.kind).capitalize()


@dataclass(frozen=True)
class Due:
    """A date of an element: what is printed, its kind, its bounds."""

    iri: str
    kind: str
    words: str
    earliest: date | None
    latest: date | None
    certainty: str
    often: str

    @cached_property
    def understood(self) -> str:
        """How the print was understood, in words."""
        first, last = say_day(self.earliest), say_day(self.latest)
        if self.kind == "by" and first and last and first != last:
            bounds = f"between {first} and {last}"
        elif first and last:
            bounds = f"{first} to {last}" if first != last else first
        else:
            bounds = f"from {first}" if first else f"until {last}" if last else ""
        kinds = {"by": "" if bounds.startswith("between") else "by", "from": "", "until": ""}
        kinds |= {"unstated": "no date", "invalid": "an impossible date"}
        parts = [kinds.get(self.kind, self.kind), bounds]
        said = " ".join(part for part in parts if part)
        return f"{said}, {self.often}" if self.often else said


@dataclass(frozen=True, slots=True)
class Lead:
    """Who answers for an element: as printed, and as understood (by what: Role, Body, Person; IRI; name)."""

    iri: str
    words: str
    certainty: str
    status: str
    named: tuple[tuple[str, str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What the lead is called; the print where nobody was understood; in brackets where nobody is named."""
        known = tuple(name for _, _, name in self.named if name)
        return known or ((f"({self.status.lower()})",) if self.is_open or not self.words else (self.words,))

    @property
    def is_named(self) -> bool:
        """Whether the plan names somebody."""
        return self.status.lower() == "named"

    @property
    def is_open(self) -> bool:
        """Whether nobody is named: to be confirmed, or not stated."""
        return bool(self.status) and not self.is_named


def select_plan(iri: str) -> str:
    """Return the scope of all elements of a plan."""
    return f"?element cypp:inPlan {ox.NamedNode(iri)} ."


def select_one(iri: str) -> str:
    """Return the scope of one element."""
    return f"VALUES ?element {{ {ox.NamedNode(iri)} }}"


def read_elements(edition: Edition, scope: str, kinds: Sequence[str] = KINDS) -> dict[str, Element]:
    """Return the elements by IRI, in printed order: by position, then by line; one query."""
    classes = ", ".join(f"cypp:{kind}" for kind in kinds)
    found: dict[str, Element] = {}
    rows = read_texts(edition, _ELEMENTS.format(scope=scope, classes=classes))
    for iri, kind, words, label, number, place, parent, term, sure, first in sorted(rows):
        line = _count(first)
        if iri in found and found[iri].line <= line:
            continue
        kind = kind.removeprefix(edition.namespaces.ontology)
        found[iri] = Element(iri, kind, words or label or iri, number, _count(place), parent, term, sure, line)
    return dict(sorted(found.items(), key=lambda each: (each[1].position, each[1].line, each[0])))


def read_dates(edition: Edition, scope: str) -> dict[str, list[Due]]:
    """Return the dates of each element, the earliest first; one query."""
    found: dict[str, dict[str, Due]] = {}
    for iri, due, kind, words, earliest, latest, sure, often in read_texts(edition, _DATES.format(scope=scope)):
        code = often.rpartition("freq-")[2]
        how = _FREQUENCIES.get(code, "")
        made = Due(due, kind, words, read_day(earliest), read_day(latest), sure, how)
        found.setdefault(iri, {}).setdefault(due, made)
    return {iri: list(dues.values()) for iri, dues in found.items()}


def read_leads(edition: Edition, scope: str) -> dict[str, list[Lead]]:
    """Return the leads of each element; one query."""
    found: dict[str, dict[str, Lead]] = {}
    for iri, lead, words, sure, status, by, named, name in read_texts(edition, _LEADS.format(scope=scope)):
        known = found.setdefault(iri, {})
        before = known[lead].named if lead in known else ()
        kind = by.removeprefix(edition.namespaces.ontology + "lead")
        also = ((kind, named, name),) if named and all(named != each[1] for each in before) else ()
        known[lead] = Lead(lead, words, sure, status, (*before, *also))
    return {iri: list(leads.values()) for iri, leads in found.items()}


def read_tags(edition: Edition, scope: str) -> dict[tuple[str, str], list[str]]:
    """Return by element and kind ("topic", "status", "measured") what it is filed under; one query."""
    found: dict[tuple[str, str], list[str]] = {}
    for iri, kind, text in read_texts(edition, _TAGS.format(scope=scope)):
        found.setdefault((iri, kind), []).append(text)
    return found


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else _NO_LINE
