"""Put table rows together again. In: aligned rows, one after another. Out: logical rows, each with its parts.

A PDF's row is broken over lines and pages: its first cell goes on in the next row, a bullet list beside it too, and a
merged cell is printed once for several rows. A cell goes on from the cell above where a patch says so (``↳``) or
where it begins in lower case without a mark of its own; a row without main cell belongs to the row above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cyppgraph.documents import Cell, Mark, Row, Segment, Text
from cyppgraph.layout.rows import Header
from cyppgraph.layout.tables import Column, Role, Table

GOES_ON = "↳"
_LETTERED = re.compile(r"^\(?[a-z]{1,4}\)|^[ivx]+\)")
_OPEN = re.compile(r"(?:\b(?:to|of|the|and|or|for|in|with|by|from|a|an|their|including)|&|\w-)$", re.IGNORECASE)


@dataclass(slots=True)
class Group:
    """The words of a level column, which may stand on several rows, and the element they became once stated."""

    level: str
    texts: list[Text]
    ref: int | None = None
    notes: list[Text] = field(default_factory=list)

    @property
    def text(self) -> Text:
        """All words so far."""
        return Text.joined(self.texts)


@dataclass(slots=True)
class Part:
    """What one printed row adds to a logical row: the segments under each role."""

    cells: dict[Role, list[Segment]] = field(default_factory=dict)

    def of(self, role: Role) -> list[Segment]:
        """The segments under a role, none if there are none."""
        return self.cells.get(role, [])

    def texts(self, role: Role) -> list[Text]:
        """The words under a role, segment by segment."""
        return [segment.text for segment in self.of(role)]


@dataclass(slots=True)
class LogicalRow:
    """One row as a reader sees it: its groups (from the highest level), its main cell, and its parts."""

    table: Table
    groups: list[Group]
    new_groups: list[Group]
    main: list[Segment]
    parts: list[Part]
    printed: list[tuple[Row, list[tuple[str, Text]]]]
    number: Text | None = None


class Assembler:
    """Takes the data rows of one table after another and gives logical rows when they are complete."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.open: LogicalRow | None = None
        self._measure_went_on = False

    def reset(self) -> None:
        """Forget merged cells: a new heading or banner has begun."""
        self.groups = []
        self.open = None

    def add(
        self, row: Row, header: Header, cells: dict[Column, Cell], over: list[Cell], verbatim: list[tuple[str, Text]]
    ) -> LogicalRow | None:
        """Take a row; return the logical row that it begins, or None if it went into the one before.

        Args:
            row: the row, mended.
            header: what it stands under.
            cells: its cells under their columns.
            over: its cells that stand under none.
            verbatim: its cells as printed, each with its heading.
        """
        table = header.table
        if self.open is not None and self.open.table is not table:
            self.reset()
        printed = (row, verbatim)
        new_groups = self._take_groups(table, cells)
        part = Part()
        for column, cell in cells.items():
            if column.role not in ("level", "action", "number", "ignored") and cell:
                part.cells.setdefault(column.role, []).extend(cell.segments)
        if over:
            part.cells.setdefault("ignored", []).extend(s for cell in over for s in cell.segments)
        main = [s for c, cell in cells.items() if c.role == "action" for s in cell.segments]
        number = next((cell.text for c, cell in cells.items() if c.role == "number" and cell), None)
        belongs = self._belongs_to_open(main, new_groups, number, part)
        self._append_continued(part, table, belongs)
        if belongs:
            main = self._go_on(main, part, printed)
            if not main:
                return None
        self.open = LogicalRow(table, self._groups_of_row(new_groups), new_groups, main, [part], [printed], number)
        return self.open

    def _take_groups(self, table: Table, cells: dict[Column, Cell]) -> list[Group]:
        """Bring the merged cells up to date; return the groups that begin in this row."""
        begun: list[Group] = []
        for column, cell in cells.items():
            if column.role != "level" or not cell or column.level is None:
                continue
            held = next((g for g in self.groups if g.level == column.level), None)
            segments = [s for s in cell.segments if s.mark is not Mark.NOTE]
            notes = [s.text for s in cell.segments if s.mark is Mark.NOTE]
            if segments and held is not None and not begun and goes_on(segments[0], lower_start=False):
                held.texts = [_rejoined(held.text, segments.pop(0).text)]
            for text in _statements(segments):
                order = [c.level for c in table.column if c.role == "level"]
                self.groups = [g for g in self.groups if order.index(g.level) < order.index(column.level)]
                begun.append(Group(column.level, [text]))
                self.groups.append(begun[-1])
            if notes and self.groups:
                self.groups[-1].notes += notes
        return begun

    def _groups_of_row(self, begun: list[Group]) -> list[Group]:
        """What the row stands under: where one cell begins several groups, the first; the next rows, the last."""
        first = {group.level: group for group in reversed(begun)}
        return [first.get(group.level, group) for group in self.groups]

    def _append_continued(self, part: Part, table: Table, belongs: bool) -> None:
        """Give the first segment of each cell that goes on from the row above back to it.

        In a row that begins something new, lower case alone is not enough: the words above must break off.
        """
        self._measure_went_on = False
        if self.open is None:
            return
        for role, segments in part.cells.items():
            above = self.open.parts[-1].of(role)
            lower_start = table.lower_start and role == "measures"
            if above and segments and self._joins(segments[0], above[-1].text, lower_start, belongs):
                first = segments.pop(0)
                above[-1] = Segment(_rejoined(above[-1].text, first.text), above[-1].mark)
                self._measure_went_on = self._measure_went_on or role == "measures"
        part.cells = {role: segments for role, segments in part.cells.items() if segments}

    @staticmethod
    def _joins(segment: Segment, above: Text, lower_start: bool, belongs: bool) -> bool:
        if belongs:
            return goes_on(segment, lower_start, above, weak=True)
        text = str(segment.text)
        return text.startswith(GOES_ON) or (text[:1].islower() and _breaks_off(str(above), weak=True))

    def _belongs_to_open(self, main: list[Segment], begun: list[Group], number: Text | None, part: Part) -> bool:
        if self.open is None or begun or number is not None:
            return False
        above = self.open.main[-1].text if self.open.main else None
        return not main or goes_on(main[0], self.open.table.lower_start, above, weak=not part.cells)

    def _go_on(self, main: list[Segment], part: Part, printed: tuple[Row, list[tuple[str, Text]]]) -> list[Segment]:
        """Add a row to the open one; return the main segments that begin a row of their own, if any do."""
        row = self.open
        assert row is not None  # noqa: S101 - the caller has seen that a row is open
        if main:
            first = main.pop(0)
            if row.main:
                row.main[-1] = Segment(_rejoined(row.main[-1].text, first.text), row.main[-1].mark)
            else:
                row.main.append(first)
            if main and part.cells:
                row.printed.append(printed)
                return main
            row.main.extend(main)
            if part.of("measures") and (part.of("due") or part.of("lead")):
                row.parts.append(part)
                part = Part()
            for role, segments in part.cells.items():
                row.parts[-1].cells.setdefault(role, []).extend(segments)
        elif part.of("measures") or not self._measure_went_on:
            row.parts += [part] if part.cells else []
        else:
            for role, segments in part.cells.items():
                row.parts[-1].cells.setdefault(role, []).extend(segments)
        row.printed.append(printed)
        return []


