"""How much of a document became part of its plan. In: a ``Reading``. Out: every word of its tables, accounted for.

Each word of each table cell is one of five: understood (in the passage of an element, a date, a lead or a reference),
a heading of a table, knowingly ignored (with the reason), kept only as printed (in a row's cells, but no element came
from it), or lost. It is told by characters, so a word counts as understood only if all its letters and digits are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from cyppgraph.documents import Row, Source, Text
from cyppgraph.layout.passages import TAG
from cyppgraph.layout.reading import Reading
from cyppgraph.plan import Passage, Plan

_WORD = re.compile(r"\S+")

Place = tuple[int, int]


class Fate(StrEnum):
    """What became of a word."""

    UNDERSTOOD = "understood"
    HEADING = "heading"
    IGNORED = "knowingly ignored"
    PRINTED = "kept only as printed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Remainder:
    """Words of one line that share a fate other than being understood, and the reason if there is one."""

    line: int
    fate: Fate
    words: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanCoverage:
    """What became of the words of a plan's tables: how many met each fate, and those that were not understood."""

    plan: str
    file: str
    counts: dict[Fate, int]
    remainders: tuple[Remainder, ...]

    @property
    def total(self) -> int:
        """How many words the tables hold."""
        return sum(self.counts.values())

    def share(self, fate: Fate) -> float:
        """The share of words with a fate, from 0 to 1."""
        return self.counts[fate] / self.total if self.total else 0.0

    @property
    def is_whole(self) -> bool:
        """Whether no word is lost and fewer than one in fifty is kept only as printed."""
        return not self.counts[Fate.LOST] and self.share(Fate.PRINTED) < 0.02

    def as_summary(self) -> str:
        """One line: the plan, its words, the share of each fate."""
        shares = "  ".join(f"{fate} {self.share(fate):6.2%} ({self.counts[fate]})" for fate in Fate)
        return f"{self.plan:<16} {self.total:>6} words  {shares}"

    def as_list(self) -> str:
        """The summary, then every line with words that were not understood."""
        lines = [self.as_summary()]
        for rest in self.remainders:
            reason = f"  [{rest.reason}]" if rest.reason else ""
            lines.append(f"  {self.file}:{rest.line}: {rest.fate}: {rest.words}{reason}")
        return "\n".join(lines)


def measure_coverage(reading: Reading) -> PlanCoverage:
    """Account for every word of the tables of a plan's document."""
    source = reading.document.source
    understood = set(_places_of(_understood(reading.plan)))
    headings = set(_text_places(reading.headers))
    printed = set(_places_of(cell.passage for row in reading.plan.rows for cell in row.cells))
    ignored = {place: why for text, why in reading.ignored for place in text.places()}
    counts: Counter[Fate] = Counter()
    held: dict[tuple[int, Fate, str], list[str]] = {}
    for line, word, places in _table_words(source, reading):
        if all(place in understood for place in places):
            fate, why = Fate.UNDERSTOOD, ""
        elif all(place in headings for place in places):
            fate, why = Fate.HEADING, ""
        elif all(place in understood or place in headings or place in ignored for place in places):
            reasons = [ignored[place] for place in places if place in ignored]
            fate, why = (Fate.IGNORED, reasons[0]) if reasons else (Fate.UNDERSTOOD, "")
        elif all(place in printed for place in places):
            fate, why = Fate.PRINTED, ""
        else:
            fate, why = Fate.LOST, ""
        counts[fate] += 1
        if fate not in (Fate.UNDERSTOOD, Fate.HEADING):
            held.setdefault((line, fate, why), []).append(word)
    remainders = tuple(Remainder(line, fate, " ".join(words), why) for (line, fate, why), words in sorted(held.items()))
    return PlanCoverage(reading.plan.id, source.file, {fate: counts[fate] for fate in Fate}, remainders)


def _understood(plan: Plan) -> Iterator[Passage]:
    for node in (*plan.elements, *plan.dues, *plan.leads, *plan.references):
        yield from node.sources


def _places_of(passages: Iterable[Passage]) -> Iterator[Place]:
    for passage in passages:
        for span in passage.spans:
            yield from ((span.line, column) for column in range(span.start, span.end))


def _text_places(texts: Iterable[Text]) -> Iterator[Place]:
    for text in texts:
        yield from text.places()


def _table_words(source: Source, reading: Reading) -> Iterator[tuple[int, str, list[Place]]]:
    """The words of all lines that are table rows in the source: each with its letters' and digits' places."""
    lines = {block.line for block in reading.document.blocks if isinstance(block, Row)}
    lines |= {number for number, line in enumerate(source.lines, start=1) if "\t" in line}
    for number in sorted(lines):
        line = TAG.sub(lambda match: " " * len(match.group()), source.lines[number - 1])
        for match in _WORD.finditer(line):
            places = [(number, i) for i in range(match.start(), match.end()) if line[i].isalnum()]
            if places:
                yield number, match.group(), places
