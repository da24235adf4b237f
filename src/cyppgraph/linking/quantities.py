"""A measure that names two quantities, told apart. In: a statement. Out: its parts, the whole statement first.

"95% of care leavers in suitable accommodation and 80% in education" is two quantities: each has its own indicator, and
compared as one text neither would be found.
"""

from __future__ import annotations

import re

_FIGURE = r"(?:\d+(?:\.\d+)?\s?%|£\s?\d[\d,.]*|\d+(?:\.\d+)?\s+(?:per|in every)\b)"
_PLAIN = re.compile(r"\s*(?:;|•|\s[-–]\s|\.\s+(?=[A-Z])|\band\b(?=[^,;.]*" + _FIGURE + r"))\s*")
_LIST = re.compile(r"\s*(?:,|\band\b|\bor\b|&|/)\s*")
_LONGEST_LIST = 60
"""Characters of a statement that is read as a bare list ("attendance, exclusions and behaviour")."""
_SHORTEST, _SHORTEST_IN_LIST = 4, 8
"""Characters below which a part says nothing by itself ("NEET" does); in a bare list it takes more than "boys"."""


def split_quantities(statement: str) -> list[str]:
    """Return a statement and, where it names several quantities, each of them.

    Args:
        statement: the words of a measure, a target or an action.

    Returns:
        The whole statement; after it its parts, if it has any.
    """
    parts = [part for part in _PLAIN.split(statement) if len(part) >= _SHORTEST]
    if len(parts) < 2 and len(statement) <= _LONGEST_LIST:
        parts = [part for part in _LIST.split(statement) if len(part) >= _SHORTEST_IN_LIST]
    return [statement, *parts] if len(parts) > 1 else [statement]
