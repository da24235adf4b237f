"""Any query on a page: the answer is right and says how much of it is shown, errors stand at their place, code runs."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse as Response

from cyppgraph.queries import read_questions
from cyppgraph.store import FORMATS, AnswerKind, Edition, EmbeddedSource, LimitError, Limits, formats_for, read_rows
from cyppgraph.web import create_app
from cyppgraph.web.asking import answers, words
from web.conftest import ROOT

ALL = "SELECT * { ?s ?p ?o }"
COUNTS = (
    "SELECT ?plan (COUNT(*) AS ?n) { ?a a cypp:Action ; cypp:inPlan/dct:identifier ?plan } GROUP BY ?plan ORDER BY ?n"
)
# every sign that could end the text that it stands in: quotes of all kinds, a backslash, a raw string's end, a variable
NASTY = 'SELECT ?x { BIND ("it\'s $HOME `x` \\"\\"\\" )-\\" \\\\ é" AS ?x) } # \'\'\' """ )--" EOF'
SAID = 'it\'s $HOME `x` """ )-" \\ é'


@pytest.fixture(scope="module")
def ask(published: EmbeddedSource) -> FlaskClient:
    questions = read_questions(ROOT / "queries" / "questions")
    return create_app(published, questions, ontology=ROOT / "ontology").test_client()


def read(client: FlaskClient, status: int = 200, **fields: str) -> str:
    response = client.get("/ask", query_string=fields)
    assert response.status_code == status
    return response.text


def rows(page: str) -> list[list[str]]:
    body = re.search(r"<tbody>(.*)</tbody>", page, re.DOTALL)
    found = re.findall(r"<tr>(.*?)</tr>", body[1] if body else "", re.DOTALL)
    return [
        [" ".join(html.unescape(re.sub(r"<[^>]+>", "", cell)).split()) for cell in re.findall(r"<td.*?</td>", row)]
        for row in found
    ]


def test_the_address_holds_the_query_and_its_answer(ask: FlaskClient, published: EmbeddedSource) -> None:
    page = read(ask, query=COUNTS)
    assert html.escape(COUNTS, quote=False) in html.unescape(page) or COUNTS in html.unescape(page)
    expected = [[term.value for term in row] for row in read_rows(published.edition(), COUNTS)]  # type: ignore[union-attr]
    assert rows(page) == expected
    assert "5 rows." in page
    for name in ("json", "xml", "csv", "tsv"):
        address = html.unescape(re.search(rf'href="(/sparql\?[^"]+format={name})"', page)[1])  # type: ignore[index]
        assert ask.get(address).status_code == 200


def test_a_long_answer_says_how_many_rows_there_are(ask: FlaskClient, published: EmbeddedSource) -> None:
    [(count,)] = read_rows(published.edition(), "SELECT (COUNT(*) AS ?n) { ?s a ?c }")
    page = read(ask, query="SELECT ?s ?c { ?s a ?c }")
    assert f"The first 500 of {int(count.value):,} rows" in page  # type: ignore[union-attr]
    assert len(rows(page)) == 500


def test_things_are_called_by_name_and_lead_to_their_pages(ask: FlaskClient) -> None:
    page = read(ask, query="SELECT * { VALUES ?a { topic:neet cypp:Action foaf:Person } }")
    assert [row[0] for row in rows(page)] == [
        "NEET and participation at 16-19 topic:neet",
        "action cypp:Action",
        "foaf:Person",
    ]
    for address in (
        'href="/id/scheme/topic/neet"',
        'href="/ontology#Action"',
        'href="http://xmlns.com/foaf/0.1/Person"',
    ):
        assert address in page
    named = read(ask, query="SELECT * { ?p a cypp:Plan ; dct:title ?t }")
    assert {row[0] for row in rows(named)} >= {"id:plan/croydon-2013"}, "a name that the row says is not said twice"


