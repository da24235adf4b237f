"""Read the sources again. In: a graph or a store, and the documents' lines. Out: results for words not found there.

For every passage, and every cell of a table row, the words quoted must stand within the stated lines of the document
whose checksum the graph states. Both are first made alike: tags removed, white space collapsed. A row printed in pieces
quotes them with " … " between, and each piece must be found; where a name is withheld, what stands on either side.
Rules, all of them violations:

- ``document-not-at-hand``: no document with that checksum was given, so that nothing can be held against it;
- ``quote-outside-document-lines``: the document has no such lines;
- ``quote-not-found``: the lines do not hold the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import pyoxigraph
import rdflib

from cyppgraph.findings import Severity
from cyppgraph.namespaces import Namespaces
from cyppgraph.validation.facts import DEFAULT_NAMES, Facts, facts_of, shortened
from cyppgraph.validation.report import Result
from cyppgraph.where import Where

Documents = Mapping[str, Sequence[str]]

_TAG: Final = re.compile(r"</?[A-Za-z][^<>]*>")
_BETWEEN_PIECES: Final = " … "
_WITHHELD: Final = "[name withheld]"
_MESSAGES: Final = {
    "document-not-at-hand": "The document that this was read from is not at hand, or has changed since. "
    "Put the document back as it was, or build the plan again.",
    "quote-outside-document-lines": "The document has only {count} lines. Build the plan again from its document.",
    "quote-not-found": "The words “{quote}” do not stand in these lines of the document. "
    "Correct how they are read, and build the plan again.",
}


def check_quotes(
    graph: rdflib.Graph | pyoxigraph.Store, documents: Documents, names: Namespaces = DEFAULT_NAMES
) -> list[Result]:
    """Hold every quote against the lines it is said to stand in.

    Args:
        graph: the triples of a plan or of several; not changed.
        documents: the lines of each document, without their line ends, under the SHA-256 of its bytes.
        names: where our terms and data live.

    Returns:
        A result for each passage, row or cell whose words are not found, in order.
    """
    facts = facts_of(graph, names)
    reader = _Reader(facts, documents)
    passages = {*facts.instances("SourcePassage"), *facts.instances("SourceRow")}
    return sorted((r for passage in passages for r in reader.check(passage)), key=lambda result: result.sort_key)


def normalised(text: str) -> str:
    """A text as quotes are compared: tags removed, white space collapsed."""
    return " ".join(_TAG.sub("", text).split())


class _Reader:
    """Finds words in lines; each line is made ready once."""

    def __init__(self, facts: Facts, documents: Documents) -> None:
        self._facts = facts
        self._documents = {checksum: [normalised(line) for line in lines] for checksum, lines in documents.items()}

    def check(self, passage: str) -> Iterator[Result]:
        """The faults of one passage: of its own quote, and, if it is a row, of its cells."""
        where = self._facts.where(passage)
        quoted = [(passage, quote) for quote in self._facts.values(passage, "quote")]
        for cell in self._facts.values(passage, "hasCell"):
            quoted += [(cell, text) for text in self._facts.values(cell, "cellText")]
        if where is None or where.first_line is None or where.last_line is None or not quoted:
            return  # the shapes say what is missing
        lines = self._lines(passage)
        if lines is None:
            yield self._result("document-not-at-hand", passage, where)
        elif not 1 <= where.first_line <= where.last_line <= len(lines):
            yield self._result("quote-outside-document-lines", passage, where, count=len(lines))
        else:
            text = " ".join(" ".join(lines[where.first_line - 1 : where.last_line]).split())
            for node, quote in quoted:
                if not _stands_in(text, quote):
                    yield self._result("quote-not-found", node, where, quote=shortened(quote))

    def _lines(self, passage: str) -> list[str] | None:
        for document in self._facts.values(passage, "sourceDocument"):
            for checksum in self._facts.values(document, "checksum"):
                return self._documents.get(checksum)
        return None

    def _result(self, rule: str, node: str, where: Where, **said: object) -> Result:
        return Result(
            plan=self._facts.plan(node),
            severity=Severity.VIOLATION,
            rule=rule,
            node=node,
            label=self._facts.label(node),
            message=_MESSAGES[rule].format(**said),
            where=where,
        )


def _stands_in(text: str, quote: str) -> bool:
    """Whether every piece of a quote stands in a text."""
    return quote in text or all(_piece_stands_in(text, piece) for piece in quote.split(_BETWEEN_PIECES))


def _piece_stands_in(text: str, piece: str) -> bool:
    """Whether the words before, between and behind withheld names stand in a text one after the other."""
    start = 0
    for words in map(normalised, piece.split(_WITHHELD)):
        found = text.find(words, start)
        if found < 0:
            return False
        start = found + len(words)
    return True
