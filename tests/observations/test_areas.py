"""Areas by ONS code, by number, and those that nobody knows."""

from __future__ import annotations

import pytest

from cyppgraph.observations import Area
from cyppgraph.observations.areas import Areas, pair_codes
from cyppgraph.observations.observation import Unread

CROYDON, DERBY = Area("E09000008", "Croydon"), Area("E06000015", "Derby")
ENGLAND = Area("E92000001", "England")


@pytest.fixture
def areas() -> Areas:
    return Areas({"306": CROYDON}, {"970": ENGLAND, "E12000003": Area("E12000003", "Yorkshire")}, {"831": DERBY})


@pytest.mark.parametrize(
    ("codes", "area"),
    [
        (["306"], CROYDON),
        (["306.0"], CROYDON),
        ([" 306 "], CROYDON),
        (["970.0"], ENGLAND),
        (["831"], DERBY),
        (["E06000015", "831"], Area("E06000015", "Printed")),
        (["", "831"], DERBY),
        (["z", "306"], CROYDON),
        (["E09000008"], CROYDON),
        (["E12000003"], Area("E12000003", "Yorkshire")),
        (["K02000001"], Area("K02000001", "Printed")),
    ],
)
def test_an_area_is_found_by_any_of_its_codes(areas: Areas, codes: list[str], area: Area) -> None:
    assert areas.find(codes, "Printed") == area


@pytest.mark.parametrize(
    "codes", [["999"], ["306.5"], ["3060"], ["E0900000"], ["e09000008"], [""], ["z", "x"], [], ["X0600001", "306"]]
)
def test_an_area_that_nobody_knows_is_told_with_what_is_printed(areas: Areas, codes: list[str]) -> None:
    found = areas.find(codes, "Nowhere")
    assert isinstance(found, Unread)
    assert found.kind == "area not known"
    assert "Nowhere" in found.message
    assert all(code in found.message for code in codes if code not in "xz")


def test_what_the_mapping_file_lists_wins() -> None:
    assert Areas({"306": CROYDON}, {"306": DERBY}, {"306": ENGLAND}).find(["306"], "") == DERBY


def test_rows_with_both_codes_pair_them() -> None:
    rows = [("E06000015", "831", "Derby"), ("", "306", "Croydon"), ("E92000001", "", "England"), ("x", "999", "?")]
    assert pair_codes(rows) == {"831": DERBY}
