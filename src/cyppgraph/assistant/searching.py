"""Finding things by words. In: an edition, words. Out: indicators, topics, plans, elements, leads, the best first.

The index is made when it is first needed, from one query, and again when the data change.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from cyppgraph.assistant.asking import shorten
from cyppgraph.assistant.citing import cite
from cyppgraph.assistant.guidance import NOTICE
from cyppgraph.assistant.replies import Found, SearchReply
from cyppgraph.assistant.words import WordIndex
from cyppgraph.linking import Glossary
from cyppgraph.store import Edition, read_texts

USUAL_FOUND, MOST_FOUND = 10, 50
_LONGEST_STATEMENT = 400
_THINGS = """
SELECT ?iri ?kind ?property ?text ?plan {
  VALUES ?kind {
    cypp:Plan cypp:Indicator cypp:IndicatorScheme cypp:Theme cypp:Commitment cypp:Outcome cypp:Action cypp:Measure
    cypp:Target cypp:FinanceLine cypp:Progress cypp:LeadRole cypp:ExternalDocument org:Organization foaf:Person
    skos:Concept
  }
  VALUES ?property {
    rdfs:label skos:prefLabel skos:altLabel skos:hiddenLabel skos:notation cypp:statement cypp:alternativeStatement
    cypp:printedCode dct:title dct:identifier
  }
  ?iri a ?kind ; ?property ?text .
  OPTIONAL { ?iri cypp:inPlan/dct:identifier ?plan }
}
ORDER BY ?iri ?property ?text
"""
_CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept"
_LABELS = ("prefLabel", "title", "label")
_CODES = ("notation", "printedCode", "identifier")


@dataclass(slots=True)
class _Thing:
    iri: str
    kind: str
    plan: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    all: list[str] = field(default_factory=list)

    @property
    def codes(self) -> set[str]:
        """Its codes and identifiers, however they are spaced."""
        return {_pack(self.texts[name]) for name in _CODES if name in self.texts}

    def first(self, names: tuple[str, ...]) -> str:
        return next((self.texts[name] for name in names if name in self.texts), "")


class Finder:
    """Finds things by words.

    Args:
        glossary: what short forms mean: what is printed "CIN" is found as "children in need" too.
    """

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self._lock = threading.Lock()
        self._made: tuple[str, list[_Thing], WordIndex] | None = None

    def search(self, edition: Edition, words: str, kind: str, most: int, is_gone: Callable[[], bool]) -> SearchReply:
        """Return what fits the words.

        Args:
            edition: what is asked.
            words: what to look for.
            kind: only things of this kind ("indicator", "topic", "action"), or "" for all; "element" is whatever stands
                in a plan.
            most: how many to give.
            is_gone: tells whether the client has left.

        Raises:
            CyppgraphError: as ``Edition.query``.
        """
        things, index = self._find_index(edition, is_gone)
        ranked = max(
            (dict(index.rank(said)) for said in (words, self._glossary.expand(words))),
            key=lambda scores: max(scores.values(), default=0.0),
        )
        asked = _pack(words)
        ranked |= {number: 1.0 for number, thing in enumerate(things) if asked and asked in thing.codes}
        wanted = kind.strip().casefold().replace(" ", "-")
        fitting = [(things[number], score) for number, score in ranked.items() if _is_of(things[number], wanted)]
        # Of those whose code was asked for, what it is the code of comes before what only prints it.
        fitting.sort(key=lambda found: (-found[1], found[1] == 1.0 and bool(found[0].plan)))
        cited = cite(edition, [thing.iri for thing, _ in fitting[:most]], is_gone)
        found = []
        for thing, score in fitting[:most]:
            shown = _show(thing, score)
            if thing.iri in cited:
                citation = cited[thing.iri]
                shown["document"], shown["lines"] = citation["document"], citation["lines"]
                if "certainty" in citation:
                    shown["certainty"] = citation["certainty"]
            found.append(shown)
        return {
            "notice": NOTICE,
            "found": found,
            "more": len(fitting) - len(found),
            "data_version": edition.version,
        }

    def _find_index(self, edition: Edition, is_gone: Callable[[], bool]) -> tuple[list[_Thing], WordIndex]:
        with self._lock:
            if self._made is None or self._made[0] != edition.version or edition.version is None:
                things = _read_things(edition, is_gone)
                spelled = [(thing.first(_LABELS), self._spell(thing)) for thing in things]
                self._made = (edition.version or "", things, WordIndex(spelled))
            return self._made[1:]

    def _spell(self, thing: _Thing) -> str:
        said = " ".join(thing.all)
        return f"{said} {self._glossary.expand(said)}"


def _read_things(edition: Edition, is_gone: Callable[[], bool]) -> list[_Thing]:
    things: dict[str, _Thing] = {}
    schemes = edition.namespaces.scheme("")
    for iri, kind, property_, text, plan in read_texts(edition, _THINGS, is_gone):
        thing = things.setdefault(iri, _Thing(iri, "", plan))
        if kind == _CONCEPT:
            kind = iri.removeprefix(schemes).partition("/")[0] if iri.startswith(schemes) else "concept"
            thing.kind = thing.kind or kind
        else:
            thing.kind = _name_kind(kind)
        name = property_.replace("/", "#").rpartition("#")[2]
        thing.texts.setdefault(name, text)
        if text not in thing.all:
            thing.all.append(text)
    return list(things.values())


def _name_kind(iri: str) -> str:
    """Return "finance-line" for …#FinanceLine."""
    local = iri.replace("/", "#").rpartition("#")[2]
    return "".join(f"-{sign.lower()}" if sign.isupper() else sign for sign in local).lstrip("-")


def _is_of(thing: _Thing, kind: str) -> bool:
    return not kind or thing.kind == kind or (kind in ("element", "plan-element") and bool(thing.plan))


def _pack(code: str) -> str:
    """Return "ni117" for "NI 117"."""
    return "".join(code.casefold().split())


def _show(thing: _Thing, score: float) -> Found:
    shown: Found = {"iri": thing.iri, "kind": thing.kind, "label": thing.first(_LABELS), "score": score}
    if code := thing.first(_CODES):
        shown["code"] = code
    if thing.plan:
        shown["plan"] = thing.plan
    if (statement := thing.texts.get("statement", "")) and statement != shown["label"]:
        shown["statement"] = shorten(statement, _LONGEST_STATEMENT)
    return shown
