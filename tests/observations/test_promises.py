"""What plans promise beside what came of it: one query over the built graph and loaded statistics."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cyppgraph.namespaces import Namespaces
from cyppgraph.pipeline.observing import observe
from cyppgraph.pipeline.promising import name_period
from cyppgraph.queries import fill_question, find_question, read_questions
from cyppgraph.store import load_store

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://w3id.org/cyppgraph/"
MAPPING = """
[dataset]
title = "Young people"
publisher = "Example Statistics Office"
source = "https://statistics.example.org/neet"
licence = "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
layout = "tidy"
[sets]
example = "Example indicators"
[periods]
years = "calendar"
[[indicator]]
id = "example/neet"
item = "NEET"
title = "Young people who are not in education, employment or training"
unit = "percent"
match = [{ code = "NI 117", relation = "relatedMatch", note = "16-17 instead of 16-18" }]
"""


def compare(figures: Path, code: str) -> list[dict[str, str]]:
    """Return the rows of the question of what was promised and what happened, for one indicator."""
    store = load_store(ROOT / "data" / "ttl", Namespaces(), figures)
    question = find_question(read_questions(ROOT / "queries" / "questions"), "promised-against-happened")
    answer = store.query(fill_question(question, {"code": code}))
    columns = answer.columns
    return [
        {name: str(getattr(term, "value", term or "")) for name, term in zip(columns, row, strict=True)}
        for row in answer.read_rows()
    ]


def test_a_promise_stands_beside_the_figures_of_the_same_area_only(tmp_path: Path) -> None:
    (tmp_path / "young.csv").write_text(
        "area_code,area_name,period,indicator,value\n"
        "E06000033,Southend-on-Sea,2012,NEET,6.1\n"
        "E06000033,Southend-on-Sea,2013,NEET,c\n"
        "E06000034,Thurrock,2012,NEET,7.4\n",
        encoding="utf-8",
    )
    (tmp_path / "young.toml").write_text(MAPPING, encoding="utf-8")
    out = tmp_path / "figures"
    report = observe(ROOT, tmp_path / "young.csv", tmp_path / "young.toml", out / "young.ttl", BASE, lambda _: None)
    assert not report.findings
    rows = compare(out, "NI 117")
    told = [(row["plan"], row["promised"], row["year"], row["happened"], row["match"]) for row in rows]
    assert told == [
        ("southend-2011", "4.9", "2012", "6.1", "related"),
        ("thurrock-2012", "6.7", "2012", "7.4", "related"),
    ]


def test_promises_of_croydon_stand_beside_what_the_department_published(shared: Path, tmp_path: Path) -> None:
    file = shared / "dfe_lait_croydon_and_comparators_selected.csv"
    observe(ROOT, file, None, tmp_path / "lait.ttl", BASE, lambda _: None)
    rows = compare(tmp_path, "NI 147")
    croydon = {row["year"]: row["happened"] for row in rows if row["plan"] == "croydon-2013"}
    printed = dict(_read_lait(file, "Croydon", "suitable accommodation"))
    assert croydon
    assert {year: float(value) for year, value in croydon.items()} == {
        year: float(value) for year, value in printed.items() if value != "-"
    }
    assert {row["promised"] for row in rows if row["plan"] == "croydon-2013"} == {"95"}


def _read_lait(file: Path, area: str, words: str) -> list[tuple[str, str]]:
    import csv

    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = [row for row in csv.DictReader(opened) if row["LA and Regions"] == area]
    return [(row["Years"], row["Values"]) for row in rows if words in row["Data item"].casefold()]


@pytest.mark.parametrize(
    ("first", "last", "interval"),
    [
        (date(2011, 4, 1), date(2012, 3, 31), "government-year/2011-2012"),
        (date(2009, 4, 1), date(2013, 3, 31), "gregorian-interval/2009-04-01T00:00:00/P4Y"),
        (date(2021, 1, 1), date(2021, 12, 31), "gregorian-interval/2021-01-01T00:00:00/P1Y"),
        (date(2021, 4, 1), date(2021, 9, 30), "gregorian-interval/2021-04-01T00:00:00/P6M"),
    ],
)
def test_the_period_of_a_plan_has_the_address_of_its_interval(first: date, last: date, interval: str) -> None:
    assert name_period(first, last) == f"http://reference.data.gov.uk/id/{interval}"
