"""Finding things by words. In: a file that ``fulltext`` made, words, chosen facets. Out: hits, the best first, counts.

What has a code as asked comes first, then what has the words themselves, then what has words that begin like the last
one; among these the measure is BM25, a word in a label or a code counting more than one in a statement. Equals stay in
the order of the file: the same search of the same version gives the same hits in the same order.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cyppgraph.store.fulltext import pack_code
from cyppgraph.store.search_words import Reading, read_words

FACETS = ("plan", "kind", "topic", "year")
_OPEN, _CLOSE = "\x02", "\x03"  # no text of the file holds them
# Columns by number, from 0: label, code, statement, more, plan.
_RANKED = """
SELECT words.rowid FROM words JOIN thing ON thing.id = words.rowid WHERE words MATCH ?1
ORDER BY packed = ?2 DESC, packed = ?2 AND kind = 'indicator' DESC,
  words.rowid IN (SELECT rowid FROM words WHERE words MATCH ?3) DESC,
  round(bm25(words, 6.0, 10.0, 3.0, 2.0, 0.2), 3), words.rowid
"""
_SHOWN = """
SELECT rowid, label, statement, highlight(words, 0, char(2), char(3)),
  snippet(words, 2, char(2), char(3), '…', 32), snippet(words, 3, char(2), char(3), '…', 32)
FROM words WHERE words MATCH ? AND rowid IN (SELECT value FROM json_each(?))
"""
_EVERY = "SELECT id FROM thing ORDER BY id LIMIT ? OFFSET ?"
_FACETS = "SELECT thing, name, value FROM facet"
_FACETS_OF_SOME = "SELECT thing, name, value FROM facet WHERE thing IN (SELECT rowid FROM words WHERE words MATCH ?)"
_PLAIN = """
SELECT rowid, label, statement, label,
  CASE WHEN length(statement) > 240 THEN substr(statement, 1, 240) || '…' ELSE statement END, ''
FROM words WHERE rowid IN (SELECT value FROM json_each(?))
"""
_ABOUT = """
SELECT id, iri, kind, code, number, certainty, plans, lines
FROM thing WHERE id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text: words that were asked for, or what stands between them."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found.

    Attributes:
        iri: which.
        kind: a key of ``fulltext.KINDS``.
        code: its code or identifier, if it has one.
        number: as its plan prints it.
        certainty: "Stated", "Inferred" and so on, where the graph tells.
        plans: the identifiers of the plans that state, name or use it.
        lines: first and last line of each passage that it was read from.
        label: what it is called, in pieces.
        snippet: where else the words stand; empty if the label says it all.
        statement: the whole of what it says; empty if it says nothing but its label.
    """

    iri: str
    kind: str
    code: str
    number: str
    certainty: str
    plans: tuple[str, ...]
    lines: tuple[tuple[int, int], ...]
    label: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    statement: str = ""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet: what it is called, how many hits it has with what else is chosen, whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search.

    Attributes:
        total: how many hits there are.
        hits: some of them.
        facets: for each facet its values that have hits, and those chosen; each as if none of its own were chosen.
        reading: how the words were understood.
        is_loose: whether nothing has all the words, and these have some of them.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    reading: Reading
    is_loose: bool


class SearchFiles:
    """Opens the file of a version for each thread; the one before is closed when another is current."""

    def __init__(self) -> None:
        self._local = threading.local()

    def open(self, path: Path) -> sqlite3.Connection:
        """Return the file, open for reading; FileNotFoundError if it is not there."""
        if getattr(self._local, "path", None) != path:
            if not path.is_file():
                raise FileNotFoundError(path)
            if (before := getattr(self._local, "file", None)) is not None:
                before.close()
            self._local.file = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            self._local.path = path
        file: sqlite3.Connection = self._local.file
        return file


def read_facets(file: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Return the values of each facet that there are, with what they are called."""
    values: dict[str, dict[str, str]] = {name: {} for name in FACETS}
    for name, value, label in file.execute("SELECT name, value, label FROM facet_value ORDER BY name, value"):
        values[name][value] = label
    return values


