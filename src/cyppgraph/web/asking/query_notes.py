"""What may be amiss in a query that can be asked. In: its text, our terms. Out: notes; and the place of an error.

A name of our namespace that the ontology does not have finds nothing, and no engine says so. It is a note, not an
error: a query may well ask whether something is there.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cyppgraph.namespaces import Namespaces
from cyppgraph.sparql import Token, locate, read_tokens

_LONGEST_QUOTED = 160
_MOST_NOTES = 5


@dataclass(frozen=True, slots=True)
class Note:
    """A name that we do not have: as it is written, its line and column, and the one that comes nearest, in short."""

    written: str
    line: int
    column: int
    near: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of a query with a place: the line as it is shown, and as much room as there is before the place."""

    text: str
    room: str


def find_unknown_terms(query: str, namespaces: Namespaces, terms: Collection[str]) -> tuple[Note, ...]:
    """Return the names in a query that are in our namespace and are no terms of ours.

    Args:
        query: any text.
        namespaces: the base of the data.
        terms: the IRIs of our terms.
    """
    tokens = [token for token in read_tokens(query) if token.kind not in ("space", "comment")]
    prefixes = {**namespaces.prefixes(), **_read_prefixes(tokens)}
    known = {iri.removeprefix(namespaces.ontology) for iri in terms if iri.startswith(namespaces.ontology)}
    notes: dict[str, Note] = {}
    for token in tokens:
        iri = _expand(token, prefixes)
        name = iri.removeprefix(namespaces.ontology)
        if not known or name in (iri, "") or name in known or iri in notes:
            continue
        near = _find_near(name, known)
        shown = f"<{namespaces.ontology}{near}>" if token.kind == "iri" else f"{token.text.partition(':')[0]}:{near}"
        notes[iri] = Note(token.text, *locate(query, token.start), shown if near else "")
    return tuple(notes.values())[:_MOST_NOTES]


def _read_prefixes(tokens: list[Token]) -> Mapping[str, str]:
    triples = zip(tokens, tokens[1:], tokens[2:], strict=False)
    return {
        name.text.removesuffix(":"): iri.text[1:-1]
        for word, name, iri in triples
        if word.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri"
    }


def _expand(token: Token, prefixes: Mapping[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    if token.kind != "name":
        return ""
    prefix, _, local = token.text.partition(":")
    return prefixes[prefix] + local if prefix in prefixes else ""


def _find_near(name: str, known: Collection[str]) -> str:
    """Return the term whose name comes nearest, whatever its case; nothing if none does."""
    by_small = {each.lower(): each for each in sorted(known)}
    near = difflib.get_close_matches(name.lower()[:_LONGEST_QUOTED], list(by_small), n=1, cutoff=0.6)
    return by_small[near[0]] if near else ""


def quote_line(query: str, line: int | None, column: int | None) -> Excerpt | None:
    """Return the line of a query on which a place stands; of a long one so much as is around the place.

    Args:
        query: the text.
        line: the line, from 1.
        column: the column, from 1.
    """
    lines = query.split("\n")
    if line is None or column is None or not 1 <= line <= len(lines):
        return None
    text = lines[line - 1]
    start = max(0, min(column - 1, len(text)) - _LONGEST_QUOTED // 2)
    room = "".join("\t" if sign == "\t" else " " for sign in text[start : column - 1])
    return Excerpt(text[start : start + _LONGEST_QUOTED], room)
