"""Numbers in running text that may be targets.

In: text. Out: ``Numeral`` values: number or range, unit, offsets. Passed over, by rule: dates; names ("Level 4", "NI
32", "Key Stage 2", "Section 17"); ages and age ranges ("14-19", "aged 15-24", "over 18s"); present levels and the past
("currently 34.9%", "were", "-22%"); definitions ("where less than 55% of pupils", "children on a plan for more than 2
years", "the 20% most deprived"); what a sum is taken of ("out of 375", "for 25 families"); counts given as examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cyppgraph.phrases.calendar_dates import find_calendar_dates
from cyppgraph.phrases.lexicon import IMPERATIVES

UnitName = Literal["percent", "percentage points", "count", "GBP", "days", "weeks", "months", "years"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed, with its unit inside the offsets."""

    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    unit: UnitName


_TIMES: tuple[UnitName, ...] = ("days", "weeks", "months", "years")
_NAMES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = {**{word: n for n, word in enumerate(_NAMES)}, "fifteen": 15, "twenty": 20, "thirty": 30, "fifty": 50}
_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,12}(?!\d))(?:\.\d{1,6})?"
_REACH = 240  # characters before a number that are read for its meaning
_FIRST = rf"(?<![\w./£$#-])(?P<pound>£\s?)?(?P<low>{_DIGITS}|\b(?:{'|'.join(_WORDS)})\b)(?P<scale>[km](?!\w))?"
_UNIT = (
    r"(?P<unit>\s?%|\s?per\s?cent\b|\s+percentage\s+points?\b"
    r"|\s+(?:working\s+|calendar\s+|school\s+)?(?:days?|weeks?|months?|years?)\b)"
)
_SINGLE = re.compile(rf"{_FIRST}{_UNIT}?", re.IGNORECASE)
_RANGE = re.compile(
    rf"{_FIRST}(?P<percent>\s?%)?\s?(?P<to>-|–|—|\bto\b|\band\b)\s?(?P<high>{_DIGITS})(?P<high_scale>[km](?!\w))?{_UNIT}?(?!\w)",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"(?<!e\.g)(?<!i\.e)(?<!approx)(?<!\bno)[.;\n](?=\s|$)")


def _ends(pattern: str) -> re.Pattern[str]:
    """A pattern for the words right before a number."""
    return re.compile(rf"\b(?:{pattern})\s*$", re.IGNORECASE)


