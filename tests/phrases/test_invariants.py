"""What holds of every grammar for any text at all."""

from __future__ import annotations

import re
import string
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cyppgraph import phrases

_PIECES = (
    "March 2012 31/09/21 31/03/13 and & / , ; ( ) a) b) (i) (ii) ongoing Quarterly annual Public Health Officer",
    "Manager Jane Smith McDonald SM EYFC NI 32 20% 5 to by the reduce increase 100 within days Develop local Improved",
    "• \n - – £ 10K 2012/13 '14 from until onwards in partnership with TBC e.g. i.e. 1.2.3 Group Team 2021/222022/23",
    "126.4 Sept-Nov each year Autumn term Q2 see also 2.4.1 (LAA) complete started baseline target of at least none :",
)
_WORDS = [word for piece in _PIECES for word in piece.split(" ")]
TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(alphabet=string.printable, max_size=80),
    st.lists(st.sampled_from(_WORDS), max_size=30).map(" ".join),
    st.lists(st.sampled_from(_WORDS), max_size=15).map("".join),
)
SCHEMES = {"NI": "", "CSC": r"\d{3}"}
CALLS = (
    phrases.parse_dates,
    phrases.find_deadlines,
    phrases.parse_leads,
    lambda text: phrases.parse_leads(text, initials=True, default="body"),
    lambda text: phrases.parse_codes(text, SCHEMES),
    lambda text: phrases.split_at_codes(text, SCHEMES),
    lambda text: phrases.parse_designations(text, ["LAA"]),
    phrases.parse_cross_references,
    phrases.find_targets,
    phrases.parse_progress,
    lambda text: list(phrases.split_lettered(text).parts),
    lambda text: [found] if (found := phrases.split_years_and_amounts(text)) else [],
)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_offsets_lie_within_the_text_and_ascend(text: str) -> None:
    for call in CALLS:
        spans = [(found.start, found.end) for found in call(text)]
        assert all(0 <= start <= end <= len(text) for start, end in spans)
        assert spans == sorted(spans)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_statements_ascend_without_overlap_and_begin_and_end_in_words(text: str) -> None:
    for split in (phrases.split_statements, phrases.split_actions):
        position = 0
        for start, end in split(text):
            assert position <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip(" \n")
            position = end


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_dates_cover_every_character_once_and_bounds_are_ordered(text: str) -> None:
    found = phrases.parse_dates(text)
    covered = [any(p.start <= i < p.end for p in found) for i in range(len(text))]
    assert all(held for held, character in zip(covered, text, strict=True) if not character.isspace())
    for phrase, following in pairwise(found):
        assert phrase.end <= following.start
    for phrase in found:
        assert phrase.start <= phrase.date_start <= phrase.date_end <= phrase.end
        assert phrase.earliest is None or phrase.latest is None or phrase.earliest <= phrase.latest
        assert phrase.kind not in ("invalid", "unstated") or (phrase.earliest, phrase.latest) == (None, None)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
@example("0 -TBA")
@example("School improvement - TBA")
def test_a_lead_names_somebody_or_says_that_nobody_is_named(text: str) -> None:
    """Where a lead is still open, the body that is to name somebody may stand; no person or post does."""
    for lead in phrases.parse_leads(text):
        somebody = any((lead.role, lead.person, lead.initials)) or (lead.body and lead.status == "named")
        assert bool(somebody) == (lead.status == "named")
        assert lead.status == "named" or lead.body is None or re.search(r"[A-Za-z]", lead.body)


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_a_target_has_a_value_that_its_words_print(text: str) -> None:
    for target in phrases.find_targets(text):
        assert target.value >= 0
        assert target.upper is None or target.upper > target.value


@given(st.lists(st.decimals(0, 99999, places=1), min_size=1, max_size=3))
def test_amounts_printed_apart_are_read_as_printed(amounts: list[object]) -> None:
    assert phrases.split_amounts(" ".join(str(a) for a in amounts), len(amounts)) == tuple(amounts)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_number_is_printed_at_the_start(text: str) -> None:
    found = phrases.parse_number(text)
    assert found is None or text.lstrip().startswith(found[0])