def test_values_are_written_for_people_and_say_what_they_are(ask: FlaskClient) -> None:
    values = '"2013-04-01"^^xsd:date true 7 2.5 "deux"@fr "2013"^^xsd:gYear UNDEF'
    page = read(ask, query=f"SELECT * {{ VALUES ?v {{ {values} }} }}")
    assert [row[0] for row in rows(page)] == ["1 April 2013", "yes", "7", "2.5", "deux", "2013", ""]
    assert 'data-value="2013-04-01"' in page
    assert 'lang="fr"' in page
    assert "N <small><code>?n</code> whole number</small>" in read(ask, query="SELECT (7 AS ?n) {}")


def test_headings_are_words_and_the_variable_is_still_told(ask: FlaskClient) -> None:
    query = """SELECT ?plan ?planLabel ?topicLabel ?no_target ?NEETRate ?planB ?iri ?year2 ?n
    { VALUES (?plan ?planLabel ?topicLabel ?no_target ?NEETRate ?planB ?iri ?year2 ?n) { (1 2 3 4 5 6 7 8 9) } }"""
    page = read(ask, query=query, chart="bar", x="no_target", y="NEETRate")
    [names] = re.findall(r"<thead>(.*?)</thead>", page, re.DOTALL)
    assert re.findall(r'data-name="(\w+)"[^>]*>([^<]*) <small><code>\?(\w+)</code>', names) == [
        (name, heading, name)
        for name, heading in (
            ("plan", "Plan"),
            ("planLabel", "Plan label"),
            ("topicLabel", "Topic"),
            ("no_target", "No target"),
            ("NEETRate", "NEET rate"),
            ("planB", "Plan B"),
            ("iri", "IRI"),
            ("year2", "Year 2"),
            ("n", "N"),
        )
    ]
    assert "<strong>NEET rate by No target</strong>" in page
    assert '<option value="no_target" selected>No target</option>' in page
    saved = ask.get("/sparql", query_string={"query": query, "format": "csv"}).text
    assert saved.startswith("plan,planLabel,topicLabel,no_target,NEETRate,planB,iri,year2,n\r\n")
    question = ask.get("/questions/01-plans-side-by-side").text
    assert "<dt>IRI <code>?iri</code></dt>" in question
    assert 'data-name="iri">IRI <small><code>?iri</code>' in question


def test_a_yes_or_no_and_triples(ask: FlaskClient) -> None:
    assert "<strong>Yes.</strong>" in read(ask, query="ASK { ?s a cypp:Plan }")
    assert "<strong>No.</strong>" in read(ask, query="ASK { ?s a cypp:Person }")
    page = read(ask, query="CONSTRUCT { ?s a cypp:Plan } WHERE { ?s a cypp:Plan }")
    assert "5 statements." in page
    assert {row[2] for row in rows(page)} == {"plan cypp:Plan"}
    assert "format=ttl" in page


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT * {\n  ?s a FILTR }", 2, 8),
        ("SELECT * {\r\n\t?s a FILTR }", 2, 7),
        ("SELECT * { ?s nope:x ?o }", 1, 15),
    ],
)
def test_an_error_is_shown_at_its_place(ask: FlaskClient, query: str, line: int, column: int) -> None:
    page = read(ask, 400, query=query)
    assert f"Line {line}, column {column}: " in page
    assert f'data-line="{line}" data-column="{column}"' in page
    quoted, mark = re.search(r"<bdo[^>]*>(.*?)\n(.*?)</bdo>", page, re.DOTALL).groups()  # type: ignore[union-attr]
    assert quoted == query.split("\n")[line - 1]
    assert mark == re.sub(r"[^\t]", " ", quoted[: column - 1]) + "^ here"
    assert '<a href="#query">' in page
    assert "Error: Ask in SPARQL" in page
    assert "<table" not in page


def test_a_limit_is_told_with_what_helps(published: EmbeddedSource) -> None:
    narrow = create_app(published, limits=Limits(rows=100)).test_client()
    page = read(narrow, 503, query=ALL)
    assert "more than 100 rows" in page
    assert "LIMIT 100" in page
    assert 'href="/dumps/"' in page


