"""Stretches of days, and the names that linked data gives them.

In: numbers of years, months and days. Out: ``CalendarDate`` values with bounds, a reference.data.gov.uk interval and an
EDTF string; without any where no calendar has the days or the year is not one that a plan could mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

INTERVALS = "http://reference.data.gov.uk/id/"
FIRST_YEAR, LAST_YEAR = 1990, 2099
_SEASONS = {"spring": (3, 5, 21), "summer": (6, 8, 22), "autumn": (9, 11, 23), "winter": (12, 2, 24)}
_TERMS = {"autumn": (9, 12), "spring": (1, 4), "summer": (4, 7), "winter": (1, 4)}


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """One printed date: where it stands, the days it covers (both None if impossible), and what it is.

    ``shape`` is day, days, month, months, year, years, season or quarter; ``interval`` a reference.data.gov.uk
    interval where one fits exactly; ``edtf`` its Extended Date/Time Format string, level 1.
    """

    start: int
    end: int
    shape: str
    earliest: date | None = None
    latest: date | None = None
    interval: str | None = None
    edtf: str | None = None


def full_year(digits: str) -> int:
    """A printed year, two digits meaning 1990 to 2089."""
    number = int(digits)
    if len(digits) == 2:
        return number + (1900 if number >= FIRST_YEAR - 1900 else 2000)
    return number


def calendar_day(year: int, month: int, day: int) -> date | None:
    """A day, None where no calendar has it."""
    try:
        return date(year, month, day) if _meant(year) else None
    except ValueError:
        return None


def _meant(*years: int) -> bool:
    return all(FIRST_YEAR <= year <= LAST_YEAR for year in years)


def _month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _gregorian(first: date, last: date) -> str:
    """The interval from one day to another as an IRI, in whole months where it is whole months."""
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        length = f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"
    else:
        length = f"P{(last - first).days + 1}D"
    return f"{INTERVALS}gregorian-interval/{first.isoformat()}T00:00:00/{length}"


def one_day(start: int, end: int, day: date | None) -> CalendarDate:
    """A day."""
    if day is None:
        return CalendarDate(start, end, "day")
    return CalendarDate(start, end, "day", day, day, f"{INTERVALS}day/{day.isoformat()}", day.isoformat())


def days_between(start: int, end: int, first: date | None, last: date | None) -> CalendarDate:
    """From one day to another."""
    if first is None or last is None or last < first:
        return CalendarDate(start, end, "days")
    return CalendarDate(start, end, "days", first, last, _gregorian(first, last), f"{first}/{last}")


def months_between(
    start: int, end: int, first: tuple[int, int], last: tuple[int, int], shape: str = "months"
) -> CalendarDate:
    """Whole months, from (year, month) to (year, month)."""
    possible = 1 <= first[1] <= 12 and 1 <= last[1] <= 12
    if not _meant(first[0], last[0]) or not possible or last < first:
        return CalendarDate(start, end, shape)
    low, high = date(*first, 1), _month_end(*last)
    if first == last:
        edtf = f"{low:%Y-%m}"
        return CalendarDate(start, end, "month", low, high, f"{INTERVALS}month/{edtf}", edtf)
    return CalendarDate(start, end, shape, low, high, _gregorian(low, high), f"{low:%Y-%m}/{high:%Y-%m}")


def one_month(start: int, end: int, year: int, month: int) -> CalendarDate:
    """A month."""
    return months_between(start, end, (year, month), (year, month), "month")


def one_year(start: int, end: int, year: int) -> CalendarDate:
    """A calendar year."""
    if not _meant(year):
        return CalendarDate(start, end, "year")
    first, last = date(year, 1, 1), date(year, 12, 31)
    return CalendarDate(start, end, "year", first, last, f"{INTERVALS}year/{year}", str(year))


def years_between(start: int, end: int, low: int, high: int, *, school: bool) -> CalendarDate | None:
    """Two years: one financial (or school) year where the second follows the first, else all of both and between."""
    if not _meant(low, high) or high <= low:
        return None
    if high > low + 1:
        first, last = date(low, 1, 1), date(high, 12, 31)
        return CalendarDate(start, end, "years", first, last, _gregorian(first, last), f"{low}/{high}")
    found = months_between(start, end, (low, 9 if school else 4), (high, 8 if school else 3), "year")
    interval = found.interval if school else f"{INTERVALS}government-year/{low}-{high}"
    return CalendarDate(start, end, "year", found.earliest, found.latest, interval, found.edtf)


def school_term(start: int, end: int, term: str, year: int, *, of_school_year: bool) -> CalendarDate:
    """A term; of "2012/13" the spring and summer terms lie in the second year."""
    first, last = _TERMS[term]
    year += int(of_school_year and first < 9)
    return months_between(start, end, (year, first), (year, last), "season")


def seasons_between(start: int, end: int, first: str, last: str, year: int) -> CalendarDate:
    """One season, or from one to another, of a year; winter begins in December."""
    if not _meant(year):
        return CalendarDate(start, end, "season")
    low, high = date(year, _SEASONS[first][0], 1), _month_end(year + (last == "winter"), _SEASONS[last][1])
    if high < low:
        return CalendarDate(start, end, "season")
    edtf = f"{year}-{_SEASONS[first][2]}" if first == last else f"{low:%Y-%m}/{high:%Y-%m}"
    return CalendarDate(start, end, "season", low, high, _gregorian(low, high), edtf)


def quarter_of(start: int, end: int, quarter: int, year: int, *, financial: bool) -> CalendarDate:
    """A quarter of a calendar year, or of the financial year that begins in it."""
    first = 3 * quarter - 2 + (3 if financial else 0)
    year, first = (year + 1, first - 12) if first > 12 else (year, first)
    return months_between(start, end, (year, first), (year, first + 2), "quarter")
