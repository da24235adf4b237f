"""How far the alignments go: our terms, close matches, and not a step beyond."""

from __future__ import annotations

from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

OURS = "https://w3id.org/cyppgraph/"
ALIGNED = [
    "http://purl.org/net/p-plan#",
    "http://metadata.un.org/sdg/ontology#",
    "http://ontology.eil.utoronto.ca/ISO21972/iso21972#",
    "https://ontology.commonapproach.org/cids#",
    "https://schema.org/",
]


def aligned_pairs(alignments: Graph) -> set[tuple[URIRef, URIRef]]:
    """Return the pairs of our term and another's, leaving out what the file says about itself."""
    header = set(alignments.subjects(RDF.type, OWL.Ontology))
    return {
        (s, o)
        for p in (SKOS.closeMatch, RDFS.seeAlso)
        for s, o in alignments.subject_objects(p)
        if s not in header and isinstance(s, URIRef) and isinstance(o, URIRef)
    }


def test_alignments_point_from_our_terms_to_others(alignments: Graph) -> None:
    """Every alignment has a term of ours on the left and somebody else's on the right."""
    pairs = aligned_pairs(alignments)
    assert pairs
    assert all(s.startswith(OURS) and not o.startswith(OURS) for s, o in pairs)


def test_aligned_terms_exist(alignments: Graph, core: Graph, schemes: dict[str, Graph]) -> None:
    """Every term of ours that is aligned is declared in the ontology or is a concept in a scheme."""
    known = {s for graph in (core, *schemes.values()) for s in graph.subjects(RDF.type, None)}
    assert {s for s, _ in aligned_pairs(alignments)} - known == set()


def test_vocabularies_promised_are_aligned(alignments: Graph) -> None:
    """Five vocabularies are aligned by their terms; IATI and StratML, which are XML, in prose."""
    targets = {o for _, o in aligned_pairs(alignments)}
    assert [v for v in ALIGNED if not any(t.startswith(v) for t in targets)] == []
    prose = " ".join(str(o) for o in alignments.objects(None, SKOS.editorialNote))
    assert "IATI" in prose
    assert "StratML" in prose


def test_no_alignment_is_stronger_than_close(alignments: Graph) -> None:
    """No equivalence, subclass or exact match ties our terms to another vocabulary's consequences."""
    strong = (OWL.equivalentClass, OWL.equivalentProperty, OWL.sameAs, RDFS.subClassOf, RDFS.subPropertyOf,
              SKOS.exactMatch)  # fmt: skip
    assert [t for p in strong for t in alignments.triples((None, p, None))] == []


def test_an_indicator_is_never_a_cids_indicator(alignments: Graph) -> None:
    """A CIDS indicator stands beside a plan's measure: its functional properties would merge councils."""
    cids = URIRef("https://ontology.commonapproach.org/cids#Indicator")
    assert {s for s, o in aligned_pairs(alignments) if o == cids} == {URIRef(f"{OURS}ontology#Measure")}
