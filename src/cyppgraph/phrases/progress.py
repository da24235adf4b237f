"""How far an action is, as a progress column prints it.

In: the text of a cell. Out: one phrase for each statement of progress ("Complete In progress" is two). Words that no
status fits are "other".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

ProgressKind = Literal["complete", "in progress", "not started", "in consultation", "other"]

_STATES: tuple[tuple[ProgressKind, str], ...] = (
    (
        "not started",
        r"not\s+(?:yet\s+)?(?:started|begun|commenced)|yet\s+to\s+(?:start|begin|commence)|to\s+be\s+started",
    ),
    ("in consultation", r"(?:in|under|out\s+(?:to|for))\s+consultation|consulting"),
    (
        "in progress",
        r"in[\s-]progress|under\s?way|on[\s-]?going|started|on\s+track|part(?:ly|ially)?\s+completed?|not\s+(?:yet\s+)?completed?",
    ),
    ("complete", r"completed?|done|achieved|finished|closed"),
)
_ANY = re.compile("|".join(rf"(?P<s{n}>\b(?:{pattern})\b)" for n, (_, pattern) in enumerate(_STATES)), re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPhrase:
    """One statement of progress."""

    start: int
    end: int
    status: ProgressKind


def parse_progress(text: str) -> list[ProgressPhrase]:
    """The statements of progress of a cell in printed order; blank text gives none."""
    found = [
        ProgressPhrase(start=m.start(), end=m.end(), status=_STATES[int((m.lastgroup or "s0")[1:])][0])
        for m in _ANY.finditer(text)
    ]
    if found or not re.search(r"\w", text):
        return found
    start = len(text) - len(text.lstrip())
    return [ProgressPhrase(start=start, end=len(text.rstrip()), status="other")]
