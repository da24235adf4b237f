"""What to publish about persons. In: a plan. Out: a ``Privacy`` that texts and person IRIs go through.

``OPEN`` lets everything through. ``withhold_persons`` takes out every person that the plan's leads name, wherever the
name is printed: whole or surname first, with a title and the surname alone, in an e-mail address; in upper or lower
case, over any white space. A first name before a surname counts as a name also where they are two persons' ("Chris
Clark" for "Chrissy Clark"). Where a lead's own words hold a part of the name only, that part is taken out too, wherever
it stands. Initials, roles and bodies stay. What this cannot know is a person whom no lead names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cyppgraph.plan import Lead, Plan

WITHHELD = "[name withheld]"
_TITLES = r"(?:Mrs?|Ms|Miss|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Lord|Lady)\.?\s+"


class Privacy:
    """Lets texts through as they are."""

    def text(self, text: str) -> str:
        """Return a text without what must not be published."""
        return text

    def person(self, slug: str, name: str) -> str:
        """Return what a person's IRI ends in."""
        del name
        return slug


class _Withholding(Privacy):
    """Takes persons' names out of texts and IRIs."""

    def __init__(self, names: Iterable[str], words: Iterable[str]) -> None:
        self.numbers: dict[str, int] = {}
        printed = list(names)
        for name in printed:
            self.numbers.setdefault(_key(name), len(self.numbers) + 1)
        longest_first = sorted(self.numbers, key=lambda name: (-len(name), name))
        self.whole = _compile([_pattern(name) for name in longest_first], re.IGNORECASE)
        self.mixed = _compile(_mixtures(printed))
        self.single = _compile([_literal(word) for word in sorted(set(words), key=lambda w: (-len(w), w))])

    def text(self, text: str) -> str:
        """Return a text without the names."""
        for pattern in (self.whole, self.mixed, self.single):
            if pattern is not None:
                text = pattern.sub(WITHHELD, text)
        return text

    def person(self, slug: str, name: str) -> str:
        """Return a number in place of the name: the first person that the plan names is 1."""
        del slug
        return f"withheld-{self.numbers[_key(name)]}"


OPEN = Privacy()


def withhold_persons(plan: Plan) -> Privacy:
    """Return what takes the plan's named persons out of its texts."""
    named = [lead for lead in plan.leads if lead.person]
    return _Withholding([lead.person or "" for lead in named], [word for lead in named for word in _stray_words(lead)])


def _stray_words(lead: Lead) -> Iterable[str]:
    """Yield the words of a lead's person that stand in its texts apart from the whole name."""
    name = lead.person or ""
    whole = re.compile(_pattern(name), re.IGNORECASE)
    words = re.findall(r"\w[\w'’-]+", name)
    for text in (lead.statement, *(passage.quote for passage in lead.sources)):
        left = whole.sub(" ", text)
        yield from (word for word in words if re.search(rf"(?<!\w){_literal(word)}(?!\w)", left))


def _key(name: str) -> str:
    return " ".join(name.casefold().split())


def _literal(word: str) -> str:
    """Return a pattern of a word in which apostrophes and hyphens of any make count as one."""
    return re.sub(r"['’‘]", "['’‘]", re.sub(r"\\-|[‐‑–]", "[-‐‑–]", re.escape(word)))


def _pattern(name: str) -> str:
    """Return a pattern of a name in all the ways in which it is printed."""
    words = [_literal(word) for word in name.split()]
    ways = [r"[\s._]*".join(words)]
    if len(words) > 1:
        ways += [rf"{words[-1]},\s*{words[0]}", _TITLES + words[-1]]
    return "|".join(ways)


def _mixtures(names: list[str]) -> list[str]:
    """Return patterns of one person's first name (or its initial) and another's surname: "Chris" for "Chrissy"."""
    words = [[_literal(word) for word in name.split()] for name in names if " " in name]
    if not words:
        return []
    first, last = (sorted({name[n] for name in words}) for n in (0, -1))
    return [rf"(?:{'|'.join(first)}|[A-Z]\.)\s+(?:[A-Z]\.?\s+)?(?:{'|'.join(last)})"]


def _compile(patterns: list[str], flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", flags) if patterns else None
