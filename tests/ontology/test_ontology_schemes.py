"""The concept schemes: their closed lists, and the rules that hold for every concept."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef

BASE = "https://w3id.org/cyppgraph/id/scheme/"
FINDING_KINDS = """
    code conflict, title differs, number skipped, number repeated, impossible date, date outside the plan period, date
    order, due missing, lead missing, lead to be confirmed, measure missing, text cut off, text lost, cells
    shifted, header wrong, list and table differ, duplicate action, unexplained acronym, separator missing,
    target mismatch, amount unsplit, initials unresolved, cross reference broken, word garbled, layout artefact,
    no title page, baseline missing, names alike, line not read, row not read
"""
TOPICS = """
    maternity breastfeeding health-visiting immunisation healthy-weight physical-activity healthy-schools
    mental-health teenage-pregnancy sexual-health substance-misuse health-services accidents bullying e-safety
    community-safety domestic-abuse child-protection safeguarding-governance front-door caf early-help
    parenting-family-support missing-exploitation looked-after-children edge-of-care fostering-adoption care-leavers
    asylum-migration sen-disability short-breaks transition-adulthood young-carers early-years-childcare
    childrens-centres attainment attainment-gaps school-quality school-places attendance behaviour-exclusion
    alternative-provision extended-services positive-activities youth-justice neet post-16-learning higher-education
    child-poverty free-school-meals family-learning-work housing participation-voice workforce practice-quality
    commissioning partnership-governance performance-data resources-vfm equalities
"""
OUTCOMES = {
    "1": "Be healthy",
    "2": "Stay safe",
    "3": "Enjoy and achieve",
    "4": "Make a positive contribution",
    "5": "Achieve economic well-being",
}
NOTATIONS = {
    "absence": ["c", "x", "z", "k", "low", "u", "-", "blank"],
    "time-kind": ["by", "during", "from", "until", "ongoing", "recurring", "invalid", "unstated"],
    "certainty": ["stated", "shared", "inherited", "inferred", "doubtful"],
    "lead-status": ["named", "to be confirmed", "not stated"],
    "progress-status": ["complete", "in progress", "not started", "in consultation", "other"],
    "finance-kind": ["saving", "growth"],
    "designation": ["LAA", "school survey", "Place Survey"],
    "outcome-kind": ["benefit", "service improvement"],
    "unit": ["percent", "percentage points", "count", "GBP", "days", "weeks", "months", "years"],
    "comparison": ["at least", "at most", "exactly", "increase by", "decrease by"],
    "value-role": ["baseline", "target", "actual"],
    "finding-kind": [" ".join(kind.split()) for kind in FINDING_KINDS.split(",")],
    "link-status": ["accepted", "rejected", "proposed"],
    "title-status": ["read in a public page", "recalled, to be checked"],
    "topic": TOPICS.split(),
    "every-child-matters": [*OUTCOMES, *(f"{outcome}.{aim}" for outcome in OUTCOMES for aim in range(1, 7))],
}


def concepts(graph: Graph) -> list[URIRef]:
    """Return the concepts of a scheme's graph."""
    return sorted(s for s in graph.subjects(RDF.type, SKOS.Concept) if isinstance(s, URIRef))


def concepts_by_notation(graph: Graph) -> dict[str, URIRef]:
    """Return the concepts of a scheme's graph by their notation."""
    return {str(graph.value(c, SKOS.notation)): c for c in concepts(graph)}


def test_every_scheme_is_known_to_the_tests(schemes: dict[str, Graph]) -> None:
    """A scheme is added together with its closed list."""
    assert set(schemes) == set(NOTATIONS)


@pytest.mark.parametrize("name", NOTATIONS)
def test_notations_are_the_closed_list(schemes: dict[str, Graph], name: str) -> None:
    """Each scheme has exactly the notations that consumers rely on, each once, as plain strings."""
    found = [o for c in concepts(schemes[name]) for o in schemes[name].objects(c, SKOS.notation)]
    assert sorted(map(str, found)) == sorted(NOTATIONS[name])
    assert all(isinstance(n, Literal) and n.language is None and n.datatype is None for n in found)


@pytest.mark.parametrize("name", NOTATIONS)
def test_addresses_follow_from_the_words(schemes: dict[str, Graph], name: str) -> None:
    """A concept's address is its notation in lower case with hyphens; what codes and numbers stand for goes by name."""
    graph = schemes[name]
    for concept in concepts(graph):
        words = graph.value(concept, SKOS.prefLabel if name in ("absence", "every-child-matters") else SKOS.notation)
        slug = re.sub(r"[^a-z0-9]+", "-", str(words).lower()).strip("-")
        assert str(concept) == f"{BASE}{name}/{slug}"


