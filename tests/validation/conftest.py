"""A made-up graph as big as five plans, and ways to build small ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from rdflib import Literal, Namespace, URIRef

from cyppgraph.validation import load_shapes

CYPP = Namespace("https://w3id.org/cyppgraph/ontology#")
ID = "https://w3id.org/cyppgraph/id/"
OA = Namespace("http://www.w3.org/ns/oa#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
CHECKSUM = "0" * 64


class MadeUpPlan:
    """A sound plan of ``commitments`` × ``actions``, each action with a measure, a target, a date, a lead and a row."""

    def __init__(self, graph: rdflib.Graph, name: str, commitments: int, actions: int) -> None:
        self.graph, self.name, self.line = graph, name, 1
        self.plan = URIRef(f"{ID}plan/{name}")
        self.document = self.node("document", CYPP.SourceDocument)
        self.say(self.document, rdflib.DCTERMS.title, Literal("The plan"))
        self.say(self.document, rdflib.DCTERMS.identifier, Literal(f"data/plans/{name}/source.txt"))
        self.say(self.document, rdflib.DCTERMS.rights, Literal("The council"))
        self.say(self.document, CYPP.checksum, Literal(CHECKSUM))
        self._front()
        for i in range(1, commitments + 1):
            commitment = self.element(CYPP.Commitment, f"commitment/{i}", i, [])
            for j in range(1, actions + 1):
                self.action(commitment, f"{i}.{j}", j)

    def _front(self) -> None:
        period = self.node("period", rdflib.DCTERMS.PeriodOfTime)
        self.say(period, DCAT.startDate, Literal("2013-04-01", datatype=rdflib.XSD.date))
        self.say(period, DCAT.endDate, Literal("2014-03-31", datatype=rdflib.XSD.date))
        self.say(self.plan, rdflib.RDF.type, CYPP.Plan)
        self.say(self.plan, rdflib.DCTERMS.identifier, Literal(self.name))
        self.say(self.plan, rdflib.DCTERMS.title, Literal("A plan", lang="en"))
        self.say(self.plan, rdflib.DCTERMS.temporal, period)
        self.say(
            self.plan,
            rdflib.DCTERMS.publisher,
            URIRef("http://opendatacommunities.org/id/london-borough-council/croydon"),
        )
        self.say(
            self.plan,
            rdflib.DCTERMS.spatial,
            URIRef("http://statistics.data.gov.uk/id/statistical-geography/E09000008"),
        )

    def say(self, subject: URIRef, predicate: URIRef, value: rdflib.term.Node) -> None:
        self.graph.add((subject, predicate, value))

    def node(self, path: str, kind: URIRef) -> URIRef:
        iri = URIRef(f"{self.plan}/{path}")
        self.say(iri, rdflib.RDF.type, kind)
        self.say(iri, rdflib.RDFS.label, Literal(path))
        return iri

    def passage(self, path: str, words: str, kind: URIRef = CYPP.SourcePassage) -> URIRef:
        passage = self.node(path, kind)
        self.say(passage, CYPP.firstLine, Literal(self.line))
        self.say(passage, CYPP.lastLine, Literal(self.line + 1))
        self.say(passage, CYPP.quote, Literal(words))
        self.say(passage, CYPP.sourceDocument, self.document)
        selector = self.node(path + "/lines", OA.FragmentSelector)
        self.say(selector, rdflib.RDF.value, Literal(f"line={self.line - 1},{self.line + 1}"))
        self.say(selector, rdflib.DCTERMS.conformsTo, URIRef("http://tools.ietf.org/rfc/rfc5147"))
        self.say(passage, OA.hasSelector, selector)
        return passage

    def stated(self, node: URIRef, path: str) -> None:
        words = f"The words printed for {path}"
        self.say(node, CYPP.statement, Literal(words, lang="en"))
        self.say(node, CYPP.certainty, URIRef(ID + "scheme/certainty/stated"))
        self.say(node, CYPP.source, self.passage(f"passage/{path}", words))

    def element(self, kind: URIRef, path: str, position: int, above: list[URIRef]) -> URIRef:
        element = self.node(path, kind)
        self.stated(element, path)
        self.say(element, CYPP.inPlan, self.plan)
        self.say(element, CYPP.position, Literal(position))
        for other in above:
            self.say(element, CYPP.within, other)
        if above:
            self.say(element, CYPP.partOf, above[0])
        return element

    def action(self, commitment: URIRef, number: str, position: int) -> None:
        self.line += 2
        action = self.element(CYPP.Action, f"action/{number}", position, [commitment])
        measure = self.element(CYPP.Measure, f"measure/{number}", 1, [action, commitment])
        target = self.element(CYPP.Target, f"target/{number}", 1, [measure, action, commitment])
        self.say(action, CYPP.measuredBy, measure)
        self.say(action, CYPP.number, Literal(number))
        self.say(measure, CYPP.hasTarget, target)
        self.say(target, CYPP.value, Literal("90", datatype=rdflib.XSD.decimal))
        self.say(target, CYPP.unit, URIRef(ID + "scheme/unit/percent"))
        self.say(target, CYPP.comparison, URIRef(ID + "scheme/comparison/at-least"))
        due = self.node(f"due/{number}", CYPP.TimeConstraint)
        self.stated(due, f"due/{number}")
        self.say(due, CYPP.timeKind, URIRef(ID + "scheme/time-kind/by"))
        self.say(due, CYPP.earliest, Literal("2013-12-01", datatype=rdflib.XSD.date))
        self.say(due, CYPP.latest, Literal("2013-12-31", datatype=rdflib.XSD.date))
        self.say(action, CYPP.due, due)
        lead = self.node(f"lead/{number}", CYPP.LeadAssignment)
        self.stated(lead, f"lead/{number}")
        self.say(lead, CYPP.leadStatus, URIRef(ID + "scheme/lead-status/named"))
        self.say(lead, CYPP.leadRole, self.node(f"role/{number}", CYPP.LeadRole))
        self.say(action, CYPP.hasLead, lead)
        row = self.passage(f"row/{number}", "The words of the row", CYPP.SourceRow)
        for k in range(1, 5):
            cell = self.node(f"row/{number}/{k}", CYPP.SourceCell)
            self.say(cell, CYPP.cellText, Literal("The words of the cell"))
            self.say(cell, CYPP.columnHeading, Literal(f"Column {k}"))
            self.say(cell, CYPP.position, Literal(k))
            self.say(row, CYPP.hasCell, cell)
        for element in (action, measure, target):
            self.say(element, CYPP.sourceRow, row)


@pytest.fixture(scope="session")
def five_plans() -> list[rdflib.Graph]:
    """Five sound plans, some 9,000 triples each."""
    graphs = []
    for year in range(2009, 2014):
        graphs.append(rdflib.Graph())
        MadeUpPlan(graphs[-1], f"croydon-{year}", commitments=8, actions=9)
    return graphs


@pytest.fixture(scope="session")
def shapes() -> rdflib.Graph:
    """The shapes, ready to run."""
    return load_shapes(Path(__file__).parents[2] / "shapes")
