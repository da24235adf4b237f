"""Targets: the numbers that a statement wants reached.

In: the text of a measure or an action, and a hint that gives a bare level its direction where the text has none (the
action's words, for a level in the measure). Out: one ``TargetPhrase`` for each wanted number: value, range, unit,
comparison, rate base, what is counted, baseline, as printed. Which numbers are wanted ``cyppgraph.phrases.numerals``
decides, how they are meant ``cyppgraph.phrases.comparisons``. Refused: numbers that are not printed ("no increase").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from cyppgraph.phrases.comparisons import ComparisonName, comparison_of
from cyppgraph.phrases.lexicon import NOUN_PHRASE_ENDS
from cyppgraph.phrases.numerals import SENTENCE_END, Numeral, UnitName, find_numerals


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPhrase:
    """A wanted value as printed (``start`` to ``end``).

    ``value`` to ``upper`` for ranges; ``strict`` tells "over 90%" from "90% or more"; ``per`` is the base of a rate
    ("100 offenders", "year"); ``of`` what is counted; ``provisional`` marks what awaits confirmation or is an example.
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


_TIME = r"(?:year|month|week|quarter|term|day)"
_BASE = re.compile(
    rf"\b(?:per\s+(?P<per>(?:\d+\s+)?[a-z]+(?:\s+(?:person|people|child|family))?(?:\s+per\s+{_TIME})?)"
    rf"|(?:each|every|a)\s+(?P<each>{_TIME})\b|(?P<yearly>year)\s+on\s+year)",
    re.IGNORECASE,
)
_BASELINE = re.compile(
    r"\b(?:from|against|above|below|on|to|at|in\s+line\s+with|compared\s+(?:to|with)|based\s+on)\s+(?:the\s+|a\s+)?"
    r"(?P<statement>(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d(?:[/-]\d{2,4})?\s+(?:baseline|level|figure|outturn)s?"
    r"|baseline\s+(?:for|of|at|in|from)\s+(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d(?:[/-]\d{2,4})?(?:\s+baseline)?)"
    r"|\b(?P<own>base\s?line\s+based\s+on\s+(?:[A-Z][a-z]+\s+)?(?:(?:19|20)\d\d|['’]\d\d))",
    re.IGNORECASE,
)
_BASELINE_VALUE = re.compile(
    r"\bbaseline\s+(?:number\s+|level\s+|figure\s+|rate\s+|value\s+)?(?:of|is|was|[-–:])\s*(?P<value>\d[\d,]{0,12}(?:\.\d{1,6})?)",
    re.IGNORECASE,
)
_FROM_VALUE = re.compile(
    r"\bfrom\s+(?P<value>\d[\d,]{0,12}(?:\.\d{1,6})?)\s?%?\s+(?:\([^()]*\)\s+)?to\s+$", re.IGNORECASE
)
_PROVISIONAL = re.compile(
    r"\b(?:awaiting\s+confirmation|provisional|to\s+be\s+confirmed|tbc|expected\s+target|indicative)\b", re.IGNORECASE
)


def _sentence(text: str, numeral: Numeral) -> tuple[int, int]:
    """The sentence around a number."""
    before = [m.end() for m in SENTENCE_END.finditer(text, 0, numeral.start)]
    after = SENTENCE_END.search(text, numeral.end)
    return (before[-1] if before else 0), (after.start() if after else len(text))


def _counted(after: str) -> str | None:
    """What is counted: the words after a number up to a verb, a preposition or a mark."""
    words: list[str] = []
    for word in re.split(r"[.,;:()\n–—]|\s-\s", after)[0].split()[:8]:
        participle = words and re.fullmatch(r"[A-Za-z]+ed", word)
        if word.lower() in NOUN_PHRASE_ENDS or participle or re.search(r"\d", word):
            break
        words.append(word)
    return " ".join(words) or None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "").rstrip("."))


def _baseline(sentence: str, before: str) -> tuple[Decimal | None, str | None]:
    """The baseline's value and its words, where a sentence prints them."""
    statement, value, earlier = _BASELINE.search(sentence), _BASELINE_VALUE.search(sentence), _FROM_VALUE.search(before)
    number = value or earlier
    words = " ".join((statement["statement"] or statement["own"]).split()) if statement else None
    year = number is not None and re.fullmatch(r"(?:19|20)\d\d", number["value"])
    return (_decimal(number["value"]) if number is not None and not year else None), words


def _per(after: str) -> str | None:
    """The base of a rate, before the next number or mark."""
    reach = re.split(r"[.,;:()\n–—]|(?<!per)\s\d", after)[0]
    found = _BASE.search(reach)
    if found is None or len(reach[: found.start()].split()) > 5:
        return None
    return " ".join((found["per"] or found["each"] or found["yearly"]).split())


def _target(text: str, numeral: Numeral, hint: str) -> TargetPhrase:
    low, high = _sentence(text, numeral)
    before, after = text[low : numeral.start], text[numeral.end : high]
    timed = numeral.unit in ("days", "weeks", "months", "years")
    comparison, strict = comparison_of(before, after, hint, ranged=numeral.upper is not None, timed=timed)
    baseline_value, baseline_statement = _baseline(text[low:high], before)
    example = re.search(r"\b(?:e\.g\.?|for\s+example)\s*$", before, re.IGNORECASE)
    return TargetPhrase(
        start=numeral.start,
        end=numeral.end,
        value=numeral.value,
        upper=numeral.upper,
        unit=numeral.unit,
        comparison=comparison,
        strict=strict,
        per=_per(after),
        of=_counted(after) if numeral.unit == "count" else None,
        provisional=bool(_PROVISIONAL.search(text, low, high) or example),
        baseline_value=baseline_value,
        baseline_statement=baseline_statement,
    )


def find_targets(text: str, *, direction_hint: str | None = None) -> list[TargetPhrase]:
    """The wanted numbers of a statement, in printed order."""
    return [_target(text, numeral, direction_hint or "") for numeral in find_numerals(text)]
