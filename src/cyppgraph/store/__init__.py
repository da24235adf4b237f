"""STORE: Turtle files in, a store that answers SPARQL out (Oxigraph, embedded)."""

from cyppgraph.store.answers import Answer, Term
from cyppgraph.store.embedded import GraphStore, list_files, load_store
from cyppgraph.store.engine import Edition, Limits, Query, Reply, Source, stays
from cyppgraph.store.formats import FORMATS, AnswerKind, ResultFormat, formats_for
from cyppgraph.store.reading import Row, is_true, read_rows, read_texts, read_triples, say_term
from cyppgraph.store.refusals import (
    BusyError,
    LimitError,
    NotAcceptableError,
    PlacedError,
    QueryFailedError,
    QueryRefusedError,
    QuerySyntaxError,
    ServerFailedError,
)
from cyppgraph.store.snapshot import Snapshot, make_snapshot
from cyppgraph.store.source import EmbeddedSource
from cyppgraph.store.table import print_answer, shorten_term, write_table

__all__ = [
    "FORMATS",
    "Answer",
    "AnswerKind",
    "BusyError",
    "Edition",
    "EmbeddedSource",
    "GraphStore",
    "LimitError",
    "Limits",
    "NotAcceptableError",
    "PlacedError",
    "Query",
    "QueryFailedError",
    "QueryRefusedError",
    "QuerySyntaxError",
    "Reply",
    "ResultFormat",
    "Row",
    "ServerFailedError",
    "Snapshot",
    "Source",
    "Term",
    "formats_for",
    "is_true",
    "list_files",
    "load_store",
    "make_snapshot",
    "print_answer",
    "read_rows",
    "read_texts",
    "read_triples",
    "say_term",
    "shorten_term",
    "stays",
    "write_table",
]
