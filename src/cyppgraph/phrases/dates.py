"""What a date column says, phrase by phrase.

In: the whole text of a date cell. Out: consecutive ``DatePhrase`` values that cover it, each with its kind, its bounds
and the offsets of the date proper. Rules (the design's settled readings): words before a date belong to the date that
follows, unless punctuation or a new line says otherwise; "X and ongoing" is ongoing from X; "X onwards" and "from X"
have no end; an impossible date and words without a date set no bounds. "X & termly thereafter" recurs from X: the words
say how often, which "ongoing" would lose. Deadlines inside sentences are read by ``cyppgraph.phrases.deadlines``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from cyppgraph.phrases.calendar_dates import CalendarDate, find_calendar_dates

DateKind = Literal["by", "during", "from", "until", "ongoing", "recurring", "invalid", "unstated"]


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


_ONGOING = r"\bon[\s-]?going\b|\bcontinu(?:ous(?:ly)?|ing|al|ally)\b(?=\W*$)"
_FREQUENCIES: tuple[tuple[str | None, str], ...] = (
    ("S", r"\b(?:six|6)[\s-]monthly\b|\bhalf[\s-]yearly\b|\bbi[\s-]?annual(?:ly)?\b|\btwice\s+(?:a|per|each)\s+year\b"),
    (None, r"\b(?:bi[\s-]?monthly|fortnightly|(?:half[\s-])?termly|(?:each|every|per)\s+(?:half\s+)?term)\b"),
    ("Q", r"\bquarterly\b|\b(?:each|every|per)\s+quarter\b"),
    ("M", r"\bmonthly\b|\b(?:each|every|per)\s+month\b"),
    ("W", r"\bweekly\b|\b(?:each|every|per)\s+week\b"),
    ("D", r"\bdaily\b|\b(?:each|every|per)\s+day\b"),
    (
        "A",
        r"\b(?:annually|yearly)\b|\b(?:each|every|per)\s+year\b|\bannual(?=\s*(?:$|[.,;:)\n]|\d{4}|annual|review|update))",
    ),
)
_TO_SETTLE = r"(?:^|(?<=[\n;.]))[^\S\n]*(?:t\.?b\.?[cad]\.?|to\s+be\s+(?:confirmed|agreed|advised|set|decided)|as\s+required|n/?a)[^\S\n]*(?=$|[\n;.])"
_LETTERS = r"(?:(?<=\s)|^)\(?(?:[a-h]|[ivx]{1,4})\)(?:\s*(?:,|and|&)\s*\(?(?:[a-h]|[ivx]{1,4})\))*"


@dataclass(frozen=True, slots=True)
class _Mark:
    """Something in a cell that makes a phrase, alone or with its neighbours."""

    start: int
    end: int
    kind: Literal["date", "ongoing", "frequency", "unsettled"]
    found: CalendarDate | None = None
    frequency: str | None = None


def _marks(text: str, school_year: bool) -> list[_Mark]:
    """Dates first; then words that no date has taken, in printed order."""
    marks = [_Mark(d.start, d.end, "date", d) for d in find_calendar_dates(text, school_year=school_year)]
    others = [_Mark(m.start(), m.end(), "ongoing") for m in re.finditer(_ONGOING, text, re.IGNORECASE)]
    others += [
        _Mark(m.start(), m.end(), "frequency", frequency=code)
        for code, pattern in _FREQUENCIES
        for m in re.finditer(pattern, text, re.IGNORECASE)
    ]
    others += [_Mark(m.start(), m.end(), "unsettled") for m in re.finditer(_TO_SETTLE, text, re.IGNORECASE)]
    for mark in sorted(others, key=lambda o: (o.start, -o.end)):
        if all(mark.end <= m.start or mark.start >= m.end for m in marks):
            marks.append(mark)
    return sorted(marks, key=lambda m: m.start)


def _sets_bounds(mark: _Mark) -> bool:
    return mark.found is not None and mark.found.earliest is not None


def _joined(text: str, left: _Mark, right: _Mark) -> bool:
    """Whether two neighbouring marks are one phrase."""
    gap = text[left.end : right.start]
    kinds = (left.kind, right.kind)
    if kinds == ("date", "ongoing"):
        return bool(re.fullmatch(r"\s*(?:and|&|then|,)\s*(?:then\s+)?", gap, re.IGNORECASE))
    if kinds == ("date", "frequency"):
        after = text[right.end : right.end + 12]
        return bool(re.fullmatch(r"\s*(?:and|&|then)\s*(?:then\s+)?", gap)) and after.strip().startswith("thereafter")
    if kinds == ("frequency", "date") and _sets_bounds(right):
        yearly = right.found is not None and right.found.shape in ("year", "years")
        return bool(re.fullmatch(r"\s*" if yearly else r"\s*,?\s*(?:from|until)\s*", gap, re.IGNORECASE))
    if kinds == ("ongoing", "date") and _sets_bounds(right):
        if re.search(r"[.;\n]", gap):
            return False
        if right.found is not None and right.found.shape in ("year", "years"):
            return True
        return bool(re.search(r"[-–—(]|\b(?:until|till|to|from|since)\s*$", gap)) and len(gap) < 40
    return False


def _groups(text: str, marks: list[_Mark]) -> list[list[_Mark]]:
    groups: list[list[_Mark]] = []
    for mark in marks:
        if groups and len(groups[-1]) == 1 and _joined(text, groups[-1][-1], mark):
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _cut(text: str, left: int, right: int, opening: bool) -> int:
    """Where, between two marks, the first phrase ends (``opening``: nothing stands before the gap)."""
    gap = text[left:right]
    if opening:
        return left
    trailing = re.match(r"\s*(?:onwards?\b|thereafter\b|\([^()]*\)|[)\]'’\"])+", gap)
    first = trailing.end() if trailing else 0
    letter = re.search(_LETTERS, gap[first:])
    stop = re.search(r"\n|[;.,:](?=\s|$)", gap[first:])
    if stop and not (letter and letter.start() < stop.start()):
        first += stop.end()
    return left + first


def _before(text: str, start: int, mark: _Mark) -> str:
    return text[start : mark.start].lower()


def _date_kind(before: str, after: str, found: CalendarDate) -> DateKind:
    """The kind of a phrase that holds one date and nothing else that marks time."""
    if found.earliest is None:
        return "invalid"
    if re.match(r"\s*(?:onwards?|on(?=\W*$)|-\s*onwards?)\b", after, re.IGNORECASE):
        return "from"
    if re.search(r"\b(?:from|since|starting|beginning)\s*$", before):
        return "from" if found.shape not in ("days", "months") else "during"
    if re.search(r"\b(?:until|till|up to|through to)\s*(?:the\s+)?(?:end\s+(?:of\s+)?)?$", before):
        return "until"
    if found.shape in ("day", "month") and not re.search(r"\b(?:during|throughout)\s*$", before):
        return "by"
    return "by" if re.search(r"\b(?:by|before|end|end of|end of the)\s*(?:the\s+)?$", before) else "during"


def bound(kind: DateKind, before: str, found: CalendarDate) -> dict[str, date | str | None]:
    """The bounds, interval and EDTF string that a date sets in a phrase of this kind (``before``: the words before it)."""
    first, last = found.earliest, found.latest
    if first is None or last is None or found.edtf is None or kind in ("invalid", "unstated"):
        return {}
    low, high = found.edtf.split("/")[0], found.edtf.split("/")[-1]
    if kind == "from":
        return {"earliest": first, "edtf": f"{low}/.."}
    if kind == "until":
        return {"latest": last, "edtf": f"../{high}"}
    if kind == "by" and re.search(r"\bbefore\s*(?:the\s+)?$", before):
        eve = first - timedelta(days=1)
        return {"latest": eve, "edtf": f"../{eve.isoformat()}"}
    if kind == "by" and found.shape != "day" and re.search(r"\bend\s*(?:of\s*)?(?:the\s*)?$", before):
        iso = last.isoformat()
        return {"earliest": last, "latest": last, "interval": f"http://reference.data.gov.uk/id/day/{iso}", "edtf": iso}
    return {"earliest": first, "latest": last, "interval": found.interval, "edtf": found.edtf}


def _ongoing_bounds(text: str, group: list[_Mark]) -> dict[str, date | str | None]:
    """From what an ongoing or recurring phrase runs, and to what where an end is printed."""
    dated = next((m for m in group if m.kind == "date"), None)
    if dated is None or dated.found is None:
        return {}
    if group[0] is dated:
        return bound("from", "", dated.found)
    between = text[group[0].end : dated.start].lower()
    if re.search(r"\b(?:from|since|started|starting|commenced|began)\b", between):
        return bound("from", "", dated.found)
    if dated.found.shape in ("year", "years") and not re.search(r"\b(?:until|till|to)\s*$", between):
        return bound("during", "", dated.found)
    return bound("until", "", dated.found)


def _phrase(text: str, start: int, end: int, group: list[_Mark]) -> DatePhrase:
    first, last = group[0], group[-1]
    kinds = {mark.kind for mark in group}
    letters = re.match(r"\s*" + _LETTERS.replace(r"(?:(?<=\s)|^)", ""), text[start:end])
    base = DatePhrase(
        start=start,
        end=end,
        kind="unstated",
        date_start=first.start,
        date_end=last.end,
        letters=tuple(re.findall(r"[a-z]+(?=\))", letters[0])) if letters else (),
    )
    if "frequency" in kinds:
        code = next(m.frequency for m in group if m.kind == "frequency")
        return replace(base, kind="recurring", frequency=code, **_ongoing_bounds(text, group))  # type: ignore[arg-type]
    if "ongoing" in kinds:
        return replace(base, kind="ongoing", **_ongoing_bounds(text, group))  # type: ignore[arg-type]
    if first.found is None:
        return base
    before = _before(text, start, first)
    kind = _date_kind(before, text[last.end : end], first.found)
    return replace(base, kind=kind, **bound(kind, before, first.found))  # type: ignore[arg-type]


def parse_dates(text: str, *, school_year: bool = False) -> list[DatePhrase]:
    """Read the whole text of a date cell (``school_year``: a pair of years runs from September).

    Every character that is no white space lies in exactly one phrase. No words: no phrases.
    """
    if not text.strip():
        return []
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    groups = _groups(text, _marks(text, school_year))
    if not groups:
        return [DatePhrase(start=first, end=last, kind="unstated", date_start=first, date_end=last)]
    cuts = [first]
    for left, right in zip(groups, groups[1:], strict=False):
        cuts.append(_cut(text, left[-1].end, right[0].start, opening=False))
    cuts.append(last)
    phrases = []
    for group, low, high in zip(groups, cuts, cuts[1:], strict=False):
        piece = text[low:high]
        start = low + len(piece) - len(piece.lstrip())
        phrases.append(_phrase(text, start, low + len(piece.rstrip()), group))
    return phrases
