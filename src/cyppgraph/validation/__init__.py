"""VALIDATE: a graph in, a report of findings out (SHACL shapes, check queries, quotes held against the documents)."""

from cyppgraph.validation.checks import Check, load_checks, run_checks
from cyppgraph.validation.quotes import check_quotes
from cyppgraph.validation.report import Report, Result
from cyppgraph.validation.shapes import load_shapes, validate_shapes

__all__ = [
    "Check",
    "Report",
    "Result",
    "check_quotes",
    "load_checks",
    "load_shapes",
    "run_checks",
    "validate_shapes",
]
