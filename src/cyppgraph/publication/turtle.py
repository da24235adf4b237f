"""Turtle that reads well and never changes without cause. In: triples. Out: the same bytes for the same triples.

Subjects stand in the natural order of their IRIs (``/2`` before ``/10``), each with its type and label first. Refuses
blank nodes: everything that we publish has an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
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
    described: dict[Node, list[tuple[Node, Node]]] = {}
    for subject, predicate, value in graph:
        described.setdefault(subject, []).append((predicate, value))
    terms = _Terms()
    order = sorted(described, key=natural_key)
    triples = [triple for subject in order for triple in terms.made(subject, described[subject])]
    used = {name: iri for name, iri in prefixes.items() if iri in terms.namespaces}
    turtle = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b""
    *header, body = turtle.split(b"\n", len(used))
    header.sort()  # the serializer has no order of its own
    # Line breaks within literals are escaped, so a full stop at the end of a line always ends a subject.
    return b"\n".join([*header, b"", body.replace(b" .\n", b" .\n\n")]).strip() + b"\n"


def natural_key(term: Node) -> tuple[str, str]:
    """Return what to sort a term by so that numbers in it count as numbers."""
    text = str(term)
    return _DIGITS.sub(_pad, text), text


def _pad(digits: re.Match[str]) -> str:
    return digits.group().zfill(12)


def _value_key(value: Node) -> tuple[int, str, str, str, str]:
    """Return what to sort an object by: IRIs first, then literals by their text, language and datatype."""
    if isinstance(value, Literal):
        return (1, str(value), "", value.language or "", value.datatype or "")
    return (0, *natural_key(value), "", "")


class _Terms:
    """Turns terms into pyoxigraph's, each IRI once.

    Attributes:
        namespaces: every namespace that an IRI seen so far could be abbreviated with.
    """

    def __init__(self) -> None:
        self.namespaces: set[str] = set()
        self._known: dict[Node, ox.NamedNode] = {}

    def made(self, subject: Node, pairs: list[tuple[Node, Node]]) -> Iterator[ox.Triple]:
        """Yield the triples of a subject in order."""
        node = self._iri(subject)
        pairs.sort(key=_predicate_key)
        for predicate, group in groupby(pairs, key=_PREDICATE):
            values = [value for _, value in group]
            if len(values) > 1:
                values = sorted(set(values), key=_value_key)
            made = self._iri(predicate)
            for value in values:
                yield ox.Triple(node, made, self._literal(value) if isinstance(value, Literal) else self._iri(value))

    def _literal(self, value: Literal) -> ox.Literal:
        if value.language:
            return ox.Literal(str(value), language=value.language)
        if value.datatype is None:
            return ox.Literal(str(value))
        return ox.Literal(str(value), datatype=self._iri(value.datatype))

    def _iri(self, term: Node) -> ox.NamedNode:
        known = self._known.get(term)
        if known is None:
            if isinstance(term, BNode):
                raise CyppgraphError(f"A blank node ({term}) cannot be published: give it an IRI in mapping/iris.py.")
            if not isinstance(term, URIRef):
                raise CyppgraphError(f"{term!r} stands where an IRI must be, and is none. Correct what made it.")
            known = self._known[term] = self._named(str(term))
        return known

    def _named(self, iri: str) -> ox.NamedNode:
        namespace = iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]
        if namespace not in self.namespaces:
            self.namespaces |= {iri[: end.end()] for end in re.finditer(r"[/#]", iri)}
        if "#freq-" in iri:
            self.namespaces.add(iri[: iri.rindex("-") + 1])
        return ox.NamedNode(iri)


_PREDICATE = itemgetter(0)


def _predicate_key(pair: tuple[Node, Node]) -> str:
    iri = str(pair[0])
    return _LEADING.get(iri, iri)
