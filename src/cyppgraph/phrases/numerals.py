"""Numbers in running text that may be targets.

In: text. Out: ``Numeral`` values: number or range, unit, offsets. Passed over, by rule: dates; names ("Level 4",
"Key Stage 2", "Tier 1", "Section 17"); ages and age ranges ("14-19", "aged 15-24", "under 18"); present levels and the
past ("currently 34.9%", "were", "-22%"); definitions ("less than 55% of pupils" in a title, "children on a plan for more
than 2 years", "the 20% most deprived"); what a sum is taken of ("out of 375", "25 families" after "for"); examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cyppgraph.phrases.calendar_dates import find_calendar_dates

UnitName = Literal["percent", "percentage points", "count", "GBP", "days", "weeks", "months", "years"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed, with its unit inside the offsets; ``bare`` where the text holds nothing else."""

    start: int
    end: int
    value: Decimal
    upper: Decimal | None
    unit: UnitName
    bare: bool = False


_WORDS = {w: n for n, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
}
_NUM = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NUMERAL = re.compile(
    rf"(?<![\w./£$#-])(?P<pound>£\s?)?(?P<low>{_NUM}|\b(?:{'|'.join(_WORDS)})\b)(?P<k>[kKm](?![\w]))?"
    rf"(?:\s?(?P<p1>%)?\s?(?:-|–|—|\bto\b|\band\b)\s?(?P<high>{_NUM})(?P<hk>[kKm](?![\w]))?(?=\s?%|\s|[.,;)]|$))?"
    r"(?P<unit>\s?%|\s?per\s?cent\b|\s+percentage\s+points?\b|\s+(?:working\s+|calendar\s+|school\s+)?(?:days?|weeks?|months?|years?)\b)?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:levels?|stages?|tiers?|years?|key|phases?|sections?|priority|priorities|grades?|categor(?:y|ies)|bands?|day|week|month|quarter|ks|part|no\.?"
    r"|number|step|bmi|q|post|schedule|chapter|class|group|room|form|articles?|act|theme|objective|action|standard|s\.?|the|these|those|our|all|its"
    r"|their|next|last|first|past|previous|over\s+the|stages?\s+\d\s+(?:and|to|or)|years?\s+\w+\s+(?:and|to|or)|start|mend|in\s+depth|every|under|post\s?-"
    r"|out\s+of|for|of\s+the(?:\s+target)?|from|code|ref|page|version|day|section\s+\d+\s+and|target\s+for)\s*[-–]?\s*$",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"(?:at\s+least|min(?:imum)?(?:\s+of)?|no\s+(?:more|fewer|less)\s+than|max(?:imum)?(?:\s+of)?|up\s+to|over|more\s+than|above|not\s+exceed|exceeds?"
    r"|in\s+excess\s+of|within|(?:target|total|average|base|group|pool)(?:\s+of)?|between|baseline\s+plus|plus|down\s+to|to|by|rate\s+=|=)\s*$",
    re.IGNORECASE,
)
_PRESENT = re.compile(
    r"\b(?:current(?:ly)?(?:\s+\w+){0,3}|now|stands?\s+at|fluctuated(?:\s+\w+){0,4}|was|were|previously|shows?|showed|at\s+present|baseline\s*(?:[-–:]|of|is|was|number|level|figure)"
    r"(?:\s*of)?|base\s?line\s+based\s+on|as\s+at|than\s+in|compared\s+(?:to|with))\s*[-–]?\s*$",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    r"\s*\+?\s*[-–]?\s*(?:aged?\b|year\s+olds?|years?\s+olds?|years?\s+of\s+age|months?\s+olds?|plus\b|age\s+group|birthday|th\b|st\b|nd\b|rd\b|yr\b|yo\b)",
    re.IGNORECASE,
)
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|age\s+of|under|over|below|children|people|young|olds?|post|upto|to|-)\s*(?:\d{1,2}\s*(?:to|[-–&]|and)\s*)?$",
    re.IGNORECASE,
)
_DEFINES = re.compile(
    r"\b(?:where|who|that|which|whose|with|on\s+\w+|lasting|wait\s+of|for)\s+(?:\w+\s+){0,3}?(?:less|more|fewer)\s+than\s*$",
    re.IGNORECASE,
)
_DEPRIVED = re.compile(r"\s*(?:most|least|lowest|highest|poorest|top|bottom)\b", re.IGNORECASE)
_NOT_COUNTED = re.compile(
    r"\s*(?:[-–]?\s*(?:year|month|week|day|hour|term|degree|stage|tier|level|key\s+stage|way|day)s?\b(?!\s*(?:olds?)?\s*per)|or\s+more\b|or\s+above\b|A\*|[-–]\s?[A-Za-z]|were\b|was\b|had\b|(?:A\*|A-C)|points?\b|to\s+\d|/)",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"\b(?:e\.g\.?|i\.e\.?|such\s+as|for\s+example)\s[^.;]*$", re.IGNORECASE)


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
    if "%" in unit or unit.startswith("per") or match["p1"]:
        return "percent"
    for name in ("day", "week", "month", "year"):
        if name in unit:
            return f"{name}s"  # type: ignore[return-value]
    return "count"


