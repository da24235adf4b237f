"""The kinds of pages that are measured. In: a graph. Out: addresses of each kind, the same ones each time.

To measure a new kind, add it to ``KINDS``: a name, an address with a gap for each column of a query, and the query
that fills the gaps. A column named ``?iri`` becomes the part of an IRI below ``…/id/``; others are put in as they are,
quoted for an address.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

from cyppgraph.namespaces import Namespaces
from cyppgraph.queries import read_questions

_NAMES = Namespaces()
_TIMES = 12  # for a page of which there is one
_PLAN = "SELECT ?id { ?plan a cypp:Plan ; dct:identifier ?id }"
_LEADER = (
    "SELECT DISTINCT ?id ?name { ?plan a cypp:Plan ; dct:identifier ?id . ?one cypp:inPlan ?plan ; a cypp:Action ; "
    "cypp:hasLead/cypp:leadBody/rdfs:label ?name }"
)
_TOPIC = (
    f"SELECT ?topic {{ ?t skos:inScheme <{_NAMES.scheme('topic')}> . BIND (REPLACE(STR(?t), '^.*/', '') AS ?topic) }}"
)
_TOPIC_OF_PLAN = (
    "SELECT DISTINCT ?topic ?id { ?plan a cypp:Plan ; dct:identifier ?id . ?one cypp:inPlan ?plan ; dct:subject ?t "
    "BIND (REPLACE(STR(?t), '^.*/', '') AS ?topic) }"
)
_TWO = (
    "SELECT ?id ?other ?topic { { SELECT ?id { ?p a cypp:Plan ; dct:identifier ?id } ORDER BY ?id LIMIT 12 } "
    "{ SELECT ?other { ?q a cypp:Plan ; dct:identifier ?other } ORDER BY DESC(?other) LIMIT 12 } "
    "FILTER (?id != ?other) { " + _TOPIC + " } }"
)
_LATER = (
    "SELECT DISTINCT ?id ?other { ?p a cypp:Plan ; dct:identifier ?id ; dct:publisher ?by ; "
    "dct:temporal/dcat:startDate ?a . ?q a cypp:Plan ; dct:identifier ?other ; dct:publisher ?by ; "
    "dct:temporal/dcat:startDate ?b . FILTER (?a < ?b) }"
)
_INDICATOR = "SELECT DISTINCT ?iri { ?iri a cypp:Indicator }"
_BUSY = (
    "SELECT ?iri { ?iri a cypp:Indicator . ?one cypp:usesIndicator|cypp:concernsIndicator ?iri } "
    "GROUP BY ?iri HAVING (COUNT(?one) > 2)"
)
_WORD = (
    "SELECT DISTINCT ?word { { SELECT ?words { ?one a cypp:Action ; cypp:statement ?words } LIMIT 400 } "
    "BIND (REPLACE(LCASE(STR(?words)), '^.*?([a-z]{7,}).*$', '$1') AS ?word) FILTER (REGEX(?word, '^[a-z]{7,20}$')) }"
)


def _of(kind: str) -> str:
    return f"SELECT ?iri {{ ?iri a cypp:{kind} }}"


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of pages: its name, its address with gaps, and what fills them; its entity pages have their IRIs."""

    name: str
    address: str
    query: str = ""

    @property
    def is_entity(self) -> bool:
        """Whether each page is about one thing of the graph, so that a DESCRIBE can be set beside it."""
        return self.address == "/doc/{}"


