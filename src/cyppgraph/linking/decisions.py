"""What people decided, all kinds together. In: a folder of SSSOM files. Out: links, and what is amiss with them.

Rows that contradict each other cannot both be followed: they are faults. A row whose subject or object is not in the
graph any more (a document was mended, so the words and with them the address changed) is a finding: the row waits for
a person and links nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.findings import Finding, Severity
from cyppgraph.linking.links import LINK_KINDS, SYMMETRIC, Link
from cyppgraph.linking.sssom import SUFFIX, read_sssom
from cyppgraph.where import Where

_LABEL_LENGTH = 300
"""How much of a statement a row keeps, to be read beside it and to be known again by."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Every decided pair, and the file that holds each kind."""

    links: tuple[Link, ...]
    files: dict[str, Path]

    def of(self, kind: str) -> list[Link]:
        """Return the decisions of one kind."""
        return [link for link in self.links if link.kind == kind]


def read_decisions(folder: Path) -> Decisions:
    """Read every ``<kind>.sssom.tsv`` of a folder.

    Raises:
        FaultyInputError: with every fault of every file: rows that cannot be read, rows that contradict each other,
            files that no kind of link is named after.
    """
    links: list[Link] = []
    faults: list[Fault] = []
    files: dict[str, Path] = {}
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        kind = LINK_KINDS.get(path.name.removesuffix(SUFFIX))
        if kind is None:
            known = ", ".join(f"{name}{SUFFIX}" for name in LINK_KINDS)
            faults.append(Fault(Where(str(path)), f"is no kind of link; the files are {known}"))
            continue
        files[kind.name] = path
        try:
            found = read_sssom(path, kind)
        except FaultyInputError as error:
            faults += error.faults
            continue
        links += found
        faults += _contradictions(found, path)
    if faults:
        raise FaultyInputError(faults)
    return Decisions(tuple(links), files)


def _contradictions(links: Iterable[Link], path: Path) -> list[Fault]:
    seen: dict[tuple[str, ...], Link] = {}
    faults = []
    for link in links:
        pair = tuple(sorted(link.pair)) if link.predicate in SYMMETRIC else link.pair
        other = seen.setdefault(pair, link)
        if other is link:
            continue
        same = (other.predicate, other.status) == (link.predicate, link.status)
        fault = "says again what" if same else "contradicts what"
        told = f"{link.status} as {link.predicate}" + ("" if same else f", there {other.status} as {other.predicate}")
        message = f"{fault} row {other.row} says of the same pair ({told}). Keep one of the two."
        faults.append(Fault(Where(str(path), link.row), message))
    return faults


def check_decisions(decisions: Decisions, words_of: Callable[[str], str | None]) -> tuple[list[Link], list[Finding]]:
    """Hold decisions against the graph.

    Args:
        decisions: what people decided.
        words_of: the words or the name of a node, None where the graph has no such node.

    Returns:
        The links that can be applied, and a finding for each row that cannot, or whose words have changed.
    """
    sound: list[Link] = []
    findings: list[Finding] = []
    for link in decisions.links:
        where = Where(str(decisions.files[link.kind]), link.row)
        gone = [iri for iri in link.pair if words_of(iri) is None]
        if gone:
            message = (
                f"{' and '.join(gone)}: not in the graph; its words or its place have changed since this row was "
                f"written (“{link.subject_label}”). Link what stands there now, and remove this row."
            )
            findings.append(Finding("link-dangling", Severity.WARNING, where, message))
            continue
        sound.append(link)
        now = keep_label(words_of(link.subject) or "")
        if link.subject_label != now:
            message = f"was decided on “{link.subject_label}”, but the plan now reads “{now}”. Read both and renew it."
            findings.append(Finding("link-reworded", Severity.WARNING, where, message))
    return sound, findings


def keep_label(words: str) -> str:
    """Return as much of a statement as a row keeps of it."""
    words = " ".join(words.split())
    return words if len(words) <= _LABEL_LENGTH else words[: _LABEL_LENGTH - 1].rsplit(" ", 1)[0] + "…"
