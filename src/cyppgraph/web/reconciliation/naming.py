"""How a name is read. In: what a client calls a thing. Out: the name as it is compared, the codes in it, its years."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 2_000
"""How many characters of a name are looked at."""
_APOSTROPHES = re.compile(r"['’`]")
_BETWEEN_WORDS = re.compile(r"[^\w+]+")
_CODE = re.compile(r"(?<![^\W_])([A-Za-z]{2,4})[\s.:_-]{0,2}0*(\d{1,3})([A-Za-z]?)(?![^\W_])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = re.compile(r"\d+")
_ALIKE = 0.85
"""How alike two spellings must be for one to be a slip of the other."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a client gave.

    Attributes:
        text: as it was given.
        key: as it is compared with others.
        codes: the keys of the codes in it.
        rest: the text without its codes.
    """

    text: str
    key: str
    codes: frozenset[str]
    rest: str

    @property
    def rest_key(self) -> str:
        """What is left without codes, as it is compared."""
        return make_key(self.rest)


def make_key(text: str) -> str:
    """Return a text without capitals, apostrophes, accents' variants, marks and spaces that make no difference."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold().replace("&", " and ")
    return _BETWEEN_WORDS.sub(" ", _APOSTROPHES.sub("", plain)).strip()


def make_code_key(text: str) -> str:
    """Return a code without what printers vary: "ni117", "NI 117" and "NI-117" are one; else "" if it is no code."""
    found = _CODE.fullmatch(text.strip())
    return _join(found) if found else ""


def read_name(text: str, known: Container[str]) -> Name:
    """Read a name.

    Args:
        text: what the client gave.
        known: the keys of the codes that there are; what looks like another code is left in the text.
    """
    text = text[:LONGEST]
    found = [code for code in _CODE.finditer(text) if _join(code) in known]
    rest = text
    for code in reversed(found):
        rest = f"{rest[: code.start()]} {rest[code.end() :]}"
    return Name(text, make_key(text), frozenset(map(_join, found)), rest)


def read_years(text: str) -> list[int]:
    """Return the years that a text names, in order; of "2009/10" the first."""
    return [int(year) for year in _YEAR.findall(text)]


def compare_spelling(key: str, others: Iterable[str]) -> float:
    """Return how nearly a key is spelt as one of others: 0, or 0.85 to 1. Other numbers are no slip of the pen."""
    numbers = sorted(_NUMBER.findall(key))
    best = 0.0
    for other in others:
        matcher = SequenceMatcher(None, other, key, autojunk=False)
        if max(best, _ALIKE) <= matcher.real_quick_ratio() and max(best, _ALIKE) <= matcher.quick_ratio():
            ratio = matcher.ratio()
            if ratio >= _ALIKE and sorted(_NUMBER.findall(other)) == numbers:
                best = max(best, ratio)
    return best


def _join(code: re.Match[str]) -> str:
    return f"{code[1].casefold()} {int(code[2])}{code[3].casefold()}"
