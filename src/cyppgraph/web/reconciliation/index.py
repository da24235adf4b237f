"""What names are matched with, ready to be asked. In: the entities of an edition, a glossary. Out: matches for queries.

Each kind of entity is ranked by the ranker that links texts to indicators, so that a name is compared here as a plan's
words are there. Reading and fitting take some tenths of a second, the libraries behind it seconds when first loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from cyppgraph.linking import Entry, Glossary, Text
from cyppgraph.linking.words import read_words
from cyppgraph.namespaces import Namespaces
from cyppgraph.web.reconciliation.asking import Asked
from cyppgraph.web.reconciliation.conditions import is_met
from cyppgraph.web.reconciliation.entities import Entity
from cyppgraph.web.reconciliation.judging import (
    Likeness,
    Match,
    Surroundings,
    judge_identity,
    judge_name,
    settle,
)
from cyppgraph.web.reconciliation.kinds import Kind, Type, list_types
from cyppgraph.web.reconciliation.naming import LONGEST, Name, make_code_key, make_key, read_name

if TYPE_CHECKING:
    from cyppgraph.linking.ranking import Ranker

_LOOKED_AT = 50
"""How many entities of each kind are judged for a name; all that are in question where there are conditions."""
_SIGNALLED_WEIGHT = 1.25
"""How much more readily an indicator is meant that is known to be signalled in such plans, as in linking."""


class Index:
    """The entities of an edition.

    Args:
        entities: what can be matched.
        glossary: what short forms mean.
        names: the base of the data.
    """

    def __init__(self, entities: Sequence[Entity], glossary: Glossary, names: Namespaces) -> None:
        self.namespaces = names
        self.types: tuple[Type, ...] = list_types(names)
        self.entities = {entity.iri: entity for entity in entities}
        self._glossary = glossary
        self._by_label = _group(entities, lambda entity: map(make_key, entity.labels))
        self._by_other = _group(entities, lambda entity: map(make_key, entity.others))
        self._by_code = _group(entities, lambda entity: map(make_code_key, entity.codes))
        self._rankers = {kind: _make_ranker(entities, kind, glossary) for kind in Kind}

    def find(self, identifier: str) -> Entity | None:
        """Return the entity of an identifier: its IRI, also as it is written for the default base."""
        return self.entities.get(identifier) or self.entities.get(self.namespaces.rebase(identifier))

    def find_type(self, short: str) -> Type:
        """Return a type by its short name."""
        return next(each for each in self.types if each.short == short)

    def match(self, queries: Sequence[Asked]) -> list[list[Match]]:
        """Return the candidates of each query, the best first."""
        names = [[read_name(text, self._by_code) for text in asked.names] for asked in queries]
        alike = self._rank(queries, names)
        answers = []
        for n, asked in enumerate(queries):
            best: dict[str, Match] = {}
            for match in self._judge(asked, names[n], alike):
                known = best.get(match.entity.iri)
                if known is None or (match.certain, match.score) > (known.certain, known.score):
                    best[match.entity.iri] = match
            answers.append(settle(list(best.values()), asked.limit))
        return answers

    def _judge(
        self, asked: Asked, names: Sequence[Name], alike: Mapping[tuple[Kind, str, bool], Mapping[str, Likeness]]
    ) -> Iterable[Match]:
        """Judge what a query may mean: by identifier, by name, or by its conditions alone."""
        for iri in (*asked.iris, *(name.text.strip() for name in names)):
            entity = self.find(iri)
            if entity and self._is_wanted(asked, entity):
                yield judge_identity(asked, entity, named=True)
        for name in names:
            for kind in self._kinds(asked):
                found = alike[kind, name.rest, self._is_narrowed(asked)]
                around = Surroundings(self._by_label, self._by_code, self._glossary)
                iris = dict.fromkeys((*self._find_same(name), *found))
                for entity in (self.entities[iri] for iri in iris):
                    if entity.kind is kind and self._is_wanted(asked, entity):
                        yield judge_name(name, asked, entity, found.get(entity.iri, Likeness()), around)
        if not names and not asked.iris:
            for entity in self.entities.values():
                if self._is_wanted(asked, entity) and any(is_met(each, entity) for each in asked.conditions):
                    yield judge_identity(asked, entity, named=False)

    def _find_same(self, name: Name) -> list[str]:
        """The entities whose name, title, short name or code a name is or has."""
        keys = [key for key in (name.key, name.rest_key) if key]
        found = [iri for key in keys for iri in (*self._by_label.get(key, ()), *self._by_other.get(key, ()))]
        return found + [iri for code in sorted(name.codes) for iri in self._by_code.get(code, ())]

    def _is_wanted(self, asked: Asked, entity: Entity) -> bool:
        typed = not asked.types or any(short in entity.types for short in asked.types)
        return typed and all(is_met(each, entity) for each in asked.conditions if each.required)

    def _is_narrowed(self, asked: Asked) -> bool:
        """Whether entities that are most alike may be left out for other reasons."""
        return bool(asked.conditions) or any(self.find_type(short).broader for short in asked.types)

    def _kinds(self, asked: Asked) -> list[Kind]:
        kinds = {self.find_type(short).kind for short in asked.types}
        return [kind for kind in Kind if not kinds or kind in kinds]

    def _rank(
        self, queries: Sequence[Asked], names: Sequence[Sequence[Name]]
    ) -> dict[tuple[Kind, str, bool], dict[str, Likeness]]:
        """Rank all names of a batch at once: for each kind, name, and whether all entities are to be looked at."""
        wanted: dict[tuple[Kind, bool], dict[str, None]] = defaultdict(dict)
        for asked, its_names in zip(queries, names, strict=True):
            for kind in self._kinds(asked):
                wanted[kind, self._is_narrowed(asked)].update(dict.fromkeys(name.rest for name in its_names))
        found = {}
        for (kind, narrowed), texts in wanted.items():
            top = len(self.entities) if narrowed else _LOOKED_AT
            for text, likeness in zip(texts, self.rank(list(texts), kind, top), strict=True):
                found[kind, text, narrowed] = likeness
        return found

    def rank(self, texts: Sequence[str], kind: Kind, top: int) -> list[dict[str, Likeness]]:
        """Return for each text the entities of a kind that are most like it, by their IRI, the most alike first."""
        ranker = self._rankers[kind]
        if ranker is None or not texts:
            return [{} for _ in texts]
        asked = (Text("", "", "", text[:LONGEST]) for text in texts)
        return [
            {
                candidate.entry.iri: Likeness(candidate.score, candidate.words, candidate.rank)
                for candidate in candidates
            }
            for candidates in ranker.rank(asked, top)
        ]


def _group(entities: Sequence[Entity], keys: Callable[[Entity], Iterable[str]]) -> dict[str, list[str]]:
    """Return the IRIs of the entities that have a key, by the key."""
    found: dict[str, list[str]] = defaultdict(list)
    for entity in entities:
        for key in dict.fromkeys(keys(entity)):
            if key:
                found[key].append(entity.iri)
    return dict(found)


def _make_ranker(entities: Sequence[Entity], kind: Kind, glossary: Glossary) -> Ranker | None:
    """Return the ranker of a kind, or None where no entity has a word that tells it from others."""
    from cyppgraph.linking.ranking import Ranker  # takes seconds, and only those who reconcile need it

    entries = [_make_entry(entity) for entity in entities if entity.kind is kind]
    if not any(read_words(glossary.expand(entry.label)) for entry in entries):
        return None
    return Ranker(entries, glossary)


def _make_entry(entity: Entity) -> Entry:
    if entity.kind is Kind.PLAN:  # a title seldom says whose plan it is
        title = " ".join((*entity.texts("area"), *entity.texts("name")))
        return Entry(entity.iri, "", title, (*entity.texts("council"), *entity.texts("name")))
    weight = _SIGNALLED_WEIGHT if entity.kind is Kind.INDICATOR and entity.terms else 1.0
    return Entry(entity.iri, "", entity.texts("name")[0], entity.terms, weight)
