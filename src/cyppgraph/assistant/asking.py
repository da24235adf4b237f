"""Answers that a model can hold. In: an edition, a query. Out: a table with its first rows and how many there are.

Refuses nothing itself: the store refuses updates, SERVICE and what is no query, with the place, and stops at its
limits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from cyppgraph.store import AnswerKind, Edition, Limits, Query, Row, Term

USUAL_ROWS, MOST_ROWS = 50, 500
LONGEST_TEXT = 2_000
MOST_CHARACTERS = 60_000
"""Of all cells together: some 15,000 tokens."""
_MOST_READ, _LARGEST = 100_000, 2**26


@dataclass(slots=True)
class Table:
    """The first rows of an answer.

    Attributes:
        columns: their names, in order.
        rows: for each row its cells by column, without those that are unbound.
        count: how many rows the whole answer has.
        cut: how many texts are shortened.
        iris: the IRIs that stand in the rows shown, in order.
    """

    columns: Sequence[str]
    rows: list[dict[str, str]] = field(default_factory=list)
    count: int = 0
    cut: int = 0
    iris: dict[str, None] = field(default_factory=dict)


def ask(edition: Edition, text: str, most: int, limits: Limits, is_gone: Callable[[], bool]) -> Table:
    """Answer a query of any kind as a table: yes or no is one cell, triples are three columns.

    Args:
        edition: what is asked.
        text: the query.
        most: how many rows to keep; fewer are kept where they are long.
        limits: what the query may take; of rows and bytes never more than can be counted here.
        is_gone: tells whether the client has left.

    Raises:
        CyppgraphError: as ``Edition.query``.
    """
    fitting = replace(limits, rows=min(limits.rows, _MOST_READ), size=min(limits.size, _LARGEST))
    columns, rows = _read(edition, Query(text, limits=fitting), is_gone)
    table, room = Table(columns), MOST_CHARACTERS
    for row in rows:
        table.count += 1
        if table.count > most or room <= 0:
            continue
        named = [(name, term) for name, term in zip(columns, row, strict=True) if term is not None]
        cells = {name: shorten(write_term(term)) for name, term in named}
        room -= sum(map(len, cells.values()))
        table.rows.append(cells)
        table.cut += sum(cells[name] != write_term(term) for name, term in named)
        table.iris |= {term.value: None for _, term in named if isinstance(term, ox.NamedNode)}
    return table


def write_term(term: Term) -> str:
    """Return a literal's words, an IRI as it is, anything else as N-Triples writes it."""
    return term.value if isinstance(term, ox.Literal | ox.NamedNode) else str(term)


def shorten(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text whole, or its beginning and how much of it that is."""
    return text if len(text) <= longest else f"{text[:longest]} … [cut: {longest:,} of {len(text):,} characters]"


def _read(edition: Edition, query: Query, is_gone: Callable[[], bool]) -> tuple[Sequence[str], Iterable[Row]]:
    reply = edition.query(query, is_gone)
    content = b"".join(reply)
    if reply.kind is AnswerKind.TRIPLES:
        triples = (quad.triple for quad in ox.parse(content, ox.RdfFormat.N_TRIPLES))
        return ("subject", "predicate", "object"), ((t.subject, t.predicate, t.object) for t in triples)
    answer = ox.parse_query_results(content, ox.QueryResultsFormat.JSON)
    if isinstance(answer, ox.QuerySolutions):
        return reply.columns, (tuple(solution) for solution in answer)
    return ("answer",), [(ox.Literal(bool(answer)),)]