_NAMED = _ends(
    r"levels?|stages?|tiers?|years?|key|phases?|sections?|priority|priorities|grades?|category|categories|bands?|day|week|month"
    r"|quarter|ks|part|no\.?|number|step|bmi|post|schedule|chapter|class|group|room|form|articles?|act|theme|objective|action"
    r"|standard|s\.?|the|the\s+target|these|those|our|all|its|their|next|last|first|past|previous|start|mend|every|under"
    r"|post\s?-|out\s+of|for|of\s+the|from|code|ref|page|version|per|consists?\s+of|comprising|over\s+the"
    r"|(?:stages?|tiers?|levels?|years?|phases?|steps?|grades?)\s+\w+\s+(?:and|to|or|&|-)"
)
_ABBREVIATION = re.compile(r"\b[A-Z]{2,5}\s$")
_COMPARED = _ends(
    r"at\s+least|min(?:imum)?(?:\s+of)?|no\s+(?:more|fewer|less)\s+than|max(?:imum)?(?:\s+of)?|up\s+to|over|more\s+than|above"
    r"|not\s+exceed|exceeds?|in\s+excess\s+of|within|(?<!the\s)target(?:\s+of)?|(?:total|average|base|group|pool)(?:\s+of)?"
    r"|between|plus|down\s+to|to|by|rate\s+=|=|at\s+least\s+half\s+-"
)
_PRESENT = _ends(
    r"(?:current(?:ly)?(?:\s+\w+){0,3}|now|stands?\s+at|fluctuated(?:\s+\w+){0,4}|was|were|previously|shows?|showed|at\s+present"
    r"|baseline\s*(?:[-–:]|of|is|was|number|level|figure)(?:\s*of)?|base\s?line\s+based\s+on|as\s+at|than\s+in"
    r"|compared\s+(?:to|with))\s*[-–]?"
)
_DEFINES = _ends(
    r"(?:where|who|that|which|whose|with|on\s+\w+|lasting|wait\s+of|for)\s+(?:\w+\s+){0,3}?(?:less|more|fewer)\s+than"
)
_AGE_BEFORE = _ends(r"aged?|ages|age\s+of|under|below|post|\d{1,2}\s*(?:to|[-–&]|and)")
_AGE_AFTER = re.compile(
    r"\s*\+?\s*[-–]?\s*(?:aged?|years?\s+olds?|years?\s+of\s+age|months?\s+olds?|plus|age\s+group|birthday|yrs?|yo|s|th|st|nd|rd)\b",
    re.IGNORECASE,
)
_RANKED = re.compile(r"\s*(?:most|least|lowest|highest|poorest|top|bottom)\b", re.IGNORECASE)
_NOT_COUNTED = re.compile(
    r"\s*(?:[-–]?\s*(?:year|month|week|day|hour|term|degree|stage|tier|level|key\s+stage|way)s?\b|or\s+(?:more|above)\s+[A-Z]"
    r"|[-–][A-Za-z]|A\*|A-C|points?\b|to\s+\d|/)|\s+(?:\w+\s+){0,6}?(?:were|was|had)\b"
)
_COUNTED_NOUN = re.compile(
    r"\s+(?!(?:and|to|or|of|in|is|are|on|at|as|by|for|with|have|has)\b)(?:[‘'\"(]?[A-Za-z'’&/-]+[’'\")]?\s+){0,6}?"
    r"[A-Za-z'’-]*(?:s|people|children|staff|places?)\b|\s+[a-z]+\s+and\s+\d+\s+[a-z]+\s+\w+s\b"
)
_EXAMPLE = re.compile(r"\b(?:e\.g\.?|such\s+as|for\s+example)\s[^;]*$", re.IGNORECASE)
_CHANGING = re.compile(r"\b(?:target\b|plus\b|reduc|increas|rais|lower|grow)", re.IGNORECASE)


def _number(text: str, scale: str | None) -> Decimal:
    word = _WORDS.get(text.lower())
    number = Decimal(word) if word is not None else Decimal(text.replace(",", ""))
    return number * {"k": 1000, "m": 1_000_000}.get((scale or "").lower(), 1)


def _unit(match: re.Match[str]) -> UnitName:
    unit = (match["unit"] or "").strip().lower()
    if match["pound"]:
        return "GBP"
    if "point" in unit:
        return "percentage points"
    if "%" in unit or unit.startswith("per"):
        return "percent"
    for name in _TIMES:
        if name[:-1] in unit:
            return name
    return "count"


def _is_range(match: re.Match[str] | None, before: str) -> bool:
    """Whether two numbers are one range: rising, in one unit, "and" only after "between", not "from … to …"."""
    if match is None or re.search(r"\bfrom\s*$", before, re.IGNORECASE):
        return False
    rising = _number(match["low"], match["scale"]) < _number(match["high"], match["high_scale"])
    between = match["to"].lower() != "and" or re.search(r"\bbetween\s*$", before, re.IGNORECASE) is not None
    one_unit = not match["percent"] or _unit(match) == "percent"
    return rising and between and one_unit


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Ranges where they are ranges, else single numbers, in order."""
    position = 0
    while found := _SINGLE.search(text, position):
        wider = _RANGE.match(text, found.start())
        match = (
            wider if wider is not None and _is_range(wider, text[max(0, found.start() - 9) : found.start()]) else found
        )
        yield match
        position = max(match.end(), found.start() + 1)


def _high(match: re.Match[str]) -> str | None:
    return match["high"] if match.re is _RANGE else None


def _is_age(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a number without a unit is an age or an age range."""
    if _AGE_AFTER.match(after):
        return True
    low, high = match["low"], _high(match)
    if high and low.isdigit() and high.isdigit():
        return int(high) <= 25 and not re.search(r"\b(?:between|minimum|total)\s+(?:of\s+)?$", before, re.IGNORECASE)
    return low.isdigit() and int(low) <= 25 and bool(_AGE_BEFORE.search(before))


