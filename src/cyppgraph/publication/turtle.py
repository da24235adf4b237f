"""Turtle that reads well and never changes without cause. In: triples. Out: the same bytes for the same triples.

Subjects stand in the natural order of their IRIs (``/2`` before ``/10``), each with its type and label first. Refuses
blank nodes: everything that we publish has an address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox
from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

from cyppgraph.errors import CyppgraphError
from cyppgraph.publication.files import replace_file

Triple: TypeAlias = tuple[Node, Node, Node]

_LEADING = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": "0",
    "http://www.w3.org/2000/01/rdf-schema#label": "1",
}
_DIGITS = re.compile(r"[0-9]+")


def write_turtle(graph: Iterable[Triple], path: Path, prefixes: Mapping[str, str]) -> None:
    """Write triples as a Turtle file, whole or not at all.

    Args:
        graph: the triples, in any order; a graph of rdflib's is one.
        path: where to write.
        prefixes: prefixes to abbreviate with; those that are not needed are left out.

    Raises:
        CyppgraphError: where a triple has a blank node, or the file cannot be written.
    """
    replace_file(path, serialize_turtle(graph, prefixes))


def serialize_turtle(graph: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Return triples as Turtle; see ``write_turtle``."""
    triples = list(graph)
    nodes = _Terms({s for s, _, _ in triples} | {o for _, _, o in triples}, natural_key)
    predicates = _Terms({p for _, p, _ in triples}, lambda iri: _LEADING.get(iri, iri))
    ordered = sorted([(nodes.rank[s], predicates.rank[p], nodes.rank[o]) for s, p, o in triples])
    made = [ox.Triple(nodes.iri(s), predicates.iri(p), nodes.made[o]) for s, p, o in ordered]
    namespaces = nodes.namespaces | predicates.namespaces
    used = {name: iri for name, iri in prefixes.items() if iri in namespaces}
    turtle = ox.serialize(made, format=ox.RdfFormat.TURTLE, prefixes=used) or b""
    *header, body = turtle.split(b"\n", len(used))
    header.sort()  # the serializer has no order of its own
    # Line breaks within literals are escaped, so a full stop at the end of a line always ends a subject.
    return b"\n".join([*header, b"", body.replace(b" .\n", b" .\n\n")]).strip() + b"\n"


def natural_key(iri: str) -> str:
    """Return what to sort an IRI by so that numbers in it count as numbers."""
    return _DIGITS.sub(_pad, iri)


def _pad(digits: re.Match[str]) -> str:
    return digits.group().zfill(12)


class _Terms:
    """Terms in order, as pyoxigraph wants them.

    Attributes:
        rank: the place of each term.
        made: the terms for the serializer, by place.
        namespaces: every namespace that one of them could be abbreviated with.
    """

    def __init__(self, terms: Iterable[Node], key: Callable[[str], str]) -> None:
        self.namespaces: set[str] = set()
        literals = [(str(t), t.language or "", t.datatype or "", t) for t in terms if isinstance(t, Literal)]
        others = [(key(str(t)), str(t), t) for t in terms if not isinstance(t, Literal)]
        ordered: list[Node] = [t for *_, t in sorted(others)]
        ordered += [t for *_, t in sorted(literals, key=lambda known: known[:3])]
        self.rank = {term: n for n, term in enumerate(ordered)}
        self.made = [self._make(term) for term in ordered]

    def iri(self, rank: int) -> ox.NamedNode:
        """Return the IRI at a place."""
        term = self.made[rank]
        if not isinstance(term, ox.NamedNode):
            raise CyppgraphError(f"{term} stands as a subject or property and is no IRI. Correct what made it.")
        return term

    def _make(self, term: Node) -> ox.NamedNode | ox.Literal:
        match term:
            case URIRef():
                return self._named(str(term))
            case Literal(language=str(language)):
                return ox.Literal(str(term), language=language)
            case Literal(datatype=URIRef() as datatype):
                return ox.Literal(str(term), datatype=self._named(str(datatype)))
            case Literal():
                return ox.Literal(str(term))
            case BNode():
                raise CyppgraphError(f"A blank node ({term}) cannot be published: give it an IRI in mapping/iris.py.")
        raise CyppgraphError(f"{term!r} is no IRI and no literal, and cannot be published. Correct what made it.")

    def _named(self, iri: str) -> ox.NamedNode:
        namespace = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
        if namespace not in self.namespaces:
            self.namespaces |= {iri[: end.end()] for end in re.finditer(r"[/#]", iri)}
        if "#freq-" in iri:
            self.namespaces.add(iri[: iri.rindex("-") + 1])
        return ox.NamedNode(iri)
