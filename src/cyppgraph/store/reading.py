"""Small questions of our own. In: an edition, a query. Out: its rows, its truth or its triples, as terms."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from cyppgraph.store.answers import Term
from cyppgraph.store.engine import Edition, Query, stays
from cyppgraph.store.refusals import QueryFailedError

Row = tuple[Term | None, ...]


def read_rows(edition: Edition, text: str, is_gone: Callable[[], bool] = stays) -> list[Row]:
    """Return the rows of a SELECT query, None for what is unbound; as ``Edition.query`` for what is refused."""
    answer = ox.parse_query_results(_read(edition, text, is_gone), ox.QueryResultsFormat.JSON)
    if not isinstance(answer, ox.QuerySolutions):
        raise QueryFailedError("A query for rows was answered with something else.")
    return [tuple(solution) for solution in answer]


def read_texts(edition: Edition, text: str, is_gone: Callable[[], bool] = stays) -> list[tuple[str, ...]]:
    """Return the rows of a SELECT query as texts (``say_term``); as ``read_rows``."""
    return [tuple(map(say_term, row)) for row in read_rows(edition, text, is_gone)]


def say_term(term: object) -> str:
    """Return what a term says: an IRI, a literal's words, a triple as it is written; nothing for what is unbound."""
    return str(term) if isinstance(term, ox.Triple) else str(getattr(term, "value", ""))


def is_true(edition: Edition, text: str, is_gone: Callable[[], bool] = stays) -> bool:
    """Return the answer to an ASK query."""
    answer = ox.parse_query_results(_read(edition, text, is_gone), ox.QueryResultsFormat.JSON)
    return isinstance(answer, ox.QueryBoolean) and bool(answer)


def read_triples(edition: Edition, text: str, is_gone: Callable[[], bool] = stays) -> list[ox.Triple]:
    """Return the triples of a CONSTRUCT or DESCRIBE query."""
    return [quad.triple for quad in ox.parse(_read(edition, text, is_gone), ox.RdfFormat.N_TRIPLES)]


def _read(edition: Edition, text: str, is_gone: Callable[[], bool]) -> bytes:
    return b"".join(edition.query(Query(text), is_gone))
