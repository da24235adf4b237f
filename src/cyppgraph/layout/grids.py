"""Grids: tables whose columns each state a branch of the plan. In: their rows. Out: elements, column by column."""

from __future__ import annotations

import re

from cyppgraph.documents import Cell, Mark, Row, Text
from cyppgraph.layout.builder import Builder
from cyppgraph.layout.levels import Structure
from cyppgraph.layout.profile import Layout
from cyppgraph.layout.tables import Grid


class GridReader:
    """Makes elements of grids; remembers what each column of the grid being read has stated so far."""

    def __init__(self, builder: Builder, layout: Layout, structure: Structure) -> None:
        self.builder = builder
        self.layout = layout
        self.structure = structure
        self.grid: Grid | None = None
        self.columns: dict[int, int] = {}
        self.above: int | None = None
        self.count = 0

    def read(self, row: Row, grid: Grid) -> None:
        """Read one row of a grid."""
        if grid is not self.grid:
            self.grid, self.columns, self.above, self.count = grid, {}, self.structure.here(), 0
        rule = grid.row[min(self.count, len(grid.row) - 1)]
        self.count += 1
        if rule.level is None:
            self.builder.ignore(Text.joined(cell.text for cell in row.cells), rule.ignore or "a row of labels")
            return
        if grid.labels:
            self.builder.ignore(row.cells[0].text, "a label of the grid")
        for index, cell in enumerate(row.cells):
            if cell and not (grid.labels and index == 0):
                self._read_cell(rule.level, index, cell, grid)
        if self.above is not None:
            self.structure.enter(self.above)

    def _read_cell(self, level: str, index: int, cell: Cell, grid: Grid) -> None:
        for text in self._statements(cell, grid):
            above = self.columns.get(index, self.above)
            if above is None:
                self.structure.leave(self.layout.level[0].term)
            else:
                self.structure.enter(above)
                self.structure.leave(level)
            ref = self.structure.state(level, text)
            if self._opens_branch(level):
                self.columns[index] = ref

    def _opens_branch(self, level: str) -> bool:
        """Whether further rows stand under this level: it is not the grid's lowest."""
        grid = self.grid
        depths = [self.layout.depth_of(r.level) for r in (grid.row if grid else ()) if r.level is not None]
        return self.layout.depth_of(level) < max(depths)

    def _statements(self, cell: Cell, grid: Grid) -> list[Text]:
        texts: list[Text] = []
        plain: list[Text] = []
        for segment in cell.segments:
            if str(segment.text) in grid.skip:
                self.builder.ignore(segment.text, "words that introduce a list")
            elif segment.mark is Mark.ITEM:
                texts.append(segment.text)
            else:
                plain.append(segment.text)
        whole = Text.joined(plain)
        return ([whole] if re.search(r"\w", str(whole)) else []) + texts
