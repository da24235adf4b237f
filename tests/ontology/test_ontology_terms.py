"""What the ontology must declare, how each term is described, and what it must never say."""

from __future__ import annotations

from collections import Counter

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

CYPP = Namespace("https://w3id.org/cyppgraph/ontology#")
ONTOLOGY = URIRef("https://w3id.org/cyppgraph/ontology")
BIBO = Namespace("http://purl.org/ontology/bibo/")
VANN = Namespace("http://purl.org/vocab/vann/")
SCHEMA = Namespace("https://schema.org/")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

CLASSES = """
    Plan PlanElement Theme Commitment Outcome Action Measure Target FinanceLine Progress
    Indicator IndicatorScheme LeadAssignment LeadRole TimeConstraint
    SourceDocument SourcePassage SourceRow SourceCell ExternalDocument
    MissingValue
"""
OBJECT_PROPERTIES = """
    inPlan partOf within contributesTo refersTo deliveredThrough planTerm certainty
    outcomeKind everyChildMatters measuredBy designation usesIndicator concernsIndicator relatesToIndicator
    titleStatus linkStatus sameLeadAs sameActionAs takesUpAgain
    hasTarget comparison unit due timeKind interval frequency
    hasLead leadStatus leadRole leadPerson leadBody progress progressStatus financeKind
    source sourceRow sourceDocument hasCell
    observedIndicator valueRole statedBy absence missingFrom
"""
DATATYPE_PROPERTIES = """
    number position reference statement alternativeStatement printedCode
    value upperValue strict of per provisional baselineValue baselineStatement earliest latest edtf
    initials capacity amount financialYear firstLine lastLine quote checksum columnHeading cellText
    printedPeriod rowNumber titleConfidence rank
    timeLimit memoryLimit rowLimit sizeLimit
"""
REQUIRED = [
    *((name, OWL.Class) for name in CLASSES.split()),
    *((name, OWL.ObjectProperty) for name in OBJECT_PROPERTIES.split()),
    *((name, OWL.DatatypeProperty) for name in DATATYPE_PROPERTIES.split()),
]
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
BUILT_IN = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2001/XMLSchema#",
    "http://www.w3.org/2002/07/owl#",
)


def is_ours(node: Node) -> bool:
    """Say whether a node is a term of the ontology or one of its documents."""
    return isinstance(node, URIRef) and str(node).startswith(str(ONTOLOGY))


def terms(graph: Graph) -> set[Node]:
    """Return our terms that a graph declares."""
    return {s for kind in KINDS for s in graph.subjects(RDF.type, kind) if is_ours(s)}


def undeclared_foreign_terms(graph: Graph) -> set[URIRef]:
    """Return others' terms that a graph uses as property, class, domain or range without declaring them."""
    logical = (RDF.type, RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
    used = set(graph.predicates()) | {o for p in logical for o in graph.objects(None, p)}
    declared = {s for kind in KINDS for s in graph.subjects(RDF.type, kind)}
    return {
        t
        for t in used
        if isinstance(t, URIRef) and not is_ours(t) and not str(t).startswith(BUILT_IN) and t not in declared
    }


def foreign_axioms(graph: Graph) -> set[tuple[Node, Node, Node]]:
    """Return what a graph says about others' terms beyond declaring them and where they are defined."""
    return {
        (s, p, o)
        for s, p, o in graph
        if isinstance(s, URIRef)
        and not is_ours(s)
        and not str(s).startswith("https://w3id.org/cyppgraph/id/")
        and not (p == RDFS.isDefinedBy or (p == RDF.type and o in KINDS))
    }


@pytest.mark.parametrize(("name", "kind"), REQUIRED, ids=[name for name, _ in REQUIRED])
def test_term_of_the_model_is_declared_as_its_kind(core: Graph, name: str, kind: URIRef) -> None:
    """Every name that consumers rely on is declared, as one kind of term and no other."""
    assert set(core.objects(CYPP[name], RDF.type)) & KINDS == {kind}


def test_nothing_is_declared_beyond_the_list(core: Graph) -> None:
    """A new term is added to the list above together with the ontology."""
    assert {str(t).removeprefix(CYPP) for t in terms(core)} == {name for name, _ in REQUIRED}


def test_no_term_of_ours_is_used_without_being_declared(core: Graph, everything: Graph) -> None:
    """A misspelt term anywhere in the ontology folder is caught."""
    used = {node for triple in everything for node in triple if isinstance(node, URIRef) and node in CYPP}
    assert used == terms(core)


def test_every_term_is_described(core: Graph) -> None:
    """Every term has one English label, one English definition and says which ontology defines it."""
    for term in terms(core):
        for described_by in (RDFS.label, SKOS.definition):
            words = list(core.objects(term, described_by))
            assert [w.language for w in words if isinstance(w, Literal)] == ["en"], (term, described_by)
        assert list(core.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY], term


@pytest.mark.parametrize("described_by", [RDFS.label, SKOS.definition])
def test_no_two_terms_are_described_alike(core: Graph, described_by: URIRef) -> None:
    """Labels and definitions tell the terms apart."""
    counted = Counter(str(o).casefold() for t in terms(core) for o in core.objects(t, described_by))
    assert [words for words, times in counted.items() if times > 1] == []


def test_words_are_clean(everything: Graph) -> None:
    """No text has line breaks, doubled spaces or spaces at its ends, and each definition is a sentence."""
    for _, p, o in everything:
        if isinstance(o, Literal):
            assert str(o) == " ".join(str(o).split()), o
            assert p != SKOS.definition or str(o).endswith("."), o


@pytest.mark.parametrize("limit", [RDFS.domain, RDFS.range])
def test_at_most_one_domain_and_range(core: Graph, limit: URIRef) -> None:
    """No property has two domains or two ranges, which OWL reads as both at once."""
    counted = Counter(core.subjects(limit, None))
    assert [p for p, times in counted.items() if times > 1] == []


def test_every_property_says_what_it_is_about(core: Graph) -> None:
    """Every property has a domain or says which kinds of thing carry it."""
    properties = {s for k in (OWL.ObjectProperty, OWL.DatatypeProperty) for s in core.subjects(RDF.type, k)}
    about = {*core.subjects(RDFS.domain, None), *core.subjects(SCHEMA.domainIncludes, None)}
    assert {p for p in properties if is_ours(p)} - about == set()


def test_kinds_of_element_are_disjoint(core: Graph) -> None:
    """One axiom keeps all kinds of plan element apart, and one keeps elements apart from everything else."""
    lists = [
        set(Collection(core, members))
        for axiom in core.subjects(RDF.type, OWL.AllDisjointClasses)
        if isinstance(members := core.value(axiom, OWL.members), BNode)
    ]
    assert set(core.subjects(RDFS.subClassOf, CYPP.PlanElement)) in lists
    classes = {c for c in terms(core) if (c, RDF.type, OWL.Class) in core}
    assert {c for c in classes if not any(map(is_ours, core.objects(c, RDFS.subClassOf)))} in lists


def test_part_of_is_functional_under_a_transitive_within(core: Graph) -> None:
    """An element has one parent and any number of elements above; OWL 2 DL forbids both on one property."""
    assert (CYPP.partOf, RDFS.subPropertyOf, CYPP.within) in core
    assert (CYPP.partOf, RDF.type, OWL.FunctionalProperty) in core
    assert (CYPP.within, RDF.type, OWL.TransitiveProperty) in core
    assert (CYPP.within, RDF.type, OWL.FunctionalProperty) not in core


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        (CYPP.sourceRow, CYPP.source),
        (CYPP.source, URIRef("http://www.w3.org/ns/prov#wasDerivedFrom")),
        (CYPP.sourceDocument, URIRef("http://www.w3.org/ns/oa#hasSource")),
    ],
)
def test_provenance_is_readable_by_others_tools(core: Graph, narrow: URIRef, wide: URIRef) -> None:
    """PROV tools read where a statement came from, and Web Annotation tools the document of a passage."""
    assert (narrow, RDFS.subPropertyOf, wide) in core


