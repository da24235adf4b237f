"""The words that tell a post from a body from a person. Data; every list may grow.

In: nothing. Out: the vocabularies that ``cyppgraph.phrases.leads`` and ``lead_names`` read by. A word belongs here if
it tells the kinds apart in any council's plan; names of one plan's people or teams do not (callers pass those).
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Head nouns of posts: whoever bears one is a post ("Town Planning Officer"), also in the plural.
ROLE_NOUNS = _words(
    """adviser advisor administrator analyst assistant chair chairs chairman chairperson chief clerk commissioner
    consultant convenor coordinator co-ordinator coach councillor deputy director executive facilitator governor
    head headteacher headteachers inspector lead leader leads manager mentor nurse officer paediatrician planner
    practitioner president principal principle professional psychologist representative rep secretary specialist
    supervisor superintendent treasurer vice-chair warden worker member portfolio-holder accountant lawyer solicitor
    sergeant midwife champion registrar trustee"""
)

#: Abbreviated posts that may stand before what they are for ("SM Family Support", "HoS").
ROLE_ABBREVIATIONS = _words("""SM SMs SL SLs HOS HoS AD ADs DCS DASS CEO SRO PM PMs GM TM TMs DPH HT HTs""")

#: Abbreviations that the next abbreviation completes ("HOS CATO", "SMT CATO").
HEAD_ABBREVIATIONS = ROLE_ABBREVIATIONS | _words("SMT SLT")

#: Head nouns of bodies ("Early Years Team"), whole words, lower case.
BODY_NOUNS = _words(
    """academy academies agency agencies alliance association authority authorities board boards bureau cabinet centre
    centres charity clinic college colleges collaborative commission committee committees communications community
    consortium council councils dept department departments directorate division federation forum forums fund group
    groups hospital hospitals hub hubs institute ltd network networks nhs office ofsted panel parliament partner
    partners partnership partnerships pct police practice providers school schools sector service services society
    team teams trust trusts unit units university council's mechanisms workstream subgroup sub-group sub-committee
    ccg health stakeholders"""
)

#: Bodies that carry no head noun and yet are complete.
BODY_NAMES = frozenset(
    {"public health", "health", "social care", "police", "schools", "partners", "communications", "legal"}
)

#: Words that plans capitalise and no person is called by: what contains one is no personal name.
NOT_NAMES = _words(
    """a achieve achievement action adult adults after all and area around arrangements attainment attendance be
    bidding borough budget business capacity care carers category centre child childcare children children's
    childrens city commissioning communities community conduct connexions contribute corporate council county
    culture data delivery democratic development dev digital disabilities disability disabled district domestic
    early economic education educational emotional employment engagement english enjoy environment equalities
    equality estates everyone exchequer extended families family finance financial first for foster fostering front
    full further green group growth health healthy help high homelessness house housing hr improvement in inclusion
    income infant information integrated international intervention it joint justice key landlord learner learning
    legal leisure libraries library life local locality looked maintenance maternal maternity maths medical mental
    midwifery multi music national needs neighbourhood new nursery nutrition obesity of offending officers older on
    operations organisational outcomes overview parent parenting parents park participate participation people
    performance permanency personnel physical placement placements placing planning play policy population positive
    post poverty pregnancy prevention primary priority private procurement programme project property protection
    provision public pupil pupils quality raising referral regeneration reintegration residential resources revenue
    review safe safeguarding safer safety school schools scrutiny secondary section senior service services sexual
    short skills social special specialist sport sports standards stay steering strategic strategy substance support
    sure sustainable targeted teenage the through to together town training transformation transition transport
    travel troubled up urban virtual voluntary volunteering vulnerable welfare wellbeing well-being with work
    workforce working world young youth plus jobcentre agreed identified confirmed tbc required ongoing"""
)

#: Of those, the ones that are surnames too ("Amy Young").
ALSO_SURNAMES = _words("child day green house key park town young")

#: Small words inside personal names.
NAME_PARTICLES = _words("""de la le du van von der den del della di da al el bin ap ab st""")

#: Titles before personal names.
NAME_TITLES = _words(
    """mr mrs ms miss dr prof professor sir dame cllr councillor rev revd reverend di ds dci dcs pc sgt cdr lord lady"""
)

#: Words that say that nobody is named yet.
UNSETTLED = (
    r"\bt\.?b\.?[cad]\.?(?![a-z])|\bto\s+be\s+(?:confirmed|agreed|identified|appointed|advised|decided|determined|recruited"
    r"|nominated|announced)\b|\bvacan(?:t|cy)\b|\bnot\s+yet\s+(?:known|agreed|identified|confirmed|appointed)\b"
)

#: Words before a name that say in what capacity somebody is named.
CAPACITIES = (
    r"[a-z ]{0,40}\b(?:collected|provided|delivered|coordinated|co-ordinated|supported|managed|led|reported)\s+"
    r"(?:via|by|through)\s+|via\s+(?:the\s+)?|through\s+(?:the\s+)?|led\s+by\s+|supported\s+by\s+|with\s+support\s+from\s+"
    r"|in\s+consultation\s+with\s+|overseen\s+by\s+|lead\s*:\s*|project\s+manager\s*:\s*|support(?:ed)?\s*:\s*"
)