def test_where_counting_comes_to_a_limit_the_rows_are_shown_and_the_reason_is_told(published: EmbeddedSource) -> None:
    page = read(create_app(published, limits=Limits(rows=20_000)).test_client(), query=ALL)
    assert len(rows(page)) == 500
    assert "How many there are in all is not known: The answer has more than 20,000 rows" in page


def test_counting_is_given_up_before_it_takes_long(ask: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "_COUNTED_SECONDS", 0.0)
    page = read(ask, query=f"{ALL} # counted no further")
    assert "The first 500 rows. How many there are in all is not known: they were not all counted" in page


def test_a_name_that_the_vocabulary_lacks_is_noted(ask: FlaskClient) -> None:
    for query, near in (
        ("SELECT * { ?s a cypp:Acton }", "cypp:Action"),
        ("PREFIX c: <https://w3id.org/cyppgraph/ontology#>\nSELECT * { ?s c:Statment ?o }", "c:statement"),
        ("ASK { ?s a <https://w3id.org/cyppgraph/ontology#plan> }", "&lt;https://w3id.org/cyppgraph/ontology#Plan&gt;"),
    ):
        assert f"Did you mean <code>{near}</code>?" in read(ask, query=query)
    assert "is no term" not in read(ask, query='SELECT * { ?s a cypp:Action } # cypp:Foo "cypp:Bar"')


def test_the_questions_have_the_same_subjects_wherever_they_are_folded(ask: FlaskClient) -> None:
    questions = read_questions(ROOT / "queries" / "questions")
    expected = {
        (tag.capitalize(), sum(tag in each.tags for each in questions)) for one in questions for tag in one.tags
    }
    first = {each for each in expected if each[0] == "To begin with"}
    for path, left_out in (("/", first), ("/questions/", first), ("/ask", set())):
        folds = re.findall(r"__summary-text\">([^<(]+) \((\d+)\)", ask.get(path).text)
        told = {(name, int(number)) for name, number in folds if not name.startswith("Prefixes")}
        assert told == expected - left_out
        assert len(told) > 5


def test_each_saved_question_opens_with_its_values(ask: FlaskClient) -> None:
    page = read(ask, question="03-what-a-council-put-first", borough="southend")
    assert '<option value="southend" selected>' in page
    assert 'VALUES ?borough { "southend" }' in html.unescape(page)
    assert "#+ why" not in page
    assert {row[0] for row in rows(page)} == {"southend-2011"}
    wrong = read(ask, 400, question="03-what-a-council-put-first", borough="nowhere")
    assert '<a href="#borough">' in wrong
    assert 'id="borough-error"' in wrong
    assert "There is no question" in read(ask, 400, question="99-none")
    assert 'href="/ask?question=03-what-a-council-put-first&amp;borough=southend"' in (
        ask.get("/questions/03-what-a-council-put-first?borough=southend").text
    )


def test_a_page_asks_twice_whatever_it_finds(ask: FlaskClient, asked: list[str]) -> None:
    for query in (COUNTS, "SELECT * { ?s a cypp:Action } LIMIT 1", "SELECT * { ?s a cypp:Action } LIMIT 500"):
        asked.clear()
        read(ask, query=query + " # once")
        assert len(asked) <= 2
    asked.clear()
    read(ask)
    assert asked == []


def test_the_words_of_the_editor_are_those_of_the_data(ask: FlaskClient, asked: list[str]) -> None:
    response = ask.get("/ask/words.json")
    words = json.loads(response.text)
    properties = {each["name"]: each for each in words["properties"]}
    assert properties["cypp:due"]["uses"] > 500
    assert "due" in properties["cypp:due"]["means"]
    assert "cypp:hasLead" in words["of"]["cypp:Action"]
    assert "cypp:amount" not in words["of"]["cypp:Action"]
    assert "time-kind:by" in words["values"]["cypp:timeKind"]
    [neet] = [each for each in words["things"] if each["name"] == "topic:neet"]
    assert neet["label"] == "NEET and participation at 16-19"
    assert words["prefixes"]["dct"] == "http://purl.org/dc/terms/"
    assert len(asked) <= 5
    again = ask.get("/ask/words.json", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, len(response.data) < 400_000) == (304, True)


