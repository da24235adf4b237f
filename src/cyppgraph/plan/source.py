"""Where a statement came from: passages and rows of the source document."""

from __future__ import annotations

from dataclasses import dataclass

from cyppgraph.where import Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive words of the source.

    Attributes:
        spans: the characters concerned, in reading order, on one line or on lines that follow one another.
        quote: the source's own words there: tags removed, white space collapsed, spelling kept.
    """

    spans: tuple[Span, ...]
    quote: str

    @property
    def first_line(self) -> int:
        """The first line concerned, counted from 1."""
        return min(span.line for span in self.spans)

    @property
    def last_line(self) -> int:
        """The last line concerned, counted from 1."""
        return max(span.line for span in self.spans)


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One cell of a table row: the heading it stands under ("" where none is printed) and its words as printed."""

    heading: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One table row as a reader sees it, put together again where a page break parted it.

    Attributes:
        ref: the row's handle within its plan.
        cells: its non-empty cells, left to right.
        passages: the lines that it stands on.
    """

    ref: int
    cells: tuple[SourceCell, ...]
    passages: tuple[Passage, ...]
