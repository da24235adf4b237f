"""What a plan.toml says: how one plan is laid out, in plain values. In: TOML tables. Out: frozen dataclasses.

Every key is a field here and every field is documented in ``docs/plan-toml.md``; nothing else is allowed in the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from cyppgraph.layout.tables import Card, Grid, Lines, Pattern, Table

LevelKind = Literal["theme", "commitment", "outcome"]


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
    ``certainty`` is that of what is read from the mended words, where the print alone does not say so much.
    """

    lines: Lines
    was: str
    now: str
    why: str
    finding: str | None = None
    certainty: Literal["inferred", "doubtful"] | None = None


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
    """``[[defect]]``: a fault of the source that a reader saw and no rule finds.

    ``measures`` is the certainty of the measures printed on those lines, where the fault makes them less sure.
    """

    kind: str
    lines: Lines
    message: str
    measures: Literal["doubtful"] | None = None


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
