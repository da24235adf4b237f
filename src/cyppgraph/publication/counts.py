"""What a graph holds, counted. In: triples. Out: the numbers that VoID asks for, true of these very triples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from rdflib import URIRef
from rdflib.term import Node

from cyppgraph.namespaces import EXTERNAL_PREFIXES
from cyppgraph.publication.turtle import Triple

_TYPE = URIRef(EXTERNAL_PREFIXES["rdf"] + "type")


@dataclass(slots=True)
class Counts:
    """The numbers of a set of triples.

    Attributes:
        triples: how many there are, each counted once.
        subjects: what they describe.
        objects: the IRIs and literals that stand as objects.
        classes: how many things each class has.
        properties: how many triples each property has.
    """

    triples: int = 0
    subjects: set[Node] = field(default_factory=set)
    objects: set[Node] = field(default_factory=set)
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)


def count_triples(triples: Collection[Triple]) -> Counts:
    """Count triples of which no two are the same."""
    return Counts(
        triples=len(triples),
        subjects={s for s, _, _ in triples},
        objects={o for _, _, o in triples},
        classes=Counter(str(o) for _, p, o in triples if p == _TYPE),
        properties=Counter(str(p) for _, p, _ in triples),
    )


def count_union(files: Sequence[Collection[Triple]], counts: Sequence[Counts]) -> Counts:
    """Count the union of files from the counts of each: a triple that several of them state is one triple.

    Only what several files describe can be stated twice, so only that is looked at again.
    """
    whole = Counts()
    shared: set[Node] = set()
    for part in counts:
        shared |= whole.subjects & part.subjects
        whole.triples += part.triples
        whole.subjects |= part.subjects
        whole.objects |= part.objects
        whole.classes += part.classes
        whole.properties += part.properties
    seen: set[Triple] = set()
    for triple in (triple for triples in files for triple in triples if triple[0] in shared):
        if triple not in seen:
            seen.add(triple)
            continue
        whole.triples -= 1
        whole.properties[str(triple[1])] -= 1
        if triple[1] == _TYPE:
            whole.classes[str(triple[2])] -= 1
    return whole
