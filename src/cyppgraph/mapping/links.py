"""Links as triples. In: decided or proposed pairs. Out: a graph for each of the two.

A link is an ``sssom:Mapping`` that says of which triple it speaks (rdf:subject, rdf:predicate, rdf:object) and what is
held of it. SSSOM's own RDF uses ``owl:Axiom`` for that; an OWL tool that reads one takes the triple as asserted, which
would make a rejected pair true. Only an accepted link is also stated as a triple of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from rdflib import Graph, Literal, URIRef

from cyppgraph.linking import LINK_KINDS, Link, Status
from cyppgraph.linking.links import SYMMETRIC
from cyppgraph.linking.sssom import name_record
from cyppgraph.mapping.scribe import DATE, Scribe
from cyppgraph.namespaces import Namespaces

_JUSTIFICATIONS = {
    "semapv:ManualMappingCuration": "Both texts were read, and decided on",
    "semapv:MappingReview": "A proposed link was read and decided on",
    "semapv:LexicalSimilarityThresholdMatching": "The words are alike",
}


def map_links(links: Sequence[Link], ns: Namespaces, *, comments: bool = True) -> Graph:
    """Return links as triples.

    Args:
        links: what was decided, or is proposed; in the order of proposals, the most alike first for each subject.
        ns: the namespaces to publish in.
        comments: whether to publish the reasons, which quote the plans.
    """
    scribe = Scribe(ns)
    ranks: dict[tuple[str, str], int] = {}
    for kind in dict.fromkeys(link.kind for link in links):
        _write_set(kind, ns, scribe)
    for link in links:
        key = (link.kind, link.subject)
        ranks[key] = ranks.get(key, 0) + 1
        _write_link(link, ranks[key], ns, scribe, comments=comments)
    _write_justifications({link.justification for link in links}, scribe)
    return scribe.graph


def _write_set(kind: str, ns: Namespaces, scribe: Scribe) -> None:
    iri = URIRef(f"{ns.ids}link/{kind}")
    scribe.node(iri, ("sssom:MappingSet",), LINK_KINDS[kind].title)
    scribe.words(iri, "dct:title", LINK_KINDS[kind].title)
    scribe.string(iri, "dct:identifier", kind)
    scribe.add(iri, "dct:license", scribe.term("ogl:3/"))


def _write_link(link: Link, rank: int, ns: Namespaces, scribe: Scribe, *, comments: bool) -> None:
    iri = URIRef(f"{ns.ids}link/{name_record(link)}")
    subject, object_ = URIRef(ns.rebase(link.subject)), URIRef(ns.rebase(link.object))
    scribe.node(iri, ("sssom:Mapping",), f"{link.status}: {link.predicate.partition(':')[2]} {link.object_label}")
    scribe.add(iri, "rdf:subject", subject)
    scribe.add(iri, "rdf:predicate", scribe.term(link.predicate))
    scribe.add(iri, "rdf:object", object_)
    scribe.add(iri, "cypp:linkStatus", scribe.concept("link-status", link.status))
    scribe.add(iri, "dct:isPartOf", URIRef(f"{ns.ids}link/{link.kind}"))
    scribe.add(iri, "sssom:mapping_justification", scribe.term(link.justification))
    if link.status is Status.PROPOSED:
        scribe.decimal(iri, "sssom:similarity_score", Decimal(f"{link.score or 0:.2f}"))
        scribe.string(iri, "sssom:match_string", link.words)
        scribe.integer(iri, "cypp:rank", rank)
        return
    scribe.decimal(iri, "sssom:confidence", Decimal(f"{link.confidence:g}"))
    scribe.string(iri, "sssom:author_label", link.author)
    scribe.add(iri, "sssom:mapping_date", Literal(link.date, datatype=DATE))
    if comments:
        scribe.words(iri, "rdfs:comment", link.comment)
    if link.certainty:
        scribe.add(iri, "cypp:certainty", scribe.concept("certainty", link.certainty))
    if link.status is Status.ACCEPTED:
        scribe.add(subject, link.predicate, object_)
        if link.predicate in SYMMETRIC:
            scribe.add(object_, link.predicate, subject)


def _write_justifications(used: Iterable[str], scribe: Scribe) -> None:
    """Describe the terms of others that the links point at."""
    for name in sorted(used):
        scribe.node(scribe.term(name), ("skos:Concept",), _JUSTIFICATIONS[name])
        scribe.words(scribe.term(name), "skos:prefLabel", _JUSTIFICATIONS[name])
