"""Cells cut into the statements that they hold.

In: the text of a measures or action cell. Out: offsets of its statements, in order, trimmed of marks and white space.
Marks cut: new lines, bullets, semicolons, the end of a sentence. Where marks were lost in print, a word of
``cyppgraph.phrases.lexicon`` cuts if it is capitalised, the words before it are complete, and it does not belong to a
name. When in doubt a cell stays whole: two statements in one are found again by a reader; half a statement is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cyppgraph.phrases.lexicon import (
    AMBIGUOUS_IMPERATIVES,
    CONNECTORS,
    IMPERATIVES,
    NUMBER_HOLDERS,
    NUMBER_WORDS,
    RESULT_NOUNS,
    RESULTS,
)

_MARKS = re.compile(r"\n|[•·✓▪●◦]|;(?=\s|$)")
_SENTENCE_END = re.compile(r"[.!?][)'\"’”]*\s+(?=[(‘'\"“]?[A-Z0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.?g|i\.?e|etc|cf|no|nos|approx|inc|incl|dr|mr|mrs|ms|st|vs|dept|dev|para|s|p|pp|ref|est|min|max)|\b[A-Z]|\(s)\.$",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\S+")
_LETTER_MARK = re.compile(r"(?:(?<=\s)|^)\(?[a-h]\)(?=\s)")
_EDGE = " \t\n•·✓▪●◦;,"


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def bare(self) -> str:
        return self.text.strip("()[]‘’'\"“”,;:.")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(_EDGE))
    dash = re.match(r"[-–—]\s+", text[start:end])
    start += dash.end() if dash else 0
    end = start + len(text[start:end].rstrip(_EDGE))
    tail = re.search(r"\s[-–—]$", text[start:end])
    end -= len(tail[0]) if tail else 0
    return (start, end) if re.search(r"\w", text[start:end]) else None


def _is_sentence_end(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start() + 1]
    following = text[match.end() :]
    if _ABBREVIATED.search(before) and not re.search(r"\b(?:[A-Z]{2,}|etc)\.$", before):
        return False
    return not (re.search(r"\d\.$", before) and re.match(r"\d", following)) and not re.search(
        r"(?:^|\n)\s*\w{1,3}\.$", before
    )


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """Stretches between printed marks; brackets keep what they hold together."""
    depth, cuts, position = 0, [], 0
    ends = {m.start(): m for m in _SENTENCE_END.finditer(text) if _is_sentence_end(text, m)}
    marks = {m.start(): m for m in _MARKS.finditer(text)}
    letters = [m.start() for m in _LETTER_MARK.finditer(text)]
    lettered = set(letters) if len(letters) > 1 else set()
    for index, character in enumerate(text):
        depth = max(0, depth + (character == "(") - (character == ")")) if character != "\n" else 0
        if index in marks:
            cuts.append((index, marks[index].end()))
        elif index in ends and depth == 0:
            cuts.append((ends[index].end(), ends[index].end()))
        elif index in lettered:
            cuts.append((index, index))
    for end, following in cuts:
        yield position, end
        position = following
    yield position, len(text)


def _is_acronym(word: str) -> bool:
    return len(re.findall(r"[A-Z0-9]", word)) >= 2 and bool(re.match(r"[A-Z]", word))


def _complete(before: list[_Token]) -> bool:
    """Whether the words so far may be a whole statement: enough of them, and none that waits for more."""
    last = before[-1]
    if last.text.endswith((",", ":", "(", "/", "&", "-", "–")) or last.text.endswith(("'s", "’s", "s’", "s'")):
        return False
    if len(before) < 2 or (last.bare.lower() in CONNECTORS and not _idiom(before)):
        return False
    said = " ".join(t.text for t in before)
    if said.count("(") > said.count(")"):
        return False
    example = re.search(r"\b(?:e\.g\.?|i\.e\.?|such as|for example)\s", said + " ", re.IGNORECASE)
    return example is None


def _idiom(before: list[_Token]) -> bool:
    """Whether a small word ends what it stands in ("followed up", "signed off", "5% or less")."""
    pair = f"{before[-2].bare} {before[-1].bare}".lower()
    return bool(
        re.search(
            r"(?:ed|set|take|made|built|drawn|put) (?:up|off|out|in|on|over)$|^or (?:less|more|above|below|over)$", pair
        )
    )


def _capitalised(word: str) -> bool:
    return bool(re.match(r"[A-Z]", word))


def _opens_number(token: _Token, before: list[_Token], after: list[_Token]) -> bool:
    """Whether a number begins a statement: it counts the words after it, and nothing before it claims it."""
    word = token.bare
    number = re.fullmatch(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?%?", word) or (
        _capitalised(word) and word.lower() in NUMBER_WORDS
    )
    if not number or len(after) < 1 or not re.match(r"[a-zA-Z]", after[0].text):
        return False
    last = before[-1].bare
    if (
        (_capitalised(last)
        and not _is_acronym(last))
        or last.lower() in NUMBER_HOLDERS
        or last.lower().endswith(("ing", "by"))
    ):
        return False
    if re.search(r"\d", last) and not re.fullmatch(r"[\d/]+", last):
        return False
    if word.endswith("%") or _capitalised(word):
        return True
    rest = " ".join(t.text for t in after[:8])
    return bool(re.search(r"\b\w+(?:ed|en|held|in place|met)\b", rest)) and len(before) >= 3


def _in_name(token: _Token, before: list[_Token], after: list[_Token]) -> bool:
    """Whether a capitalised word stands inside a run of capitalised words, a name."""
    last = before[-1].bare
    follows = after[0].bare if after else ""
    inside = _capitalised(last) and not _is_acronym(last) and not before[-1].text.endswith((")", '"', "”"))
    return inside or (_capitalised(follows) and not _is_acronym(follows))


def _opens(token: _Token, before: list[_Token], after: list[_Token], *, orders_only: bool) -> bool:
    """Whether a statement begins here though no mark says so."""
    if not before or not after or not _complete(before):
        return False
    word = token.bare.lower()
    if not orders_only and _opens_number(token, before, after):
        return True
    if not _capitalised(token.bare) or (_is_acronym(token.bare) and not word.startswith("re-")):
        return False
    last, follows = before[-1].bare, after[0].bare
    if word in IMPERATIVES and word not in AMBIGUOUS_IMPERATIVES:
        return _opens_order(last, follows)
    if orders_only:
        adverb = word in ("fully", "further", "re") and follows.lower() in IMPERATIVES
        ambiguous = word in AMBIGUOUS_IMPERATIVES and word in IMPERATIVES
        return (
            (adverb or ambiguous)
            and not _in_name(token, before, after)
            and follows.lower() not in ("of", "and", "&", "for")
        )
    if word in RESULT_NOUNS and re.fullmatch(r"[A-Z0-9]+", last):
        return False
    if word in IMPERATIVES or word in RESULTS or word in RESULT_NOUNS:
        return not _in_name(token, before, after)
    return False


def _opens_order(last: str, follows: str) -> bool:
    """Whether an order begins: after a name it must be followed by plain words ("Munro Develop local MASH")."""
    if follows.lower() in ("of", "group", "team", "board"):
        return False
    if _capitalised(last) and not _is_acronym(last):
        return not _capitalised(follows) or _is_acronym(follows)
    return True


def _unmarked(text: str, start: int, end: int, *, orders_only: bool) -> Iterator[tuple[int, int]]:
    """A stretch cut where a statement begins without a mark."""
    tokens = [_Token(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text, start, end)]
    first = 0
    for index in range(1, len(tokens)):
        before, after = tokens[first:index], tokens[index + 1 :]
        if _opens(tokens[index], before, after, orders_only=orders_only):
            yield tokens[first].start, tokens[index - 1].end
            first = index
    if tokens:
        yield tokens[first].start, tokens[-1].end


def _split(text: str, *, orders_only: bool) -> list[tuple[int, int]]:
    found = []
    for low, high in _marked(text):
        for start, end in _unmarked(text, low, high, orders_only=orders_only):
            piece = _trimmed(text, start, end)
            if piece is not None:
                found.append(piece)
    return found


def split_statements(text: str) -> list[tuple[int, int]]:
    """The statements of a measures or expected-outcome cell."""
    return _split(text, orders_only=False)


def split_actions(text: str) -> list[tuple[int, int]]:
    """The actions of a cell whose bullets were lost: only orders ("Develop …") begin one without a mark."""
    return _split(text, orders_only=True)
