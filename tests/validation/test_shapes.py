"""Running the shapes: what a result says, where it points, how long it takes, what is refused."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
import rdflib
from rdflib import Literal, URIRef

from cyppgraph.errors import FaultyInputError
from cyppgraph.findings import Severity
from cyppgraph.namespaces import Namespaces
from cyppgraph.validation import Result, load_shapes, validate_shapes
from cyppgraph.where import Where

ROOT = Path(__file__).parents[2]
PLAN = "https://w3id.org/cyppgraph/id/plan/croydon-2009/"
CYPP = "https://w3id.org/cyppgraph/ontology#"


def spoilt(plan: rdflib.Graph, node: str, term: str, value: rdflib.term.Node | None) -> rdflib.Graph:
    """A copy of a sound plan in which a node says something else, or no more."""
    graph = rdflib.Graph()
    graph += plan
    graph.remove((URIRef(PLAN + node), URIRef(CYPP + term), None))
    if value is not None:
        graph.add((URIRef(PLAN + node), URIRef(CYPP + term), value))
    return graph


def test_a_result_says_what_was_found_and_where_it_is_printed(
    five_plans: list[rdflib.Graph], shapes: rdflib.Graph
) -> None:
    graph = spoilt(five_plans[0], "due/2.3", "latest", Literal("next spring"))
    (result,) = validate_shapes(graph, shapes)
    assert result == Result(
        plan="croydon-2009",
        severity=Severity.VIOLATION,
        rule="TimeConstraint-latest",
        node=PLAN + "due/2.3",
        label="due/2.3",
        message=(
            "A date has at most one last day, a full date such as '2012-03-31'. Correct the day, or leave it out. "
            "(Found: “next spring”.)"
        ),
        where=Where("data/plans/croydon-2009/source.txt", 25, 26),
    )


@pytest.mark.parametrize(
    ("node", "term"),
    [("row/1.1/3", "cellText"), ("row/1.1", "hasCell"), ("lead/1.1", "leadStatus"), ("action/1.1", "position")],
    ids=["a cell, through its row", "a row", "a lead", "an element, through its passage"],
)
def test_any_node_is_traced_to_its_lines(
    five_plans: list[rdflib.Graph], shapes: rdflib.Graph, node: str, term: str
) -> None:
    results = validate_shapes(spoilt(five_plans[0], node, term, None), shapes)
    assert {result.where for result in results} == {Where("data/plans/croydon-2009/source.txt", 3, 4)}


def test_a_row_printed_in_pieces_stands_on_its_own_lines(five_plans: list[rdflib.Graph], shapes: rdflib.Graph) -> None:
    graph = spoilt(five_plans[0], "row/1.1", "hasCell", None)
    graph.add((URIRef(PLAN + "row/1.1"), URIRef(CYPP + "source"), URIRef(PLAN + "passage/commitment/1")))
    assert {result.where for result in validate_shapes(graph, shapes)} == {
        Where("data/plans/croydon-2009/source.txt", 3, 4)
    }


def test_what_has_no_lines_is_told_by_its_address(five_plans: list[rdflib.Graph], shapes: rdflib.Graph) -> None:
    (result,) = validate_shapes(spoilt(five_plans[0], "passage/due/1.1", "firstLine", None), shapes)
    assert str(result).startswith(PLAN + "passage/due/1.1: SourcePassage-firstLine: “passage/due/1.1”: A passage needs")


def test_a_thing_without_an_address_is_called_the_same_in_every_run(shapes: rdflib.Graph) -> None:
    graph = rdflib.Graph().parse(data=f"[] a <{CYPP}LeadRole> .")
    (result,) = validate_shapes(graph, shapes)
    assert (result.plan, result.node, result.label) == ("shared", *["(a thing without an address)"] * 2)


def test_a_job_title_is_traced_through_the_lead_that_names_it(
    five_plans: list[rdflib.Graph], shapes: rdflib.Graph
) -> None:
    graph = rdflib.Graph()
    graph += five_plans[0]
    graph.remove((URIRef(PLAN + "role/1.1"), rdflib.RDFS.label, None))
    (result,) = validate_shapes(graph, shapes)
    assert (result.rule, result.label) == ("LeadRole-label", "plan/croydon-2009/role/1.1")
    assert result.where == Where("data/plans/croydon-2009/source.txt", 3, 4)


def test_a_fault_in_three_ways_is_one_result(five_plans: list[rdflib.Graph], shapes: rdflib.Graph) -> None:
    graph = spoilt(five_plans[0], "action/1.1", "number", Literal("1. 1", lang="en"))
    assert [result.rule for result in validate_shapes(graph, shapes)] == ["PlanElement-number"]


def test_validation_changes_nothing(five_plans: list[rdflib.Graph], shapes: rdflib.Graph) -> None:
    before, shapes_before = set(five_plans[0]), set(shapes)
    validate_shapes(five_plans[0], shapes)
    assert (set(five_plans[0]), set(shapes)) == (before, shapes_before)


def test_five_plans_are_validated_in_seconds(five_plans: list[rdflib.Graph], shapes: rdflib.Graph) -> None:
    """Measured 0.9 s for 54,000 triples; four times that on a busy machine is no alarm, the shapes as written are."""
    assert sum(map(len, five_plans)) > 45_000
    start = time.process_time()
    assert [result for graph in five_plans for result in validate_shapes(graph, shapes)] == []
    assert time.process_time() - start < 4


def test_shapes_hold_below_the_base_that_a_council_chooses(five_plans: list[rdflib.Graph]) -> None:
    names = Namespaces("https://data.example.gov.uk/plans/")
    graph = spoilt(five_plans[0], "due/1.1", "timeKind", None)
    moved = rdflib.Graph().parse(
        data=graph.serialize(format="nt").replace("https://w3id.org/cyppgraph/", names.base), format="nt"
    )
    (result,) = validate_shapes(moved, load_shapes(ROOT / "shapes", names), names)
    assert (result.rule, result.plan) == ("TimeConstraint-timeKind", "croydon-2009")


def test_a_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyInputError, match="holds no shapes"):
        load_shapes(tmp_path)


def test_a_shape_file_that_is_no_turtle_is_refused_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "Bad.ttl").write_text("@prefix sh: <http://www.w3.org/ns/shacl#> .\n\nsh:a sh:b ;;; [\n", "utf-8")
    with pytest.raises(FaultyInputError, match=re.escape(str(tmp_path / "Bad.ttl")) + r":\d: is not valid Turtle"):
        load_shapes(tmp_path)


def test_a_shape_that_cannot_be_run_is_refused(tmp_path: Path, five_plans: list[rdflib.Graph]) -> None:
    (tmp_path / "Bad.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n@prefix cypp: <https://w3id.org/cyppgraph/ontology#> .\n"
        "<http://example.org/#bad> a sh:NodeShape ; sh:targetClass cypp:Plan ; sh:minLength -1 .\n",
        "utf-8",
    )
    with pytest.raises(FaultyInputError, match="cannot be run"):
        validate_shapes(five_plans[0], load_shapes(tmp_path))
