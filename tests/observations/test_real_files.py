"""The real files: known figures, what is missing and why, and that their cubes are sound."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph, URIRef

from cyppgraph.pipeline.observing import ObserveReport, observe
from cyppgraph.publication import read_turtle

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://w3id.org/cyppgraph/"
OBS_VALUE = URIRef("http://purl.org/linked-data/sdmx/2009/measure#obsValue")
LAIT = "dfe_lait_croydon_and_comparators_selected"
FILES = ("dfe_neet_not_known_la_2022", "dfe_neet_not_known_la_2023", LAIT, "trafford_themes_neet")
Reports = dict[str, ObserveReport]


@pytest.fixture(scope="module")
def reports(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Reports:
    """Return the report of each real file, written to a folder of its own."""
    out = tmp_path_factory.mktemp("observations")
    return {
        name: observe(ROOT, shared / f"{name}.csv", None, out / f"{name}.ttl", BASE, lambda _: None) for name in FILES
    }


def figures(report: ObserveReport, indicator: str, area: str) -> dict[str, Decimal | str]:
    """Return the figures of an indicator in an area by the period as printed; absences by their code."""
    return {
        each.period.printed: each.value if isinstance(each.value, Decimal) else each.value.code
        for each in (*report.read.observations, *report.read.missing)
        if (each.indicator, each.area.name) == (indicator, area)
    }


@pytest.mark.parametrize(
    ("name", "rows", "observed", "absent"),
    [
        ("dfe_neet_not_known_la_2022", 160, 1272, {"c": 6, "z": 2}),
        ("dfe_neet_not_known_la_2023", 160, 1268, {"c": 6, "z": 6}),
        (LAIT, 1008, 804, {"-": 204}),
        ("trafford_themes_neet", 168, 168, {}),
    ],
)
def test_every_row_is_accounted_for(
    reports: Reports, name: str, rows: int, observed: int, absent: dict[str, int]
) -> None:
    read = reports[name].read
    assert (read.rows, len(read.observations), dict(read.absences)) == (rows, observed, absent)
    assert read.findings == ()
    assert sum(read.outcomes.values()) == observed + sum(absent.values())


def test_the_figures_of_croydon(reports: Reports) -> None:
    of_2022, of_2023 = (reports[f"dfe_neet_not_known_la_{year}"] for year in (2022, 2023))
    assert figures(of_2023, "dfe/neet-16-17", "Croydon") == {"2023": Decimal("1.6")}
    assert figures(of_2023, "dfe/not-known-16-17", "Croydon") == {"2023": Decimal("3.2")}
    assert figures(of_2023, "dfe/neet-or-not-known-16-17", "Croydon") == {"2023": Decimal("4.8")}
    assert figures(of_2022, "dfe/neet-16-17", "Croydon") == {"2022": Decimal("1.9")}
    assert figures(of_2022, "dfe/september-guarantee-16-17", "Croydon") == {"2022": Decimal("95.6")}


def test_three_publishers_agree_where_they_print_the_same(reports: Reports) -> None:
    """England and Croydon have the same NEET figures in all files that print them, whatever the noise."""
    lait = figures(reports[LAIT], "dfe/neet-16-17", "Croydon")
    assert (lait["2022"], lait["2023"], lait["2018"]) == (Decimal("1.9"), Decimal("1.6"), Decimal("2.2347813238770686"))
    england = figures(reports[LAIT], "dfe/neet-16-17", "England")
    trafford = figures(reports["trafford_themes_neet"], "dfe/neet-16-17", "England")
    assert trafford == {year: england[year] for year in trafford}
    assert len(trafford) == 7


def test_pooled_years_and_absences_of_lait(reports: Reports) -> None:
    killed = figures(reports[LAIT], "lait/children-killed-or-seriously-injured", "Croydon")
    assert killed["2014-16"] == Decimal("6.78")
    assert set(figures(reports[LAIT], "lait/children-killed-or-seriously-injured", "Inner London").values()) == {"-"}
    each = next(e for e in reports[LAIT].read.observations if e.period.printed == "2014-16")
    assert each.period.interval.endswith("gregorian-interval/2014-01-01T00:00:00/P3Y")


@pytest.mark.parametrize("name", FILES)
def test_every_number_is_found_again_in_its_row(reports: Reports, shared: Path, name: str) -> None:
    """The cell as printed stands in the row that the graph names, and its number is that cell's."""
    with (shared / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for each in reports[name].read.observations:
        cells = [cell for cell in rows[each.row - 1].values() if cell.strip() == each.printed]
        assert cells, each
        assert isinstance(each.value, Decimal)
        assert float(each.value) == float(each.printed)


@pytest.mark.parametrize("name", FILES)
def test_the_turtle_holds_each_figure_once(reports: Reports, name: str) -> None:
    graph: Graph = read_turtle(reports[name].out)
    values = Counter(str(value) for value in graph.objects(None, OBS_VALUE))
    assert values == Counter(f"{each.value:f}" for each in reports[name].read.observations)


@pytest.mark.parametrize("name", FILES)
def test_the_cube_of_a_real_file_keeps_all_constraints(
    reports: Reports, violations: Callable[..., dict[str, list[str]]], name: str
) -> None:
    assert violations(reports[name].out.read_bytes()) == {}


def test_all_cubes_together_keep_all_constraints(
    reports: Reports, violations: Callable[..., dict[str, list[str]]]
) -> None:
    assert violations(*(report.out.read_bytes() for report in reports.values())) == {}


def test_nothing_has_two_names_in_all_cubes_together(reports: Reports) -> None:
    named: dict[object, set[str]] = {}
    for report in reports.values():
        for subject, label in read_turtle(report.out).subject_objects(
            URIRef("http://www.w3.org/2000/01/rdf-schema#label")
        ):
            named.setdefault(subject, set()).add(str(label))
    assert {str(subject): labels for subject, labels in named.items() if len(labels) > 1} == {}


def test_the_years_of_lait_are_those_of_its_data_dictionary(shared: Path) -> None:
    """What our mapping file says of each measure's years and unit is what the dictionary says."""
    with (shared / "dfe_lait_data_dictionary.csv").open(encoding="utf-8-sig", newline="") as file:
        dictionary = {row["Measure_short"]: row for row in csv.DictReader(file)}
    mapping = tomllib.loads((ROOT / "data" / "observations" / "dfe-lait.toml").read_text(encoding="utf-8"))
    assert len(mapping["indicator"]) == 16
    for indicator in mapping["indicator"]:
        row = dictionary[indicator["item"]]
        assert row["Year_Type"] == f"{indicator['years'].capitalize()} Year", indicator["id"]
        assert (indicator["unit"] == "percent") == row["y_axis_name"].startswith("%"), indicator["id"]
        assert ("per" in indicator) == row["y_axis_name"].startswith("Rate"), indicator["id"]
        base = re.search(r"per ([\d,]+)", row["y_axis_name"])
        assert base is None or base[1].replace(",", "") in indicator["per"].replace(",", ""), indicator["id"]


def test_the_areas_of_lait_are_those_that_the_department_pairs(reports: Reports) -> None:
    """The ONS codes that our mapping file lists for numbers are those of the files that print both."""
    named = {each.area.name: each.area.code for each in reports["dfe_neet_not_known_la_2023"].read.observations}
    for each in reports[LAIT].read.observations:
        if each.area.name not in ("Inner London", "Outer London"):
            assert named[each.area.name] == each.area.code
