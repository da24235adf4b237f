"""Passages from text. In: a text that knows its places, and the source. Out: the source's own words there."""

from __future__ import annotations

import re

from cyppgraph.documents import Source, Text
from cyppgraph.plan import Passage
from cyppgraph.where import Span

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_WORD = re.compile(r"\w")


def passages_of(text: Text, source: Source) -> tuple[Passage, ...]:
    """The passages a text stands in, in reading order: a new one where other words stand between, or a line ends.

    A passage's quote is the source between its first and last character, tags removed and white space collapsed: it
    can be found again in those lines under the same treatment.
    """
    runs: list[Span] = []
    tags: dict[int, set[int]] = {}
    for line, column in text.places():
        if line not in tags:
            found = _TAG.finditer(source.lines[line - 1])
            tags[line] = {i for match in found for i in range(match.start(), match.end())}
        if column in tags[line]:
            continue
        last = runs[-1] if runs else None
        if last and last.line == line and last.end <= column and not _words_between(source, last, column):
            runs[-1] = Span(line, last.start, column + 1)
        else:
            runs.append(Span(line, column, column + 1))
    passages = [Passage((run,), quote_of(source.lines[run.line - 1][run.start : run.end])) for run in runs]
    return tuple(passage for passage in passages if _WORD.search(passage.quote))


def quote_of(raw: str) -> str:
    """Raw source text as it is quoted: tags removed, white space collapsed."""
    return " ".join(_TAG.sub("", raw).split())


def _words_between(source: Source, last: Span, column: int) -> bool:
    between = source.lines[last.line - 1][last.end : column]
    return bool(between) and bool(_WORD.search(_TAG.sub("", between)))
