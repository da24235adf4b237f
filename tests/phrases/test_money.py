"""Amounts that a broken table ran together are parted only where there is one way to do so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cyppgraph.phrases import split_amounts, split_years_and_amounts

THREE = ("2021/22", "2022/23", "2023/24")


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("2021/222022/232023/24126.4126.4126.4Croydon Renewal Plan", ["126.4", "126.4", "126.4"]),
        ("2021/222022/232023/241,0651,450385Croydon Renewal Plan", ["1065", "1450", "385"]),
        ("2021/22 2022/23 2023/24 295 560 142", ["295", "560", "142"]),
        ("2021/22 2022/23 2023/24 866 0 0", ["866", "0", "0"]),
    ],
)
def test_one_possible_split_is_taken(text: str, amounts: list[str]) -> None:
    found = split_years_and_amounts(text)
    assert found is not None
    assert found.years == THREE
    assert found.amounts == tuple(Decimal(a) for a in amounts)


def test_several_possible_splits_are_left_raw() -> None:
    found = split_years_and_amounts("2021/222022/232023/244241850Croydon Renewal Plan performance measures")
    assert found is not None
    assert (found.years, found.amounts, found.raw) == (THREE, None, "4241850")


def test_one_year_takes_its_amount() -> None:
    found = split_years_and_amounts("2022/23 1,385 ce measure")
    assert found is not None
    assert (found.years, found.amounts) == (("2022/23",), (Decimal(1385),))


@pytest.mark.parametrize("text", ["", "Savings identified £000s", "2021/23", "2021/222024/25100200"])
def test_years_that_do_not_follow_one_another_are_no_run(text: str) -> None:
    assert split_years_and_amounts(text) is None


@pytest.mark.parametrize("raw", ["", "12,34", "1,23,456", "1.23.4.5"])
def test_what_is_no_number_is_not_made_one(raw: str) -> None:
    assert split_amounts(raw, 2) is None


def test_offsets_hold_years_and_amounts() -> None:
    text = "Savings 2021/222022/232023/24126.4126.4126.4Croydon"
    found = split_years_and_amounts(text)
    assert found is not None
    assert text[found.start : found.end] == "2021/222022/232023/24126.4126.4126.4"
