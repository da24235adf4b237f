"""Every shape has an example that it refuses, and refuses alone; sound examples pass; messages speak plain English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import rdflib
from pyshacl.entrypoints import meta_validate
from rdflib.namespace import RDF, SH, SKOS

from cyppgraph.validation import Result, load_shapes, validate_shapes
from cyppgraph.validation.shapes import read_shapes

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHAPES = read_shapes(ROOT / "shapes")
PROPERTY_SHAPES = sorted(SHAPES.subjects(RDF.type, SH.PropertyShape))
INVALID = sorted(HERE.glob("*/invalid/*.ttl"))
VALID = sorted(HERE.glob("*/valid/*.ttl"))
SCHEMES = "https://w3id.org/cyppgraph/id/scheme/"


def local_name(iri: object) -> str:
    return str(iri).rpartition("#")[2]


def name_of(file: Path) -> str:
    return "/".join(file.relative_to(HERE).with_suffix("").parts)


@pytest.fixture(scope="module")
def ready() -> rdflib.Graph:
    return load_shapes(ROOT / "shapes")


def validated(shapes: rdflib.Graph, *files: Path) -> list[Result]:
    graph = rdflib.Graph()
    for file in (HERE / "surroundings.ttl", *files):
        graph.parse(file)
    return validate_shapes(graph, shapes)


def test_the_surroundings_are_sound(ready: rdflib.Graph) -> None:
    assert validated(ready) == []


@pytest.mark.parametrize("file", VALID, ids=name_of)
def test_a_sound_example_gives_no_result(ready: rdflib.Graph, file: Path) -> None:
    assert validated(ready, file) == []


@pytest.mark.parametrize("file", INVALID, ids=name_of)
def test_an_unsound_example_makes_its_shape_fire_and_no_other(ready: rdflib.Graph, file: Path) -> None:
    shape = file.name.split(".")[0]
    assert {result.rule for result in validated(ready, file)} == {shape}


@pytest.mark.parametrize("shape", PROPERTY_SHAPES, ids=local_name)
def test_every_shape_has_an_unsound_example(shape: rdflib.URIRef) -> None:
    name = local_name(shape)
    assert any(file.name.split(".")[0] == name for file in INVALID), f"tests/shapes/*/invalid/{name}.ttl is missing"


def test_every_shape_file_has_a_sound_example() -> None:
    assert {file.stem for file in (ROOT / "shapes").glob("*.ttl")} == {file.parents[1].name for file in VALID}


@pytest.mark.parametrize("file", INVALID, ids=name_of)
def test_an_example_stands_with_the_class_of_its_shape(file: Path) -> None:
    assert file.name.split("-")[0] == file.parents[1].name


@pytest.mark.parametrize("file", sorted((ROOT / "shapes").glob("*.ttl")), ids=lambda file: file.stem)
def test_a_shape_file_holds_the_shapes_of_its_class(file: Path) -> None:
    graph = rdflib.Graph().parse(file)
    nodes = {local_name(shape) for shape in graph.subjects(RDF.type, SH.NodeShape)}
    named = {local_name(shape).split("-")[0] for shape in graph.subjects(RDF.type, SH.PropertyShape)}
    assert (nodes, named) == ({file.stem}, {file.stem})


def test_every_property_shape_is_named_and_belongs_to_one_class() -> None:
    used = list(SHAPES.objects(None, SH.property))
    assert all(isinstance(shape, rdflib.URIRef) for shape in used), "a property shape without a name of its own"
    assert sorted(used) == PROPERTY_SHAPES


@pytest.mark.parametrize("shape", PROPERTY_SHAPES, ids=local_name)
def test_every_property_shape_is_documented(shape: rdflib.URIRef) -> None:
    for said in (SH.name, SH.message, SH.severity, SH.path):
        assert len(list(SHAPES.objects(shape, said))) == 1, f"needs one {local_name(said)}"


@pytest.mark.parametrize("shape", PROPERTY_SHAPES, ids=local_name)
def test_a_message_says_what_is_wrong_and_what_to_do_in_plain_words(shape: rdflib.URIRef) -> None:
    message = str(SHAPES.value(shape, SH.message))
    assert not re.search(r"\b(sh|cypp|xsd|skos|rdfs?|dct|oa|dqv|org|foaf):|://|_|\bIRI\b|\bnode\b|\bliteral\b", message)
    assert re.search(r"[.:;] \w", message) and message.endswith("."), "two sentences: what is wrong, what to do"


def test_the_shapes_use_shacl_core_alone() -> None:
    beyond_core = {SH.sparql, SH.js, SH.rule, SH.target, SH.select, SH.ask, SH.construct}
    assert not beyond_core & set(SHAPES.predicates())


def test_meta_shacl_accepts_the_shapes(ready: rdflib.Graph) -> None:
    for shapes in (SHAPES, ready):
        conforms, _, text = meta_validate(shapes)
        assert conforms, text


def test_handing_targets_down_changes_no_result(ready: rdflib.Graph) -> None:
    """One graph of all unsound examples, run with the shapes as written and as made fast."""
    assert validated(ready, *INVALID) == validated(SHAPES, *INVALID)


def closed_lists() -> list[tuple[str, set[str], set[str]]]:
    """Each shape with a closed list: its name, what it allows, and the scheme that this is taken from."""
    found = []
    for shape, items in SHAPES.subject_objects(SH["in"]):
        allowed = {str(item) for item in SHAPES.items(items)}
        found.append((local_name(shape), allowed, {iri.rpartition("/")[0] for iri in allowed}))
    return sorted(found, key=lambda one: one[0])


@pytest.mark.parametrize(
    ("shape", "allowed", "schemes"), closed_lists(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_closed_list_is_the_scheme_of_the_ontology(shape: str, allowed: set[str], schemes: set[str]) -> None:
    (scheme,) = schemes
    graph = rdflib.Graph().parse(ROOT / "ontology" / "schemes" / f"{scheme.removeprefix(SCHEMES)}.ttl")
    assert allowed == {str(concept) for concept in graph.subjects(RDF.type, SKOS.Concept)}, shape
