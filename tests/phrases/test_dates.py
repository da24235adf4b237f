"""Date columns: each string stands in one of the five plans, or in another council's, and is read as people read it."""

from __future__ import annotations

from datetime import date

import pytest

from cyppgraph.phrases import DatePhrase, parse_dates

BY_MONTH = [
    ("March 2012", "2012-03-01", "2012-03-31"),
    ("Mar 2012", "2012-03-01", "2012-03-31"),
    ("MAR 2012", "2012-03-01", "2012-03-31"),
    ("Sep 2011", "2011-09-01", "2011-09-30"),
    ("Sept 2013", "2013-09-01", "2013-09-30"),
    ("July2013", "2013-07-01", "2013-07-31"),
    ("March '14", "2014-03-01", "2014-03-31"),
    ("September '13", "2013-09-01", "2013-09-30"),
    ("Dec 21", "2021-12-01", "2021-12-31"),
    ("April 21", "2021-04-01", "2021-04-30"),
    ("Mar-24", "2024-03-01", "2024-03-31"),
    ("11/2020", "2020-11-01", "2020-11-30"),
    ("10/2009", "2009-10-01", "2009-10-31"),
    ("Feb 2012", "2012-02-01", "2012-02-29"),
]
BY_DAY = [
    ("31/03/13", "2013-03-31"),
    ("01/04/2012", "2012-04-01"),
    ("01/04/21", "2021-04-01"),
    ("20.09.21", "2021-09-20"),
    ("1st April 2012", "2012-04-01"),
    ("3 March 2011", "2011-03-03"),
    ("1-Apr-24", "2024-04-01"),
    ("2013-03-31", "2013-03-31"),
    ("March 21, 2012", "2012-03-21"),
    ("Initial meeting 05/08/21", "2021-08-05"),
    ("30/09/21 (TBC)", "2021-09-30"),
]
SPANS = [
    ("Sept-Nov 2021", "2021-09-01", "2021-11-30"),
    ("July - September '13", "2013-07-01", "2013-09-30"),
    ("May - December '13", "2013-05-01", "2013-12-31"),
    ("May 2012- July 2013", "2012-05-01", "2013-07-31"),
    ("February 2012- May 2012", "2012-02-01", "2012-05-31"),
    ("May/June 2013", "2013-05-01", "2013-06-30"),
    ("January – March 2014", "2014-01-01", "2014-03-31"),
    ("Nov - Jan 2014", "2013-11-01", "2014-01-31"),
    ("From April 2024 - March 2025", "2024-04-01", "2025-03-31"),
    ("21.09.21-22.10.21", "2021-09-21", "2021-10-22"),
    ("2021-24", "2021-01-01", "2024-12-31"),
    ("Autumn 2022", "2022-09-01", "2022-11-30"),
    ("Winter 2012", "2012-12-01", "2013-02-28"),
    ("Spring/Summer 2024", "2024-03-01", "2024-08-31"),
    ("Autumn term 2011", "2011-09-01", "2011-12-31"),
    ("Spring term 2012/13", "2013-01-01", "2013-04-30"),
    ("Q2 2014", "2014-04-01", "2014-06-30"),
    ("Q1 24/25", "2024-04-01", "2024-06-30"),
]
A_YEAR_ALONE = [
    ("2013", "by", "2013-01-01", "2013-12-31"),
    ("2012-13", "by", "2012-04-01", "2013-03-31"),
    ("2009/10", "by", "2009-04-01", "2010-03-31"),
    ("2011/12", "by", "2011-04-01", "2012-03-31"),
    ("FY25/26", "by", "2025-04-01", "2026-03-31"),
    ("academic year 2023-24", "by", "2023-09-01", "2024-08-31"),
]
OPEN_ENDED = [
    ("April 21 and ongoing", "ongoing", "2021-04-01", None),
    ("Sept 2011 and ongoing", "ongoing", "2011-09-01", None),
    ("April 2012 & on going", "ongoing", "2012-04-01", None),
    ("Ongoing (started March 2021)", "ongoing", "2021-03-01", None),
    ("Ongoing", "ongoing", None, None),
    ("On-going.", "ongoing", None, None),
    ("Ongoing 2012/13", "ongoing", "2012-04-01", "2013-03-31"),
    ("On-going evaluation - March '14", "ongoing", None, "2014-03-31"),
    ("March '14 onwards", "from", "2014-03-01", None),
    ("April 2013 onwards", "from", "2013-04-01", None),
    ("from September 2012", "from", "2012-09-01", None),
    ("until March 2015", "until", None, "2015-03-31"),
    ("before April 2013", "by", None, "2013-03-31"),
    ("End of Q2 2014", "by", "2014-06-30", "2014-06-30"),
    ("By end March 2024", "by", "2024-03-31", "2024-03-31"),
    ("by 2017", "by", "2017-01-01", "2017-12-31"),
]
RECURRING = [
    ("Quarterly", "Q"),
    ("Annual", "A"),
    ("Annually", "A"),
    ("six monthly", "S"),
    ("6 monthly review", "S"),
    ("Review quarterly", "Q"),
    ("Reviewed on a quarterly basis", "Q"),
    ("Reviewed monthly", "M"),
    ("STP Updates by June each year", "A"),
    ("Progress to be reported six monthly at CYP Partnership", "S"),
    ("Quarterly monitoring reports to ensure progress in this area.", "Q"),
    ("Termly", None),
]
NO_BOUNDS = [
    ("As required", "unstated"),
    ("TBC", "unstated"),
    ("Baseline to be set using the Spring Term Extended School usage data", "unstated"),
    ("0.1.1.140", "unstated"),
    ("Immediate", "unstated"),
    ("31 March", "unstated"),
    ("31/09/21", "invalid"),
    ("30/02/2012", "invalid"),
    ("12/13/2014", "invalid"),
    ("June 1012", "invalid"),
]


