"""Dates as British plans print them, each found and given its bounds.

In: text. Out: ``CalendarDate`` values in printed order, never overlapping. Day comes before month; a pair of years
whose second follows the first is a financial year, April to March (a school year, September to August, only if asked
or if the print says "academic"); a two-digit year is of this century up to 89. Seasons run as the Met Office counts
them, terms from the first to the last month in which English schools hold them. A date that no calendar has
("31/09/21", "June 1012") is found too, and has no bounds. Refused: months and seasons without a year.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from cyppgraph.phrases.intervals import (
    CalendarDate,
    calendar_day,
    days_between,
    full_year,
    months_between,
    one_day,
    one_month,
    one_year,
    quarter_of,
    school_term,
    seasons_between,
    years_between,
)

_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:(?<![A-Za-z])(?:jan(?:uary)?|feb(?:ruary)?|(?-i:M[aA][rR])(?:ch)?|apr(?:il)?|(?-i:M[aA][yY])|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z]))\.?"
)
_YEAR = r"(?:[0-9]{4}|['’‘`]?[0-9]{2})(?![0-9]|[/.:][0-9]|%|st\b|nd\b|rd\b|th\b)"
_YEAR_GAP = r"[\s,.'’‘`-]{0,3}"
_TO = r"\s{0,3}(?:-|–|—|\bto\b|\buntil\b|\btill\b)\s{0,3}"
_OR = r"\s{0,3}(?:-|–|—|/|&|\bto\b|\band\b|\buntil\b|\btill\b)\s{0,3}"
_DAY = r"(?<![0-9/.])[0-9]{1,2}%s[0-9]{1,2}%s(?:[0-9]{4}|[0-9]{2})(?![0-9]|[/.][0-9])"
_NUMERIC_DAY, _ANY_DAY = _DAY % (r"(?P<sep>[/.-])", r"(?P=sep)"), _DAY % ("[/.-]", "[/.-]")
_TEXT_DAY = rf"(?<![0-9])[0-9]{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?[\s-]{{0,2}}{_MONTH}{_YEAR_GAP}{_YEAR}"
_PAIR = r"(?<![0-9/.])[0-9]{4}\s?[-–—/]\s?(?:[0-9]{4}|[0-9]{2})(?![0-9]|[/.-][0-9]|%)"
_SHORT_PAIR = r"(?<![0-9/.-])[0-9]{2}[/-][0-9]{2}(?![0-9]|[/.-][0-9]|%)"
_ONE_YEAR = r"(?:[0-9]{4}|['’]?[0-9]{2})(?![0-9/])"
_SEASON = r"(?:spring|summer|autumn|winter)"


def _month(text: str) -> int:
    return _MONTH_NAMES.index(text.strip().lower()[:3]) + 1


def _year(text: str) -> int:
    return full_year(re.sub(r"[^0-9]", "", text))


def _first_year(text: str) -> int:
    """The first year of "2012/13", "12/13" or "2012"."""
    return full_year(re.findall(r"[0-9]+", text)[0])


def _is_pair(text: str) -> bool:
    return len(re.findall(r"[0-9]+", text)) == 2


def _read_day(text: str) -> date | None:
    """A day printed as numbers ("31/03/13") or with its month's name ("3 March 2011")."""
    numeric = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{2,4})", text)
    if numeric:
        return calendar_day(_year(numeric[3]), int(numeric[2]), int(numeric[1]))
    named = re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]*([A-Za-z]+)[^0-9]*([0-9]+)", text, re.IGNORECASE)
    return calendar_day(_year(named[3]), _month(named[2]), int(named[1])) if named else None


def _build_days(m: re.Match[str], _: bool) -> CalendarDate:
    return days_between(*m.span(), _read_day(m["first"]), _read_day(m["last"]))


def _build_day(m: re.Match[str], _: bool) -> CalendarDate:
    return one_day(*m.span(), _read_day(m[0]))


def _build_iso_day(m: re.Match[str], _: bool) -> CalendarDate:
    return one_day(*m.span(), calendar_day(int(m["y"]), int(m["m"]), int(m["d"])))


def _build_month_first_day(m: re.Match[str], _: bool) -> CalendarDate:
    return one_day(*m.span(), calendar_day(int(m["y"]), _month(m["m"]), int(m["d"])))


def _build_months(m: re.Match[str], _: bool) -> CalendarDate:
    first, last, year = _month(m["m1"]), _month(m["m2"]), _year(m["y2"])
    first_year = _year(m["y1"]) if m["y1"] else year - (last < first)
    return months_between(*m.span(), (first_year, first), (year, last))


def _build_month(m: re.Match[str], _: bool) -> CalendarDate:
    return one_month(*m.span(), _year(m["y"]), _month(m["m"]))


def _build_numeric_month(m: re.Match[str], _: bool) -> CalendarDate:
    return one_month(*m.span(), int(m["y"]), int(m["m"]))


def _build_season(m: re.Match[str], _: bool) -> CalendarDate:
    first, year = m["season"].lower(), _first_year(m["y"])
    if m["term"]:
        return school_term(*m.span(), first, year, of_school_year=_is_pair(m["y"]))
    return seasons_between(*m.span(), first, (m["last"] or first).lower(), year)


def _build_quarter(m: re.Match[str], _: bool) -> CalendarDate:
    return quarter_of(*m.span(), int(m["q"]), _first_year(m["y"]), financial=_is_pair(m["y"]))


