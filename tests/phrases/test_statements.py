"""Cells cut into statements and actions, with and without printed marks."""

from __future__ import annotations

import pytest

from cyppgraph.phrases import split_actions, split_statements

STATEMENTS = [
    ["Baseline established and targets for performance established"],
    ["Audit demonstrates improved quality of referrals", "Better information will lead to better decision making"],
    [
        "Agreed action plan for Children's centres, community and acute settings",
        "Agreed date for Stage 1 Assessment visit",
    ],
    [
        "Plan and system in place to ensure all relevant staff are scheduled to attend training, and non-attenders"
        " followed up",
        "Minimum of 10 training sessions",
        "Quarterly report to Start 4Life partnership",
    ],
    [
        "Establish the baseline uptake of Healthy Start, particularly amongst those living in the 20% most deprived"
        " MSOAs",
        "Engage maternity, community, FNP and Early years settings in the promotion of the Healthy Start programme",
        "Increased proportion of mothers who are claiming healthy start milk and vitamins",
    ],
    ["All eligible schools participate", "Increase in the % of eligible children Year R and Year 6 taking part"],
    ["Revised pathway in place", "Provision of MEND 5-7 programme"],
    ["Revised criteria implemented by 31/3/12", "Evidence that children and parents are receiving a service"],
    ["20 practitioners have enhanced assessment skills", "10 sessions provided"],
    ["Primary absence levels reduce to 5% or less", "Secondary absence levels reduce to 6.2% or less"],
    [
        "50% growth of lodgings provision from baseline at March 2011 baseline",
        "100% of care leavers live in suitable accommodation",
    ],
    ["Two sessions delivered per term", "Improved knowledge of immunisation"],
    ["Youth Inspectors programme established", "Identified young peoples views having demonstrable impact"],
    ["JSNA complete", "Findings published and disseminated"],
    ["Commission a new smoking cessation service", "Sign contract", "Mobilise service", "Review outcome KPIs"],
    ["Achieve 27 adoptions", "Achieve 50 adoptions"],
    ["Jointly funded packages of support in place", "Draft single plan developed"],
    [
        "action planning to help keep them safe",
        "Children and young people in care who go missing benefit from timely meetings",
    ],
    # names, abbreviations and examples that must not be cut
    ["The TAMHS programme continues to be delivered and staff in schools meet the needs of their pupils"],
    ["The CFIT Team will have developed targeted interventions"],
    ["Review completed and Appropriate services re-commissioned"],
    ["All Special Schools fully using CASPA, comparative reports produced and analysed"],
    ["Report to the Children's Partnership & C&L DMT"],
    ["Learners will have access to Foundation Learning Provision in the Southend Staged Intervention Model"],
    ["Monitor usage of funding e.g. 2010 outcomes 76 places used by 92 families."],
    ["Ensure key groups are targeted e.g. YOS, Alt Ed and LAC."],
    ["Children in need (s.17) where parental substance misuse is identified"],
    ["NI 69 Children who have experienced bullying"],
    ["CSC 029 Pupils achieving Level 2+ at Key Stage 1 in reading"],
    ["Progress measured at Key Stage 2 and Key Stage 4 by Ofsted"],
]
SENTENCES = {
    "System developed and embedded. PI to measure impact will be introduced": [
        "System developed and embedded.",
        "PI to measure impact will be introduced",
    ],
    "Pilot completed and evaluated. Roll out plan developed Easier access to completed CAF's": [
        "Pilot completed and evaluated.",
        "Roll out plan developed",
        "Easier access to completed CAF's",
    ],
    "Media plan in place; No of media campaigns delivered;\nNo of resources developed": [
        "Media plan in place",
        "No of media campaigns delivered",
        "No of resources developed",
    ],
    "Action Plan in place with clear objectives; milestones; leads in place.": [
        "Action Plan in place with clear objectives; milestones; leads in place."
    ],
    "• Training delivered • Survey done": ["Training delivered", "Survey done"],
    "a) Training delivered b) Completion of rollout": ["Training delivered", "Completion of rollout"],
    "a) Tool identified and b) communicated.": ["Tool identified", "communicated."],
    "quarterly targets for initiation of breastfeeding - Achieve UNICEF Baby Friendly Status": [
        "quarterly targets for initiation of breastfeeding",
        "Achieve UNICEF Baby Friendly Status",
    ],
    "Local provision addresses the needs. To include a broad range of provision.": [
        "Local provision addresses the needs. To include a broad range of provision."
    ],
}
ACTIONS = [
    [
        "Realign all core safeguarding services in the light of the Early Offer of Help & Munro",
        "Develop local MASH",
        "Implement findings from SCIE Child C",
        "Implement all inspection & QA Action Plans",
    ],
    [
        "Implement the full use of CAF as set out in SET Procedures",
        "Establish & embed a CAF performance framework (quantitative & qualitative data)",
        "Fully develop the Community Assessment Model for Courts",
        "Ensure that staff training, development & retention complement the full service offer",
    ],
    [
        "Rationalise support functions",
        "New independent chair of LSCB",
        "Re draft revised terms of reference",
        "Implement post -Munro implementation plan",
    ],
    [
        "Review effectiveness & future role of Admissions Forum in light of statutory changes",
        "Management & delivery of capital projects",
    ],
    [
        "Recruit an Early Help Programme Manager to lead and facilitate activity across partners",
        "Develop options for change",
    ],
    # one action each
    ["Recruit locality-based SEN Support in Mainstream Schools (Inclusion project) Teachers"],
    ["Early Help Develop and deliver a revised partnership service delivery model"],
    ["Develop a performance management framework for the impact of Extended School provision at Key Stage 2"],
    ["Update and implement the Homeless Prevention Steering Group Action Plan"],
    ["Develop a whole service approach. To include: Embedding the Framework Monitoring that meetings take place"],
    ["Enhance the support provided to young people with SEN/LDD transitioning into education"],
]


@pytest.mark.parametrize("statements", STATEMENTS, ids=lambda s: s[0][:40])
def test_run_together_statements_are_found_again(statements: list[str]) -> None:
    text = " ".join(statements)
    assert [text[a:b] for a, b in split_statements(text)] == statements


@pytest.mark.parametrize("text", SENTENCES)
def test_printed_marks_cut(text: str) -> None:
    assert [text[a:b] for a, b in split_statements(text)] == SENTENCES[text]


@pytest.mark.parametrize("actions", ACTIONS, ids=lambda a: a[0][:40])
def test_actions_without_bullets_are_cut_before_orders(actions: list[str]) -> None:
    text = " ".join(actions)
    assert [text[a:b] for a, b in split_actions(text)] == actions


def test_numbers_of_three_levels_begin_an_action() -> None:
    text = "Trauma Informed Practice 3.10.1 Support and embed practice. 3.10.2 Ensure that staff take part"
    assert [text[a:b] for a, b in split_actions(text)] == [
        "Trauma Informed Practice",
        "3.10.1 Support and embed practice.",
        "3.10.2 Ensure that staff take part",
    ]


def test_a_date_is_no_such_number() -> None:
    text = "Contracts awarded 20.09.21 Mobilisation and TUPE transfer"
    assert len(split_actions(text)) == 1
