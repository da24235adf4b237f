"""READ: one reader per file kind; path in, Document out (blocks, rows, cells; each character knows its place)."""

from cyppgraph.documents.document import Blank, Block, Cell, Document, Line, Mark, Row, Segment, Source
from cyppgraph.documents.markup import is_ruler, parse_blocks, parse_cell
from cyppgraph.documents.reader import read_source
from cyppgraph.documents.text import Text

__all__ = [
    "Blank",
    "Block",
    "Cell",
    "Document",
    "Line",
    "Mark",
    "Row",
    "Segment",
    "Source",
    "Text",
    "is_ruler",
    "parse_blocks",
    "parse_cell",
    "read_source",
]
