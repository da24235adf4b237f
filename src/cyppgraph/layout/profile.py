"""What a plan.toml says: how one plan is laid out, in plain values. In: TOML tables. Out: frozen dataclasses.

Every key is a field here and every field is documented in ``docs/plan-toml.md``; nothing else is allowed in the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Pattern = re.Pattern[str]
LevelKind = Literal["theme", "commitment", "outcome"]
Role = Literal["level", "action", "measures", "due", "lead", "progress", "number", "delivered", "ignored"]


@dataclass(frozen=True, slots=True)
class Lines:
    """Line numbers from ``first`` to ``last``, both inclusive."""

    first: int
    last: int

    def __contains__(self, line: int) -> bool:
        return self.first <= line <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """``[plan]``: whose plan it is, its title, and the time it covers."""

    id: str
    title: str
    title_lines: tuple[Lines, ...]
    authority: str
    starts: date
    ends: date
    period: Literal["stated", "inferred"]
    partnership: str | None = None
    status: str | None = None
    issued: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """``[document]``: the file beside plan.toml, its checksum, and where it came from."""

    file: str
    sha256: str
    title: str
    rights: str
    published_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """``[words]``: words of this plan that its grammars need to know."""

    designations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    lead_default: Literal["person", "role", "body"] | None = None
    initials: bool = False
    school_year: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """``[[scheme]]``: a set of coded indicators that the plan uses, and the line that explains it if one does."""

    prefix: str
    title: str
    national: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """``[[level]]``: a level by the plan's own word for it, and what it is; levels stand from the highest down.

    ``word`` is the plan's word where it differs from ``term``, the name that this file uses ("" if it has none).
    """

    term: str
    kind: LevelKind
    word: str | None = None
    outcome_kind: Literal["benefit", "service improvement"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """``[[heading]]``: lines that state an element of a level.

    ``pattern`` has the groups ``statement`` and, where printed, ``number`` and ``lead``.
    """

    level: str
    pattern: Pattern
    lines: Lines | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """``[[list]]``: list items that state elements of a level under the heading above them."""

    level: str
    lines: Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """``[[grid.row]]``: the level that the cells of a grid's next row state, or why the row is ignored.

    The last one holds for all rows that follow.
    """

    level: str | None = None
    ignore: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """``[[grid]]``: a table whose columns each state a branch: an element on top, its parts in the rows below.

    ``labels`` tells that the first column holds labels; ``skip`` lists words that introduce a list ("We will:").
    """

    lines: Lines
    row: tuple[GridRow, ...]
    labels: bool = False
    skip: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """``[[table.column]]``: a heading as printed (a pattern if ``pattern``) and the role of the cells under it.

    A heading pattern with the group ``statement`` states an element of the level ``states``.
    """

    heading: str
    role: Role
    level: str | None = None
    pattern: bool = False
    states: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """``[[table]]``: one layout of table, known by its headings.

    Attributes:
        column: its columns; a blank heading belongs to the column on its left.
        lines: where this layout holds, anywhere if None.
        banner: rows that state an element instead of holding data: a pattern over the row's words, and its level.
        split: whether an action cell's items and paragraphs are actions of their own.
        heads: the level of the headings that stand inside action cells, if any do.
        numbered: whether actions begin with a printed number.
        pair: whether equal numbers of items, dates and leads in a row belong together in order.
        lower_start: whether statements begin in lower case, so that lower case is no sign of a broken cell.
        run_on: whether action cells have lost their bullets, so that an imperative begins a new action.
    """

    column: tuple[Column, ...]
    lines: Lines | None = None
    banner: Pattern | None = None
    banner_level: str | None = None
    split: bool = True
    heads: str | None = None
    numbered: bool = False
    pair: bool = False
    lower_start: bool = False
    run_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """``[[card]]``: rows that describe one element before its table: title, manager, reference, words, amounts.

    ``start`` is a pattern over a row's words with the groups ``statement`` and, where printed, ``number``, ``lead``
    and ``reference``; ``lead_role`` is the post that the lead is named as. Under the headings ``description`` and
    ``finance`` stand its words and its amounts in units of ``multiplier`` pounds; a reference that matches
    ``growth`` makes them growth. Behind ``measures`` stand coded measures.
    """

    level: str
    start: Pattern
    description: str
    finance: str
    measures: Pattern
    growth: Pattern
    lead_role: str | None = None
    multiplier: int = 1
    lines: Lines | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignore:
    """``[[ignore]]``: lines, or lines that match a pattern, that state nothing of the plan, and why."""

    why: str
    lines: Lines | None = None
    pattern: Pattern | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """``[[note]]``: a line that says more about the element above it."""

    pattern: Pattern
    lines: Lines | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """``[[patch]]``: words that the extraction broke beyond repair by rule: what they were, what they are, and why.

    ``now`` may hold marks that the extraction lost: a tab between cells, a line break between rows, ``<br>`` or
    ``<li>`` between statements, ``<h4>`` around a heading, ``↳`` where a cell goes on from the one above.
    """

    lines: Lines
    was: str
    now: str
    why: str
    finding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """``[[same]]``: two wordings of one element that no rule would take for the same, and why they are."""

    level: str
    statement: str
    also: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """``[[lost]]``: something of the document is lost before a line: no cell goes on over it; ``message`` says what."""

    before: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """``[[under]]``: elements of ``level`` whose number matches stand under an element stated elsewhere, and why.

    They are of the level ``becomes``, below the one of the element whose words ``parent`` quotes.
    """

    level: str
    number: Pattern
    becomes: str
    parent: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """``[[defect]]``: a fault of the source that a reader saw and no rule finds."""

    kind: str
    lines: Lines
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """``[expect]``: how much there is to find, so that a reader that loses rows fails. None: not said."""

    themes: int | None = None
    commitments: int | None = None
    outcomes: int | None = None
    actions: int | None = None
    indicators: int | None = None
    finance_lines: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A whole plan.toml."""

    plan: PlanFacts
    document: DocumentFacts
    words: Words = field(default_factory=Words)
    scheme: tuple[Scheme, ...] = ()
    level: tuple[Level, ...] = ()
    heading: tuple[Heading, ...] = ()
    list: tuple[Items, ...] = ()
    grid: tuple[Grid, ...] = ()
    table: tuple[Table, ...] = ()
    card: tuple[Card, ...] = ()
    ignore: tuple[Ignore, ...] = ()
    note: tuple[Note, ...] = ()
    patch: tuple[Patch, ...] = ()
    same: tuple[Same, ...] = ()
    under: tuple[Under, ...] = ()
    lost: tuple[Lost, ...] = ()
    defect: tuple[Defect, ...] = ()
    expect: Expect = field(default_factory=Expect)

    def level_of(self, term: str) -> Level:
        """The level of that term; levels are checked on reading, so it exists."""
        return next(level for level in self.level if level.term == term)

    def depth_of(self, term: str) -> int:
        """How deep a level stands: 0 for the highest."""
        return next(i for i, level in enumerate(self.level) if level.term == term)
