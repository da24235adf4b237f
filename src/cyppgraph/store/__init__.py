"""STORE: Turtle files in, a store that answers SPARQL out (Oxigraph, embedded)."""

from cyppgraph.store.answers import Answer, Term
from cyppgraph.store.embedded import GraphStore, load_store
from cyppgraph.store.engine import Edition, Limits, Query, Reply, Source
from cyppgraph.store.formats import FORMATS, AnswerKind, ResultFormat, formats_for
from cyppgraph.store.reading import Row, is_true, read_rows, read_triples
from cyppgraph.store.refusals import (
    BusyError,
    LimitError,
    NotAcceptableError,
    QueryFailedError,
    QueryRefusedError,
    QuerySyntaxError,
)
from cyppgraph.store.table import print_answer, shorten_term, write_table

__all__ = [
    "FORMATS",
    "Answer",
    "AnswerKind",
    "BusyError",
    "Edition",
    "GraphStore",
    "LimitError",
    "Limits",
    "NotAcceptableError",
    "Query",
    "QueryFailedError",
    "QueryRefusedError",
    "QuerySyntaxError",
    "Reply",
    "ResultFormat",
    "Row",
    "Source",
    "Term",
    "formats_for",
    "is_true",
    "load_store",
    "print_answer",
    "read_rows",
    "read_triples",
    "shorten_term",
    "write_table",
]
