"""Tools that look for example queries find ours, with the words that people choose by, and each runs as it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from cyppgraph.namespaces import Namespaces
from cyppgraph.publication import describe_examples
from cyppgraph.queries import read_questions
from cyppgraph.store import load_store

ROOT = Path(__file__).parents[2]
QUESTIONS = read_questions(ROOT / "queries" / "questions")
NAMES = Namespaces()

# As editors that keep the convention ask.
_EXAMPLES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?sq ?comment ?query WHERE {
  ?sq a sh:SPARQLExecutable ; rdfs:comment ?comment ; sh:select|sh:ask|sh:construct|sh:describe ?query .
} ORDER BY ?sq
"""
_PREFIXES = """
PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?prefix ?namespace WHERE { [] sh:namespace ?namespace ; sh:prefix ?prefix } ORDER BY ?prefix
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    loaded = ox.Store()
    loaded.load(describe_examples(QUESTIONS, NAMES), format=ox.RdfFormat.TURTLE)
    return loaded


def test_each_question_is_found_with_its_words(store: ox.Store) -> None:
    found = [(row["sq"].value, row["comment"].value, row["comment"].language) for row in store.query(_EXAMPLES)]
    assert found == [(f"{NAMES.ids}question/{each.address}", each.question, "en") for each in QUESTIONS]


def test_each_text_runs_unchanged_and_answers_as_the_question_does(store: ox.Store) -> None:
    graph = load_store(ROOT / "data" / "ttl")
    texts = [row["query"].value for row in store.query(_EXAMPLES)]
    for question, text in zip(QUESTIONS, texts, strict=True):
        assert "#+" not in text
        ox.Store().query(text)
        assert graph.query(text).columns == tuple(question.columns)
    assert list(graph.query(texts[0]).read_rows()) == list(graph.query(QUESTIONS[0].query).read_rows())


def test_prefixes_are_declared_once_each(store: ox.Store) -> None:
    found = {row["prefix"].value: row["namespace"].value for row in store.query(_PREFIXES)}
    assert len(found) == sum(1 for _ in store.query(_PREFIXES))
    assert found.items() <= NAMES.prefixes().items()
    assert {"cypp", "dct", "skos"} <= found.keys()


def test_every_node_has_an_iri_a_type_and_a_label(store: ox.Store) -> None:
    subjects = {quad.subject for quad in store}
    assert all(isinstance(subject, ox.NamedNode) for subject in subjects)
    for term in ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2000/01/rdf-schema#label"):
        assert {quad.subject for quad in store.quads_for_pattern(None, ox.NamedNode(term), None)} == subjects


def test_tags_target_and_other_forms_are_said() -> None:
    ask = replace(QUESTIONS[0], query="ASK { ?s ?p ?o }", tags=("plans", "size"))
    describe = replace(QUESTIONS[1], query="DESCRIBE <urn:x>")
    names = Namespaces("https://data.example.org/")
    loaded = ox.Store()
    loaded.load(describe_examples([ask, describe], names), format=ox.RdfFormat.TURTLE)
    [row] = loaded.query(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX schema: <https://schema.org/> "
        "SELECT ?q ?text ?at (GROUP_CONCAT(?word) AS ?words) { ?q a sh:SPARQLAskExecutable ; sh:ask ?text ; "
        "schema:target ?at ; schema:keywords ?word } GROUP BY ?q ?text ?at"
    )
    assert row["q"].value == "https://data.example.org/id/question/01-plans-side-by-side"
    assert (row["text"].value, row["at"].value) == ("ASK { ?s ?p ?o }\n", "https://data.example.org/sparql")
    assert sorted(row["words"].value.split()) == ["plans", "size"]
