"""Targets: the numbers that a statement wants reached.

In: the text of a measure or an action, and a hint that gives its direction where the text has none (the action's words,
for a bare level in the measure). Out: one ``TargetPhrase`` for each wanted number, as printed: value, range, unit,
comparison, rate base, what is counted, baseline. Comparison is read from words ("at least", "no more than"), else from
the nearest verb or the hint (reduce → at most, increase → at least), else it is exactly. Refused, by
``cyppgraph.phrases.numerals``: present levels, definitions, ages, dates, samples and numbers that are names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from cyppgraph.phrases.numerals import Numeral, UnitName, find_numerals

ComparisonName = Literal["at least", "at most", "exactly", "increase by", "decrease by"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPhrase:
    """A wanted value as printed (``start`` to ``end``).

    ``value`` to ``upper`` for ranges; ``strict`` tells "over 90%" from "90% or more"; ``per`` is the base of a rate
    ("100 offenders", "year"); ``of`` what is counted; ``provisional`` marks what awaits confirmation.
    """

    start: int
    end: int
    value: Decimal
    upper: Decimal | None = None
    unit: UnitName
    comparison: ComparisonName
    strict: bool = False
    per: str | None = None
    of: str | None = None
    provisional: bool = False
    baseline_value: Decimal | None = None
    baseline_statement: str | None = None


_LESS = r"reduc\w*|decreas\w*|lower(?:s|ed|ing)?|fewer|cut(?:s|ting)?|minimis\w*|declin\w*|downward|fall(?:s|ing)?|drop(?:s|ping)?|narrow\w*|\bdown\b"
_MORE = r"increas\w*|improv\w*|rais(?:e|es|ed|ing)|grow(?:th|s|ing)?|expand\w*|higher|extend\w*|maximis\w*|upward|rise|\bup\b"
_DIRECTION = re.compile(rf"\b(?:(?P<less>{_LESS})|(?P<more>{_MORE}))\b", re.IGNORECASE)
_AT_LEAST = r"(?:at\s+least|(?:a\s+)?min(?:imum)?(?:\s+of)?|no\s+(?:fewer|less)\s+than|not\s+less\s+than)\s+$"
_OVER = r"(?:over|more\s+than|above|exceed(?:s|ing)?|in\s+excess\s+of|greater\s+than|higher\s+than)\s+$"
_AT_MOST = (
    r"(?:no\s+(?:more|higher|greater)\s+than|not\s+more\s+than|(?:a\s+)?max(?:imum)?(?:\s+of)?|up\s+to|within"
    r"|(?:does|do|will|should|must)\s+not\s+exceed|not\s+exceed(?:ing)?|at\s+most)\s+$"
)
_UNDER = r"(?:less\s+than|fewer\s+than|under|below|lower\s+than)\s+$"
_CHANGE_AFTER = re.compile(
    r"\s*(?:percentage\s+points?\s+)?(?:year\s+on\s+year\s+)?(?P<word>increase|reduction|decrease|growth|rise|improvement|drop|fall|cut|decline|more|fewer)\b",
    re.IGNORECASE,
)
_CHANGE_BEFORE = re.compile(
    rf"(?:\bby\s+(?:at\s+least\s+|a\s+further\s+|approximately\s+)?|\b(?P<of>{_LESS}|{_MORE}|reduction|increase)\s+of\s+(?:at\s+least\s+)?|\bplus\s+)$",
    re.IGNORECASE,
)
_BASE = re.compile(
    r"\s*(?:per|each|every|a(?=\s+(?:year|month|week|quarter|term|day)\b))\s+(?P<base>(?:\d+\s+)?[a-z]+(?:\s+(?:person|people|child|family))?(?:\s+per\s+(?:year|month|week|quarter|term|day))?)",
    re.IGNORECASE,
)
_BASELINE = re.compile(
    r"(?:from|against|above|below|on|to|at|in\s+line\s+with|compared\s+(?:to|with)|based\s+on)\s+(?:the\s+|a\s+)?"
    r"(?P<statement>(?:[A-Za-z]+\s+)?'?\d{2,4}(?:[/-]\d{2,4})?\s+(?:baseline|level|figure|outturn)s?"
    r"|baseline\s+(?:for|of|at|in|from)\s+(?:[A-Z][a-z]+\s+)?\d{4}(?:[/-]\d{2,4})?(?:\s+baseline)?)",
    re.IGNORECASE,
)
_BASELINE_VALUE = re.compile(
    r"baseline\s+(?:number|level|figure|rate|value)?\s*(?:of|is|was|[-–:])\s*(?P<value>\d[\d,]*(?:\.\d+)?)",
    re.IGNORECASE,
)
_FROM_VALUE = re.compile(r"\bfrom\s+(?P<value>\d[\d,]*(?:\.\d+)?)\s?%?\s+(?:\([^()]*\)\s+)?to\s+$", re.IGNORECASE)
_PROVISIONAL = re.compile(
    r"\b(?:awaiting\s+confirmation|provisional|to\s+be\s+confirmed|tbc|expected\s+target|indicative)\b", re.IGNORECASE
)
_CLAUSE = re.compile(r"[.;\n](?=\s|$)")


def _clause(text: str, numeral: Numeral) -> tuple[int, int]:
    """The sentence around a number."""
    before = [m.end() for m in _CLAUSE.finditer(text, 0, numeral.start)]
    after = _CLAUSE.search(text, numeral.end)
    return (before[-1] if before else 0), (after.start() if after else len(text))


def _direction(words: str) -> Literal["less", "more", None]:
    """The direction of the last word that has one."""
    found = list(_DIRECTION.finditer(words))
    if not found:
        return None
    return "less" if found[-1]["less"] else "more"


def _change(before: str, after: str, hint: str, numeral: Numeral) -> ComparisonName | None:
    """Increase or decrease by, where the number is a change and not a level."""
    word = _CHANGE_AFTER.match(after)
    if word and numeral.unit in ("percent", "percentage points", "count"):
        less = re.match(r"reduction|decrease|drop|fall|cut|decline|fewer", word["word"], re.IGNORECASE)
        return "decrease by" if less else "increase by"
    leading = _CHANGE_BEFORE.search(before)
    if (
        leading is None
        or (re.match(r"\s+of\s+(?!all\b|the\s+baseline)[a-z]", after)
        and not leading["of"]
        and "plus" not in leading[0])
    ):
        return None
    if "plus" in leading[0].lower():
        return "increase by"
    direction = _direction(before) or _direction(hint)
    if direction is None:
        return None
    return "decrease by" if direction == "less" else "increase by"


def _comparison(before: str, after: str, hint: str, numeral: Numeral) -> tuple[ComparisonName, bool]:
    """How a value is meant, and whether strictly so."""
    change = _change(before, after, hint, numeral)
    if change is not None:
        return change, False
    for pattern, comparison, strict in (
        (_AT_MOST, "at most", False),
        (_AT_LEAST, "at least", False),
        (_OVER, "at least", True),
        (_UNDER, "at most", True),
    ):
        if re.search(r"\b" + pattern, before, re.IGNORECASE):
            return comparison, strict  # type: ignore[return-value]
    trailing = re.match(
        r"\s*(?:\w+\s+)?(?:or|and)\s+(?:(?P<more>more|above|over|better|higher)|(?P<less>less|below|fewer|under|lower))\b",
        after,
    )
    if trailing:
        return ("at least" if trailing["more"] else "at most"), False
    if numeral.upper is not None or after.startswith("+"):
        return "at least", False
    direction = _direction(before) if re.search(r"\b(?:to|target(?:\s+of)?|of|down\s+to)\s+$", before) else None
    direction = direction or (_direction(hint) if not _direction(before) or numeral.bare else None)
    if direction is None and re.search(r"\b(?:min(?:imum)?|at\s+least)\b", hint, re.IGNORECASE):
        return "at least", False
    if direction is None:
        return "exactly", False
    return ("at most" if direction == "less" else "at least"), False


def _counted(numeral: Numeral, after: str) -> str | None:
    """What is counted: the words after a number up to a verb, a preposition or a mark."""
    if numeral.unit != "count":
        return None
    stop = (
        r"(?=$|[.,;:()\n–—]|\s-\s|\s+(?:per|each|every|have|has|had|are|is|will|to|in|on|for|from|by|with|within|of|at|and|or|who|that|which|using"
        r"|including|involving|recruited|provided|delivered|established|identified|referred|involved|completed|held|trained|worked|a)\b)"
    )
    found = re.match(rf"\s+((?:[A-Za-z'‘’“”\"/&-]+\s*?){{1,7}}?){stop}", after)
    return " ".join(found[1].split()) if found else None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _baseline(text: str, low: int, high: int, before: str) -> tuple[Decimal | None, str | None]:
    statement = _BASELINE.search(text, low, high)
    value = _BASELINE_VALUE.search(text, low, high)
    earlier = _FROM_VALUE.search(before)
    number = _decimal(value["value"]) if value else _decimal(earlier["value"]) if earlier else None
    return number, " ".join(statement["statement"].split()) if statement else None


def _per(after: str) -> str | None:
    base = re.search(r"\byear\s+on\s+year\b", after[:40]) and "year"
    if base:
        return base
    found = re.match(r"\s+[A-Za-z'‘’ -]{0,60}?\b(?=per\s|each\s|every\s)", after)
    match = _BASE.match(after[found.end() :] if found else after)
    return " ".join(match["base"].split()) if match else None


def _target(text: str, numeral: Numeral, hint: str) -> TargetPhrase:
    low, high = _clause(text, numeral)
    before, after = text[low : numeral.start], text[numeral.end : high]
    comparison, strict = _comparison(before, after, hint, numeral)
    baseline_value, baseline_statement = _baseline(text, low, high, before)
    return TargetPhrase(
        start=numeral.start,
        end=numeral.end,
        value=numeral.value,
        upper=numeral.upper,
        unit=numeral.unit,
        comparison=comparison,
        strict=strict,
        per=_per(after),
        of=_counted(numeral, after),
        provisional=bool(_PROVISIONAL.search(text, low, high)),
        baseline_value=baseline_value if baseline_value != numeral.value else None,
        baseline_statement=baseline_statement,
    )


def find_targets(text: str, *, direction_hint: str | None = None) -> list[TargetPhrase]:
    """The wanted numbers of a statement, in printed order."""
    return [_target(text, numeral, direction_hint or "") for numeral in find_numerals(text)]
