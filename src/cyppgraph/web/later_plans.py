"""What a later plan of a council keeps. In: two plans. Out: pairs that a reader decided on, and what has no pair.

A pair is a link that a reader accepted (``cypp:takesUpAgain``, ``cypp:sameActionAs``) between the two plans. A
commitment without a pair, for itself and all beneath it, is not thereby dropped: nobody has linked it. What a shared
topic says is kept apart from what was decided. Three queries, whatever the size of the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cyppgraph.store import Edition
from cyppgraph.web.comparing import PlanName, ask, name_kind, read_number, write_iri

_PAIRS = """
SELECT ?link (MIN(?_status) AS ?status) ?later ?earlier (MIN(?_after) AS ?after) (MIN(?_as) AS ?as)
       (MIN(?_before) AS ?before) (MIN(?_was) AS ?was) (MAX(?_sure) AS ?sure) (MIN(STR(?_why)) AS ?why)
       (MIN(?_line) AS ?line)
{{
  VALUES ?predicate {{ cypp:takesUpAgain cypp:sameActionAs }}
  ?link rdf:predicate ?predicate ; rdf:subject|rdf:object ?later, ?earlier ;
        cypp:linkStatus/skos:notation ?_status .
  ?later cypp:inPlan {later} . ?earlier cypp:inPlan {earlier} .
  OPTIONAL {{ ?later cypp:statement ?w . BIND (STR(?w) AS ?_after) }}
  OPTIONAL {{ ?later a ?t . FILTER (?t != cypp:PlanElement) BIND (STR(?t) AS ?_as) }}
  OPTIONAL {{ ?later cypp:source/cypp:firstLine ?_line }}
  OPTIONAL {{ ?earlier cypp:statement ?v . BIND (STR(?v) AS ?_before) }}
  OPTIONAL {{ ?earlier a ?u . FILTER (?u != cypp:PlanElement) BIND (STR(?u) AS ?_was) }}
  OPTIONAL {{ ?link sssom:confidence ?_sure }}
  OPTIONAL {{ ?link rdfs:comment ?_why }}
}}
GROUP BY ?link ?later ?earlier
"""
_COMMITMENTS = """
SELECT ?plan ?element (MIN(?_number) AS ?number) (MIN(?_words) AS ?words) (MIN(?_theme) AS ?theme)
       (MIN(?_line) AS ?line) (MAX(?_linked) AS ?linked)
{{
  VALUES (?plan ?other) {{ ({earlier} {later}) ({later} {earlier}) }}
  ?element cypp:inPlan ?plan ; a cypp:Commitment .
  FILTER NOT EXISTS {{ ?element cypp:partOf/a cypp:Commitment }}
  OPTIONAL {{ ?element cypp:number ?_number }}
  OPTIONAL {{ ?element cypp:statement ?w . BIND (STR(?w) AS ?_words) }}
  OPTIONAL {{ ?element cypp:partOf/cypp:statement ?h . BIND (STR(?h) AS ?_theme) }}
  OPTIONAL {{ ?element cypp:source/cypp:firstLine ?_line }}
  BIND (EXISTS {{
    ?one cypp:within? ?element ; cypp:takesUpAgain|^cypp:takesUpAgain|cypp:sameActionAs|^cypp:sameActionAs ?another .
    ?another cypp:inPlan ?other
  }} AS ?_linked)
}}
GROUP BY ?plan ?element
"""
_TOPICS = """
SELECT ?element ?topic (MIN(STR(?_label)) AS ?label) (COUNT(DISTINCT ?there) AS ?n) {{
  VALUES (?plan ?other) {{ ({earlier} {later}) ({later} {earlier}) }}
  ?element cypp:inPlan ?plan ; a cypp:Commitment ; dct:subject ?topic .
  FILTER NOT EXISTS {{ ?element cypp:partOf/a cypp:Commitment }}
  ?topic skos:prefLabel ?_label .
  OPTIONAL {{ ?there dct:subject ?topic ; cypp:inPlan ?other }}
}} GROUP BY ?element ?topic ORDER BY ?label ?topic
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


def read_succession(edition: Edition, earlier: PlanName, later: PlanName) -> Succession:
    """Compare two plans; three queries."""
    names = {"earlier": write_iri(earlier.iri), "later": write_iri(later.iri)}
    pairs = [_make_pair(row) for row in ask(edition, _PAIRS.format(**names)) if row[1] in ("accepted", "rejected")]
    pairs.sort(key=lambda each: (read_number(each.line), each.later_words, each.earlier_words, each.earlier))
    topics: dict[str, list[SharedTopic]] = {}
    for element, topic, label, number in ask(edition, _TOPICS.format(**names)):
        topics.setdefault(element, []).append(SharedTopic(topic.rpartition("/")[2], label, int(number)))
    sides: dict[str, list[Unpaired]] = {earlier.iri: [], later.iri: []}
    counted = {earlier.iri: 0, later.iri: 0}
    for plan, element, number, words, theme, line, linked in ask(edition, _COMMITMENTS.format(**names)):
        counted[plan] += 1
        if linked not in ("true", "1"):
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


def _make_pair(row: Sequence[str]) -> Pair:
    _, status, later, earlier, after, kind, before, was, sure, why, line = row
    accepted = status == "accepted"
    return Pair(accepted, later, after, name_kind(kind), earlier, before, name_kind(was), sure, why, line)
