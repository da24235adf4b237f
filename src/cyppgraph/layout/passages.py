"""Passages from text. In: a text that knows its places, and the source. Out: the source's own words there."""

from __future__ import annotations

import re
from functools import lru_cache

from cyppgraph.documents import Source, Text
from cyppgraph.plan import Passage
from cyppgraph.where import Span

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_WORD = re.compile(r"\w")


def passages_of(text: Text, source: Source) -> tuple[Passage, ...]:
    """The passages a text stands in, in reading order: a new one where other words stand between, or a line ends.

    A passage's quote is the source between its first and last character, tags removed and white space collapsed: it
    can be found again in those lines under the same treatment.
    """
    runs: list[Span] = []
    for span in text.spans():
        last = runs[-1] if runs else None
        if last and last.line == span.line and last.end <= span.start and not _words_between(source, last, span.start):
            runs[-1] = Span(span.line, last.start, span.end)
        else:
            runs.append(span)
    runs = [_outside_tags(run, source.lines[run.line - 1]) for run in runs]
    passages = [Passage((run,), quote_of(source.lines[run.line - 1][run.start : run.end])) for run in runs]
    return tuple(passage for passage in passages if _WORD.search(passage.quote))


def quote_of(raw: str) -> str:
    """Raw source text as it is quoted: tags removed, white space collapsed."""
    return " ".join(TAG.sub("", raw).split())


def _words_between(source: Source, last: Span, column: int) -> bool:
    between = source.lines[last.line - 1][last.end : column]
    return bool(between) and bool(_WORD.search(TAG.sub("", between)))


def _outside_tags(span: Span, line: str) -> Span:
    """A span that neither begins nor ends within a tag."""
    start, end = span.start, span.end
    for low, high in _tags(line):
        if low <= start < high:
            start = high
        if low < end <= high:
            end = low
    return Span(span.line, start, max(start, end))


@lru_cache(maxsize=4096)
def _tags(line: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in TAG.finditer(line))
