"""What a graph says about one node, whichever engine holds it. In: a graph or a store. Out: labels, plans, places.

The shapes run on rdflib and the checks on Oxigraph, and both must say of a faulty node where it is printed; this is
the one place that knows how to find out. Nothing is refused: what a graph does not say is None or empty.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Final

import pyoxigraph
import rdflib

from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.where import Where

DEFAULT_NAMES: Final = Namespaces()
RDF_TYPE: Final = EXTERNAL_PREFIXES["rdf"] + "type"
SHARED: Final = "shared"
"""What a report files a node under that belongs to no plan: lists, indicators, councils."""
NAMELESS: Final = "(a thing without an address)"

_LABELS: Final = tuple(
    EXTERNAL_PREFIXES[prefix] + name
    for prefix, name in (("rdfs", "label"), ("skos", "prefLabel"), ("dct", "title"), ("foaf", "name"))
)
_FILE: Final = tuple(EXTERNAL_PREFIXES["dct"] + name for name in ("identifier", "title"))
_POINTING: Final = ("hasCell", "hasLead", "leadRole", "leadPerson", "leadBody", "due", "usesIndicator", "refersTo")
"""The properties whose object is printed where their subject is."""

_LONGEST: Final = 80


class Facts(ABC):
    """Answers about the nodes of a graph. IRIs are plain texts; literals are their lexical form.

    Args:
        names: where our terms and data live.
    """

    def __init__(self, names: Namespaces) -> None:
        self._names = names
        self._plan = re.compile(re.escape(names.ids) + r"plan/([^/#?]+)")

    @abstractmethod
    def objects(self, subject: str, predicate: str) -> list[str]:
        """What ``subject`` has as ``predicate``, in order of the text."""

    @abstractmethod
    def subjects(self, predicate: str, value: str) -> list[str]:
        """What has the IRI ``value`` as ``predicate``, in order of the text."""

    def values(self, node: str, term: str) -> list[str]:
        """What a node has as one of our own properties (``firstLine``)."""
        return self.objects(node, self._names.ontology + term)

    def instances(self, term: str) -> list[str]:
        """The nodes of one of our own classes (``SourcePassage``)."""
        return self.subjects(RDF_TYPE, self._names.ontology + term)

    def plan(self, node: str) -> str:
        """The id of the plan that a node belongs to, told from its IRI; ``SHARED`` where it belongs to none."""
        match = self._plan.match(node)
        return match.group(1) if match else SHARED

    def label(self, node: str) -> str:
        """What to call a node: its label, cut where it is long; its words or the end of its IRI where it has none."""
        own = (self._names.ontology + term for term in ("statement", "quote"))
        for predicate in (*_LABELS, *own):
            if labels := [label for label in self.objects(node, predicate) if label.strip()]:
                return shortened(labels[0])
        return node.removeprefix(self._names.ids).rpartition("#")[2]

    def file(self, document: str) -> str:
        """The file of a source document, its title or IRI where its file is not said."""
        return next((files[0] for predicate in _FILE if (files := self.objects(document, predicate))), document)

    def where(self, node: str) -> Where | None:
        """The document and lines that a node was read from.

        A passage stands for itself; anything else is looked for through its sources, then through what points to it
        (a job title through the lead that names it). None where neither leads to a line.
        """
        pointing = [other for term in _POINTING for other in self.subjects(self._names.ontology + term, node)]
        for nodes in ([node], pointing):
            for passages in (nodes, [passage for other in nodes for passage in self._sources(other)]):
                if places := [place for passage in passages if (place := self._place(passage))]:
                    return min(places)
        return None

    def _sources(self, node: str) -> list[str]:
        """The passages of a node, its table row where it has none."""
        return self.values(node, "source") or self.values(node, "sourceRow")

    def _place(self, passage: str) -> Where | None:
        """The lines of a passage, None for anything else."""
        first = [int(line) for line in self.values(passage, "firstLine") if line.isdecimal()]
        if not first:
            return None
        last = [int(line) for line in self.values(passage, "lastLine") if line.isdecimal()]
        documents = self.values(passage, "sourceDocument")
        file = self.file(documents[0]) if documents else "(no document)"
        return Where(file, min(first), max(last, default=min(first)))


class GraphFacts(Facts):
    """The facts of an rdflib graph."""

    def __init__(self, graph: rdflib.Graph, names: Namespaces) -> None:
        super().__init__(names)
        self._graph = graph

    def objects(self, subject: str, predicate: str) -> list[str]:
        """See ``Facts``."""
        return sorted({str(o) for o in self._graph.objects(rdflib.URIRef(subject), rdflib.URIRef(predicate))})

    def subjects(self, predicate: str, value: str) -> list[str]:
        """See ``Facts``."""
        return sorted({str(s) for s in self._graph.subjects(rdflib.URIRef(predicate), rdflib.URIRef(value))})


class StoreFacts(Facts):
    """The facts of an Oxigraph store, all its graphs together."""

    def __init__(self, store: pyoxigraph.Store, names: Namespaces) -> None:
        super().__init__(names)
        self._store = store

    def objects(self, subject: str, predicate: str) -> list[str]:
        """See ``Facts``."""
        if not _is_iri(subject):
            return []
        quads = self._store.quads_for_pattern(pyoxigraph.NamedNode(subject), pyoxigraph.NamedNode(predicate), None)
        return sorted({text_of(quad.object) for quad in quads})

    def subjects(self, predicate: str, value: str) -> list[str]:
        """See ``Facts``."""
        if not _is_iri(value):
            return []
        quads = self._store.quads_for_pattern(None, pyoxigraph.NamedNode(predicate), pyoxigraph.NamedNode(value))
        return sorted({text_of(quad.subject) for quad in quads})


def facts_of(graph: rdflib.Graph | pyoxigraph.Store, names: Namespaces) -> Facts:
    """The facts of either kind of graph."""
    return StoreFacts(graph, names) if isinstance(graph, pyoxigraph.Store) else GraphFacts(graph, names)


def text_of(term: object) -> str:
    """An Oxigraph term as plain text; a blank node is ``NAMELESS``, since its name changes with every run."""
    return NAMELESS if isinstance(term, pyoxigraph.BlankNode) else str(getattr(term, "value", term))


def _is_iri(text: str) -> bool:
    return ":" in text and not text.startswith("_:")


def shortened(text: str) -> str:
    """A text on one line, cut at a word where it is long."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
