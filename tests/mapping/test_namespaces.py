"""One base moves every address; folders are found from where one stands."""

from __future__ import annotations

import pytest

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.resources import find_resources


def test_everything_lies_below_the_base():
    ns = Namespaces("https://data.croydon.gov.uk/plans/")
    assert ns.ontology == "https://data.croydon.gov.uk/plans/ontology#"
    assert ns.plan("croydon-2013") == "https://data.croydon.gov.uk/plans/id/plan/croydon-2013/"
    assert ns.scheme("unit") == "https://data.croydon.gov.uk/plans/id/scheme/unit"
    assert ns.graph("links") == "https://data.croydon.gov.uk/plans/graph/links"
    assert ns.dataset("file", "links") == "https://data.croydon.gov.uk/plans/id/dataset/file/links"


def test_the_default_is_the_projects_own():
    assert Namespaces().base == DEFAULT_BASE == "https://w3id.org/cyppgraph/"


def test_a_missing_slash_is_put_on():
    assert Namespaces("https://data.croydon.gov.uk") == Namespaces("https://data.croydon.gov.uk/")


@pytest.mark.parametrize(
    "base",
    ["", "data.croydon.gov.uk/", "https://", "https://a b/", "https://x/#", "https://x/?q", "//x/", "https://x/<y>/"],
)
def test_a_base_that_is_none_is_refused_with_what_to_do(base):
    with pytest.raises(CyppgraphError, match="Give an absolute web address"):
        Namespaces(base)


def test_prefixes_are_namespaces_and_each_stands_once():
    prefixes = Namespaces().prefixes("croydon-2013")
    assert prefixes["outcome"] == "https://w3id.org/cyppgraph/id/plan/croydon-2013/outcome/"
    assert len(set(prefixes.values())) == len(prefixes)
    assert "outcome" not in Namespaces().prefixes()


def test_folders_are_found_from_below(tmp_path, monkeypatch):
    for name in ("ontology", "data", "data/plans/x"):
        (tmp_path / name).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "data/plans/x")
    assert find_resources().plans == tmp_path / "data" / "plans"


def test_folders_are_found_in_the_checkout_from_anywhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = find_resources()
    for folder in (found.ontology, found.schemes, found.shapes, found.queries, found.data, found.plans, found.turtle):
        assert folder.is_relative_to(found.root)
    assert found.authorities.is_file()


def test_a_root_that_is_given_is_taken(tmp_path):
    for name in ("ontology", "data"):
        (tmp_path / name).mkdir()
    assert find_resources(tmp_path).links == tmp_path / "data" / "links"


def test_a_root_without_the_folders_is_refused(tmp_path):
    with pytest.raises(CyppgraphError, match="--root"):
        find_resources(tmp_path)
