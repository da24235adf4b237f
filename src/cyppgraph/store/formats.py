"""The forms a result can be written in. In: what kind of answer it is. Out: its formats, the preferred one first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox


class AnswerKind(StrEnum):
    """What a query gives: rows (SELECT), yes or no (ASK), or triples (CONSTRUCT, DESCRIBE)."""

    ROWS = "rows"
    TRUTH = "yes or no"
    TRIPLES = "triples"


@dataclass(frozen=True, slots=True)
class ResultFormat:
    """A format: its short name, its media type, other media types it is asked for by, and the kinds it can hold."""

    name: str
    media_type: str
    aliases: tuple[str, ...]
    kinds: frozenset[AnswerKind]
    engine: ox.QueryResultsFormat | ox.RdfFormat


_TABULAR = frozenset({AnswerKind.ROWS})
_RESULTS = frozenset({AnswerKind.ROWS, AnswerKind.TRUTH})
_GRAPH = frozenset({AnswerKind.TRIPLES})

FORMATS = {
    form.name: form
    for form in (
        ResultFormat(
            "json", "application/sparql-results+json", ("application/json",), _RESULTS, ox.QueryResultsFormat.JSON
        ),
        ResultFormat(
            "xml",
            "application/sparql-results+xml",
            ("application/xml", "text/xml"),
            _RESULTS,
            ox.QueryResultsFormat.XML,
        ),
        ResultFormat("csv", "text/csv", (), _TABULAR, ox.QueryResultsFormat.CSV),
        ResultFormat("tsv", "text/tab-separated-values", (), _TABULAR, ox.QueryResultsFormat.TSV),
        ResultFormat("ttl", "text/turtle", (), _GRAPH, ox.RdfFormat.TURTLE),
        ResultFormat("nt", "application/n-triples", ("text/plain",), _GRAPH, ox.RdfFormat.N_TRIPLES),
        ResultFormat("rdf", "application/rdf+xml", ("application/xml", "text/xml"), _GRAPH, ox.RdfFormat.RDF_XML),
        ResultFormat("jsonld", "application/ld+json", ("application/json",), _GRAPH, ox.RdfFormat.JSON_LD),
        ResultFormat("trig", "application/trig", (), _GRAPH, ox.RdfFormat.TRIG),
        ResultFormat("nq", "application/n-quads", (), _GRAPH, ox.RdfFormat.N_QUADS),
    )
}


_ABBREVIATING = ("ttl", "trig", "rdf")


def choose_prefixes(
    triples: Iterable[ox.Triple], form: ResultFormat, prefixes: Mapping[str, str]
) -> dict[str, str] | None:
    """Return the prefixes that are of use to triples in a format; None if it has no short names.

    Args:
        triples: those that are written, or the first of them.
        form: a format of triples.
        prefixes: all that are known.
    """
    if form.name not in _ABBREVIATING:
        return None
    iris: set[str] = set()
    for triple in triples:
        iris |= {term.value for term in triple if isinstance(term, ox.NamedNode)}
        if isinstance(triple.object, ox.Literal):
            iris.add(triple.object.datatype.value)
    return {name: space for name, space in prefixes.items() if any(iri.startswith(space) for iri in iris)}


def formats_for(kind: AnswerKind) -> tuple[ResultFormat, ...]:
    """Return the formats that an answer of this kind can be written in."""
    return tuple(form for form in FORMATS.values() if kind in form.kinds)
