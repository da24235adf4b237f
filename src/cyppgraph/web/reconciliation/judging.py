"""How well an entity fits a name. In: a name, an entity, how alike the ranker finds them. Out: a score, and why.

A score of 100 is the very name; what is certain is said apart, by ``Match.certain``. A code alone makes nothing so:
plans print codes for other things than the nation does (NI 108), so that its title must agree, or the client must say
which set or council is meant. What stands in one plan may have namesakes elsewhere, so that its owner must be given.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from cyppgraph.linking import Glossary, agree
from cyppgraph.web.reconciliation.asking import Asked
from cyppgraph.web.reconciliation.conditions import is_met
from cyppgraph.web.reconciliation.entities import Entity
from cyppgraph.web.reconciliation.kinds import COUNCIL, NATIONAL, PROPERTIES, Kind
from cyppgraph.web.reconciliation.naming import Name, compare_spelling, make_code_key, make_key, read_years

_SAME, _OTHER_NAME, _CODE_ALONE, _CODE_DISPUTED, _MOST_ALIKE = 100.0, 95.0, 90.0, 50.0, 99.0
_LEAST = 5.0
_OTHER_CODE_SHARE = 0.9
"""What is left of a score where the name has a code and the entity has another."""
_UNMET_SHARE = 0.5
"""What each condition that is not met leaves of a score."""
_WITHIN_SHARE, _OUTSIDE_SHARE = 0.9, 0.6
"""What is left of a plan's score where the name has a year but the plan's first, within its period or not."""
_OWNERS = frozenset({"plan", "council", "set"})
FEATURES = {
    "name_similarity": "How alike the names are, 0 to 100",
    "exact_name": "The names are the same",
    "code_match": "The code is the same",
    "title_agrees": "The title beside the code agrees",
    "shared_words": "Words that both names have",
    "conditions_met": "Share of the conditions that are met, 0 to 1",
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """What the ranker finds: how alike two texts are (0 to 1), the words that both have, the rank among others."""

    score: float = 0.0
    words: tuple[str, ...] = ()
    rank: int = 10**6


@dataclass(frozen=True, slots=True)
class Match:
    """An entity as an answer to a query.

    Attributes:
        entity: the entity.
        score: how well it fits, 0 to 100.
        certain: whether nothing else can be meant, unless another entity is as certain.
        reason: why, in words.
        features: what the score rests on, by the identifier of the feature.
        rank: its rank by words alone, which settles ties.
    """

    entity: Entity
    score: float
    certain: bool
    reason: str
    features: Mapping[str, float | bool]
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known beside one entity: who has which labels and codes, what short forms mean."""

    labels: Mapping[str, Collection[str]]
    codes: Mapping[str, Collection[str]]
    glossary: Glossary


def judge_name(name: Name, asked: Asked, entity: Entity, likeness: Likeness, around: Surroundings) -> Match:
    """Judge an entity by a name and by the conditions beside it."""
    rest = name.rest_key
    labels = {make_key(label) for label in entity.labels}
    same = bool(name.key) and name.key in labels
    other = bool(name.key) and name.key in {make_key(text) for text in entity.others}
    own = name.codes & {make_code_key(code) for code in entity.codes}
    agrees = bool(own and rest) and (rest in labels or _title_agrees(name, entity, likeness, around))
    alike, spelt = _measure(name, entity, likeness, labels)
    if same:
        score, reason = _SAME, "Same name"
        certain = not entity.of_plan or bool(own) or _has_owner(asked, entity)
    elif agrees:
        score, reason = _SAME if rest in labels else _OTHER_NAME, f"Code {entity.codes[0]} and a title that agrees"
        certain = len(name.codes) == 1
    elif own and not rest:
        score, reason = _CODE_ALONE, f"Code {entity.codes[0]}, without a title to hold it against"
        certain = len(name.codes) == 1 and len(around.codes[next(iter(own))]) == 1 and _has_owner(asked, entity)
    elif own:
        score, certain = max(_CODE_DISPUTED, alike), False
        reason = f"Code {entity.codes[0]}, but with another title"
    elif other:
        score, reason, certain = _OTHER_NAME, "Same short name", bool(asked.types) and entity.kind is not Kind.TOPIC
    else:
        score, reason, certain = alike, _explain(likeness, spelt), False
        score *= _OTHER_CODE_SHARE if name.codes else 1.0
    features = {
        "name_similarity": round(_SAME if same else alike, 1),
        "exact_name": same,
        "shared_words": len(likeness.words),
    } | ({"code_match": bool(own), "title_agrees": agrees} if name.codes else {})
    return _hold_against_conditions(Match(entity, score, certain, reason, features, likeness.rank), asked)


