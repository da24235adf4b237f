"""Years and amounts that a broken table has run together.

In: text such as "2021/222022/232023/24126.4126.4126.4". Out: the years, and their amounts only where exactly one split
of the digits is well formed. Well formed: as many numbers as years, all with the same number of decimals, no leading
noughts, and, if any comma is printed, thousands commas in all numbers of four digits or more and nowhere else. Two
well-formed splits mean that the print has lost the answer: then the digits stay raw. Amounts are as printed; a heading
such as "£000s" is for the caller to apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

_RUN = re.compile(r"(?:20\d{2}/\d{2}\s*){1,6}")
_WITH_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?")
_WITHOUT = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?")
_LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class YearsAndAmounts:
    """A run of years (``start`` to ``end`` includes the amounts); ``amounts`` is None where no one split stands.

    ``raw`` holds the characters after the years as printed.
    """

    start: int
    end: int
    years: tuple[str, ...]
    amounts: tuple[Decimal, ...] | None
    raw: str


def _well_formed(number: str, commas: bool, decimals: int) -> bool:
    whole, _, fraction = number.partition(".")
    if len(fraction) != decimals or (whole.startswith("0") and whole != "0"):
        return False
    if not commas:
        return bool(_WITHOUT.fullmatch(number))
    return bool(_WITH_COMMAS.fullmatch(number)) and not re.fullmatch(r"\d{4,}", whole)


def _splits(digits: str, count: int, commas: bool, decimals: int) -> Iterator[tuple[str, ...]]:
    """All ways to read a run of digits as so many well-formed numbers."""
    if count == 1:
        if _well_formed(digits, commas, decimals):
            yield (digits,)
        return
    for cut in range(1, min(len(digits) - count + 2, 16)):
        head = digits[:cut]
        if _well_formed(head, commas, decimals):
            for rest in _splits(digits[cut:], count - 1, commas, decimals):
                yield (head, *rest)


def split_amounts(raw: str, count: int) -> tuple[Decimal, ...] | None:
    """So many amounts from characters, None unless there is exactly one way."""
    parts = raw.split()
    if len(parts) == count and all(_WITH_COMMAS.fullmatch(p) or _WITHOUT.fullmatch(p) for p in parts):
        return tuple(Decimal(p.replace(",", "")) for p in parts)
    digits = "".join(parts)
    if not digits or len(parts) > 1 or len(digits) > _LONGEST:
        return None
    found = [split for decimals in range(4) for split in _splits(digits, count, "," in digits, decimals)]
    if len(found) != 1:
        return None
    return tuple(Decimal(p.replace(",", "")) for p in found[0])


def _consistent(years: list[str]) -> bool:
    """Whether each year is a financial year and follows the one before it."""
    starts = [int(y[:4]) for y in years]
    return all((s + 1) % 100 == int(y[-2:]) for s, y in zip(starts, years, strict=True)) and all(
        b == a + 1 for a, b in pairwise(starts)
    )


def split_years_and_amounts(text: str) -> YearsAndAmounts | None:
    """The first run of financial years in a text, and the amounts after it; None where there are no years."""
    run = _RUN.search(text)
    if run is None:
        return None
    years = re.findall(r"20\d{2}/\d{2}", run[0])
    if not _consistent(years):
        return None
    amounts = re.match(r"[£\s]*([\d.,][\d.,£ ]*\d|\d)?", text[run.end() :])
    raw = (amounts[1] or "").replace("£", "").strip() if amounts else ""
    end = run.end() + (amounts.end() if amounts and raw else 0)
    return YearsAndAmounts(
        start=run.start(), end=end, years=tuple(years), amounts=split_amounts(raw, len(years)) if raw else None, raw=raw
    )
