"""Cells and lines from text with remains of HTML. In: the text of a line. Out: rows of cells, lines, blanks.

What the PDF tools leave in our documents: ``<p> <b> <i> <u> <ul> <li> <br> <h1>``-``<h6>`` tags, bullets (``•``, a
check mark, or a dash before a space at the start of a piece), two spaces for a paragraph's end, more than two for a
line wrapped inside a cell, and Markdown's ``#`` and ``- `` at the start of lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from cyppgraph.documents.document import Blank, Block, Cell, Line, Mark, Row, Segment
from cyppgraph.documents.text import Text

TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?/?>")
_BOUNDARY = re.compile(
    r"(?P<tag></?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>)|(?P<bullet>[•✓\uf0b7\uf0a7])|(?<![\s–·-])  (?=\S)"
)
_INLINE = frozenset({"b", "i", "u", "em", "strong", "span", "a", "sup", "sub"})
_DASH_BULLET = re.compile(r"^[-–·](?:\s+|$)")
_NOTE = re.compile(r"^(?:NB\b|N\.B\.|\*\*)")
_EMPHASIS = re.compile(r"\*\*|(?<!\*)\*(?!\*)(?=\w)|(?<=\w)\*(?!\*)")
_HEADING = re.compile(r"^(#{1,6})\s+")
_RULER = re.compile(r"^[\s\t|:-]*-{2,}[\s\t|:-]*$")


def parse_blocks(texts: Sequence[tuple[int, Text]]) -> tuple[Block, ...]:
    """Blocks of a document's numbered lines; a text that holds line breaks gives a block for each of its parts."""
    blocks: list[Block] = []
    for number, text in texts:
        blocks.extend(_parse_line(part, number) for part in text.split(re.compile("\n")))
    return tuple(blocks)


def _parse_line(text: Text, number: int) -> Block:
    number = text.first_line or number
    if not text.string.strip():
        return Blank(number)
    if "\t" in text.string:
        return Row(number, tuple(parse_cell(cell) for cell in text.split(re.compile("\t"))))
    if heading := _HEADING.match(text.string):
        return Line(number, _plain(text[heading.end() :]), level=len(heading.group(1)))
    if item := re.match(r"^[-•]\s+", text.string):
        return Line(number, _plain(text[item.end() :]), item=True)
    return Line(number, _plain(text))


def is_ruler(row: Row) -> bool:
    """Whether a row is only a ruled line of hyphens, as Markdown draws under a header."""
    return bool(_RULER.match("\t".join(cell.raw.string for cell in row.cells)))


def parse_cell(raw: Text) -> Cell:
    """A cell's segments: its words between marks, tags and bullets gone, white space collapsed."""
    segments: list[Segment] = []
    mark, pieces, start = Mark.TEXT, list[Text](), 0

    def close() -> None:
        text = Text.joined(pieces, separator="").collapsed()
        dash = _DASH_BULLET.match(text.string)
        kind = Mark.ITEM if dash and mark is Mark.TEXT else mark
        text = text[dash.end() :] if dash else text
        if text.string:
            segments.append(Segment(text, Mark.NOTE if _NOTE.match(text.string) else kind))
        pieces.clear()

    for match in _BOUNDARY.finditer(raw.string):
        pieces.append(raw[start : match.start()])
        start = match.end()
        name = TAG.match(match.group("tag")) if match.group("tag") else None
        if name and name.group(1).lower() in _INLINE:
            continue
        close()
        mark = _mark_after(match.group("tag"), bool(match.group("bullet")), mark)
    pieces.append(raw[start:])
    close()
    return Cell(raw, tuple(segments))


def _mark_after(tag: str | None, bullet: bool, mark: Mark) -> Mark:
    """The mark of the piece that begins behind a boundary."""
    if bullet:
        return Mark.ITEM
    if not tag:
        return Mark.ITEM if mark is Mark.ITEM else Mark.TEXT
    name = tag.strip("</>").split()[0].lower()
    if tag.startswith("</"):
        return Mark.TEXT
    if re.fullmatch(r"h[1-6]", name):
        return Mark.HEADING
    return {"li": Mark.ITEM, "small": Mark.NOTE}.get(name, Mark.TEXT)


def _plain(text: Text) -> Text:
    """A line's words: tags and Markdown emphasis gone, white space collapsed."""
    pieces = [stripped for piece in text.split(TAG) for stripped in piece.split(_EMPHASIS)]
    return Text.joined(pieces, separator="").collapsed()
