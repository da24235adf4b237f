"""How a wanted number is meant: a level to reach or keep, or a change.

In: the words before and after a number in its sentence, and a hint. Out: the comparison. Words decide first ("at
least", "no more than", "or less", "by … from"); then the verb that leads to the number ("reduce … to"); then, for a
level that stands alone ("NEET to 4.9%", "50% of all settings"), the direction of the hint; else it is meant exactly.
A capitalised word inside a sentence gives no direction: it belongs to a name ("EET Improvement Strategy").
"""

from __future__ import annotations

import re
from typing import Literal

ComparisonName = Literal["at least", "at most", "exactly", "increase by", "decrease by"]


def _ends(pattern: str) -> re.Pattern[str]:
    """A pattern for the words right before a number."""
    return re.compile(rf"\b(?:{pattern})\s*$", re.IGNORECASE)


_LESS = (
    r"reduc\w*|decreas\w*|lower(?:s|ed|ing)?|fewer|cut(?:s|ting)?|minimis\w*|declin\w*|downward|fall(?:s|ing)?"
    r"|drop(?:s|ping)?|narrow\w*|down"
)
_MORE = r"increas\w*|improv\w*|rais(?:e|es|ed|ing)|grow(?:th|s|ing)?|expand\w*|higher|extend\w*|maximis\w*|upward|rise"
_DIRECTION = re.compile(rf"\b(?:(?P<less>{_LESS})|(?P<more>{_MORE}))\b", re.IGNORECASE)
_BEFORE: tuple[tuple[ComparisonName, bool, re.Pattern[str]], ...] = (
    (
        "at most",
        False,
        _ends(
            r"(?:no|not)\s+(?:more|higher|greater)\s+than|max(?:imum)?(?:\s+of)?|up\s+to|within|at\s+most"
            r"|not\s+(?:to\s+)?exceed(?:ing)?"
        ),
    ),
    ("at least", False, _ends(r"at\s+least(?:\s+half\s+-)?|min(?:imum)?(?:\s+of)?|(?:no|not)\s+(?:fewer|less)\s+than")),
    ("at least", True, _ends(r"over|(?:more|greater|higher)\s+than|above|exceed(?:s|ing)?|in\s+excess\s+of")),
    ("at most", True, _ends(r"(?:less|fewer|lower)\s+than|under|below")),
)
_AFTER = re.compile(
    r"\s*(?:[a-z]+\s+)?(?:or|and)\s+(?:(?P<more>more|above|over|better|higher)|(?P<less>less|below|fewer|under|lower))\b",
    re.IGNORECASE,
)
_CHANGE_AFTER = re.compile(
    r"\s*(?:year\s+on\s+year\s+)?(?:(?P<less>reduction|decrease|drop|fall|cut|decline|fewer)"
    r"|(?P<more>increase|growth|rise|improvement|more))\b",
    re.IGNORECASE,
)
_CHANGE_BEFORE = re.compile(
    rf"\bby\s+(?:at\s+least\s+|a\s+further\s+|approximately\s+)?$|\b(?P<plus>plus)\s+$"
    rf"|\b(?P<of>{_LESS}|{_MORE}|reduction|increase)\s+of\s+(?:at\s+least\s+)?$",
    re.IGNORECASE,
)
_LEADS_TO = re.compile(r"\b(?:to|targets?(?:\s+of)?)\s*$", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:\w{2,}ed|\w{3,}ing|is|are|be|been|have|has|held|met|complete|include|report|live|achieve|use|receive)\b"
)


def direction(words: str) -> Literal["less", "more"] | None:
    """The direction of the last word that has one."""
    opening = len(words) - len(words.lstrip(" (-–•"))
    found = [m for m in _DIRECTION.finditer(words) if m.start() == opening or not m[0][0].isupper()]
    if not found:
        return None
    return "less" if found[-1]["less"] else "more"


def _change(before: str, after: str, hint: str) -> ComparisonName | None:
    """Increase or decrease by, where the number is a change and not a level."""
    named = _CHANGE_AFTER.match(after)
    if named:
        return "decrease by" if named["less"] else "increase by"
    leading = _CHANGE_BEFORE.search(before)
    if leading is None:
        return None
    if leading["plus"]:
        return "increase by"
    share = re.match(r"\s+of\s+(?!all\b|the\s+baseline)[a-z]", after)
    towards = direction(before) or direction(hint)
    if towards is None or (share and not leading["of"]):
        return None
    return "decrease by" if towards == "less" else "increase by"


def _stands_alone(before: str, after: str) -> bool:
    """Whether a number is a bare level: at most what leads to it before, and at most a few words, no verb, after."""
    led = not before.strip(" (-–•") or _LEADS_TO.search(before) is not None
    return led and len(after.split()) <= 4 and _VERB.search(after) is None


def comparison_of(before: str, after: str, hint: str, *, ranged: bool, timed: bool) -> tuple[ComparisonName, bool]:
    """The comparison, and whether it is strict ("over 90%"); ``timed``: the number is a length of time."""
    change = _change(before, after, hint)
    if change is not None:
        return change, False
    for comparison, strict, pattern in _BEFORE:
        if pattern.search(before):
            return comparison, strict
    trailing = _AFTER.match(after)
    if trailing:
        return ("at least" if trailing["more"] else "at most"), False
    if ranged or after.startswith("+"):
        return "at least", False
    if timed:
        return "at most", False
    towards = direction(before) if _LEADS_TO.search(before) else None
    if towards is None and _stands_alone(before, after):
        towards = direction(hint) or ("more" if re.search(r"\b(?:min(?:imum)?|at\s+least)\b", hint, re.I) else None)
    if towards is None:
        return "exactly", False
    return ("at most" if towards == "less" else "at least"), False
