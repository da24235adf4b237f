"""The page of all plans over the published graph: as a table and a file, and found by council where they are many."""

from __future__ import annotations

import csv
import io

import pytest
from flask.testing import FlaskClient

from cyppgraph.web import pages, plan_list

UNREPEATED = {"Authorization": "Bearer nobody"}  # an answer that was given before would tell of a few
TITLES = {
    "croydon-2013": "Croydon Children and Young People&#39;s Plan Action Plans 2013-2014",
    "croydon-2021": "Children&#39;s Continuous Improvement Plan 2021-24",
    "richmond-2009": "Children and Young People&#39;s Plan 2009-2013",
}


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five plans are already more than a page lists."""
    monkeypatch.setattr(plan_list, "MOST_DRAWN", 4)
    monkeypatch.setattr(pages, "MOST_DRAWN", 4)


def test_a_few_plans_are_all_shown_and_taken_away(real: FlaskClient) -> None:
    text = real.get("/plans").text
    assert "5 plans of 4 councils, beginning between 2009 and 2021." in " ".join(text.split())
    assert all(title in text for title in TITLES.values())
    assert "1 Apr 2013" in text
    assert 'href="/doc?iri=' in text, "the councils are linked"
    rows = list(csv.DictReader(io.StringIO(real.get("/plans.csv").text, newline="")))
    assert {row["Identifier"]: row["From"] for row in rows}["croydon-2013"] == "2013-04-01"
    assert len(rows) == 5


@pytest.mark.usefixtures("many")
def test_of_many_plans_a_council_s_are_found(real: FlaskClient) -> None:
    text = real.get("/plans", headers=UNREPEATED).text
    assert "C (1 council)" not in text
    assert "L (2 councils)" in text
    assert TITLES["richmond-2009"] not in text
    found = real.get("/plans?council=CROYDON", headers=UNREPEATED)
    assert TITLES["croydon-2013"] in found.text
    assert TITLES["croydon-2021"] in found.text
    assert TITLES["richmond-2009"] not in found.text
    assert "2 plans of councils" in found.text
    rows = list(
        csv.DictReader(io.StringIO(real.get("/plans.csv?council=CROYDON", headers=UNREPEATED).text, newline=""))
    )
    assert [row["Identifier"] for row in rows] == ["croydon-2013", "croydon-2021"]


@pytest.mark.usefixtures("many")
def test_a_council_that_is_not_there_is_said_and_the_first_page_asks_for_one(real: FlaskClient) -> None:
    text = real.get("/plans?council=<b>nowhere", headers=UNREPEATED).text
    assert "0 plans of councils" in text
    assert "No council here is called that." in text
    assert "<b>" not in text
    home = real.get("/", headers=UNREPEATED).text
    assert 'action="/plans"' in home
    assert "All 5 plans, by council" in home
