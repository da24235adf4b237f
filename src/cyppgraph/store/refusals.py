"""Why a query has no answer. In: the place and the cause. Out: errors that say both to the person who asked."""

from __future__ import annotations

from cyppgraph.errors import CyppgraphError


class QueryFailedError(CyppgraphError):
    """A query that began to be answered and could not be to its end."""


class ServerFailedError(QueryFailedError):
    """Another server, which was asked, did not answer, or not whole."""


class PlacedError(CyppgraphError):
    """An error at a place of the query.

    Args:
        message: what is wrong.
        line: the line it stands on, from 1; None where it concerns no one place.
        column: the column, from 1.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        self.message, self.line, self.column = message, line, column
        super().__init__(message if line is None else f"line {line}, column {column}: {message}")


class QuerySyntaxError(PlacedError):
    """A text that is not a SPARQL query."""


class QueryRefusedError(PlacedError):
    """A query that is correct, and that this store does not run."""


class NotAcceptableError(CyppgraphError):
    """An answer of a kind that the client takes in no format.

    Args:
        kind: the kind of the answer.
        offered: the media types that it could be sent as.
    """

    def __init__(self, kind: str, offered: list[str]) -> None:
        self.kind, self.offered = kind, offered
        super().__init__(f"This query gives {kind} sent as {' or '.join(offered)}.")


class LimitError(CyppgraphError):
    """A query that came to a limit of the service.

    Args:
        limit: "time", "memory", "rows" or "size".
        allowed: what is allowed, in seconds, bytes, rows and bytes.
    """

    def __init__(self, limit: str, allowed: float) -> None:
        self.limit, self.allowed = limit, allowed
        super().__init__(_LIMITS[limit].format(allowed=f"{allowed:,.10g}", mebibytes=f"{allowed / 2**20:,.4g}"))


_LIMITS = {
    "time": "The query was stopped after {allowed} seconds, the most that one may take here. "
    "Ask for less at a time: name the plan, the class or the property; or add a LIMIT.",
    "memory": "The query was stopped because it needed more than {mebibytes} MiB of memory, the most that one may take "
    "here. Ask for less at a time, or sort and group fewer rows.",
    "rows": "The answer has more than {allowed} rows, the most that are sent here. Add a LIMIT, ask for parts, "
    "or load the dumps.",
    "size": "The answer is larger than {mebibytes} MiB, the most that is sent here. Add a LIMIT, ask for less, "
    "or load the dumps.",
}


class BusyError(CyppgraphError):
    """A query that was not begun, since too many others are being answered.

    Args:
        seconds: after how long it is worth trying again.
    """

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"Too many queries are being answered just now. Ask again in {seconds} seconds.")
