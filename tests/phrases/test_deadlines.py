"""Dates inside sentences: those that the statement sets itself, and those that only tell of something else."""

from __future__ import annotations

import pytest

from cyppgraph.phrases import find_deadlines

SET = [
    ("Revised criteria implemented by 31/3/12 Evidence that children", "by 31/3/12", "by", "2012-03-31"),
    ("Consultations held and results reported by December 2012 to the", "by December 2012", "by", "2012-12"),
    ("exclusions both fixed and permanent established by July 2013.", "by July 2013", "by", "2013-07"),
    ("Performance Management Framework signed off by August 2011. First", "by August 2011", "by", "2011-08"),
    ("the commissioning of 14 to 19 services from the Council in 2010 and uses", "in 2010", "during", "2010"),
    ("Report to Cabinet in Nov 2011.", "in Nov 2011", "by", "2011-11"),
    ("publication of Key Stage results in Autumn term 2011", "in Autumn term 2011", "during", "2011-09/2011-12"),
    ("Repeat exercise in 2.1 in 2021/22", "in 2021/22", "during", "2021-04/2022-03"),
    ("arrangements for Day 6 provision from September 2012", "from September 2012", "from", "2012-09/.."),
    ("at least half - 75 in total - by 2017.", "by 2017", "by", "2017"),
    ("Undertake the survey during Summer Term 2013", "during Summer Term 2013", "during", "2013-04/2013-07"),
    ("increased over 2021-23 to an average of 17", "over 2021-23", "during", "2021/2023"),
    ("in place by the end of March 2012", "by the end of March 2012", "by", "2012-03-31"),
    ("to be published in March 2014", "in March 2014", "by", "2014-03"),
]
TOLD = [
    "reduce the numbers by 1% from March 2011 baseline",
    "Increase the take-up by 20% from the 2010 baseline",
    "taking part against the 2010 baseline",
    "50% growth from baseline at March 2011 baseline",
    "2011/12 actions of the e-safety strategy action plan are delivered",
    "Response to the December 2010 survey",
    "as the Care Act 2014 requires",
    "Current data for 2009 shows -22% reduction from 1998 baseline.",
    "PI to measure impact will be introduced in 2012/13 CYPP",
    "Fewer children report in the 2011 Your Say survey than in 2010",
    "priority areas for development identified in 2010. Needs",
    "as noted in the 2020 inspection.",
    "services published in March 2020 were good",
    "the pilot programme from 2010-11 is embedded",
    "the level of changes from 48 (2009/2010).",
    "by 31/09/21",
    "by March",
]


@pytest.mark.parametrize(("text", "words", "kind", "edtf"), SET)
def test_a_date_that_the_statement_sets_is_a_deadline(text: str, words: str, kind: str, edtf: str) -> None:
    (phrase,) = find_deadlines(text)
    assert (text[phrase.start : phrase.end], phrase.kind, phrase.edtf) == (words, kind, edtf)


@pytest.mark.parametrize("text", TOLD)
def test_a_date_that_tells_of_something_else_is_none(text: str) -> None:
    assert find_deadlines(text) == []
