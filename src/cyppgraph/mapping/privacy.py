"""What to publish about persons. In: a plan. Out: a ``Privacy`` that texts and person IRIs go through.

``OPEN`` lets everything through. ``withhold_persons`` takes out every person that the plan's leads name, wherever the
name is printed: whole words, upper or lower case, over any white space. Initials, roles and bodies stay. Where a lead
is understood to name a person whose name cannot be found in its words, the words of the name that stand there are taken
out one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cyppgraph.plan import Lead, Plan

WITHHELD = "[name withheld]"


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
        self.numbers = {name: n for n, name in enumerate(dict.fromkeys(names), start=1)}
        whole = [_pattern(name) for name in sorted(self.numbers, key=lambda n: (-len(n), n))]
        self.whole = re.compile(f"(?<!\\w)(?:{'|'.join(whole)})(?!\\w)", re.IGNORECASE) if whole else None
        single = [re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w))]
        self.single = re.compile(f"(?<!\\w)(?:{'|'.join(single)})(?!\\w)") if single else None

    def text(self, text: str) -> str:
        """Return a text without the names."""
        for pattern in (self.whole, self.single):
            if pattern is not None:
                text = pattern.sub(WITHHELD, text)
        return text

    def person(self, slug: str, name: str) -> str:
        """Return a number in place of the name: the first person that the plan names is 1."""
        del slug
        return f"withheld-{self.numbers[name]}"


OPEN = Privacy()


def withhold_persons(plan: Plan) -> Privacy:
    """Return what takes the plan's named persons out of its texts."""
    named = [lead for lead in plan.leads if lead.person]
    names = [lead.person for lead in named if lead.person]
    return _Withholding(names, [word for lead in named for word in _stray_words(lead)])


def _stray_words(lead: Lead) -> Iterable[str]:
    """Yield the words of a lead's person that stand in its texts apart from the whole name."""
    whole = re.compile(f"(?<!\\w){_pattern(lead.person or '')}(?!\\w)", re.IGNORECASE)
    words = [word for word in re.findall(r"\w[\w'’-]+", lead.person or "") if len(word) > 1]
    for text in (lead.statement, *(passage.quote for passage in lead.sources)):
        left = whole.sub(" ", text)
        yield from (word for word in words if re.search(f"(?<!\\w){re.escape(word)}(?!\\w)", left))


def _pattern(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split()))
