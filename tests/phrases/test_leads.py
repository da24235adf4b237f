"""Lead columns: who is named, in which of the four ways, and where one lead ends."""

from __future__ import annotations

import pytest

from cyppgraph.phrases import LeadPhrase, parse_leads


def shown(lead: LeadPhrase) -> str:
    """A lead as "role=… person=…", the short form that the tables below use."""
    parts = [f"{name}={value}" for name in ("role", "person", "body", "initials") if (value := getattr(lead, name))]
    return " ".join(parts) or lead.status


PEOPLE = {
    "Jenny Phaure": ["person=Jenny Phaure"],
    "Helen M Wilson": ["person=Helen M Wilson"],
    "Linda Wright,": ["person=Linda Wright"],
    "Dominic Porter- Moore": ["person=Dominic Porter- Moore"],
    "Carol Compton, Chris Sollis": ["person=Carol Compton", "person=Chris Sollis"],
    "Elaine Hammans ; Dawn Harvey": ["person=Elaine Hammans", "person=Dawn Harvey"],
    "Margaret Gray/ Erin Brennan-Douglas": ["person=Margaret Gray", "person=Erin Brennan-Douglas"],
    "Margaret Gray/ Amy Young": ["person=Margaret Gray", "person=Amy Young"],
    "Carol Compton Marie Henderson": ["person=Carol Compton", "person=Marie Henderson"],
    "Simon Townend Sylvia McNamara": ["person=Simon Townend", "person=Sylvia McNamara"],
    "Sylvia McNamara Simon Townend / Dwynwen Stepien": [
        "person=Sylvia McNamara",
        "person=Simon Townend",
        "person=Dwynwen Stepien",
    ],
    "Debby MacCormack & Anna Mansaray": ["person=Debby MacCormack", "person=Anna Mansaray"],
    "Jane McAllister, Linda Wright, Marion Rodin, Mike Corrigan": [
        "person=Jane McAllister",
        "person=Linda Wright",
        "person=Marion Rodin",
        "person=Mike Corrigan",
    ],
    "Mary-Jane O'Connor and Anne de la Mare": ["person=Mary-Jane O'Connor", "person=Anne de la Mare"],
}
PEOPLE_WITH_POSTS = {
    "Health Improvement Principal -Anna Kitt": ["role=Health Improvement Principal person=Anna Kitt"],
    "Health Improvement Principals – Anna Kitt & Rachel Nicholson": [
        "role=Health Improvement Principals person=Anna Kitt",
        "role=Health Improvement Principals person=Rachel Nicholson",
    ],
    "Health Improvement Principals-Anna Kitt and Rachel Nicholson": [
        "role=Health Improvement Principals person=Anna Kitt",
        "role=Health Improvement Principals person=Rachel Nicholson",
    ],
    "Cathy Moore Strategic Lead Standards": ["role=Strategic Lead Standards person=Cathy Moore"],
    "Paul Brightly- Jones Principle officer Inclusion and Reintergration": [
        "role=Principle officer Inclusion and Reintergration person=Paul Brightly- Jones"
    ],
    "Peter McDonald, Travel And Transport Planning Officer": [
        "role=Travel And Transport Planning Officer person=Peter McDonald"
    ],
    "Travel and Transport Planning Officer (Peter McDonald) & Town Planning Dept": [
        "role=Travel and Transport Planning Officer person=Peter McDonald",
        "body=Town Planning Dept",
    ],
    "Jane Smith, Head of Service, and John Brown, Team Manager": [
        "role=Head of Service person=Jane Smith",
        "role=Team Manager person=John Brown",
    ],
    "Jane Smith (Head of Service)": ["role=Head of Service person=Jane Smith"],
    "Gill Manton, LPB Chairs": ["person=Gill Manton", "role=LPB Chairs"],
    "HOS-LUO Angela Hogg/ Janet Clark/MACE": [
        "role=HOS-LUO",
        "person=Angela Hogg",
        "person=Janet Clark",
        "body=MACE",
    ],
    "Roger Harris HOS-CATO HOS-CATO": ["person=Roger Harris", "role=HOS-CATO", "role=HOS-CATO"],
    "Wendy Allen/ HOS CATO Wendy Allen/ SL EYFC": [
        "person=Wendy Allen",
        "role=HOS CATO",
        "person=Wendy Allen",
        "role=SL EYFC",
    ],
    "Paula Doherty & partner agencies": ["person=Paula Doherty", "body=partner agencies"],
    "Denise Clements and commissioning group": ["person=Denise Clements", "body=commissioning group"],
    "Dwynwen Stepien In partnership with CUS And CCG": ["person=Dwynwen Stepien", "body=CUS", "body=CCG"],
    "Dwynwen Stepien Partners as identified by EIFS Board": [
        "person=Dwynwen Stepien",
        "body=Partners as identified by EIFS Board",
    ],
    "Dwynwen Stepien Sukriti Sen Croydon Practitioner Academy": [
        "person=Dwynwen Stepien",
        "person=Sukriti Sen",
        "body=Croydon Practitioner Academy",
    ],
}
POSTS = {
    "Group Managers": ["role=Group Managers"],
    "Head of Partnership & Business Development": ["role=Head of Partnership & Business Development"],
    "Head of Youth and Community Services": ["role=Head of Youth and Community Services"],
    "Infant and Maternal Public Health Improvement Principle": [
        "role=Infant and Maternal Public Health Improvement Principle"
    ],
    "Transport & Health Improvement Principal": ["role=Transport & Health Improvement Principal"],
    "Health Improvement Principal –Lead for Maternity and Breastfeeding": [
        "role=Health Improvement Principal –Lead for Maternity and Breastfeeding"
    ],
    "Lead Attendance Officer (LAO)": ["role=Lead Attendance Officer (LAO)"],
    "Strategic Lead - School improvement Learning & Skills (SILS)": [
        "role=Strategic Lead - School improvement Learning & Skills (SILS)"
    ],
    "S L Learner Support & PEP (LS&PEP)": ["role=S L Learner Support & PEP (LS&PEP)"],
    "Director or Midwifery": ["role=Director or Midwifery"],
    "Director People Service": ["role=Director People Service"],
    "AWAs": ["role=AWAs"],
    "LA (CFL) Commissioners": ["role=LA (CFL) Commissioners"],
    "Stay safe group representatives": ["role=Stay safe group representatives"],
    "LA integrated working manager. Partner reps on PW sub group": [
        "role=LA integrated working manager",
        "role=Partner reps on PW sub group",
    ],
    "LA integrated working manager Partner reps on PW sub group.": [
        "role=LA integrated working manager",
        "role=Partner reps on PW sub group",
    ],
    "Travel And Transport Planning Officer Improvement Officer Health and Wellbeing (Healthy Schools)": [
        "role=Travel And Transport Planning Officer",
        "role=Improvement Officer Health and Wellbeing (Healthy Schools)",
    ],
    "Category Managers CFL Public Health Consultant –Lead for Healthy Weight": [
        "role=Category Managers body=CFL",
        "role=Public Health Consultant –Lead for Healthy Weight",
    ],
    "MAGs, SMs for FST, disabled children and YOS": ["role=MAGs", "role=SMs for FST, disabled children and YOS"],
    "HCATO, SMs for QA, YOS, Placements": ["role=HCATO", "role=SMs for QA, YOS, Placements"],
    "SMQA & SMT CATO": ["role=SMQA", "body=SMT CATO"],
    "PCT/Head of Service Strategic Commissioning": ["body=PCT", "role=Head of Service Strategic Commissioning"],
}
POSTS_IN_BODIES = {
    "Head of Partnerships and Business Development, CFL, LBC": [
        "role=Head of Partnerships and Business Development body=CFL, LBC"
    ],
    "Head of Strategy, Commissioning, Procurement and Performance (CFL), LBC in partnership with Lead children's"
    " commissioner, CCG": [
        "role=Head of Strategy, Commissioning, Procurement and Performance body=CFL, LBC",
        "role=Lead children's commissioner body=CCG",
    ],
    "Head of Partnerships and Business Development, CFL, LBC & Welfare Rights team manager": [
        "role=Head of Partnerships and Business Development body=CFL, LBC",
        "role=Welfare Rights team manager",
    ],
    "Director of Midwifery (CUH)": ["role=Director of Midwifery body=CUH"],
    "Director of Midwifery, CUH/CCG": ["role=Director of Midwifery body=CUH", "body=CCG"],
    "Chair MSLC/Infant and Maternal Public Health Improvement Principle": [
        "role=Chair body=MSLC",
        "role=Infant and Maternal Public Health Improvement Principle",
    ],
    "Integrated Youth Support Service Chair, Positive Contribution Group": [
        "body=Integrated Youth Support Service",
        "role=Chair body=Positive Contribution Group",
    ],
    "Strategy and Planning Manager LBC": ["role=Strategy and Planning Manager body=LBC"],
    "Curriculum Team Manager - English & Maths And Family Learning, CALAT, LBC": [
        "role=Curriculum Team Manager - English & Maths And Family Learning body=CALAT, LBC"
    ],
    "S M Joint Commissioning / Head of Commissioning S Essex PCT & the Health Improvement Team": [
        "role=S M Joint Commissioning",
        "role=Head of Commissioning body=S Essex PCT",
        "body=Health Improvement Team",
    ],
    "SM Joint Commission-ing PCT": ["role=SM Joint Commission-ing body=PCT"],
}
BODIES = {
    "EYFC": ["body=EYFC"],
    "EYFC EYFC": ["body=EYFC", "body=EYFC"],
    "SILS SILS EYFC": ["body=SILS", "body=SILS", "body=EYFC"],
    "LS&PEP\nSILS/EYFC": ["body=LS&PEP", "body=SILS", "body=EYFC"],
    "EYFC (& SM Family Support)": ["body=EYFC", "role=SM Family Support"],
    "EYFC/Head of Children's Commissioning": ["body=EYFC", "role=Head of Children's Commissioning"],
    "HCATO / police / health / EYFC": ["role=HCATO", "body=police", "body=health", "body=EYFC"],
    "HCATO, legal services, health & adult services": [
        "role=HCATO",
        "body=legal services",
        "body=health",
        "body=adult services",
    ],
    "HCATO, SMT & Workforce Dev.": ["role=HCATO", "body=SMT", "body=Workforce Dev"],
    "Economic Wellbeing/NEET Steering Group": ["body=Economic Wellbeing/NEET Steering Group"],
    "Youth Service/School Improvement": ["body=Youth Service", "body=School Improvement"],
    "Communications, Croydon Council": ["body=Communications, Croydon Council"],
    "School Improvement Service, LBC in partnership with CYPF Network": [
        "body=School Improvement Service, LBC",
        "body=CYPF Network",
    ],
    "Public Health Public Health": ["body=Public Health", "body=Public Health"],
    "Via the Youth Council and providers' own student voice mechanisms": [
        "body=Youth Council",
        "body=providers' own student voice mechanisms",
    ],
    "SBC Customer Contact Centre": ["body=SBC Customer Contact Centre"],
}


