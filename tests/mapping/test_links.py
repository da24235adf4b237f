"""Links as triples: what was accepted is stated, what was rejected or only proposed is told and not stated."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import rdflib
from rdflib import RDF, RDFS, Literal, URIRef

from cyppgraph.linking import Link, Status
from cyppgraph.mapping import map_links
from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces

NAMES = Namespaces()
CYPP = rdflib.Namespace(NAMES.ontology)
ID = rdflib.Namespace(NAMES.ids)
SSSOM = rdflib.Namespace(EXTERNAL_PREFIXES["sssom"])
ACTION, OTHER, NEET = ID["plan/croydon-2011/action/1"], ID["plan/croydon-2011/action/2"], ID["indicator/ni/117"]


def link(**changes: Any) -> Link:
    said: dict[str, Any] = {
        "kind": "indicators",
        "subject": str(ACTION),
        "subject_label": "Cut NEET",
        "predicate": "cypp:concernsIndicator",
        "object": str(NEET),
        "object_label": "NI 117 NEET",
        "status": Status.ACCEPTED,
        "confidence": 0.9,
        "justification": "semapv:ManualMappingCuration",
        "author": "A. Reader",
        "date": "2026-11-22",
        "comment": "Anna Kitt says so",
    }
    return Link(**said | changes)


def described(graph: rdflib.Graph) -> dict[URIRef, Any]:
    """What the graph says of its one link, the type left out."""
    (node,) = graph.subjects(RDF.type, SSSOM.Mapping)
    return {p: o for p, o in graph.predicate_objects(node) if p != RDF.type}


def test_an_accepted_link_is_stated_and_told_with_everything_held_of_it() -> None:
    graph = map_links([link(certainty="inferred")], NAMES)
    assert (ACTION, CYPP.concernsIndicator, NEET) in graph
    told = described(graph)
    assert (told[RDF.subject], told[RDF.predicate], told[RDF.object]) == (ACTION, CYPP.concernsIndicator, NEET)
    assert told[CYPP.linkStatus] == ID["scheme/link-status/accepted"]
    assert told[CYPP.certainty] == ID["scheme/certainty/inferred"]
    assert told[SSSOM.confidence].toPython() == Decimal("0.9")
    assert told[SSSOM.author_label] == Literal("A. Reader")
    assert str(told[SSSOM.mapping_date]) == "2026-11-22"
    assert told[RDFS.comment] == Literal("Anna Kitt says so", lang="en")


@pytest.mark.parametrize("status", [Status.REJECTED, Status.PROPOSED])
def test_what_nobody_accepted_is_told_and_not_stated(status: Status) -> None:
    graph = map_links([link(status=status)], NAMES)
    assert described(graph)[CYPP.linkStatus] == ID[f"scheme/link-status/{status}"]
    assert list(graph.predicate_objects(ACTION)) == []


def test_nothing_makes_an_owl_tool_believe_a_rejected_pair() -> None:
    graph = map_links([link(status=Status.REJECTED)], NAMES)
    owl = EXTERNAL_PREFIXES["owl"]
    assert [term for triple in graph for term in triple if str(term).startswith(owl)] == []


@pytest.mark.parametrize("predicate", ["cypp:sameActionAs", "cypp:sameLeadAs"])
def test_what_holds_in_both_directions_is_stated_in_both(predicate: str) -> None:
    graph = map_links([link(predicate=predicate, object=str(OTHER), kind="recurring-actions")], NAMES)
    term = CYPP[predicate.partition(":")[2]]
    assert {(ACTION, term, OTHER), (OTHER, term, ACTION)} <= set(graph)


def test_what_a_later_plan_takes_up_is_stated_in_one_direction() -> None:
    graph = map_links([link(predicate="cypp:takesUpAgain", object=str(OTHER), kind="later-plans")], NAMES)
    assert (ACTION, CYPP.takesUpAgain, OTHER) in graph
    assert (OTHER, CYPP.takesUpAgain, ACTION) not in graph


def test_a_proposal_has_its_score_its_words_and_its_place_among_those_of_the_same_text() -> None:
    proposed = [
        link(
            status=Status.PROPOSED, subject=str(subject), object=f"{NEET}{n}", score=score, words="training, education"
        )
        for subject, n, score in ((ACTION, 1, 0.83), (ACTION, 2, 0.5), (OTHER, 1, 0.5))
    ]
    graph = map_links(proposed, NAMES)
    ranks = {(graph.value(node, RDF.subject), str(rank)) for node, rank in graph.subject_objects(CYPP.rank)}
    assert ranks == {(ACTION, "1"), (ACTION, "2"), (OTHER, "1")}
    assert {score.toPython() for score in graph.objects(None, SSSOM.similarity_score)} == {
        Decimal("0.83"),
        Decimal("0.50"),
    }
    assert set(graph.objects(None, SSSOM.match_string)) == {Literal("training, education")}
    assert list(graph.objects(None, SSSOM.confidence)) == []


def test_reasons_that_may_quote_names_are_left_out_where_names_are() -> None:
    graph = map_links([link()], NAMES, comments=False)
    assert "Anna Kitt" not in graph.serialize()


def test_a_council_publishes_its_links_below_its_own_base() -> None:
    names = Namespaces("https://data.example.gov.uk/")
    graph = map_links([link()], names)
    moved = [URIRef(str(iri).replace(NAMES.base, names.base)) for iri in (ACTION, CYPP.concernsIndicator, NEET)]
    assert tuple(moved) in graph
    assert NAMES.base not in graph.serialize(format="nt")


def test_a_pair_keeps_its_address_whatever_is_held_of_it() -> None:
    """A proposal that is accepted, or an accepted link that is rejected, stays the same link."""
    addresses = {
        node
        for status in Status
        for node in map_links([link(status=status, confidence=0.5)], NAMES).subjects(RDF.type, SSSOM.Mapping)
    }
    assert len(addresses) == 1


def test_every_link_is_in_a_set_that_says_what_it_holds_and_on_which_terms() -> None:
    graph = map_links([link(), link(kind="topics", predicate="dct:subject")], NAMES)
    sets = {str(graph.value(node, rdflib.DCTERMS.isPartOf)) for node in graph.subjects(RDF.type, SSSOM.Mapping)}
    assert sets == {f"{NAMES.ids}link/indicators", f"{NAMES.ids}link/topics"}
    for one in map(URIRef, sets):
        assert (graph.value(one, rdflib.DCTERMS.title), graph.value(one, rdflib.DCTERMS.license)) != (None, None)
