"""What a plan states, element by element. In: nothing but values. Out: frozen dataclasses; standard library only.

Every node has a ``ref``, a handle that is unique within its plan and means nothing outside it: relations are
tuples of handles. IRIs are minted from the nodes' own words by ``cyppgraph.mapping.iris`` alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cyppgraph.plan.source import Passage
from cyppgraph.plan.terms import (
    Certainty,
    Comparison,
    FinanceKind,
    LeadStatus,
    OutcomeKind,
    ProgressStatus,
    TimeKind,
    Unit,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Anything of a plan that has a source: its handle, its words as printed, and the passages they stand in."""

    ref: int
    statement: str
    sources: tuple[Passage, ...]
    certainty: Certainty = Certainty.STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Due(Node):
    """A date as printed (``statement``), its kind, and the days it allows (inclusive; None where it sets none).

    ``interval`` is a reference.data.gov.uk interval IRI, ``edtf`` an Extended Date/Time Format string,
    ``frequency`` an SDMX frequency code (``Q``, ``M``, ``A``, …) for what recurs.
    """

    kind: TimeKind
    earliest: date | None = None
    latest: date | None = None
    interval: str | None = None
    edtf: str | None = None
    frequency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead(Node):
    """Who answers for an element, as printed (``statement``) and as understood.

    At most one each of ``person``, ``role``, ``body`` and ``initials`` names somebody; none where ``status`` is not
    ``named``. ``capacity`` holds words beside the name ("data updates collected via").
    """

    status: LeadStatus
    person: str | None = None
    role: str | None = None
    body: str | None = None
    initials: str | None = None
    capacity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference(Node):
    """A pointer to something else (``statement`` as printed).

    ``to`` is the handle of an element of this plan; ``label`` names something outside it; ``number`` is the
    printed number that was pointed to, kept also when nothing of this plan bears it.
    """

    to: int | None = None
    label: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Element(Node):
    """What a plan states at one place of its structure.

    Attributes:
        parent: the element directly above, None directly under the plan.
        position: its place among its parent's children, from 1.
        number: as printed, in full; None where none is printed.
        scope: a prefix that keeps equal numbers of different parts of a plan apart ("" where not needed).
        term: the plan's own word for this level ("Pillar"), None where it has none.
        alternatives: other wordings of the same element elsewhere in the plan.
        description: longer words printed about it that are no statement of their own.
        reference: a reference of the plan's own printed beside it ("CFE SAV 02").
        row: the handle of the table row it was printed in.
    """

    parent: int | None
    position: int
    number: str | None = None
    scope: str = ""
    term: str | None = None
    alternatives: tuple[str, ...] = ()
    description: str | None = None
    reference: str | None = None
    row: int | None = None
    due: tuple[int, ...] = ()
    leads: tuple[int, ...] = ()
    measures: tuple[int, ...] = ()
    targets: tuple[int, ...] = ()
    refers_to: tuple[int, ...] = ()
    delivered_through: tuple[int, ...] = ()
    contributes_to: tuple[int, ...] = ()
    designations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme(Element):
    """A grouping: section, pillar, theme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(Element):
    """What the partners commit to, at any depth: commitment, priority, aim, objective, strand, project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Element):
    """A result wanted; ``kind`` tells benefits for children from improvements of services."""

    kind: OutcomeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Action(Element):
    """Something that will be done."""

    progress: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Element):
    """What the plan looks at to know; ``code`` (normalised, "NI 102a") of ``scheme`` ("NI") where printed."""

    code: str | None = None
    scheme: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Element):
    """A wanted value or state; ``value`` to ``upper`` for ranges; no value where the plan gives no number.

    ``strict`` tells "over 90%" from "90% or more"; ``per`` is the base of a rate ("100 offenders"); ``of`` what is
    counted; ``baseline_value`` and ``baseline_statement`` as printed.
    """

    value: Decimal | None = None
    upper: Decimal | None = None
    unit: Unit | None = None
    comparison: Comparison | None = None
    strict: bool = False
    per: str | None = None
    of: str | None = None
    provisional: bool = False
    baseline_value: Decimal | None = None
    baseline_statement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceLine(Element):
    """An amount in pounds for a financial year ("2021/22"); no amount where the print cannot be split."""

    kind: FinanceKind
    amount: Decimal | None = None
    financial_year: str | None = None
    interval: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress(Element):
    """What the plan says of how far an action is; several ``statuses`` where one cell prints several."""

    statuses: tuple[ProgressStatus, ...]
