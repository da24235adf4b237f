"""Bad files: each is refused or told of, with the file, the row and what to do, and no figure is made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cyppgraph.errors import FaultyInputError
from cyppgraph.observations import ObservationFile, ObservationFinding, read_observations


def refusal(read: Callable[..., ObservationFile], table: str | bytes, mapping: str) -> str:
    with pytest.raises(FaultyInputError) as told:
        read(table, mapping)
    return str(told.value)


def only_finding(found: ObservationFile) -> ObservationFinding:
    (finding,) = found.findings
    return finding


@pytest.mark.parametrize("table", [b"", b"\n\n", b"\xef\xbb\xbf", b" , ,\n"])
def test_an_empty_file_is_refused(read, samples, table: bytes) -> None:
    message = refusal(read, table, samples.ees)
    assert "figures.csv: is empty" in message
    assert "Get the file again" in message


def test_a_header_alone_is_refused(read, samples) -> None:
    assert "figures.csv:1: has a header and no rows" in refusal(read, samples.ees_header, samples.ees)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path, mapping_of, samples) -> None:
    with pytest.raises(FaultyInputError, match=r"none\.csv: cannot be read"):
        read_observations(tmp_path / "none.csv", "none", mapping_of(samples.ees), {})


def test_a_file_of_another_encoding_is_refused_by_its_name(read, samples) -> None:
    table = (samples.ees_header + samples.ees_croydon.replace("Croydon", "Croÿdon")).encode("cp1252")
    message = refusal(read, table, samples.ees)
    assert "figures.csv:2: is not UTF-8 text" in message
    assert "cp1252" in message
    assert "Save it as «CSV UTF-8»" in message


@pytest.mark.parametrize(("table", "told"), [("a,b\n".encode("utf-16"), "UTF-16"), (b"PK\x03\x04 x", "a spreadsheet")])
def test_a_file_that_is_no_csv_is_refused(read, samples, table: bytes, told: str) -> None:
    assert told in refusal(read, table, samples.ees)


def test_a_byte_order_mark_is_no_part_of_the_first_column(read, samples) -> None:
    table = (samples.ees_header + samples.ees_croydon).encode("utf-8-sig")
    assert len(read(table, samples.ees).observations) == 2


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_another_separator_is_refused(read, samples, mark: str) -> None:
    table = (samples.ees_header + samples.ees_croydon).replace(",", mark)
    assert f"separated by {mark!r}" in refusal(read, table, samples.ees)


def test_a_missing_column_is_named_with_what_it_may_be(read, samples) -> None:
    header = samples.ees_header.replace("NEET_percent", "neet_percentage").replace("time_period", "TimePeriod")
    message = refusal(read, header + samples.ees_croydon, samples.ees)
    assert "figures.csv:1: has no column 'time_period' (is it 'TimePeriod'?), 'NEET_percent' (is it" in message
    assert "'neet_percentage'" in message
    assert "needs 'time_period', 'time_identifier', 'geographic_level'" in message
    assert "found: 'TimePeriod', 'time_identifier'" in message


def test_a_level_whose_codes_have_no_column_is_refused(read, samples) -> None:
    header = samples.ees_header.replace("new_la_code", "code")
    assert "has no column 'new_la_code'" in refusal(read, header + samples.ees_croydon, samples.ees)


@pytest.mark.parametrize("layout", ["lait", "tidy"])
def test_each_layout_names_its_columns(read, samples, layout: str) -> None:
    message = refusal(read, samples.ees_header + samples.ees_croydon, getattr(samples, layout))
    assert f"layout {layout!r}" in message
    assert ("'Short Desc'" if layout == "lait" else "'area_code'") in message


def test_a_column_that_is_named_twice_is_refused(read, samples) -> None:
    header = samples.ees_header.replace("cohort", "NEET_percent")
    assert "figures.csv:1: names the column 'NEET_percent' twice" in refusal(
        read, header + samples.ees_croydon, samples.ees
    )


def test_a_quotation_mark_that_is_never_closed_is_refused(read, samples) -> None:
    table = samples.ees_header + samples.ees_croydon + '2023,"Calendar year,x\n2024,y\n'
    message = refusal(read, table, samples.ees)
    assert "figures.csv:3: is not a CSV file from here on" in message
    assert "quotation mark" in message


def test_a_header_that_is_repeated_is_passed_over_and_told(read, samples) -> None:
    rows = samples.ees_croydon + samples.ees_header + samples.ees_croydon.replace("2023", "2024")
    found = read(samples.ees_header + rows, samples.ees)
    finding = only_finding(found)
    assert (finding.kind, finding.where.first_line) == ("header repeated", 3)
    assert "row 2" in str(finding)
    assert [each.row for each in found.observations] == [1, 1, 3, 3]


@pytest.mark.parametrize("ragged", ["2023,Calendar year\n", "x," * 12 + "more\n"])
def test_a_ragged_row_is_told_and_not_loaded(read, samples, ragged: str) -> None:
    found = read(samples.ees_header + ragged + samples.ees_croydon, samples.ees)
    finding = only_finding(found)
    assert finding.kind == "row ragged"
    assert "figures.csv:2: row ragged: row 1 has" in str(finding)
    assert {each.row for each in found.observations} == {2}
    assert found.outcomes["refused"] == 2


def test_an_empty_row_is_told(read, samples) -> None:
    found = read(samples.ees_header + "," * 11 + "\n" + samples.ees_croydon, samples.ees)
    assert only_finding(found).kind == "row empty"


def test_a_cell_over_several_lines_keeps_rows_and_lines_apart(read, samples) -> None:
    rows = samples.ees_croydon.replace(",Croydon,", ',"Croydon\nborough",') + samples.ees_croydon.replace("1.6", "?")
    finding = next(f for f in read(samples.ees_header + rows, samples.ees).findings if f.kind == "value not read")
    assert finding.where.first_line == 4
    assert "row 2," in finding.message


def test_a_value_that_cannot_be_read_is_told_and_is_no_nought(read, samples) -> None:
    found = read(samples.ees_header + samples.ees_croydon.replace("1.6", "n/a"), samples.ees)
    finding = only_finding(found)
    assert finding.kind == "value not read"
    assert "figures.csv:2: value not read: row 1, column 'NEET_percent' (dfe/neet-16-17): 'n/a'" in str(finding)
    assert [each.indicator for each in found.observations] == ["dfe/cohort"]
    assert found.missing == ()


def test_an_area_that_nobody_knows_is_told_once_for_its_row(read, samples) -> None:
    found = read(samples.ees_header + samples.ees_croydon.replace("306,E09000008", "999,"), samples.ees)
    finding = only_finding(found)
    assert finding.kind == "area not known"
    assert "figures.csv:2: area not known: row 1: '999' (Croydon)" in str(finding)
    assert found.observations == ()
    assert found.outcomes["refused"] == 2


def test_a_level_of_areas_that_is_not_known_is_told(read, samples) -> None:
    found = read(samples.ees_header + samples.ees_croydon.replace("Local authority", "School"), samples.ees)
    assert only_finding(found).kind == "area not known"
    assert "level School" in only_finding(found).message


def test_a_number_of_lait_that_nobody_knows_is_told(read, samples) -> None:
    rows = "16-17 NEET,,2023,Enfield,3.1,308.0,X\n16-17 NEET,,2023,Croydon,1.6,306.0,X\n"
    found = read(samples.lait_header + rows, samples.lait)
    assert "row 1: '308.0' (Enfield) is no area that is known" in only_finding(found).message
    assert len(found.observations) == 1


def test_a_mark_that_nobody_knows_is_told(read, samples) -> None:
    rows = "16-17 NEET,,2016-17 (OT),Croydon,1.6,306.0,X\n"
    found = read(samples.lait_header + rows, samples.lait)
    assert only_finding(found).kind == "mark not known"
    assert "row 1" in only_finding(found).message


def test_a_provisional_figure_has_its_status(read, samples) -> None:
    found = read(samples.lait_header + "16-17 NEET,,2025 (prov),Croydon,1.6,306.0,X\n", samples.lait)
    assert [(each.period.status, each.period.printed) for each in found.observations] == [("P", "2025 (prov)")]


def test_years_that_the_mapping_file_leaves_open_are_a_fault(read, samples) -> None:
    mapping = samples.lait.replace('years = "financial"\nnamed_by = "end"\n', "")
    message = refusal(read, samples.lait_header + "16-17 NEET,,2016-17,Croydon,1.6,306.0,X\n" * 3, mapping)
    assert message.count("mapping.toml: does not say 'years' for dfe/neet-16-17") == 1
    assert "figures.csv:2, row 1" in message
    assert "Say it under [periods] or in the [[indicator]]" in message


def test_a_figure_that_is_repeated_is_loaded_once_and_told(read, samples) -> None:
    found = read(samples.ees_header + samples.ees_croydon + samples.ees_croydon.replace("1.6", "1.60"), samples.ees)
    assert [each.row for each in found.observations] == [1, 1]
    assert {finding.kind for finding in found.findings} == {"figure repeated"}
    assert all(f.where.first_line == 3 and "row 2" in f.message and "row 1" in f.message for f in found.findings)


@pytest.mark.parametrize("other", ["1.7", "c"])
def test_figures_that_differ_are_both_told_and_neither_is_loaded(read, samples, other: str) -> None:
    found = read(samples.ees_header + samples.ees_croydon + samples.ees_croydon.replace("1.6", other), samples.ees)
    differ = [finding for finding in found.findings if finding.kind == "figures differ"]
    assert [finding.where.first_line for finding in differ] == [2, 3]
    assert all("rows 1, 2 differ" in finding.message for finding in differ)
    assert [each.indicator for each in (*found.observations, *found.missing)] == ["dfe/cohort"]


def test_two_spellings_of_one_period_are_one_period(read, samples) -> None:
    rows = "16-17 NEET,,2016-17,Croydon,1.6,306.0,X\n16-17 NEET,,2016/17,Croydon,1.7,306.0,X\n"
    found = read(samples.lait_header + rows, samples.lait)
    assert [finding.kind for finding in found.findings] == ["figures differ"] * 2
    assert found.observations == ()


def test_an_item_that_no_row_has_is_told_with_what_it_may_be(read, samples) -> None:
    found = read(samples.lait_header + "16-17_NEET,,2023,Croydon,1.6,306.0,X\n", samples.lait)
    finding = only_finding(found)
    assert finding.kind == "item not found"
    assert "is it '16-17_NEET'?" in finding.message


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way(read, samples, ending: str) -> None:
    table = (samples.ees_header + samples.ees_croydon.replace("1.6", "?")).replace("\n", ending)
    found = read(table.encode(), samples.ees)
    assert only_finding(found).where.first_line == 2
    assert len(found.observations) == 1
