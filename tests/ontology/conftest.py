"""The ontology's files, read once for all tests of the ontology."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"


@pytest.fixture(scope="session")
def core() -> Graph:
    """Return the ontology proper."""
    return Graph().parse(ONTOLOGY / "cypp.ttl")


@pytest.fixture(scope="session")
def alignments() -> Graph:
    """Return the alignments with other vocabularies."""
    return Graph().parse(ONTOLOGY / "alignments.ttl")


@pytest.fixture(scope="session")
def schemes() -> dict[str, Graph]:
    """Return each concept scheme's graph by the name of its file."""
    return {path.stem: Graph().parse(path) for path in sorted((ONTOLOGY / "schemes").glob("*.ttl"))}


@pytest.fixture(scope="session")
def everything(core: Graph, alignments: Graph, schemes: dict[str, Graph]) -> Graph:
    """Return all that the ontology folder publishes, as one graph."""
    whole = Graph()
    for part in (core, alignments, *schemes.values()):
        whole += part
    return whole
