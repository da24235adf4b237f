"""The saved questions give the answers that were checked by hand, and nothing else.

The golden answers, ``NN-name.csv`` beside this file, are written by people and say what the documents say (README.md
tells how each was checked). No test writes one, and none can be told to. Where the graph does not yet say what a
document says, ``disputed/NN-name.csv`` names the row that is wrong, or the golden row that is missing.
"""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

from cyppgraph.namespaces import Namespaces
from cyppgraph.queries import Question, fill_question, find_question, read_questions
from cyppgraph.store import GraphStore, Term, load_store
from cyppgraph.store.embedded import merge

ROOT = Path(__file__).resolve().parents[2]
GOLDENS = Path(__file__).resolve().parent
QUESTIONS = read_questions(ROOT / "queries" / "questions")
PLANS = frozenset(path.name for path in (ROOT / "data" / "plans").iterdir() if path.is_dir())

# For each parameter another value than its default, and what must then be among the rows, in any column.
SETTINGS: tuple[tuple[str, dict[str, str], str], ...] = (
    ("02", {"heading": "https://w3id.org/cyppgraph/id/plan/richmond-2009/commitment/1.1"}, "Children missing from"),
    ("03", {"borough": "southend"}, "Lift children and young people out of poverty"),
    ("05", {"words": "obesity"}, "Obesity in primary school age children in Year 6"),
    ("05", {"words": "OBESITY|school lunches"}, "Take up of school lunches in primary and secondary schools"),
    ("06", {"from": "2011-04-01"}, "Review the Dare to Dream programme"),
    ("06", {"before": "2021-05-01"}, "Remove vacant posts"),
    ("07", {"plan": "thurrock-2012"}, "Quarterly monitoring reports"),
    ("11", {"plan": "thurrock-2012"}, "Analyse demand & resource"),
    ("13", {"least": "15"}, "Carol Compton"),
    ("14", {"words": "school improvement"}, "School Improvement Service"),
    ("17", {"plan": "croydon-2013"}, "Mitigate impact of poverty on families"),
    ("19", {"plan": "thurrock-2012"}, "does not exceed 6.7%"),
    ("20", {"words": "foster"}, "16 weeks"),
    ("21", {"code": "EH 9"}, "Percentage of Early Help cases closed"),
    ("24", {"mark": "Place Survey"}, "CSC 074"),
    ("33", {"plan": "thurrock-2012"}, "Commences June 1012"),
    ("33", {"sure": "shared"}, "30/11/21"),
    ("34", {"plan": "richmond-2009"}, "3.2.1 is not printed"),
    ("35", {"kind": "impossible date"}, "31/09/21"),
    ("36", {"words": "immunisation"}, "CSC 008"),
    ("37", {"plan": "richmond-2009", "line": "39"}, "CSC 004"),
    ("38", {"code": "NI 53"}, "Achieve agreed quarterly targets for initiation of breastfeeding"),
    ("39", {"least": "2"}, "First time entrants to the Youth Justice System"),
    ("40", {"least": "1"}, "awaiting confirmation"),
    ("41", {"plan": "croydon-2021"}, "CIN 7"),
    ("42", {"plan": "thurrock-2012"}, "Domestic abuse"),
    ("43", {"earlier": "croydon-2021", "later": "croydon-2013"}, "Identify and reduce risks to vulnerable"),
    ("44", {"least": "0.95"}, "Further strengthen transition to adulthood"),
    ("46", {"words": "obesity"}, "NI 55 Obesity in primary school age children in Reception"),
    ("46", {"set": "leads", "words": " "}, "a service and a council of young people"),
    ("48", {"below": "0.6"}, "Statements of special educational need for emotional and behavioural"),
    ("48", {"status": "rejected"}, "Head of Service Strategic Commissioning"),
    ("49", {"topic": "domestic-abuse"}, "Complete VAWG strategy"),
    ("53", {"least": "10"}, "Substance misuse by young people"),
    ("54", {"code": "NI 117"}, "February 2013"),
)


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """The built graph, as it is committed."""
    return load_store(ROOT / "data" / "ttl")


def name_file(question: Question) -> str:
    return f"{question.number}-{question.name}"


def write_cell(term: Term | None) -> str:
    return "" if term is None else str(getattr(term, "value", term))


