"""The source beside what was read from it. In: an edition, an element. Out: the document's words, some marked.

One query. A quotation is marked where it is printed: in a cell that holds just that, else where it stands as whole
words. One that stands in no cell, or in several places so that nobody can tell which is meant, is shown on its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from cyppgraph.store import Edition, read_texts

_SOURCES = """
SELECT DISTINCT ?part ?passage ?words ?first ?last ?document ?cell ?place ?heading ?text {{
  {{ {thing} cypp:source ?passage BIND ("words" AS ?part) }}
  UNION {{ {thing} cypp:due/cypp:source ?passage BIND ("date" AS ?part) }}
  UNION {{ {thing} cypp:hasLead/cypp:source ?passage BIND ("lead" AS ?part) }}
  UNION {{ {thing} cypp:sourceRow ?passage BIND ("row" AS ?part)
    OPTIONAL {{ ?passage cypp:hasCell ?cell
      OPTIONAL {{ ?cell cypp:position ?place }}
      OPTIONAL {{ ?cell cypp:columnHeading ?heading }}
      OPTIONAL {{ ?cell cypp:cellText ?text }} }} }}
  OPTIONAL {{ ?passage cypp:quote ?words }}
  OPTIONAL {{ ?passage cypp:firstLine ?first }}
  OPTIONAL {{ ?passage cypp:lastLine ?last }}
  OPTIONAL {{ ?passage cypp:sourceDocument ?document }}
}}
"""
_FAR = 10**9


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the document's words; ``part`` says what was read from them ("words", "date", "lead"), or nothing."""

    text: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A cell under its heading, or a passage: its pieces, its lines, the IRIs of passage and document."""

    heading: str
    pieces: Sequence[Piece]
    first: str
    last: str
    passage: str
    document: str

    @property
    def lines(self) -> str:
        """Its lines in words."""
        if not self.first:
            return ""
        return f"line {self.first}" if self.last in ("", self.first) else f"lines {self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class _Quote:
    part: str
    words: str
    first: str
    last: str
    passage: str
    document: str


def read_source(edition: Edition, iri: str) -> tuple[list[list[Excerpt]], list[Excerpt]]:
    """Return the rows that an element was read from, as cells, and the passages that have no place in them."""
    cells: dict[str, tuple[int, str, str, _Quote]] = {}
    quotes: dict[str, _Quote] = {}
    for part, passage, words, first, last, document, cell, place, heading, text in sorted(
        read_texts(edition, _SOURCES.format(thing=ox.NamedNode(iri))), key=lambda row: (row[0] != "words", row)
    ):
        quote = _Quote(part, words, first, last, passage, document)
        if cell:
            cells.setdefault(cell, (_count(place), heading, text, quote))
        elif part != "row":
            quotes.setdefault(passage, quote)
        elif words:
            cells.setdefault(passage, (_FAR, "", words, quote))
    rows: dict[str, list[tuple[int, str, str, _Quote]]] = {}
    for each in sorted(cells.values(), key=lambda cell: (_count(cell[3].first), *cell[:3])):
        rows.setdefault(each[3].passage, []).append(each)
    placed: set[str] = set()
    marked = [_mark_row(row, list(quotes.values()), placed) for row in rows.values()]
    alone = [
        _excerpt("", [Piece(each.words, each.part)], each) for each in quotes.values() if each.passage not in placed
    ]
    return marked, sorted(alone, key=lambda each: _count(each.first))


def _mark_row(row: Sequence[tuple[int, str, str, _Quote]], quotes: Sequence[_Quote], placed: set[str]) -> list[Excerpt]:
    """Mark in a row what was read from its lines, and note which passages have their place."""
    lines = row[0][3]
    own = [each for each in quotes if _count(lines.first) <= _count(each.first) <= _count(each.last or each.first)]
    own = [each for each in own if _count(each.last or each.first) <= _count(lines.last or lines.first)]
    marked, unplaced = mark_quotes([text for _, _, text, _ in row], [(each.words, each.part) for each in own])
    placed.update(each.passage for each in own if (each.words, each.part) not in unplaced)
    return [_excerpt(heading, pieces, quote) for (_, heading, _, quote), pieces in zip(row, marked, strict=True)]


def _excerpt(heading: str, pieces: Sequence[Piece], quote: _Quote) -> Excerpt:
    return Excerpt(heading, pieces, quote.first, quote.last, quote.passage, quote.document)


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else _FAR


def mark_quotes(
    texts: Sequence[str], quotes: Sequence[tuple[str, str]]
) -> tuple[list[list[Piece]], set[tuple[str, str]]]:
    """Cut texts where quotations stand in them.

    Args:
        texts: the words of cells.
        quotes: words and what was read from them.

    Returns:
        The pieces of each text, and the quotations that have no place of their own.
    """
    spans: list[list[tuple[int, int, str]]] = [[] for _ in texts]
    unplaced = set()
    for words, part in sorted(dict.fromkeys(quotes), key=lambda each: -len(each[0])):
        place = _find(texts, words) if words.strip() else None
        if place is None:
            unplaced.add((words, part))
            continue
        number, start, end = place
        if all(end <= before or start >= after for before, after, _ in spans[number]):
            spans[number].append((start, end, part))
    return [_cut(text, sorted(taken)) for text, taken in zip(texts, spans, strict=True)], unplaced


def _find(texts: Sequence[str], words: str) -> tuple[int, int, int] | None:
    """Return the text, start and end of a quotation; None where it stands nowhere, or it cannot be told where."""
    alone = [number for number, text in enumerate(texts) if text.strip() == words.strip()]
    if len(alone) == 1:
        return alone[0], 0, len(texts[alone[0]])
    start = r"(?<!\w)" if words[0].isalnum() else ""
    end = r"(?!\w)" if words[-1].isalnum() else ""
    whole = re.compile(start + re.escape(words) + end)
    hits = [(number, *hit.span()) for number, text in enumerate(texts) for hit in whole.finditer(text)]
    return hits[0] if len(hits) == 1 else None


def _cut(text: str, spans: Sequence[tuple[int, int, str]]) -> list[Piece]:
    pieces, done = [], 0
    for start, end, part in spans:
        pieces += [Piece(text[done:start]), Piece(text[start:end], part)]
        done = end
    return [piece for piece in (*pieces, Piece(text[done:])) if piece.text]
