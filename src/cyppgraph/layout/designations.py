"""Designations ("(LAA)", "(school survey)") taken off a statement. In: a text. Out: its other words, and them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cyppgraph.documents import Text
from cyppgraph.phrases import parse_designations


def without_designations(words: Text, known: Sequence[str]) -> tuple[Text, list[str]]:
    """A statement without the designations at its start or end, and those; a full stop alone behind one goes too."""
    found = parse_designations(str(words), known)
    for name in reversed(found):
        before, after = words[: name.start].strip(), words[name.end :].strip()
        words = Text.joined((before, after)) if re.search(r"\w", str(after)) else before
    return words, [name.name for name in found]
