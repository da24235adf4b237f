"""Statements as a page shows them. In: triples, what things are called, where statements stand. Out: lines with links.

Nothing of a statement is lost: a value keeps its language or datatype, an IRI is told beside its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.store import Term, shorten_term
from cyppgraph.web.display.addresses import is_iri, locate_thing
from cyppgraph.web.display.descriptions import Standing

_RDF, _RDFS, _SKOS = (EXTERNAL_PREFIXES[prefix] for prefix in ("rdf", "rdfs", "skos"))
_LABELS = (_RDFS + "label", _SKOS + "prefLabel", EXTERNAL_PREFIXES["dct"] + "title", EXTERNAL_PREFIXES["foaf"] + "name")
_TEXT = (EXTERNAL_PREFIXES["xsd"] + "string", _RDF + "langString")
_NOWHERE = Standing((), ())


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead; an empty address leads nowhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Value:
    """What a statement says.

    Attributes:
        texts: a literal's words, or all names of what an IRI stands for, the best first.
        href: where it leads; empty for literals, and for IRIs that nobody can follow.
        iri: the IRI in full; empty for literals.
        language: of a literal, where it has one.
        datatype: of a literal that is no plain text.
        graphs: the named graphs that hold the statement.
        marks: why it is not simply stated.
    """

    texts: tuple[str, ...]
    href: str = ""
    iri: str = ""
    language: str = ""
    datatype: Link | None = None
    graphs: tuple[Link, ...] = ()
    marks: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A property of a thing, its short name, and all values that it has."""

    property: Link
    short: str
    values: tuple[Value, ...]


class StatementWriter:
    """Writes statements for pages.

    Args:
        ns: the base of the data.
        labels: what our own terms are called.
        triples: among which the names of other things are.
    """

    def __init__(self, ns: Namespaces, labels: Mapping[str, str], triples: Sequence[ox.Triple]) -> None:
        self._ns = ns
        self._prefixes = ns.prefixes()
        self._labels = labels
        self._names = _gather_names(triples)

    def name(self, iri: str) -> str:
        """Return what a thing or a term is called: its label, or its IRI made short."""
        return self._names.get(iri, (self._labels.get(iri) or self.shorten(iri),))[0]

    def shorten(self, iri: str) -> str:
        """Return an IRI by its prefix, and the name of a blank node as it is."""
        return shorten_term(ox.NamedNode(iri), self._prefixes) if is_iri(iri) else iri

    def link(self, iri: str) -> Link:
        """Return the name of a thing and where it leads: to its page if the graph describes it, else out."""
        ours = iri.startswith(self._ns.base) or iri in self._names
        outward = iri if iri.startswith(("http://", "https://")) else ""
        return Link(self.name(iri), locate_thing(iri, self._ns) if ours else outward)

    def write(
        self, triples: Sequence[ox.Triple], standing: Mapping[tuple[str, Term], Standing] | None = None
    ) -> list[Statement]:
        """Write the statements of one subject, by property: types, labels, our own terms, then others.

        Args:
            triples: its statements.
            standing: where each stands.
        """
        known = standing or {}
        by_property: dict[str, list[Value]] = {}
        for triple in triples:
            where = known.get((triple.predicate.value, triple.object), _NOWHERE)
            by_property.setdefault(triple.predicate.value, []).append(self._write_value(triple.object, where))
        return [
            Statement(self.link(iri), self.shorten(iri), tuple(by_property[iri]))
            for iri in sorted(by_property, key=self._rank)
        ]

    def _rank(self, iri: str) -> tuple[int, str]:
        if iri in (_RDF + "type", _RDFS + "label"):
            return (iri == _RDFS + "label"), iri
        return (2 if iri.startswith(self._ns.ontology) else 3), iri

    def _write_value(self, term: Term, standing: Standing) -> Value:
        graphs = tuple(self.link(graph) for graph in standing.graphs)
        marks = self._mark(standing)
        if isinstance(term, ox.Literal):
            plain = term.datatype.value in _TEXT
            datatype = None if plain else self.link(term.datatype.value)
            return Value((term.value,), "", "", term.language or "", datatype, graphs, marks)
        if isinstance(term, ox.NamedNode):
            link = self.link(term.value)
            texts = self._names.get(term.value, (link.text,))
            return Value(texts, link.href, term.value, graphs=graphs, marks=marks)
        return Value((str(term),), graphs=graphs, marks=marks)

    def _mark(self, standing: Standing) -> tuple[Link, ...]:
        marks = [
            Link(iri.rpartition("/")[2].replace("-", " "), locate_thing(iri, self._ns))
            for iri in standing.certainties
            if iri != self._ns.scheme("certainty") + "/stated"
        ]
        graphs = set(standing.graphs)
        if graphs == {self._ns.graph("links")}:
            marks.append(Link("linked by a reader, not stated by the plan", ""))
        if graphs == {self._ns.graph("proposals")}:
            marks.append(Link("proposed by a program, not decided on", ""))
        return tuple(marks)


def _gather_names(triples: Sequence[ox.Triple]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[tuple[bool, int, str]]] = {}
    for triple in triples:
        subject, text = triple.subject, triple.object
        if triple.predicate.value not in _LABELS or not isinstance(text, ox.Literal) or isinstance(subject, ox.Triple):
            continue
        if text.value.strip():
            # English first, since all else on the page is.
            foreign = (text.language or "en").partition("-")[0] != "en"
            found.setdefault(subject.value, []).append((foreign, _LABELS.index(triple.predicate.value), text.value))
    return {iri: tuple(dict.fromkeys(text for *_, text in sorted(ranks))) for iri, ranks in found.items()}