def only(text: str) -> DatePhrase:
    (phrase,) = parse_dates(text)
    return phrase


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "earliest", "latest"), BY_MONTH)
def test_a_month_is_a_time_to_be_done_by(text: str, earliest: str, latest: str) -> None:
    phrase = only(text)
    assert (phrase.kind, phrase.earliest, phrase.latest) == ("by", day(earliest), day(latest))
    assert phrase.interval == f"http://reference.data.gov.uk/id/month/{earliest[:7]}"
    assert phrase.edtf == earliest[:7]


@pytest.mark.parametrize(("text", "on"), BY_DAY)
def test_a_day_is_read_day_first(text: str, on: str) -> None:
    phrase = only(text)
    assert (phrase.kind, phrase.earliest, phrase.latest) == ("by", day(on), day(on))
    assert phrase.interval == f"http://reference.data.gov.uk/id/day/{on}"


@pytest.mark.parametrize(("text", "earliest", "latest"), SPANS)
def test_a_span_is_a_time_to_be_done_in(text: str, earliest: str, latest: str) -> None:
    phrase = only(text)
    assert (phrase.kind, phrase.earliest, phrase.latest) == ("during", day(earliest), day(latest))


@pytest.mark.parametrize(("text", "kind", "earliest", "latest"), A_YEAR_ALONE)
def test_a_year_alone_is_a_deadline_as_a_month_is(text: str, kind: str, earliest: str, latest: str) -> None:
    phrase = only(text)
    assert (phrase.kind, phrase.earliest, phrase.latest) == (kind, day(earliest), day(latest))


@pytest.mark.parametrize(("text", "kind", "earliest", "latest"), OPEN_ENDED)
def test_an_end_or_a_beginning_may_be_open(text: str, kind: str, earliest: str | None, latest: str | None) -> None:
    phrase = only(text)
    assert (phrase.kind, phrase.earliest, phrase.latest) == (kind, day(earliest), day(latest))


