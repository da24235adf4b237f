"""Tell whether two wordings are one element. In: two texts. Out: how alike, from 0 to 1.

A plan states a priority in a list and again over a table, in other words ("built upon", "based upon"), cut short, or
with more words behind; texts that bear different numbers are never the same.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

ALIKE = 0.75
_ENOUGH = 4


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: lower case, "&" as "and", endings that vary cut off."""
    plain = text.casefold().replace("&", " and ").replace("’", "'")
    return [_stem(word) for word in re.findall(r"[a-z0-9']+", plain)]


def likeness(a: str, b: str) -> float:
    """1 for the same words, nearly 1 where one begins or ends with the other, else the share of words in order."""
    one, two = words_of(a), words_of(b)
    if one == two:
        return 1.0
    short, long = sorted((one, two), key=len)
    if len(short) >= _ENOUGH and (long[: len(short)] == short or long[-len(short) :] == short):
        return 0.95
    if len(short) >= 3 and long[: len(short)] == short:
        return 0.9
    whole = SequenceMatcher(None, one, two, autojunk=False).ratio()
    if len(short) < 2 * _ENOUGH:
        return whole
    return max(whole, 0.95 * SequenceMatcher(None, short, long[: len(short) + 2], autojunk=False).ratio())


def bears(text: str, title: str) -> bool:
    """Whether a text has the words of a title in their order, and not many more."""
    words, wanted = words_of(text), words_of(title)
    rest = iter(words)
    return len(wanted) >= 0.6 * len(words) and all(word in rest for word in wanted)


def as_printed(text: str) -> str:
    """A text with nothing between its words and marks, so that only what is printed counts, not case or space."""
    return re.sub(r"\s+", "", text.casefold().replace("’", "'")).strip(".,;")


def same_words(a: str, b: str) -> bool:
    """Whether two texts have the same words, whatever their case, spacing and punctuation."""
    plain = [re.findall(r"[a-z0-9]+", text.casefold().replace("&", " and ")) for text in (a, b)]
    return "".join(plain[0]) == "".join(plain[1])


def _stem(word: str) -> str:
    word = word.replace("'", "")
    for ending in ("ing", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
