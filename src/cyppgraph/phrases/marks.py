"""Printed marks between statements.

In: the text of a cell. Out: the stretches between its marks: new lines, bullets, semicolons, letters in order ("a) … b)
…"), numbers of three levels ("1.2.2"), and the ends of sentences. Brackets keep what they hold together; "e.g." and
"no." end no sentence; "To include …" goes on with the sentence before; a semicolon in a short list of words is no mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cyppgraph.phrases.lettering import letter_marks

_BREAK = re.compile(r"\n|[•·✓▪●◦]")
_SEMICOLON = re.compile(r";(?=\s|$)")
_SENTENCE_END = re.compile(r"[.!?][)'\"’”]*\s+(?=[(‘'\"“]?[A-Z0-9])(?!To include\b)")
_LEVELLED = re.compile(
    r"(?<=\s)(?<!see )(?<!in )(?<!also )(?<!and )(?<!to )(?!\d{1,2}\.[01]?\d\.\d\d\s)"
    r"\d{1,2}(?:\.\d{1,2}){2}\s+(?=[A-Z])"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.?g|i\.?e|cf|no|nos|approx|inc|incl|dr|mr|mrs|ms|st|vs|dept|dev|para|s|p|pp|ref|est|min|max)|\b[A-Z]"
    r"|\(s)\.$",
    re.IGNORECASE,
)
_EDGE = " \t\n•·✓▪●◦;,"


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A stretch without the marks, dashes and spaces at its edges; None where nothing is left."""
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(_EDGE))
    dash = re.match(r"[-–—]\s+", text[start:end])
    start += dash.end() if dash else 0
    end = start + len(text[start:end].rstrip(_EDGE))
    tail = re.search(r"\s[-–—]$", text[start:end])
    end -= len(tail[0]) if tail else 0
    return (start, end) if re.search(r"\w", text[start:end]) else None


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    before = text[: match.start() + 1]
    if _ABBREVIATED.search(before) and not re.search(r"\b[A-Z]{2,}\.$", before):
        return False
    if re.search(r"\d\.$", before) and re.match(r"\d", text[match.end() :]):
        return False
    return re.search(r"(?:^|\n)\s*\w{1,3}\.$", before) is None


def _parts_list(text: str, match: re.Match[str], left: int) -> bool:
    """Whether a semicolon parts statements: a capital follows, or there are enough words on both sides."""
    following = re.split(r"[;\n]", text[match.end() :], maxsplit=1)[0]
    if re.match(r"\s*[A-Z0-9•]", following) or not following.strip():
        return True
    return len(text[left : match.start()].split()) > 3 and len(following.split()) > 3


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    """Marks as the characters they take, in order; those inside brackets left out."""
    found = {m.start(): m.span() for m in _BREAK.finditer(text)}
    found.update({m.end(): (m.end(), m.end()) for m in _SENTENCE_END.finditer(text) if _ends_sentence(text, m)})
    found.update({m.start(): m.span() for m in _SEMICOLON.finditer(text)})
    found.update({m.start(): (m.start(), m.start()) for m in _LEVELLED.finditer(text)})
    letters = dict(letter_marks(text))
    found.update({start: (start, end) for start, end in letters.items()})
    depth, last, position = 0, 0, 0
    for key in sorted(found):
        start, end = found[key]
        between = text[position:start]
        position = start
        depth = 0 if "\n" in between else max(0, depth + between.count("(") - between.count(")"))
        if text[start:end] == ";" and not _parts_list(text, _SEMICOLON.match(text, start) or _never(), last):
            continue
        if depth == 0 or key in letters or text[start:end] == "\n":
            yield start, end
            last, depth = end, 0
            position = end


def _never() -> re.Match[str]:
    raise AssertionError("a semicolon that was found is found again")


def marked_stretches(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text between its marks, untrimmed."""
    position = 0
    for start, end in _cuts(text):
        if start < position:
            continue
        tail = re.search(r"\s+(?:and|&)\s*$", text[position:start]) if end - start > 1 else None
        yield position, start - (len(tail[0]) if tail else 0)
        position = end
    yield position, len(text)