def _is_limit(before: str, after: str) -> bool:
    """Whether a length of time is a limit to keep, and not a period, an age or part of a definition."""
    period = r"\s+(?:old|post|period|plan|strategy|programme|business|booking|course)\b"
    if _AGE_AFTER.match(after) or re.match(period, after) or _DEFINES.search(before):
        return False
    limits = r"within|no\s+(?:more|longer)\s+than|(?:timescales?|times?|wait\w*|length|period)\s+(?:down\s+)?to|with"
    return bool(_ends(limits).search(before))


def _is_heading_number(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a number is the one that a plan prints before an element ("1.1 Ensure …", "12 Refocus …")."""
    if before.strip():
        return False
    following = re.match(r"\.?\s+([A-Z][\w-]*)", after)
    return following is not None and ("." in match["low"] or following[1].lower() in IMPERATIVES)


def _is_count(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a plain number counts what is wanted."""
    compared = _COMPARED.search(before)
    if _is_age(match, before, after) or _NOT_COUNTED.match(after) or _is_heading_number(match, before, after):
        return False
    if (_NAMED.search(before) or _ABBREVIATION.search(before)) and not compared:
        return False
    if _EXAMPLE.search(before):
        return False
    low = match["low"].lower()
    if low in ("1", "one"):
        return compared is not None and not _ends("to|by|of").search(before)
    if low == "zero" or re.match(r"\s+(?:per|in\s+total)\b", after):
        return compared is not None or low != "zero"
    if re.match(r"\s+[A-Za-z‘'\"]", after):
        return (compared is not None and not _ends("to|by").search(before)) or _COUNTED_NOUN.match(after) is not None
    if _ends("to|by").search(before):
        return bool(_CHANGING.search(before))
    return compared is not None


def _is_share(before: str, after: str) -> bool:
    """Whether a percentage is a wanted one."""
    ranked = re.search(r"\b(?:lowest|highest|bottom|top)\s+(?:\w+\s+)?$", before, re.IGNORECASE)
    if ranked or _RANKED.match(after) or _DEFINES.search(before):
        return False
    having = _ends("with").search(before)
    return having is None or re.match(r"\s*(?:reduction|increase|decrease|growth)", after) is not None


def _is_wanted(match: re.Match[str], unit: UnitName, text: str) -> bool:
    start, end = match.span()
    sentence, after = SENTENCE_END.split(text[max(0, start - _REACH) : start])[-1], text[end : end + _REACH]
    if _PRESENT.search(sentence) or re.search(r"\bcurrent\s+data\b", sentence, re.IGNORECASE):
        return False
    if unit == "count" and sentence.endswith("(") and re.match(r"\)\s+[a-z]", after):
        return False
    if unit in ("percent", "percentage points"):
        return _is_share(sentence, after)
    if unit == "GBP":
        return _COMPARED.search(sentence) is not None
    return _is_count(match, sentence, after) if unit == "count" else _is_limit(sentence, after)


def find_numerals(text: str) -> list[Numeral]:
    """The numbers of a text that may be wanted values, in order."""
    dates = [(d.start, d.end) for d in find_calendar_dates(text)]
    found = []
    for match in _matches(text):
        unit, (start, end) = _unit(match), match.span()
        if any(start < last and end > first for first, last in dates) or not _is_wanted(match, unit, text):
            continue
        high = _high(match)
        upper = _number(high, match["high_scale"]) if high else None
        found.append(Numeral(start, end, _number(match["low"], match["scale"]), upper, unit))
    return found
