"""Every spelling of a period that is known, what it means, and what has to be said before it means anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyppgraph.mapping.intervals import describe_interval
from cyppgraph.observations.observation import Period, Unread
from cyppgraph.observations.periods import PeriodRule, read_period, read_stated_period

BASE = "http://reference.data.gov.uk/id/"
CALENDAR = PeriodRule(years="calendar")
POOLED = PeriodRule(years="calendar", pooled=True)
STARTS = PeriodRule(years="financial", named_by="start")
FINANCIAL = PeriodRule(years="financial", named_by="end")
FINANCIAL_POOLED = PeriodRule(years="financial", named_by="end", pooled=True)
ACADEMIC = PeriodRule(years="academic", named_by="end")
ACADEMIC_POOLED = PeriodRule(years="academic", pooled=True)
FY_16, AY_16 = "government-year/2016-2017", "gregorian-interval/2016-09-01T00:00:00/P1Y"

UNDERSTOOD = [
    ("2016", CALENDAR, "year/2016"),
    (" 2016 ", CALENDAR, "year/2016"),
    ("2016.0", CALENDAR, "year/2016"),
    ("1998", CALENDAR, "year/1998"),
    ("2025 (prov)", CALENDAR, "year/2025"),
    ("2025(prov)", CALENDAR, "year/2025"),
    ("2025 (Prov)", CALENDAR, "year/2025"),
    ("2025 (p)", CALENDAR, "year/2025"),
    ("2025 (provisional)", CALENDAR, "year/2025"),
    ("2016", STARTS, FY_16),
    ("2017", FINANCIAL, FY_16),
    ("2017.0", FINANCIAL, FY_16),
    ("2017 (prov)", FINANCIAL, FY_16),
    ("2000", FINANCIAL, "government-year/1999-2000"),
    ("2017", ACADEMIC, AY_16),
    *[
        (text, rule, interval)
        for text in (
            "2016-17", "2016/17", "2016–17", "2016—17", "2016 - 17", "2016 / 17", "2016-2017", "2016/2017",
            "2016–2017", "2016 to 2017", "2016 to 17", "201617", "201617.0", "2016-17 (prov)", "2016/17 (p)",
        )
        for rule, interval in ((STARTS, FY_16), (FINANCIAL_POOLED, FY_16), (ACADEMIC, AY_16))
    ],
    ("1999-00", FINANCIAL, "government-year/1999-2000"),
    ("1999/2000", ACADEMIC, "gregorian-interval/1999-09-01T00:00:00/P1Y"),
    ("2009-10", FINANCIAL, "government-year/2009-2010"),
    ("2011-12", FINANCIAL, "government-year/2011-2012"),
    ("2014-16", POOLED, "gregorian-interval/2014-01-01T00:00:00/P3Y"),
    ("2014 to 2016", POOLED, "gregorian-interval/2014-01-01T00:00:00/P3Y"),
    ("2014–2016", POOLED, "gregorian-interval/2014-01-01T00:00:00/P3Y"),
    ("2014/16", POOLED, "gregorian-interval/2014-01-01T00:00:00/P3Y"),
    ("2016-17", POOLED, "gregorian-interval/2016-01-01T00:00:00/P2Y"),
    ("1998-00", POOLED, "gregorian-interval/1998-01-01T00:00:00/P3Y"),
    ("2020-22 (prov)", POOLED, "gregorian-interval/2020-01-01T00:00:00/P3Y"),
    ("2016", POOLED, "year/2016"),
    ("2013/14-15/16", FINANCIAL_POOLED, "gregorian-interval/2013-04-01T00:00:00/P3Y"),
    ("2013/14 - 15/16", FINANCIAL_POOLED, "gregorian-interval/2013-04-01T00:00:00/P3Y"),
    ("2013/14–15/16", FINANCIAL_POOLED, "gregorian-interval/2013-04-01T00:00:00/P3Y"),
    ("2013/14-2015/16", FINANCIAL_POOLED, "gregorian-interval/2013-04-01T00:00:00/P3Y"),
    ("2013/14 to 2015/16", FINANCIAL_POOLED, "gregorian-interval/2013-04-01T00:00:00/P3Y"),
    ("2013-14 to 2015-16", FINANCIAL_POOLED, "gregorian-interval/2013-04-01T00:00:00/P3Y"),
    ("2013/2014-2015/2016", FINANCIAL_POOLED, "gregorian-interval/2013-04-01T00:00:00/P3Y"),
    ("2013/14-15/16", ACADEMIC_POOLED, "gregorian-interval/2013-09-01T00:00:00/P3Y"),
    ("2013/14-15/16 (prov)", ACADEMIC_POOLED, "gregorian-interval/2013-09-01T00:00:00/P3Y"),
    ("1997/98-99/00", FINANCIAL_POOLED, "gregorian-interval/1997-04-01T00:00:00/P3Y"),
    ("1998/99-00/01", FINANCIAL_POOLED, "gregorian-interval/1998-04-01T00:00:00/P3Y"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rule", "interval"), UNDERSTOOD)
def test_a_spelling_is_understood_as_its_mapping_file_says(text: str, rule: PeriodRule, interval: str) -> None:
    read = read_period(text, rule)
    assert isinstance(read, Period)
    assert (read.interval, read.printed) == (BASE + interval, text.strip())
    assert read.status == ("P" if "(p" in text.lower() else None)


def test_many_spellings_are_tried() -> None:
    assert len({text for text, _, _ in UNDERSTOOD}) >= 40
    assert len(UNDERSTOOD) >= 65


@pytest.mark.parametrize("interval", sorted({interval for _, _, interval in UNDERSTOOD}))
def test_the_days_of_every_interval_are_known(interval: str) -> None:
    days = describe_interval(BASE + interval)
    assert days.first is not None
    assert days.last is not None
    assert days.first < days.last


@pytest.mark.parametrize(
    ("text", "rule", "key"),
    [
        ("2016", PeriodRule(), "years"),
        ("2016-17", PeriodRule(), "years"),
        ("2013/14-15/16", PeriodRule(pooled=True), "years"),
        ("2016", PeriodRule(years="financial"), "named_by"),
        ("2016", PeriodRule(years="academic"), "named_by"),
        ("2016-17", CALENDAR, "pooled"),
        ("2014-16", CALENDAR, "pooled"),
        ("2013/14-15/16", FINANCIAL, "pooled"),
    ],
)
def test_what_the_mapping_file_leaves_open_is_asked_for_and_not_guessed(text: str, rule: PeriodRule, key: str) -> None:
    read = read_period(text, rule)
    assert isinstance(read, Unread)
    assert read.key == key
    assert repr(text) in read.message


@pytest.mark.parametrize(
    ("text", "rule", "kind"),
    [
        ("2016-17 (OT)", FINANCIAL, "mark not known"),
        ("2016 ()", CALENDAR, "mark not known"),
        ("2016-15", FINANCIAL, "period not read"),
        ("2016-16", POOLED, "period not read"),
        ("2016-18", FINANCIAL, "period not read"),
        ("2014-16", PeriodRule(years="calendar", pooled=False), "period not read"),
        ("2013/14-15/16", CALENDAR, "period not read"),
        ("2013/14-15/16", PeriodRule(years="financial", pooled=False), "period not read"),
        ("2013/15-15/16", FINANCIAL_POOLED, "period not read"),
        ("2015/16-13/14", FINANCIAL_POOLED, "period not read"),
        ("0016", CALENDAR, "period not read"),
        ("20162", CALENDAR, "period not read"),
        ("٢٠١٦", CALENDAR, "period not read"),
        ("", CALENDAR, "period not read"),
        ("Spring 2016", CALENDAR, "period not read"),
        ("2016p", CALENDAR, "period not read"),
        ("c", CALENDAR, "period not read"),
    ],
)
def test_what_is_not_understood_is_told_and_never_taken_for_a_period(text: str, rule: PeriodRule, kind: str) -> None:
    read = read_period(text, rule)
    assert isinstance(read, Unread)
    assert (read.kind, read.key) == (kind, None)


def test_a_mapping_file_may_say_what_a_mark_means() -> None:
    read = read_period("2016-17 (OT)", PeriodRule(years="financial", marks={"OT": "E"}))
    assert read == Period("2016-17 (OT)", BASE + FY_16, "E")


@pytest.mark.parametrize(
    ("text", "identifier", "interval"),
    [
        ("2023", "Calendar year", "year/2023"),
        ("201617", "Academic year", AY_16),
        ("201617", "Financial year", FY_16),
        ("201617", "Tax year", "gregorian-interval/2016-04-06T00:00:00/P1Y"),
        ("201617", "Financial year Q4", "government-quarter/2016-2017/Q4"),
        ("201617", "Part 1 (April to September)", "gregorian-interval/2016-04-01T00:00:00/P6M"),
        ("201617", "Part 2 (October to March)", "gregorian-interval/2016-10-01T00:00:00/P6M"),
        ("2016", "January", "month/2016-01"),
        ("2016", "December", "month/2016-12"),
    ],
)
def test_the_layout_ees_states_the_kind_of_year_itself(text: str, identifier: str, interval: str) -> None:
    read = read_stated_period(text, identifier, PeriodRule())
    assert isinstance(read, Period)
    assert read.interval == BASE + interval
    assert describe_interval(read.interval).first is not None


@pytest.mark.parametrize(
    ("text", "identifier"),
    [("201619", "Tax year"), ("2016", "Financial year Q1"), ("201617", "Week 7"), ("201617", "Autumn term")],
)
def test_a_part_of_a_year_that_has_no_days_is_told(text: str, identifier: str) -> None:
    read = read_stated_period(text, identifier, PeriodRule())
    assert isinstance(read, Unread)
    assert read.kind == "period not read"


def test_a_calendar_year_of_six_digits_contradicts_itself() -> None:
    read = read_stated_period("201617", "Calendar year", PeriodRule())
    assert isinstance(read, Unread)


def test_a_reporting_year_says_nothing_so_the_mapping_file_must() -> None:
    read = read_stated_period("2016", "Reporting year", PeriodRule())
    assert isinstance(read, Unread)
    assert read.key == "years"
    assert isinstance(read_stated_period("2016", "Reporting year", CALENDAR), Period)


@given(st.integers(1901, 2098), st.sampled_from(["-", "/", "–", " to "]), st.booleans())
def test_any_two_years_in_a_row_are_one_financial_year(first: int, join: str, short: bool) -> None:
    last = f"{(first + 1) % 100:02}" if short else str(first + 1)
    read = read_period(f"{first}{join}{last}", FINANCIAL)
    assert isinstance(read, Period)
    assert read.interval == f"{BASE}government-year/{first}-{first + 1}"


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text: str) -> None:
    for rule in (PeriodRule(), CALENDAR, POOLED, FINANCIAL_POOLED, ACADEMIC):
        assert isinstance(read_period(text, rule), Period | Unread)
