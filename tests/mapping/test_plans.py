"""A plan as triples: every property that consumers may rely on, and what holds of every node."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SKOS

from cyppgraph.errors import CyppgraphError
from cyppgraph.mapping import map_catalogue, map_plan, mint
from cyppgraph.mapping.scribe import Scribe, shorten
from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.plan import LeadStatus
from cyppgraph.resources import find_resources

NS = Namespaces()
IDS = NS.ids
PLAN = NS.plan("richmond-2009")
PREFIXES = {"cypp": NS.ontology} | EXTERNAL_PREFIXES


def term(name):
    prefix, _, local = name.partition(":")
    return URIRef(PREFIXES[prefix] + local)


def concept(path):
    return URIRef(f"{IDS}scheme/{path}")


def en(text):
    return Literal(text, lang="en")


def typed(text, name):
    return Literal(text, datatype=term(name), normalize=False)


@pytest.fixture
def plan(make_plan):
    return make_plan()


@pytest.fixture
def graph(plan, ns, authorities):
    return map_plan(plan, ns, authorities)


@pytest.fixture
def nodes(plan, ns):
    return mint(plan, ns).nodes


THEME, COMMITMENT, OUTCOME, NI, CSC, TARGET, ACTION, STEP, PROGRESS, MONEY = range(1, 11)
QUARTERLY, MARCH, HEAD, BOARD = 11, 12, 20, 21

STATED = [
    (THEME, "rdf:type", term("cypp:Theme")),
    (THEME, "rdf:type", term("cypp:PlanElement")),
    (THEME, "rdfs:label", en("1 Safe and healthy")),
    (THEME, "cypp:statement", en("Safe and healthy")),
    (THEME, "cypp:alternativeStatement", en("Ensuring all are safe and healthy")),
    (THEME, "cypp:number", Literal("1")),
    (THEME, "cypp:position", typed("1", "xsd:integer")),
    (THEME, "cypp:planTerm", URIRef(PLAN + "term/theme")),
    (THEME, "cypp:inPlan", URIRef(PLAN[:-1])),
    (THEME, "cypp:certainty", concept("certainty/stated")),
    (COMMITMENT, "dct:description", en("Words at length.")),
    (COMMITMENT, "cypp:partOf", URIRef(PLAN + "theme/1")),
    (OUTCOME, "cypp:within", URIRef(PLAN + "theme/1")),
    (OUTCOME, "cypp:within", URIRef(PLAN + "commitment/1.1")),
    (OUTCOME, "cypp:outcomeKind", concept("outcome-kind/benefit")),
    (OUTCOME, "cypp:measuredBy", URIRef(PLAN + "measure/ni-117")),
    (OUTCOME, "cypp:refersTo", URIRef(PLAN + "commitment/1.1")),
    (NI, "rdfs:label", en("NI 117 16 to 18 year olds who are not in education, employment or training (NEET)")),
    (NI, "cypp:printedCode", Literal("NI 117")),
    (NI, "cypp:usesIndicator", URIRef(IDS + "indicator/ni/117")),
    (NI, "cypp:designation", concept("designation/laa")),
    (CSC, "cypp:designation", concept("designation/school-survey")),
    (TARGET, "cypp:value", typed("75", "xsd:decimal")),
    (TARGET, "cypp:upperValue", typed("100", "xsd:decimal")),
    (TARGET, "cypp:unit", concept("unit/percent")),
    (TARGET, "cypp:comparison", concept("comparison/at-least")),
    (TARGET, "cypp:strict", typed("true", "xsd:boolean")),
    (TARGET, "cypp:provisional", typed("true", "xsd:boolean")),
    (TARGET, "cypp:per", en("100 offenders")),
    (TARGET, "cypp:of", en("offences")),
    (TARGET, "cypp:baselineValue", typed("4.90", "xsd:decimal")),
    (TARGET, "cypp:baselineStatement", en("4.90% in 2008")),
    (ACTION, "cypp:deliveredThrough", URIRef(PLAN + "external/play-strategy")),
    (ACTION, "cypp:contributesTo", URIRef(PLAN + "theme/1")),
    (STEP, "cypp:number", Literal("2a")),
    (STEP, "cypp:certainty", concept("certainty/shared")),
    (PROGRESS, "cypp:progressStatus", concept("progress-status/in-progress")),
    (PROGRESS, "cypp:progressStatus", concept("progress-status/complete")),
    (MONEY, "rdfs:label", en("2021/22 saving: 24")),
    (MONEY, "cypp:amount", typed("24000", "xsd:decimal")),
    (MONEY, "cypp:financialYear", Literal("2021/22")),
    (MONEY, "cypp:financeKind", concept("finance-kind/saving")),
    (MONEY, "cypp:interval", term("gov-year:2021-2022")),
    (MONEY, "cypp:reference", Literal("CFE SAV 02")),
    (QUARTERLY, "cypp:timeKind", concept("time-kind/recurring")),
    (QUARTERLY, "cypp:frequency", term("freq:Q")),
    (MARCH, "rdf:type", term("cypp:TimeConstraint")),
    (MARCH, "cypp:statement", en("by March 2012")),
    (MARCH, "cypp:earliest", typed("2012-03-01", "xsd:date")),
    (MARCH, "cypp:latest", typed("2012-03-31", "xsd:date")),
    (MARCH, "cypp:interval", term("month:2012-03")),
    (MARCH, "cypp:edtf", Literal("2012-03")),
    (MARCH, "cypp:certainty", concept("certainty/shared")),
    (HEAD, "rdf:type", term("cypp:LeadAssignment")),
    (HEAD, "cypp:statement", en("Head of Play – Anna Example")),
    (HEAD, "cypp:leadRole", URIRef(PLAN + "role/head-of-play")),
    (HEAD, "cypp:leadPerson", URIRef(PLAN + "person/anna-example")),
    (HEAD, "cypp:leadStatus", concept("lead-status/named")),
    (HEAD, "cypp:initials", Literal("AE")),
    (HEAD, "cypp:capacity", en("with")),
    (BOARD, "cypp:leadBody", URIRef(PLAN + "body/stay-safe")),
]


@pytest.mark.parametrize(("ref", "predicate", "value"), STATED)
def test_what_a_node_states(graph, nodes, ref, predicate, value):
    assert (nodes[ref], term(predicate), value) in graph


LINKED = [
    (OUTCOME, "cypp:hasLead", BOARD),
    (NI, "cypp:hasTarget", TARGET),
    (ACTION, "cypp:progress", PROGRESS),
    (ACTION, "cypp:due", MARCH),
    (STEP, "cypp:due", MARCH),
    (STEP, "cypp:partOf", ACTION),
]


@pytest.mark.parametrize(("ref", "predicate", "other"), LINKED)
def test_what_a_node_points_at(graph, nodes, ref, predicate, other):
    assert (nodes[ref], term(predicate), nodes[other]) in graph


ELSEWHERE = [
    ("plan/richmond-2009", RDF.type, term("cypp:Plan")),
    ("plan/richmond-2009", RDF.type, PROV.Plan),
    ("plan/richmond-2009", DCTERMS.identifier, Literal("richmond-2009")),
    ("plan/richmond-2009", DCTERMS.title, en("Children and Young People's Plan 2009-2013")),
    ("plan/richmond-2009", DCTERMS.issued, typed("2009-07", "xsd:gYearMonth")),
    ("plan/richmond-2009", DCTERMS.spatial, term("ons:E09000027")),
    (
        "plan/richmond-2009",
        DCTERMS.publisher,
        URIRef("http://opendatacommunities.org/id/london-borough-council/richmond"),
    ),
    ("plan/richmond-2009", DCTERMS.creator, URIRef(PLAN + "body/richmond-childrens-trust")),
    ("plan/richmond-2009", DCTERMS.temporal, URIRef(PLAN + "period")),
    ("plan/richmond-2009", PROV.wasDerivedFrom, URIRef(PLAN + "document")),
    ("plan/richmond-2009", term("schema:creativeWorkStatus"), en("draft")),
    ("plan/richmond-2009/period", term("dcat:startDate"), typed("2009-04-01", "xsd:date")),
    ("plan/richmond-2009/period", term("dcat:endDate"), typed("2013-03-31", "xsd:date")),
    ("plan/richmond-2009/period", term("cypp:certainty"), concept("certainty/inferred")),
    ("plan/richmond-2009/document", RDF.type, term("cypp:SourceDocument")),
    ("plan/richmond-2009/document", term("cypp:checksum"), Literal("0" * 64)),
    ("plan/richmond-2009/document", FOAF.page, URIRef("http://www.richmond.gov.uk/cypp")),
    ("plan/richmond-2009/document", DCTERMS.rights, en("The words are the council's.")),
    ("plan/richmond-2009/document", DCTERMS.identifier, Literal("data/plans/richmond-2009/source.txt")),
    ("plan/richmond-2009/person/anna-example", FOAF.name, Literal("Anna Example")),
    ("plan/richmond-2009/role/head-of-play", RDF.type, term("org:Post")),
    ("plan/richmond-2009/body/stay-safe", RDF.type, term("org:Organization")),
    ("plan/richmond-2009/external/play-strategy", RDF.type, term("cypp:ExternalDocument")),
    ("plan/richmond-2009/term/theme", SKOS.prefLabel, en("Theme")),
    ("plan/richmond-2009/term/theme", SKOS.inScheme, URIRef(PLAN + "term")),
    ("indicator/richmond/csc/001", SKOS.prefLabel, en("Children referred")),
    ("indicator/richmond/csc", RDF.type, term("cypp:IndicatorScheme")),
]


@pytest.mark.parametrize(("path", "predicate", "value"), ELSEWHERE)
def test_what_stands_around_the_elements(graph, path, predicate, value):
    assert (URIRef(IDS + path), predicate, value) in graph


def test_a_national_indicator_takes_its_name_from_the_catalogue(graph):
    assert not list(graph.objects(URIRef(IDS + "indicator/ni/117"), SKOS.prefLabel))


def test_an_interval_brings_its_days(graph):
    year = term("gov-year:2021-2022")
    assert (year, term("dcat:startDate"), typed("2021-04-01", "xsd:date")) in graph
    assert (year, term("dcat:endDate"), typed("2022-03-31", "xsd:date")) in graph
    assert (year, RDF.type, term("time:ProperInterval")) in graph


def test_a_passage_is_found_by_lines_and_by_words(graph, plan, ns):
    iri = mint(plan, ns).passages[plan.title_sources[0]]
    assert (iri, term("cypp:firstLine"), typed("7", "xsd:integer")) in graph
    assert (iri, term("cypp:lastLine"), typed("8", "xsd:integer")) in graph
    assert (iri, term("cypp:quote"), Literal("Children and Young People's Plan")) in graph
    assert (iri, term("cypp:sourceDocument"), URIRef(PLAN + "document")) in graph
    by_lines, by_words = sorted(graph.objects(iri, term("oa:hasSelector")))
    assert (by_lines, RDF.value, Literal("line=6,8")) in graph
    assert (by_lines, DCTERMS.conformsTo, URIRef("http://tools.ietf.org/rfc/rfc5147")) in graph
    assert (by_lines, RDF.type, term("oa:FragmentSelector")) in graph
    assert (by_words, RDF.type, term("oa:TextQuoteSelector")) in graph
    assert (by_words, term("oa:exact"), Literal("Children and Young People's Plan")) in graph


def test_passages_on_the_same_line_share_its_selector(graph):
    selectors = set(graph.subjects(RDF.value, Literal("line=33,34")))
    assert selectors == {URIRef(PLAN + "lines/L34")}


def test_a_row_keeps_every_cell_under_its_heading(graph, plan, nodes, ns):
    row = mint(plan, ns).rows[100]
    assert (nodes[OUTCOME], term("cypp:sourceRow"), row) in graph
    assert len(list(graph.objects(row, term("cypp:hasCell")))) == 3
    cell = URIRef(row + "/cell/2")
    assert (cell, term("cypp:columnHeading"), Literal("Lead")) in graph
    assert (cell, term("cypp:cellText"), Literal("Head of Play – Anna Example")) in graph
    assert (cell, term("cypp:position"), typed("2", "xsd:integer")) in graph
    assert not list(graph.objects(URIRef(row + "/cell/3"), term("cypp:columnHeading")))


def test_a_row_parted_by_a_page_break_cites_each_piece(make_plan, make_passage, ns, authorities):
    plan = make_plan()
    pieces = (make_passage(34, "Fewer children"), make_passage(40, "are hurt"))
    plan = replace(plan, rows=(replace(plan.rows[0], passages=pieces),))
    graph, iris = map_plan(plan, ns, authorities), mint(plan, ns)
    row = iris.rows[100]
    assert set(graph.objects(row, term("cypp:source"))) == {iris.passages[piece] for piece in pieces}
    assert (row, term("cypp:quote"), Literal("Fewer children … are hurt")) in graph
    assert (row, term("cypp:lastLine"), typed("40", "xsd:integer")) in graph
    assert len(list(graph.objects(row, term("oa:hasSelector")))) == 4


def test_a_finding_is_data(graph, plan, nodes, ns):
    iris = mint(plan, ns)
    missing, untitled, drawn = iris.findings
    assert (missing, RDF.type, term("dqv:QualityAnnotation")) in graph
    assert (missing, DCTERMS.type, concept("finding-kind/lead-missing")) in graph
    assert (missing, term("oa:hasTarget"), nodes[OUTCOME]) in graph
    assert (missing, term("oa:motivatedBy"), term("dqv:qualityAssessment")) in graph
    assert (missing, term("sh:resultSeverity"), term("sh:Warning")) in graph
    assert (missing, RDFS.comment, en("No lead is printed.")) in graph
    assert (missing, term("cypp:source"), iris.passages[plan.elements[2].sources[0]]) in graph
    assert (untitled, term("oa:hasTarget"), iris.plan) in graph
    assert not list(graph.objects(untitled, term("cypp:source")))
    assert (drawn, term("cypp:source"), URIRef(PLAN + "passage/L60-L61")) in graph


def test_an_indicator_in_conflict_has_no_notation(make_plan, ns, authorities):
    plan = make_plan()
    clash = replace(plan.findings[0], kind="code-conflict", target=NI)
    graph = map_plan(replace(plan, findings=(clash,)), ns, authorities)
    indicator = URIRef(IDS + "indicator/ni/117/as-printed-in/richmond-2009")
    assert (mint(plan, ns).nodes[NI], term("cypp:usesIndicator"), indicator) in graph
    assert not list(graph.objects(indicator, SKOS.notation))
    assert graph.value(indicator, SKOS.prefLabel) == en(plan.elements[3].statement)


def test_a_second_wording_of_a_local_indicator_is_another_label(make_plan, ns, authorities):
    plan = make_plan()
    second = replace(plan.elements[4], ref=50, statement="Children who are referred")
    graph = map_plan(replace(plan, elements=(*plan.elements, second)), ns, authorities)
    indicator = URIRef(IDS + "indicator/richmond/csc/001")
    assert list(graph.objects(indicator, SKOS.prefLabel)) == [en("Children referred")]
    assert list(graph.objects(indicator, SKOS.altLabel)) == [en("Children who are referred")]


def test_within_holds_elements_only_and_all_of_them(graph, plan):
    above = {(s, o) for s, o in graph.subject_objects(term("cypp:within"))}
    direct = {(s, o) for s, o in graph.subject_objects(term("cypp:partOf"))}
    assert direct <= above
    assert {(a, d) for a, b in above for c, d in above if b == c} <= above
    assert URIRef(PLAN[:-1]) not in {o for _, o in above}


def test_what_leads_nowhere_gives_no_triple(graph, nodes):
    assert not list(graph.objects(nodes[ACTION], term("cypp:refersTo")))


def test_only_actions_are_delivered_through_something(make_plan, ns, authorities):
    plan = make_plan()
    outcome = replace(plan.elements[2], delivered_through=(41,))
    plan = replace(plan, elements=(*plan.elements[:2], outcome, *plan.elements[3:]))
    graph, iri = map_plan(plan, ns, authorities), mint(plan, ns).nodes[OUTCOME]
    assert (iri, term("cypp:refersTo"), URIRef(PLAN + "external/play-strategy")) in graph
    assert not list(graph.objects(iri, term("cypp:deliveredThrough")))


def test_a_blank_lead_has_a_label_and_no_statement(make_plan, make_passage, ns, authorities):
    plan = make_plan()
    blank = replace(plan.leads[1], statement="", status=LeadStatus.NOT_STATED, body=None)
    plan = replace(plan, leads=(plan.leads[0], blank))
    graph, iri = map_plan(plan, ns, authorities), mint(plan, ns).nodes[BOARD]
    assert graph.value(iri, RDFS.label) == en("Lead not stated")
    assert graph.value(iri, term("cypp:statement")) is None


@pytest.fixture
def schemes():
    return [Graph().parse(path) for path in sorted(find_resources().schemes.glob("*.ttl"))]


def test_every_node_has_an_iri_a_type_and_one_label(graph):
    for subject in set(graph.subjects()):
        assert isinstance(subject, URIRef)
        assert list(graph.objects(subject, RDF.type)), subject
        labels = list(graph.objects(subject, RDFS.label))
        assert len(labels) == 1, subject
        assert 0 < len(labels[0]) <= 100
    assert not any(isinstance(term, BNode) for triple in graph for term in triple)


def test_everything_of_ours_that_is_pointed_at_is_described(graph, schemes, authorities, ns):
    catalogue = map_catalogue(schemes, authorities, ns)
    described = set(graph.subjects()) | set(catalogue.subjects())
    kept_elsewhere = {"http://tools.ietf.org/rfc/rfc5147"}
    for _, predicate, value in graph:
        if isinstance(value, URIRef) and predicate != RDF.type and str(value) not in kept_elsewhere:
            assert value in described, value


def test_every_term_of_ours_is_in_the_ontology(graph, schemes, authorities, ns):
    ontology = Graph().parse(find_resources().ontology / "cypp.ttl")
    known = set(ontology.subjects(RDFS.isDefinedBy))
    for triple in (*graph, *map_catalogue(schemes, authorities, ns)):
        for used in triple[1:]:
            if str(used).startswith(NS.ontology):
                assert used in known, used


def test_what_is_said_agrees_with_the_ontologys_domains(graph):
    ontology = Graph().parse(find_resources().ontology / "cypp.ttl")
    for prop, domain in ontology.subject_objects(RDFS.domain):
        for subject in set(graph.subjects(prop)):
            assert (subject, RDF.type, domain) in graph, (subject, prop)
    for prop in ontology.subjects(RDF.type, OWL.FunctionalProperty):
        for subject in set(graph.subjects(prop)):
            assert len(list(graph.objects(subject, prop))) == 1, (subject, prop)


def test_all_bounds_are_days(graph):
    for name in ("cypp:earliest", "cypp:latest", "dcat:startDate", "dcat:endDate"):
        for value in graph.objects(None, term(name)):
            assert value.datatype == term("xsd:date")
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(value))


@pytest.mark.parametrize(
    ("printed", "datatype"),
    [("2009", term("xsd:gYear")), ("2009-07", term("xsd:gYearMonth")), ("2009-07-01", term("xsd:date"))],
)
def test_a_date_of_issue_is_no_more_exact_than_printed(make_plan, ns, authorities, printed, datatype):
    graph = map_plan(make_plan(issued=printed), ns, authorities)
    assert graph.value(URIRef(PLAN[:-1]), DCTERMS.issued) == Literal(printed, datatype=datatype, normalize=False)


def test_a_date_of_issue_that_is_none_is_refused(make_plan, ns, authorities):
    with pytest.raises(CyppgraphError, match="July 2009"):
        map_plan(make_plan(issued="July 2009"), ns, authorities)


def test_an_unknown_authority_is_refused(make_plan, ns, authorities):
    with pytest.raises(CyppgraphError, match=r"authorities\.toml"):
        map_plan(make_plan(authority="atlantis"), ns, authorities)


def test_what_points_nowhere_is_refused(make_plan, ns, authorities):
    plan = make_plan()
    for changes in ({"due": (999,)}, {"refers_to": (999,)}, {"row": 999}):
        lost = replace(plan, elements=(*plan.elements[:-1], replace(plan.elements[-1], **changes)))
        with pytest.raises(CyppgraphError, match="999"):
            map_plan(lost, ns, authorities)


def test_a_plan_with_nothing_but_its_title_maps(make_plan, ns, authorities):
    bare = make_plan(
        elements=(),
        dues=(),
        leads=(),
        references=(),
        rows=(),
        findings=(),
        schemes=(),
        partnership=None,
        issued=None,
        status=None,
        title_sources=(),
    )
    assert (URIRef(PLAN[:-1]), RDF.type, term("cypp:Plan")) in map_plan(bare, ns, authorities)


def test_an_unknown_prefix_is_refused(ns):
    with pytest.raises(CyppgraphError, match="nope"):
        Scribe(ns).term("nope:thing")


def test_a_label_is_cut_between_words():
    text = "word " * 40
    cut = shorten(text)
    assert len(cut) <= 100
    assert cut.endswith("word…")
    assert shorten("short  text") == "short text"
    assert len(shorten("x" * 300)) == 100
    lengths = [len(shorten("a bc def " * n)) for n in range(1, 40)]
    assert max(lengths) <= 100
    assert all(b >= a or b > 85 for a, b in pairwise(lengths))
