"""A report counts first, goes plan by plan with the worst first, and points at lines."""

from __future__ import annotations

import json

import rdflib

from cyppgraph.findings import Severity
from cyppgraph.validation import Report, Result, validate_shapes
from cyppgraph.where import Where


def result(plan: str, severity: Severity, line: int | None, rule: str = "Action-label") -> Result:
    where = None if line is None else Where(f"data/plans/{plan}/source.txt", line, line + 1)
    return Result(
        plan, severity, rule, f"https://w3id.org/cyppgraph/id/plan/{plan}/x", "Agree it", "Shorten it.", where
    )


THURROCK = result("thurrock-2012", Severity.WARNING, 7)
LATE = result("croydon-2013", Severity.VIOLATION, 40)
EARLY = result("croydon-2013", Severity.VIOLATION, 9)
NOTE = result("croydon-2013", Severity.INFO, 2)
NOWHERE = result("shared", Severity.VIOLATION, None)


def test_results_come_plan_by_plan_the_worst_first_and_in_the_order_of_the_document() -> None:
    assert Report.of([THURROCK, NOWHERE, NOTE], [LATE, EARLY]).results == (EARLY, LATE, NOTE, NOWHERE, THURROCK)


def test_a_result_that_two_runs_gave_is_reported_once() -> None:
    assert Report.of([LATE], [LATE]).results == (LATE,)


def test_only_violations_make_a_graph_unsound() -> None:
    assert not Report.of([THURROCK, NOTE]).has_violations
    assert Report.of([THURROCK, LATE]).has_violations


def test_counts_are_by_plan_and_severity() -> None:
    counts = Report.of([THURROCK, NOTE, LATE, EARLY]).counts()
    assert counts == {
        "croydon-2013": {Severity.VIOLATION: 2, Severity.WARNING: 0, Severity.INFO: 1},
        "thurrock-2012": {Severity.VIOLATION: 0, Severity.WARNING: 1, Severity.INFO: 0},
    }


def test_the_text_counts_first_and_then_points_at_lines() -> None:
    assert (
        Report.of([THURROCK, LATE, EARLY, NOWHERE]).as_text()
        == """\
4 results: 3 violations, 1 warning, 0 infos
  croydon-2013: 2 violations, 0 warnings, 0 infos
  shared: 1 violation, 0 warnings, 0 infos
  thurrock-2012: 0 violations, 1 warning, 0 infos

croydon-2013: 2 violations
  data/plans/croydon-2013/source.txt:9-10: Action-label: “Agree it”: Shorten it.
  data/plans/croydon-2013/source.txt:40-41: Action-label: “Agree it”: Shorten it.

shared: 1 violation
  https://w3id.org/cyppgraph/id/plan/shared/x: Action-label: “Agree it”: Shorten it.

thurrock-2012: 1 warning
  data/plans/thurrock-2012/source.txt:7-8: Action-label: “Agree it”: Shorten it.
"""
    )


def test_a_report_of_nothing_says_so() -> None:
    assert Report.of([]).as_text() == "0 results: 0 violations, 0 warnings, 0 infos\n"


def test_the_json_holds_the_same() -> None:
    report = json.loads(Report.of([THURROCK, NOWHERE]).as_json())
    assert report["has_violations"] is True
    assert report["counts"]["thurrock-2012"] == {"violation": 0, "warning": 1, "info": 0}
    assert [one["where"] for one in report["results"]] == [
        None,
        {"file": "data/plans/thurrock-2012/source.txt", "first_line": 7, "last_line": 8},
    ]
    assert set(report["results"][0]) == {"plan", "severity", "rule", "node", "label", "message", "where"}


def test_a_graph_without_faults_gives_an_empty_report(five_plans: list[rdflib.Graph], shapes: rdflib.Graph) -> None:
    assert Report.of(validate_shapes(five_plans[0], shapes)).results == ()
