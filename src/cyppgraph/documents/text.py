"""Text that remembers where each of its characters stands in the source. In: source lines. Out: text to cut and join.

Whatever is cut out of a ``Text``, joined to it or mended in it, every character still knows its line and column, so
that a statement's passages, and the words that nobody understood, can be told exactly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from cyppgraph.where import Span

NOWHERE = -1
_COLUMN_BITS = 32
_COLUMN_MASK = (1 << _COLUMN_BITS) - 1


def _place(line: int, column: int) -> int:
    return line << _COLUMN_BITS | column


class Text:
    """A string and, for each character, its place in the source (``NOWHERE`` for what we put in ourselves)."""

    __slots__ = ("origin", "string")

    def __init__(self, string: str, origin: Iterable[int]) -> None:
        self.string = string
        self.origin = tuple(origin)

    @classmethod
    def of_line(cls, string: str, line: int) -> Text:
        """A whole source line: character ``i`` stands in column ``i`` of ``line`` (from 1)."""
        return cls(string, (_place(line, i) for i in range(len(string))))

    @classmethod
    def added(cls, string: str) -> Text:
        """Characters that stand nowhere in the source, such as a joining space."""
        return cls(string, (NOWHERE for _ in string))

    @classmethod
    def joined(cls, parts: Iterable[Text], separator: str = " ") -> Text:
        """The non-empty parts in order, ``separator`` between them."""
        kept = [part for part in parts if part.string]
        origin: list[int] = []
        for i, part in enumerate(kept):
            if i:
                origin.extend(NOWHERE for _ in separator)
            origin.extend(part.origin)
        return cls(separator.join(part.string for part in kept), origin)

    def __len__(self) -> int:
        return len(self.string)

    def __bool__(self) -> bool:
        return bool(self.string)

    def __str__(self) -> str:
        return self.string

    def __repr__(self) -> str:
        return f"Text({self.string!r}, line {self.first_line})"

    def __getitem__(self, key: slice) -> Text:
        return Text(self.string[key], self.origin[key])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.string == other.string and self.origin == other.origin

    def __hash__(self) -> int:
        return hash((self.string, self.origin))

    @property
    def first_line(self) -> int | None:
        """The line of the first character that has a place, None if none has."""
        return next((place >> _COLUMN_BITS for place in self.origin if place != NOWHERE), None)

    def strip(self, characters: str | None = None) -> Text:
        """Without leading and trailing white space, or ``characters``."""
        left = len(self.string) - len(self.string.lstrip(characters))
        right = len(self.string.rstrip(characters))
        return self[left : max(left, right)]

    def split(self, pattern: re.Pattern[str]) -> list[Text]:
        """The pieces between the matches of ``pattern``, empty ones included."""
        pieces: list[Text] = []
        start = 0
        for match in pattern.finditer(self.string):
            pieces.append(self[start : match.start()])
            start = match.end()
        pieces.append(self[start:])
        return pieces

    def collapsed(self) -> Text:
        """Every run of white space made one space, none at either end."""
        return Text.joined(
            (self[match.start() : match.end()] for match in re.finditer(r"\S+", self.string)), separator=" "
        )

    def mended(self, was: str, now: str) -> Text:
        """With the one occurrence of ``was`` replaced by ``now``; words common to both keep their places.

        Raises:
            ValueError: ``was`` does not occur exactly once; the message says how often it does.
        """
        if (count := self.string.count(was)) != 1:
            raise ValueError(f"found {count} times")
        start = self.string.index(was)
        old = self[start : start + len(was)]
        return Text.joined((self[:start], _aligned(old, now), self[start + len(was) :]), separator="")

    def places(self) -> Iterator[tuple[int, int]]:
        """Line and column of each character that has a place, in the order of the text."""
        for place in self.origin:
            if place != NOWHERE:
                yield place >> _COLUMN_BITS, place & _COLUMN_MASK

    @property
    def lines(self) -> set[int]:
        """The lines that its characters stand on."""
        return {place >> _COLUMN_BITS for place in self.origin if place != NOWHERE}

    def spans(self) -> list[Span]:
        """The source characters of this text as spans: neighbours on one line are one span."""
        spans: list[Span] = []
        first = last = NOWHERE
        for place in self.origin:
            if place == NOWHERE:
                continue
            if place != last + 1:
                if first != NOWHERE:
                    spans.append(_span(first, last))
                first = place
            last = place
        return [*spans, _span(first, last)] if first != NOWHERE else spans


def _span(first: int, last: int) -> Span:
    return Span(first >> _COLUMN_BITS, first & _COLUMN_MASK, (last & _COLUMN_MASK) + 1)


_TOKEN = re.compile(r"\w+(?:[./'’-]\w+)*|\s+|[^\w\s]")
_RUN = 5


def _aligned(old: Text, now: str) -> Text:
    """``now`` with the places of the words it shares with ``old``, moved ones too; a new word takes an old one's place.

    Long runs find each other first; single words (a date, initials) that occur several times do so in their order. No
    place of a word is used twice, so that what a mended text leaves out can be told.
    """
    old_tokens = [(m.start(), m.group()) for m in _TOKEN.finditer(old.string)]
    new_tokens = _TOKEN.findall(now)
    matcher = SequenceMatcher(None, [token for _, token in old_tokens], new_tokens, autojunk=False)
    blocks = matcher.get_matching_blocks()
    enough = min(_RUN, max(size for _, _, size in blocks))
    source = {j + k: i + k for i, j, size in blocks if size >= enough for k in range(size)}
    _find_moved([token for _, token in old_tokens], new_tokens, source)
    _find_replaced(matcher, old_tokens, new_tokens, source)
    parts = []
    for j, token in enumerate(new_tokens):
        i = source.get(j, -1)
        if i < 0:
            parts.append(Text.added(token))
        else:
            start, was = old_tokens[i]
            parts.append(_spread(token, old[start : start + len(was)]))
    return Text.joined(parts, separator="")


def _find_moved(old: list[str], new: list[str], source: dict[int, int]) -> None:
    """Give each word without a place that of the same word elsewhere: behind its neighbour's, else in order."""
    free: dict[str, list[int]] = {}
    taken = set(source.values())
    for i, token in enumerate(old):
        if i not in taken and re.match(r"\w", token):
            free.setdefault(token, []).append(i)
    for j, token in enumerate(new):
        places = free.get(token)
        if j not in source and places:
            before = next((source[k] for k in (j - 1, j - 2) if k in source and "\t" not in "".join(new[k:j])), None)
            near = [i for i in places if before is not None and 0 < i - before <= 2]
            source[j] = (near or places)[0]
            places.remove(source[j])


def _find_replaced(
    matcher: SequenceMatcher[str], old: list[tuple[int, str]], new: list[str], source: dict[int, int]
) -> None:
    """Give each word that is still without a place that of a word which it replaces."""
    taken = set(source.values())
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "replace":
            free = [i for i in range(i1, i2) if i not in taken and re.match(r"\w", old[i][1])]
            for j in (j for j in range(j1, j2) if j not in source and re.match(r"\w", new[j])):
                if free:
                    source[j] = free.pop(0)


def _spread(string: str, gone: Text) -> Text:
    """``string`` over the places of the word it stands for: as many as there are, the last one kept."""
    origin = list(gone.origin[: len(string)]) + [NOWHERE] * (len(string) - len(gone))
    if len(gone) > len(string):
        origin[-1] = gone.origin[-1]
    return Text(string, origin)
