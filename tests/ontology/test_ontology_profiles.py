"""The ontology keeps to OWL 2 DL and OWL 2 RL: so says the OWL API, which ProfileCheck.java asks."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, Graph, Namespace

owlready2 = pytest.importorskip("owlready2", reason="owlready2 brings the OWL API")
pytestmark = [
    pytest.mark.skipif(shutil.which("javac") is None, reason="the profile checker is compiled with javac"),
    pytest.mark.skipif(shutil.which("java") is None, reason="the profile checker runs on java"),
]

CYPP = Namespace("https://w3id.org/cyppgraph/ontology#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")
JARS = Path(owlready2.__file__).parent / "pellet"
CHECKER = Path(__file__).with_name("ProfileCheck.java")
DL, RL = "OWL 2 DL", "OWL 2 RL"
Verdicts = dict[tuple[str, str], tuple[str, int, str]]


def functional_within(core: Graph) -> Graph:
    """Return the ontology with a transitive property made functional, which OWL 2 DL forbids."""
    broken = Graph() + core
    broken.add((CYPP.within, RDF.type, OWL.FunctionalProperty))
    return broken


def dated_range(core: Graph) -> Graph:
    """Return the ontology with a range of xsd:date, which OWL 2 has no datatype for."""
    broken = Graph() + core
    broken.add((CYPP.latest, RDFS.range, XSD.date))
    return broken


@pytest.fixture(scope="module")
def verdicts(
    tmp_path_factory: pytest.TempPathFactory,
    core: Graph,
    alignments: Graph,
    everything: Graph,
) -> Verdicts:
    """Return what the checker says of each graph and profile: in or out, how many violations, which kinds."""
    folder = tmp_path_factory.mktemp("profiles")
    graphs = {
        "core": core, "alignments": alignments, "everything": everything,
        "functional-within": functional_within(core), "dated-range": dated_range(core),
    }  # fmt: skip
    for name, graph in graphs.items():
        graph.serialize(folder / f"{name}.owl", format="xml", encoding="utf-8")
    classpath = os.pathsep.join([str(folder), str(JARS / "*")])
    subprocess.run(["javac", "-cp", classpath, "-d", folder, CHECKER], check=True, timeout=120)
    run = subprocess.run(
        ["java", "-cp", classpath, "ProfileCheck", *(folder / f"{name}.owl" for name in graphs)],
        check=True, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    found: Verdicts = {}
    for line in run.stdout.splitlines():
        file, profile, verdict, violations, kinds = line.split("\t")
        found[file.removesuffix(".owl"), profile] = (verdict, int(violations), kinds)
    return found


@pytest.mark.parametrize("profile", [DL, RL])
@pytest.mark.parametrize("name", ["core", "alignments", "everything"])
def test_ontology_is_in_profile(verdicts: Verdicts, name: str, profile: str) -> None:
    """The ontology, its alignments, and both with all the schemes break no rule of the profile."""
    assert verdicts[name, profile] == ("in", 0, "{}")


def test_a_functional_transitive_property_leaves_dl(verdicts: Verdicts) -> None:
    """The checker does find what is not OWL 2 DL."""
    verdict, violations, kinds = verdicts["functional-within", DL]
    assert (verdict, violations) == ("out", 1)
    assert "NonSimpleProperty" in kinds


def test_a_range_of_xsd_date_leaves_rl(verdicts: Verdicts) -> None:
    """The checker does find what is not OWL 2 RL."""
    verdict, violations, _ = verdicts["dated-range", RL]
    assert verdict == "out"
    assert violations >= 1
