"""Intervals are described from their addresses alone, both days counted."""

from __future__ import annotations

from datetime import date

import pytest

from cyppgraph.mapping.intervals import describe_interval

BASE = "http://reference.data.gov.uk/id/"


@pytest.mark.parametrize(
    ("path", "first", "last", "name"),
    [
        ("month/2012-02", date(2012, 2, 1), date(2012, 2, 29), "February 2012"),
        ("year/2012", date(2012, 1, 1), date(2012, 12, 31), "2012"),
        ("day/2012-03-09", date(2012, 3, 9), date(2012, 3, 9), "9 March 2012"),
        ("government-year/2011-2012", date(2011, 4, 1), date(2012, 3, 31), "financial year 2011-2012"),
        (
            "government-quarter/2011-2012/Q4",
            date(2012, 1, 1),
            date(2012, 3, 31),
            "quarter 4 of financial year 2011-2012",
        ),
        ("quarter/2011-Q4", date(2011, 10, 1), date(2011, 12, 31), "quarter 4 of 2011"),
        (
            "gregorian-interval/2011-09-01T00:00:00/P1Y",
            date(2011, 9, 1),
            date(2012, 8, 31),
            "1 September 2011 to 31 August 2012",
        ),
        (
            "gregorian-interval/2021-09-01T00:00:00/P3M",
            date(2021, 9, 1),
            date(2021, 11, 30),
            "1 September 2021 to 30 November 2021",
        ),
        (
            "gregorian-interval/2021-09-01T00:00:00/P10D",
            date(2021, 9, 1),
            date(2021, 9, 10),
            "1 September 2021 to 10 September 2021",
        ),
    ],
)
def test_days_of_an_interval(path, first, last, name):
    assert describe_interval(BASE + path) == (name, first, last)


@pytest.mark.parametrize(
    "iri",
    [
        "http://example.org/2012",
        BASE + "fortnight/2012-3",
        BASE + "month/2012-13",
        BASE + "gregorian-interval/2021-09-01T00:00:00/P",
        BASE + "gregorian-interval/then/P1Y",
        BASE + "month/soon",
        BASE + "quarter/2012",
    ],
)
def test_an_interval_that_is_not_understood_has_a_name_and_no_days(iri):
    name, first, last = describe_interval(iri)
    assert name
    assert first is last is None
