"""A folder of Turtle is replaced as a whole, and only what we wrote is ever removed."""

from __future__ import annotations

import os
import subprocess

import pytest
from rdflib import BNode, Graph
from rdflib.namespace import RDF, RDFS

from cyppgraph.errors import CyppgraphError
from cyppgraph.publication import read_manifest, write_all


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_graph_is_a_file_beside_its_description(tmp_path, plan_graph, catalogue_graph, ns):
    written = write_all({"croydon-2013": plan_graph, "catalogue": catalogue_graph}, tmp_path, ns)
    assert [file.name for file in written] == ["catalogue.ttl", "croydon-2013.ttl", "dataset.ttl"]
    assert set(contents(tmp_path)) == {*(file.name for file in written), "SHA256SUMS"}
    for file in written:
        assert (file.size, file.triples) == (
            len((tmp_path / file.name).read_bytes()),
            len(Graph().parse(tmp_path / file.name)),
        )
    assert set(Graph().parse(tmp_path / "croydon-2013.ttl")) == set(plan_graph)


def test_the_same_graphs_give_the_same_folder(tmp_path, plan_graph, catalogue_graph, ns):
    write_all({"croydon-2013": plan_graph, "catalogue": catalogue_graph}, tmp_path / "one", ns)
    again = Graph()
    for triple in sorted(plan_graph, reverse=True):
        again.add(triple)
    write_all({"catalogue": catalogue_graph, "croydon-2013": again}, tmp_path / "two", ns)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_checksums_are_those_that_sha256sum_wants(tmp_path, plan_graph, ns):
    write_all({"croydon-2013": plan_graph}, tmp_path, ns)
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    assert read_manifest(tmp_path) == {"croydon-2013.ttl", "dataset.ttl"}


def test_a_plan_that_is_gone_takes_its_file_along(tmp_path, plan_graph, catalogue_graph, ns):
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "notes.ttl").write_text("mine too")
    write_all({"croydon-2013": plan_graph, "catalogue": catalogue_graph}, tmp_path, ns)
    write_all({"catalogue": catalogue_graph}, tmp_path, ns)
    assert set(contents(tmp_path)) == {"README.md", "notes.ttl", "catalogue.ttl", "dataset.ttl", "SHA256SUMS"}


def test_a_manifest_cannot_point_out_of_the_folder(tmp_path, plan_graph, ns):
    outside = tmp_path / "precious.ttl"
    outside.write_text("precious")
    folder = tmp_path / "ttl"
    folder.mkdir()
    (folder / "SHA256SUMS").write_text(f"{'0' * 64}  ../precious.ttl\n{'0' * 64}  /etc/x.ttl\n")
    write_all({"croydon-2013": plan_graph}, folder, ns)
    assert outside.read_text() == "precious"


def test_a_graph_that_cannot_be_published_leaves_the_folder_as_it_was(tmp_path, plan_graph, catalogue_graph, ns):
    write_all({"croydon-2013": plan_graph, "catalogue": catalogue_graph}, tmp_path, ns)
    before = contents(tmp_path)
    blank = Graph()
    blank.add((BNode(), RDF.type, RDFS.Class))
    with pytest.raises(CyppgraphError, match="blank node"):
        write_all({"catalogue": plan_graph, "thurrock-2012": blank}, tmp_path, ns)
    assert contents(tmp_path) == before


def test_an_interruption_leaves_the_folder_as_it_was(tmp_path, plan_graph, catalogue_graph, ns, monkeypatch):
    write_all({"croydon-2013": plan_graph, "catalogue": catalogue_graph}, tmp_path, ns)
    before = contents(tmp_path)

    def interrupt(handle):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_all({"catalogue": plan_graph}, tmp_path, ns)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["dataset", "../x", "A", "a b", ""])
def test_a_name_that_cannot_name_a_file_is_refused(tmp_path, plan_graph, ns, name):
    with pytest.raises(CyppgraphError, match="cannot name a file"):
        write_all({name: plan_graph}, tmp_path, ns)
