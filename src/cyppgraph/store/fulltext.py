"""The words of a version, to be searched. In: its graphs, in memory. Out: one SQLite file that never changes again.

What can be found: elements of plans, plans, indicators, leads (roles, bodies, and persons where the graph names them),
topics, terms, and documents that plans refer to. Each has its words, its kind, the plans that state or use it, its
topics, the years in which it is due, and the lines that it was read from. Refuses to go on without SQLite's FTS5.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces

FILE = "search.sqlite"
_LONGEST_LABEL = 200
_MOST_YEARS = 40  # of one date: a plan's typing error does not make a thing due in every year since Rome
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")  # a snippet's marks are among them, and none is a word
_SCHEMA = """
CREATE TABLE thing (
    id INTEGER PRIMARY KEY, iri TEXT NOT NULL, kind TEXT NOT NULL, code TEXT NOT NULL, packed TEXT NOT NULL,
    number TEXT NOT NULL, certainty TEXT NOT NULL, plans TEXT NOT NULL, lines TEXT NOT NULL
);
CREATE INDEX thing_packed ON thing (packed) WHERE packed != '';
CREATE TABLE facet (thing INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (thing, name, value))
WITHOUT ROWID;
CREATE TABLE facet_value (
    name TEXT NOT NULL, value TEXT NOT NULL, label TEXT NOT NULL, things INTEGER NOT NULL, PRIMARY KEY (name, value)
) WITHOUT ROWID;
CREATE TABLE temp.label (name TEXT NOT NULL, value TEXT NOT NULL, label TEXT NOT NULL, PRIMARY KEY (name, value));
CREATE VIRTUAL TABLE words USING fts5 (
    label, code, statement, more, plan, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE temp.spelled USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE temp.spelling USING fts5vocab (temp, spelled, 'row');
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, things INTEGER NOT NULL) WITHOUT ROWID;
"""
_COUNT_FACETS = """
INSERT INTO facet_value SELECT name, value, coalesce(label, value), count(*)
FROM facet LEFT JOIN temp.label USING (name, value) GROUP BY name, value
"""
# The order is that of equals: what people look for before what it is called.
KINDS = {
    "plan": "Plan",
    "indicator": "Indicator",
    "indicator-scheme": "Indicator set",
    "theme": "Theme",
    "commitment": "Commitment",
    "outcome": "Outcome",
    "action": "Action",
    "measure": "Measure",
    "target": "Target",
    "finance-line": "Finance line",
    "progress": "Progress",
    "role": "Lead: role",
    "body": "Lead: body",
    "person": "Lead: person",
    "external": "Other document",
    "topic": "Topic",
    "term": "Term",
}
_CLASSES = """
cypp:Plan plan ; cypp:Indicator indicator ; cypp:IndicatorScheme indicator-scheme ; cypp:Theme theme ;
cypp:Commitment commitment ; cypp:Outcome outcome ; cypp:Action action ; cypp:Measure measure ; cypp:Target target ;
cypp:FinanceLine finance-line ; cypp:Progress progress ; cypp:LeadRole role ; org:Organization body ;
org:FormalOrganization body ; foaf:Person person ; cypp:ExternalDocument external ; skos:Concept term
"""
_TITLES = ("skos:prefLabel", "dct:title", "rdfs:label", "foaf:name")
_CODES = ("skos:notation", "cypp:printedCode", "dct:identifier")
_MORE = ("cypp:alternativeStatement", "skos:altLabel", "skos:definition", "skos:scopeNote", "skos:hiddenLabel")
_TEXTS = ("cypp:statement", "cypp:number", *_TITLES, *_CODES, *_MORE)
_PLANS = """
SELECT ?iri ?plan {
  { ?iri cypp:inPlan ?in } UNION { ?iri a cypp:Plan BIND (?iri AS ?in) }
  UNION { ?at cypp:inPlan ?in { ?at cypp:planTerm ?iri } UNION { ?at cypp:deliveredThrough ?iri }
    UNION { ?at cypp:refersTo ?iri } UNION { ?at cypp:usesIndicator ?iri }
    UNION { ?at cypp:hasLead ?lead { ?lead cypp:leadRole ?iri } UNION { ?lead cypp:leadBody ?iri }
      UNION { ?lead cypp:leadPerson ?iri } } }
  ?in dct:identifier ?plan
}"""
_PLAN_NAMES = """
SELECT ?id ?title ?council {
  ?plan a cypp:Plan ; dct:identifier ?id ; dct:title ?title OPTIONAL { ?plan dct:publisher/rdfs:label ?council }
}"""
_TOPICS = "SELECT ?iri ?topic { ?iri dct:subject ?topic }"
_DATES = """
SELECT ?iri ?first ?last {
  ?iri cypp:due ?due OPTIONAL { ?due cypp:earliest ?first } OPTIONAL { ?due cypp:latest ?last }
}"""
_LINES = """
SELECT ?iri ?first ?last {
  ?iri cypp:source ?passage . ?passage cypp:firstLine ?first OPTIONAL { ?passage cypp:lastLine ?last }
} ORDER BY ?first ?last"""
_CERTAINTIES = "SELECT ?iri ?certainty { ?iri cypp:certainty/skos:prefLabel ?certainty }"


@dataclass(slots=True)
class _Thing:
    iri: str
    kind: str
    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    plans: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    years: set[str] = field(default_factory=set)
    lines: list[tuple[int, int]] = field(default_factory=list)
    certainty: str = ""

    def first(self, *names: str) -> str:
        return next((self.texts[name][0] for name in names if name in self.texts), "")

    def order(self) -> tuple[int, str, int, str]:
        start = self.lines[0][0] if self.lines else 0
        return [*KINDS].index(self.kind), min(self.plans, default=""), start, self.iri


def build_index(engine: ox.Store, namespaces: Namespaces, path: Path) -> None:
    """Write the words of a store to a new file.

    Args:
        engine: the store; its default graph is the union of all.
        namespaces: the base of the data.
        path: the file, which is not there.

    Raises:
        CyppgraphError: this Python's SQLite is built without FTS5.
    """
    reader = _Reader(engine, namespaces)
    things = sorted(reader.read_things().values(), key=_Thing.order)
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA journal_mode = OFF")
        file.execute("PRAGMA synchronous = OFF")
        _make_tables(file)
        file.execute("BEGIN")
        _write_labels(file, things, reader.read_plan_names())
        for number, thing in enumerate(things, start=1):
            _write_thing(file, number, thing)
        file.execute(_COUNT_FACETS)
        file.execute("INSERT INTO vocabulary SELECT term, doc FROM temp.spelling")
        file.execute("INSERT INTO words (words) VALUES ('optimize')")
        file.execute("COMMIT")


def _make_tables(file: sqlite3.Connection) -> None:
    try:
        file.executescript(_SCHEMA)
    except sqlite3.OperationalError as error:
        if "fts5" not in str(error):
            raise
        message = (
            f"The words of the plans cannot be indexed: SQLite {sqlite3.sqlite_version} of this Python is built "
            "without FTS5. Use a Python whose sqlite3 has it, as those of Debian and python.org do."
        )
        raise CyppgraphError(message) from error


def _write_labels(file: sqlite3.Connection, things: list[_Thing], plans: dict[str, str]) -> None:
    labels = [("plan", plan, name) for plan, name in plans.items()]
    labels += [("kind", kind, label) for kind, label in KINDS.items()]
    labels += [("topic", _name(thing.iri), thing.first(*_TITLES)) for thing in things if thing.kind == "topic"]
    file.executemany("INSERT OR IGNORE INTO temp.label VALUES (?, ?, ?)", labels)


def _write_thing(file: sqlite3.Connection, number: int, thing: _Thing) -> None:
    code, statement = thing.first(*_CODES), thing.first("cypp:statement")
    label = (thing.first(*_TITLES) or statement or code or thing.iri)[:_LONGEST_LABEL]
    packed = pack_code(code)
    others = [text for name in _MORE for text in thing.texts.get(name, ())]
    more = " · ".join({text.lower().strip(" ."): text for text in others}.values())
    codes = f"{code} {packed}" if packed != code.lower() else code
    plan = " ".join(re.sub(r"[\d_-]+", " ", each) for each in sorted(thing.plans))  # "croydon", from "croydon-2013"
    plans, lines = json.dumps(sorted(thing.plans)), json.dumps(thing.lines)
    about = (number, thing.iri, thing.kind, code, packed, thing.first("cypp:number"), thing.certainty, plans, lines)
    file.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", about)
    words = (label, codes, statement, more, plan)
    file.execute(
        "INSERT INTO words (rowid, label, code, statement, more, plan) VALUES (?, ?, ?, ?, ?, ?)", (number, *words)
    )
    file.execute("INSERT INTO temp.spelled VALUES (?)", (" ".join(words),))
    facets = {"plan": thing.plans, "kind": {thing.kind}, "topic": thing.topics, "year": thing.years}
    rows = [(number, name, value) for name, values in facets.items() for value in values]
    file.executemany("INSERT INTO facet VALUES (?, ?, ?)", rows)


def pack_code(code: str) -> str:
    """Return "ni117" for "NI 117": a code however it is spaced."""
    return "".join(code.lower().split())


class _Reader:
    """Reads from the default graph of a store what is said of each thing."""

    def __init__(self, engine: ox.Store, namespaces: Namespaces) -> None:
        self._engine = engine
        self._prefixes = namespaces.prefixes()
        self._topics = namespaces.scheme("topic")

    def read_things(self) -> dict[str, _Thing]:
        """Return all that can be found and has words, by IRI."""
        things = self._read_kinds()
        for name in _TEXTS:
            for iri, text in self._pairs(name):
                if iri in things and (clean := clean_text(text)):
                    things[iri].texts[name].append(clean)
        things = {iri: thing for iri, thing in things.items() if thing.texts}
        for thing in things.values():
            for texts in thing.texts.values():
                texts.sort()
        self._add_facets(things)
        return things

    def read_plan_names(self) -> dict[str, str]:
        """Return what each plan is called in a list, by its identifier: its council and its title."""
        names: dict[str, str] = {}
        for plan, title, council in self._rows(_PLAN_NAMES):
            name = clean_text(f"{council}: {title}" if council else title)[:_LONGEST_LABEL]
            names[plan] = min(names.get(plan, name), name)
        return dict(sorted(names.items()))

    def _read_kinds(self) -> dict[str, _Thing]:
        things: dict[str, _Thing] = {}
        for name, kind in (pair.split() for pair in _CLASSES.split(";")):
            for (iri,) in self._rows(f"SELECT ?iri {{ ?iri a {name} FILTER isIRI(?iri) }}"):
                things.setdefault(iri, _Thing(iri, kind))
        for iri, scheme in self._pairs("skos:inScheme"):
            if scheme == self._topics and iri in things:
                things[iri].kind = "topic"
        return things

    def _add_facets(self, things: dict[str, _Thing]) -> None:
        for iri, plan in self._rows(_PLANS):
            if iri in things:
                things[iri].plans.add(plan)
        topics = {iri for iri, thing in things.items() if thing.kind == "topic"}
        for iri, topic in self._rows(_TOPICS):
            if iri in things and topic in topics:
                things[iri].topics.add(_name(topic))
        for iri, first, last in self._rows(_DATES):
            if iri in things:
                things[iri].years.update(_list_years(first, last))
        for iri, first, last in self._rows(_LINES):
            if iri in things and first.isdecimal():
                lines = (int(first), int(last) if last.isdecimal() else int(first))
                if lines not in things[iri].lines:
                    things[iri].lines.append(lines)
        for iri, certainty in self._rows(_CERTAINTIES):
            if iri in things:
                things[iri].certainty = max(things[iri].certainty, certainty)

    def _pairs(self, name: str) -> Iterator[tuple[str, ...]]:
        return self._rows(f"SELECT ?iri ?value {{ ?iri {name} ?value }}")

    def _rows(self, query: str) -> Iterator[tuple[str, ...]]:
        for solution in self._engine.query(query, prefixes=self._prefixes):  # type: ignore[union-attr]  # a SELECT
            yield tuple(getattr(term, "value", "") for term in solution)


def clean_text(text: str) -> str:
    """Return a text without control characters, in the composed form (NFC), its white space collapsed."""
    return " ".join(unicodedata.normalize("NFC", _CONTROL.sub(" ", text)).split())


def _name(iri: str) -> str:
    """Return the last part of an IRI: "accidents" for …/scheme/topic/accidents."""
    return iri.replace("#", "/").rstrip("/").rpartition("/")[2]


def _list_years(first: str, last: str) -> list[str]:
    years = [int(date[:4]) for date in (first, last) if re.match(r"\d{4}-", date)]
    if not years or years[-1] - years[0] > _MOST_YEARS:
        return [f"{year:04}" for year in years]
    return [f"{year:04}" for year in range(years[0], years[-1] + 1)]
