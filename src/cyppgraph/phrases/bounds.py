"""What days a dated phrase allows.

In: a printed date, the words around it. Out: the kind of the phrase and its ``Bounds``. Rules: a day or a month is a
time to be done by; a year, a season or a range is a time to be done in, unless "by" stands before it; "from" and
"onwards" set no end and "until" no beginning; "before" ends on the eve; "end of" means the last day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from cyppgraph.phrases.intervals import INTERVALS, CalendarDate

DateKind = Literal["by", "during", "from", "until", "ongoing", "recurring", "invalid", "unstated"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The first and last day (inclusive; None: none set), the interval that fits exactly, and the EDTF string."""

    earliest: date | None = None
    latest: date | None = None
    interval: str | None = None
    edtf: str | None = None


def kind_of_date(before: str, after: str, found: CalendarDate) -> DateKind:
    """The kind of a phrase that holds one date and nothing else that marks time."""
    before = before.lower()
    if found.earliest is None:
        return "invalid"
    if re.match(r"\s*(?:-\s*)?onwards?\b|\s*on(?=\W*$)", after, re.IGNORECASE):
        return "from"
    if re.search(r"\b(?:from|since|starting|beginning)\s*$", before):
        return "from" if found.shape not in ("days", "months") else "during"
    if re.search(r"\b(?:until|till|up to|through to)\s*(?:the\s+)?(?:end\s+(?:of\s+)?)?$", before):
        return "until"
    if found.shape in ("day", "month") and not re.search(r"\b(?:during|throughout)\s*$", before):
        return "by"
    if (
        found.shape == "year" and not before.strip() and not after.strip()
    ):  # alone in a column of dates, a year is a deadline as a month is
        return "by"
    return "by" if re.search(r"\b(?:by|before|end|end of|end of the)\s*(?:the\s+)?$", before) else "during"


def bounds_of(kind: DateKind, before: str, found: CalendarDate) -> Bounds:
    """The bounds that a date sets in a phrase of this kind (``before``: the words before it)."""
    first, last, before = found.earliest, found.latest, before.lower()
    if first is None or last is None or found.edtf is None or kind in ("invalid", "unstated"):
        return Bounds()
    low, high = found.edtf.split("/")[0], found.edtf.split("/")[-1]
    if kind == "from":
        return Bounds(earliest=first, edtf=f"{low}/..")
    if kind == "until":
        return Bounds(latest=last, edtf=f"../{high}")
    if kind == "by" and re.search(r"\bbefore\s*(?:the\s+)?$", before):
        eve = first - timedelta(days=1)
        return Bounds(latest=eve, edtf=f"../{eve.isoformat()}")
    if kind == "by" and found.shape != "day" and re.search(r"\bend\s*(?:of\s*)?(?:the\s*)?$", before):
        return Bounds(last, last, f"{INTERVALS}day/{last.isoformat()}", last.isoformat())
    return Bounds(first, last, found.interval, found.edtf)
