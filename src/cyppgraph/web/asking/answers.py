"""An answer for a page. In: an edition, a query, its limits. Out: a table of the first rows, and how many there are.

Two queries, whatever they find: the one that was asked, and one for the names of what it found. As many rows as people
read are shown; the others are counted as they pass, for a few seconds. Where counting them takes longer, or comes to a
limit, what was read is shown, and why the whole is not known; an answer that comes to a limit before is refused.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import EXTERNAL_PREFIXES
from cyppgraph.store import FORMATS, AnswerKind, Edition, LimitError, Limits, Query, Reply, Term, read_rows
from cyppgraph.web.display.tables import Cell, CellWriter, Column, head_columns

MOST_ROWS = 500
_MOST_NAMED = 1_500
_COUNTED_SECONDS = 5.0
_FORMATS = {AnswerKind.ROWS: FORMATS["json"], AnswerKind.TRUTH: FORMATS["json"], AnswerKind.TRIPLES: FORMATS["nt"]}
_TRIPLE: tuple[str, ...] = ("subject", "predicate", "object")
_NAMED_BY = tuple(
    EXTERNAL_PREFIXES[prefix] + name
    for prefix, name in (("rdfs", "label"), ("skos", "prefLabel"), ("dct", "title"), ("foaf", "name"))
)
# A pattern for each property: two lists of values beside each other take Oxigraph time that grows with their product.
_NAMES = "SELECT ?thing ?by ?name {{ VALUES ?thing {{ {things} }} {patterns} }} LIMIT 10000"
_NAMED = " UNION ".join(f"{{ ?thing <{by}> ?name BIND (<{by}> AS ?by) }}" for by in _NAMED_BY)


@dataclass(frozen=True, slots=True)
class ResultTable:
    """What a page shows of an answer.

    Attributes:
        kind: rows, a yes or no, or triples.
        columns: the headings; none for a yes or no.
        rows: the first of them.
        count: how many there are in all; None if that could not be found out.
        stopped: why it could not.
        seconds: how long the answer took, to its last byte.
        truth: the yes or no.
    """

    kind: AnswerKind
    columns: Sequence[Column] = ()
    rows: Sequence[Sequence[Cell]] = ()
    count: int | None = None
    stopped: str = ""
    seconds: float = 0.0
    truth: bool = False

    @property
    def more(self) -> bool:
        """Whether there are more rows than these."""
        return self.count is None or self.count > len(self.rows)


def read_table(
    edition: Edition,
    query: str,
    limits: Limits,
    is_gone: Callable[[], bool],
    labels: Mapping[str, str] | None = None,
) -> ResultTable:
    """Ask a query for a page.

    Args:
        edition: what is asked.
        query: the query.
        limits: what it may take.
        is_gone: as ``Edition.query``.
        labels: what the terms of the ontology are called, which the data do not say.

    Raises:
        CyppgraphError: as ``Edition.query``.
    """
    begun = time.monotonic()
    reply = edition.query(Query(query, formats=_FORMATS, limits=limits), is_gone)
    stream = _Stream(reply)
    stopped = ""
    try:
        if reply.kind is AnswerKind.TRIPLES:
            names, rows = _TRIPLE, _take(tuple(quad.triple) for quad in ox.parse(stream, ox.RdfFormat.N_TRIPLES))  # type: ignore[arg-type]
        else:
            answer = ox.parse_query_results(stream, ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]  # it reads
            if isinstance(answer, ox.QueryBoolean):
                truth = bool(answer)
                return ResultTable(reply.kind, count=1, seconds=time.monotonic() - begun, truth=truth)
            names, rows = reply.columns, _take(tuple(solution) for solution in answer)
        try:
            if not stream.skip(begun + _COUNTED_SECONDS):
                stopped = f"they were not all counted, which would take more than {_COUNTED_SECONDS:g} seconds."
        except LimitError as error:
            stopped = str(error)
    finally:
        reply.close()
    seconds = time.monotonic() - begun
    cells = _write_cells(edition, rows, labels or {})
    count = None if stopped else max(reply.rows, len(rows))
    return ResultTable(reply.kind, head_columns(names, cells), cells, count, stopped, seconds)


def _take(rows: Iterable[tuple[Term | None, ...]]) -> list[tuple[Term | None, ...]]:
    return list(islice(rows, MOST_ROWS))


def _write_cells(
    edition: Edition, rows: Sequence[Sequence[Term | None]], labels: Mapping[str, str]
) -> list[tuple[Cell, ...]]:
    iris = dict.fromkeys(term.value for row in rows for term in row if isinstance(term, ox.NamedNode))
    found = _read_names(edition, list(islice(iris, _MOST_NAMED)))
    writer = CellWriter(edition.namespaces, {**labels, **found}, frozenset(found))
    return [writer.write_row(row) for row in rows]


def _read_names(edition: Edition, iris: Sequence[str]) -> dict[str, str]:
    """Return what things are called; nothing where that cannot be asked just now: the answer is there without it."""
    best: dict[str, tuple[int, str]] = {}
    with suppress(CyppgraphError):
        query = _NAMES.format(things=" ".join(f"<{iri}>" for iri in iris), patterns=_NAMED)
        for thing, named_by, name in read_rows(edition, query) if iris else ():
            if isinstance(name, ox.Literal) and isinstance(thing, ox.NamedNode) and named_by is not None:
                rank = (_NAMED_BY.index(getattr(named_by, "value", "")), name.value)
                best[thing.value] = min(best.get(thing.value, rank), rank)
    return {iri: " ".join(name.split()) for iri, (_, name) in best.items()}


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

    def skip(self, until: float) -> bool:
        """Let the rest pass; return whether that came to its end before a moment of ``time.monotonic``."""
        return all(time.monotonic() < until for _ in self._blocks)
