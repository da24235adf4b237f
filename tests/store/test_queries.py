"""A saved query says what it asks; what is wrong with its header is said all at once, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyppgraph.errors import CyppgraphError, FaultyInputError
from cyppgraph.queries import Parameter, Question, fill_question, find_question, read_question, read_questions
from cyppgraph.store import GraphStore, QuerySyntaxError

GOOD = """\
#+ question: Which plans are at least this long?
#+ why: Long plans take long to read;
#+   short ones say little.
#+ columns:
#+   title: the plan's title,
#+     as printed
#+   n: its length
#+ parameters:
#+   least (integer): how long
#+   title (string): its title

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
def question(tmp_path: Path) -> Question:
    return read_question(write(tmp_path, GOOD))


def test_a_header_is_read(question: Question) -> None:
    assert (question.number, question.name) == ("03", "long-plans")
    assert question.question == "Which plans are at least this long?"
    assert question.why == "Long plans take long to read; short ones say little."
    assert question.columns == {"title": "the plan's title, as printed", "n": "its length"}
    assert question.parameters == (
        Parameter("least", "integer", "how long", "10"),
        Parameter("title", "string", "its title", "UNDEF"),
    )


@pytest.mark.parametrize(
    ("line", "replacement", "fault"),
    [
        ("#+ question: Which plans are at least this long?", "#+ question", "3-long.*:1: .*is not a 'key: text'"),
        ("#+ question: Which", "#+ query: Which", "the key 'query' is not known. The keys are question, why"),
        ("#+ columns:", "#+ columns: all", "'columns' takes entries: put 'all' on an indented line"),
        ("#+   n: its length", "#+   n", "3-long.*:7: 'n' is not a 'name: meaning'"),
        ("#+   n: its length", "#+   title: twice", "'title' stands a second time under 'columns'"),
        ("#+ parameters:", "#+ why: again", "'why' stands here a second time"),
        ("#+   least (integer)", "#+   least", "'least' is not 'name \\(kind\\)' with a kind of string, integer"),
        ("#+   least (integer)", "#+   least (number)", "is not 'name \\(kind\\)'"),
        ("VALUES ?least { 10 }", "", "VALUES \\?least { … } stands 0 times in the query"),
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


@given(value=st.text())
def test_no_value_changes_the_query(value: str) -> None:
    """Whatever is given for a string is compared as a string: it neither breaks nor widens the query."""
    from cyppgraph.store.embedded import GraphStore, ox

    parameter = Parameter("x", "string", "", "UNDEF")
    asked = Question("01", "q", "", "", {}, (parameter,), "SELECT ?x { VALUES ?x { UNDEF } }")
    text = fill_question(asked, {"x": value})
    try:
        found = rows(GraphStore(ox.Store()), text)
    except QuerySyntaxError:
        assert any(0xD800 <= ord(sign) <= 0xDFFF for sign in value)
        return
    except CyppgraphError:
        assert "service" in value.lower()
        return
    assert found == ([value] if value else [""])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "1 } UNION {"),
        ("date", "2012-02-30"),
        ("decimal", "1e9"),
        ("iri", "urn:x> <y"),
        ("iri", "x"),
        ("date", "x"),
    ],
)
def test_a_value_of_another_kind_is_refused(kind: str, value: str) -> None:
    asked = Question("01", "q", "", "", {}, (Parameter("x", kind, "", ""),), "SELECT * { VALUES ?x { UNDEF } }")
    with pytest.raises(CyppgraphError, match=f"takes a value of kind {kind}"):
        fill_question(asked, {"x": value})


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
    asked = Question("01", "q", "", "", {}, (Parameter("x", kind, "", ""),), "ASK { VALUES ?x { UNDEF } }")
    assert fill_question(asked, {"x": value}) == f"ASK {{ VALUES ?x {{ {term} }} }}"


def test_an_unknown_parameter_is_refused(question: Question) -> None:
    with pytest.raises(CyppgraphError, match="has no parameter 'most'; it has least, title"):
        fill_question(question, {"most": "1"})


QUESTIONS = Path(__file__).parents[2] / "queries" / "questions"


@pytest.mark.parametrize("path", sorted(QUESTIONS.glob("*.rq")), ids=lambda path: path.stem)
def test_every_saved_question_gives_the_columns_it_promises(store: GraphStore, path: Path) -> None:
    question = read_question(path)
    assert store.query(question.query).columns == tuple(question.columns)
