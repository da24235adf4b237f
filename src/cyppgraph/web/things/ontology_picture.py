"""The main classes as a picture. In: the triples of the ontology. Out: where boxes stand, and the same in words.

In the middle stands the class with most kinds, the plan element, and in a column on either side each class of ours that
its properties lead to. A box lists what else leads from it. Lists of terms (``skos:Concept``) are left out: nearly
every class leads to some. Nothing is typed in: a class that the ontology gains is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cyppgraph.namespaces import EXTERNAL_PREFIXES
from cyppgraph.web.display.statements import Link, StatementWriter
from cyppgraph.web.things.ontology_terms import DOMAINS, RANGES, Said, texts

_RDFS, _OWL = EXTERNAL_PREFIXES["rdfs"], EXTERNAL_PREFIXES["owl"]
_CONCEPT = EXTERNAL_PREFIXES["skos"] + "Concept"
_SIDE, _GAP, _MIDDLE = 276, 188, 212
_LINE, _HEAD, _SPACE = 19, 34, 26
WIDTH = 2 * (_SIDE + _GAP) + _MIDDLE


@dataclass(frozen=True, slots=True)
class Box:
    """A class: where it stands, what it is called, and what is listed in it."""

    x: int
    y: int
    width: int
    height: int
    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """What leads from the middle to a box: from, to, at which height, the words on it and where they begin."""

    start: int
    end: int
    y: int
    x: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a property leads from and to."""

    subjects: Sequence[Link]
    property: Link
    objects: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Picture:
    """Boxes, the one in the middle first, arrows, the height of it all, and the same in words."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    height: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class _Relation:
    property: str
    subjects: tuple[str, ...]
    objects: tuple[str, ...]


def draw_classes(said: Said, writer: StatementWriter, namespace: str) -> Picture | None:
    """Lay out the main classes; None where there is no class with kinds.

    Args:
        said: the triples of the ontology, by subject.
        writer: gives names and links.
        namespace: what our own terms begin with.
    """
    kinds: dict[str, list[str]] = {}
    for iri, triples in said.items():
        for above in texts(triples, f"{_RDFS}subClassOf"):
            if above.startswith(namespace):
                kinds.setdefault(above, []).append(iri)
    if not kinds:
        return None
    middle = max(kinds, key=lambda iri: len(kinds[iri]))
    family = {middle, *kinds[middle]}
    relations = [each for each in _list_relations(said, namespace) if each.objects]
    columns = _choose_columns(relations, family, middle, namespace, writer)
    inner = [_say(each, writer) for each in relations if {*each.subjects} & family and {*each.objects} <= family]
    lines = tuple(f"– {writer.name(iri)}" for iri in kinds[middle])
    lines = (*lines, "", *(f"{words}" for words in inner))
    return _lay_out(writer.name(middle), lines, columns, _list_sentences(relations, writer))


def _list_relations(said: Said, namespace: str) -> list[_Relation]:
    return [
        _Relation(
            iri,
            tuple(texts(triples, DOMAINS[0]) or texts(triples, DOMAINS[1])),
            tuple(each for each in (texts(triples, RANGES[0]) or texts(triples, RANGES[1])) if each != _CONCEPT),
        )
        for iri, triples in said.items()
        if iri.startswith(namespace) and f"{_OWL}ObjectProperty" in texts(triples, f"{EXTERNAL_PREFIXES['rdf']}type")
    ]


def _choose_columns(
    relations: Sequence[_Relation], family: set[str], middle: str, namespace: str, writer: StatementWriter
) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Return the classes around the middle: name, what is listed in the box, the words on the arrow."""
    around: dict[str, list[str]] = {}
    for each in relations:
        if not {*each.subjects} & family:
            continue
        only = "" if middle in each.subjects else f" ({', '.join(writer.name(iri) for iri in each.subjects)})"
        for iri in each.objects:
            if iri.startswith(namespace) and iri not in family:
                around.setdefault(iri, []).append(f"{writer.name(each.property)}{only}")
    return [
        (
            writer.name(iri),
            tuple(
                _say(each, writer)
                for each in relations
                if iri in each.subjects and iri not in each.objects and not {*each.objects} & family
            ),
            tuple(words),
        )
        for iri, words in around.items()
    ]


def _say(relation: _Relation, writer: StatementWriter) -> str:
    return f"{writer.name(relation.property)}: {', '.join(_name(iri, writer) for iri in relation.objects)}"


def _name(iri: str, writer: StatementWriter) -> str:
    return writer.name(iri).rpartition(":")[2]


def _list_sentences(relations: Sequence[_Relation], writer: StatementWriter) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(
            [writer.link(iri) for iri in each.subjects],
            writer.link(each.property),
            [writer.link(iri) for iri in each.objects],
        )
        for each in relations
        if each.subjects
    )


def _lay_out(
    name: str,
    lines: tuple[str, ...],
    around: Sequence[tuple[str, tuple[str, ...], tuple[str, ...]]],
    sentences: tuple[Sentence, ...],
) -> Picture:
    ends: Mapping[bool, list[int]] = {True: [1], False: [1]}
    boxes, arrows = [], []
    for box_name, listed, words in around:
        on_left = ends[True][-1] <= ends[False][-1]
        y = ends[on_left][-1]
        own = _HEAD + _LINE * len(listed)
        room = max(own, _LINE * len(words) + 14)
        x = 1 if on_left else WIDTH - _SIDE - 1
        boxes.append(Box(x, y, _SIDE, own, box_name, listed))
        start = _SIDE + _GAP if on_left else _SIDE + _GAP + _MIDDLE
        end = _SIDE + 1 if on_left else WIDTH - _SIDE - 1
        arrows.append(Arrow(start, end, y + 17, min(start, end) + 13, words))
        ends[on_left].append(y + room + _SPACE)
    height = max(ends[True][-1], ends[False][-1], _HEAD + _LINE * len(lines) + _SPACE) - _SPACE + 2
    middle = Box(_SIDE + _GAP, 1, _MIDDLE, height - 2, name, lines)
    return Picture((middle, *boxes), tuple(arrows), height, sentences)
