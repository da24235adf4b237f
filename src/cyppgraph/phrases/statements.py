"""Cells cut into the statements that they hold.

In: the text of a measures or action cell. Out: offsets of its statements, in order, trimmed of marks and white space.
Printed marks cut first (``cyppgraph.phrases.marks``). Where marks were lost in print, a word of
``cyppgraph.phrases.lexicon`` cuts if it is capitalised, the words before it are complete, and it does not belong to a
name. When in doubt a cell stays whole: two statements in one are found again by a reader; half a statement is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cyppgraph.phrases.lexicon import (
    ACTION_NOUNS,
    ACTORS,
    AMBIGUOUS_IMPERATIVES,
    CONNECTORS,
    IMPERATIVES,
    NUMBER_HOLDERS,
    NUMBER_WORDS,
    RESULT_NOUNS,
    RESULTS,
)
from cyppgraph.phrases.marks import marked_stretches, trim

_TOKEN = re.compile(r"\S+")
_CODE = re.compile(r"[A-Z]{1,5}\s?\d{1,4}[a-z]?\s(?:\([^()]*\)\s)?")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?%?")
_EXAMPLES = re.compile(r"\b(?:e\.g\.?|i\.e\.?|such as|for example|to include:?|including:|following:)\s", re.IGNORECASE)
_IDIOM = re.compile(
    r"(?:ed|set|take|made|built|drawn|put) (?:up|off|out|in|on|over)$|^or (?:less|more|above|below|over)$|^in place$"
)


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str

    @property
    def bare(self) -> str:
        return self.text.strip("()[]‘’'\"“”,;:.")

    @property
    def lower(self) -> str:
        return self.bare.lower()


def _is_acronym(word: str) -> bool:
    return len(re.findall(r"[A-Z0-9]", word)) >= 2 and bool(re.match(r"[A-Z]", word))


def _capitalised(word: str) -> bool:
    return bool(re.match(r"[A-Z]", word))


def _is_name(token: _Token) -> bool:
    """Whether a word looks like part of a name: capitalised and no abbreviation; a closing bracket ends a name."""
    return _capitalised(token.bare) and not _is_acronym(token.bare) and not token.text.endswith((")", '"', "”"))


def _complete(before: list[_Token]) -> bool:
    """Whether the words so far may be a whole statement: enough of them, and none that waits for more."""
    if before and before[-1].text in ("-", "–", "—"):
        before = before[:-1]
    if len(before) < 2:
        return False
    last = before[-1]
    if last.text.endswith((",", ":", "(", "/", "&", "-", "–", "'s", "’s", "s’", "s'")):
        return False
    if last.lower in CONNECTORS and not _IDIOM.search(f"{before[-2].lower} {last.lower}"):
        return False
    said = " ".join(t.text for t in before) + " "
    if _CODE.fullmatch(said):
        return False
    return said.count("(") <= said.count(")") and _EXAMPLES.search(said) is None


def _opens_number(token: _Token, before: list[_Token], after: list[_Token]) -> bool:
    """Whether a number begins a statement: it counts the words after it, and nothing before it claims it."""
    word, last = token.bare, before[-1]
    in_words = _capitalised(word) and word.lower() in NUMBER_WORDS
    if not (_NUMBER.fullmatch(word) or in_words) or not re.match(r"[a-zA-Z]", after[0].text):
        return False
    if _is_name(last) or last.lower in NUMBER_HOLDERS or last.lower.endswith(("ing", "by")):
        return False
    if re.search(r"\d", last.bare) and not re.fullmatch(r"[\d/]+", last.bare):
        return False
    if word.endswith("%") or in_words:
        return True
    rest = " ".join(t.text for t in after)
    return len(before) >= 3 and bool(re.search(r"\b\w+(?:ed|en|held|in place|met)\b", rest))


def _in_name(before: list[_Token], after: list[_Token]) -> bool:
    """Whether a capitalised word stands inside a run of capitalised words, a name."""
    follows = after[0].bare
    return _is_name(before[-1]) or (_capitalised(follows) and not _is_acronym(follows))


def _opens_order(token: _Token, before: list[_Token], after: list[_Token]) -> bool:
    """Whether an order begins ("Munro Develop local MASH")."""
    word, last, follows = token.lower, before[-1], after[0].lower
    if word not in IMPERATIVES or follows in ("of", "group", "team", "board"):
        return False
    if word not in AMBIGUOUS_IMPERATIVES or follows in ("the", "a", "an", "our", "all", "any", "each", "every"):
        return True
    plain = not _capitalised(last.bare) or last.text.endswith(")")
    return plain and not _in_name(before, after) and follows not in ("and", "&", "for", "in", "to")


def _is_action(words: list[_Token]) -> bool:
    """Whether words are an action and not a heading ("Early Help"): an order opens them or stands among them."""
    first = words[0].lower
    opened = first in IMPERATIVES or first in ACTION_NOUNS or first in ("all", "new")
    return opened or any(not _capitalised(t.text) and t.lower in IMPERATIVES for t in words)


def _opens_action(token: _Token, before: list[_Token], after: list[_Token]) -> bool:
    """Whether an action begins: an order, or the little else that begins one."""
    if not _is_action(before):
        return False
    word, follows = token.lower, after[0].lower
    if word in ("fully", "further", "re") and follows in IMPERATIVES:
        return True
    if _opens_order(token, before, after):
        return True
    if _in_name(before, after) or _is_acronym(before[-1].bare):
        return False
    noun = word in ACTION_NOUNS and follows in ("of", "&", "and")
    actor = word in ACTORS and follows == "to"
    return noun or actor or word in ("all", "new")


def _opens_result(token: _Token, before: list[_Token], after: list[_Token]) -> bool:
    """Whether a statement of a result begins."""
    word, last = token.lower, before[-1].bare
    if _opens_order(token, before, after):
        return not (_is_name(before[-1]) and _capitalised(after[0].bare))
    if word in RESULT_NOUNS and re.fullmatch(r"(?=.*[A-Z])[A-Z0-9/&.-]+", last):
        return False
    return (word in IMPERATIVES or word in RESULTS or word in RESULT_NOUNS) and not _in_name(before, after)


def _opens(token: _Token, before: list[_Token], after: list[_Token], *, actions: bool) -> bool:
    """Whether a statement begins here though no mark says so."""
    if not after or not _complete(before):
        return False
    if not actions and _opens_number(token, before, after):
        return True
    if not _capitalised(token.bare) or (_is_acronym(token.bare) and not token.lower.startswith("re-")):
        return False
    return _opens_action(token, before, after) if actions else _opens_result(token, before, after)


def _unmarked(text: str, start: int, end: int, *, actions: bool) -> Iterator[tuple[int, int]]:
    """A stretch cut where a statement begins without a mark."""
    tokens = [_Token(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text, start, end)]
    first = 0
    for index in range(1, len(tokens)):
        if _opens(tokens[index], tokens[first:index], tokens[index + 1 : index + 9], actions=actions):
            yield tokens[first].start, tokens[index - 1].end
            first = index
    if tokens:
        yield tokens[first].start, tokens[-1].end


def _split(text: str, *, actions: bool) -> list[tuple[int, int]]:
    stretches = (part for low, high in marked_stretches(text) for part in _unmarked(text, low, high, actions=actions))
    return [piece for start, end in stretches if (piece := trim(text, start, end)) is not None]


def split_statements(text: str) -> list[tuple[int, int]]:
    """The statements of a measures or expected-outcome cell, without the letters printed before them."""
    return _split(text, actions=False)


def split_actions(text: str) -> list[tuple[int, int]]:
    """The actions of a cell whose bullets were lost; lists that an action opens ("to include: …") stay in it."""
    return _split(text, actions=True)
