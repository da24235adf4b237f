"""What a date column says, phrase by phrase.

In: the whole text of a date cell. Out: consecutive ``DatePhrase`` values that cover it, each with its kind, its bounds
and the offsets of the date proper. Rules (the design's settled readings): words before a date belong to the date that
follows, unless punctuation or a new line says otherwise; "X and ongoing" is ongoing from X; "X onwards" and "from X"
have no end; an impossible date and words without a date set no bounds. "X & termly thereafter" recurs from X: the words
say how often, which "ongoing" would lose. Deadlines inside sentences are read by ``cyppgraph.phrases.deadlines``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from cyppgraph.phrases.bounds import Bounds, DateKind, bounds_of, kind_of_date
from cyppgraph.phrases.date_marks import Mark, find_marks


@dataclass(frozen=True, slots=True, kw_only=True)
class DatePhrase:
    """One date as printed (``start`` to ``end``) and as understood.

    ``date_start`` to ``date_end`` is the date without the words around it; ``earliest`` and ``latest`` are inclusive;
    ``frequency`` is an SDMX code (A, S, Q, M, W, D; None where there is none, as for "termly"); ``letters`` are those
    of the lettered parts it is printed for ("a) and b) September 2013").
    """

    start: int
    end: int
    kind: DateKind
    date_start: int
    date_end: int
    earliest: date | None = None
    latest: date | None = None
    interval: str | None = None
    edtf: str | None = None
    frequency: str | None = None
    letters: tuple[str, ...] = ()


_LETTER = r"\(?(?:[a-h]|[ivx]{1,4})\)"
_LETTERS = re.compile(rf"(?<!\w){_LETTER}(?:\s*(?:,|and|&)?\s*{_LETTER})*")
_AND = re.compile(r"\s*(?:and|&|then|,|-|–|—)\s*(?:then\s+)?", re.IGNORECASE)
_THEN = re.compile(r"\s*(?:and|&|,|-|–)?\s*then\s+", re.IGNORECASE)
_TRAILING = re.compile(r"\s*(?:onwards?\b|thereafter\b|\([^()]*\)|[)\]'’\"])+", re.IGNORECASE)


def _joined(text: str, left: Mark, right: Mark) -> bool:
    """Whether two neighbouring marks are one phrase."""
    gap = text[left.end : right.start]
    kinds = (left.kind, right.kind)
    if kinds == ("date", "ongoing"):
        return _AND.fullmatch(gap) is not None
    if kinds == ("date", "frequency"):
        thereafter = re.match(r"\s*thereafter\b", text[right.end :], re.IGNORECASE)
        return _THEN.fullmatch(gap) is not None or (thereafter is not None and _AND.fullmatch(gap) is not None)
    if kinds == ("frequency", "date") and right.dated:
        return re.fullmatch(r"\s*" if right.yearly else r"\s*,?\s*\(?(?:from|until)\s*", gap, re.IGNORECASE) is not None
    if kinds != ("ongoing", "date") or not right.dated or re.search(r"[.;\n]", gap):
        return False
    led = re.search(r"[-–—(]|\b(?:until|till|to|from|since)\s*$", gap)
    return right.yearly or (led is not None and len(gap) < 40)


def _groups(text: str, marks: list[Mark]) -> list[list[Mark]]:
    groups: list[list[Mark]] = []
    for mark in marks:
        if groups and len(groups[-1]) == 1 and _joined(text, groups[-1][-1], mark):
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _cut(text: str, left: int, right: int) -> int:
    """Where, in the gap between two marks, the first phrase ends."""
    gap = text[left:right]
    trailing = _TRAILING.match(gap)
    first = trailing.end() if trailing else 0
    letter = _LETTERS.search(gap, first)
    stop = re.compile(r"\n|[;.,:](?=\s|$)").search(gap, first)
    if stop and not (letter and letter.start() < stop.start()):
        first = stop.end()
    return left + first


def _bounds_beside(text: str, group: list[Mark]) -> Bounds:
    """From what an ongoing or recurring phrase runs, and to what where an end is printed."""
    dated = next((m for m in group if m.kind == "date"), None)
    if dated is None or dated.found is None:
        return Bounds()
    between = text[group[0].end : dated.start].lower()
    if group[0] is dated or re.search(r"\b(?:from|since|started|starting|commenced|began)\b", between):
        return bounds_of("from", "", dated.found)
    if dated.yearly and not re.search(r"\b(?:until|till|to)\s*$", between):
        return bounds_of("during", "", dated.found)
    return bounds_of("until", "", dated.found)


def _phrase(text: str, start: int, end: int, group: list[Mark]) -> DatePhrase:
    first, last = group[0], group[-1]
    marks = {mark.kind: mark for mark in group}
    kind: DateKind = "unstated"
    bounds, frequency = Bounds(), None
    if "frequency" in marks or "ongoing" in marks:
        kind = "recurring" if "frequency" in marks else "ongoing"
        frequency = marks["frequency"].frequency if "frequency" in marks else None
        bounds = _bounds_beside(text, group)
    elif first.found is not None:
        before = text[start : first.start]
        kind = kind_of_date(before, text[last.end : end], first.found)
        bounds = bounds_of(kind, before, first.found)
    letters = _LETTERS.match(text, start, end)
    return DatePhrase(
        start=start,
        end=end,
        kind=kind,
        date_start=first.start,
        date_end=last.end,
        earliest=bounds.earliest,
        latest=bounds.latest,
        interval=bounds.interval,
        edtf=bounds.edtf,
        frequency=frequency,
        letters=tuple(re.findall(r"[a-z]+(?=\))", letters[0])) if letters else (),
    )


def parse_dates(text: str, *, school_year: bool = False) -> list[DatePhrase]:
    """Read the whole text of a date cell (``school_year``: a pair of years runs from September).

    Every character that is no white space lies in exactly one phrase. No words: no phrases.
    """
    if not text.strip():
        return []
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    groups = _groups(text, find_marks(text, school_year=school_year))
    if not groups:
        return [DatePhrase(start=first, end=last, kind="unstated", date_start=first, date_end=last)]
    cuts = [first, *(_cut(text, left[-1].end, right[0].start) for left, right in pairwise(groups)), last]
    phrases = []
    for group, (low, high) in zip(groups, pairwise(cuts), strict=True):
        piece = text[low:high]
        start = low + len(piece) - len(piece.lstrip())
        phrases.append(_phrase(text, start, low + len(piece.rstrip()), group))
    return phrases
