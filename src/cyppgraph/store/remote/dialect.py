"""A query as any server understands it. In: a query of our users. Out: its kind, and its text with all prefixes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cyppgraph.sparql import find_undeclared_prefixes, read_tokens
from cyppgraph.store.formats import AnswerKind
from cyppgraph.store.refusals import QuerySyntaxError

_HAS_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_KINDS = {
    "select": AnswerKind.ROWS,
    "ask": AnswerKind.TRUTH,
    "construct": AnswerKind.TRIPLES,
    "describe": AnswerKind.TRIPLES,
}


def find_kind(query: str) -> AnswerKind:
    """Tell what a correct query gives: its first keyword of four says so."""
    for token in read_tokens(query):
        if token.kind == "word" and (kind := _KINDS.get(token.text.lower())):
            return kind
    raise QuerySyntaxError("this is no SPARQL query: it has none of SELECT, ASK, CONSTRUCT, DESCRIBE")


def declare_prefixes(text: str, prefixes: Mapping[str, str], base: str) -> str:
    """Return a query or an update with the prefixes and the base that it uses and does not declare.

    Its lines keep their numbers. Prefixes follow a BASE that it begins with: servers that learnt SPARQL 1.0 take it
    nowhere else. It is given the base of the data if it has a relative IRI and no base of its own.
    """
    tokens = [token for token in read_tokens(text) if token.kind not in ("space", "comment")]
    has_base = any(token.kind == "word" and token.text.upper() == "BASE" for token in tokens)
    if not has_base and any(token.kind == "iri" and not _HAS_SCHEME.match(token.text) for token in tokens):
        text = f"BASE <{base}> {text}"
    names = {token.text.partition(":")[0] for token in find_undeclared_prefixes(text, ())}
    declared = "".join(f"PREFIX {name}: <{prefixes[name]}> " for name in sorted(names & prefixes.keys()))
    first = [token for token in read_tokens(text) if token.kind not in ("space", "comment")][:2]
    place = first[1].end if len(first) == 2 and first[0].text.upper() == "BASE" else 0
    if not declared:
        return text
    return f"{text[:place]} {declared}{text[place:]}" if place else declared + text
