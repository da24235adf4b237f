"""The interface is described as it is: a valid OpenAPI document whose paths answer, with the parameters they take."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from cyppgraph.queries import read_questions
from cyppgraph.store import load_store
from cyppgraph.web import create_app
from direct import DirectSource

ROOT = Path(__file__).parents[2]
PAGE = "/questions/01-actions"


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict:
    response = client.get("/openapi.json")
    assert (response.status_code, response.mimetype) == (200, "application/json")
    return response.json


def find_references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [each for part in node.values() for each in find_references(part)]
    return [each for part in node for each in find_references(part)] if isinstance(node, list) else []


def test_the_document_is_valid(document: dict) -> None:
    validator = pytest.importorskip("openapi_spec_validator", reason="openapi-spec-validator is not installed")
    validator.validate(document)


def test_what_is_referred_to_is_there(document: dict) -> None:
    names = set(find_references(document))
    assert names
    for name in names:
        _, kind, entry = name.removeprefix("#/").split("/")
        assert entry in document["components"][kind], name


def test_a_parameter_says_what_it_takes(document: dict) -> None:
    plan, said, least = document["paths"][PAGE]["get"]["parameters"]
    assert plan["schema"] == {"type": "string", "enum": ["alder-2012", "birch-2013"]}
    assert said["schema"]["maxLength"] == 2000
    assert (least["schema"]["type"], least["schema"]["default"]) == ("integer", 0)
    assert least["description"] == "How long its words are."


def test_an_operation_says_what_comes_back(document: dict) -> None:
    operation = document["paths"][f"{PAGE}.{{extension}}"]["get"]
    assert operation["summary"] == "Which actions does a plan state?"
    assert operation["parameters"][0]["schema"]["enum"] == ["json", "xml", "csv", "tsv", "rq"]
    content = operation["responses"]["200"]["content"]
    rows = content["application/sparql-results+json"]["schema"]["properties"]["results"]["properties"]["bindings"]
    assert rows["items"]["properties"]["words"]["description"] == "its words"
    assert {"text/csv", "text/tab-separated-values", "application/sparql-query"} <= content.keys()


def test_names_of_operations_are_one_each(document: dict) -> None:
    names = [operation["operationId"] for path in document["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in names)


def test_every_path_answers_as_it_says(client: FlaskClient, document: dict) -> None:
    for path, operations in document["paths"].items():
        if "get" not in operations or "{graph" in path:
            continue
        examples = {each["name"]: each.get("example", "") for each in operations["get"].get("parameters", [])}
        response = client.get(path.format_map(examples) + ("?default" if path == "/store" else ""))
        described = operations["get"]["responses"][str(response.status_code)]
        assert response.status_code == 200, path
        assert response.mimetype in described["content"], path


def test_a_copy_of_the_document_is_asked_about(client: FlaskClient) -> None:
    etag = client.get("/openapi.json").headers["ETag"]
    assert client.get("/openapi.json", headers={"If-None-Match": etag}).status_code == 304


def test_all_saved_questions_are_described_with_values_that_they_take() -> None:
    questions = read_questions(ROOT / "queries" / "questions")
    client = create_app(DirectSource(load_store(ROOT / "data" / "ttl")), questions).test_client()
    paths = client.get("/openapi.json").json["paths"]
    for question in questions:
        parameters = paths[f"/questions/{question.address}"]["get"].get("parameters", [])
        assert [each["name"] for each in parameters] == [each.name for each in question.parameters]
        for each in parameters:
            for value in each["schema"].get("enum", each["schema"].get("examples"))[-2:]:
                response = client.get(f"/questions/{question.address}.rq", query_string={each["name"]: value})
                assert response.status_code == 200, (question.address, each["name"], value)
