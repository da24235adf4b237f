"""A saved query says what it asks; what is wrong with its header is said all at once, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from cyppgraph.errors import CyppgraphError, FaultyInputError
from cyppgraph.queries import (
    Parameter,
    ParameterError,
    Question,
    fill_question,
    find_question,
    read_question,
    read_questions,
)
from cyppgraph.store import GraphStore, load_store

GOOD = """\
#+ question: Which plans are at least this long?
#+ why: Long plans take long to read;
#+   short ones say little.
#+ tags: plans, length
#+ columns:
#+   title: the plan's title,
#+     as printed
#+   n: its length
#+ parameters:
#+   least (integer): how long
#+   title (string): its title
#+ choices:
#+   title: ?any a cypp:Plan ;
#+     dct:title ?title

# an ordinary comment
SELECT (STR(?words) AS ?name) ?n {
  VALUES ?least { 10 }  # the default
  VALUES ?title { UNDEF }
  ?plan dct:title ?words ; cypp:size ?n .
  FILTER(?n >= ?least && (!BOUND(?title) || STR(?words) = ?title))
}
"""


def write(folder: Path, text: str, name: str = "03-long-plans.rq") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> GraphStore:
    """Two plans with titles and sizes."""
    turtle = """
    @prefix cypp: <https://w3id.org/cyppgraph/ontology#> . @prefix dct: <http://purl.org/dc/terms/> .
    <urn:alder> a cypp:Plan ; dct:title "Alder, \\"2012\\""@en ; cypp:size 12 .
    <urn:birch> a cypp:Plan ; dct:title "Birch"@en ; cypp:size 7 ."""
    (tmp_path / "plans.ttl").write_text(turtle, encoding="utf-8")
    return load_store(tmp_path)


@pytest.fixture
def question(tmp_path: Path) -> Question:
    return read_question(write(tmp_path, GOOD))


def test_a_header_is_read(question: Question) -> None:
    assert (question.number, question.name) == ("03", "long-plans")
    assert question.question == "Which plans are at least this long?"
    assert question.why == "Long plans take long to read; short ones say little."
    assert question.columns == {"title": "the plan's title, as printed", "n": "its length"}
    assert question.parameters == (
        Parameter("least", "integer", "how long", "10"),
        Parameter(
            "title",
            "string",
            "its title",
            None,
            "SELECT DISTINCT ?title ?label WHERE { ?any a cypp:Plan ; dct:title ?title } ORDER BY ?title ?label",
        ),
    )
    assert question.tags == ("plans", "length")
    assert (question.address, question.form) == ("03-long-plans", "SELECT")


@pytest.mark.parametrize(
    ("line", "replacement", "fault"),
    [
        ("#+ question: Which plans are at least this long?", "#+ question", "3-long.*:1: .*is not a 'key: text'"),
        ("#+ question: Which", "#+ query: Which", "the key 'query' is not known. The keys are question, why"),
        ("#+ columns:", "#+ columns: all", "'columns' takes entries: put 'all' on an indented line"),
        ("#+   n: its length", "#+   n", "3-long.*:8: 'n' is not a 'name: meaning'"),
        ("#+   n: its length", "#+   title: twice", "'title' stands a second time under 'columns'"),
        ("#+ parameters:", "#+ why: again", "'why' stands here a second time"),
        ("#+   least (integer)", "#+   least", "'least' is not 'name \\(kind\\)' with a kind of string, integer"),
        ("#+   least (integer)", "#+   least (number)", "is not 'name \\(kind\\)'"),
        ("VALUES ?least { 10 }", "", "VALUES \\?least { … } stands 0 times in the query"),
        (
            "VALUES ?least { 10 }",
            "VALUES ?least { 1.5 }",
            "The default of 'least' is '1.5'; it must be UNDEF or one term",
        ),
        ("VALUES ?least { 10 }", "VALUES ?least { 1 2 }", "it must be UNDEF or one term of kind integer"),
        ("VALUES ?title { UNDEF }", 'VALUES ?title { "a"@en }', "it must be UNDEF or one term of kind string"),
        (
            "#+   title: ?any a cypp:Plan ;",
            "#+   title: ?any a cypp:Plan } ;",
            "the choices of 'title' are no graph pattern",
        ),
        ("#+     dct:title ?title", "#+     dct:title ?t", "do not say what \\?title is"),
        ("#+   title: ?any", "#+   titles: ?any", "There are choices for 'titles', which is no parameter"),
        ("VALUES ?least { 10 }", "VALUES ?least {1} VALUES ?least {2}", "stands 2 times"),
    ],
)
def test_each_fault_is_named(tmp_path: Path, line: str, replacement: str, fault: str) -> None:
    text = GOOD.replace(line, replacement, 1)
    assert text != GOOD

    with pytest.raises(FaultyInputError, match=f"(?i){fault}"):
        read_question(write(tmp_path, text))


def test_a_text_may_begin_on_the_line_after_its_key(tmp_path: Path) -> None:
    moved = read_question(write(tmp_path, GOOD.replace("#+ why: Long", "#+ why:\n#+   Long")))
    assert moved.why == "Long plans take long to read; short ones say little."


def test_all_faults_of_a_file_are_reported_at_once(tmp_path: Path) -> None:
    path = write(tmp_path, "#+ color: red\n#+ columns: many\nSELECT * {}\n")

    with pytest.raises(FaultyInputError) as caught:
        read_question(path)

    assert [fault.where.first_line for fault in caught.value.faults] == [1, 2, 1, 1, 1]
    assert "says nothing under 'question'" in str(caught.value)


def test_a_file_name_is_a_number_and_a_name(tmp_path: Path) -> None:
    with pytest.raises(FaultyInputError, match="two digits"):
        read_question(write(tmp_path, GOOD, "Late actions.rq"))


def test_a_folder_is_read_by_number_and_its_faults_together(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "10-b.rq")
    write(tmp_path, GOOD, "02-a.rq")
    assert [question.number for question in read_questions(tmp_path)] == ["02", "10"]

    write(tmp_path, GOOD, "10-c.rq")
    write(tmp_path, "SELECT * {}", "11-d.rq")
    with pytest.raises(FaultyInputError, match=r"10-c\.rq.*that of 10-b\.rq(.|\n)*11-d\.rq"):
        read_questions(tmp_path)


@pytest.mark.parametrize("wanted", ["3", "03", "long-plans", "03-long-plans", "03-long-plans.rq"])
def test_a_question_goes_by_number_name_or_file_name(question: Question, wanted: str) -> None:
    assert find_question([question], wanted) is question


def test_an_unknown_question_suggests_a_near_one(question: Question) -> None:
    with pytest.raises(CyppgraphError, match="Did you mean long-plans"):
        find_question([question], "long-plan")


def test_the_base_of_the_data_is_that_of_the_query(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD + "# <https://w3id.org/cyppgraph/id/x>")
    assert "<https://data.example.org/id/x>" in read_question(path, "https://data.example.org/").query


def rows(store: GraphStore, query: str) -> list[str]:
    return [row[0].value if row[0] else "" for row in store.query(query).read_rows()]


def test_parameters_keep_their_defaults_or_take_a_value(store: GraphStore, question: Question) -> None:
    assert rows(store, fill_question(question, {})) == ['Alder, "2012"']
    assert sorted(rows(store, fill_question(question, {"least": "1"}))) == ['Alder, "2012"', "Birch"]
    assert rows(store, fill_question(question, {"least": "1", "title": "Birch"})) == ["Birch"]
    assert rows(store, fill_question(question, {"least": "", "title": 'Alder, "2012"'})) == ['Alder, "2012"']


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("least", "ten", "'least' takes a whole number of at most 18 digits, such as 10; 'ten' is none."),
        ("lest", "10", "This question has no parameter 'lest'; it has least, title. Did you mean least?"),
        ("title", "a\0", "'title' takes a text of .*, such as NEET; 'a\\\\x00' is none."),
    ],
)
def test_a_wrong_value_is_named_with_what_is_expected(question: Question, name: str, value: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message) as caught:
        fill_question(question, {name: value})
    assert (caught.value.parameter, caught.value.found) == (name, value)


def test_a_value_that_holds_a_query_stays_a_value(question: Question) -> None:
    """Also where one value looks like the place of another."""
    filled = fill_question(question, {"title": "VALUES ?least { 1 }", "least": "7"})
    assert 'VALUES ?title { "VALUES ?least { 1 }" }' in filled
    assert 'VALUES ?least { "7"^^<http://www.w3.org/2001/XMLSchema#integer> }' in filled


@pytest.mark.parametrize(
    ("kind", "value", "term"),
    [
        ("integer", "-3", '"-3"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("decimal", "4.9", '"4.9"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("date", "2012-02-29", '"2012-02-29"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("iri", "https://example.org/a", "<https://example.org/a>"),
    ],
)
def test_values_are_written_as_terms(kind: str, value: str, term: str) -> None:
    asked = Question("01", "q", "", "", {}, (Parameter("x", kind, ""),), "ASK { VALUES ?x { UNDEF } }")
    assert fill_question(asked, {"x": value}) == f"ASK {{ VALUES ?x {{ {term} }} }}"


QUESTIONS = Path(__file__).parents[2] / "queries" / "questions"


@pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.rq")), ids=lambda path: path.stem)
def test_every_saved_question_gives_the_columns_it_promises(store: GraphStore, path: Path) -> None:
    question = read_question(path)
    assert store.query(question.query).columns == tuple(question.columns)