def test_nothing_is_imported(everything: Graph) -> None:
    """The ontology stands alone."""
    assert list(everything.subject_objects(OWL.imports)) == []


def test_others_terms_are_declared_before_use(core: Graph, alignments: Graph) -> None:
    """Each file declares every term of others that it uses."""
    assert undeclared_foreign_terms(core) == set()
    assert undeclared_foreign_terms(alignments) == set()


def test_schemes_use_only_terms_that_the_ontology_declares(core: Graph, schemes: dict[str, Graph]) -> None:
    """The schemes can be loaded with the ontology and nothing else."""
    for graph in schemes.values():
        assert undeclared_foreign_terms(graph + core) == set()


def test_nothing_is_said_about_others_terms(everything: Graph) -> None:
    """No axiom and no note has a term of somebody else as its subject."""
    assert foreign_axioms(everything) == set()


def test_blank_nodes_only_carry_disjointness(core: Graph) -> None:
    """Blank nodes are the two disjointness axioms and their lists, nothing else."""
    about = {p for s, p, _ in core if isinstance(s, BNode)}
    assert about <= {RDF.type, OWL.members, RDF.first, RDF.rest}
    assert {o for s, o in core.subject_objects(RDF.type) if isinstance(s, BNode)} == {OWL.AllDisjointClasses}


def test_no_datatype_outside_owl_2(everything: Graph) -> None:
    """Neither xsd:date nor any datatype that stops an OWL 2 reasoner is used, as a range or in a literal."""
    assert XSD.date not in {node for triple in everything for node in triple}
    assert {o.datatype for o in everything.objects() if isinstance(o, Literal)} <= {None, XSD.string}
    ranges = set(everything.objects(None, RDFS.range))
    allowed = {XSD.string, XSD.boolean, XSD.integer, XSD.decimal}
    assert {r for r in ranges if isinstance(r, URIRef) and r in XSD} <= allowed


@pytest.mark.parametrize("name", ["earliest", "latest", "edtf"])
def test_dates_have_no_range(core: Graph, name: str) -> None:
    """The shapes, not the ontology, say what datatype a date has."""
    assert core.value(CYPP[name], RDFS.range) is None


@pytest.mark.parametrize(
    "described_by",
    [
        RDFS.label, DCTERMS.title, DCTERMS.description, DCTERMS.abstract, DCTERMS.creator, DCTERMS.publisher,
        DCTERMS.license, DCTERMS.created, DCTERMS.modified, DCTERMS.issued, DCTERMS.source, DCTERMS.language,
        DCTERMS.bibliographicCitation, BIBO.status, OWL.versionIRI, OWL.versionInfo,
        VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri,
    ],
)  # fmt: skip
def test_ontology_describes_itself(core: Graph, described_by: URIRef) -> None:
    """The ontology carries the metadata that catalogues of ontologies ask for."""
    assert core.value(ONTOLOGY, described_by, any=True) is not None


def test_version_and_namespace_agree(core: Graph) -> None:
    """The version has an address of its own, the namespace is a literal, the citation names the version."""
    version = str(core.value(ONTOLOGY, OWL.versionInfo))
    assert core.value(ONTOLOGY, OWL.versionIRI) == URIRef(f"{ONTOLOGY}/{version}")
    assert core.value(ONTOLOGY, VANN.preferredNamespaceUri) == Literal(str(CYPP))
    assert version in str(core.value(ONTOLOGY, DCTERMS.bibliographicCitation))
