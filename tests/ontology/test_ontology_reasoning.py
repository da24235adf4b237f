"""What a reasoner concludes from the ontology. HermiT, by way of owlready2; it runs twice in all."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, RDFS, Graph, Namespace, URIRef

owlready2 = pytest.importorskip("owlready2", reason="owlready2 brings the reasoner")
pytestmark = pytest.mark.skipif(shutil.which("java") is None, reason="the reasoner needs java")

CYPP = Namespace("https://w3id.org/cyppgraph/ontology#")
PROBE = Namespace("https://example.org/probe/")
Load = Callable[[Graph, str], Any]


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Load:
    """Return a function that loads a graph into a world of its own."""
    folder: Path = tmp_path_factory.mktemp("worlds")

    def load_world(graph: Graph, name: str) -> Any:
        path = folder / f"{name}.nt"
        graph.serialize(path, format="nt", encoding="utf-8")
        world = owlready2.World()
        world.get_ontology(path.as_uri()).load()
        return world

    return load_world


@pytest.fixture(scope="module")
def reasoned(everything: Graph, load: Load) -> Any:
    """Return the ontology, three elements one under another and an impossible class, after reasoning."""
    graph = Graph() + everything
    for child, parent in (("step", "action"), ("action", "theme")):
        graph.add((PROBE[child], CYPP.partOf, PROBE[parent]))
    graph.add((PROBE.step, RDF.type, CYPP.Action))
    graph.add((PROBE.action, CYPP.sourceRow, PROBE.row))
    graph.add((PROBE.action, CYPP.progress, PROBE.progress))
    for parent in (CYPP.Action, CYPP.Outcome):
        graph.add((PROBE.Impossible, RDFS.subClassOf, parent))
    graph.add((PROBE.Impossible, RDF.type, URIRef("http://www.w3.org/2002/07/owl#Class")))
    world = load(graph, "consistent")
    owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
    return world


def test_every_class_can_have_members(reasoned: Any) -> None:
    """No class of ours is contradictory; the one made to be contradictory is found to be."""
    contradictory = set(reasoned.inconsistent_classes()) - {owlready2.Nothing}
    assert {c.iri for c in contradictory} == {str(PROBE.Impossible)}


def test_within_follows_from_part_of(reasoned: Any) -> None:
    """A step stands within the theme that its action is part of, and its parent is the action alone."""
    step = reasoned[PROBE.step]
    assert reasoned[PROBE.theme] in step.within
    assert step.partOf is reasoned[PROBE.action]


def test_kinds_follow_from_properties(reasoned: Any) -> None:
    """What has progress is an action, and what it is printed in is a row."""
    assert reasoned[CYPP.Action] in reasoned[PROBE.action].is_a
    assert reasoned[CYPP.SourceRow] in reasoned[PROBE.row].is_a
    assert reasoned[CYPP.Progress] in reasoned[PROBE.progress].is_a


def test_an_action_is_never_an_outcome(core: Graph, load: Load) -> None:
    """One thing that is both an action and an outcome contradicts the ontology."""
    graph = Graph() + core
    for kind in (CYPP.Action, CYPP.Outcome):
        graph.add((PROBE.both, RDF.type, kind))
    world = load(graph, "inconsistent")
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        owlready2.sync_reasoner_hermit(world, debug=0)
