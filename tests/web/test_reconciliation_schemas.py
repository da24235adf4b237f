"""Reconciliation held against the JSON schemas of the specification, which are no part of this project.

They are looked for in the folder that RECONCILIATION_SPECS names (a copy of github.com/reconciliation-api/specs).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

Validate = Callable[[str, str, Any], None]

FOLDERS = {"0.2": "0.2", "1.0": "1.0-draft"}
NI = "https://w3id.org/cyppgraph/id/indicator/ni/117"


@pytest.fixture(scope="module")
def validate() -> Validate:
    folder = Path(os.environ.get("RECONCILIATION_SPECS", "absent"))
    if not (folder / "0.2" / "schemas").is_dir():
        pytest.skip("The schemas are not here: set RECONCILIATION_SPECS to a copy of reconciliation-api/specs.")
    jsonschema = pytest.importorskip("jsonschema")
    referencing = pytest.importorskip("referencing")

    def hold(version: str, name: str, document: Any) -> None:
        schemas = folder / FOLDERS[version] / "schemas"

        def read(address: str) -> Any:
            file = schemas / address.rpartition("/")[2]
            content = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
            return referencing.Resource(content, referencing.jsonschema.DRAFT7)

        schema = json.loads((schemas / f"{name}.json").read_text(encoding="utf-8"))
        registry = referencing.Registry(retrieve=read)
        jsonschema.Draft7Validator(schema, registry=registry).validate(document)

    return hold


def test_a_schema_refuses_what_is_wrong(validate: Validate) -> None:
    with pytest.raises(Exception, match="required"):
        validate("0.2", "manifest", {"versions": ["0.2"]})


def test_manifests(real: FlaskClient, validate: Validate) -> None:
    validate("0.2", "manifest", real.get("/reconcile").get_json())
    validate("1.0", "manifest", real.get("/reconcile/1.0").get_json())


def test_candidates(real: FlaskClient, validate: Validate) -> None:
    old = {"q": {"query": "NI 117 NEET", "type": "indicator", "properties": [{"pid": "year", "v": 2009}]}}
    validate("0.2", "reconciliation-query-batch", old)
    answer = real.post("/reconcile", data={"queries": json.dumps(old)}).get_json()
    assert answer["q"]["result"]
    validate("0.2", "reconciliation-result-batch", answer)
    new = {"queries": [{"conditions": [{"matchType": "name", "propertyValue": "NI 117 NEET"}]}]}
    validate("1.0", "reconciliation-query-batch", new)
    answer = real.post("/reconcile/1.0/match", json=new).get_json()
    assert answer["results"][0]["candidates"]
    validate("1.0", "reconciliation-result-batch", answer)


def test_suggestions(real: FlaskClient, validate: Validate) -> None:
    for what, name in (("entity", "entities"), ("property", "properties"), ("type", "types")):
        for version, path in (("0.2", "/reconcile"), ("1.0", "/reconcile/1.0")):
            answer = real.get(f"{path}/suggest/{what}?prefix=").get_json()
            assert answer["result"]
            validate(version, f"suggest-{name}-response", answer)


def test_columns(real: FlaskClient, validate: Validate) -> None:
    for version, path in (("0.2", "/reconcile"), ("1.0", "/reconcile/1.0")):
        proposed = real.get(f"{path}/extend/propose?type=plan&limit=50").get_json()
        validate(version, "data-extension-property-proposal", proposed)
        plan = "https://w3id.org/cyppgraph/id/plan/croydon-2021"
        query = {"ids": [NI, plan], "properties": [{"id": each["id"]} for each in proposed["properties"]]}
        validate(version, "data-extension-query", query)
        old = version == "0.2"
        answer = real.post(path, data={"extend": json.dumps(query)}) if old else real.post(f"{path}/extend", json=query)
        validate(version, "data-extension-response", answer.get_json())
