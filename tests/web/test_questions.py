"""Each saved question is an address: the right rows in every format, and a plain word where a parameter is wrong."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient

from cyppgraph.queries import Question, fill_question, read_question, read_questions
from cyppgraph.store import EmbeddedSource, load_store, read_rows
from cyppgraph.web import create_app
from direct import DirectSource

ROOT = Path(__file__).parents[2]
FILE = "/questions/01-actions"
WORDS = ["Ask <script>alert(1)</script> & listen", 'Say "hello", twice']
RESULTS = "application/sparql-results+"


def problem(response, parameter: str) -> dict[str, str]:
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert response.json["parameter"] == parameter
    return response.json


def test_rows_come_back_in_every_format(client: FlaskClient) -> None:
    table = list(csv.DictReader(io.StringIO(client.get(f"{FILE}.csv").text, newline="")))
    assert [row["words"] for row in table] == WORDS
    tsv = client.get(f"{FILE}.tsv").text.splitlines()
    assert [str(rdflib.util.from_n3(line.split("\t")[1])) for line in tsv[1:]] == WORDS
    for name, form in (("json", ox.QueryResultsFormat.JSON), ("xml", ox.QueryResultsFormat.XML)):
        found = ox.parse_query_results(client.get(f"{FILE}.{name}").data, form)
        assert [row["words"].value for row in found] == WORDS


@pytest.mark.parametrize(
    ("accept", "sent"),
    [
        (None, "text/html; charset=utf-8"),
        ("*/*", "text/html; charset=utf-8"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/json", "application/json"),
        (f"{RESULTS}json, text/html;q=0.5", f"{RESULTS}json"),
        (f"{RESULTS}xml", f"{RESULTS}xml"),
        ("application/sparql-query", "application/sparql-query"),
    ],
)
def test_the_accept_header_decides_what_a_question_is(client: FlaskClient, accept: str | None, sent: str) -> None:
    response = client.get(FILE, headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.content_type) == (200, sent)
    assert "Accept" in response.headers["Vary"]
    refused = client.get(FILE, headers={"Accept": "image/png"})
    assert (refused.status_code, refused.mimetype) == (406, "application/problem+json")
    assert "text/csv" in refused.json["offered"]


def test_an_answer_names_its_other_forms(client: FlaskClient) -> None:
    links = client.get(f"{FILE}.csv?plan=alder-2012").headers["Link"]
    assert f'<{FILE}.json?plan=alder-2012>; rel="alternate"; type="{RESULTS}json"' in links
    for address in re.findall(r'<([^>]+)>; rel="alternate"', links):
        assert client.get(address).status_code == 200


def test_a_file_can_be_used_by_a_page_elsewhere_and_saved(client: FlaskClient) -> None:
    response = client.get(f"{FILE}.csv")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Content-Disposition"] == 'attachment; filename="01-actions.csv"'
    assert "Content-Disposition" not in client.get(f"{FILE}.json").headers
    assert client.get(f"{FILE}.csv?plan=x").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", [FILE, f"{FILE}.csv", f"{FILE}.rq", "/questions/", "/questions.json"])
def test_a_copy_is_asked_about_and_not_fetched_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    head = client.head(path)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_another_answer_has_another_etag(client: FlaskClient) -> None:
    paths = [FILE, f"{FILE}.csv", f"{FILE}.tsv", f"{FILE}.csv?plan=alder-2012", f"{FILE}.csv?plan=birch-2013"]
    assert len({client.get(path).headers["ETag"] for path in paths}) == len(paths)


@pytest.mark.parametrize("name", ["1", "01", "actions"])
def test_a_short_name_leads_to_the_full_one(client: FlaskClient, name: str) -> None:
    response = client.get(f"/questions/{name}.csv?plan=birch-2013")
    assert response.status_code == 308
    assert response.headers["Location"] == f"{FILE}.csv?plan=birch-2013"
    assert client.get(f"/questions/{name}").headers["Location"] == FILE


def test_the_query_comes_with_its_values_and_runs(client: FlaskClient, source: EmbeddedSource) -> None:
    response = client.get(f"{FILE}.rq?said={quote('Say')}&least=5")
    assert response.mimetype == "application/sparql-query"
    assert [row[1].value for row in read_rows(source.edition(), response.text)] == WORDS[1:]


def test_what_is_wrong_is_said_of_the_parameter(client: FlaskClient) -> None:
    found = problem(client.get(f"{FILE}.csv?least=ten"), "least")
    assert (found["found"], found["example"]) == ("ten", "0")
    assert "whole number" in found["expected"]
    assert "Did you mean plan?" in problem(client.get(f"{FILE}.csv?plann=alder-2012"), "plann")["detail"]
    problem(client.get(f"{FILE}.csv?plann="), "plann")
    found = problem(client.get(f"{FILE}.csv?plan=alder-2013"), "plan")
    assert "Did you mean alder-2012" in found["detail"]
    assert found["expected"] == "one of alder-2012, birch-2013"
    assert "given 2 times" in problem(client.get(f"{FILE}.csv?plan=alder-2012&plan=birch-2013"), "plan")["detail"]
    problem(client.get(f"{FILE}.csv?said=%00"), "said")
    problem(client.get(f"{FILE}.csv?said={'x' * 2001}"), "said")
    assert client.get(f"{FILE}.csv?said=%FF").status_code == 400
    problem(client.get(FILE + "?least=ten", headers={"Accept": "text/csv"}), "least")


def test_an_empty_field_keeps_the_default(client: FlaskClient) -> None:
    assert client.get(f"{FILE}.csv?plan=&said=&least=").data == client.get(f"{FILE}.csv").data


def test_no_value_widens_the_answer(client: FlaskClient) -> None:
    for value in ('" } UNION { ?action ?p ?words } #', "\\u0022 } #", "service <x> {", "\u202e", "\n"):
        response = client.get(f"{FILE}.csv?said={quote(value)}")
        assert response.status_code == 200
        assert response.text.splitlines() == ["action,words"]


def test_the_page_shows_why_columns_query_and_result(client: FlaskClient) -> None:
    text = client.get(FILE).text
    for words in ("Actions &lt;b&gt;show&lt;/b&gt;", "its words", "VALUES ?plan { UNDEF }", "2 rows"):
        assert words in text
    assert "<script>" not in text
    assert "Ask &lt;script&gt;alert(1)&lt;/script&gt; &amp; listen" in text
    assert 'href="/id/plan/alder-2012/action/1"' in text


def test_the_form_offers_the_choices_and_keeps_what_was_given(client: FlaskClient) -> None:
    text = client.get(f"{FILE}?plan=birch-2013&said=%22%3E%3Cb%3E").text
    assert '<option value="birch-2013" selected>' in text
    assert "alder-2012 – Alder &lt;em&gt;first" in text
    assert 'value="&#34;&gt;&lt;b&gt;"' in text
    assert "0 rows" in text
    assert f"{FILE}.csv?plan=birch-2013&amp;said=%22%3E%3Cb%3E" in text


def test_a_wrong_value_comes_back_with_the_form(client: FlaskClient) -> None:
    response = client.get(f"{FILE}?least=ten&said=Say", headers={"Accept": "text/html"})
    assert response.status_code == 400
    assert "takes a whole number" in response.text
    assert 'value="ten"' in response.text
    assert 'value="Say"' in response.text
    assert "<table" not in response.text


def test_the_index_lists_all_by_subject_and_for_programs(client: FlaskClient) -> None:
    assert f'href="{FILE}"' in client.get("/questions/").text
    [listed] = client.get("/questions/", headers={"Accept": "application/json"}).json["questions"]
    assert [each["name"] for each in listed["parameters"]] == ["plan", "said", "least"]
    for address in listed["files"].values():
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "path", ["/questions/none", "/questions/99", "/questions/99.csv", f"{FILE}.ttl", f"{FILE}.exe"]
)
def test_what_is_not_there_is_404(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_construct_question_comes_as_triples(source: EmbeddedSource, tmp_path: Path) -> None:
    header = "#+ question: What?\n#+ why: So.\n#+ columns:\n#+   none: none\n"
    (tmp_path / "02-all.rq").write_text(f"{header}CONSTRUCT {{ ?s a ?c }} WHERE {{ ?s a ?c }}", encoding="utf-8")
    (tmp_path / "03-any.rq").write_text(f"{header}ASK {{ ?s a ?c }}", encoding="utf-8")
    client = create_app(source, [read_question(path) for path in sorted(tmp_path.glob("*.rq"))]).test_client()
    assert len(rdflib.Graph().parse(data=client.get("/questions/02-all.ttl").text)) == 4
    assert client.get("/questions/02-all.csv").status_code == 404
    assert client.get("/questions/03-any.json").json["boolean"] is True


@pytest.fixture(scope="module")
def real() -> tuple[FlaskClient, tuple[Question, ...]]:
    """The saved questions over the graph that is committed."""
    questions = read_questions(ROOT / "queries" / "questions")
    return create_app(DirectSource(load_store(ROOT / "data" / "ttl")), questions).test_client(), questions


@pytest.mark.parametrize("name", ["01-plans-side-by-side", "13-who-leads-most", "40-one-indicator-different-targets"])
def test_a_spreadsheet_gets_the_golden_answer(real: tuple[FlaskClient, tuple[Question, ...]], name: str) -> None:
    found = list(csv.reader(io.StringIO(real[0].get(f"/questions/{name}.csv").text, newline="")))
    with (ROOT / "tests" / "questions" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert found == list(csv.reader(file))


def test_each_default_is_among_the_choices(real: tuple[FlaskClient, tuple[Question, ...]]) -> None:
    """So that every parameter with choices takes its own default, and its choices are found in the graph."""
    client, questions = real
    for question in questions:
        for parameter in question.parameters:
            if parameter.choices is not None:
                refused = problem(
                    client.get(f"/questions/{question.address}.csv?{parameter.name}=nonesuch"), parameter.name
                )
                if parameter.default is not None:
                    given = client.get(f"/questions/{question.address}.rq?{parameter.name}={quote(parameter.default)}")
                    assert given.text == fill_question(question, {parameter.name: parameter.default})
                    assert refused["example"] == parameter.default