@pytest.mark.parametrize(("text", "frequency"), RECURRING)
def test_what_recurs_has_a_frequency(text: str, frequency: str | None) -> None:
    phrase = only(text)
    assert (phrase.kind, phrase.frequency, phrase.earliest) == ("recurring", frequency, None)


@pytest.mark.parametrize(("text", "kind"), NO_BOUNDS)
def test_what_no_calendar_has_or_nobody_settled_sets_no_bounds(text: str, kind: str) -> None:
    phrase = only(text)
    assert (phrase.kind, phrase.earliest, phrase.latest, phrase.interval, phrase.edtf) == (kind, None, None, None, None)


def test_recurring_from_a_month_keeps_both() -> None:
    phrase = only("April 2012 & termly thereafter")
    assert (phrase.kind, phrase.earliest, phrase.latest) == ("recurring", date(2012, 4, 1), None)
    assert only("Quarterly from April 2013").frequency == "Q"


def test_a_frequency_with_a_year_recurs_within_it() -> None:
    phrase = only("Annual 2014")
    assert (phrase.kind, phrase.earliest, phrase.latest) == ("recurring", date(2014, 1, 1), date(2014, 12, 31))


SEVERAL = {
    "May 2011 Mar 2011": ["by 2011-05", "by 2011-03"],
    "30/09/2021 and 31/03/22": ["by 2021-09-30", "by 2022-03-31"],
    "31/03/21 30/06/21 30/09/21": ["by 2021-03-31", "by 2021-06-30", "by 2021-09-30"],
    "April 2012 May 2012 March 2013": ["by 2012-04", "by 2012-05", "by 2013-03"],
    "March 13 March '14 March '15": ["by 2013-03", "by 2014-03", "by 2015-03"],
    "2014 2014": ["by 2014", "by 2014"],
    "July 2013 Ongoing": ["by 2013-07", "ongoing None"],
    "Ongoing Ongoing": ["ongoing None", "ongoing None"],
    "April 2013; Quarterly": ["by 2013-04", "recurring None"],
    "April 2013 Review quarterly": ["by 2013-04", "recurring None"],
    "July 2013 Annual Annual 2014": ["by 2013-07", "recurring None", "recurring 2014"],
    "December 2013 Annual data published": ["by 2013-12"],
    "January – March 2014 June 2016": ["during 2014-01/2014-03", "by 2016-06"],
    "May/June 2013 October 2013 November 2013 January – March 2013": [
        "during 2013-05/2013-06",
        "by 2013-10",
        "by 2013-11",
        "during 2013-01/2013-03",
    ],
    "On-going. 2014 Picker results published twice 6 monthly review": ["ongoing None", "by 2014", "recurring None"],
    "On-going Reviewed on a quarterly basis": ["ongoing None", "recurring None"],
    "Commences June 1012 Completion Dec 2012 Delivery April 2013 onwards": [
        "invalid None",
        "by 2012-12",
        "from 2013-04/..",
    ],
    "Develop February 2012, Implement May 2012.": ["by 2012-02", "by 2012-05"],
    "Develop February to June 2012 Publish September 2012.": ["during 2012-02/2012-06", "by 2012-09"],
    "Drafting & consultation April 2012\nDelivery May 2012- July 2013": ["by 2012-04", "during 2012-05/2013-07"],
    "April 2012\nApril 2012 & termly thereafter\nApril 2012": ["by 2012-04", "recurring 2012-04/..", "by 2012-04"],
    "April 2012 and on going March 2013 February 2013": ["ongoing 2012-04/..", "by 2013-03", "by 2013-02"],
    "Ongoing monitoring 2012/13 with 6 monthly monitoring through partnership": [
        "ongoing 2012-04/2013-03",
        "recurring None",
    ],
    "Ongoing targeting of schools & families 2012-13 Delivery of support Sept 2012 working towards full strategy"
    " implementation April 2013": ["ongoing 2012-04/2013-03", "by 2012-09", "by 2013-04"],
    "Traded offer to schools & academies developed for review in March 2012 & implementation in September 2012": [
        "by 2012-03",
        "by 2012-09",
    ],
    "STP Updates by June each year and 50% to be Accredited by 2017": ["recurring None", "by 2017"],
    "Review of CUH protocols (December 2013) Monitor data April 2014": ["by 2013-12", "by 2014-04"],
    "June 2021 Ongoing (started March 2021) Process in place – Oct 2021": [
        "by 2021-06",
        "ongoing 2021-03/..",
        "by 2021-10",
    ],
    "MASH in place Jan 2013 aligned to full EOH delivery by April 2013": ["by 2013-01", "by 2013-04"],
    "Jan, April & July 2013": ["by 2013-01", "by 2013-04", "by 2013-07"],
    "September 2012, 2013 & 2014": ["by 2012-09", "by 2013-09", "by 2014-09"],
}


