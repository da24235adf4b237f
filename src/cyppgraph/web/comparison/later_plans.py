"""What a later plan of a council keeps. In: two plans. Out: pairs that a reader decided on, and what has no pair.

A pair is a link that a reader accepted (``cypp:takesUpAgain``, ``cypp:sameActionAs``) between the two plans. A
commitment without a pair is not thereby dropped: nobody has linked it. Each commitment of either plan is told of once:
in pairs, with what was kept above or beneath it, or apart. Six queries, whatever the size of the data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cyppgraph.store import Edition, read_texts
from cyppgraph.web.comparison.commitments import Commitment, Standing, read_commitments
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
class Side:
    """The commitments of one plan, each in one of three groups.

    Attributes:
        linked: those that are in an accepted pair.
        near: those without a link of their own that stand under, over or beside what has one.
        apart: those that have none, nor anything above or beneath them; what stands under another right after it.
    """

    linked: Sequence[Commitment]
    near: Sequence[Commitment]
    apart: Sequence[Commitment]

    @property
    def total(self) -> int:
        """How many commitments the plan has."""
        return len(self.linked) + len(self.near) + len(self.apart)

    @property
    def tops(self) -> Sequence[Commitment]:
        """Those apart that stand under no other commitment."""
        return [each for each in self.apart if not each.parent]


@dataclass(frozen=True, slots=True)
class Succession:
    """What is known of two plans: pairs accepted and rejected; the commitments of the earlier, and of the later."""

    kept: Sequence[Pair]
    rejected: Sequence[Pair]
    earlier: Side
    later: Side


_KNOWN: Kept[Succession] = Kept(most=8)


def read_succession(edition: Edition, earlier: PlanName, later: PlanName) -> Succession:
    """Compare two plans; six queries, once for a version while the pair is among the last that were asked for."""
    return _KNOWN.read(edition, f"{earlier.iri} {later.iri}", lambda: _compare(edition, earlier, later))


def _compare(edition: Edition, earlier: PlanName, later: PlanName) -> Succession:
    asked = _PAIRS.format(earlier=write_iri(earlier.iri), later=write_iri(later.iri))
    pairs = [_make_pair(row) for row in read_texts(edition, asked) if row[1] in ("accepted", "rejected")]
    pairs.sort(key=lambda each: (read_number(each.line), each.later_words, each.earlier_words, each.earlier))
    sides = read_commitments(edition, earlier, later)
    accepted, rejected = ([each for each in pairs if each.accepted is is_so] for is_so in (True, False))
    return Succession(accepted, rejected, _divide(sides[earlier.iri]), _divide(sides[later.iri]))


def _divide(commitments: Sequence[Commitment]) -> Side:
    own = (Standing.LINKED, Standing.APART)
    return Side(
        [each for each in commitments if each.standing is Standing.LINKED],
        [each for each in commitments if each.standing not in own],
        [each for each in commitments if each.standing is Standing.APART],
    )


def _make_pair(row: Sequence[str]) -> Pair:
    _, status, later, earlier, after, kind, before, was, sure, why, line = row
    accepted = status == "accepted"
    return Pair(accepted, later, after, name_kind(kind), earlier, before, name_kind(was), sure, why, line)
