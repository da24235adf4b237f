"""Turtle that reads well and never changes without cause. In: triples. Out: the same bytes for the same triples.

Subjects stand in the natural order of their IRIs (``/2`` before ``/10``), each with its type and label first. Refuses
blank nodes: everything that we publish has an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
_DIGITS = re.compile(r"(\d+)")


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
    terms = _Terms()
    triples = sorted(map(terms.sortable, graph), key=lambda pair: pair[0])
    used = {name: iri for name, iri in prefixes.items() if iri in terms.namespaces}
    turtle = ox.serialize((triple for _, triple in triples), format=ox.RdfFormat.TURTLE, prefixes=used) or b""
    *header, body = turtle.split(b"\n", len(used))
    header.sort()  # the serializer has no order of its own
    # Line breaks within literals are escaped, so a full stop at the end of a line always ends a subject.
    return b"\n".join([*header, b"", body.replace(b" .\n", b" .\n\n")]).strip() + b"\n"


def natural_key(text: str) -> tuple[tuple[int, str], ...]:
    """Return what to sort by so that numbers within texts count as numbers."""
    pieces = _DIGITS.split(text)
    return tuple((int(p), p) if n % 2 else (-1, p) for n, p in enumerate(pieces))


class _Terms:
    """Turns terms into pyoxigraph's and into what they sort by, each once."""

    def __init__(self) -> None:
        self.known: dict[Node, tuple[tuple[object, ...], ox.NamedNode | ox.Literal]] = {}
        self.predicates: dict[Node, tuple[str, ox.NamedNode]] = {}
        self.namespaces: set[str] = set()

    def sortable(self, triple: Triple) -> tuple[tuple[object, ...], ox.Triple]:
        """Return what a triple sorts by, and the triple for the serializer."""
        subject, predicate, value = triple
        known = self.known
        s_key, s = known.get(subject) or self._learn(subject)
        o_key, o = known.get(value) or self._learn(value)
        p = self.predicates.get(predicate)
        if p is None:
            _, node = self._learn(predicate)
            if not isinstance(node, ox.NamedNode):
                raise CyppgraphError(f"{predicate!r} stands as a property and is no IRI. Correct what made it.")
            p = self.predicates[predicate] = (_LEADING.get(str(predicate), str(predicate)), node)
        if not isinstance(s, ox.NamedNode):
            raise CyppgraphError(f"{subject!r} stands as a subject and is no IRI. Correct what made it.")
        return (s_key, p[0], o_key), ox.Triple(s, p[1], o)

    def _learn(self, term: Node) -> tuple[tuple[object, ...], ox.NamedNode | ox.Literal]:
        made = self._make(term)
        self.known[term] = made
        return made

    def _make(self, term: Node) -> tuple[tuple[object, ...], ox.NamedNode | ox.Literal]:
        match term:
            case URIRef():
                text = str(term)
                self._note_namespaces(text)
                return (0, natural_key(text)), ox.NamedNode(text)
            case Literal():
                text, language, datatype = str(term), term.language, term.datatype
                key = (1, natural_key(text), language or "", datatype or "")
                if language:
                    return key, ox.Literal(text, language=language)
                if datatype is None:
                    return key, ox.Literal(text)
                self._note_namespaces(str(datatype))
                return key, ox.Literal(text, datatype=ox.NamedNode(str(datatype)))
            case BNode():
                raise CyppgraphError(f"A blank node ({term}) cannot be published: give it an IRI in mapping/iris.py.")
        raise CyppgraphError(f"{term!r} is no IRI and no literal, and cannot be published. Correct what made it.")

    def _note_namespaces(self, iri: str) -> None:
        """Remember every namespace that an IRI could be abbreviated with."""
        for end in re.finditer(r"[/#-]", iri):
            self.namespaces.add(iri[: end.end()])