@pytest.mark.parametrize("table", [PEOPLE, PEOPLE_WITH_POSTS, POSTS, POSTS_IN_BODIES, BODIES])
def test_each_name_is_read_as_a_careful_reader_reads_it(table: dict[str, list[str]]) -> None:
    read = {text: [shown(lead) for lead in parse_leads(text)] for text in table}
    assert read == table


@pytest.mark.parametrize(
    "text",
    ["TBC", "To be confirmed", "To be agreed", "To be identified"],
)
def test_what_is_not_settled_names_nobody(text: str) -> None:
    (lead,) = parse_leads(text)
    assert (lead.status, lead.role, lead.person, lead.body) == ("to be confirmed", None, None, None)


def test_a_body_whose_officer_is_to_be_named_is_kept() -> None:
    (lead,) = parse_leads("School improvement – lead officer to be confirmed")
    assert (lead.status, lead.body, lead.person) == ("to be confirmed", "School improvement", None)


@pytest.mark.parametrize("text", ["In accordance with governance arrangements of new partnership/s", "As required"])
def test_words_that_name_nobody_are_not_stated(text: str) -> None:
    (lead,) = parse_leads(text)
    assert (lead.status, lead.role, lead.person, lead.body) == ("not stated", None, None, None)


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_blank_is_for_the_caller(text: str) -> None:
    assert parse_leads(text) == []


