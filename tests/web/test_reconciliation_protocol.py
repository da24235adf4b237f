"""Reconciliation as clients speak it: manifests, suggestions, previews, columns, and what is said to bad requests."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cyppgraph.linking import Glossary
from cyppgraph.store import Edition, EmbeddedSource, Query, Reply
from cyppgraph.web import create_app
from cyppgraph.web.reconciliation import Indexes

IDS = "https://w3id.org/cyppgraph/id/"
CROYDON = "http://opendatacommunities.org/id/london-borough-council/croydon"
NEW = "/reconcile/1.0"


def ask(client: FlaskClient, *conditions: dict[str, Any], **others: Any) -> list[dict[str, Any]]:
    """The candidates of one query of version 1.0."""
    answer = client.post(f"{NEW}/match", json={"queries": [{"conditions": conditions, **others}]})
    assert answer.status_code == 200, answer.text
    return list(answer.get_json()["results"][0]["candidates"])


def test_each_version_has_its_manifest(real: FlaskClient) -> None:
    old, new = real.get("/reconcile").get_json(), real.get(NEW).get_json()
    assert (old["versions"], new["versions"]) == (["0.2"], ["1.0-draft"])
    assert old["identifierSpace"] == IDS
    assert new["suggest"] == {"entity": True, "property": True, "type": True}
    assert [each["name"] for each in old["defaultTypes"]] == [each["name"] for each in new["defaultTypes"]]
    assert old["batchSize"] >= 10


def test_the_addresses_of_a_manifest_answer(real: FlaskClient) -> None:
    manifest = real.get("/reconcile").get_json()
    samples = {"entity": CROYDON, "property": "council", "type": "http://www.w3.org/ns/org#FormalOrganization"}
    for what, service in manifest["suggest"].items():
        address = service["service_url"] + service["service_path"]
        assert real.get(address, query_string={"prefix": "council"}).get_json()["result"]
        flyout = service["flyout_service_url"] + service["flyout_service_path"]
        answer = real.get(flyout.replace("${id}", samples[what].replace("#", "%23")))
        assert answer.get_json()["id"] == samples[what]
        assert "<strong>" in answer.get_json()["html"]
    proposed = manifest["extend"]["propose_properties"]
    assert real.get(f"{proposed['service_url']}{proposed['service_path']}?type=plan").status_code == 200
    for template in (manifest["preview"]["url"], manifest["view"]["url"]):
        assert real.get(template.replace("{{id}}", CROYDON)).status_code in (200, 303)
    assert real.get(manifest["documentation"]).mimetype == "text/html"
    assert real.get(manifest["logo"]).status_code == 200


@pytest.mark.parametrize("path", ["/reconcile", f"{NEW}/match", f"{NEW}/extend", "/reconcile/suggest/entity"])
def test_pages_of_other_sites_may_ask(real: FlaskClient, path: str) -> None:
    answers = (real.options(path), real.get("/reconcile"), real.post("/reconcile", data={"queries": "{"}))
    for answer in answers:
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in answers[0].headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in answers[0].headers["Access-Control-Allow-Headers"]


def test_both_versions_find_the_same(real: FlaskClient) -> None:
    batch = {"q": {"query": "16-18 NEET", "type": ["indicator"], "limit": 3}}
    old = real.post("/reconcile", data={"queries": json.dumps(batch)}).get_json()["q"]["result"]
    new = ask(real, {"matchType": "name", "propertyValue": "16-18 NEET"}, type="indicator", limit=3)
    assert [each["id"] for each in old] == [each["id"] for each in new]
    assert len(new) == 3
    assert all(feature["name"] for each in new for feature in each["features"])


def test_conditions_of_1_0(real: FlaskClient) -> None:
    plan = {"matchType": "name", "propertyValue": "children's plan"}
    council = {"matchType": "property", "propertyId": "council", "propertyValue": "Croydon", "required": True}
    assert {each["id"] for each in ask(real, plan, council, type="plan")} == {
        f"{IDS}plan/croydon-2013",
        f"{IDS}plan/croydon-2021",
    }
    others = ask(real, plan, {**council, "matchQuantifier": "none"}, type="plan")
    assert others
    assert not {each["id"] for each in others} & {f"{IDS}plan/croydon-2013", f"{IDS}plan/croydon-2021"}
    years = {"matchType": "property", "propertyId": "year", "propertyValue": ["2009", 2013]}
    assert {each["id"] for each in ask(real, {**years, "matchQuantifier": "all"}, type="plan")} >= {
        f"{IDS}plan/richmond-2009"
    }
    (only,) = ask(real, {"matchType": "id", "propertyValue": CROYDON})
    assert only["match"]


def test_extending_gives_columns(real: FlaskClient) -> None:
    query = {"ids": [f"{IDS}plan/croydon-2021", "gone"], "properties": [{"id": "council"}, {"id": "starts"}]}
    old = real.post("/reconcile", data={"extend": json.dumps(query)}).get_json()
    row = old["rows"][f"{IDS}plan/croydon-2021"]
    assert row["council"] == [{"id": CROYDON, "name": "London Borough of Croydon"}]
    assert row["starts"] == [{"date": "2021-04-01T00:00:00Z"}]
    assert old["rows"]["gone"] == {"council": [], "starts": []}
    assert old["meta"][0]["type"]["name"] == "Council"
    new = real.post(f"{NEW}/extend", json=query).get_json()
    assert new["rows"][0]["properties"][0] == {"id": "council", "values": row["council"]}


def test_settings_of_a_column(real: FlaskClient) -> None:
    def values(**chosen: Any) -> list[dict[str, Any]]:
        query = {"ids": [CROYDON], "properties": [{"id": "plan", "settings": chosen}]}
        answer = real.get("/reconcile", query_string={"extend": json.dumps(query)}).get_json()
        return list(answer["rows"][CROYDON]["plan"])

    assert len(values()) == 2
    assert len(values(limit="1")) == 1
    assert values(content="id", limit=1) == [{"str": f"{IDS}plan/croydon-2013"}]
    assert all(set(value) == {"str"} for value in values(content="literal"))


def test_what_is_proposed_for_a_type_has_values(real: FlaskClient) -> None:
    for short, sample in (("plan", f"{IDS}plan/croydon-2021"), ("indicator", f"{IDS}indicator/ni/117")):
        proposed = real.get(f"{NEW}/extend/propose", query_string={"type": short}).get_json()["properties"]
        columns = [{"id": each["id"]} for each in proposed]
        row = real.post(f"{NEW}/extend", json={"ids": [sample], "properties": columns}).get_json()["rows"][0]
        filled = [each["id"] for each in row["properties"] if each["values"]]
        assert len(filled) > len(columns) / 2
    limited = real.get(f"{NEW}/extend/propose", query_string={"type": "plan", "limit": 2}).get_json()
    assert (len(limited["properties"]), limited["limit"]) == (2, 2)


@pytest.mark.parametrize(
    ("prefix", "first"),
    [
        ("NI 11", f"{IDS}indicator/ni/11"),
        ("not in educ", f"{IDS}indicator/ni/117"),
        ("croydon-2021", f"{IDS}plan/croydon-2021"),
        (f"{IDS}indicator/ni/56", f"{IDS}indicator/ni/56"),
        ("London Borough of Croydon", CROYDON),
        ("brestfeeding", f"{IDS}indicator/ni/53"),
    ],
)
def test_suggestions_go_by_the_beginning(real: FlaskClient, prefix: str, first: str) -> None:
    found = real.get(f"{NEW}/suggest/entity", query_string={"prefix": prefix}).get_json()["result"]
    assert first in [each["id"] for each in found[:2]]


def test_suggestions_go_on(real: FlaskClient) -> None:
    def suggest(**query: Any) -> list[str]:
        answer = real.get("/reconcile/suggest/entity", query_string={"prefix": "", **query})
        return [each["id"] for each in answer.get_json()["result"]]

    assert suggest(cursor=3)[:2] == suggest(offset=3)[:2] == suggest()[3:5]
    assert len(suggest(limit=25)) == 25
    assert set(suggest(type="council", limit=100)) < set(suggest(type="body", limit=100))


def test_previews_may_be_framed_and_other_pages_not(real: FlaskClient) -> None:
    preview = real.get("/reconcile/preview", query_string={"id": f"{IDS}indicator/ni/117"})
    assert "frame-ancestors *" in preview.headers["Content-Security-Policy"]
    assert "unsafe" not in preview.headers["Content-Security-Policy"]
    assert "style=" not in preview.text
    assert "NI 117 16 to 18 year olds" in preview.text
    assert "frame-ancestors 'none'" in real.get("/reconcile/help").headers["Content-Security-Policy"]


def test_words_of_a_plan_are_text_in_previews(client: FlaskClient) -> None:
    query = {"id": f"{IDS}plan/alder-2012"}
    assert "Alder &lt;em&gt;first&lt;/em&gt;" in client.get("/reconcile/preview", query_string=query).text
    flyout = client.get("/reconcile/flyout/entity", query_string=query).get_json()["html"]
    assert "&lt;em&gt;" in flyout
    assert "<em>" not in flyout


def test_views_lead_to_pages_of_this_service_alone(real: FlaskClient) -> None:
    for iri, name in ((f"{IDS}plan/croydon-2021", "Continuous Improvement Plan"), (CROYDON, "Borough of Croydon")):
        answer = real.get("/reconcile/view", query_string={"id": iri}, headers={"Accept": "text/html"})
        assert answer.location.startswith("/")
        page = real.get(answer.location, headers={"Accept": "text/html"}, follow_redirects=True)
        assert page.status_code == 200
        assert name in page.text
    assert real.get("/reconcile/view", query_string={"id": "http://example.org/"}).status_code == 404


@pytest.mark.parametrize(
    ("queries", "status", "said"),
    [
        ("{", 400, "cannot be read as JSON"),
        ("[" * 100_000, 400, "cannot be read as JSON"),
        ("[]", 400, "a JSON object"),
        ('{"q": {}}', 400, "Query “q” has neither"),
        ('{"q": {"query": 1}}', 400, "is a string"),
        ('{"q": {"query": "a", "limit": 0}}', 400, "an integer of 1 or more"),
        ('{"q": {"query": "a", "limit": 1e999}}', 400, "an integer of 1 or more"),
        ('{"q": {"query": "a", "type": "\\ud800"}}', 400, "There is no type “?” here. The types are indicator"),
        ('{"q": {"query": "a", "properties": [{"pid": "colour", "v": 1}]}}', 400, "There is no property “colour”"),
        ('{"q": {"query": "a", "properties": [{"pid": "year", "v": [[]]}]}}', 400, "a value is a string"),
        (json.dumps({str(n): {"query": "a"} for n in range(51)}), 413, "at most 50 queries"),
    ],
)
def test_bad_batches_are_explained(real: FlaskClient, queries: str, status: int, said: str) -> None:
    answer = real.post("/reconcile", data={"queries": queries})
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert said in answer.get_json()["detail"]


def test_bad_requests_of_other_kinds_are_explained(real: FlaskClient) -> None:
    named = {"matchType": "name", "propertyValue": "a"}
    for body in ({}, {"queries": [{}]}, {"queries": [{"conditions": [{**named, "matchQualifier": "x"}]}]}):
        assert real.post(f"{NEW}/match", json=body).status_code == 400
    assert real.post(f"{NEW}/match", data="{}").status_code == 415
    assert real.post("/reconcile").status_code == 400
    assert real.get("/reconcile/suggest/entity").status_code == 400
    assert real.get("/reconcile/preview?id=nothing").status_code == 404
    assert real.get("/reconcile/extend/propose?type=nothing").status_code == 400
    extension = {"ids": ["a"], "properties": [{"id": "council", "settings": {"content": "video"}}]}
    assert real.post(f"{NEW}/extend", json=extension).status_code == 400


values = st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists, max_leaves=4)
fields = st.sampled_from(["query", "type", "limit", "properties", "conditions", "type_strict", "pid", "v"])
conditions = st.dictionaries(
    st.sampled_from(["pid", "v", "matchType", "propertyId", "propertyValue", "required", "matchQuantifier"]),
    values | st.sampled_from(["name", "id", "property", "year", "council", "none", "2013"]),
)
bodies = st.dictionaries(fields, values | st.lists(conditions, max_size=3) | st.sampled_from(["NI 117", "plan"]))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=bodies, text=st.text())
def test_nothing_that_is_sent_breaks_it(client: FlaskClient, query: dict[str, Any], text: str) -> None:
    both = json.dumps({"q": query, "r": {"query": text}})
    extension = json.dumps({"ids": [text], "properties": [query]})
    answers = [
        client.post("/reconcile", data={"queries": both}),
        client.post("/reconcile", data={"extend": extension}),
        client.post(f"{NEW}/match", data=json.dumps({"queries": [query]}), content_type="application/json"),
        client.get("/reconcile/suggest/entity", query_string={"prefix": text.encode("utf-8", "replace")}),
    ]
    assert all(answer.status_code in (200, 400) for answer in answers)


def test_copies_stay_good_while_the_data_do(real: FlaskClient) -> None:
    address = "/reconcile/suggest/type?prefix="
    tag = real.get(address).headers["ETag"]
    assert real.get(address, headers={"If-None-Match": tag}).status_code == 304


class Counted:
    """An edition that counts what it is asked, with a version of our choosing."""

    def __init__(self, edition: Edition, version: str | None) -> None:
        self.version, self.modified, self.namespaces = version, edition.modified, edition.namespaces
        self.graphs = edition.graphs
        self.asked = 0
        self._edition = edition

    def query(self, query: Query, *others: Any) -> Reply:
        self.asked += 1
        return self._edition.query(query, *others)


@pytest.mark.parametrize("version", ["1", None])
def test_an_edition_is_read_once(source: EmbeddedSource, version: str | None) -> None:
    edition, indexes = Counted(source.edition(), version), Indexes(Glossary())
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: indexes.of(edition), range(20)))
    assert len({id(index) for index in made}) == 1
    assert 0 < edition.asked < 10
    other = Counted(source.edition(), "2")
    assert indexes.of(other) is not made[0]
    assert indexes.of(edition) is made[0]


def test_a_graph_without_anything_is_served_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    from served import open_source

    folder = tmp_path_factory.mktemp("empty")
    (folder / "empty.ttl").write_text("<http://example.org/a> <http://example.org/b> 1 .", encoding="utf-8")
    with open_source(folder, tmp_path_factory.mktemp("snapshots")) as opened:
        client = create_app(opened).test_client()
        answer = client.post("/reconcile", data={"queries": '{"q": {"query": "NEET"}}'})
    assert answer.get_json() == {"q": {"result": []}}
