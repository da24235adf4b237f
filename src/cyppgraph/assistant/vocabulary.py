"""The terms that queries are written in. In: the ontology, an edition. Out: classes, properties, lists, counts.

Definitions are those of the ontology; counts are those that the graph says of itself (VoID), where it does.
Refuses an ontology that is not Turtle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping

import pyoxigraph as ox

from cyppgraph.assistant.naming import shorten_name
from cyppgraph.assistant.replies import ListReply, TermReply, VocabularyReply
from cyppgraph.assistant.words import WordIndex
from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.store import Edition, read_texts

_LONGEST_LIST = 25
_MOST_TERMS = 25
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SCHEMA = "https://schema.org/"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_COUNTS = """
SELECT ?class ?property (MAX(?n) AS ?uses) {{
  {{ <{dataset}> void:classPartition ?part . ?part void:class ?class ; void:entities ?n }}
  UNION {{ <{dataset}> void:propertyPartition ?part . ?part void:property ?property ; void:triples ?n }}
}} GROUP BY ?class ?property
"""
_LISTS = """
SELECT DISTINCT ?scheme ?notation {{
  ?concept skos:inScheme ?scheme ; skos:notation ?notation . FILTER(STRSTARTS(STR(?scheme), "{schemes}"))
}} ORDER BY ?scheme ?notation
"""

Node = Mapping[str, list[str]]


class Vocabulary:
    """The ontology, as it is below one base.

    Args:
        turtle: the ontology, written for the default base; may be empty.
        names: where the data live.
    """

    def __init__(self, turtle: str, names: Namespaces) -> None:
        self.turtle = turtle.replace(DEFAULT_BASE, names.base)
        self._names = names
        self._prefixes = names.prefixes()
        nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in ox.parse(self.turtle.encode(), ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                nodes[quad.subject.value][quad.predicate.value].append(quad.object.value)
        ours = {iri: node for iri, node in nodes.items() if iri.startswith(names.ontology)}
        self._classes = {iri: node for iri, node in ours.items() if f"{_OWL}Class" in node[_TYPE]}
        self._properties = {iri: node for iri, node in ours.items() if iri not in self._classes}

    def explain(self, edition: Edition, words: str, is_gone: Callable[[], bool]) -> VocabularyReply:
        """Return the terms in use with a sentence each; or those that fit the words, in full.

        Raises:
            CyppgraphError: as ``Edition.query``.
        """
        classes, properties = self._read_counts(edition, is_gone)
        terms = [
            self._write(iri, known.get(iri, {}), counts.get(iri), bool(words))
            for known, counts in ((self._classes, classes), (self._properties, properties))
            for iri in {**known, **dict(sorted(counts.items()))}
            if words or counts.get(iri) or not counts
        ]
        are_classes = {self._name(iri) for iri in {**self._classes, **classes}}
        if words:
            index = WordIndex([(term["name"] + " " + term.get("label", ""), _spell(term)) for term in terms])
            terms = [terms[number] for number, _ in index.rank(words)[:_MOST_TERMS]]
        return {
            "classes": [term for term in terms if term["name"] in are_classes],
            "properties": [term for term in terms if term["name"] not in are_classes],
            "lists": self._read_lists(edition, is_gone),
            "graphs": dict(edition.graphs),
            "prefixes": self._prefixes,
            "data_version": edition.version,
        }

    def _name(self, iri: str) -> str:
        return shorten_name(iri, self._prefixes)

    def _write(self, iri: str, node: Node, uses: int | None, full: bool) -> TermReply:
        def first(property_: str) -> str:
            return next(iter(node.get(property_, ())), "")

        definition = first(f"{_SKOS}definition")
        term: TermReply = {"name": self._name(iri)}
        texts = {
            "label": first(f"{_RDFS}label") if full else "",
            "definition": definition if full else definition.partition(". ")[0],
            "note": first(f"{_SKOS}scopeNote") if full else "",
            "example": first(f"{_SKOS}example") if full else "",
        }
        names = {
            "under": node.get(f"{_RDFS}subClassOf", []) if full else [],
            "on": node.get(f"{_RDFS}domain", []) or node.get(f"{_SCHEMA}domainIncludes", []),
            "to": node.get(f"{_RDFS}range", []) or node.get(f"{_SCHEMA}rangeIncludes", []),
        }
        term.update({key: text for key, text in texts.items() if text})  # type: ignore[typeddict-item]
        term.update({key: [self._name(each) for each in iris] for key, iris in names.items() if iris})  # type: ignore[typeddict-item]
        if uses is not None:
            term["uses"] = uses
        return term

    def _read_counts(self, edition: Edition, is_gone: Callable[[], bool]) -> tuple[dict[str, int], dict[str, int]]:
        classes: dict[str, int] = {}
        properties: dict[str, int] = {}
        query = _COUNTS.format(dataset=edition.namespaces.dataset())
        for class_, property_, uses in read_texts(edition, query, is_gone):
            if class_:
                classes[class_] = int(uses)
            elif property_:
                properties[property_] = int(uses)
        return classes, properties

    def _read_lists(self, edition: Edition, is_gone: Callable[[], bool]) -> list[ListReply]:
        lists: dict[str, list[str]] = defaultdict(list)
        for scheme, notation in read_texts(edition, _LISTS.format(schemes=edition.namespaces.scheme("")), is_gone):
            lists[scheme].append(notation)
        return [
            {"scheme": scheme, "notations": found} for scheme, found in lists.items() if len(found) <= _LONGEST_LIST
        ]


def _spell(term: TermReply) -> str:
    return " ".join(str(text) for text in term.values())
