"""Dates that a sentence sets for itself.

In: the text of a measure or an action. Out: ``DatePhrase`` values for dates introduced by by, in, from, until, before,
during, over or "end of". Rule: a date counts only where the statement is to happen then. What the date merely tells of
something else is passed over: a baseline ("from March 2011 baseline"), a name ("Care Act 2014"), a date that qualifies
the noun after it ("in the 2011 survey", "in 2012/13 CYPP"), and what was done already ("identified in 2010").
Impossible dates are passed over as well: a sentence is no date column.
"""

from __future__ import annotations

import re

from cyppgraph.phrases.bounds import DateKind, bounds_of
from cyppgraph.phrases.calendar_dates import find_calendar_dates
from cyppgraph.phrases.dates import DatePhrase
from cyppgraph.phrases.intervals import CalendarDate

_INTRODUCTION = re.compile(
    r"(?<![a-z])(?P<word>by|in|from|until|till|before|during|throughout|over|end of|at the end of)\s+"
    r"(?P<end>(?:the\s+)?end(?:\s+of)?\s+)?(?P<the>the\s+)?(?P<part>(?:early|mid|late|beginning\s+of)[\s-]+)?$",
    re.IGNORECASE,
)
_DONE_ALREADY = re.compile(
    r"(?<!be )\b(?:identified|noted|published|found|established|launched|adopted|inspected|produced|than)\s+$",
    re.IGNORECASE,
)
_QUALIFIES = re.compile(
    r"[\s-]*(?:baselines?|levels?|figures?|rates?|surveys?|outturns?|results?|reports?|inspections?|data)\b"
    r"|\s*[)\]]?\s*\(?(?:baseline)\b",
    re.IGNORECASE,
)
_KINDS: dict[str, DateKind] = {
    "from": "from",
    "until": "until",
    "till": "until",
    "during": "during",
    "throughout": "during",
    "over": "during",
}


def _is_name(found: CalendarDate, after: str) -> bool:
    """Whether the date only qualifies the words after it, or the subject of the verb after it."""
    if _QUALIFIES.match(after) or re.match(r"\s+(?:is|are|was|were|has|have)\b", after):
        return True
    bare_year = found.shape in ("year", "years")
    return bare_year and bool(re.match(r" [A-Z][A-Za-z]+", after))


def _deadline(text: str, found: CalendarDate) -> DatePhrase | None:
    introduction = _INTRODUCTION.search(text[: found.start])
    if introduction is None or found.earliest is None or _is_name(found, text[found.end :]):
        return None
    word = introduction["word"].lower()
    season = found.shape in ("season", "quarter")
    if introduction["the"] and not (season or introduction["end"]):
        return None
    if word in ("in", "from", "over") and _DONE_ALREADY.search(text[: introduction.start()]):
        return None
    ranged = found.shape in ("days", "months", "years", "year", "season", "quarter")
    kind = _KINDS.get(word, "during" if word == "in" and ranged else "by")
    if kind == "from" and found.shape in ("days", "months", "years"):
        kind = "during"
    before = text[introduction.start() : found.start]
    bounds = bounds_of(kind, before, found)
    return DatePhrase(
        start=introduction.start(),
        end=found.end,
        kind=kind,
        date_start=found.start,
        date_end=found.end,
        earliest=bounds.earliest,
        latest=bounds.latest,
        interval=bounds.interval,
        edtf=bounds.edtf,
    )


def find_deadlines(text: str) -> list[DatePhrase]:
    """The dates that a running text sets for what it states, in order."""
    return [phrase for found in find_calendar_dates(text) if (phrase := _deadline(text, found)) is not None]
