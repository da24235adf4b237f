"""The search as people and programs use it: a page without scripts, JSON, a table; nothing that is typed breaks it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from cyppgraph.namespaces import Namespaces
from cyppgraph.queries import read_questions
from cyppgraph.store import EmbeddedSource, read_rows
from cyppgraph.web import create_app
from served import open_source

ROOT = Path(__file__).parents[2]
PAGE = {"Accept": "text/html"}
NI_117 = "/id/indicator/ni/117"


def read_page(client: FlaskClient, address: str) -> str:
    response = client.get(address, headers=PAGE)
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    return response.text


def test_a_page_links_what_was_found_and_marks_the_words(real: FlaskClient) -> None:
    page = read_page(real, "/search?q=NEET")
    assert f'href="{NI_117}"' in page
    assert "<mark>NEET</mark>" in page
    assert re.search(r"croydon-2013</span>\s*, line 178", page)
    assert read_page(real, "/search").count('type="checkbox"') > 10


def test_a_misspelt_word_is_told(real: FlaskClient) -> None:
    page = read_page(real, "/search?q=brestfeeding")
    assert "Showing results for <strong>breastfeeding</strong>" in page
    assert "<mark>Breastfeeding</mark>" in page


def test_words_that_nothing_has_give_help(real: FlaskClient) -> None:
    page = read_page(real, "/search?q=zzxxqq")
    assert "Nothing in the plans has “<bdi>zzxxqq</bdi>”" in page
    assert "/search?kind=topic" in page
    assert "Nothing was found" in page


def test_a_chosen_facet_is_kept_and_can_be_removed(real: FlaskClient) -> None:
    page = read_page(real, "/search?q=school&kind=action&year=2012&plan=southend-2011")
    assert len(re.findall(r'type="checkbox"[^>]* checked', page)) == 3
    assert 'href="/search?q=school&amp;plan=southend-2011&amp;kind=action"' in page
    listing = real.get("/search.json?q=school&kind=action&year=2012&plan=southend-2011").json
    assert listing["total"] > 0
    assert {hit["kind"] for hit in listing["hits"]} == {"action"}
    assert all(hit["plans"] == ["southend-2011"] for hit in listing["hits"])


def test_pages_follow_one_another(real: FlaskClient) -> None:
    first = real.get("/search.json?q=children").json
    seen = [hit["iri"] for hit in first["hits"]]
    for page in range(2, first["pages"] + 1):
        seen += [hit["iri"] for hit in real.get(f"/search.json?q=children&page={page}").json["hits"]]
    assert len(seen) == len(set(seen)) == first["total"]
    assert 'rel="next"' in read_page(real, "/search?q=children")


def test_the_table_has_every_hit(real: FlaskClient) -> None:
    response = real.get("/search.csv?q=children&kind=action")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    assert "attachment" in response.headers["Content-Disposition"]
    assert len(rows) == real.get("/search.json?q=children&kind=action").json["total"] > 20
    assert all(row["iri"] and row["plan"] and row["lines"] for row in rows)


@pytest.mark.parametrize("fields", ["", "q=children"])
def test_the_table_has_whole_statements(real: FlaskClient, published: EmbeddedSource, fields: str) -> None:
    said = read_rows(published.edition(), "SELECT ?it ?said { ?it cypp:inPlan ?plan ; cypp:statement ?said }")
    known = {it.value: " ".join(words.value.split()) for it, words in said}
    rows = csv.DictReader(io.StringIO(real.get(f"/search.csv?{fields}").text))
    whole = [known[row["iri"]] in " ".join(row["text"].split()) for row in rows if row["iri"] in known]
    assert len(whole) > 200
    assert all(whole)


def test_what_is_cut_says_so(real: FlaskClient) -> None:
    pages = [real.get(f"/search.json?kind=action&page={page}").json["hits"] for page in range(1, 31)]
    texts = ["".join(piece["text"] for piece in hit["snippet"]) for hits in pages for hit in hits]
    long = [text for text in texts if len(text) >= 240]
    assert long
    assert all(text.endswith("…") for text in long if len(text) <= 241)


def test_the_format_is_chosen_by_accept(real: FlaskClient) -> None:
    assert real.get("/search?q=neet", headers={"Accept": "application/json"}).mimetype == "application/json"
    assert real.get("/search?q=neet", headers={"Accept": "text/csv"}).mimetype == "text/csv"
    assert real.get("/search?q=neet", headers={"Accept": "image/png"}).status_code == 406


def test_a_copy_is_asked_about(real: FlaskClient) -> None:
    etag = real.get("/search?q=neet", headers=PAGE).headers["ETag"]
    assert real.get("/search?q=neet", headers=PAGE | {"If-None-Match": etag}).status_code == 304
    assert real.get("/search?q=leet", headers=PAGE | {"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    "fields", ["kind=nonsense", "plan=x", "year=20x2", "topic=%22", "page=0", "page=1e3", "page=-1"]
)
def test_a_wrong_value_is_named(real: FlaskClient, fields: str) -> None:
    response = real.get(f"/search.json?q=neet&{fields}")
    assert response.status_code == 400
    assert response.json["parameter"] == fields.partition("=")[0]
    assert response.json["expected"]


def test_there_is_no_page_beyond_the_last(real: FlaskClient) -> None:
    assert real.get("/search.json?q=neet&page=50").status_code == 404


@pytest.mark.parametrize(
    "words",
    ['"', "neet AND (", "%00", "%ff%fe", "x" * 10_000, "%F0%9F%98%80", "%E2%80%AEneet", "<script>alert(1)</script>"],
)
def test_whatever_is_typed_is_answered_and_escaped(real: FlaskClient, words: str) -> None:
    page = read_page(real, f"/search?q={words}")
    assert "<script" not in page


def test_what_a_statement_says_is_text(client: FlaskClient) -> None:
    page = read_page(client, "/search?q=script")
    assert "Ask &lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; &amp; listen" in page


def test_browsers_are_told_how_to_search(real: FlaskClient) -> None:
    described = real.get("/opensearch.xml")
    assert described.mimetype == "application/opensearchdescription+xml"
    assert '/search?q={searchTerms}"/>' in described.text


def test_a_change_of_the_data_is_found_at_once(tmp_path: Path) -> None:
    (tmp_path / "ttl").mkdir()
    action = "<http://e.org/a> a cypp:Action ; cypp:statement"
    head = "@prefix cypp: <https://w3id.org/cyppgraph/ontology#> . "
    (tmp_path / "ttl" / "a.ttl").write_text(f'{head}{action} "walking bus" .', encoding="utf-8")
    with open_source(tmp_path / "ttl", tmp_path / "snapshots", Namespaces(), places=1) as source:
        client = create_app(source).test_client()
        assert client.get("/search.json?q=walking").json["total"] == 1
        more = '<http://e.org/b> a cypp:Action ; cypp:statement "walking boots"'
        source.update(f"INSERT DATA {{ GRAPH <http://e.org/g> {{ {more} }} }}", (), ())
        assert client.get("/search.json?q=walking").json["total"] == 2


class Elsewhere:
    """A source whose data are on another server."""

    def __init__(self, source: EmbeddedSource) -> None:
        self._source = source

    def edition(self) -> object:
        namespaces = self._source.edition().namespaces
        return type("Remote", (), {"version": None, "modified": None, "namespaces": namespaces})()


def test_where_there_is_no_search_the_saved_question_is_offered(source: EmbeddedSource) -> None:
    saved = read_questions(ROOT / "queries" / "questions")
    client = create_app(Elsewhere(source), saved).test_client()
    page = client.get("/search?q=neet", headers=PAGE)
    assert page.status_code == 501
    assert 'href="/questions/05-a-subject-across-plans"' in page.text
    problem = client.get("/search.json?q=neet")
    assert problem.status_code == 501
    assert problem.json["instead"] == "/questions/05-a-subject-across-plans"


def test_a_version_without_the_file_is_served_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "ttl").mkdir()
    (tmp_path / "ttl" / "a.ttl").write_text("<http://e.org/a> <http://e.org/b> 1 .", encoding="utf-8")
    with open_source(tmp_path / "ttl", tmp_path / "snapshots", places=1) as source:
        source.edition().words.unlink()
        client = create_app(source).test_client()
        assert client.get("/search?q=neet").status_code == 501
        assert client.get("/").status_code == 200
