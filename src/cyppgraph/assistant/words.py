"""Finding texts by words. In: texts. Out: those that hold the words asked for, the best first.

A rare word counts more than a common one; a word that begins as asked, or is spelled nearly so, counts less than the
word itself. Texts that share nothing with the words asked for are left out.
"""

from __future__ import annotations

import difflib
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W_]+")
_BEGINS, _NEARLY = 0.8, 0.7
_SHORTEST_BEGINNING, _SHORTEST_MISSPELT = 3, 4
_LIKENESS = 0.8  # of two spellings, by difflib: one wrong letter in five
_LONGEST_QUERY = 40
_NAME_SHARE = 0.25
"""How much it counts that the words are all of a name, and not a few of many."""


def split_words(text: str) -> list[str]:
    """Return the words of a text in lower case, a plural's "s" taken off."""
    words = _WORD.findall(text.casefold().replace("’s", "").replace("'s", ""))
    return [word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words]


class WordIndex:
    """Texts by their words.

    Args:
        texts: for each entry its name and what else it is found by.
    """

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self._names = [frozenset(split_words(name)) for name, _ in texts]
        self._places: dict[str, set[int]] = defaultdict(set)
        for number, (_, more) in enumerate(texts):
            for word in {*self._names[number], *split_words(more)}:
                self._places[word].add(number)

    def rank(self, words: str) -> list[tuple[int, float]]:
        """Return the numbers of the entries that fit, with scores from 0 to 1; equals stay in their order."""
        asked = list(dict.fromkeys(split_words(words)))[:_LONGEST_QUERY]
        scores: dict[int, float] = defaultdict(float)
        whole = sum(self._weigh(word) for word in asked)
        for word in asked:
            best: dict[int, float] = {}
            for known, share in self._find_alike(word):
                for number in self._places[known]:
                    best[number] = max(best.get(number, 0.0), share)
            for number, share in best.items():
                scores[number] += share * self._weigh(word) / whole
        ranked = [(number, self._judge(number, score, asked)) for number, score in scores.items()]
        return sorted(ranked, key=lambda found: (-found[1], found[0]))

    def _judge(self, number: int, score: float, asked: Iterable[str]) -> float:
        name = self._names[number]
        share = len(name & set(asked)) / len(name) if name else 0.0
        return round(score * (1 - _NAME_SHARE * (1 - share)), 3)

    def _weigh(self, word: str) -> float:
        return math.log(1 + len(self._names) / (1 + len(self._places.get(word, ()))))

    def _find_alike(self, word: str) -> list[tuple[str, float]]:
        alike = [(word, 1.0)] if word in self._places else []
        if len(word) >= _SHORTEST_BEGINNING:
            alike += [(known, _BEGINS) for known in self._places if known.startswith(word) and known != word]
        if not alike and len(word) >= _SHORTEST_MISSPELT:
            near = difflib.get_close_matches(word, self._places, n=3, cutoff=_LIKENESS)
            alike += [(known, _NEARLY) for known in near]
        return alike
