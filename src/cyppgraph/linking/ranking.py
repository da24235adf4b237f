"""Ranking what a text may concern. In: entries (indicators, topics), texts. Out: candidates, each with its reason.

Texts and entries are compared as bags of words and of pieces of words (3 to 5 letters), weighted by how rare they are
among the entries, after short forms are spelled out. What a plan says above a text counts a little. A printed code wins
over words. Time and memory grow with the texts: they are compared with the entries only, some hundreds at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from cyppgraph.linking.glossary import Glossary
from cyppgraph.linking.quantities import split_quantities
from cyppgraph.linking.texts import Entry, Text
from cyppgraph.linking.words import read_words

_CHUNK = 512
_WORD_SHARE = 0.6
"""How much whole words count; pieces of words, which forgive endings and spellings, count the rest."""
_CONTEXT_SHARE = 0.25
"""How much the headings above a text count beside its own words."""
_SECOND_SHARE = 0.8
"""How much the second heading above counts beside the nearest."""
_UNHEARD_SHARE, _HEARD = 0.75, 0.35
"""How much more the headings count where a text's own words fit nothing ("no more than 301"); and what fits well."""
_KNOWN_SHARE = 0.7
"""How much it takes from a score that a text's words are in no entry."""
_TERM_SHARE = 0.6
"""How much one of an entry's further terms counts beside its name, and beside name and terms together."""
_CODE = re.compile(r"\b([A-Z]{2,4})\s?0*(\d{1,3})([a-z]?)\b")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a text may concern.

    Attributes:
        entry: the entry.
        rank: 1 for the most alike.
        score: how alike the two are, 0 to 1; 1 where the text prints the entry's code.
        margin: how much more alike than the next one.
        words: the words that both have, the heaviest first; for a printed code the code.
    """

    entry: Entry
    rank: int
    score: float
    margin: float
    words: tuple[str, ...]

    @property
    def reason(self) -> str:
        """What the two have in common, in words."""
        return ", ".join(self.words) or "pieces of words"


class Ranker:
    """Ranks entries for texts.

    Args:
        entries: what texts may concern, in an order that settles ties.
        glossary: what short forms mean.
    """

    def __init__(self, entries: Sequence[Entry], glossary: Glossary) -> None:
        self._entries = tuple(entries)
        self._glossary = glossary
        self._by_code = {entry.code: n for n, entry in enumerate(self._entries) if entry.code}
        self._weights = np.array([entry.weight for entry in self._entries])
        names = [self._read(entry.label) for entry in self._entries]
        terms = [[self._read(term) for term in entry.terms] for entry in self._entries]
        both = [" ".join((name, *more)) for name, more in zip(names, terms, strict=True)]
        self._words = TfidfVectorizer(analyzer=str.split, sublinear_tf=True)
        self._pieces = TfidfVectorizer(lowercase=False, analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
        ways = [[name, all_, *more] for name, all_, more in zip(names, both, terms, strict=True)]
        self._starts = np.cumsum([0, *map(len, ways)])[:-1]
        shares = [share for way in ways for share in (1.0, 1.0, *[_TERM_SHARE] * (len(way) - 2))]
        texts = [text for way in ways for text in way]
        fitted = [vectors.fit(both).transform(texts) for vectors in (self._words, self._pieces)]
        self._word_matrix, self._piece_matrix = ((sparse.diags(shares) @ matrix).T.tocsr() for matrix in fitted)
        self._vocabulary = self._words.get_feature_names_out()
        whole = self._words.transform(both)
        self._entry_words = [_row(whole, n) for n in range(len(self._entries))]

    def rank(self, texts: Iterable[Text], top: int = 10) -> Iterator[list[Candidate]]:
        """Return the candidates of each text, the most alike first.

        Args:
            texts: what to rank entries for; read as they are needed.
            top: how many candidates to give at most; entries that share nothing with a text are none.
        """
        waiting = iter(texts)
        while chunk := list(islice(waiting, _CHUNK)):
            yield from self._rank_chunk(chunk, top)

    def _rank_chunk(self, texts: Sequence[Text], top: int) -> Iterator[list[Candidate]]:
        """Rank some texts at once: each part of each is a row, and a text has the best of its parts."""
        parts: list[str] = []
        starts = [0]
        for text in texts:
            parts += split_quantities(text.words)
            starts.append(len(parts))
        scores, words = self._score(parts)
        nearest, above = self._score([_above(text, 0) for text in texts])
        second, _ = self._score([_above(text, 1) for text in texts])
        context = np.maximum(nearest, _SECOND_SHARE * second)
        for n, text in enumerate(texts):
            rows = range(starts[n], starts[n + 1])
            total = scores[rows.start : rows.stop].max(axis=0)
            if text.above:
                share = _CONTEXT_SHARE + _UNHEARD_SHARE * (1 - min(1.0, float(total.max()) / _HEARD))
                total = (total + share * context[n]) / (1 + share)
            total = np.minimum(total * self._weights, 0.99)
            printed = self._printed(text)
            total[printed] = 1.0
            heard = _merge(_row(words, row) for row in rows)
            yield self._candidates(total, (heard, _row(above, n)), set(printed), top)

    def _score(self, texts: Sequence[str]) -> tuple[np.ndarray, sparse.csr_matrix]:
        """Return how alike each text is to each entry, and the words of each text.

        A text of which most words are in no entry says little about any, however well the few that are fit.
        """
        places = {text: n for n, text in enumerate(dict.fromkeys(texts))}  # headings stand above many texts
        read = [self._read(text) for text in places]
        words = self._words.transform(read)
        alike = (words @ self._word_matrix).toarray() * _WORD_SHARE
        alike += (self._pieces.transform(read) @ self._piece_matrix).toarray() * (1 - _WORD_SHARE)
        known = np.diff(words.indptr)
        said = np.array([len(set(text.split())) for text in read])
        share = known / np.maximum(said, 1)
        best = np.maximum.reduceat(alike, self._starts, axis=1)
        best *= (_KNOWN_SHARE * share + 1 - _KNOWN_SHARE)[:, None]
        rows = [places[text] for text in texts]
        return best[rows], words[rows]

    def _read(self, text: str) -> str:
        """The words of a text that count, in one string."""
        return " ".join(read_words(self._glossary.expand(text)))

    def _printed(self, text: Text) -> list[int]:
        """The entries whose code a text prints; for a lettered part also the whole."""
        found = _CODE.findall(text.words)
        printed = [f"{a} {b}{c}" for a, b, c in found] + [f"{a} {b}" for a, b, c in found if c]
        return [self._by_code[code] for code in (*text.codes, *printed) if code in self._by_code]

    def _candidates(
        self, total: np.ndarray, words: Sequence[dict[int, float]], printed: set[int], top: int
    ) -> list[Candidate]:
        """The best entries; the words behind one are the text's own, or else those of the heading above it."""
        order = [int(n) for n in np.argsort(-np.round(total, 6), kind="stable")[: top + 1] if total[n] > 0]
        found = []
        for rank, n in enumerate(order[:top], start=1):
            following = total[order[rank]] if rank < len(order) else 0.0
            shared = (self._shared(heard, n) for heard in words)
            reason = (self._entries[n].code,) if n in printed else next(filter(None, shared), ())
            margin = round(float(total[n] - following), 2)
            found.append(Candidate(self._entries[n], rank, round(float(total[n]), 2), margin, reason))
        return found

    def _shared(self, words: dict[int, float], entry: int) -> tuple[str, ...]:
        """The words that a text and an entry share, the heaviest first."""
        theirs = self._entry_words[entry]
        shared = sorted((-round(weight * theirs[n], 6), n) for n, weight in words.items() if n in theirs)
        return tuple(str(self._vocabulary[n]) for _, n in shared[:6])


def _above(text: Text, place: int) -> str:
    """A heading above a text, nearest first, without those that only repeat it."""
    said = [above for above in text.above if above.strip("() .") != text.words.strip("() .")]
    return said[place] if place < len(said) else ""


def _row(matrix: sparse.csr_matrix, n: int) -> dict[int, float]:
    """A row of a sparse matrix as a mapping."""
    start, end = matrix.indptr[n], matrix.indptr[n + 1]
    return dict(zip(matrix.indices[start:end].tolist(), matrix.data[start:end].tolist(), strict=True))


def _merge(rows: Iterable[dict[int, float]]) -> dict[int, float]:
    merged: dict[int, float] = {}
    for row in rows:
        for column, weight in row.items():
            merged[column] = max(weight, merged.get(column, 0.0))
    return merged
