"""From a file to Turtle: what is written where, which mapping file is taken, and what the report says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from cyppgraph.errors import CyppgraphError
from cyppgraph.pipeline.observing import find_mapping, observe
from cyppgraph.publication import read_turtle

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://w3id.org/cyppgraph/"
QB = "http://purl.org/linked-data/cube#"


@pytest.fixture
def project(tmp_path: Path, samples) -> Path:
    """Return a project with one mapping file and one file of figures."""
    root = tmp_path / "project"
    (root / "data" / "observations").mkdir(parents=True)
    shutil.copytree(ROOT / "ontology", root / "ontology")
    shutil.copy(ROOT / "data" / "authorities.toml", root / "data")
    mapping = samples.ees.replace('layout = "ees"', 'layout = "ees"\nfiles = ["neet_*.csv"]')
    (root / "data" / "observations" / "neet.toml").write_text(mapping, encoding="utf-8")
    (tmp_path / "neet_2023.csv").write_text(samples.ees_header + samples.ees_croydon, encoding="utf-8")
    return root


def test_a_file_is_loaded_by_the_mapping_file_that_names_it(project: Path, tmp_path: Path) -> None:
    steps: list[str] = []
    report = observe(project, tmp_path / "neet_2023.csv", None, None, BASE, steps.append)
    assert report.out == project / "build" / "observations" / "neet-2023.ttl"
    graph = read_turtle(report.out)
    assert (URIRef(f"{BASE}id/observations/neet-2023"), RDF.type, URIRef(QB + "DataSet")) in graph
    assert report.triples == len(graph)
    assert len(steps) == 3
    assert report.counts["observations"] == 2
    assert report.findings == ()
    assert "neet.toml" in report.as_text()
    assert f"wrote {report.out}" in report.as_text()


def test_the_same_file_gives_the_same_bytes(project: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.ttl", tmp_path / "2.ttl"
    for out in (first, second):
        observe(project, tmp_path / "neet_2023.csv", None, out, BASE, lambda _: None)
    assert first.read_bytes() == second.read_bytes()


def test_another_base_moves_every_address_of_ours(project: Path, tmp_path: Path) -> None:
    out = tmp_path / "other.ttl"
    observe(project, tmp_path / "neet_2023.csv", None, out, "https://data.croydon.gov.uk/", lambda _: None)
    assert BASE not in out.read_text(encoding="utf-8")
    assert "https://data.croydon.gov.uk/id/" in out.read_text(encoding="utf-8")


def test_findings_are_told_and_the_rest_is_written(project: Path, tmp_path: Path, samples) -> None:
    bad = "".join(samples.ees_croydon.replace("2023", str(year)).replace("1.6", "?") for year in range(2001, 2014))
    file = tmp_path / "neet_bad.csv"
    file.write_text(samples.ees_header + samples.ees_croydon + bad, encoding="utf-8")
    report = observe(project, file, None, None, BASE, lambda _: None)
    text = report.as_text()
    assert len(report.findings) == 13
    assert "value not read: 13" in text
    assert "and 3 more" in text
    assert f"{file}:3: row 2, column 'NEET_percent'" in text
    assert report.counts["refused"] == 13
    assert isinstance(read_turtle(report.out), Graph)


def test_a_refused_file_leaves_what_was_written_before(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "neet_2023.csv"
    out = observe(project, file, None, None, BASE, lambda _: None).out
    before = out.read_bytes()
    file.write_bytes(b"")
    with pytest.raises(CyppgraphError, match="is empty"):
        observe(project, file, None, None, BASE, lambda _: None)
    assert out.read_bytes() == before


def test_a_file_that_no_mapping_file_names_is_told_which_there_are(project: Path, tmp_path: Path) -> None:
    with pytest.raises(CyppgraphError, match=r"there are: neet\.toml \(neet_\*\.csv\).*docs/observations\.md"):
        find_mapping(project / "data" / "observations", tmp_path / "other.csv")


def test_a_file_that_two_mapping_files_name_is_told(project: Path, tmp_path: Path) -> None:
    folder = project / "data" / "observations"
    shutil.copy(folder / "neet.toml", folder / "again.toml")
    with pytest.raises(CyppgraphError, match="both name it"):
        find_mapping(folder, tmp_path / "neet_2023.csv")


def test_a_mapping_file_that_is_broken_names_nothing(project: Path, tmp_path: Path) -> None:
    folder = project / "data" / "observations"
    (folder / "broken.toml").write_text("[", encoding="utf-8")
    assert find_mapping(folder, tmp_path / "neet_2023.csv").name == "neet.toml"


@pytest.mark.parametrize("name", ["plans.csv", "structure.csv", "Plans.CSV"])
def test_a_name_that_is_taken_is_refused(project: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(CyppgraphError, match="Rename the file"):
        observe(project, tmp_path / name, project / "data" / "observations" / "neet.toml", None, BASE, lambda _: None)
