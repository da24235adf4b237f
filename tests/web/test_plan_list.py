"""The page of all plans over the published graph, as a table and a file."""

from __future__ import annotations

import csv
import io

from flask.testing import FlaskClient

TITLES = {
    "croydon-2013": "Croydon Children and Young People&#39;s Plan Action Plans 2013-2014",
    "croydon-2021": "Children&#39;s Continuous Improvement Plan 2021-24",
    "richmond-2009": "Children and Young People&#39;s Plan 2009-2013",
}


def test_a_few_plans_are_all_shown_and_taken_away(real: FlaskClient) -> None:
    text = real.get("/plans").text
    assert "5 plans of 4 councils, beginning between 2009 and 2021." in " ".join(text.split())
    assert all(title in text for title in TITLES.values())
    assert "1 April 2013" in text
    assert 'href="/doc?iri=' in text, "the councils are linked"
    rows = list(csv.DictReader(io.StringIO(real.get("/plans.csv").text, newline="")))
    assert {row["Identifier"]: row["From"] for row in rows}["croydon-2013"] == "2013-04-01"
    assert len(rows) == 5
