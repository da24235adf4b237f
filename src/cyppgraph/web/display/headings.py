"""Names of variables as headings. In: names, such as noTarget. Out: words, such as No target."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

_BETWEEN_WORDS = re.compile(r"_+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z](?!s(?![a-z]))[a-z])|(?<=[a-z])(?=[0-9])")
_LETTERS = {"id": "ID", "iri": "IRI", "uri": "URI", "url": "URL"}
_LABEL = " label"


def write_heading(name: str) -> str:
    """Return the words of a name, the first with a capital: those written in capitals stay as they are."""
    words = [word for word in _BETWEEN_WORDS.sub(" ", name).split() if word] or [name]
    words = [_LETTERS.get(word.lower()) or (word.lower() if word[1:].islower() else word) for word in words]
    return f"{words[0][:1].upper()}{words[0][1:]} {' '.join(words[1:])}".strip()


def write_headings(names: Sequence[str]) -> Mapping[str, str]:
    """Return the headings of columns by name: one that is only the label of a thing is called as the thing.

    So are ``planLabel`` and ``plan_label``, unless another column would have that heading too.
    """
    headings = {name: write_heading(name) for name in names}
    shorter = {name: heading.removesuffix(_LABEL) for name, heading in headings.items()}
    counts = Counter(shorter.values())
    return {name: shorter[name] if counts[shorter[name]] == 1 else heading for name, heading in headings.items()}
