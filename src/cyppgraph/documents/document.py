"""What a reader gives: a document as blocks, each cell and line knowing its places. Nothing is thrown away here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cyppgraph.documents.text import Text


class Mark(StrEnum):
    """How a piece of a cell was set off from its neighbours."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a cell between two marks (paragraph, bullet, line break): its words without tags."""

    text: Text
    mark: Mark


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row: its characters as they stand, tags included, and its segments."""

    raw: Text
    segments: tuple[Segment, ...]

    @property
    def text(self) -> Text:
        """All words of the cell, one space between segments."""
        return Text.joined(segment.text for segment in self.segments)

    @property
    def lines(self) -> Text:
        """All words of the cell, a line break between segments."""
        return Text.joined((segment.text for segment in self.segments), separator="\n")

    def __bool__(self) -> bool:
        return bool(self.segments)


@dataclass(frozen=True, slots=True)
class Row:
    """A line with tabs: its cells, empty ones included."""

    line: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line without tabs: ``level`` 1 to 6 for a marked heading, else 0; ``item`` for a marked list item."""

    line: int
    text: Text
    level: int = 0
    item: bool = False


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty line: the end of a paragraph or of a table."""

    line: int


Block = Row | Line | Blank


@dataclass(frozen=True, slots=True)
class Source:
    """The document as it stands: its lines (from 1 at index 0), the file's SHA-256, and what it was decoded as."""

    file: str
    sha256: str
    encoding: str
    lines: tuple[str, ...]

    def texts(self) -> list[Text]:
        """Every line as a text that knows its places."""
        return [Text.of_line(line, number) for number, line in enumerate(self.lines, start=1)]


@dataclass(frozen=True, slots=True)
class Document:
    """A source and the blocks that its lines, mended or not, are made of."""

    source: Source
    blocks: tuple[Block, ...]
