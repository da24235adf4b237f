"""The three layouts, each as small as it can be, and what becomes of every place for a figure."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cyppgraph.errors import FaultyInputError
from cyppgraph.observations import Observation, ObservationFile


def said(read: ObservationFile) -> list[tuple[str, str, str, str, int]]:
    """Each figure and absence: indicator, area, interval, value or code, row."""
    return [
        (each.indicator, each.area.code, each.period.interval.partition("/id/")[2], value_of(each), each.row)
        for each in sorted((*read.observations, *read.missing), key=lambda each: (each.row, each.indicator))
    ]


def value_of(each: Observation) -> str:
    return str(each.value) if isinstance(each.value, Decimal) else each.value.code


def test_ees_has_a_column_for_each_measure(read, samples) -> None:
    found = read(samples.ees_header + samples.ees_croydon, samples.ees)
    assert said(found) == [
        ("dfe/cohort", "E09000008", "year/2023", "9182", 1),
        ("dfe/neet-16-17", "E09000008", "year/2023", "1.6", 1),
    ]
    assert found.findings == ()
    assert found.rows == 1


@pytest.mark.parametrize(
    ("row", "area", "name"),
    [
        ("2023,Calendar year,National,E92000001,England,,,,,,1.6,1", "E92000001", "England"),
        ("2023,Calendar year,Regional,E92000001,England,E12000007,London,,,,1.6,1", "E12000007", "London"),
        ("2023,Calendar year,Local authority,E92000001,England,,,831,E06000015,Derby,1,1", "E06000015", "Derby"),
        ("2023,Calendar year,Local authority,E92000001,England,,,306,,Croydon,1,1", "E09000008", "Croydon"),
    ],
)
def test_ees_has_areas_of_several_levels(read, samples, row: str, area: str, name: str) -> None:
    found = read(samples.ees_header + row + "\n", samples.ees)
    assert {(each.area.code, each.area.name) for each in found.observations} == {(area, name)}


def test_ees_gives_numbers_and_codes_so_each_number_is_known_everywhere(read, samples) -> None:
    """A row without an ONS code has the area that another row gives both codes of."""
    rows = (
        "2022,Calendar year,Local authority,E92000001,England,,,831,E06000015,Derby,4.5,1\n"
        "2023,Calendar year,Local authority,E92000001,England,,,831,,Derby,4.2,1\n"
    )
    found = read(samples.ees_header + rows, samples.ees)
    assert {each.area.code for each in found.observations} == {"E06000015"}
    assert found.findings == ()


def test_ees_has_absences_beside_figures(read, samples) -> None:
    row = samples.ees_croydon.replace("1.6", "c")
    found = read(samples.ees_header + row, samples.ees)
    assert [value_of(each) for each in found.missing] == ["c"]
    assert found.absences == {"c": 1}
    assert len(found.observations) == 1


def test_rows_that_are_not_asked_for_are_left_out_and_counted(read, samples) -> None:
    header = samples.ees_header.replace("cohort", "cohort,sex")
    rows = "".join(samples.ees_croydon.replace("\n", f",{sex}\n") for sex in ("Total", "Female", "Male"))
    mapping = samples.ees.replace('layout = "ees"', 'layout = "ees"\nrows = { sex = "Total" }')
    found = read(header + rows, mapping)
    assert [each.row for each in found.observations] == [1, 1]
    assert found.outcomes == {"observed": 2, "left out": 4, "missing": 0, "repeated": 0, "refused": 0}


def test_areas_that_are_not_kept_are_left_out_and_counted(read, samples) -> None:
    rows = samples.ees_croydon + samples.ees_croydon.replace("306,E09000008,Croydon", "831,E06000015,Derby")
    found = read(samples.ees_header + rows, samples.ees.replace("\n[sets]", 'keep = ["E06000015"]\n[sets]'))
    assert {each.area.name for each in found.observations} == {"Derby"}
    assert found.outcomes["left out"] == 2


def test_lait_prints_a_title_once_for_its_block(read, samples) -> None:
    rows = (
        "16-17 NEET,16-17 year olds NEET (%),2023,Croydon,1.6000000000000001,306.0,Outer London\n"
        "16-17 NEET,,2023,England,-,970.0,NA\n"
        "Other,,2023,England,9,970.0,NA\n"
        "16-17 NEET,,2024,Croydon,1.7,306.0,Outer London\n"
    )
    mapping = samples.lait + 'measure = "16-17 year olds NEET (%)"\n'
    assert said(read(samples.lait_header + rows, mapping)) == [
        ("dfe/neet-16-17", "E09000008", "government-year/2022-2023", "1.6", 1),
        ("dfe/neet-16-17", "E92000001", "government-year/2022-2023", "-", 2),
    ]


def test_lait_without_titles_is_known_by_its_item(read, samples) -> None:
    rows = "16-17 NEET,,2023,Croydon,1.6,306.0,X\nOther,,2023,Croydon,9,306.0,X\n"
    found = read(samples.lait_header + rows, samples.lait)
    assert [value_of(each) for each in found.observations] == ["1.6"]
    assert found.outcomes == {"observed": 1, "left out": 1, "missing": 0, "repeated": 0, "refused": 0}


def test_tidy_has_a_row_for_each_figure(read, samples) -> None:
    rows = "E09000008,Croydon,2019,NEET,2.1\nE92000001,England,2019,NEET,2.6\n"
    found = read("area_code,area_name,period,indicator,value\n" + rows, samples.tidy)
    assert said(found) == [
        ("dfe/neet-16-17", "E09000008", "year/2019", "2.1", 1),
        ("dfe/neet-16-17", "E92000001", "year/2019", "2.6", 2),
    ]


def test_an_item_that_is_two_things_needs_a_word_to_tell_them_apart(read, samples) -> None:
    rows = "E09000008,2019,NEET,Percentage,Persons,2.1\nE09000008,2019,NEET,Count,Persons,190\n"
    with pytest.raises(FaultyInputError, match=r"several measures: 'Percentage' \(row 1\), 'Count' \(row 2\)"):
        read(samples.tidy_header + rows, samples.tidy)
    found = read(samples.tidy_header + rows, samples.tidy + 'measure = "Count"\n')
    assert [value_of(each) for each in found.observations] == ["190"]


def test_every_place_for_a_figure_has_one_outcome(read, samples) -> None:
    rows = (
        samples.ees_croydon
        + samples.ees_croydon
        + samples.ees_croydon.replace("2023", "2022").replace("1.6", "?")
        + samples.ees_croydon.replace("2023", "2021").replace("1.6", "z")
        + samples.ees_croydon.replace("306,E09000008", "999,")
        + "ragged,row\n"
    )
    found = read(samples.ees_header + rows, samples.ees)
    assert found.outcomes == {"observed": 4, "missing": 1, "repeated": 2, "refused": 1 + 2 + 2, "left out": 0}
    assert sum(found.outcomes.values()) == 2 * found.rows