@pytest.mark.parametrize("text", SEVERAL)
def test_several_dates_in_a_cell_are_several(text: str) -> None:
    assert [f"{p.kind} {p.edtf}" for p in parse_dates(text)] == SEVERAL[text]


WORDS = {
    "Drafting & consultation April 2012\nDelivery May 2012- July 2013": [
        "Drafting & consultation April 2012",
        "Delivery May 2012- July 2013",
    ],
    "Review of CUH protocols (December 2013) Monitor data April 2014": [
        "Review of CUH protocols (December 2013)",
        "Monitor data April 2014",
    ],
    "Strategy agreed June 2012. Full implementation April 2013": [
        "Strategy agreed June 2012.",
        "Full implementation April 2013",
    ],
    "December 2013 Annual data published": ["December 2013 Annual data published"],
}


@pytest.mark.parametrize("text", WORDS)
def test_words_go_with_the_date_after_them_unless_a_mark_says_otherwise(text: str) -> None:
    assert [text[p.start : p.end] for p in parse_dates(text)] == WORDS[text]


def test_the_date_proper_is_told_from_its_words() -> None:
    text = "Project Group established April 2012"
    phrase = only(text)
    assert text[phrase.date_start : phrase.date_end] == "April 2012"


LETTERED = {
    "a) April 2013 b) March 2014 c) March 2014": [("a",), ("b",), ("c",)],
    "a) and b) September 2013 c) March 2014": [("a", "b"), ("c",)],
    "a) and b) Sep 2013 c) Mar 2014": [("a", "b"), ("c",)],
}


@pytest.mark.parametrize("text", LETTERED)
def test_letters_say_which_parts_a_date_is_for(text: str) -> None:
    assert [p.letters for p in parse_dates(text)] == LETTERED[text]


def test_a_pair_of_years_is_a_school_year_only_if_asked() -> None:
    (phrase,) = parse_dates("2012-13", school_year=True)
    assert (phrase.earliest, phrase.latest) == (date(2012, 9, 1), date(2013, 8, 31))
    assert only("2012-13").interval == "http://reference.data.gov.uk/id/government-year/2012-2013"


def test_intervals_are_named_only_where_they_fit() -> None:
    assert only("2013").interval == "http://reference.data.gov.uk/id/year/2013"
    three_months = "http://reference.data.gov.uk/id/gregorian-interval/2021-09-01T00:00:00/P3M"
    assert only("Sept-Nov 2021").interval == three_months
    assert only("April 2013 onwards").interval is None
    assert only("April 2013 onwards").edtf == "2013-04/.."
    assert only("until March 2012").edtf == "../2012-03"
    assert only("Autumn 2022").edtf == "2022-23"


def test_nothing_printed_is_nothing_read() -> None:
    assert parse_dates("") == []
    assert parse_dates(" \n ") == []
