"""How the commitments of two plans stand to the links between them. In: two plans. Out: each commitment once.

A commitment is linked itself, or it belongs to one that is kept (it stands under it, or over it, or beside what is kept
under the same one), or it stands apart: neither it nor the commitment at the top above it nor anything beneath that is
linked. What a shared topic says is kept apart from that. Five queries, whatever the size of the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cyppgraph.store import Edition, read_texts
from cyppgraph.web.comparison.reading import PlanName, read_number, write_iri

# Patterns that begin at a plan, and no path among them: so an engine reads what the two plans say, and no more.
_COMMITMENTS = """
SELECT ?plan ?element (MIN(?_number) AS ?number) (MIN(?_words) AS ?words) (MIN(?_theme) AS ?theme)
       (MIN(?_line) AS ?line) (MIN(?_over) AS ?over)
{{
  VALUES ?plan {{ {earlier} {later} }}
  ?element cypp:inPlan ?plan ; a cypp:Commitment .
  OPTIONAL {{ ?element cypp:number ?_number }}
  OPTIONAL {{ ?element cypp:statement ?w . BIND (STR(?w) AS ?_words) }}
  OPTIONAL {{ ?element cypp:partOf ?above . ?above cypp:statement ?h . BIND (STR(?h) AS ?_theme) }}
  OPTIONAL {{ ?element cypp:partOf ?o . ?o a ?t . FILTER (?t = cypp:Commitment) BIND (STR(?o) AS ?_over) }}
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


class Standing(StrEnum):
    """How a commitment stands to the accepted links with the other plan."""

    LINKED = "it has a link"
    UNDER = "no link of its own; it stands under one that was kept"
    OVER = "no link of its own; something under it was kept"
    BESIDE = "no link of its own; something else under the same commitment was kept"
    APART = "no link, nor has anything above or beneath it"


@dataclass(frozen=True, slots=True)
class SharedTopic:
    """A topic of a commitment, and how many statements of the other plan have it."""

    key: str
    label: str
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment of a plan.

    Attributes:
        iri: the commitment, with its ``number``, ``words`` and first ``line``.
        theme: what the highest commitment above it, or it itself, stands under.
        parent: the commitment that it stands under, if it does, and ``parent_words``.
        topics: what it is about.
        standing: how it stands to the links.
    """

    iri: str
    number: str
    words: str
    theme: str
    line: str
    parent: str
    parent_words: str
    topics: Sequence[SharedTopic]
    standing: Standing

    @property
    def is_alone(self) -> bool:
        """Tell that no statement of the other plan has a topic of it."""
        return not any(topic.elsewhere for topic in self.topics)


@dataclass(frozen=True, slots=True)
class _Row:
    iri: str
    number: str
    words: str
    theme: str
    line: str
    parent: str


def read_commitments(edition: Edition, earlier: PlanName, later: PlanName) -> Mapping[str, Sequence[Commitment]]:
    """Return for each of two plans all its commitments, those that stand under another right after it; five queries."""
    names = {"earlier": write_iri(earlier.iri), "later": write_iri(later.iri)}
    topics = _read_topics(edition, names, {earlier.iri: later.iri, later.iri: earlier.iri})
    rows: dict[str, dict[str, _Row]] = {earlier.iri: {}, later.iri: {}}
    for plan, *row in read_texts(edition, _COMMITMENTS.format(**names)):
        rows[plan][row[0]] = _Row(*row)
    found = {}
    for plan, one, other in ((earlier.iri, "earlier", "later"), (later.iri, "later", "earlier")):
        joined = read_texts(edition, _JOINED.format(one=names[one], other=names[other]))
        linked, over = {iri for iri, _ in joined}, {above for _, above in joined if above}
        found[plan] = [_judge(row, rows[plan], linked, over, topics) for row in _put_in_order(rows[plan].values())]
    return found


def _judge(
    row: _Row,
    rows: Mapping[str, _Row],
    linked: set[str],
    over: set[str],
    topics: Mapping[str, Sequence[SharedTopic]],
) -> Commitment:
    above = _list_above(row, rows)
    top = above[-1] if above else row
    if row.iri in linked:
        standing = Standing.LINKED
    elif any(each.iri in linked for each in above):
        standing = Standing.UNDER
    elif row.iri in over:
        standing = Standing.OVER
    else:
        standing = Standing.BESIDE if top.iri in over else Standing.APART
    words = above[0].words if above else ""
    about = topics.get(row.iri, ())
    parent = above[0].iri if above else ""
    return Commitment(row.iri, row.number, row.words, top.theme, row.line, parent, words, about, standing)


def _list_above(row: _Row, rows: Mapping[str, _Row]) -> list[_Row]:
    """Return the commitments that one stands under, the nearest first; a ring in the data ends where it began."""
    above: list[_Row] = []
    while (parent := rows.get(row.parent)) is not None and parent not in above:
        above.append(parent)
        row = parent
    return above


def _put_in_order(rows: Iterable[_Row]) -> list[_Row]:
    """Return rows as they are printed, each with those that stand under it right after it."""
    known = {row.iri: row for row in rows}

    def place(row: _Row) -> tuple[tuple[float, str, str], ...]:
        path = [*reversed(_list_above(row, known)), row]
        return tuple((read_number(each.line), each.words, each.iri) for each in path)

    return sorted(known.values(), key=place)


def _read_topics(edition: Edition, names: Mapping[str, str], others: Mapping[str, str]) -> dict[str, list[SharedTopic]]:
    """Return the topics of each commitment, and how many statements of the other plan have each; two queries."""
    counts = {(plan, topic): int(number) for plan, topic, number in read_texts(edition, _SHARING.format(**names))}
    found: dict[str, list[SharedTopic]] = {}
    for plan, element, topic, label in read_texts(edition, _TOPICS.format(**names)):
        shared = SharedTopic(topic.rpartition("/")[2], label, counts.get((others[plan], topic), 0))
        found.setdefault(element, []).append(shared)
    return found
