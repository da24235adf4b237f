"""Where something stands in a source document. In: line and column numbers. Out: values to point with."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """Characters ``start`` up to but not including ``end`` (columns from 0) of line ``line`` (from 1)."""

    line: int
    start: int
    end: int


class Where(NamedTuple):
    """A file and, where known, its lines (from 1, both inclusive); prints as editors jump to it: ``file:12-14``."""

    file: str
    first_line: int | None = None
    last_line: int | None = None

    def __str__(self) -> str:
        if self.first_line is None:
            return self.file
        if self.last_line is None or self.last_line == self.first_line:
            return f"{self.file}:{self.first_line}"
        return f"{self.file}:{self.first_line}-{self.last_line}"