@pytest.mark.parametrize(
    ("text", "initials"),
    [
        ("RM, with CD", ["RM", "CD"]),
        ("PB, MW", ["PB", "MW"]),
        ("PB,MW", ["PB", "MW"]),
        ("ST/SH", ["ST", "SH"]),
        ("JM and SC", ["JM", "SC"]),
        ("RM SH", ["RM", "SH"]),
        ("IL", ["IL"]),
    ],
)
def test_initials_are_read_only_where_the_plan_uses_them(text: str, initials: list[str]) -> None:
    assert [lead.initials for lead in parse_leads(text, initials=True)] == initials
    assert all(lead.initials is None for lead in parse_leads(text))


def test_a_capacity_is_kept_beside_the_name() -> None:
    first, second = parse_leads("Trish Carpenter; data updates collected via Darren McAughtrie")
    assert (first.person, first.capacity) == ("Trish Carpenter", None)
    assert (second.person, second.capacity) == ("Darren McAughtrie", "data updates collected via")


LETTERED = {
    "a) Team around the Family Manager, LBC b) Head of Partnerships and Business Development, CFL, LBC c) Team around"
    " the Family Manager, LBC": [
        ("a", "role=Team around the Family Manager body=LBC"),
        ("b", "role=Head of Partnerships and Business Development body=CFL, LBC"),
        ("c", "role=Team around the Family Manager body=LBC"),
    ],
    "a), b) and c) Benefits manager, LBC in partnership with School Improvement Service, LBC": [
        ("abc", "role=Benefits manager body=LBC"),
        ("abc", "body=School Improvement Service, LBC"),
    ],
    "a) and b) Head of Partnerships and Bus Dev, CFL, LBC in partnership with Landlord services and Revenue and Income,"
    " Exchequer & Benefits services. c) Curriculum Team Manager - English & Maths And Family Learning, CALAT, LBC": [
        ("ab", "role=Head of Partnerships and Bus Dev body=CFL, LBC"),
        ("ab", "body=Landlord services"),
        ("ab", "body=Revenue and Income, Exchequer & Benefits services"),
        ("c", "role=Curriculum Team Manager - English & Maths And Family Learning body=CALAT, LBC"),
    ],
}


@pytest.mark.parametrize("text", LETTERED)
def test_letters_say_which_parts_a_lead_is_for(text: str) -> None:
    assert [("".join(lead.letters), shown(lead)) for lead in parse_leads(text)] == LETTERED[text]


@pytest.mark.parametrize(
    "board",
    ["Stay Safe", "Be Healthy", "Families and Wellbeing", "Participate and Enjoy", "Capacity and Service Improvement"],
)
def test_a_column_of_boards_reads_names_as_bodies(board: str) -> None:
    assert [shown(lead) for lead in parse_leads(board, default="body")] == [f"body={board}"]


def test_names_that_the_plan_settles_win_over_form() -> None:
    people = frozenset({"Iain Low", "Roisin Madden"})
    assert [shown(lead) for lead in parse_leads("Iain Low Roisin Madden", people=people, default="body")] == [
        "person=Iain Low",
        "person=Roisin Madden",
    ]
    assert shown(parse_leads("Stay Safe", bodies=frozenset({"Stay Safe"}))[0]) == "body=Stay Safe"
    assert shown(parse_leads("LAO", roles=frozenset({"LAO"}))[0]) == "role=LAO"
