"""Numbers and letters that a plan prints before its statements.

In: text. Out: the number that opens it, as printed and in full ("1.10" is not 1.1), and its lettered parts ("a) … b)
…", "(i) … (ii) …"). Letters count only in order, so that "(s.17)" or "A&E" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_LATIN = tuple("abcdefghijklmn")
_BRACKETED = re.compile(r"\(?\b(?P<mark>[ivx]{1,4}|[a-n])\)")
_GLUED = re.compile(r"(?<=[a-z])(?P<mark>[b-n])\)(?=\s)")
_DOTTED = re.compile(r"(?:(?<=\s)|^)(?P<mark>[a-n])\.(?=\s)")
_NUMBERS = (
    re.compile(r"\s*(\d{1,2}\s?\((?:[ivx]{1,4}|[a-h])\))\s*"),
    re.compile(r"\s*(\d{1,2}(?:[ivx]{1,4}))\)\s*"),
    re.compile(r"\s*(\d{1,2}(?:\.\d{1,3}){1,3})\.?(?:\s+|$)"),
    re.compile(r"\s*(\d{1,2}[a-z]?)[.)](?:\s+|$)"),
    re.compile(r"\s*(\d{1,2})(?:\s+(?=[A-Z][a-z]+\s+[A-Za-z])|\s*$)"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LetteredPart:
    """One lettered part: ``start`` to ``end`` are its words, without its mark; several letters may share one part."""

    letters: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lettered:
    """Text with lettered parts: what stands before the first (``intro_end`` 0: nothing), and the parts in order."""

    intro_start: int
    intro_end: int
    parts: tuple[LetteredPart, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    letter: str


def _candidates(text: str) -> Iterator[_Mark]:
    for pattern in (_BRACKETED, _GLUED, _DOTTED):
        for match in pattern.finditer(text):
            yield _Mark(match.start(), match.end(), match["mark"])


def _in_order(marks: list[_Mark], order: tuple[str, ...]) -> list[_Mark]:
    """The marks that follow one another in an order; the first may be any, since a broken row may open with "b)"."""
    chosen: list[_Mark] = []
    for mark in marks:
        if mark.letter not in order or (chosen and mark.start < chosen[-1].end):
            continue
        place = order.index(mark.letter)
        if not chosen or place == order.index(chosen[-1].letter) + 1:
            chosen.append(mark)
    return chosen


def _sequence(text: str) -> list[_Mark]:
    """The longest run of marks in order; letters before numerals where both are as long."""
    marks = sorted(_candidates(text), key=lambda m: (m.start, -m.end))
    best: list[_Mark] = []
    for order in (_LATIN, _ROMAN):
        for index, mark in enumerate(marks):
            first = mark.letter == order[0] or not text[: mark.start].strip()
            if mark.letter not in order or not (first or order.index(mark.letter) == 1):
                continue
            run = _in_order(marks[index:], order)
            if len(run) > len(best) and (len(run) > 1 or not text[: mark.start].strip()):
                best = run
    return best


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" \n,;:"))
    return start, start + len(text[start:end].rstrip(" \n,;"))


def letter_marks(text: str) -> list[tuple[int, int]]:
    """The letters in order that mark parts of a text, as the characters they take; fewer than two mark nothing."""
    marks = _sequence(text)
    return [(m.start, m.end) for m in marks] if len(marks) > 1 else []


def split_lettered(text: str) -> Lettered:
    """Cut text at its letters; "a) and b) X c) Y" is two parts, the first for both letters."""
    marks = _sequence(text)
    if not marks:
        start, end = _trim(text, 0, len(text))
        return Lettered(intro_start=start, intro_end=end, parts=())
    parts: list[LetteredPart] = []
    held: tuple[str, ...] = ()
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        start, end = _trim(text, mark.end, following.start if following else len(text))
        held += (mark.letter,)
        if following and text[start:end].strip(" ,").lower() in ("", "and", "&"):
            continue
        parts.append(LetteredPart(letters=held, start=start, end=max(start, end)))
        held = ()
    intro_start, intro_end = _trim(text, 0, marks[0].start)
    return Lettered(intro_start=intro_start, intro_end=max(intro_start, intro_end), parts=tuple(parts))


def parse_number(text: str) -> tuple[str, int] | None:
    """The number that opens a text, and where the words after it begin ("2. Embed", "1 (ii) Develop", "12 Refocus")."""
    for pattern in _NUMBERS:
        match = pattern.match(text)
        if match:
            return match[1], match.end()
    return None
