"""Read what was published. In: a Turtle file. Out: its rdflib graph, read by Oxigraph, which is ten times as fast."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.where import Where

_STRING = "http://www.w3.org/2001/XMLSchema#string"


def read_turtle(path: Path) -> Graph:
    """Read a Turtle file.

    Raises:
        FaultyInputError: the file cannot be read or is not Turtle; the message says where.
    """
    graph = Graph()
    terms: dict[pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal, Node] = {}

    def term(value: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal) -> Node:
        found = terms.get(value)
        if found is None:
            found = terms[value] = _term(value)
        return found

    try:
        for quad in pyoxigraph.parse(path.read_bytes(), pyoxigraph.RdfFormat.TURTLE):
            graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    except OSError as error:
        raise FaultyInputError([Fault(Where(str(path)), f"cannot be read: {error.strerror}")]) from error
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        raise FaultyInputError([Fault(Where(str(path), line), f"is not Turtle: {error}; build it again")]) from error
    return graph


def _term(value: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal) -> Node:
    if isinstance(value, pyoxigraph.NamedNode):
        return URIRef(value.value)
    if isinstance(value, pyoxigraph.BlankNode):
        return BNode(value.value)
    if value.language:
        return Literal(value.value, lang=value.language)
    return Literal(value.value, datatype=None if value.datatype.value == _STRING else URIRef(value.datatype.value))
