"""A pair put before a person. In: a text, a candidate, the lines of the document. Out: words for a terminal, decisions.

Nothing here reads or writes a terminal; the command line does.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from cyppgraph.linking.decisions import keep_label
from cyppgraph.linking.links import LINK_KINDS, Link, LinkKind, Status
from cyppgraph.linking.ranking import Candidate
from cyppgraph.linking.texts import Text

REVIEWED = "semapv:ManualMappingCuration"
_WIDTH = 100
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers to a pair: its key, what it means, and the predicate that it would write; None for "no"."""

    key: str
    meaning: str
    predicate: str | None


def choices(kind: LinkKind) -> list[Choice]:
    """Return the answers that a pair of a kind can have."""
    meanings = {
        "cypp:concernsIndicator": ("c", "same quantity"),
        "cypp:relatesToIndicator": ("r", "same subject, another quantity"),
        "skos:closeMatch": ("c", "same thing, but for details"),
        "skos:relatedMatch": ("r", "same subject, another quantity"),
    }
    found = []
    for predicate in kind.predicates:
        key, meaning = meanings.get(predicate, ("y", "yes"))
        found.append(Choice(key, meaning, predicate))
    return [*found, Choice("n", "no: looked at and rejected", None)]


def describe_pair(text: Text, candidate: Candidate, lines: Sequence[str], place: str) -> str:
    """Return a pair as words for a terminal: the text, where it stands, its line, and the candidate with its reason.

    Args:
        text: the text.
        candidate: what it may concern.
        lines: the lines of the text's document; none where there is no document.
        place: how far one has come ("3 of 41").
    """
    told = [f"── {place} ── {text.plan or 'catalogue'} · {text.kind}" + (f" · line {text.line}" if text.line else "")]
    told += [f"   under: {above}" for above in reversed(text.above)]
    told += _wrapped(f"“{text.words}”", "   ")
    if text.line and text.line <= len(lines):
        told += ["   as printed:", *_wrapped(_cut(lines[text.line - 1]), f"   {text.line} | ")]
    told += ["   may concern:", *_wrapped(candidate.entry.name, "   ▸ ")]
    alike = f"alike {candidate.score:.2f}, ahead by {candidate.margin:.2f}"
    told.append(f"     rank {candidate.rank}, {alike}; both: {candidate.reason}")
    return "\n".join(told)


def decide(
    kind: str, text: Text, candidate: Candidate, choice: Choice, confidence: float, author: str, day: str, comment: str
) -> Link:
    """Return what a person decided of a pair."""
    rejected = choice.predicate is None
    return Link(
        kind=kind,
        subject=text.iri,
        subject_label=keep_label(text.words),
        predicate=choice.predicate or LINK_KINDS[kind].predicates[0],
        object=candidate.entry.iri,
        object_label=candidate.entry.name,
        status=Status.REJECTED if rejected else Status.ACCEPTED,
        confidence=confidence,
        justification=REVIEWED,
        author=author,
        date=day,
        comment=comment,
    )


def _wrapped(text: str, start: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=start, subsequent_indent=" " * len(start)) or [start.rstrip()]


def _cut(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= _LONGEST_LINE else line[: _LONGEST_LINE - 1] + "…"