def _build_pair(m: re.Match[str], school: bool) -> CalendarDate | None:
    first, second = re.findall(r"[0-9]+", m["pair"])
    low = full_year(first)
    high = int(second) if len(second) == 4 else low // 100 * 100 + int(second)
    says = (m.groupdict().get("kind") or "").lower()
    if len(first) == 2 and not says and (high != low + 1 or high % 100 <= 12):
        return None
    return years_between(*m.span(), low, high, school=(school and not says.startswith("f")) or says[:1] in ("a", "s"))


def _build_year(m: re.Match[str], _: bool) -> CalendarDate:
    return one_year(*m.span(), int(m[0]))


_Builder = Callable[[re.Match[str], bool], CalendarDate | None]
_MONTH_YEAR = rf"(?P<m>{_MONTH}){_YEAR_GAP}(?P<y>{_YEAR})"
_YEAR_KIND = r"(?P<kind>\b(?:FY|AY|financial\s+year|fiscal\s+year|academic\s+year|school\s+year))\s?"
_FORMS: tuple[tuple[re.Pattern[str], _Builder], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), builder)
    for pattern, builder in (
        (r"(?<![0-9/-])(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?![0-9/-])", _build_iso_day),
        (rf"(?P<first>{_ANY_DAY}|{_TEXT_DAY}){_TO}(?P<last>{_ANY_DAY}|{_TEXT_DAY})", _build_days),
        (_NUMERIC_DAY, _build_day),
        (_TEXT_DAY, _build_day),
        (
            rf"(?P<m>{_MONTH})\s{{0,2}}(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<y>[0-9]{{4}})(?![0-9])",
            _build_month_first_day,
        ),
        (rf"(?P<m1>{_MONTH}){_YEAR_GAP}(?P<y1>{_YEAR}){_TO}(?P<m2>{_MONTH}){_YEAR_GAP}(?P<y2>{_YEAR})", _build_months),
        (rf"(?P<m1>{_MONTH})(?P<y1>){_OR}(?P<m2>{_MONTH}){_YEAR_GAP}(?P<y2>{_YEAR})", _build_months),
        (_MONTH_YEAR, _build_month),
        (r"(?<![0-9/.])(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})(?![0-9]|[/.][0-9])", _build_numeric_month),
        (
            rf"\b(?P<season>{_SEASON})(?:{_OR}(?P<last>{_SEASON}))?(?P<term>\s+term)?(?:\s+of)?\s+"
            rf"(?P<y>{_PAIR}|{_ONE_YEAR})",
            _build_season,
        ),
        (
            rf"\bQ(?:uarter\s)?(?P<q>[1-4])(?:\s+of)?[\s,]{{0,2}}(?P<y>{_PAIR}|{_SHORT_PAIR}|{_ONE_YEAR})",
            _build_quarter,
        ),
        (
            rf"{_YEAR_KIND}(?P<pair>(?:[0-9]{{2}})?[0-9]{{2}}\s?[-–—/]\s?(?:[0-9]{{2}})?[0-9]{{2}}(?![0-9]))",
            _build_pair,
        ),
        (rf"(?P<pair>{_PAIR})", _build_pair),
        (rf"(?P<pair>{_SHORT_PAIR})", _build_pair),
        (r"(?<![0-9/.,£$-])(?:199[0-9]|20[0-9]{2})(?![0-9]|[/.,-][0-9]|%)", _build_year),
    )
)
_FEW = 12  # months or years that one list may name
_MONTH_LIST = re.compile(
    rf"(?:{_MONTH},?\s+){{1,{_FEW}}}(?:(?:and|&)\s+)(?P<last>{_MONTH}){_YEAR_GAP}(?P<y>{_YEAR})", re.I
)
_YEAR_LIST = re.compile(
    rf"(?P<m>{_MONTH})\s{{0,2}}(?P<y>[0-9]{{4}})(?:,\s?[0-9]{{4}}(?![0-9/-])){{0,{_FEW}}}\s?(?:,|&|and)\s?[0-9]{{4}}(?![0-9/-])",
    re.I,
)


def _listed(text: str) -> Iterator[CalendarDate]:
    """Months of one year ("Jan, April & July 2013") and years of one month ("September 2012, 2013 & 2014")."""
    for match in _MONTH_LIST.finditer(text):
        if "," not in match[0][: match.start("last") - match.start()]:
            continue
        months = list(re.compile(_MONTH, re.IGNORECASE).finditer(text, match.start(), match.end()))
        for month in months:
            end = match.end() if month.start() == match.start("last") else month.end()
            yield one_month(month.start(), end, _year(match["y"]), _month(month[0]))
    for match in _YEAR_LIST.finditer(text):
        for year in re.compile(r"[0-9]{4}").finditer(text, match.start("y"), match.end()):
            start = match.start() if year.start() == match.start("y") else year.start()
            yield one_month(start, year.end(), int(year[0]), _month(match["m"]))


def _candidates(text: str, school_year: bool) -> Iterator[tuple[int, int, CalendarDate]]:
    for found in _listed(text):
        yield found.start, -1, found
    for rank, (pattern, build) in enumerate(_FORMS):
        for match in pattern.finditer(text):
            single = build(match, school_year)
            if single is not None:
                yield match.start(), rank, single


def find_calendar_dates(text: str, *, school_year: bool = False) -> list[CalendarDate]:
    """All dates in a text, in order; where two readings overlap, the one that starts first and says most stands."""
    chosen: list[CalendarDate] = []
    for _, _, found in sorted(_candidates(text, school_year), key=lambda c: (c[0], c[1])):
        if not chosen or found.start >= chosen[-1].end:
            chosen.append(found)
    return chosen