@pytest.mark.parametrize("name", NOTATIONS)
def test_every_concept_is_described(schemes: dict[str, Graph], name: str) -> None:
    """Every concept has one label in English, one definition, one notation and its one scheme."""
    graph = schemes[name]
    for concept in concepts(graph):
        for described_by in (SKOS.prefLabel, SKOS.definition):
            words = list(graph.objects(concept, described_by))
            assert [w.language for w in words if isinstance(w, Literal)] == ["en"], (concept, described_by)
        assert len(list(graph.objects(concept, SKOS.notation))) == 1, concept
        assert list(graph.objects(concept, SKOS.inScheme)) == [URIRef(BASE + name)], concept


@pytest.mark.parametrize("name", NOTATIONS)
def test_labels_tell_concepts_apart(schemes: dict[str, Graph], name: str) -> None:
    """No two concepts of a scheme share a label, and no label is both preferred and alternative."""
    graph = schemes[name]
    naming = (SKOS.prefLabel, SKOS.altLabel)
    labels = [label for c in concepts(graph) for p in naming for label in graph.objects(c, p)]
    counted = Counter(str(label).casefold() for label in labels)
    assert [words for words, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("name", NOTATIONS)
def test_top_concepts_are_stated_both_ways(schemes: dict[str, Graph], name: str) -> None:
    """A concept is a top concept exactly when nothing is broader, and both it and the scheme say so."""
    graph, scheme = schemes[name], URIRef(BASE + name)
    top = {c for c in concepts(graph) if graph.value(c, SKOS.broader) is None}
    assert set(graph.objects(scheme, SKOS.hasTopConcept)) == top
    assert set(graph.subjects(SKOS.topConceptOf, scheme)) == top


@pytest.mark.parametrize("name", NOTATIONS)
def test_scheme_describes_itself(schemes: dict[str, Graph], name: str) -> None:
    """A scheme has a title, a definition, a version, and the file holds that scheme alone."""
    graph, scheme = schemes[name], URIRef(BASE + name)
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    assert all(graph.value(scheme, p) is not None for p in (SKOS.prefLabel, SKOS.definition, OWL.versionInfo))
    assert {s for s in graph.subjects() if s != scheme} == set(concepts(graph))


@pytest.mark.parametrize("name", NOTATIONS)
def test_no_blank_nodes(schemes: dict[str, Graph], name: str) -> None:
    """Everything in a scheme can be linked to."""
    assert [node for triple in schemes[name] for node in triple if isinstance(node, BNode)] == []


def test_property_and_scheme_name_each_other(core: Graph, schemes: dict[str, Graph]) -> None:
    """The property that takes a scheme's concepts points to it, and the scheme points back."""
    for name, graph in schemes.items():
        scheme = URIRef(BASE + name)
        for described in graph.objects(scheme, RDFS.seeAlso):
            assert (described, RDFS.seeAlso, scheme) in core, name
            assert (described, RDFS.range, SKOS.Concept) in core, name
        if name not in ("finding-kind", "topic"):  # their properties, dct:type and dct:subject, are others' terms
            assert graph.value(scheme, RDFS.seeAlso) is not None, name


def test_ontology_names_every_scheme(core: Graph, schemes: dict[str, Graph]) -> None:
    """Somebody who reads the ontology finds its schemes."""
    named = {str(o) for o in core.objects(URIRef("https://w3id.org/cyppgraph/ontology"), RDFS.seeAlso)}
    assert {iri for iri in named if iri.startswith(BASE)} == {BASE + name for name in schemes}


def test_every_child_matters_has_five_outcomes_of_six_aims(schemes: dict[str, Graph]) -> None:
    """Each aim stands under the outcome that its number begins with, stated from both sides."""
    graph = schemes["every-child-matters"]
    by_notation = concepts_by_notation(graph)
    for notation, concept in by_notation.items():
        outcome, _, aim = notation.partition(".")
        expected = by_notation[outcome] if aim else None
        assert graph.value(concept, SKOS.broader) == expected
        assert expected is None or (expected, SKOS.narrower, concept) in graph
    assert {n: str(graph.value(by_notation[n], SKOS.prefLabel)) for n in OUTCOMES} == OUTCOMES
