"""What a query means, as a parser that we did not write understands it (rdflib's)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import rdflib
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

Leaf = tuple[str, object]


@cache
def read_algebra(query: str) -> tuple[Leaf, ...]:
    """Return the leaves of a query's algebra, each with its path; terms are kept letter for letter."""
    normalize, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        translated = translateQuery(parseQuery(query))
    finally:
        rdflib.NORMALIZE_LITERALS = normalize
    return tuple(_walk(translated.algebra, ""))


def _walk(node: object, path: str) -> Iterator[Leaf]:
    if isinstance(node, CompValue):
        yield path, node.name
    if isinstance(node, dict):
        for key in sorted(node, key=str):
            yield from _walk(node[key], f"{path}/{key}")
    elif isinstance(node, set | frozenset):
        yield path, frozenset(node)
    elif isinstance(node, list | tuple) or type(node).__name__ == "ParseResults":
        yield path, len(node)  # type: ignore[arg-type]
        for index, part in enumerate(node):  # type: ignore[arg-type, var-annotated]
            yield from _walk(part, f"{path}/{index}")
    else:
        yield path, (type(node).__name__, node.n3()) if isinstance(node, rdflib.Literal) else node
