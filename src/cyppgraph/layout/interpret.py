"""Read a document by its layout. In: a ``Source`` and a ``Layout``. Out: the plan's nodes in the making.

Two passes: the first puts lines and rows together (what a heading, a merged cell or a broken row says is known only
when its last line is read), the second makes the plan's nodes of them in printed order.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from cyppgraph.documents import Blank, Cell, Document, Line, Row, Source, Text, is_ruler
from cyppgraph.findings import Severity
from cyppgraph.layout.assembly import Assembler, LogicalRow
from cyppgraph.layout.builder import Builder
from cyppgraph.layout.cards import CardReader
from cyppgraph.layout.cells import RowReader
from cyppgraph.layout.grids import GridReader
from cyppgraph.layout.levels import Structure
from cyppgraph.layout.nodes import Nodes
from cyppgraph.layout.patching import apply_patches
from cyppgraph.layout.profile import Layout
from cyppgraph.layout.rows import Header, align, match_header, split_glued_header, verbatim
from cyppgraph.layout.tables import Card, Column, Table
from cyppgraph.phrases import parse_leads

Step = Callable[[], None]


@dataclass(slots=True)
class Interpretation:
    """What interpreting a document gives: the nodes in the making, the rows' texts, and the header cells."""

    builder: Builder
    rows: RowReader
    document: Document
    headers: list[Text] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _SecondPass:
    """What makes nodes, once the plan's people are known."""

    nodes: Nodes
    rows: RowReader
    cards: CardReader


