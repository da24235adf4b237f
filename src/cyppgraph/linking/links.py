"""Links and their kinds. A link is a pair that a person decided on, or that a program proposes: with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What became of a pair; the notations of ``ontology/schemes/link-status.ttl``."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    PROPOSED = "proposed"


SYMMETRIC = frozenset({"cypp:sameLeadAs", "cypp:sameActionAs"})
"""Predicates that hold in both directions, so that a pair is decided for both."""


@dataclass(frozen=True, slots=True)
class LinkKind:
    """A kind of link: one SSSOM file, and what may stand in it.

    Attributes:
        name: the file's name without ``.sssom.tsv``.
        title: what the set is called.
        predicates: the predicates that may stand there, as CURIEs; the first is the one that a candidate proposes.
        subjects: the kinds of node that are linked.
        objects: the kinds of node that they are linked to.
    """

    name: str
    title: str
    predicates: tuple[str, ...]
    subjects: tuple[str, ...]
    objects: tuple[str, ...]


LINK_KINDS: dict[str, LinkKind] = {
    kind.name: kind
    for kind in (
        LinkKind(
            "indicators",
            "What measures, targets and actions say, and the indicators that concern it",
            ("cypp:concernsIndicator", "cypp:relatesToIndicator"),
            ("cypp:Measure", "cypp:Target", "cypp:Action"),
            ("cypp:Indicator",),
        ),
        LinkKind(
            "local-indicators",
            "Local indicators and the national ones that they mirror",
            ("skos:relatedMatch", "skos:closeMatch"),
            ("cypp:Indicator",),
            ("cypp:Indicator",),
        ),
        LinkKind(
            "every-child-matters",
            "Themes and commitments, and the Every Child Matters outcomes that they serve",
            ("cypp:everyChildMatters",),
            ("cypp:Theme", "cypp:Commitment"),
            ("skos:Concept",),
        ),
        LinkKind(
            "topics",
            "Commitments, outcomes and actions, and the topics that they are about",
            ("dct:subject",),
            ("cypp:Commitment", "cypp:Outcome", "cypp:Action"),
            ("skos:Concept",),
        ),
        LinkKind(
            "leads",
            "Bodies and posts that are one under several spellings",
            ("cypp:sameLeadAs",),
            ("org:Organization", "cypp:LeadRole"),
            ("org:Organization", "cypp:LeadRole"),
        ),
        LinkKind(
            "recurring-actions",
            "Actions that stand in one plan more than once",
            ("cypp:sameActionAs",),
            ("cypp:Action",),
            ("cypp:Action",),
        ),
        LinkKind(
            "later-plans",
            "What a later plan takes up again from an earlier one",
            ("cypp:takesUpAgain",),
            ("cypp:Commitment", "cypp:Action"),
            ("cypp:Commitment", "cypp:Action"),
        ),
    )
}


PROPOSED_KINDS = ("indicators", "local-indicators", "every-child-matters", "topics")
"""The kinds of link that a program ranks candidates for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One pair and what is held of it; IRIs are below the default base.

    Attributes:
        kind: the name of its ``LinkKind``.
        subject: what is linked.
        subject_label: its words when the pair was decided.
        predicate: the predicate as a CURIE.
        object: what it is linked to.
        object_label: the name of that.
        status: accepted, rejected or proposed.
        confidence: how sure that is, 0 to 1.
        justification: a term of the semantic mapping vocabulary, as a CURIE.
        author: who decided.
        date: the day of the decision, ISO 8601.
        comment: the reason, in words.
        certainty: for outcomes of Every Child Matters: whether the plan states them.
        score: how alike a program holds the two, 0 to 1.
        words: the words that made it say so.
        row: the line of the file that it was read from.
    """

    kind: str
    subject: str
    subject_label: str
    predicate: str
    object: str
    object_label: str
    status: Status
    confidence: float
    justification: str
    author: str = ""
    date: str = ""
    comment: str = ""
    certainty: str = ""
    score: float | None = None
    words: str = ""
    row: int | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """The two that are linked."""
        return self.subject, self.object