def goes_on(segment: Segment, lower_start: bool, above: Text | None = None, weak: bool = False) -> bool:
    """Whether a segment goes on from the cell above.

    It does if it is marked so, if the words above break off (after "of the", a hyphen, an open bracket), or if it
    begins in lower case without mark or letter.

    Args:
        segment: the segment.
        lower_start: whether lower case tells nothing here, such as where all statements begin so.
        above: the last words of the cell above, if there are any.
        weak: whether a comma at the end of the words above is enough.
    """
    text = str(segment.text)
    if text.startswith(GOES_ON):
        return True
    if above is not None and _breaks_off(str(above), weak):
        return True
    if lower_start or segment.mark is Mark.ITEM or _LETTERED.match(text):
        return False
    return text[:1].islower() or text[:1] in ",;)&"


def _breaks_off(text: str, weak: bool) -> bool:
    return bool(_OPEN.search(text)) or text.count("(") > text.count(")") or (weak and text.endswith(","))


def _bare(text: Text) -> Text:
    """A text without the mark that it goes on."""
    return text.strip(GOES_ON).strip()


def _rejoined(above: Text, below: Text) -> Text:
    """A cell's two parts as one: no space behind a hyphen that parts a word."""
    hyphen = re.search(r"\w-$", str(above))
    return Text.joined((above, _bare(below)), separator="" if hyphen else " ")


def _statements(segments: list[Segment]) -> list[Text]:
    """The statements of a level cell: each list item is one, all else is one together."""
    texts: list[Text] = []
    plain: list[Text] = []
    for segment in segments:
        if segment.mark is Mark.ITEM:
            texts.append(segment.text)
        else:
            plain.append(segment.text)
    return ([Text.joined(plain)] if plain else []) + texts
