"""Dates as British plans print them, each found and given its bounds.

In: text. Out: ``CalendarDate`` values in printed order, never overlapping. Day comes before month; a pair of years
whose second follows the first is a financial year, April to March (a school year, September to August, only if asked);
a two-digit year is of this century up to 89. Seasons run as the Met Office counts them, terms from the first to the
last month in which English schools hold them. A date that no calendar has ("31/09/21", "June 1012") is found too, and
has no bounds. Refused: months and seasons without a year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

INTERVALS = "http://reference.data.gov.uk/id/"
FIRST_YEAR, LAST_YEAR = 1990, 2100


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


MONTH_NUMBERS = {
    name: n
    for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_MONTH = (
    r"(?:(?<![A-Za-z])(?:jan(?:uary)?|feb(?:ruary)?|(?-i:M[aA][rR])(?:ch)?|apr(?:il)?|(?-i:M[aA][yY])|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z]))\.?"
)
_YEAR = r"(?:\d{4}|['’‘`]?\d{2})(?!\d|[/.:]\d|%|st\b|nd\b|rd\b|th\b)"
_YEAR_GAP = r"[\s,.'’‘`-]{0,3}"
_TO = r"\s{0,3}(?:-|–|—|\bto\b|\buntil\b|\btill\b)\s{0,3}"
_OR = r"\s{0,3}(?:-|–|—|/|&|\bto\b|\band\b|\buntil\b|\btill\b)\s{0,3}"
_NUMERIC_DAY = r"(?<![\d/.])\d{1,2}([/.-])\d{1,2}%s(?:\d{4}|\d{2})(?!\d|[/.]\d)"
_TEXT_DAY = rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s{{0,2}}{_MONTH}{_YEAR_GAP}{_YEAR}"
_PAIR = r"(?<![\d/.])\d{4}\s?[-–—/]\s?(?:\d{4}|\d{2})(?!\d|[/.]\d|%)"
_SEASONS = {"spring": (3, 5, 21), "summer": (6, 8, 22), "autumn": (9, 11, 23), "winter": (12, 2, 24)}
_TERMS = {"autumn": (9, 12), "spring": (1, 4), "summer": (4, 7), "winter": (1, 4)}


def _year(text: str) -> int:
    """A printed year, two digits meaning 1990 to 2089."""
    digits = re.sub(r"\D", "", text)
    number = int(digits)
    if len(digits) == 2:
        return number + (1900 if number >= FIRST_YEAR - 1900 else 2000)
    return number


def _month(text: str) -> int:
    return MONTH_NUMBERS[text.strip().lower()[:3]]


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year < LAST_YEAR else None
    except ValueError:
        return None


def _in_range(*years: int) -> bool:
    return all(FIRST_YEAR <= year < LAST_YEAR for year in years)


def _gregorian(first: date, last: date) -> str:
    """The interval from one day to another as an IRI, in whole months where it is whole months."""
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        length = f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"
    else:
        length = f"P{(last - first).days + 1}D"
    return f"{INTERVALS}gregorian-interval/{first.isoformat()}T00:00:00/{length}"


def _days(start: int, end: int, first: date | None, last: date | None) -> CalendarDate:
    if first is None or last is None or last < first:
        return CalendarDate(start, end, "days")
    edtf = f"{first.isoformat()}/{last.isoformat()}"
    return CalendarDate(start, end, "days", first, last, _gregorian(first, last), edtf)


def _months(start: int, end: int, first: tuple[int, int], last: tuple[int, int], shape: str = "months") -> CalendarDate:
    """Whole months, from (year, month) to (year, month)."""
    if not _in_range(first[0], last[0]) or last < first:
        return CalendarDate(start, end, shape)
    low, high = date(*first, 1), month_end(*last)
    if first == last:
        edtf = f"{low:%Y-%m}"
        return CalendarDate(start, end, "month", low, high, f"{INTERVALS}month/{edtf}", edtf)
    return CalendarDate(start, end, shape, low, high, _gregorian(low, high), f"{low:%Y-%m}/{high:%Y-%m}")


def _one_day(start: int, end: int, day: date | None) -> CalendarDate:
    if day is None:
        return CalendarDate(start, end, "day")
    return CalendarDate(start, end, "day", day, day, f"{INTERVALS}day/{day.isoformat()}", day.isoformat())


def _read_day(text: str) -> date | None:
    """A day printed as numbers ("31/03/13") or with its month's name ("3 March 2011")."""
    numeric = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2,4})", text)
    if numeric:
        return _day(_year(numeric[3]), int(numeric[2]), int(numeric[1]))
    named = re.fullmatch(r"(\d{1,2})[a-z]{0,2}(?:\s+of)?\s*([A-Za-z]+)\W*(\d+)", text, re.IGNORECASE)
    return _day(_year(named[3]), _month(named[2]), int(named[1])) if named else None


def _build_day_range(m: re.Match[str], _: bool) -> CalendarDate:
    return _days(m.start(), m.end(), _read_day(m["first"]), _read_day(m["last"]))


def _build_day(m: re.Match[str], _: bool) -> CalendarDate:
    return _one_day(m.start(), m.end(), _read_day(m[0]))


def _build_month_first_day(m: re.Match[str], _: bool) -> CalendarDate:
    return _one_day(m.start(), m.end(), _day(int(m["y"]), _month(m["m"]), int(m["d"])))


def _build_month_range(m: re.Match[str], _: bool) -> CalendarDate:
    first, last, year = _month(m["m1"]), _month(m["m2"]), _year(m["y2"])
    first_year = _year(m["y1"]) if m["y1"] else year - (last < first)
    return _months(m.start(), m.end(), (first_year, first), (year, last))


