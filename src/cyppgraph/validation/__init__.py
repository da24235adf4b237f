"""VALIDATE: a graph in, a report of findings out (SHACL shapes, check queries, quotes held against the documents)."""

from cyppgraph.validation.report import Report, Result
from cyppgraph.validation.shapes import load_shapes, validate_shapes

__all__ = ["Report", "Result", "load_shapes", "validate_shapes"]
