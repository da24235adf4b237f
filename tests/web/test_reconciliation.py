"""Reconciliation over the graph of data/ttl: what is meant by a name, and when that is certain.

Each expectation was judged by reading the catalogue and the plans.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from cyppgraph.store import EmbeddedSource, read_rows

IDS = "https://w3id.org/cyppgraph/id/"
NI = f"{IDS}indicator/ni/"
NATIONAL = f"{IDS}indicator/ni"
CSC = f"{IDS}indicator/richmond/csc/"
SURE_START = f"{NI}108/as-printed-in/richmond-2009"
"""What Richmond prints as NI 108, and what nationally is NI 109."""
COUNCILS = "http://opendatacommunities.org/id/"


def ask(client: FlaskClient, *names: str, **others: Any) -> list[list[dict[str, Any]]]:
    """The candidates of each name, by version 0.2."""
    batch = {f"q{n}": {"query": name, **others} for n, name in enumerate(names)}
    answer = client.post("/reconcile", data={"queries": json.dumps(batch)})
    assert answer.status_code == 200, answer.text
    return [answer.get_json()[f"q{n}"]["result"] for n in range(len(names))]


def matched(candidates: list[dict[str, Any]]) -> list[str]:
    return [candidate["id"] for candidate in candidates if candidate["match"]]


@pytest.mark.parametrize(
    ("name", "kind", "first"),
    [
        ("16-18 yr olds NEET", "indicator", f"{NI}117"),
        ("young people not in education training or employment", "indicator", f"{NI}117"),
        ("teenage pregnancies", "indicator", f"{NI}112"),
        ("Child obesity year 6", "indicator", f"{NI}56"),
        ("brestfeeding prevalence at 6-8 weeks", "indicator", f"{NI}53"),
        ("first time entrants to youth justice", "indicator", f"{NI}111"),
        ("MMR 2nd dose by fifth birthday", "indicator", f"{CSC}009"),
        ("Thurock Council", "council", f"{COUNCILS}unitary-authority/thurrock"),
        ("LB Richmond", "council", f"{COUNCILS}london-borough-council/richmond"),
        ("Richmond CYPP 2009", "plan", f"{IDS}plan/richmond-2009"),
        ("Croydon plan 2021", "plan", f"{IDS}plan/croydon-2021"),
        ("Croydon plan 2013", "plan", f"{IDS}plan/croydon-2013"),
        ("Southend action plan", "plan", f"{IDS}plan/southend-2011"),
        ("Director of midwifry", "role", f"{IDS}plan/croydon-2013/role/director-of-midwifery"),
        ("Local safeguarding children board", "body", f"{IDS}plan/thurrock-2012/body/lscb"),
        ("Infant mortality", "topic", f"{IDS}scheme/topic/maternity"),
        ("mental helth", "topic", f"{IDS}scheme/topic/mental-health"),
        ("Sure Start", "topic", f"{IDS}scheme/topic/childrens-centres"),
    ],
)
def test_what_is_meant_comes_first(real: FlaskClient, name: str, kind: str, first: str) -> None:
    (candidates,) = ask(real, name, type=kind)
    assert candidates[0]["id"] == first
    assert not matched(candidates), "a likeness is nothing certain"


def test_what_the_set_does_not_measure_is_not_taken_for_something_alike(real: FlaskClient) -> None:
    """No indicator is about infant mortality; those about other deaths are offered, and none is matched."""
    (candidates,) = ask(real, "Infant mortality", type=NATIONAL)
    assert {f"{NI}120", f"{NI}122"} <= {candidate["id"] for candidate in candidates}
    assert not matched(candidates)
    assert candidates[0]["score"] < 60


def test_kinds_are_ranked_together_where_no_type_is_given(real: FlaskClient) -> None:
    (candidates,) = ask(real, "Infant mortality")
    assert candidates[0]["id"] == f"{IDS}scheme/topic/maternity"
    assert len({candidate["type"][-1]["id"] for candidate in candidates}) > 1


@pytest.mark.parametrize(
    ("name", "others", "only"),
    [
        ("16 to 18 year olds who are Not in Education, Training or Employment (NEET)", {}, f"{NI}117"),
        ("NI 117 16-18 year olds NEET", {}, f"{NI}117"),
        ("ni117: 16-18 year olds NEET", {}, f"{NI}117"),
        (f"{NI}117", {}, f"{NI}117"),
        ("NI 117", {"type": NATIONAL}, f"{NI}117"),
        ("CSC 1 Children in families referred to MARAC", {}, f"{CSC}001"),
        ("CSC 046 Number of managed moves", {}, f"{CSC}046"),
        ("Number of managed moves", {"properties": [{"pid": "council", "v": "Richmond"}]}, f"{CSC}046"),
        ("NI 108 Delivering Sure Start Children’s Centres", {}, SURE_START),
        ("southend on sea", {"type": "council"}, f"{COUNCILS}unitary-authority/southend"),
        ("croydon-2013", {"type": "plan"}, f"{IDS}plan/croydon-2013"),
        ("Bullying", {"type": "topic"}, f"{IDS}scheme/topic/bullying"),
        (
            "public health",
            {"type": "body", "properties": [{"pid": "plan", "v": {"id": f"{IDS}plan/thurrock-2012"}}]},
            f"{IDS}plan/thurrock-2012/body/public-health",
        ),
    ],
)
def test_what_is_certain_is_matched(real: FlaskClient, name: str, others: dict[str, Any], only: str) -> None:
    (candidates,) = ask(real, name, **others)
    assert matched(candidates) == [only]
    assert candidates[0]["id"] == only


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("NI 117", {}),  # whose NI 117? plans print codes in their own way
        ("NI 108", {"type": NATIONAL}),  # Richmond is known to print it for Sure Start
        ("NI 108 Delivery of Sure Start Children's Centres", {}),
        ("NI 108 Delivery of Sure Start Children's Centres", {"type": NATIONAL}),
        ("NI 102a", {"type": NATIONAL}),  # Richmond letters the parts of NI 102 in its own way
        ("NI 117 / NI 45", {"type": NATIONAL}),
        ("NI 113 Prevalence of Chlamydia in under 24 year olds", {}),  # nationally it is under 25
        ("NI 104 SEN/non-SEN pupils achieving the Key Stage 2 English and maths threshold", {}),  # nationally a gap
        ("Number of managed moves", {}),  # Richmond's own indicator; another council may count the same
        ("Number of managed moves", {"properties": [{"pid": "council", "v": "Croydon"}]}),
        ("Bullying", {"type": "topic", "properties": [{"pid": "year", "v": 1999}]}),  # no plan of that year
        ("Chair", {"type": "role"}),
        ("Children and Young People's Plan 2009-2013", {"type": "plan"}),  # whose?
        ("-", {}),
    ],
)
def test_what_is_not_certain_is_left_to_the_reader(real: FlaskClient, name: str, others: dict[str, Any]) -> None:
    (candidates,) = ask(real, name, **others)
    assert not matched(candidates)


def coded(source: EmbeddedSource) -> list[tuple[str, str, str]]:
    """The code, the words and the indicator of each measure that a plan prints with a code."""
    rows = read_rows(
        source.edition(),
        "SELECT ?code ?words ?of { ?m cypp:printedCode ?code ; cypp:statement ?words ; cypp:usesIndicator ?of }"
        " ORDER BY ?m ?code",
    )
    return [tuple(getattr(term, "value", "") for term in row) for row in rows]  # type: ignore[misc]


def ask_all(client: FlaskClient, names: list[str]) -> list[list[dict[str, Any]]]:
    return [found for n in range(0, len(names), 50) for found in ask(client, *names[n : n + 50], type="indicator")]


def test_what_plans_print_with_their_codes_is_found(real: FlaskClient, published: EmbeddedSource) -> None:
    measures = coded(published)
    assert len(measures) > 100
    answers = [matched(found) for found in ask_all(real, [f"{code} {words}" for code, words, _ in measures])]
    right = sum(answer == [of] for answer, (*_, of) in zip(answers, measures, strict=True))
    assert right >= 0.95 * len(measures)
    assert all(answer in ([], [of]) for answer, (*_, of) in zip(answers, measures, strict=True))


def test_no_title_is_matched_with_the_code_of_another(real: FlaskClient, published: EmbeddedSource) -> None:
    measures = coded(published)
    others = [*measures[1:], *measures[:1]]
    names = [f"{code} {words}" for (code, *_), (_, words, _) in zip(others, measures, strict=True)]
    found = ask_all(real, names)
    assert [name for name, candidates in zip(names, found, strict=True) if matched(candidates)] == []


def test_scores_say_what_they_rest_on(real: FlaskClient) -> None:
    first, second = ask(real, "NI 117 16-18 year olds NEET", "16-18 yr olds NEET", type="indicator")
    assert first[0]["score"] == 95
    assert "Code NI 117 and a title that agrees" in first[0]["description"]
    features = {feature["id"]: feature["value"] for feature in first[0]["features"]}
    assert features["code_match"] is True
    assert features["title_agrees"] is True
    assert "Words in common: " in second[0]["description"]
    for candidates in (first, second):
        scores = [candidate["score"] for candidate in candidates]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 100 for score in scores)


def test_conditions_tell_namesakes_apart(real: FlaskClient) -> None:
    (candidates,) = ask(real, "Children's plan", type="plan", properties=[{"pid": "council", "v": "Croydon"}])
    assert {c["id"] for c in candidates[:2]} == {f"{IDS}plan/croydon-2013", f"{IDS}plan/croydon-2021"}
    (candidates,) = ask(
        real, "Croydon", type="plan", properties=[{"pid": "council", "v": "Croydon"}, {"pid": "year", "v": "2022/23"}]
    )
    assert candidates[0]["id"] == f"{IDS}plan/croydon-2021"
    assert candidates[0]["score"] > candidates[1]["score"]
    assert "not as asked: Year" in candidates[1]["description"]


def test_what_has_no_name_is_found_by_its_properties(real: FlaskClient) -> None:
    batch = {"q": {"type": "plan", "properties": [{"pid": "area-code", "v": "E09000027"}]}}
    answer = real.get("/reconcile", query_string={"queries": json.dumps(batch)}).get_json()
    assert [candidate["id"] for candidate in answer["q"]["result"]] == [f"{IDS}plan/richmond-2009"]


def test_no_person_is_offered(real: FlaskClient, published: EmbeddedSource) -> None:
    people = read_rows(published.edition(), "SELECT DISTINCT ?name { ?p a foaf:Person ; foaf:name ?name } LIMIT 50")
    persons = {getattr(name, "value", "") for (name,) in people}
    assert persons
    names = {candidate["name"] for found in ask(real, *persons) for candidate in found}
    assert not persons & names