def _build_month(m: re.Match[str], _: bool) -> CalendarDate:
    return _months(m.start(), m.end(), (_year(m["y"]), _month(m["m"])), (_year(m["y"]), _month(m["m"])), "month")


def _build_numeric_month(m: re.Match[str], _: bool) -> CalendarDate:
    month, year = int(m["m"]), int(m["y"])
    if not 1 <= month <= 12:
        return CalendarDate(m.start(), m.end(), "month")
    return _months(m.start(), m.end(), (year, month), (year, month), "month")


def _build_season(m: re.Match[str], _: bool) -> CalendarDate | None:
    season, year = m["season"].lower(), _year(m["y"][:4])
    if not _in_range(year):
        return CalendarDate(m.start(), m.end(), "season")
    if m["term"]:
        first, last = _TERMS[season]
        year += int(bool(re.search(r"[-–/]", m["y"])) and first < 9)
        return _months(m.start(), m.end(), (year, first), (year, last), "season")
    first, last, code = _SEASONS[season]
    low, high = date(year, first, 1), month_end(year + (last < first), last)
    return CalendarDate(m.start(), m.end(), "season", low, high, _gregorian(low, high), f"{year}-{code}")


def _build_quarter(m: re.Match[str], _: bool) -> CalendarDate:
    pair, quarter, year = re.search(r"[-–/]", m["y"]), int(m["q"]), _year(m["y"][:4])
    first = 3 * quarter - 2 + (3 if pair else 0)
    year, first = (year + 1, first - 12) if first > 12 else (year, first)
    return _months(m.start(), m.end(), (year, first), (year, first + 2), "quarter")


def _build_year_pair(m: re.Match[str], school: bool) -> CalendarDate | None:
    first, second = re.findall(r"\d+", m[0])
    low, high = int(first), int(second) if len(second) == 4 else int(first[:2] + second)
    if not _in_range(low, high) or high <= low:
        return None
    if high > low + 1:
        interval = _gregorian(date(low, 1, 1), date(high, 12, 31))
        return CalendarDate(m.start(), m.end(), "years", date(low, 1, 1), date(high, 12, 31), interval, f"{low}/{high}")
    found = _months(m.start(), m.end(), (low, 9 if school else 4), (high, 8 if school else 3), "year")
    return found if school else replace(found, interval=f"{INTERVALS}government-year/{low}-{high}")


def _build_year(m: re.Match[str], _: bool) -> CalendarDate:
    year = int(m[0])
    return CalendarDate(
        m.start(), m.end(), "year", date(year, 1, 1), date(year, 12, 31), f"{INTERVALS}year/{year}", m[0]
    )


_Builder = Callable[[re.Match[str], bool], CalendarDate | None]
_ANY_DAY = _NUMERIC_DAY.replace("([/.-])", "[/.-]") % "[/.-]"
_FORMS: tuple[tuple[re.Pattern[str], _Builder], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), builder)
    for pattern, builder in (
        (rf"(?P<first>{_ANY_DAY}|{_TEXT_DAY}){_TO}(?P<last>{_ANY_DAY}|{_TEXT_DAY})", _build_day_range),
        (_NUMERIC_DAY % r"\1", _build_day),
        (_TEXT_DAY, _build_day),
        (
            rf"(?P<m>{_MONTH})\s{{0,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<y>\d{{4}})(?!\d)",
            _build_month_first_day,
        ),
        (
            rf"(?P<m1>{_MONTH}){_YEAR_GAP}(?P<y1>{_YEAR}){_TO}(?P<m2>{_MONTH}){_YEAR_GAP}(?P<y2>{_YEAR})",
            _build_month_range,
        ),
        (rf"(?P<m1>{_MONTH})(?P<y1>){_OR}(?P<m2>{_MONTH}){_YEAR_GAP}(?P<y2>{_YEAR})", _build_month_range),
        (rf"(?P<m>{_MONTH}){_YEAR_GAP}(?P<y>{_YEAR})", _build_month),
        (r"(?<![\d/.])(?P<m>\d{1,2})/(?P<y>\d{4})(?!\d|[/.]\d)", _build_numeric_month),
        (
            rf"\b(?P<season>spring|summer|autumn|winter)(?P<term>\s+term)?(?:\s+of)?\s+(?P<y>{_PAIR}|\d{{4}}(?!\d))",
            _build_season,
        ),
        (rf"\bQ(?:uarter\s)?(?P<q>[1-4])(?:\s+of)?[\s,]{{0,2}}(?P<y>{_PAIR}|\d{{4}}(?!\d))", _build_quarter),
        (_PAIR, _build_year_pair),
        (r"(?<![\d/.,£$-])(?:199\d|20\d\d)(?!\d|[/.,]\d|%)", _build_year),
    )
)


def _candidates(text: str, school_year: bool) -> Iterator[tuple[int, int, CalendarDate]]:
    for rank, (pattern, build) in enumerate(_FORMS):
        for match in pattern.finditer(text):
            found = build(match, school_year)
            if found is not None:
                yield match.start(), rank, found


def find_calendar_dates(text: str, *, school_year: bool = False) -> list[CalendarDate]:
    """All dates in a text, in order; where two readings overlap, the one that starts first and says most stands."""
    chosen: list[CalendarDate] = []
    for _, _, found in sorted(_candidates(text, school_year), key=lambda c: (c[0], c[1])):
        if not chosen or found.start >= chosen[-1].end:
            chosen.append(found)
    return chosen
