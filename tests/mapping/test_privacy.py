"""Names that are withheld leak nowhere: not as names, labels, words, quotes, cells, comments or addresses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import URIRef
from rdflib.namespace import FOAF, RDF, RDFS

from cyppgraph.mapping import map_plan, mint
from cyppgraph.mapping.privacy import WITHHELD, withhold_persons
from cyppgraph.namespaces import Namespaces
from cyppgraph.plan import Lead, LeadStatus, Reference
from cyppgraph.publication import serialize_turtle

NS = Namespaces()
PLAN = NS.plan("richmond-2009")


def turtle(plan, authorities, people):
    return serialize_turtle(map_plan(plan, NS, authorities, people=people), NS.prefixes(plan.id)).decode()


def test_names_are_published_unless_withheld(make_plan, authorities):
    assert "Anna Example" in turtle(make_plan(), authorities, people=True)


def test_withheld_names_are_nowhere_in_the_file(make_plan, authorities):
    told = turtle(make_plan(), authorities, people=False).casefold()
    assert "anna" not in told
    assert "example" not in told
    assert WITHHELD in told


def test_roles_bodies_and_initials_stay(make_plan, authorities):
    graph = map_plan(make_plan(), NS, authorities, people=False)
    person = URIRef(PLAN + "person/withheld-1")
    assert (person, RDF.type, FOAF.Person) in graph
    assert str(graph.value(person, RDFS.label)) == WITHHELD
    assert graph.value(person, FOAF.name) is None
    lead = mint(make_plan(), NS).nodes[20]
    assert (lead, URIRef(NS.ontology + "leadPerson"), person) in graph
    assert str(graph.value(lead, URIRef(NS.ontology + "statement"))) == f"Head of Play – {WITHHELD}"
    assert str(graph.value(lead, URIRef(NS.ontology + "initials"))) == "AE"
    assert (URIRef(PLAN + "role/head-of-play"), RDFS.label, None) in graph
    assert (URIRef(PLAN + "body/stay-safe"), RDFS.label, None) in graph


def test_only_persons_change_their_address(make_plan, authorities):
    open_graph = map_plan(make_plan(), NS, authorities)
    shut_graph = map_plan(make_plan(), NS, authorities, people=False)
    changed = set(open_graph.subjects()) ^ set(shut_graph.subjects())
    assert changed == {URIRef(PLAN + "person/anna-example"), URIRef(PLAN + "person/withheld-1")}


def privacy_of(make_plan, make_passage, *leads):
    made = tuple(
        Lead(
            ref=200 + n,
            statement=words,
            sources=tuple(make_passage(34, quote) for quote in quotes or (words,)),
            status=LeadStatus.NAMED,
            person=person,
        )
        for n, (person, words, *quotes) in enumerate(leads)
    )
    return withhold_persons(make_plan(leads=made))


@pytest.mark.parametrize(
    "printed",
    [
        "Anna O'Example",
        "ANNA O'EXAMPLE",
        "Anna O’Example",
        "Anna\u00a0O'Example",
        "Anna  \n O'Example",
        "O'Example, Anna",
        "anna.o'example",
        "Ms O'Example",
        "Cllr. O'Example",
    ],
)
def test_a_name_is_found_however_it_is_printed(make_plan, make_passage, printed):
    privacy = privacy_of(make_plan, make_passage, ("Anna O'Example", "Anna O'Example"))
    assert privacy.text(f"with {printed}'s team") == f"with {WITHHELD}'s team"


def test_a_name_that_no_lead_has_in_full_is_made_of_those_that_they_have(make_plan, make_passage):
    privacy = privacy_of(
        make_plan, make_passage, ("Chrissy Clark", "Chrissy Clark"), ("Chris McSollis", "Chris McSollis")
    )
    assert privacy.text("Chris Clark to provide, with C. McSollis") == f"{WITHHELD} to provide, with {WITHHELD}"


def test_words_that_only_contain_a_name_stay(make_plan, make_passage):
    privacy = privacy_of(make_plan, make_passage, ("Will Hall", "Will Hall"))
    assert privacy.text("Goodwill Hallway: we will meet in the Hall") == "Goodwill Hallway: we will meet in the Hall"


def test_a_name_parted_by_a_page_break_is_taken_out_in_pieces(make_plan, make_passage):
    privacy = privacy_of(make_plan, make_passage, ("Anna Example", "Anna Example", "Anna", "Example"))
    assert privacy.text("Anna") == privacy.text("Example") == WITHHELD


def test_one_person_has_one_number(make_plan, make_passage):
    privacy = privacy_of(
        make_plan, make_passage, ("Bo Other", "Bo Other"), ("Anna Example", "Anna Example"), ("bo  other", "bo  other")
    )
    assert [privacy.person("", name) for name in ("Bo Other", "Anna Example", "bo  other")] == [
        "withheld-1",
        "withheld-2",
        "withheld-1",
    ]


def test_addresses_made_of_words_hold_no_names(make_plan, make_passage, authorities):
    plan = make_plan()
    team = replace(plan.leads[1], body="Anna Example's team")
    letter = Reference(
        ref=43,
        statement="Letter of Anna Example",
        sources=(make_passage(34, "Letter of Anna Example"),),
        label="Letter of Anna Example",
    )
    plan = replace(plan, leads=(plan.leads[0], team), references=(*plan.references, letter))
    told = turtle(plan, authorities, people=False).casefold()
    assert "anna" not in told
    assert "body:name-withheld-s-team" in told


def test_a_plan_without_persons_is_the_same_either_way(make_plan, authorities):
    plan = make_plan(findings=())
    plan = replace(plan, leads=(replace(plan.leads[0], person=None), plan.leads[1]))
    assert turtle(plan, authorities, people=False) == turtle(plan, authorities, people=True)
