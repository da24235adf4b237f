"""What marks time in a date column: dates, "ongoing", frequencies, and words that say that it is not settled.

In: the text of a cell. Out: ``Mark`` values in printed order, never overlapping. "Annual" marks a frequency only where
it stands alone or before a year or a review: "Annual data published" tells what, not when. "Termly" and "fortnightly"
recur without a code, since SDMX has none for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from cyppgraph.phrases.calendar_dates import find_calendar_dates
from cyppgraph.phrases.intervals import CalendarDate

_ONGOING = r"\bon[\s-]?going\b|\bcontinu(?:ous(?:ly)?|ing|al|ally)\b(?=\W*$)"
_EACH = r"(?:each|every|per)\s+"
_FREQUENCIES: tuple[tuple[str | None, str], ...] = (
    ("S", r"\b(?:six|6)[\s-]monthly\b|\bhalf[\s-]yearly\b|\bbi[\s-]?annual(?:ly)?\b|\btwice\s+(?:a|per|each)\s+year\b"),
    (None, rf"\b(?:bi[\s-]?monthly|fortnightly|(?:half[\s-])?termly|{_EACH}(?:half\s+)?term)\b"),
    ("Q", rf"\bquarterly\b|\b{_EACH}quarter\b"),
    ("M", rf"\bmonthly\b|\b{_EACH}month\b"),
    ("W", rf"\bweekly\b|\b{_EACH}week\b"),
    ("D", rf"\bdaily\b|\b{_EACH}day\b"),
    ("A", rf"\b(?:annually|yearly)\b|\b{_EACH}year\b|\bannual(?=\s*(?:$|[.,;:)\n]|\d{{4}}|annual|review|update))"),
)
_UNSETTLED = (
    r"(?:^|(?<=[\n;.]))[^\S\n]*(?:t\.?b\.?[cad]\.?|to\s+be\s+(?:confirmed|agreed|advised|set|decided)|as\s+required|n/?a)"
    r"[^\S\n]*(?=$|[\n;.])"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in a cell that makes a phrase, alone or with its neighbours."""

    start: int
    end: int
    kind: Literal["date", "ongoing", "frequency", "unsettled"]
    found: CalendarDate | None = None
    frequency: str | None = None

    @property
    def dated(self) -> bool:
        """Whether it is a date that a calendar has."""
        return self.found is not None and self.found.earliest is not None

    @property
    def yearly(self) -> bool:
        """Whether it is a year or years."""
        return self.found is not None and self.found.shape in ("year", "years")


def find_marks(text: str, *, school_year: bool) -> list[Mark]:
    """Dates, and the other marks that stand outside them."""
    marks = [Mark(d.start, d.end, "date", d) for d in find_calendar_dates(text, school_year=school_year)]
    others = [Mark(m.start(), m.end(), "ongoing") for m in re.finditer(_ONGOING, text, re.IGNORECASE)]
    for code, pattern in _FREQUENCIES:
        others += [Mark(*m.span(), "frequency", frequency=code) for m in re.finditer(pattern, text, re.IGNORECASE)]
    others += [Mark(m.start(), m.end(), "unsettled") for m in re.finditer(_UNSETTLED, text, re.IGNORECASE)]
    for mark in sorted(others, key=lambda o: (o.start, -o.end)):
        if all(mark.end <= m.start or mark.start >= m.end for m in marks):
            marks.append(mark)
    return sorted(marks, key=lambda m: m.start)
