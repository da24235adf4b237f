"""Boroughs and years side by side, over the published graph: every number is what the graph says, and opens to it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from urllib.parse import quote

import html5rdf
import pytest
from flask.testing import FlaskClient

from cyppgraph.store import EmbeddedSource, read_rows
from cyppgraph.web import create_app
from cyppgraph.web.comparison import blueprint
from cyppgraph.web.display import sheets
from served import open_source

ROOT = Path(__file__).parents[2]
PAGE = {"Accept": "text/html"}
CROYDON = "/compare/later?earlier=croydon-2013&later=croydon-2021"
ATTACK = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def site(published: EmbeddedSource) -> FlaskClient:
    return create_app(published).test_client()


def ask(published: EmbeddedSource, query: str) -> list[tuple[str, ...]]:
    rows = read_rows(published.edition(), query)
    return [tuple(str(getattr(term, "value", "") or "") for term in row) for row in rows]


def read_csv(client: FlaskClient, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.mimetype == "text/csv"
    return list(csv.reader(io.StringIO(response.get_data(as_text=True), newline="")))


def read_tables(client: FlaskClient, address: str) -> list[list[list[str]]]:
    """Return the cells of every table of a page."""
    response = client.get(address, headers=PAGE)
    assert response.status_code == 200, address
    page = html5rdf.parse(response.get_data(as_text=True), namespaceHTMLElements=False)
    return [
        [["".join(cell.itertext()).strip() for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
        for table in page.iter("table")
    ]


def squeeze(rows: list[list[str]]) -> list[list[str]]:
    return [[" ".join(cell.split()) for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("by", "predicate"), [("topic", "dct:subject"), ("outcome", "cypp:everyChildMatters")], ids=["topic", "outcome"]
)
def test_the_matrix_counts_what_the_graph_links(
    site: FlaskClient, published: EmbeddedSource, by: str, predicate: str
) -> None:
    found = ask(
        published,
        "SELECT DISTINCT ?element ?heading ?plan "
        f"{{ ?element {predicate} ?heading ; cypp:inPlan/dct:identifier ?plan }}",
    )
    plans = sorted({plan for _, _, plan in found})
    shown = {plan: read_csv(site, f"/compare?by={by}&plan={plan}&format=csv") for plan in plans}
    counted = {(row[2], plan): int(row[1]) for plan, rows in shown.items() for row in rows[1:]}
    expected = {
        (heading, plan): sum((where, whose) == (heading, plan) for _, where, whose in found)
        for heading, plan in counted
    }
    assert counted == expected
    assert sum(counted.values()) == len(found), "no heading is left out"


def test_all_topics_and_the_five_outcomes_have_a_row(site: FlaskClient, published: EmbeddedSource) -> None:
    outcomes = [row[0] for row in read_csv(site, "/compare?by=outcome&format=csv")[1:]]
    assert len(outcomes) == 5
    topics = ask(
        published,
        "SELECT DISTINCT ?t { [] dct:subject ?t . ?t skos:inScheme <https://w3id.org/cyppgraph/id/scheme/topic> }",
    )
    assert {row[-1] for row in read_csv(site, "/compare?format=csv")[1:]} >= {iri for (iri,) in topics}


def test_each_cell_opens_to_as_many_statements_as_it_shows(site: FlaskClient) -> None:
    page = html5rdf.parse(site.get("/compare", headers=PAGE).get_data(as_text=True), namespaceHTMLElements=False)
    row = next(row for row in page.iter("tr") if "NEET and participation at 16-19" in "".join(row.itertext()))
    cells = [(cell, cell.find("a")) for cell in row.iter("td")]
    assert len(cells) == 5
    for cell, link in cells:
        number = int("".join(cell.itertext()))
        opened = len(read_tables(site, link.get("href"))[0]) - 1 if link is not None else 0
        assert opened == number


@pytest.mark.parametrize(
    "address",
    [
        "/compare?by=outcome",
        "/compare/statements?topic=care-leavers&plan=croydon-2013&plan=croydon-2021",
        "/compare/two?left=southend-2011&right=thurrock-2012&topic=bullying",
        CROYDON,
    ],
)
def test_the_file_has_what_the_table_shows(site: FlaskClient, address: str) -> None:
    table = squeeze(read_tables(site, address)[1 if address == CROYDON else 0])
    file = squeeze(read_csv(site, f"{address}&format=csv"))
    assert [row[: len(table[0])] for row in file] == table
    assert file[0][-1] == "IRI"


def test_of_many_statements_no_more_plans_are_read_than_a_page_shows(
    published: EmbeddedSource, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/compare/statements?topic=workforce"
    client = create_app(published).test_client()
    [whole] = read_tables(client, address)
    monkeypatch.setattr(sheets, "MOST_SHOWN", 3)
    monkeypatch.setattr(blueprint, "MOST_SHOWN", 3)
    client = create_app(published).test_client()
    asked.clear()
    page = client.get(address, headers=PAGE).get_data(as_text=True)
    assert f"{len(whole) - 1} statements, in the plans’ words" in page
    assert f"The first 3 of {len(whole) - 1} rows; the file has all" in page
    [shown] = read_tables(client, address)
    assert shown == whole[:4]
    assert all("croydon-2013" in query and "thurrock-2012" not in query for query in asked if "?_words" in query)
    assert asked
    assert len(read_csv(client, f"{address}&format=csv")) == len(whole)


def test_two_plans_stand_side_by_side(site: FlaskClient, published: EmbeddedSource) -> None:
    page = site.get("/compare/two?left=southend-2011&right=thurrock-2012&topic=bullying", headers=PAGE)
    both = " ".join(page.get_data(as_text=True).split())
    assert both.index("Southend-on-Sea 2011") < both.index("Thurrock 2012")
    assert "does not mean that one answers the other" in both
    rows = read_csv(site, "/compare/two?left=southend-2011&right=thurrock-2012&topic=bullying&format=csv")
    independent = ask(
        published,
        'SELECT DISTINCT ?e { VALUES ?id { "southend-2011" "thurrock-2012" } '
        "?e dct:subject topic:bullying ; cypp:inPlan/dct:identifier ?id }",
    )
    assert sorted(row[-1] for row in rows[1:]) == sorted(iri for (iri,) in independent)


@pytest.mark.parametrize(("part", "plan"), [("dropped", "croydon-2013"), ("new", "croydon-2021")])
def test_what_has_no_link_is_what_the_saved_question_says(
    site: FlaskClient, published: EmbeddedSource, part: str, plan: str
) -> None:
    question = (ROOT / "queries" / "questions" / "43-not-taken-up-again.rq").read_text(encoding="utf-8")
    if part == "new":  # the question with the two plans changed about, as it says itself
        first, second = 'VALUES ?earlier { "croydon-2013" }', 'VALUES ?later { "croydon-2021" }'
        assert first in question and second in question
        question = question.replace(first, 'VALUES ?earlier { "croydon-2021" }')
        question = question.replace(second, 'VALUES ?later { "croydon-2013" }')
    asked = {row[-1] for row in ask(published, question)}
    shown = read_csv(site, f"{CROYDON}&part={part}&format=csv")[1:]
    assert asked and {row[-1] for row in shown if not row[1]} == asked, "others stand under one of these"
    assert all(f"/plan/{plan}/" in row[-1] for row in shown)


@pytest.mark.parametrize(
    ("plan", "other", "apart", "near"),
    [
        ("croydon-2013", "croydon-2021", "dropped", "near-earlier"),
        ("croydon-2021", "croydon-2013", "new", "near-later"),
    ],
)
def test_every_commitment_is_told_of_once(
    site: FlaskClient, published: EmbeddedSource, plan: str, other: str, apart: str, near: str
) -> None:
    def find(pattern: str) -> set[str]:
        ids = f'?e cypp:inPlan/dct:identifier "{plan}" ; a cypp:Commitment . ?o cypp:inPlan/dct:identifier "{other}" .'
        return {iri for (iri,) in ask(published, f"SELECT DISTINCT ?e {{ {ids} {pattern} }}")}

    link = "(cypp:takesUpAgain|^cypp:takesUpAgain|cypp:sameActionAs|^cypp:sameActionAs)"
    every, linked = find(""), find(f"?e {link} ?o")
    under = find(f"?e cypp:partOf+ ?above . ?above a cypp:Commitment ; {link} ?o") - linked
    over = find(f"?under cypp:partOf+ ?e ; {link} ?o") - linked
    lists = {
        part: [row[-1] for row in read_csv(site, f"{CROYDON}&part={part}&format=csv")[1:]] for part in (apart, near)
    }
    assert sorted([*lists[apart], *lists[near], *linked]) == sorted(every)
    known = {row[-1]: row[5] for row in read_csv(site, f"{CROYDON}&part={near}&format=csv")[1:]}
    assert {iri for iri, told in known.items() if told.endswith("stands under one that was kept")} == under
    assert {iri for iri, told in known.items() if "; something under it" in told} == over - under
    assert all(told.startswith("no link of its own; ") for told in known.values())
    counts = read_csv(site, f"{CROYDON}&part=counts&format=csv")
    column = 1 if plan == "croydon-2013" else 2
    numbers = [int(row[column]) for row in counts[1:]]
    assert numbers[-1] == sum(numbers[:-1]) == len(every)
    assert numbers[:2] == [len(linked), len(lists[near])]


def test_what_stands_under_another_follows_it(site: FlaskClient) -> None:
    """In the words of the one above it, with a link there."""
    rows = read_csv(site, f"{CROYDON}&part=dropped&format=csv")[1:]
    above = ""
    for row in rows:
        above = above if row[1] else row[3]
        assert row[1] in ("", above)
    assert sum(bool(row[1]) for row in rows) > 20
    [parent] = {row[-1] for row in rows if row[3] == "Reducing childhood obesity"}
    page = site.get(CROYDON, headers=PAGE).get_data(as_text=True)
    assert page.count(f'href="/doc{parent.partition("/id")[2]}"') > 5


def test_a_topic_that_is_shared_is_counted_in_the_other_plan(site: FlaskClient) -> None:
    rows = read_csv(site, f"{CROYDON}&part=dropped&format=csv")[1:]
    counts = {row[0]: row[1] for row in read_csv(site, "/compare?plan=croydon-2021&format=csv")[1:]}
    told = [topic.rpartition(" ") for row in rows if row[5] != "none was given" for topic in row[5].split("; ")]
    assert told
    assert all(number == f"({counts[label]})" for label, _, number in told)


def test_what_readers_decided_is_told_from_a_shared_topic(site: FlaskClient, published: EmbeddedSource) -> None:
    decided = dict(
        ask(
            published,
            "SELECT ?status (COUNT(DISTINCT ?l) AS ?n) { ?l rdf:predicate cypp:takesUpAgain ; "
            "cypp:linkStatus/skos:notation ?status } GROUP BY ?status",
        )
    )
    page = " ".join(site.get(CROYDON, headers=PAGE).get_data(as_text=True).split())
    assert f"Decided by a reader:</strong> {decided['accepted']} pairs" in page
    assert f"and {decided['rejected']} that look alike but were rejected" in page
    assert "Nobody has decided that any of them continues this one" in page
    assert len(read_csv(site, f"{CROYDON}&part=rejected&format=csv")) - 1 == int(decided["rejected"])


@pytest.mark.parametrize(
    ("address", "help_"),
    [
        ("/compare?plan=nowhere-1999", "croydon-2013"),
        ("/compare?by=colour", "outcome"),
        ("/compare/statements?topic=dragons", "neet"),
        ("/compare/statements?topic=neet&plan=nowhere-1999", "thurrock-2012"),
        ("/compare/statements?outcome=be-rich", "be-healthy"),
        ("/compare/two?left=croydon-2013&topic=neet", "right="),
        ("/compare/later?earlier=croydon-2013&later=thurrock-2012", "earlier=croydon-2013&later=croydon-2021"),
        (f"{CROYDON}&part=middle", "dropped"),
        ("/compare/indicator/figures.csv?iri=none", "iri=https://"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(site: FlaskClient, address: str, help_: str) -> None:
    response = site.get(address)
    assert response.status_code == 404
    assert help_ in response.json["detail"]


def test_a_copy_that_is_still_right_is_not_sent_again(site: FlaskClient) -> None:
    first = site.get("/compare", headers=PAGE)
    again = site.get("/compare", headers={**PAGE, "If-None-Match": first.headers["ETag"]})
    other = site.get("/compare?by=outcome", headers={**PAGE, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, other.status_code) == (304, 200)


def test_what_the_data_and_an_address_say_is_text(tmp_path: Path) -> None:
    folder = tmp_path / "ttl"
    folder.mkdir()
    words = f'"{ATTACK}"'
    (folder / "bad.ttl").write_text(
        "@prefix cypp: <https://w3id.org/cyppgraph/ontology#> . @prefix dct: <http://purl.org/dc/terms/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix i: <https://w3id.org/cyppgraph/id/> .\n"
        f"<https://w3id.org/cyppgraph/id/plan/bad> a cypp:Plan ; dct:identifier {words} ; dct:title {words} .\n"
        f"<https://w3id.org/cyppgraph/id/plan/bad/action/1> a cypp:Action ; cypp:statement {words} ;\n"
        "  cypp:inPlan <https://w3id.org/cyppgraph/id/plan/bad> ;\n"
        "  dct:subject <https://w3id.org/cyppgraph/id/scheme/topic/t> .\n"
        f"<https://w3id.org/cyppgraph/id/scheme/topic/t> skos:prefLabel {words} ;\n"
        "  skos:inScheme <https://w3id.org/cyppgraph/id/scheme/topic> .\n",
        encoding="utf-8",
    )
    with open_source(folder, tmp_path / "snapshots") as source:
        client = create_app(source).test_client()
        for address in ("/compare", "/compare/statements?topic=t", f"/compare?plan={quote(ATTACK)}"):
            page = client.get(address, headers=PAGE).get_data(as_text=True)
            assert "<script" not in page
            assert "&lt;script&gt;" in page
