"""A measure that names two quantities is two; one that names one stays whole."""

from __future__ import annotations

import pytest

from cyppgraph.linking.quantities import split_quantities


@pytest.mark.parametrize(
    ("statement", "parts"),
    [
        (
            "95% of care leavers in suitable accommodation and 80% in education, employment or training",
            ["95% of care leavers in suitable accommodation", "80% in education, employment or training"],
        ),
        ("Obesity in Reception; obesity in Year 6", ["Obesity in Reception", "obesity in Year 6"]),
        ("Fewer first offences. Fewer exclusions", ["Fewer first offences", "Fewer exclusions"]),
        ("attendance, exclusions and behaviour", ["attendance", "exclusions", "behaviour"]),
    ],
)
def test_each_quantity_is_a_part_after_the_whole(statement: str, parts: list[str]) -> None:
    assert split_quantities(statement) == [statement, *parts]


@pytest.mark.parametrize(
    "statement",
    [
        "Reduce the number of NEETs to 4.9%",
        "Improve attendance and behaviour in all of the secondary schools of the borough by working together",
        "16 - 18 year olds",
        "Boys and girls",
        "",
    ],
    ids=["one figure", "one long sentence", "a span of years", "parts too short to say anything", "nothing"],
)
def test_one_quantity_stays_whole(statement: str) -> None:
    assert split_quantities(statement) == [statement]
