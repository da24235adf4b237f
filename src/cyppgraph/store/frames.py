"""What a worker and the process that it works for say to each other. In: values. Out: bytes on a pipe, and back.

A worker says ``READY`` once. A job is a line of JSON. An answer is frames: a letter, a length, as many bytes; ``HEAD``,
then ``DATA`` any number of times, then ``END``; or ``ERROR`` instead of any of them.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any

from cyppgraph.errors import CyppgraphError
from cyppgraph.store.engine import Limits, Query
from cyppgraph.store.formats import FORMATS, AnswerKind
from cyppgraph.store.refusals import (
    LimitError,
    NotAcceptableError,
    PlacedError,
    QueryFailedError,
    QueryRefusedError,
    QuerySyntaxError,
)
from cyppgraph.store.responding import Head

READY, HEAD, DATA, END, ERROR = b"R", b"H", b"D", b"Z", b"E"
HEADER = struct.Struct(">cI")
_PLACED: dict[str, Callable[[str, int | None, int | None], CyppgraphError]] = {
    "syntax": QuerySyntaxError,
    "refused": QueryRefusedError,
}


def write_job(operation: str, **members: Any) -> bytes:  # whatever JSON can hold
    """Return a job as a line."""
    return json.dumps({"operation": operation, **members}).encode() + b"\n"


def write_query(query: Query) -> bytes:
    """Return the job of answering a query."""
    return write_job(
        "query",
        text=query.text,
        default=None if query.default_graphs is None else list(query.default_graphs),
        named=None if query.named_graphs is None else list(query.named_graphs),
        formats={kind.value: form.name for kind, form in query.formats.items() if form is not None},
        rows=query.limits.rows,
        size=query.limits.size,
        seconds=query.limits.seconds,
    )


def read_query(job: dict[str, Any]) -> Query:
    """Return the query of a job."""
    limits = Limits(seconds=job["seconds"], rows=job["rows"], size=job["size"])
    formats = {AnswerKind(kind): FORMATS[name] for kind, name in job["formats"].items()}
    return Query(job["text"], job["default"], job["named"], formats, limits)


def write_head(head: Head) -> bytes:
    """Return what is known of an answer before its first byte."""
    return json.dumps({"kind": head.kind.value, "form": head.form.name, "columns": head.columns}).encode()


def read_head(payload: bytes) -> Head:
    """Return the head that was written."""
    told = json.loads(payload)
    return Head(AnswerKind(told["kind"]), FORMATS[told["form"]], tuple(told["columns"]))


def write_error(error: CyppgraphError) -> bytes:
    """Return an error as bytes, so that ``read_error`` gives its like."""
    told: dict[str, Any] = {"type": "failed", "message": str(error)}
    if isinstance(error, PlacedError):
        kind = "syntax" if isinstance(error, QuerySyntaxError) else "refused"
        told = {"type": kind, "message": error.message, "line": error.line, "column": error.column}
    elif isinstance(error, NotAcceptableError):
        told = {"type": "format", "kind": error.kind, "offered": error.offered}
    elif isinstance(error, LimitError):
        told = {"type": "limit", "limit": error.limit, "allowed": error.allowed}
    return json.dumps(told).encode()


def read_error(payload: bytes) -> CyppgraphError:
    """Return the error that was written."""
    told = json.loads(payload)
    match told["type"]:
        case "syntax" | "refused" as kind:
            return _PLACED[kind](told["message"], told["line"], told["column"])
        case "format":
            return NotAcceptableError(told["kind"], told["offered"])
        case "limit":
            return LimitError(told["limit"], told["allowed"])
        case _:
            return QueryFailedError(told["message"])
