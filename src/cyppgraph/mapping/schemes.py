"""Schemes of ``ontology/schemes`` in a graph. In: a scheme, written for the default base. Out: its triples, in ours."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef

from cyppgraph.mapping.scribe import Scribe, shorten
from cyppgraph.namespaces import Namespaces


def copy_scheme(graph: Graph, ns: Namespaces, scribe: Scribe) -> None:
    """Copy a scheme into our base, and give what has only a preferred label the label that lists go by."""
    preferred, label = scribe.term("skos:prefLabel"), scribe.term("rdfs:label")
    labelled = set(graph.subjects(label))

    def rebased(term: object) -> object:
        return URIRef(ns.rebase(term)) if isinstance(term, URIRef) else term

    for subject, predicate, value in graph:
        copied = (rebased(subject), rebased(predicate), rebased(value))
        scribe.graph.add(copied)  # type: ignore[arg-type]
        if predicate == preferred and subject not in labelled:
            language = value.language if isinstance(value, Literal) else None
            text = Literal(shorten(str(value)), lang=language)
            scribe.graph.add((copied[0], label, text))  # type: ignore[arg-type]
