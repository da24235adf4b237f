"""STORE: Turtle files in, a store that answers SPARQL out (Oxigraph, embedded)."""

from cyppgraph.store.answers import Answer, Term
from cyppgraph.store.embedded import GraphStore, load_store
from cyppgraph.store.formats import FORMATS, AnswerKind, ResultFormat, formats_for
from cyppgraph.store.refusals import QueryFailedError, QueryRefusedError, QuerySyntaxError
from cyppgraph.store.table import print_answer, shorten_term, write_table

__all__ = [
    "FORMATS",
    "Answer",
    "AnswerKind",
    "GraphStore",
    "QueryFailedError",
    "QueryRefusedError",
    "QuerySyntaxError",
    "ResultFormat",
    "Term",
    "formats_for",
    "load_store",
    "print_answer",
    "shorten_term",
    "write_table",
]
