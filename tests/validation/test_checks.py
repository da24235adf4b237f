"""Every check finds its fault and no other check does; what looks like the fault and is none, no check finds."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph
import pytest

from cyppgraph.errors import FaultyInputError
from cyppgraph.findings import Severity
from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.validation import Check, Result, load_checks, run_checks
from cyppgraph.where import Where

ROOT = Path(__file__).parents[2]
CHECKS = ROOT / "queries" / "checks"
EXAMPLES = Path(__file__).parent / "checks"
LOADED = load_checks(CHECKS)
NAMES = [check.name for check in LOADED]


def store_of(*files: Path) -> pyoxigraph.Store:
    """The ontology, its lists and the files, each in a named graph of its own, as they are served."""
    store = pyoxigraph.Store()
    ontology = (ROOT / "ontology" / "cypp.ttl", *sorted((ROOT / "ontology" / "schemes").glob("*.ttl")))
    for file in (*ontology, EXAMPLES / "surroundings.ttl", *files):
        graph = pyoxigraph.NamedNode(f"https://w3id.org/cyppgraph/graph/{file.stem}")
        store.load(path=file, format=pyoxigraph.RdfFormat.TURTLE, to_graph=graph)
    return store


def found(*files: Path) -> list[Result]:
    return run_checks(store_of(*files), CHECKS)


def test_the_surroundings_are_sound() -> None:
    assert found() == []


@pytest.mark.parametrize("name", NAMES)
def test_a_check_finds_its_fault_and_is_alone_in_it(name: str) -> None:
    results = found(EXAMPLES / name / "faulty.ttl")
    assert {result.rule for result in results} == {name}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_sound_no_check_finds(name: str) -> None:
    assert found(EXAMPLES / name / "sound.ttl") == []


def test_every_check_has_examples_and_every_example_a_check() -> None:
    assert sorted(folder.name for folder in EXAMPLES.iterdir() if folder.is_dir()) == NAMES


@pytest.mark.parametrize("check", LOADED, ids=NAMES)
def test_a_check_is_documented_in_plain_words(check: Check) -> None:
    words = f"{check.problem} {check.remedy}"
    assert not re.search(r"\b(sh|cypp|xsd|skos|rdfs?|dct|oa):|://|\bIRI\b|\bnode\b|\bliteral\b|_", words)
    assert all(re.fullmatch(r"[“A-Z{].*\.", part) for part in (check.problem, check.remedy))


def test_a_result_says_what_is_wrong_what_to_do_and_where() -> None:
    (result,) = found(EXAMPLES / "earliest-after-latest" / "faulty.ttl")
    assert result == Result(
        plan="croydon-2013",
        severity=Severity.VIOLATION,
        rule="earliest-after-latest",
        node="https://w3id.org/cyppgraph/id/plan/croydon-2013/due/9",
        label="A label",
        message=(
            "The first day, 2013-05-01, comes after the last day, 2013-04-30. Correct how the printed words are read."
        ),
        where=Where("data/plans/croydon-2013/source.txt", 38, 39),
    )


def test_a_message_calls_things_by_their_labels() -> None:
    results = found(EXAMPLES / "within-not-transitive" / "faulty.ttl")
    assert [result.message.split(",")[1] for result in results] == [" and that within “Be healthy”"]


def test_the_checks_ask_below_the_base_that_a_council_chooses(tmp_path: Path) -> None:
    names = Namespaces("https://data.example.gov.uk/plans/")
    turtle = (EXAMPLES / "node-without-label" / "faulty.ttl").read_text(encoding="utf-8")
    store = pyoxigraph.Store()
    store.load(turtle.replace(DEFAULT_BASE, names.base).encode(), format=pyoxigraph.RdfFormat.TURTLE)
    results = {result.rule: result for result in run_checks(store, CHECKS, names)}
    assert results["node-without-label"].plan == "croydon-2013"
    assert "node-without-label" not in {result.rule for result in run_checks(store, CHECKS)}


HEADER = """\
#+ problem: It is {column}.
#+ remedy: Mend it.
#+ severity: info
#+ columns:
#+   node: what is so
#+   column: how it is
"""
QUERY = "SELECT ?node ?column WHERE { ?node a ?column }\n"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (QUERY, "The header says nothing under 'problem'."),
        (HEADER.replace("#+ remedy: Mend it.\n", "") + QUERY, "The header says nothing under 'remedy'."),
        (HEADER.replace("how it is", "") + QUERY, "is not a 'name: meaning'"),
        (HEADER.replace("{column}", "{other}") + QUERY, "The problem names other, and no column is called so."),
        (HEADER.replace("#+   node: what is so\n", "") + QUERY, "The first column is not 'node'."),
        (HEADER.replace("info", "grave") + QUERY, "The severity 'grave' is not known."),
        (HEADER + "SELECT ?node { ?node a ?column }", "expected SELECT ?node ?column"),
        (HEADER + "ASK { ?node a ?column }", "expected SELECT ?node ?column"),
        (HEADER + "SELECT ?node ?column WHERE", "is not valid SPARQL; correct it"),
    ],
)
def test_a_check_that_cannot_be_used_is_refused_with_the_reason(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "a-fault.rq").write_text(text, encoding="utf-8")
    with pytest.raises(FaultyInputError, match=re.escape(complaint)) as error:
        run_checks(pyoxigraph.Store(), tmp_path)
    assert str(tmp_path / "a-fault.rq") in str(error.value)


def test_a_folder_without_checks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyInputError, match="holds no checks"):
        run_checks(pyoxigraph.Store(), tmp_path)
