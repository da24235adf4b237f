"""What a name may become while it is typed. In: its beginning. Out: entities, properties or types, the likeliest first.

What has the beginning as its identifier, code or name comes first; then what has words that begin so; where there is
neither, what is spelt almost so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from cyppgraph.web.reconciliation.entities import Entity
from cyppgraph.web.reconciliation.index import Index
from cyppgraph.web.reconciliation.kinds import PROPERTIES, Kind
from cyppgraph.web.reconciliation.manifest import describe_type
from cyppgraph.web.reconciliation.naming import make_code_key, make_key

_FALLBACK = 10


class Suggestion(NamedTuple):
    """Something to choose: its identifier, its name, what tells it from its namesakes."""

    id: str
    name: str
    description: str


def suggest_entities(index: Index, prefix: str, types: Sequence[str]) -> list[dict[str, Any]]:
    """Return the entities whose identifier, code or name begins so; all of them for an empty prefix."""
    wanted = [each for each in index.entities.values() if not types or set(types) & set(each.types)]
    own = index.find(prefix.strip())
    key, code = make_key(prefix), make_code_key(prefix)
    placed = []
    for entity in wanted:
        names = [make_key(name) for name in (*entity.labels, *entity.others)]
        codes = [make_code_key(each) for each in entity.codes]
        place = 0 if entity is own else 1 if code and code in codes else _place(key, names)
        if place is not None:
            placed.append((place, entity.name, entity.iri, entity))
    if not placed and key:
        near = (iri for kind in Kind for iri in index.rank([prefix], kind, _FALLBACK)[0])
        placed = [(3, "", str(n), index.entities[iri]) for n, iri in enumerate(near) if index.entities[iri] in wanted]
    return [_write_entity(entity, index) for *_, entity in sorted(placed, key=lambda each: each[:3])]


def suggest_properties(index: Index, prefix: str) -> list[dict[str, Any]]:
    """Return the properties whose identifier or name begins so, or has words that do."""
    del index  # all editions have the same
    return _suggest(prefix, (Suggestion(each.id, each.name, each.description) for each in PROPERTIES.values()))


def suggest_types(index: Index, prefix: str) -> list[dict[str, Any]]:
    """Return the types whose identifier or name begins so, or has words that do."""
    found = _suggest(prefix, (Suggestion(each.id, each.name, each.description) for each in index.types))
    short = [each for each in index.types if each.short == prefix.strip()]
    missing = [each for each in short if each.id not in {one["id"] for one in found}]
    return [{**describe_type(each), "description": each.description} for each in missing] + found


def _suggest(prefix: str, offered: Iterable[Suggestion]) -> list[dict[str, Any]]:
    key = make_key(prefix)
    placed = []
    for each in offered:
        place = 0 if prefix.strip() == each.id else _place(key, (make_key(each.name), make_key(each.id)))
        if place is not None:
            placed.append((place, each))
    return [each._asdict() for _, each in sorted(placed, key=lambda one: one[0])]


def _place(key: str, names: Iterable[str]) -> int | None:
    """Return how well names begin as a key does: 1 for the name, 2 for its words, None where they do not."""
    names = list(names)
    if any(name.startswith(key) for name in names):
        return 1
    begun = key.split()
    for name in names:
        words = name.split()
        if all(any(word.startswith(beginning) for word in words) for beginning in begun):
            return 2
    return None


def _write_entity(entity: Entity, index: Index) -> dict[str, Any]:
    return {
        "id": entity.iri,
        "name": entity.name,
        "description": entity.description,
        "notable": [describe_type(index.find_type(short)) for short in entity.types],
    }
