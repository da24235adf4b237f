"""Rows as a reader sees them. In: rows of cells under a header. Out: cells under their columns, rows put together.

The tables came out of PDFs: a blank heading belongs to the heading on its left; a bullet in a cell of its own marks
the cell on its right; a bare number in a cell of its own belongs to the words on its right; a header may be glued to
the last words of the row above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cyppgraph.documents import Cell, Line, Mark, Row, Segment, Source, Text, parse_blocks, parse_cell
from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.layout.tables import Column, Table
from cyppgraph.where import Where

_BULLET_ONLY = re.compile(r"^[\s•·✓–—-]+$")
_NUMBER_ONLY = re.compile(r"^\d+(\.\d+)*\.?$")


@dataclass(frozen=True, slots=True)
class Header:
    """A header row that was recognised: its table, its cells' columns (None for a blank heading), its words."""

    table: Table
    columns: tuple[Column | None, ...]
    row: Row
    statement: Text | None


def match_header(row: Row, tables: Sequence[Table], file: str) -> Header | None:
    """The header that a row is, if it is one.

    Raises:
        FaultyInputError: most of its cells are headings of one table but some are not known.
    """
    unknown: list[str] | None = None
    for table in tables:
        if table.lines and row.line not in table.lines:
            continue
        found = [_column_of(cell, table) if cell else None for cell in row.cells]
        named = [cell for cell in row.cells if cell]
        known = sum(column is not None for column in found)
        if known == len(named) == len(table.column):
            return Header(table, tuple(found), row, _statement(row, found))
        if known >= 2 and known > len(named) / 2 and known < len(named) == len(row.cells):
            unknown = [str(c.text) for c, column in zip(row.cells, found, strict=True) if c and column is None]
    if unknown:
        message = f"the table has columns that the layout does not know: {unknown}; name them in [[table.column]]"
        raise FaultyInputError([Fault(Where(file, row.line), message)])
    return None


def split_glued_header(row: Row, tables: Sequence[Table]) -> tuple[Row, Row] | None:
    """A data row and the header that is glued to its end, if every cell ends with (or is) a heading."""
    for table in tables:
        if table.lines and row.line not in table.lines:
            continue
        ends: list[int] = []
        for cell in row.cells:
            end = _heading_start(cell.raw.string, table)
            if end is None:
                break
            ends.append(end)
        if len(ends) == len(row.cells) == len(table.column) and sum(end > 0 for end in ends) >= 2:
            data = tuple(parse_cell(cell.raw[:end]) for cell, end in zip(row.cells, ends, strict=True))
            header = tuple(parse_cell(cell.raw[end:]) for cell, end in zip(row.cells, ends, strict=True))
            return Row(row.line, data), Row(row.line, header)
    return None


def align(row: Row, header: Header) -> tuple[dict[Column, Cell], list[Cell]]:
    """The cells of a data row under their columns, and those that have none because the row is too long."""
    columns = list(header.columns)
    while columns and columns[-1] is None:
        columns.pop()
    cells = _fitted(list(row.cells), len(columns))
    under: dict[Column, list[Cell]] = {}
    owner: Column | None = None
    for i, cell in enumerate(cells[: len(columns)]):
        owner = columns[i] or owner
        if owner is not None:
            under.setdefault(owner, []).append(cell)
    over = [cell for cell in cells[len(columns) :] if cell]
    return {column: _merged(held) for column, held in under.items()}, over


def verbatim(row: Row, header: Header, source: Source) -> list[tuple[str, Text]]:
    """The cells of the source's own lines that a row's words come from, mended or not, each under its heading."""
    names = {
        column: str(head.text)
        for column, head in zip(header.columns, header.row.cells, strict=False)
        if column is not None
    }
    kept: list[tuple[str, Text]] = []
    for number in sorted({line for cell in row.cells for line in cell.raw.lines}):
        (block,) = parse_blocks([(number, Text.of_line(source.lines[number - 1], number))])
        if isinstance(block, Row):
            cells, over = align(block, header)
            kept += [(names.get(column, column.heading), cell.text) for column, cell in cells.items() if cell]
            kept += [("", cell.text) for cell in over]
        elif isinstance(block, Line):
            kept.append(("", block.text))
    return kept


def _column_of(cell: Cell, table: Table) -> Column | None:
    text = str(cell.text)
    for column in table.column:
        if column.pattern:
            if re.fullmatch(column.heading, text):
                return column
        elif _same_heading(column.heading, text):
            return column
    return None


def _same_heading(a: str, b: str) -> bool:
    return re.sub(r"\W+", " ", a).strip().casefold() == re.sub(r"\W+", " ", b).strip().casefold()


def _statement(row: Row, columns: list[Column | None]) -> Text | None:
    """The words of the group ``statement`` of a heading that states an element."""
    for cell, column in zip(row.cells, columns, strict=True):
        if column and column.states and (match := re.fullmatch(column.heading, str(cell.text))):
            return cell.text[match.start("statement") : match.end("statement")]
    return None


def _heading_start(raw: str, table: Table) -> int | None:
    """Where a heading starts that ends the cell, 0 if the cell is nothing else, None if none does."""
    for column in table.column:
        if column.pattern and re.fullmatch(column.heading, raw.strip()):
            return 0
        if not column.pattern and raw.rstrip().endswith(column.heading):
            return len(raw.rstrip()) - len(column.heading)
    return None


def _fitted(cells: list[Cell], width: int) -> list[Cell]:
    """Cells brought to the header's width by the rules above, as far as needed."""
    while len(cells) > width and not cells[-1]:
        cells.pop()
    if len(cells) > width:
        cells = _without_bullets(cells)
    if len(cells) > width:
        cells = _with_numbers_absorbed(cells)
    return cells


def _without_bullets(cells: list[Cell]) -> list[Cell]:
    kept: list[Cell] = []
    bullet = False
    for cell in cells:
        if not cell and _BULLET_ONLY.match(cell.raw.string):
            bullet = True
            continue
        kept.append(_as_items(cell) if bullet else cell)
        bullet = False
    return kept


def _with_numbers_absorbed(cells: list[Cell]) -> list[Cell]:
    kept: list[Cell] = []
    waiting: Cell | None = None
    for cell in cells:
        if waiting is None and _NUMBER_ONLY.match(str(cell.text)):
            waiting = cell
            continue
        kept.append(_merged([waiting, cell]) if waiting else cell)
        waiting = None
    return [*kept, waiting] if waiting else kept


def _merged(cells: list[Cell]) -> Cell:
    """Cells under one heading as one: a bullet marks what follows, a bare number joins the words behind it."""
    if len(cells) == 1:
        return cells[0]
    segments: list[Segment] = []
    bullet = False
    for cell in cells:
        bullet = bullet or (not cell and bool(_BULLET_ONLY.match(cell.raw.string)))
        for segment in (_as_items(cell) if bullet else cell).segments:
            if segments and _NUMBER_ONLY.match(str(segments[-1].text)):
                segments[-1] = replace(segment, text=Text.joined((segments[-1].text, segment.text)))
            else:
                segments.append(segment)
    return Cell(Text.joined((cell.raw for cell in cells), separator="\t"), tuple(segments))


def _as_items(cell: Cell) -> Cell:
    return replace(cell, segments=tuple(replace(s, mark=Mark.ITEM) for s in cell.segments))
