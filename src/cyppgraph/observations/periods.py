"""Printed periods. In: the words of a table, and what its mapping file says of its years. Out: an interval's IRI.

"2016-17" may be a school year, a financial year or two years taken together, and "2016" the year that a financial
year begins or ends in. Nothing here guesses: what the mapping file (or, in the layout ``ees``, the file itself) does
not say is told back as the key that must say it.

| printed | years | with | interval |
|---|---|---|---|
| 2016 | calendar | | ``year/2016`` |
| 2016 | financial | named_by end | ``government-year/2015-2016`` |
| 2016-17, 2016/17, 201617 | financial | | ``government-year/2016-2017`` |
| 2016-17 | academic | | ``gregorian-interval/2016-09-01T00:00:00/P1Y`` |
| 2014-16 | calendar | pooled | ``gregorian-interval/2014-01-01T00:00:00/P3Y`` |
| 2013/14-15/16 | financial | pooled | ``gregorian-interval/2013-04-01T00:00:00/P3Y`` |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from cyppgraph.observations.observation import Period, Unread

INTERVALS = "http://reference.data.gov.uk/id/"
FIRST_YEAR, LAST_YEAR = 1900, 2099
Years = Literal["calendar", "financial", "academic"]
# What a mark in brackets after a period means everywhere; a mapping file says what others mean.
MARKS: Mapping[str, str] = {"p": "P", "prov": "P", "provisional": "P"}
STATUSES: Mapping[str, str] = {
    "A": "Normal value",
    "B": "Time series break",
    "E": "Estimated value",
    "F": "Forecast value",
    "I": "Value imputed by a receiving agency",
    "P": "Provisional value",
}
_STARTS = {"calendar": "01-01", "financial": "04-01", "academic": "09-01", "tax": "04-06"}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_LONGEST = 10  # "1998-00" goes over the turn of a century; "2016-15" is a mistake
_MARKED = re.compile(r"(?P<words>.*?)\s*\((?P<mark>[^()]*)\)")
_YEAR = r"[0-9]{4}"
_DASH = r"\s*[-–—]\s*"
_ONE = re.compile(rf"({_YEAR})(?:\.0+)?")
_TWO = re.compile(rf"({_YEAR})(?:\s*/\s*|{_DASH}|\s+to\s+)({_YEAR}|[0-9]{{2}})|({_YEAR})([0-9]{{2}})(?:\.0+)?")
_FOUR = re.compile(
    rf"({_YEAR})\s*[/–-]\s*({_YEAR}|[0-9]{{2}})(?:{_DASH}|\s+to\s+)({_YEAR}|[0-9]{{2}})\s*[/–-]\s*({_YEAR}|[0-9]{{2}})"
)


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """What a mapping file says of the periods of an indicator.

    Attributes:
        years: what kind of year is printed; None where the file does not say.
        named_by: the year that a financial or academic year printed as "2016" is named by.
        pooled: whether calendar years, or several years, are taken together; None where the file does not say.
        marks: what marks in brackets mean, as codes of ``STATUSES``.
    """

    years: Years | None = None
    named_by: Literal["start", "end"] | None = None
    pooled: bool | None = None
    marks: Mapping[str, str] = field(default_factory=dict)


def read_period(text: str, rule: PeriodRule) -> Period | Unread:
    """Read a printed period."""
    printed = text.strip()
    words, status = printed, None
    if marked := _MARKED.fullmatch(printed):
        words, mark = marked["words"], marked["mark"].strip()
        status = rule.marks.get(mark, MARKS.get(mark.casefold()))
        if status is None:
            return Unread(
                "mark not known",
                f"the period {printed!r} has the mark {mark!r}; say under [periods] marks "
                f"which of {', '.join(STATUSES)} it means",
            )
    found = _read_words(words, printed, rule)
    return found if isinstance(found, Unread) else Period(printed, INTERVALS + found, status)


def read_stated_period(text: str, identifier: str, rule: PeriodRule) -> Period | Unread:
    """Read a period of the layout ``ees``, whose column ``time_identifier`` states the kind of year.

    "Reporting year" states nothing, so there the mapping file must.
    """
    printed, kind = text.strip(), identifier.strip()
    if kind == "Reporting year":
        return read_period(printed, rule)
    if kind in ("Calendar year", "Academic year", "Financial year"):
        years: Years = "calendar" if kind[0] == "C" else "academic" if kind[0] == "A" else "financial"
        return read_period(printed, replace(rule, years=years, pooled=None))
    found = _read_part(printed, kind)
    return found if isinstance(found, Unread) else Period(f"{printed} {kind}", INTERVALS + found)


def _read_part(printed: str, kind: str) -> str | Unread:
    """Return the interval of a month, a quarter, a half or a tax year."""
    not_read = Unread("period not read", f"{printed!r} with time_identifier {kind!r} is not understood")
    if kind in _MONTHS:
        one = _ONE.fullmatch(printed)
        return f"month/{one[1]}-{_MONTHS.index(kind) + 1:02}" if one and _possible(int(one[1])) else not_read
    two = _two_years(printed)
    if two is None or two[1] != two[0] + 1:
        return not_read
    first, last = two
    if quarter := re.fullmatch("Financial year Q([1-4])", kind):
        return f"government-quarter/{first}-{last}/Q{quarter[1]}"
    if half := re.match("Part ([12]) ", kind):
        return f"gregorian-interval/{first}-{'04' if half[1] == '1' else '10'}-01T00:00:00/P6M"
    return _span(first, "tax", 1) if kind == "Tax year" else not_read


def _read_words(words: str, printed: str, rule: PeriodRule) -> str | Unread:
    """Return the interval of words without a mark."""
    if one := _ONE.fullmatch(words):
        return _read_one(int(one[1]), printed, rule)
    if two := _two_years(words):
        return _read_two(*two, printed, rule)
    if four := _FOUR.fullmatch(words):
        return _read_four(four, printed, rule)
    return Unread("period not read", f"{printed!r} is no year and no span of years that is understood")


def _read_one(year: int, printed: str, rule: PeriodRule) -> str | Unread:
    if not _possible(year):
        return _impossible(printed)
    if rule.years is None:
        return _unstated(printed, "years", "a calendar, financial or academic year")
    if rule.years == "calendar":
        return f"year/{year}"
    if rule.named_by is None:
        return _unstated(printed, "named_by", f"the year that the {rule.years} year starts in or the one it ends in")
    return _year(year if rule.named_by == "start" else year - 1, rule.years)


def _read_two(first: int, last: int, printed: str, rule: PeriodRule) -> str | Unread:
    if not _possible(first, last) or last <= first:
        return _impossible(printed)
    if rule.years is None:
        return _unstated(printed, "years", "a financial or academic year, or calendar years taken together (pooled)")
    if rule.years == "calendar":
        if rule.pooled is None:
            return _unstated(printed, "pooled", f"{last - first + 1} calendar years taken together")
        return _span(first, "calendar", last - first + 1) if rule.pooled else _contrary(printed, rule)
    if last == first + 1:
        return _year(first, rule.years)
    return Unread(
        "period not read",
        f"{printed!r} is not one {rule.years} year, and years taken together are printed "
        "like 2013/14-15/16 where they are not calendar years",
    )


def _read_four(four: re.Match[str], printed: str, rule: PeriodRule) -> str | Unread:
    begins = int(four[1])
    first_ends = _later(begins, four[2])
    last_begins = _later(first_ends, four[3])
    last_ends = _later(last_begins, four[4])
    whole = first_ends == begins + 1 and last_ends == last_begins + 1 and last_begins >= first_ends
    if not whole or not _possible(begins, last_ends):
        return _impossible(printed)
    if rule.years is None:
        return _unstated(printed, "years", "financial or academic years")
    if rule.years == "calendar":
        return _contrary(printed, rule)
    if rule.pooled is None:
        return _unstated(printed, "pooled", f"{last_ends - begins} {rule.years} years taken together")
    return _span(begins, rule.years, last_ends - begins) if rule.pooled else _contrary(printed, rule)


def _two_years(words: str) -> tuple[int, int] | None:
    two = _TWO.fullmatch(words)
    if two is None:
        return None
    first = int(two[1] or two[3])
    return first, _later(first, two[2] or two[4])


def _later(first: int, digits: str) -> int:
    """Return the year that digits mean after another year: "00" after 1999 is 2000."""
    if len(digits) == 4:
        return int(digits)
    year = first - first % 100 + int(digits)
    return year + 100 if year < first and year + 100 - first < _LONGEST else year


def _year(first: int, years: Years) -> str:
    return f"government-year/{first}-{first + 1}" if years == "financial" else _span(first, years, 1)


def _span(first: int, years: str, count: int) -> str:
    return f"gregorian-interval/{first}-{_STARTS[years]}T00:00:00/P{count}Y"


def _possible(*years: int) -> bool:
    return all(FIRST_YEAR <= year <= LAST_YEAR for year in years)


def _impossible(printed: str) -> Unread:
    return Unread("period not read", f"{printed!r} is no span of years that can be: the last does not follow the first")


def _contrary(printed: str, rule: PeriodRule) -> Unread:
    return Unread("period not read", f"{printed!r} is not one {rule.years} year, as the mapping file says that it is")


def _unstated(printed: str, key: str, meant: str) -> Unread:
    return Unread("period not stated", f"the file prints {printed!r}, and nothing says whether it is {meant}", key)