class Interpreter:
    """Walks a document's blocks."""

    def __init__(self, source: Source, layout: Layout) -> None:
        self.layout = layout
        self.document = apply_patches(source, layout.patch)
        self.builder = Builder(source)
        self.structure = Structure(self.builder, layout)
        self.steps: list[Step] = []
        self.logical: list[LogicalRow] = []
        self.assembler = Assembler()
        self.header: Header | None = None
        self.card: Card | None = None
        self.headers: list[Text] = []
        self.grids = GridReader(self.builder, layout, self.structure)
        self.second: _SecondPass | None = None

    def interpret(self) -> Interpretation:
        """Read the whole document.

        Raises:
            FaultyInputError: a patch that no longer fits, a table with an unknown column.
        """
        gaps = sorted(gap.before for gap in self.layout.lost)
        for block in self.document.blocks:
            while gaps and block.line >= gaps[0]:
                gaps.pop(0)
                self.assembler.reset()
            if isinstance(block, Line):
                self._take_line(block)
            elif isinstance(block, Row):
                self._take_row(block)
            else:
                assert isinstance(block, Blank)  # noqa: S101 - there is no other kind of block
        nodes = Nodes(self.builder, self.layout, *self._names())
        rows = RowReader(self.builder, self.layout, self.structure, nodes)
        self.second = _SecondPass(nodes, rows, CardReader(self.builder, self.layout, self.structure, nodes))
        for step in self.steps:
            step()
        return Interpretation(self.builder, rows, self.document, self.headers)

    def _names(self) -> tuple[frozenset[str], frozenset[str]]:
        """Persons that stand alone in a lead cell, and abbreviations that a lead cell gives for a post.

        The ones tell where names that run together part, the others that "LAO" is a post and no body.
        """
        people: set[str] = set()
        roles: set[str] = set()
        texts = [str(s.text) for row in self.logical for part in row.parts for s in part.of("lead")]
        for text in texts:
            found = parse_leads(text, initials=self.layout.words.initials)
            if len(found) == 1 and found[0].person:
                people.add(found[0].person)
            for lead in found:
                if lead.role and (short := re.search(r"\(([A-Z]{2,6})s?\)$", lead.role)):
                    roles |= {short.group(1), f"{short.group(1)}s"}
        return frozenset(people), frozenset(roles - set(self.layout.words.bodies))

    def _take_line(self, line: Line) -> None:
        if self._ignored(line.line, str(line.text), line.text):
            return
        for heading in self.layout.heading:
            if (heading.lines is None or line.line in heading.lines) and (
                match := heading.pattern.fullmatch(str(line.text))
            ):
                self._take_heading(line.text, match, heading.level, heading.scope)
                return
        for items in self.layout.list:
            if line.item and line.line in items.lines:
                self._leave_table()
                self.steps.append(partial(self._state_item, items.level, line.text))
                return
        for note in self.layout.note:
            if (note.lines is None or line.line in note.lines) and note.pattern.fullmatch(str(line.text)):
                self.steps.append(partial(self._describe, line.text))
                return
        if str(line.text):
            message = f"The line {str(line.text)[:60]!r} is not read by the layout."
            self.builder.finding("line-not-read", Severity.INFO, (line.line, line.line), message)

    def _state_item(self, level: str, text: Text) -> None:
        self.structure.leave(level)
        self.structure.state(level, text)

    def _take_heading(self, text: Text, match: re.Match[str], level: str, scope: str | None) -> None:
        self._leave_table()
        words = text[match.start("statement") : match.end("statement")]
        groups = match.groupdict()

        def state() -> None:
            if scope is not None:
                self.structure.scope = scope
            ref = self.structure.state(level, words, text, number=groups.get("number"))
            if groups.get("lead"):
                lead = text[match.start("lead") : match.end("lead")]
                leads = [found.ref for found in self._second_pass().nodes.leads(lead)]
                self.builder[ref].extend("leads", *leads)

        self.steps.append(state)

    def _leave_table(self) -> None:
        """A heading begins: merged cells and open rows end."""
        self.assembler.reset()
        self.header = None
        self.card = None

    def _describe(self, text: Text) -> None:
        here = self.structure.here()
        if here is not None:
            self.builder.describe(here, text)

    def _ignored(self, line: int, text: str, words: Text) -> bool:
        for rule in self.layout.ignore:
            if (rule.lines is None or line in rule.lines) and (rule.pattern is None or rule.pattern.fullmatch(text)):
                self.builder.ignore(words, rule.why)
                return True
        return False

    def _take_row(self, row: Row) -> None:
        words = Text.joined(cell.text for cell in row.cells)
        if is_ruler(row) or not words or self._ignored(row.line, str(words), words):
            return
        for grid in self.layout.grid:
            if row.line in grid.lines:
                self.steps.append(partial(self.grids.read, row, grid))
                return
        if self._take_card(row, words) or self._take_banner(row, words):
            return
        if header := match_header(row, self.layout.table, self.builder.source.file):
            self._take_header(header)
        elif glued := split_glued_header(row, self.layout.table):
            if any(cell for cell in glued[0].cells):
                self._take_data(glued[0])
            self._take_row(glued[1])
        else:
            self._take_data(row)

    def _take_header(self, header: Header) -> None:
        self.card = None
        self.header = header
        self.headers += [cell.text for cell in header.row.cells]
        if header.statement is not None:
            self.assembler.reset()
            column = next(c for c in header.columns if c is not None and c.states)
            words, printed = header.statement, header.row.cells[header.columns.index(column)].text
            self.steps.append(partial(self._state_in_header, str(column.states), words, printed))

    def _state_in_header(self, level: str, words: Text, printed: Text) -> None:
        self.structure.leave(level)
        self.structure.state(level, words, printed)

    def _take_card(self, row: Row, words: Text) -> bool:
        for card in self.layout.card:
            if (card.lines is None or row.line in card.lines) and (match := card.start.fullmatch(str(words))):
                self._leave_table()
                self.card = card
                self.steps.append(partial(self._start_card, card, words, match))
                return True
        if self.card is None or match_header(row, self.layout.table, self.builder.source.file):
            return False
        card = self.card
        self.steps.append(partial(self._read_card, card, row))
        return True

    def _start_card(self, card: Card, words: Text, match: re.Match[str]) -> None:
        self._second_pass().cards.start(card, words, match)

    def _read_card(self, card: Card, row: Row) -> None:
        self._second_pass().cards.row(card, row)

    def _take_banner(self, row: Row, words: Text) -> bool:
        tables: list[Table] = [self.header.table] if self.header else []
        for table in tables + [t for t in self.layout.table if t.lines and row.line in t.lines]:
            full = [cell for cell in row.cells if cell]
            if table.banner is None or table.banner_level is None or len(full) > 2:
                continue
            if match := table.banner.fullmatch(str(words)):
                header = self.header
                self._take_heading(words, match, table.banner_level, None)
                self.header = header
                return True
        return False

    def _take_data(self, row: Row) -> None:
        if self.header is None:
            words = " ".join(str(cell.text) for cell in row.cells if cell)
            message = f"The table row {words[:60]!r} stands under no heading that the layout knows."
            self.builder.finding("row-not-read", Severity.WARNING, (row.line, row.line), message)
            return
        cells, over = align(row, self.header)
        if over:
            message = f"The row has more cells than its heading: {[str(c.text) for c in over]} stand under none."
            self.builder.finding("cells-shifted", Severity.WARNING, (row.line, row.line), message)
        self._ignore_columns(cells)
        printed = verbatim(row, self.header, self.builder.source)
        if (logical := self.assembler.add(row, self.header, cells, over, printed)) is not None:
            self.logical.append(logical)
            self.steps.append(partial(self._read_row, logical))

    def _read_row(self, logical: LogicalRow) -> None:
        self._second_pass().rows.read(logical)

    def _second_pass(self) -> _SecondPass:
        assert self.second is not None  # noqa: S101 - steps run only once the first pass is over
        return self.second

    def _ignore_columns(self, cells: dict[Column, Cell]) -> None:
        """Note the words of columns that the layout ignores, with its reason."""
        for column, cell in cells.items():
            if column.role == "ignored" and cell:
                self.builder.ignore(cell.text, column.why or "a column that the layout ignores")
