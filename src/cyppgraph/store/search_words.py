"""What somebody typed into a search box. In: any text, the words that there are. Out: an expression of FTS5, and what
was made of the text.

Nothing that is typed reaches the syntax of FTS5: words are letters and digits only, each within quotation marks. A word
that nothing holds is replaced by the one that is spelled most like it; the last word may be the beginning of one.
"""

from __future__ import annotations

import difflib
import re
import sqlite3
import unicodedata
from dataclasses import dataclass

LONGEST_TEXT, MOST_WORDS = 500, 12
_LONGEST_WORD = 60
_SHORTEST_BEGINNING, _MOST_ENDINGS = 3, 40
_SHORTEST_MISSPELT, _MOST_MISSPELT = 4, 4
_LIKENESS = 0.75  # of two spellings, by difflib: two wrong letters in eight
_WORD = re.compile(r"[^\W_]+")
_COMMON = frozenset(
    _WORD.findall(
        "a an and are as at be by do does for from has have how in is it many of on or that the their them there they "
        "this to was were what when where which who will with"
    )
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or the words of a phrase."""

    words: tuple[str, ...]

    def quote(self) -> str:
        """Return it as a string of FTS5 (https://sqlite.org/fts5.html#fts5_strings)."""
        return '"' + " ".join(self.words).replace('"', "") + '"'


@dataclass(frozen=True, slots=True)
class Reading:
    """How a text is understood.

    Attributes:
        expression: what has all that was asked, for FTS5; empty if nothing can be looked for.
        exact: the same without what only begins like the last word.
        loose: what has any of it.
        corrected: words that nothing holds, each with the one that is looked for instead.
        unknown: words that nothing holds, and nothing is like.
        was_cut: whether only the first words are looked for.
    """

    expression: str = ""
    exact: str = ""
    loose: str = ""
    corrected: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    was_cut: bool = False


def split_terms(text: str) -> tuple[list[Term], bool]:
    """Return the words of a text, those between quotation marks together, and whether some were left out.

    Words that are everywhere are left out if others remain.
    """
    cut = text[:LONGEST_TEXT]
    parts = unicodedata.normalize("NFC", cut).replace("“", '"').replace("”", '"').split('"')
    terms: list[Term] = []
    for index, part in enumerate(parts):
        words = tuple(word[:_LONGEST_WORD].lower() for word in _WORD.findall(part))[:MOST_WORDS]
        is_phrase = index % 2 == 1 and index < len(parts) - 1 and len(words) > 1
        terms += [Term(words)] if is_phrase else [Term((word,)) for word in words]
    telling = [term for term in terms if len(term.words) > 1 or term.words[0] not in _COMMON]
    chosen = list(dict.fromkeys(telling or terms))
    return chosen[:MOST_WORDS], len(chosen) > MOST_WORDS or len(text) > len(cut)


def read_words(text: str, index: sqlite3.Connection) -> Reading:
    """Understand a text.

    Args:
        text: whatever was typed.
        index: a file that ``fulltext`` made.
    """
    terms, was_cut = split_terms(text)
    corrected: list[tuple[str, str]] = []
    unknown: list[str] = []
    exact, wide = [], []
    for place, term in enumerate(terms):
        endings = _find_endings(term, index) if place == len(terms) - 1 else []
        if not endings and not _is_known(term, index):
            near = _find_near(term, index) if len(corrected) + len(unknown) < _MOST_MISSPELT else None
            if near is None:
                unknown.append(" ".join(term.words))
                continue
            corrected.append((term.words[0], near.words[0]))
            exact.append(near.quote())
        else:
            exact.append(term.quote())
        wide.append(f"({' OR '.join([exact[-1], *(ending.quote() for ending in endings)])})")
    return Reading(
        "" if unknown else " AND ".join(wide),
        "" if unknown else " AND ".join(exact),
        " OR ".join(wide),
        tuple(corrected),
        tuple(unknown),
        was_cut,
    )


def _is_known(term: Term, index: sqlite3.Connection) -> bool:
    found = index.execute("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1", (term.quote(),)).fetchone()
    return found is not None or len(term.words) > 1


def _find_endings(term: Term, index: sqlite3.Connection) -> list[Term]:
    """Return the commonest words that begin like a term, if it is long enough to be a beginning."""
    start = _fold(term.words[-1])
    if len(term.words) > 1 or len(start) < _SHORTEST_BEGINNING:
        return []
    query = "SELECT word FROM vocabulary WHERE word > ? AND word < ? ORDER BY things DESC, word LIMIT ?"
    found = index.execute(query, (start, start + "\U0010ffff", _MOST_ENDINGS))
    return [Term((word,)) for (word,) in found]


def _find_near(term: Term, index: sqlite3.Connection) -> Term | None:
    """Return the word that is spelled most like another, the commonest of equals; None if none is like it."""
    word = _fold(term.words[0])
    if len(term.words) > 1 or len(word) < _SHORTEST_MISSPELT or any(sign.isdigit() for sign in word):
        return None
    query = "SELECT word FROM vocabulary WHERE length(word) BETWEEN ? AND ? ORDER BY things DESC, word"
    known = [each for (each,) in index.execute(query, (len(word) - 2, len(word) + 2)) if each.isalpha()]
    alike = [each for each in known if each[0] == word[0]]  # few mistake the first letter, and to try all takes long
    near = difflib.get_close_matches(word, alike, n=5, cutoff=_LIKENESS)
    near = near or difflib.get_close_matches(word, known, n=5, cutoff=_LIKENESS)
    if not near:
        return None
    return Term((min(near, key=lambda each: (-_measure_likeness(word, each), known.index(each))),))


def _measure_likeness(word: str, other: str) -> float:
    return round(difflib.SequenceMatcher(None, other, word).ratio(), 2)


def _fold(word: str) -> str:
    """Return a word as the vocabulary spells it: in lower case, without diacritics."""
    plain = unicodedata.normalize("NFD", word.lower())
    return unicodedata.normalize("NFC", "".join(sign for sign in plain if not unicodedata.combining(sign)))
