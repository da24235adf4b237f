"""Why a query has no answer. In: the place and the cause. Out: errors that say both to the person who asked."""

from __future__ import annotations

from cyppgraph.errors import CyppgraphError


class QueryFailedError(CyppgraphError):
    """A query that began to be answered and could not be to its end."""


class _PlacedError(CyppgraphError):
    """An error at a place of the query.

    Args:
        message: what is wrong.
        line: the line it stands on, from 1; None where it concerns no one place.
        column: the column, from 1.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.line, self.column = line, column
        super().__init__(message if line is None else f"line {line}, column {column}: {message}")


class QuerySyntaxError(_PlacedError):
    """A text that is not a SPARQL query."""


class QueryRefusedError(_PlacedError):
    """A query that is correct, and that this store does not run."""