def test_what_takes_too_long_to_count_is_not_offered_and_the_rest_is(
    published: EmbeddedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_texts = words.read_texts

    def limit(edition: Edition, query: str) -> list[tuple[str, ...]]:
        if query in (words._USES_BY_CLASS, words._THINGS):
            raise LimitError("time", 30.0)
        return read_texts(edition, query)

    monkeypatch.setattr(words, "read_texts", limit)
    offered = json.loads(json.dumps(words.gather_words(published.edition(), None)))
    assert (offered["of"], "cypp:Action" in {each["name"] for each in offered["classes"]}) == ({}, True)
    assert "time-kind:by" in offered["values"]["cypp:timeKind"]


def test_every_name_that_the_editor_offers_can_be_asked(ask: FlaskClient, published: EmbeddedSource) -> None:
    words = json.loads(ask.get("/ask/words.json").text)
    names = [each["name"] for kind in ("classes", "properties", "things") for each in words[kind]]
    known = "{ ?n ?a ?b } UNION { ?c ?n ?d } UNION { ?e a ?n }"
    query = f"SELECT (COUNT(?n) AS ?k) {{ VALUES ?n {{ {' '.join(names)} }} FILTER EXISTS {{ {known} }} }}"
    [(found,)] = read_rows(published.edition(), query)
    assert int(found.value) == len(names)  # type: ignore[union-attr]


def test_an_answer_is_drawn_as_it_says(ask: FlaskClient) -> None:
    page = read(ask, query=COUNTS, chart="bar", x="plan", y="n")
    said = re.search(r'id="plot-said">(.*?)</p>', page)[1]  # type: ignore[index]
    for plan, number in rows(page):
        assert f"{plan}: {number}." in said
    widths = [float(each) for each in re.findall(r'<rect x="0.0%" y="2" width="([0-9.]+)%"', page)]
    numbers = [int(number) for _, number in rows(page)]
    assert widths == pytest.approx([number / max(numbers) * max(widths) for number in numbers], abs=0.01)
    assert 50 < max(widths) < 90, "the bars use the width, and leave room for the figures"
    assert '<option value="plan" selected>' in page


def test_years_are_drawn_as_lines_and_what_cannot_be_drawn_is_said(ask: FlaskClient) -> None:
    query = "SELECT * { VALUES (?year ?area ?n) { (2010 'A' 1) (2012 'A' 3) (2011 'B' -2) (2013 'B' 5) } }"
    page = read(ask, query=query, chart="line", x="year", y="n", colour="area")
    assert page.count("<polyline") == 2
    assert "A, 2010: 1." in page
    assert page.count("<polyline") - read(ask, query=query, chart="point", x="year", y="n").count("<polyline") == 2
    assert "holds no days or years" in read(ask, query=query, chart="line", x="area", y="n")
    assert read(ask, query=query, chart="bar", x="area", y="n").count("<rect x=") == 4
    assert 'id="chart"' not in read(ask, query="SELECT ?t { ?p dct:title ?t }")
    assert "drawn; the table has 60 more" in read(
        ask, query="SELECT ?s ?n { ?s cypp:position ?n } LIMIT 100", chart="bar", x="s", y="n"
    )


def test_saved_questions_are_drawn_and_sorted_too(ask: FlaskClient) -> None:
    page = ask.get("/questions/13-who-leads-most?chart=bar").text
    assert 'class="app-table app-sortable' in page
    assert 'id="plot-said">' in page
    assert "httr2" in page
    assert ask.get("/questions/13-who-leads-most?charts=bar").status_code == 400


def test_what_a_literal_says_stays_text(client: FlaskClient) -> None:
    page = read(client, query=ALL, chart="bar")
    assert "<script>" not in page
    assert "Ask &lt;script&gt;alert(1)&lt;/script&gt; &amp; listen" in page
    attack = '"><script>alert(1)</script>'
    for fields in (
        {"query": attack},
        {"query": ALL, "x": attack},
        {"question": attack},
        {"question": "1", "said": attack},
    ):
        assert "<script>" not in client.get("/ask", query_string=fields).text


def test_a_page_is_not_sent_again_unless_it_differs_each_time(ask: FlaskClient) -> None:
    first = ask.get("/ask", query_string={"query": COUNTS})
    again = ask.get("/ask", query_string={"query": COUNTS}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert ask.get("/ask", query_string={"query": "SELECT (NOW() AS ?n) {}"}).headers["Cache-Control"] == "no-store"


LONG = COUNTS + "\n# more" * 2_000
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def test_a_short_query_that_is_posted_leads_to_its_address(ask: FlaskClient) -> None:
    query = "SELECT ?a {\r\n?a a cypp:Plan\r\n}"
    led = ask.post("/ask", data={"query": query, "chart": "bar"})
    assert (led.status_code, led.headers["Cache-Control"]) == (303, "no-store")
    address = urlsplit(led.headers["Location"])
    assert (address.path, address.netloc) == ("/ask", "")
    assert parse_qs(address.query) == {"query": [query.replace("\r\n", "\n")], "chart": ["bar"]}
    assert ask.post("/ask", data={"query": " "}).headers["Location"] == "/ask"
    assert (
        ask.post("/ask", data={"question": "3", "borough": "southend"})
        .headers["Location"]
        .endswith("?question=3&borough=southend")
    )


def test_the_longest_query_that_leads_to_an_address_fits_it(ask: FlaskClient) -> None:
    def post(length: int) -> Response:
        return ask.post("/ask", data={"query": "ASK{}#".ljust(length, "x")})

    low, high = 1_000, 9_000
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if post(middle).status_code == 303 else (low, middle)
    address = "http://localhost" + post(low).headers["Location"]
    assert 7_000 < len(address) < 8_000, "what RFC 9110 has everybody take, and room for how it is looked at"
    assert post(high).status_code == 200


def test_a_long_query_is_answered_in_place_and_not_kept(ask: FlaskClient) -> None:
    answered = ask.post("/ask", data={"query": LONG.replace("\n", "\r\n"), "chart": "bar", "x": "plan", "y": "n"})
    assert answered.status_code == 200
    assert answered.headers["Cache-Control"] == "no-store"
    assert not {"ETag", "Last-Modified", "Location"} & {*answered.headers.keys()}
    page = answered.text
    assert rows(page) == rows(read(ask, query=COUNTS))
    assert 'id="plot-said">' in page
    assert "too long for an address" in page
    assert "too long for an address" not in read(ask, query=COUNTS)
    assert all(len(found) < 8_000 for found in re.findall(r'(?:href|action|data-rows)="([^"]*)"', page))
    wrong = ask.post("/ask", data={"query": LONG + "\nFILTR"})
    assert (wrong.status_code, wrong.headers["Cache-Control"]) == (400, "no-store")
    assert f"Line {LONG.count(chr(10)) + 2}, column 1: " in wrong.text


@pytest.mark.parametrize("kind", AnswerKind)
def test_each_file_of_a_long_answer_is_had_by_its_form(ask: FlaskClient, kind: AnswerKind) -> None:
    more = "\n# more" * 2_000
    queries = {
        AnswerKind.ROWS: 'SELECT ?t (STRLEN(?t) AS ?n) { BIND ("""a\nb""" AS ?t) }',
        AnswerKind.TRUTH: 'ASK { FILTER (STRLEN("""a\nb""") = 3) }',
        AnswerKind.TRIPLES: 'CONSTRUCT { ?p a ?c } { ?p a ?c FILTER (?c = cypp:Plan && STRLEN("""a\nb""") = 3) }',
    }
    page = ask.post("/ask", data={"query": queries[kind] + more}).text
    form = re.search(r'<form class="app-downloads" action="([^"]*)" method="post">(.*?)</form>', page, re.DOTALL)
    assert form is not None
    query = html.unescape(re.search(r'name="query" value="([^"]*)"', form[2])[1])  # type: ignore[index]
    names = re.findall(r'name="format" value="([^"]*)"', form[2])
    assert names == [each.name for each in formats_for(kind)]
    for name in names:
        sent = {"query": query.replace("\n", "\r\n"), "format": name}
        saved = ask.post(form[1], data=sent, headers=BROWSER)
        assert (saved.status_code, saved.mimetype) == (200, FORMATS[name].media_type)
        assert saved.headers["Content-Disposition"] == f'attachment; filename="answer.{name}"'
        by_address = ask.get("/sparql", query_string={"query": queries[kind], "format": name})
        assert sorted(saved.text.splitlines()) == sorted(by_address.text.splitlines())
        assert "Content-Disposition" not in ask.post(form[1], data=sent).headers, "a program did not ask for that"


def test_what_is_posted_to_the_page_is_a_form_and_not_endless(ask: FlaskClient) -> None:
    assert ask.post("/ask", data="ASK {}", content_type="application/sparql-query").status_code == 415
    assert ask.post("/ask", data={"query": "#" * 1_100_000}).status_code == 413
    assert ask.post("/ask", data=b"query=%ff", content_type="application/x-www-form-urlencoded").status_code == 400


def test_a_browser_without_a_query_is_led_to_the_page(ask: FlaskClient) -> None:
    led = ask.get("/sparql", headers={"Accept": "text/html"})
    assert (led.status_code, led.headers["Location"]) == (303, "/ask")


def test_without_questions_and_vocabulary_there_is_still_the_page(source: EmbeddedSource) -> None:
    bare = create_app(source).test_client()
    assert "Saved questions" not in read(bare)
    assert "no term" not in read(bare, query="SELECT * { ?s a cypp:Foo }")
    assert json.loads(bare.get("/ask/words.json").text)["classes"]


VALUES = (
    "SELECT ?code ?word ?n ?share ?day ?said { VALUES (?code ?word ?n ?share ?day) "
    '{ ("007" "T" 12 2.5 "2013-04-01"^^xsd:date) ("" "NA" 7 UNDEF UNDEF) } BIND ("é – \\u65E5" AS ?said) }'
)
TRUE, MADE = "ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s a ?c }"


def offer(client: FlaskClient, service: str, query: str, language: str) -> str:
    """Return the code that the page offers, asking the service that runs."""
    page = client.get("/ask", query_string={"query": query}).text
    found = re.search(rf'aria-labelledby="code-{language}" tabindex="0"><code>(.*?)</code>', page, re.DOTALL)
    assert found is not None
    return html.unescape(found[1]).replace("http://localhost/sparql", f"{service}sparql")


def run(*command: str, code: str = "") -> str:
    return subprocess.run([*command], input=code, capture_output=True, text=True, check=True).stdout


def test_the_python_that_is_offered_runs(client: FlaskClient, address: str) -> None:
    for query, told in (
        (NASTY, str({"x": SAID})),
        (VALUES, "'code': '007', 'word': 'T', 'n': '12', 'share': '2.5', 'day': '2013-04-01', 'said': 'é – 日'"),
        (TRUE, "True"),
        (MADE, " a "),
        ("# what was merely dropped\n# add more, and load it\nSELECT (7 AS ?n) {}", "{'n': '7'}"),
    ):
        assert told in run(sys.executable, "-c", offer(client, address, query, "python"))


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl")
def test_the_curl_that_is_offered_runs(client: FlaskClient, address: str) -> None:
    for query, told in (
        (NASTY, '"' + SAID.replace('"', '""') + '"'),
        (VALUES, "007,T,12,2.5,2013-04-01,é – 日"),
        (TRUE, '"boolean":true'),
        (MADE, " a "),
        ("SELECT (7 AS\n# a line for itself, and many more:\n#SPARQL\n?n) {}" + "\n# more" * 20_000, "7"),
        ("PREFIX SPARQL: <urn:>\nSELECT (STR(\nSPARQL:\n) AS ?n) ('''\nSPARQL\n''' AS ?m) {}", "urn:"),
    ):
        assert told in run("sh", code=offer(client, address, query, "curl"))


def has_r() -> bool:
    """Tell whether R is here, with the packages that the code names."""
    if shutil.which("Rscript") is None:
        return False
    needed = "stopifnot(requireNamespace('httr2', quietly = TRUE), requireNamespace('jsonlite', quietly = TRUE))"
    return subprocess.run(["Rscript", "-e", needed], capture_output=True, check=False).returncode == 0


def test_the_r_that_is_offered_runs(client: FlaskClient, address: str, tmp_path: Path) -> None:
    if not has_r():
        pytest.skip("no R with httr2 and jsonlite: apt install r-cran-httr2 r-cran-jsonlite")
    told_of = "sapply(rows, class), rows$code, rows$word, is.na(rows$word), rows$n * 2, rows$said"
    tell = f'cat("\\n", {told_of}, format(rows$day + 1), sep = "|")'
    whole = "\n".join(
        [
            offer(client, address, NASTY, "r") + "\ncat(rows$x)",
            offer(client, address, VALUES, "r") + f"\n{tell}",
            offer(client, address, TRUE, "r"),
            offer(client, address, MADE, "r"),
        ]
    )
    script = tmp_path / "asked.R"
    script.write_text(whole, encoding="utf-8")
    told = run("Rscript", "--encoding=UTF-8", str(script))
    assert SAID in told
    classes = "character|character|numeric|numeric|Date|character"
    assert f"|{classes}|007|NA|T|NA|FALSE|FALSE|24|14|é – 日|é – 日|2013-04-02|NA" in told
    assert "[1] TRUE" in told
    assert "cypp:Plan" in told


def test_the_r_that_is_offered_ends_its_string_where_it_should(client: FlaskClient) -> None:
    code = offer(client, "", NASTY, "r")
    opened = re.search(r'r"(-*)\(\n', code)
    assert opened is not None
    string = code[opened.end() :].split(f'){opened[1]}"')[0]
    assert string == NASTY + "\n", "a raw string ends at the first bracket with as many dashes and a quote"


def test_a_missing_figure_breaks_the_line_and_large_ones_are_written_in_full(ask: FlaskClient) -> None:
    values = '("2010" 1000000) ("2011" UNDEF) ("2012" 1234567) ("2013" 2500000.5) ("2014" UNDEF) ("2015" 0.1234)'
    query = f"SELECT ?year ?n {{ VALUES (?text ?n) {{ {values} }} BIND (xsd:gYear(?text) AS ?year) }} ORDER BY ?year"
    page = read(ask, query=query, chart="line", x="year", y="n")
    drawn = re.findall(r'<polyline points="([^"]*)" fill="none" stroke="#', page)
    assert [len(points.split()) for points in drawn] == [2]
    labels = set(re.findall(r'class="app-chart__label"[^>]*>([^<]*)<', page))
    assert {"1,000,000", "1,234,567", "2,500,000.5", "0.123"} <= labels
    assert "e+06" not in page


def test_nought_has_no_bar_and_little_has_one(ask: FlaskClient) -> None:
    query = 'SELECT ?name ?n { VALUES (?name ?n) { ("much" 10000) ("little" 1) ("nought" 0) ("none" UNDEF) } }'
    page = read(ask, query=query, chart="bar", x="name", y="n")
    widths = [float(width) for width in re.findall(r'<rect x="[^"]*" y="2" width="([0-9.]+)%"', page)]
    assert widths == [70, 0.3, 0]