KINDS: tuple[PageKind, ...] = (
    PageKind("home", "/"),
    PageKind("plan", "/doc/plan/{}", _PLAN),
    PageKind("plan: actions", "/plans/{}/actions", _PLAN),
    PageKind("plan: actions of a lead", "/plans/{}/actions?lead={}", _LEADER),
    PageKind("plan: timeline", "/plans/{}/timeline", _PLAN),
    PageKind("plan: measures", "/plans/{}/measures", _PLAN),
    PageKind("plan: leads", "/plans/{}/leads", _PLAN),
    PageKind("plan: findings", "/plans/{}/findings", _PLAN),
    PageKind("plan: to print", "/plans/{}/print", _PLAN),
    PageKind("theme", "/doc/{}", _of("Theme")),
    PageKind("commitment", "/doc/{}", _of("Commitment")),
    PageKind("outcome", "/doc/{}", _of("Outcome")),
    PageKind("action", "/doc/{}", _of("Action")),
    PageKind("measure", "/doc/{}", _of("Measure")),
    PageKind("target", "/doc/{}", _of("Target")),
    PageKind("finance line", "/doc/{}", _of("FinanceLine")),
    PageKind("lead: body", "/doc/{}", "SELECT DISTINCT ?iri { ?any cypp:leadBody ?iri }"),
    PageKind("lead: role", "/doc/{}", "SELECT DISTINCT ?iri { ?any cypp:leadRole ?iri }"),
    PageKind("passage", "/doc/{}", "SELECT ?iri { ?iri a cypp:SourcePassage } LIMIT 5000"),
    PageKind("topic", "/doc/{}", f"SELECT ?iri {{ ?iri skos:inScheme <{_NAMES.scheme('topic')}> }}"),
    PageKind("link", "/doc/{}", "SELECT ?iri { ?iri a sssom:Mapping } LIMIT 5000"),
    PageKind("indicator", "/doc/{}", _INDICATOR),
    PageKind("indicator of many statements", "/doc/{}", _BUSY),
    PageKind("compare: topics", "/compare"),
    PageKind("compare: outcomes", "/compare?by=outcome"),
    PageKind("compare: topics of a plan", "/compare?plan={}", _PLAN),
    PageKind("compare: a topic everywhere", "/compare/statements?topic={}", _TOPIC),
    PageKind("compare: a topic of a plan", "/compare/statements?topic={}&plan={}", _TOPIC_OF_PLAN),
    PageKind("compare: two plans", "/compare/two?left={}&right={}&topic={}", _TWO),
    PageKind("compare: a later plan", "/compare/later?earlier={}&later={}", _LATER),
    PageKind("search", "/search?q={}", _WORD),
    PageKind("search with a typo", "/search?q={}&typo", _WORD),
    PageKind("search: all", "/search"),
    PageKind("question", "/questions/{}"),
    PageKind("questions", "/questions/"),
    PageKind("ask", "/ask"),
    PageKind("ask: words of the editor", "/ask/words.json"),
    PageKind("vocabulary", "/ontology"),
    PageKind("dumps", "/dumps/"),
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page is, and the IRI of what it is about; empty where it is about no one thing."""

    path: str
    iri: str = ""


def list_addresses(kind: PageKind, store: ox.Store, questions: Path, most: int) -> list[Address]:
    """Return different addresses of a kind, at most so many, the same ones each time; the only one several times.

    Args:
        kind: which pages.
        store: the graph.
        questions: the folder of the saved questions.
        most: how many.
    """
    dice = random.Random(7)  # noqa: S311  # the same pages each time
    if kind.name == "question":
        filled: list[tuple[str, ...]] = [(each.address,) for each in read_questions(questions)]
    elif kind.query:
        filled = sorted(set(_fill(kind, store)))
    else:
        return [Address(kind.address)] * min(most, _TIMES)
    chosen = dice.sample(filled, min(most, len(filled)))
    if kind.name == "search with a typo":
        chosen = [(word[:3] + word[4:],) for (word,) in chosen]
    return [_write(kind, each) for each in chosen]


def _fill(kind: PageKind, store: ox.Store) -> Iterator[tuple[str, ...]]:
    prefixes = _NAMES.prefixes()
    answer = store.query(kind.query, prefixes=prefixes)
    if not isinstance(answer, ox.QuerySolutions):
        raise TypeError(f"{kind.name}: its query is no SELECT")
    for row in answer:
        values = tuple(term.value for term in row if isinstance(term, ox.NamedNode | ox.Literal))
        if len(values) == kind.address.count("{}"):
            yield values


def _write(kind: PageKind, values: Sequence[str]) -> Address:
    if kind.is_entity:
        iri = values[0]
        local = iri.removeprefix(_NAMES.ids)
        return Address(kind.address.format(local) if local != iri else f"/doc?iri={quote(iri, safe='')}", iri)
    return Address(kind.address.format(*(quote(each, safe="") for each in values)).removesuffix("&typo"))