def judge_identity(asked: Asked, entity: Entity, *, named: bool) -> Match:
    """Judge an entity that is named by its identifier, or by nothing but conditions."""
    reason = "Same identifier" if named else ""
    return _hold_against_conditions(Match(entity, _SAME if named else _MOST_ALIKE, named, reason, {}), asked)


def _measure(name: Name, entity: Entity, likeness: Likeness, labels: Collection[str]) -> tuple[float, bool]:
    """Return how alike a name and an entity are (0 to 99), and whether that is by their spelling."""
    spelling = compare_spelling(name.rest_key, labels)
    alike = max(likeness.score, spelling - 0.03)
    years = read_years(name.rest) if entity.kind is Kind.PLAN else []
    if years:
        covered = entity.values.get("year", ())
        alike *= 1.0 if covered[:1] == (years[0],) else _WITHIN_SHARE if years[0] in covered else _OUTSIDE_SHARE
    return min(100 * alike, _MOST_ALIKE), spelling - 0.03 > likeness.score


def _title_agrees(name: Name, entity: Entity, likeness: Likeness, around: Surroundings) -> bool:
    """Whether the words beside a code fit its title, and no other title better."""
    if around.labels.get(name.rest_key) or likeness.rank > 1:
        return False
    return agree(name.rest, entity.texts("name")[0], around.glossary)


def _explain(likeness: Likeness, spelt: bool) -> str:
    if spelt:
        return "Spelt almost alike"
    return f"Words in common: {', '.join(likeness.words)}" if likeness.words else "Pieces of words in common"


def _has_owner(asked: Asked, entity: Entity) -> bool:
    """Whether the client says whose the thing is: by its type, its set, its council or its plan."""
    owned_types = {NATIONAL, COUNCIL} & set(asked.types) & set(entity.types)
    owners = (each for each in asked.conditions if each.property in _OWNERS and each.quantifier != "none")
    return bool(owned_types) or any(is_met(each, entity) for each in owners)


def _hold_against_conditions(match: Match, asked: Asked) -> Match:
    if not asked.conditions:
        return match
    met = [is_met(condition, match.entity) for condition in asked.conditions]
    share = sum(met) / len(met)
    unmet = [PROPERTIES[each.property].name for each, is_so in zip(asked.conditions, met, strict=True) if not is_so]
    said = f"not as asked: {', '.join(unmet)}" if unmet else "all conditions met"
    return replace(
        match,
        score=match.score * _UNMET_SHARE ** len(unmet),
        certain=match.certain and not unmet,
        reason="; ".join(filter(None, (match.reason, said))),
        features={**match.features, "conditions_met": round(share, 2)},
    )


def settle(matches: Sequence[Match], limit: int) -> list[Match]:
    """Return the best matches, the best first, without what is hardly alike; where several are certain, none is."""
    certain = [match for match in matches if match.certain]
    if len(certain) > 1:
        matches = [replace(match, certain=False) for match in matches]
    alike = (match for match in matches if match.score >= _LEAST)
    ordered = sorted(alike, key=lambda m: (-round(m.score, 1), not m.certain, m.rank, m.entity.name, m.entity.iri))
    return ordered[:limit]
