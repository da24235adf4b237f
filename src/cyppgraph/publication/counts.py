"""What a graph holds, counted. In: triples. Out: the numbers that VoID asks for, true of these very triples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from cyppgraph.namespaces import EXTERNAL_PREFIXES
from cyppgraph.publication.turtle import Triple

_TYPE = URIRef(EXTERNAL_PREFIXES["rdf"] + "type")


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a set of triples.

    Attributes:
        triples: how many there are, each counted once.
        subjects: how many things they describe.
        objects: how many IRIs and literals stand as objects.
        classes: how many things each class has.
        properties: how many triples each property has.
    """

    triples: int
    subjects: int
    objects: int
    classes: dict[str, int]
    properties: dict[str, int]


def count_triples(graphs: Iterable[Iterable[Triple]]) -> Counts:
    """Count the union of graphs: a triple that several of them state is one triple."""
    triples = {triple for graph in graphs for triple in graph}
    properties = Counter(str(p) for _, p, _ in triples)
    classes = Counter(str(o) for _, p, o in triples if p == _TYPE)
    return Counts(
        triples=len(triples),
        subjects=len({s for s, _, _ in triples}),
        objects=len({o for _, _, o in triples}),
        classes=dict(sorted(classes.items())),
        properties=dict(sorted(properties.items())),
    )
