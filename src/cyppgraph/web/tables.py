"""An answer on a page. In: a reply on its way. Out: headings and cells, as many rows as people read.

Only so much of an answer is fetched as is shown. What an IRI of ours leads to is served here, whatever its base.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from cyppgraph.namespaces import Namespaces
from cyppgraph.store import FORMATS, AnswerKind, Edition, Limits, Query, Reply, Term, shorten_term
from cyppgraph.web.addresses import locate_thing

MOST_ROWS = 500
_FORMATS = {AnswerKind.ROWS: FORMATS["json"], AnswerKind.TRUTH: FORMATS["json"], AnswerKind.TRIPLES: FORMATS["ttl"]}
_NUMBERS = {f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("integer", "decimal", "double", "float")}
_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, where it leads (nowhere if empty), and whether it is a number."""

    text: str
    address: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class ResultTable:
    """What a page shows of an answer: headings, cells, and whether there is more."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    more: bool


def read_table(edition: Edition, query: str, limits: Limits, is_gone: Callable[[], bool]) -> ResultTable:
    """Ask a query for a page.

    Args:
        edition: what is asked.
        query: the query.
        limits: what it may take.
        is_gone: as ``Edition.query``.

    Raises:
        CyppgraphError: as ``Edition.query``.
    """
    reply = edition.query(Query(query, formats=_FORMATS, limits=limits), is_gone)
    try:
        if reply.kind is AnswerKind.TRIPLES:
            lines = b"".join(reply).decode().splitlines()
            return ResultTable(("Turtle",), [(Cell(line),) for line in lines[:MOST_ROWS]], len(lines) > MOST_ROWS)
        answer = ox.parse_query_results(_Stream(reply), ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]  # it reads
        if isinstance(answer, ox.QueryBoolean):
            return ResultTable(("answer",), ((Cell("yes" if answer else "no"),),), False)
        rows = [tuple(solution) for solution in islice(answer, MOST_ROWS + 1)]
    finally:
        reply.close()
    prefixes = edition.namespaces.prefixes()
    cells = [[_make_cell(term, prefixes, edition.namespaces) for term in row] for row in rows[:MOST_ROWS]]
    return ResultTable(reply.columns, cells, len(rows) > MOST_ROWS)


def _make_cell(term: Term | None, prefixes: Mapping[str, str], names: Namespaces) -> Cell:
    text = shorten_term(term, prefixes)
    if isinstance(term, ox.NamedNode) and term.value.startswith(_WEB):
        ours = term.value.startswith(names.base)
        return Cell(text, locate_thing(term.value, names) if ours else term.value)
    return Cell(text, is_number=isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS)


class _Stream:
    """A reply as a file to read from."""

    def __init__(self, reply: Reply) -> None:
        self._blocks: Iterator[bytes] = iter(reply)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, at most so many; none at the end."""
        while not self._rest or size < 0:
            block = next(self._blocks, None)
            if block is None:
                break
            self._rest += block
        size = len(self._rest) if size < 0 else size
        given, self._rest = self._rest[:size], self._rest[size:]
        return given
