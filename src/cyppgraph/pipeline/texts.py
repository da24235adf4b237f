"""What a graph holds that can be linked. In: a store of the plans and the catalogue. Out: texts and entries.

IRIs are below the default base throughout, as they are in the files of decisions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph

from cyppgraph.linking import LINK_KINDS, Entry, Text
from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.pipeline.rows import ask_rows

_KNOWN_WEIGHT = 1.25
"""How much more readily a plan for children concerns an indicator that is known to be signalled in such plans."""
_DEPTH = 4
"""How many headings above a text are kept."""

_ELEMENTS = """
SELECT ?node ?kind ?plan ?words ?parent ?code (MIN(?first) AS ?line) WHERE {
  VALUES ?kind { cypp:Theme cypp:Commitment cypp:Outcome cypp:Action cypp:Measure cypp:Target }
  ?node a ?kind ; cypp:inPlan/dct:identifier ?plan ; cypp:statement ?words .
  OPTIONAL { ?node cypp:partOf ?parent }
  OPTIONAL { ?node cypp:printedCode ?code }
  OPTIONAL { ?node cypp:source/cypp:firstLine ?first }
}
GROUP BY ?node ?kind ?plan ?words ?parent ?code
"""
_INDICATORS = """
SELECT ?node ?code ?name ?scheme ?dropped ?whole WHERE {
  ?node a cypp:Indicator ; skos:prefLabel ?name .
  OPTIONAL { ?node skos:notation ?code }
  OPTIONAL { ?node skos:inScheme ?scheme }
  OPTIONAL { ?node owl:deprecated ?dropped }
  OPTIONAL { ?node skos:broader ?whole }
}
"""
_CONCEPTS = """
SELECT ?node ?code ?name WHERE { ?node skos:topConceptOf <%s> ; skos:notation ?code ; skos:prefLabel ?name }
"""
_SIGNALS = """
SELECT ?node ?term WHERE {
  ?node a skos:Concept .
  { ?node skos:hiddenLabel ?term } UNION { ?node skos:narrower/skos:prefLabel ?term }
  UNION { ?node skos:scopeNote ?term FILTER EXISTS { ?node skos:hiddenLabel ?any } }
}
"""
_NAMES = """
SELECT ?node ?words WHERE {
  { ?node a cypp:LeadRole } UNION { ?node a org:Organization } UNION { ?node skos:topConceptOf ?scheme }
  ?node rdfs:label ?words .
}
"""


@dataclass(frozen=True)
class Linkables:
    """Everything that can be linked.

    Attributes:
        elements: what plans state, by IRI.
        indicators: indicators by IRI, with their code; local ones among them.
        national: the IRIs of the national indicators that hold.
        local: the IRIs of the indicators of councils, without parts that stand under a national one.
        concepts: the entries of a scheme (topics, outcomes) by the scheme's name.
        words: the words or the name of every node that a link may point at.
    """

    elements: dict[str, Text]
    indicators: dict[str, Entry]
    national: frozenset[str]
    local: frozenset[str]
    concepts: dict[str, list[Entry]]
    words: dict[str, str]

    def texts(self, kind: str) -> list[Text]:
        """Return what links of a kind begin with, in the order of the documents."""
        if kind == "local-indicators":
            local = (self.indicators[iri] for iri in self.local)
            found = [Text(e.iri, "Indicator", "", e.label, codes=(e.code,) if e.code else ()) for e in local]
            return sorted(found, key=lambda text: text.iri)
        kinds = {name.partition(":")[2] for name in LINK_KINDS[kind].subjects}
        found = [text for text in self.elements.values() if text.kind in kinds]
        return sorted(found, key=lambda text: (text.plan, text.line or 0, text.iri))

    def entries(self, kind: str) -> list[Entry]:
        """Return what links of a kind lead to; nothing for kinds that no program proposes."""
        if kind in ("indicators", "local-indicators"):
            return [entry for iri, entry in sorted(self.indicators.items()) if iri in self.national]
        return self.concepts.get({"topics": "topic"}.get(kind, kind), [])


def gather_linkables(store: pyoxigraph.Store, names: Namespaces) -> Linkables:
    """Return everything in a store that can be linked."""
    signals = defaultdict(list)
    for node, term in ask_rows(store, _SIGNALS, names, rebase=True):
        signals[node].append(term)
    indicators, national, local = _gather_indicators(store, names, signals)
    concepts = {
        name: [
            Entry(node, code, label, tuple(sorted(signals[node])))
            for node, code, label in sorted(ask_rows(store, _CONCEPTS % names.scheme(name), names, rebase=True))
        ]
        for name in ("topic", "every-child-matters")
    }
    elements = _gather_elements(store, names)
    words: dict[str, str] = dict(ask_rows(store, _NAMES, names, rebase=True))  # type: ignore[arg-type]  # of two columns
    words |= {iri: entry.name for iri, entry in indicators.items()}
    words |= {iri: text.words for iri, text in elements.items()}
    return Linkables(elements, indicators, national, local, concepts, words)


def _gather_indicators(
    store: pyoxigraph.Store, names: Namespaces, signals: dict[str, list[str]]
) -> tuple[dict[str, Entry], frozenset[str], frozenset[str]]:
    found, national, local = {}, set(), set()
    national_set = f"{DEFAULT_BASE}id/indicator/ni"
    for node, code, label, scheme, dropped, whole in ask_rows(store, _INDICATORS, names, rebase=True):
        terms = tuple(sorted(signals[node]))
        found[node] = Entry(node, code, label, terms, _KNOWN_WEIGHT if terms else 1.0)
        if scheme == national_set:
            if not whole and not dropped:
                national.add(node)
        elif not whole:
            local.add(node)
    return found, frozenset(national), frozenset(local)


def _gather_elements(store: pyoxigraph.Store, names: Namespaces) -> dict[str, Text]:
    rows = list(ask_rows(store, _ELEMENTS, names, rebase=True))
    said = {row[0]: row[3] for row in rows}
    parents = {row[0]: row[4] for row in rows if row[4]}

    def above(node: str) -> Iterator[str]:
        for _ in range(_DEPTH):
            node = parents.get(node, "")
            if node not in said:
                return
            yield said[node]

    return {
        node: Text(
            iri=node,
            kind=kind.rpartition("#")[2],
            plan=plan,
            words=words,
            above=tuple(above(node)),
            codes=(code,) if code else (),
            line=int(line) if line else None,
        )
        for node, kind, plan, words, _, code, line in rows
    }