def find(
    file: sqlite3.Connection, words: str, chosen: Mapping[str, Sequence[str]], start: int = 0, most: int = 20
) -> Found:
    """Search.

    Args:
        file: what ``SearchFiles.open`` returned.
        words: whatever was typed; without any word everything is a hit.
        chosen: for each facet the values of which a hit has one; none if any will do.
        start: how many hits to leave out.
        most: how many to give then.
    """
    if not words.strip() and not any(chosen.values()):
        return _list_all(file, start, most)
    reading = read_words(words, file)
    expression, ranked = reading.expression, _rank(file, reading.expression, reading.exact, words)
    is_loose = not ranked and bool(reading.loose)
    if is_loose:
        expression, ranked = reading.loose, _rank(file, reading.loose, reading.loose, words)
    elif not words.strip():
        ranked = [number for (number,) in file.execute(_EVERY, (-1, 0))]
    has = _read_facets_of(file, expression)
    hits = set(ranked)
    left = {name: hits.intersection(*_having(has, chosen, name)) for name in FACETS}
    kept = hits.intersection(*_having(has, chosen, ""))
    shown = [number for number in ranked if number in kept]
    facets = _count(file, has, chosen, left)
    return Found(len(shown), _show(file, expression, shown[start : start + most]), facets, reading, is_loose)


def _list_all(file: sqlite3.Connection, start: int, most: int) -> Found:
    """Return what is found where nothing was asked for: counts are known, and what is not shown is not read."""
    ((total,),) = file.execute("SELECT count(*) FROM thing")
    numbers = [number for (number,) in file.execute(_EVERY, (most, start))]
    values: dict[str, list[FacetValue]] = {name: [] for name in FACETS}
    for name, value, label, things in file.execute("SELECT name, value, label, things FROM facet_value ORDER BY value"):
        values[name].append(FacetValue(value, label, things, chosen=False))
    facets = {name: _order(name, each) for name, each in values.items()}
    return Found(total, _show(file, "", numbers), facets, read_words("", file), is_loose=False)


def _rank(file: sqlite3.Connection, expression: str, exact: str, words: str) -> list[int]:
    if not expression:
        return []
    code = pack_code(words) or "\0"
    return [number for (number,) in file.execute(_RANKED, (expression, code, exact))]


def _read_facets_of(file: sqlite3.Connection, expression: str) -> dict[str, dict[str, set[int]]]:
    """Return which things have which value, among those that match, or all."""
    has: dict[str, dict[str, set[int]]] = {name: defaultdict(set) for name in FACETS}
    rows = file.execute(_FACETS_OF_SOME, (expression,)) if expression else file.execute(_FACETS)
    for thing, name, value in rows:
        has[name][value].add(thing)
    return has


def _having(
    has: Mapping[str, Mapping[str, set[int]]], chosen: Mapping[str, Sequence[str]], but: str
) -> Iterator[set[int]]:
    for name, values in chosen.items():
        if values and name != but:
            yield set().union(*(has[name].get(value, ()) for value in values))


def _count(
    file: sqlite3.Connection,
    has: Mapping[str, Mapping[str, set[int]]],
    chosen: Mapping[str, Sequence[str]],
    left: Mapping[str, set[int]],
) -> dict[str, tuple[FacetValue, ...]]:
    labels = read_facets(file)
    facets: dict[str, tuple[FacetValue, ...]] = {}
    for name in FACETS:
        own = chosen.get(name, ())
        values = [
            FacetValue(
                value, labels[name].get(value, value), len(has[name].get(value, set()) & left[name]), value in own
            )
            for value in sorted({*has[name], *own})
        ]
        facets[name] = _order(name, [each for each in values if each.count or each.chosen])
    return facets


def _order(name: str, values: list[FacetValue]) -> tuple[FacetValue, ...]:
    by_count = name in ("kind", "topic")
    return tuple(sorted(values, key=lambda each: (-each.count, each.label)) if by_count else values)


def _show(file: sqlite3.Connection, expression: str, numbers: list[int]) -> tuple[Hit, ...]:
    listed = json.dumps(numbers)
    about = {row[0]: row[1:] for row in file.execute(_ABOUT, (listed,))}
    texts = file.execute(_SHOWN, (expression, listed)) if expression else file.execute(_PLAIN, (listed,))
    words = {row[0]: row[1:] for row in texts}
    hits = []
    for number in numbers:
        iri, kind, code, printed, certainty, plans, lines = about[number]
        plain, statement, label, *snippets = words[number]
        snippet = next((each for each in snippets if _OPEN in each), snippets[0])
        if snippet == snippets[0] and plain.endswith(statement):  # a label may begin with the number
            snippet = ""
        passages = tuple((first, last) for first, last in json.loads(lines))
        said = (code, printed, certainty, tuple(json.loads(plans)), passages)
        hits.append(Hit(iri, kind, *said, split_marks(label), split_marks(snippet), statement))
    return tuple(hits)


def split_marks(text: str) -> tuple[Piece, ...]:
    """Return a text in pieces: what stood between two marks is marked."""
    pieces: list[Piece] = []
    for part in text.split(_OPEN):
        marked, closed, rest = part.partition(_CLOSE)
        pieces += [Piece(marked, True), Piece(rest, False)] if closed else [Piece(part, False)]
    return tuple(piece for piece in pieces if piece.text)