def _is_age(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a number without a unit is an age or an age range."""
    if _AGE_AFTER.match(after) and not match["unit"]:
        return True
    low, high = match["low"], match["high"]
    if high and low.isdigit() and high.isdigit():
        return int(high) <= 25 and not re.search(r"\b(?:between|minimum|total)\s+(?:of\s+)?$", before, re.IGNORECASE)
    young = low.isdigit() and int(low) <= 25 and bool(_AGE_BEFORE.search(before))
    return young and bool(
        re.search(r"\b(?:aged?|ages|age\s+of|under|below|post|\d{1,2}\s*(?:to|[-–&]|and))\s*$", before, re.IGNORECASE)
    )


def _is_timing(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a length of time is a limit to keep, and not a period, an age or part of a definition."""
    if _AGE_AFTER.match(after) or re.match(
        r"\s+(?:old|post|period|plan|strategy|programme|business|booking|course)\b", after
    ):
        return False
    limit = re.search(
        r"\b(?:within|no\s+(?:more|longer)\s+than|(?:timescales?|times?|wait\w*|length|period)\s+(?:down\s+)?to|with)\s*$",
        before,
        re.IGNORECASE,
    )
    return bool(limit) and not _DEFINES.search(before)


def _is_count(match: re.Match[str], before: str, after: str, whole: str) -> bool:
    """Whether a plain number counts what is wanted."""
    compared = _COMPARED.search(before)
    if _is_age(match, before, after) or (_NAMED.search(before) and not compared):
        return False
    if _NOT_COUNTED.match(after) and not re.match(r"\s*or\s+(?:more|less|fewer)", after):
        return False
    if re.match(r"\s*or\s+more\s+[A-Z]", after) or _EXAMPLE.search(before):
        return False
    one = match["low"].lower() in ("1", "one")
    if one and not (compared and not re.search(r"\b(?:to|by|of)\s*$", before)):
        return False
    if match["low"].lower() == "zero":
        return bool(compared)
    if re.match(r"\s+[A-Za-z‘'\"]", after):
        noun = re.match(
            r"\s+(?:[‘'\"(]?[A-Za-z'’&/-]+[’'\")]?\s+){0,6}?[A-Za-z'’-]*(?:s|people|children|staff|places?)\b", after
        )
        plain = noun is not None and not re.match(r"\s+(?:and|to|or|of|in|is|are|on|at|as|by|for|with)\b", after)
        return bool(compared) or plain
    return (
        (bool(compared)
        and not re.search(r"\b(?:to|by)\s*$", before))
        or bool(
            re.search(r"\b(?:by|to|target|plus)\s*$", before)
            and (match["k"] or re.search(r"\b(?:target|plus|reduc|increas)", whole, re.IGNORECASE))
        )
    )


def _is_percent(match: re.Match[str], before: str, after: str) -> bool:
    if _DEPRIVED.match(after) or re.search(r"\b(?:lowest|highest|bottom|top)\s+(?:\w+\s+)?$", before, re.IGNORECASE):
        return False
    if _DEFINES.search(before):
        return False
    having = re.search(r"\b(?:with|of\s+pupils\s+with)\s*$", before, re.IGNORECASE)
    return not having or bool(re.match(r"\s*(?:reduction|increase|decrease|growth)", after))


def _wanted(match: re.Match[str], unit: UnitName, text: str, dates: list[tuple[int, int]]) -> bool:
    if any(match.start() < end and match.end() > start for start, end in dates):
        return False
    before, after = text[: match.start()], text[match.end() :]
    sentence = re.split(r"[.;\n](?=\s)", before)[-1]
    if _PRESENT.search(sentence) or re.search(r"\bcurrent\s+data\b", sentence, re.IGNORECASE):
        return False
    if re.match(r"\s*\)\s*(?:pilot|of)\b", after) and before.rstrip().endswith("("):
        return False
    if unit in ("percent", "percentage points"):
        return _is_percent(match, sentence, after)
    if unit == "GBP":
        return bool(_COMPARED.search(sentence))
    if unit == "count":
        return _is_count(match, sentence, after, text)
    return _is_timing(match, sentence, after)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Numbers in order; a range that is none ("5 and 12 weeks") is read again as single numbers by its callers."""
    yield from _NUMERAL.finditer(text)


def find_numerals(text: str) -> list[Numeral]:
    """The numbers of a text that may be wanted values, in order."""
    dates = [(d.start, d.end) for d in find_calendar_dates(text) if d.shape != "months" or d.earliest is not None]
    found = []
    for match in _matches(text):
        unit = _unit(match)
        if not _wanted(match, unit, text, dates):
            continue
        upper = _number(match["high"], match["hk"]) if match["high"] else None
        bare = not re.search(r"\w", text[: match.start()] + text[match.end() :])
        found.append(Numeral(match.start(), match.end(), _number(match["low"], match["k"]), upper, unit, bare))
    return found
