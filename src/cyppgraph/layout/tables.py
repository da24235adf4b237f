"""What a plan.toml says of tables: grids, tables with headings, and cards. In: TOML tables. Out: frozen dataclasses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Pattern = re.Pattern[str]
Role = Literal["level", "action", "measures", "due", "lead", "progress", "number", "delivered", "ignored"]


@dataclass(frozen=True, slots=True)
class Lines:
    """Line numbers from ``first`` to ``last``, both inclusive."""

    first: int
    last: int

    def __contains__(self, line: int) -> bool:
        return self.first <= line <= self.last


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
