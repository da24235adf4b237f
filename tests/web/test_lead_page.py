"""The page of a lead shows all that it answers for, as printed, and what is judged of its name; its tables download."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from cyppgraph.store import EmbeddedSource, read_rows
from cyppgraph.web.display.sheets import write_rows

BROWSER = {"Accept": "text/html", "Authorization": "Basic x"}  # with it, no answer that was given before is given again
PLAN = "https://w3id.org/cyppgraph/id/plan"
LED = """
SELECT DISTINCT ?element {{
  ?element cypp:hasLead ?lead . ?lead ?by <{iri}> FILTER (?by IN (cypp:leadRole, cypp:leadPerson, cypp:leadBody))
}}"""


def read_csv(client: FlaskClient, table: str, iri: str) -> list[dict[str, str]]:
    response = client.get(f"/tables/{table}.csv", query_string={"iri": iri})
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.text)))


@pytest.mark.parametrize(
    "iri",
    [
        f"{PLAN}/southend-2011/person/elaine-hammans",
        f"{PLAN}/thurrock-2012/role/smqa",
        f"{PLAN}/richmond-2009/body/be-healthy",
    ],
)
def test_all_that_a_lead_answers_for_is_shown_and_taken_away(
    real: FlaskClient, published: EmbeddedSource, iri: str
) -> None:
    expected = {row[0].value for row in read_rows(published.edition(), LED.format(iri=iri)) if row[0] is not None}
    assert expected
    page = real.get(iri.removeprefix("https://w3id.org/cyppgraph").replace("/id/", "/doc/"), headers=BROWSER).text
    for element in expected:
        assert element.removeprefix("https://w3id.org/cyppgraph/id") in page
    rows = read_csv(real, "led", iri)
    assert {row["IRI"] for row in rows} == expected
    lines = [int(row["Line"]) for row in rows]
    assert lines == sorted(lines)


def test_what_is_printed_and_how_it_is_known_stand_beside_it(real: FlaskClient) -> None:
    rows = read_csv(real, "led", f"{PLAN}/southend-2011/person/elaine-hammans")
    first = next(row for row in rows if row["Line"] == "42")
    assert first["Statement"].startswith("Increase the take-up of group childcare")
    assert (first["Lead as printed"], first["How known"]) == ("Elaine Hammans", "stated")


def test_other_names_of_one_lead_are_links_with_a_reason(real: FlaskClient) -> None:
    iri = f"{PLAN}/croydon-2013/role/head-of-partnership-and-business-development"
    [row] = read_csv(real, "links", iri)
    assert (row["With"], row["Status"]) == ("Head of Partnerships and Business Development", "accepted")
    assert row["Reason"] == "singular for plural"


def test_the_number_of_queries_does_not_grow_with_what_is_led(real: FlaskClient, asked: list[str]) -> None:
    counts = []
    for person in ("elaine-hammans", "phil-warner"):
        before = len(asked)
        assert real.get(f"/doc/plan/southend-2011/person/{person}", headers=BROWSER).status_code == 200
        counts.append(len(asked) - before)
    assert counts[0] == counts[1] <= 16


@pytest.mark.parametrize(("path", "status"), [("/tables/none.csv?iri=urn:x", 404), ("/tables/led.csv?iri=x", 400)])
def test_a_table_that_is_none_is_refused(real: FlaskClient, path: str, status: int) -> None:
    response = real.get(path)
    assert response.status_code == status
    assert "led" in response.text or "IRI" in response.text


def test_a_cell_is_no_formula_for_a_spreadsheet() -> None:
    written = write_rows(("a", "b", "c"), [("=1+1", "-2.5", "- a dash")])
    assert written.splitlines()[1] == "'=1+1,-2.5,'- a dash"


def test_a_council_leads_to_its_plans_their_parts_and_what_was_kept(real: FlaskClient) -> None:
    page = real.get("/doc?iri=http://opendatacommunities.org/id/london-borough-council/croydon", headers=BROWSER).text
    assert page.index("1 April 2013 to 31 March 2014") < page.index("1 April 2021 to 31 March 2024")
    for plan in ("croydon-2013", "croydon-2021"):
        assert f'href="/doc/plan/{plan}"' in page
        assert f'href="/plans/{plan}/actions"' in page
    assert 'href="/compare/later?earlier=croydon-2013&amp;later=croydon-2021"' in page
    assert page.count("/compare/later?") == 1
    assert "What it leads" not in page
