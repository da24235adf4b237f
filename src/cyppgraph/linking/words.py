"""The words of a text that tell one thing from another. In: text whose short forms are spelled out. Out: words."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z0-9][a-z0-9'&*+-]*[a-z0-9]|[a-z0-9]")
_EVERYWHERE = """
    a an and are as at be been by for from has have in into is it its of on or our per that the their them they this to
    was were which who will with within all any each every other through across over under up down more than new
    number numbers percentage proportion percent rate rates increase increased reduce reduced reduction reducing improve
    improved improving ensure develop deliver delivered delivery year years quarterly annual target targets plan plans
    work working local service services support people young expected current currently baseline
"""
_STOP = frozenset(_EVERYWHERE.split())
_NUMBERED = re.compile(r"\b(level|key stage|year|tier|stage)s? ?([0-9])\b")


def read_words(text: str) -> list[str]:
    """Return the words of a text without those that stand everywhere; "level 3" and "Key Stage 2" are one word each."""
    joined = _NUMBERED.sub(lambda found: found[1].replace(" ", "") + found[2], text)
    return [_stem(word) for word in _WORD.findall(joined) if word not in _STOP and not word.isdecimal()]


def _stem(word: str) -> str:
    """Take the plural or "'s" off a word; endings of other kinds are what pieces of words are for."""
    word = word.removesuffix("'s")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