def ask(store: GraphStore, query: str) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the columns and rows of an answer, as a CSV file holds them."""
    answer = store.query(query)
    rows = [tuple(map(write_cell, row)) for row in answer.read_rows()]
    return answer.columns, rows


def read_golden(question: Question) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    with (GOLDENS / f"{name_file(question)}.csv").open(encoding="utf-8", newline="") as file:
        columns, *rows = (tuple(row) for row in csv.reader(file))
    return columns, rows


def read_disputed(question: Question, verdict: str) -> list[tuple[str, ...]]:
    """Return rows of the answer that are ``wrong``, or rows of the golden answer that are ``missing`` from it."""
    path = GOLDENS / "disputed" / f"{name_file(question)}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [tuple(row[2:]) for row in csv.reader(file) if row[0] == verdict]


def plans_in(rows: Iterable[Sequence[str]]) -> set[str]:
    return {cell for row in rows for cell in row} & PLANS


each_question = pytest.mark.parametrize("question", QUESTIONS, ids=name_file)


@each_question
def test_question_gives_exactly_its_golden_answer(store: GraphStore, question: Question) -> None:
    columns, rows = ask(store, question.query)
    golden_columns, golden_rows = read_golden(question)
    wrong, missing = read_disputed(question, "wrong"), read_disputed(question, "missing")
    assert columns == golden_columns
    assert [row for row in rows if row not in wrong] == [row for row in golden_rows if row not in missing]


@each_question
def test_what_is_disputed_is_so_still(store: GraphStore, question: Question) -> None:
    _, rows = ask(store, question.query)
    wrong, missing = read_disputed(question, "wrong"), read_disputed(question, "missing")
    mended = [row for row in wrong if row not in rows] + [row for row in missing if row in rows]
    assert not mended, "the graph was mended here: take these rows out of disputed/"
    assert set(missing) <= set(read_golden(question)[1])


@each_question
def test_header_says_what_is_asked_why_and_what_comes_back(store: GraphStore, question: Question) -> None:
    assert question.question.endswith("?")
    assert question.why.endswith(".")
    assert tuple(question.columns) == ask(store, question.query)[0]


@each_question
def test_question_runs_unchanged_elsewhere(question: Question) -> None:
    ox.Store().query(question.query)  # no prefixes are given: what it uses it declares
    body = question.query[question.query.index("SELECT") :]
    for prefix in re.findall(r"^PREFIX (\w+):", question.query, flags=re.MULTILINE):
        assert re.search(rf"\b{prefix}:", body), f"the prefix {prefix} is declared and not used"
    assert len(question.query.splitlines()) <= 100
    assert max(map(len, question.query.splitlines())) <= 120


@each_question
def test_no_row_is_repeated(store: GraphStore, question: Question) -> None:
    _, rows = ask(store, question.query)
    assert rows
    assert len(rows) == len(set(rows))


@each_question
def test_question_is_answered_quickly(store: GraphStore, question: Question) -> None:
    def measure() -> float:
        start = time.process_time()
        ask(store, question.query)
        return time.process_time() - start

    assert min(measure() for _ in range(3)) < 0.5  # each takes less than 0.1 s on a machine that is not busy


@pytest.mark.parametrize(("number", "values", "expected"), SETTINGS, ids=lambda value: str(value)[:40])
def test_parameter_changes_the_answer(store: GraphStore, number: str, values: dict[str, str], expected: str) -> None:
    question = find_question(QUESTIONS, number)
    _, default = ask(store, question.query)
    _, rows = ask(store, fill_question(question, values))
    assert rows != default
    assert any(expected in cell for row in rows for cell in row)
    if "plan" in values:
        assert plans_in(rows) <= {values["plan"]}


def test_every_parameter_is_set_somewhere() -> None:
    known = {(question.number, parameter.name) for question in QUESTIONS for parameter in question.parameters}
    assert {(number, name) for number, values, _ in SETTINGS for name in values} == known


def test_every_question_has_a_golden_answer_and_a_note_of_how_it_was_checked() -> None:
    names = [name_file(question) for question in QUESTIONS]
    assert sorted(path.stem for path in GOLDENS.glob("*.csv")) == names
    noted = re.findall(r"^### ([0-9]{2}-\S+)$", (GOLDENS / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert noted == names


def test_questions_are_many_and_most_of_them_go_across_plans() -> None:
    across = [question for question in QUESTIONS if len(plans_in(read_golden(question)[1])) >= 2]
    assert len(QUESTIONS) >= 24
    assert len(across) >= 14
    assert len(across) > len(QUESTIONS) / 2


@pytest.mark.parametrize(
    ("number", "values"),
    [("06", {"from": "1990-01-01", "before": "2200-01-01"}), ("20", {"words": "a"}), ("38", {"code": "NI 112"})],
    ids=["06", "20", "38"],
)
def test_a_lead_without_words_hides_none_that_has_some(store: GraphStore, number: str, values: dict[str, str]) -> None:
    """Joining words gives nothing at all in some engines, where one of them is not there."""
    columns, rows = ask(store, fill_question(find_question(QUESTIONS, number), values))
    own = read_words(store, "?iri cypp:hasLead ?lead OPTIONAL { ?lead cypp:statement ?words }")
    above = read_words(
        store, "?bearer cypp:measuredBy ?iri ; cypp:hasLead ?lead OPTIONAL { ?lead cypp:statement ?words }"
    )
    assert len(rows) > 3
    for row in (dict(zip(columns, cells, strict=True)) for cells in rows):
        expected = own.get(row["iri"], above.get(row["iri"], set())) - {""}
        assert [words for words in sorted(expected) if words not in row["leads"]] == []
        assert bool(row["leads"]) == bool(expected)


def read_words(store: GraphStore, pattern: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for iri, words in ask(store, f"SELECT ?iri ?words {{ {pattern} }}")[1]:
        found.setdefault(iri, set()).add(words)
    return found


def test_answers_do_not_depend_on_the_order_in_which_the_graph_was_loaded(store: GraphStore) -> None:
    names = Namespaces()
    engine = ox.Store()
    for path in sorted((ROOT / "data" / "ttl").glob("*.ttl"), reverse=True):
        graph = ox.NamedNode(names.graph(path.stem))
        engine.extend(
            reversed([ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in ox.parse(path=str(path))])
        )
    merge(engine)
    backwards = GraphStore(engine, names)
    for question in QUESTIONS:
        assert ask(backwards, question.query) == ask(store, question.query), name_file(question)


def test_data_below_another_base_are_asked_for_there() -> None:
    moved = read_questions(ROOT / "queries" / "questions", "https://data.example.org/")
    assert all("w3id.org/cyppgraph" not in question.query.split("SELECT", 1)[1] for question in moved)
