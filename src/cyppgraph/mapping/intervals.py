"""Intervals of reference.data.gov.uk, described from their addresses. In: an IRI. Out: its name and its days.

Days are inclusive, as everywhere in the graph; the service's own ends are the moment after. An address of another
pattern has no days here.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

_ADDRESS = re.compile(r"https?://reference\.data\.gov\.uk/id/([a-z-]+)/(.+)")
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?")


class Days(NamedTuple):
    """What to call an interval, and its first and last day where its address tells them."""

    name: str
    first: date | None = None
    last: date | None = None


def _month_after(day: date, months: int) -> date:
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _span(name: str, first: date, months: int) -> Days:
    return Days(name, first, _month_after(first, months) - timedelta(days=1))


@cache
def describe_interval(iri: str) -> Days:
    """Return the name and the days of an interval."""
    found = _ADDRESS.fullmatch(iri)
    if not found:
        return Days(iri)
    kind, key = found.groups()
    try:
        return _describe(kind, key) or Days(f"{kind} {key}")
    except (ValueError, IndexError):
        return Days(f"{kind} {key}")


def _describe(kind: str, key: str) -> Days | None:
    numbers = [int(n) for n in re.findall(r"\d+", key)]
    match kind:
        case "day":
            day = date.fromisoformat(key)
            return Days(f"{day.day} {day:%B %Y}", day, day)
        case "month":
            first = date(numbers[0], numbers[1], 1)
            return _span(f"{first:%B %Y}", first, 1)
        case "year":
            return _span(key, date(numbers[0], 1, 1), 12)
        case "quarter":
            return _span(f"quarter {numbers[1]} of {numbers[0]}", date(numbers[0], 3 * numbers[1] - 2, 1), 3)
        case "government-year":
            return _span(f"financial year {key}", date(numbers[0], 4, 1), 12)
        case "government-quarter":
            first = _month_after(date(numbers[0], 4, 1), 3 * (numbers[2] - 1))
            return _span(f"quarter {numbers[2]} of financial year {numbers[0]}-{numbers[1]}", first, 3)
        case "gregorian-interval":
            return _describe_span(key)
    return None


def _describe_span(key: str) -> Days | None:
    start, _, duration = key.partition("/")
    found = _DURATION.fullmatch(duration)
    if not found or duration == "P":
        return None
    years, months, days = (int(n or 0) for n in found.groups())
    first = date.fromisoformat(start[:10])
    last = _month_after(first, 12 * years + months) + timedelta(days=days - 1)
    return Days(f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}", first, last)
