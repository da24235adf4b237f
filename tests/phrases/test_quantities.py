"""Targets: which numbers are wanted, and how they are meant."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cyppgraph.phrases import TargetPhrase, find_targets


def shown(target: TargetPhrase) -> str:
    """A target as "at least 20-30 count per locality"."""
    upper = f"-{target.upper}" if target.upper is not None else ""
    per = f" per {target.per}" if target.per else ""
    return f"{target.comparison} {target.value}{upper} {target.unit}{per}"


WANTED = {
    "NEET to 4.9%": ["exactly 4.9 percent"],
    "target of over 90%": ["at least 90 percent"],
    "Increase the take-up of group childcare by 20% from the 2010 baseline": ["increase by 20 percent"],
    "Increase of 10% from the 2010 baseline of families": ["increase by 10 percent"],
    "10% increase achieved": ["increase by 10 percent"],
    "Baseline plus 5%": ["increase by 5 percent"],
    "Baseline plus 100 (year end target).": ["increase by 100 count"],
    "75-100% of GP practices and health partners aware of FEPs": ["at least 75-100 percent"],
    "Achieve a target – no more than 98 offences per 100 offenders": ["at most 98 count per 100 offenders"],
    "(expected target to be no more than 301 – awaiting confirmation)": ["at most 301 count"],
    "156 per year": ["exactly 156 count per year"],
    "Minimum of 10 training sessions": ["at least 10 count"],
    "Minimum of 2 sessions per young person per week": ["at least 2 count per young person per week"],
    "20-30 volunteers per locality recruited and trained (total of between 60 and 90) minimum of 60": [
        "at least 20-30 count per locality",
        "at least 60-90 count",
        "at least 60 count",
    ],
    "100% within 5 days": ["exactly 100 percent", "at most 5 days"],
    "Provide a substance use assessment within five days of receipt of referral": ["at most 5 days"],
    "Primary absence levels reduce to 5% or less": ["at most 5 percent"],
    "the number of contacts reduces by 50% to 10K": ["decrease by 50 percent", "at most 10000 count"],
    "Sustain downward trend with 3% reduction year on year for next 3 years.": ["decrease by 3 percent per year"],
    "eligible results achieved by 30% of families by end of year 1 (target of 50% overall)": [
        "exactly 30 percent",
        "exactly 50 percent",
    ],
    "100% (25) pilot primary schools are positive about experience": ["exactly 100 percent"],
    "targets of 95% care leavers in suitable accommodation and 80% care leavers in EET": [
        "exactly 95 percent",
        "exactly 80 percent",
    ],
    "Achieve 27 adoptions": ["exactly 27 count"],
    "50 refreshed School Travel Plans including annual survey of means of travel each year with Accreditation of at"
    " least 20 to Sustainable level each year and at least half - 75 in total - by 2017.": [
        "exactly 50 count",
        "at least 20 count per year",
        "at least 75 count",
    ],
    "Reduce prospective foster carer assessment timescales to 16 weeks": ["at most 16 weeks"],
    "the proportion of pupils not in employment does not exceed 6.7%": ["at most 6.7 percent"],
    "reducing the void down to 15%.": ["at most 15 percent"],
    "Caseloads will now be gradually increased over 2021-23 to an average of 17.": ["exactly 17 count"],
    "( i.e. NFA rate = zero )": ["exactly 0 count"],
    "All service areas demonstrate at least one participation activity.": ["at least 1 count"],
    "Two sessions delivered per term": ["exactly 2 count per term"],
    "Foundation Learning Provision increased to 1,500 places": ["at least 1500 count"],
    "Reduction in the numbers of Looked After Children, target 260": ["at most 260 count"],
    "Further reduce the numbers whose status is unknown by 1% from March 2011 baseline": ["decrease by 1 percent"],
    "Increase the volume of TACAF assessments by 25 per quarter in line with baseline for 2010": [
        "increase by 25 count per quarter"
    ],
    "Establish a base of 20 'Motivate the Estate' change agents": ["exactly 20 count"],
    "25 primary and 10 secondary schools to be endorsed": ["exactly 25 count", "exactly 10 count"],
    "target 40 Primary Schools in Year 3 & Year 4": ["exactly 40 count"],
    "258 families identified and 'attached to'": ["exactly 258 count"],
    "involving minimum 500 children and young people": ["at least 500 count"],
    "40% of the target 100 family have been referred": ["exactly 40 percent"],
    "School to agree on e.g. 10% reduction in staff car use.": ["decrease by 10 percent"],
    "50% growth of lodgings provision": ["increase by 50 percent"],
}
NOT_WANTED = [
    "Lower attainment gap for White FSM pupils (KS2 gap currently 34.9%)",
    "Narrow attainment gap at KS2 for BME children (gap fluctuated over time between 5% and 12%).",
    "Current data for 2009 shows -22% reduction from 1998 baseline.",
    "Number of schools where less than 55% of pupils achieve Level 4 or above at Key Stage 2",
    "Continue to target young people aged 15-24 years to screen for Chlamydia",
    "Increase in the % of eligible children Year R and Year 6 taking part",
    "identify the impact of interventions for 25 families subject to child protection plans",
    "Improve on the level of changes made as a result of participation from 48 (2009/2010).",
    "uptake amongst those living in the 20% most deprived areas",
    "Ensure that tier 3 (stage 4) CAMHS meets its performance targets",
    "cases moving down from social care to stages 3 and 2",
    "a 3 year Croydon breastfeeding strategy",
    "pregnant women with BMI>35",
    "pupils with 85% attendance and 18 or more unauthorised absences",
    "Provision of MEND 5-7 programme",
    "Complex Adolescents Panel for over 18s",
    "As at 31/10/20 60 young people were being supported",
    "all schools in tiers one and two have a Partnership Plan",
    "Provide a 1 year post to offer training",
    "the proposed delivery consists of 3 designated Children's Centre Hubs",
    "NI 32 Repeat incidents of domestic violence",
    "1.1 Ensure all children and young people are safe",
    "maximum benefit is achieved e.g. 2010 outcomes 76 places used by 92 families.",
    "that targets from conception to 5",
    "work with young vulnerable 16-18 year olds",
    "Achievement of 5 or more A*-C grades at GCSE",
    "No increase in the volume of young people presenting as homeless",
]


@pytest.mark.parametrize("text", WANTED)
def test_wanted_numbers_are_targets(text: str) -> None:
    assert [shown(t) for t in find_targets(text)] == WANTED[text]


@pytest.mark.parametrize("text", NOT_WANTED)
def test_levels_definitions_ages_names_and_samples_are_none(text: str) -> None:
    assert [shown(t) for t in find_targets(text)] == []


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("NEET to 4.9%", "Reduce the number of young people not in education", "at most 4.9 percent"),
        ("50% of all settings", "20% increase in Early Years providers", "at least 50 percent"),
        ("156 per year", "Ensure a minimum of 3 deployments per week", "at least 156 count per year"),
        ("2 Community Centres established", "Increase participation of hard to reach groups", "exactly 2 count"),
        ("90% of health assessments are completed in time", "Reduce delays", "exactly 90 percent"),
    ],
)
def test_a_bare_level_takes_the_direction_of_its_action(text: str, hint: str, expected: str) -> None:
    assert [shown(t) for t in find_targets(text, direction_hint=hint)] == [expected]


def test_a_baseline_is_kept_as_printed() -> None:
    (by_number,) = find_targets("Increase by 25% from the baseline number of 120 worked with out of 375 known")
    assert (by_number.value, by_number.baseline_value) == (Decimal(25), Decimal(120))
    (by_year,) = find_targets("20% reduction in children on CPP for more than 2 years compared to 2010 baseline")
    assert (by_year.comparison, by_year.baseline_statement) == ("decrease by", "2010 baseline")
    (from_to,) = find_targets("Increase placements from 48 to 60")
    assert (from_to.value, from_to.baseline_value) == (Decimal(60), Decimal(48))


def test_strict_provisional_and_counted_are_kept() -> None:
    assert find_targets("target of over 90%")[0].strict
    assert not find_targets("at least 90%")[0].strict
    assert find_targets("(expected target to be no more than 301 – awaiting confirmation)")[0].provisional
    assert find_targets("School to agree on e.g. 10% reduction in staff car use.")[0].provisional
    assert find_targets("Minimum of 10 training sessions")[0].of == "training sessions"
    assert find_targets("no more than 98 offences per 100 offenders")[0].of == "offences"
