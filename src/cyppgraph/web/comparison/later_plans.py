"""What a later plan of a council keeps. In: two plans. Out: pairs that a reader decided on, and what has no pair.

A pair is a link that a reader accepted (``cypp:takesUpAgain``, ``cypp:sameActionAs``) between the two plans. A
commitment without a pair, for itself and all beneath it, is not thereby dropped: nobody has linked it. What a shared
topic says is kept apart from what was decided. Six queries, whatever the size of the data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cyppgraph.store import Edition, read_texts
from cyppgraph.web.comparison.reading import PlanName, name_kind, read_number, write_iri
from cyppgraph.web.display.kept import Kept

_PAIRS = """
SELECT ?link (MIN(?_status) AS ?status) ?later ?earlier (MIN(?_after) AS ?after) (MIN(?_as) AS ?as)
       (MIN(?_before) AS ?before) (MIN(?_was) AS ?was) (MAX(?_sure) AS ?sure) (MIN(STR(?_why)) AS ?why)
       (MIN(?_line) AS ?line)
{{
  {{ ?later cypp:inPlan {later} . ?link rdf:subject ?later ; rdf:object ?earlier . ?earlier cypp:inPlan {earlier} .
     ?link rdf:predicate ?predicate ; cypp:linkStatus ?known . ?known skos:notation ?_status }}
  UNION
  {{ ?later cypp:inPlan {later} . ?link rdf:object ?later ; rdf:subject ?earlier . ?earlier cypp:inPlan {earlier} .
     ?link rdf:predicate ?predicate ; cypp:linkStatus ?known . ?known skos:notation ?_status }}
  FILTER (?predicate IN (cypp:takesUpAgain, cypp:sameActionAs))
  OPTIONAL {{ ?later cypp:statement ?w . BIND (STR(?w) AS ?_after) }}
  OPTIONAL {{ ?later a ?t . FILTER (?t != cypp:PlanElement) BIND (STR(?t) AS ?_as) }}
  OPTIONAL {{ ?later cypp:source ?passage . ?passage cypp:firstLine ?_line }}
  OPTIONAL {{ ?earlier cypp:statement ?v . BIND (STR(?v) AS ?_before) }}
  OPTIONAL {{ ?earlier a ?u . FILTER (?u != cypp:PlanElement) BIND (STR(?u) AS ?_was) }}
  OPTIONAL {{ ?link sssom:confidence ?_sure }}
  OPTIONAL {{ ?link rdfs:comment ?_why }}
}}
GROUP BY ?link ?later ?earlier
"""
# Patterns that begin at a plan, and no path among them: so an engine reads what the two plans say, and no more.
_COMMITMENTS = """
SELECT ?plan ?element (MIN(?_number) AS ?number) (MIN(?_words) AS ?words) (MIN(?_theme) AS ?theme)
       (MIN(?_line) AS ?line) (MAX(?_kind) AS ?kind)
{{
  VALUES ?plan {{ {earlier} {later} }}
  ?element cypp:inPlan ?plan ; a cypp:Commitment .
  OPTIONAL {{ ?element cypp:number ?_number }}
  OPTIONAL {{ ?element cypp:statement ?w . BIND (STR(?w) AS ?_words) }}
  OPTIONAL {{ ?element cypp:partOf ?above . ?above cypp:statement ?h . BIND (STR(?h) AS ?_theme) }}
  OPTIONAL {{ ?element cypp:partOf ?over . ?over a ?t . FILTER (?t = cypp:Commitment) BIND (STR(?t) AS ?_kind) }}
  OPTIONAL {{ ?element cypp:source ?passage . ?passage cypp:firstLine ?_line }}
}}
GROUP BY ?plan ?element
"""
_TOPICS = """
SELECT ?plan ?element ?topic (MIN(STR(?_label)) AS ?label) {{
  VALUES ?plan {{ {earlier} {later} }}
  ?element cypp:inPlan ?plan ; a cypp:Commitment ; dct:subject ?topic . ?topic skos:prefLabel ?_label .
}} GROUP BY ?plan ?element ?topic ORDER BY ?label ?topic
"""
_SHARING = """
SELECT ?plan ?topic (COUNT(DISTINCT ?element) AS ?n) {{
  VALUES ?plan {{ {earlier} {later} }}
  ?element cypp:inPlan ?plan ; dct:subject ?topic .
}} GROUP BY ?plan ?topic
"""
_JOINED = """
SELECT DISTINCT ?one ?above {{
  {{ ?one cypp:takesUpAgain ?two . ?one cypp:inPlan {one} . ?two cypp:inPlan {other} }}
  UNION {{ ?two cypp:takesUpAgain ?one . ?one cypp:inPlan {one} . ?two cypp:inPlan {other} }}
  UNION {{ ?one cypp:sameActionAs ?two . ?one cypp:inPlan {one} . ?two cypp:inPlan {other} }}
  UNION {{ ?two cypp:sameActionAs ?one . ?one cypp:inPlan {one} . ?two cypp:inPlan {other} }}
  OPTIONAL {{ ?one cypp:within ?above }}
}}
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements that a reader compared, the later and the earlier, with the decision and its reason."""

    accepted: bool
    later: str
    later_words: str
    later_kind: str
    earlier: str
    earlier_words: str
    earlier_kind: str
    confidence: str
    reason: str
    line: str


@dataclass(frozen=True, slots=True)
class SharedTopic:
    """A topic of a commitment, and how many statements of the other plan have it."""

    key: str
    label: str
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Unpaired:
    """A commitment directly under a theme or the plan that no accepted link joins with the other plan."""

    iri: str
    number: str
    words: str
    theme: str
    line: str
    topics: Sequence[SharedTopic]

    @property
    def is_alone(self) -> bool:
        """Tell that no statement of the other plan has a topic of it."""
        return not any(topic.elsewhere for topic in self.topics)


@dataclass(frozen=True, slots=True)
class Succession:
    """What is known of two plans: pairs accepted and rejected; what of the earlier has no pair, and of the later."""

    kept: Sequence[Pair]
    rejected: Sequence[Pair]
    dropped: Sequence[Unpaired]
    new: Sequence[Unpaired]
    commitments: tuple[int, int]


_KNOWN: Kept[Succession] = Kept(most=8)


def read_succession(edition: Edition, earlier: PlanName, later: PlanName) -> Succession:
    """Compare two plans; six queries, once for a version while the pair is among the last that were asked for."""
    return _KNOWN.read(edition, f"{earlier.iri} {later.iri}", lambda: _compare(edition, earlier, later))


def _compare(edition: Edition, earlier: PlanName, later: PlanName) -> Succession:
    names = {"earlier": write_iri(earlier.iri), "later": write_iri(later.iri)}
    pairs = [
        _make_pair(row) for row in read_texts(edition, _PAIRS.format(**names)) if row[1] in ("accepted", "rejected")
    ]
    pairs.sort(key=lambda each: (read_number(each.line), each.later_words, each.earlier_words, each.earlier))
    topics = _read_topics(edition, names, {earlier.iri: later.iri, later.iri: earlier.iri})
    joined = _read_joined(edition, names["earlier"], names["later"])
    joined |= _read_joined(edition, names["later"], names["earlier"])
    sides: dict[str, list[Unpaired]] = {earlier.iri: [], later.iri: []}
    counted = {earlier.iri: 0, later.iri: 0}
    for plan, element, number, words, theme, line, above in read_texts(edition, _COMMITMENTS.format(**names)):
        if above:
            continue  # it stands under another commitment
        counted[plan] += 1
        if element not in joined:
            sides[plan].append(Unpaired(element, number, words, theme, line, topics.get(element, ())))
    for side in sides.values():
        side.sort(key=lambda each: (read_number(each.line), each.words, each.iri))
    return Succession(
        [each for each in pairs if each.accepted],
        [each for each in pairs if not each.accepted],
        sides[earlier.iri],
        sides[later.iri],
        (counted[earlier.iri], counted[later.iri]),
    )


def _read_topics(edition: Edition, names: Mapping[str, str], others: Mapping[str, str]) -> dict[str, list[SharedTopic]]:
    """Return the topics of each commitment, and how many statements of the other plan have each; two queries."""
    counts = {(plan, topic): int(number) for plan, topic, number in read_texts(edition, _SHARING.format(**names))}
    found: dict[str, list[SharedTopic]] = {}
    for plan, element, topic, label in read_texts(edition, _TOPICS.format(**names)):
        shared = SharedTopic(topic.rpartition("/")[2], label, counts.get((others[plan], topic), 0))
        found.setdefault(element, []).append(shared)
    return found


def _read_joined(edition: Edition, one: str, other: str) -> set[str]:
    """Return what of a plan an accepted link joins with another, and what it stands under; one query."""
    return {iri for row in read_texts(edition, _JOINED.format(one=one, other=other)) for iri in row if iri}


def _make_pair(row: Sequence[str]) -> Pair:
    _, status, later, earlier, after, kind, before, was, sure, why, line = row
    accepted = status == "accepted"
    return Pair(accepted, later, after, name_kind(kind), earlier, before, name_kind(was), sure, why, line)
