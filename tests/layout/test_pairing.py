"""What a row pairs is paired; what it does not pair is shared, and says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from cyppgraph.plan import Action, Certainty

Read = Callable[[str, str], Any]

LAYOUT = """
[[level]]
term = "Priority"
kind = "commitment"

[[heading]]
level = "Priority"
pattern = 'Priority: (?P<statement>.+)'

[[table]]
column = [
    { heading = "Action", role = "action" },
    { heading = "Measure", role = "measures" },
    { heading = "Due", role = "due" },
    { heading = "Lead", role = "lead" },
]
"""
PAIRED = LAYOUT.replace("[[table]]", "[[table]]\npair = true")
HEADER = "Priority: Be safe\nAction | Measure | Due | Lead\n"
BULLETS = "<li>Write a plan</li><li>Train staff</li>"


def certainties(nodes: list[Any]) -> set[Certainty]:
    return {node.certainty for node in nodes}


def latest(found: Any, action: str) -> list[date | None]:
    return [due.latest for due in found.of(action, "due")]


def test_lettered_steps_take_what_bears_their_letters(read: Read) -> None:
    """Dates, leads and measures with letters go to the steps that bear them; one for two letters goes to both."""
    row = (
        "Improve the offer a) Write a plan b) Train staff | a) Plan written b) Staff trained "
        "| a) March 2012 b) April 2012 | a) and b) Ann Lee\n"
    )
    found = read(HEADER + row, LAYOUT)
    assert (found.under("Write a plan"), found.under("Train staff")) == ("Improve the offer", "Improve the offer")
    assert found.said("Write a plan", "measures") == ["Plan written"]
    assert found.said("Train staff", "measures") == ["Staff trained"]
    assert latest(found, "Write a plan") == [date(2012, 3, 31)]
    assert latest(found, "Train staff") == [date(2012, 4, 30)]
    assert found.said("Write a plan", "leads") == found.said("Train staff", "leads") == ["Ann Lee"]
    assert certainties(found.of("Write a plan", "due")) == {Certainty.STATED}


def test_lettered_steps_bear_the_number_of_their_action_in_full(read: Read) -> None:
    """Step a) of action 2 is 2a."""
    numbered = LAYOUT.replace("[[table]]", "[[table]]\nnumbered = true")
    found = read(
        HEADER + "2. Improve the offer: a) Write a plan b) Train staff | Done | May 2012 | Ann Lee\n", numbered
    )
    assert [found[step].number for step in ("Write a plan", "Train staff")] == ["2a", "2b"]
    assert found.words(Action)[0].startswith("Improve the offer")


def test_steps_without_letters_beside_them_share_the_row(read: Read) -> None:
    """One date for an action with lettered steps holds for the action and for each step."""
    found = read(HEADER + "Improve the offer a) Write a plan b) Train staff | | May 2012 | Ann Lee\n", LAYOUT)
    for action in ("Improve the offer", "Write a plan", "Train staff"):
        assert found.said(action, "due") == ["May 2012"]
    assert certainties(found.of("Train staff", "due")) == {Certainty.SHARED}


def test_an_introduction_whose_steps_are_led_lacks_no_lead(read: Read) -> None:
    """What every step bears is not missed from the words that introduce the steps."""
    row = "Improve the offer a) Write a plan b) Train staff | | a) May 2012 b) June 2012 | a) Ann Lee b) Jo Ray\n"
    found = read(HEADER + row, LAYOUT)
    assert (found.findings("due-missing"), found.findings("lead-missing")) == ([], [])


def test_bullets_beside_one_date_share_it(read: Read) -> None:
    """Each bullet is an action with the row's date, lead and measure; none is said to be its own."""
    found = read(HEADER + f"{BULLETS} | Offer improved | May 2012 | Ann Lee\n", LAYOUT)
    for action in ("Write a plan", "Train staff"):
        for relation, words in (("due", "May 2012"), ("leads", "Ann Lee"), ("measures", "Offer improved")):
            assert found.said(action, relation) == [words]
            assert certainties(found.of(action, relation)) == {Certainty.SHARED}
    assert len({found[action].row for action in ("Write a plan", "Train staff")}) == 1


def test_a_row_of_one_action_shares_nothing(read: Read) -> None:
    """What stands beside one action is stated."""
    found = read(HEADER + "Write a plan | Plan written | May 2012 | Ann Lee\n", LAYOUT)
    for relation in ("due", "leads", "measures"):
        assert certainties(found.of("Write a plan", relation)) == {Certainty.STATED}


def test_equal_counts_are_not_paired_unless_the_layout_says_so(read: Read) -> None:
    """Two dates beside two bullets may belong to either."""
    found = read(HEADER + f"{BULLETS} | Done | March 2012<br>May 2012 | Ann Lee<br>Jo Ray\n", LAYOUT)
    for action in ("Write a plan", "Train staff"):
        assert found.said(action, "due") == ["March 2012", "May 2012"]
        assert certainties(found.of(action, "due")) == {Certainty.SHARED}


def test_equal_counts_are_paired_in_order_where_the_layout_says_so(read: Read) -> None:
    """The first date is the first bullet's: inferred, since no mark joins them."""
    found = read(HEADER + f"{BULLETS} | Done | March 2012<br>May 2012 | Ann Lee<br>Jo Ray\n", PAIRED)
    assert (found.said("Write a plan", "due"), found.said("Train staff", "due")) == (["March 2012"], ["May 2012"])
    assert (found.said("Write a plan", "leads"), found.said("Train staff", "leads")) == (["Ann Lee"], ["Jo Ray"])
    assert certainties(found.of("Train staff", "due")) == {Certainty.INFERRED}


def test_unequal_counts_are_never_paired(read: Read) -> None:
    """Three bullets beside two dates share both."""
    found = read(HEADER + f"{BULLETS}<li>Tell all</li> | Done | March 2012<br>May 2012 | Ann Lee\n", PAIRED)
    for action in ("Write a plan", "Train staff", "Tell all"):
        assert found.said(action, "due") == ["March 2012", "May 2012"]
        assert certainties(found.of(action, "due")) == {Certainty.SHARED}


def test_as_many_printed_rows_as_bullets_pair_them(read: Read) -> None:
    """Where each bullet has a row of the other columns beside it, the rows pair them."""
    found = read(HEADER + f"{BULLETS} | Done | March 2012 | Ann Lee\n | | May 2012 | Jo Ray\n", LAYOUT)
    assert (found.said("Write a plan", "due"), found.said("Train staff", "due")) == (["March 2012"], ["May 2012"])
    assert (found.said("Write a plan", "leads"), found.said("Train staff", "leads")) == (["Ann Lee"], ["Jo Ray"])


def test_a_milestone_bears_its_own_date_and_lead(read: Read) -> None:
    """A further row of the measures column is a milestone: its date and lead are not the action's."""
    document = (
        f"{HEADER}Improve the offer | Plan written | March 2012 | Ann Lee\n | Staff trained | May 2012 | Jo Ray\n"
    )
    found = read(document, LAYOUT)
    assert found.said("Improve the offer", "measures") == ["Plan written", "Staff trained"]
    assert found.said("Improve the offer", "due") == ["March 2012"]
    assert found.said("Improve the offer", "leads") == ["Ann Lee"]
    assert found.said("Staff trained", "due") == ["May 2012"]
    assert found.said("Staff trained", "leads") == ["Jo Ray"]


def test_an_action_dated_by_its_milestones_lacks_no_date(read: Read) -> None:
    """Blank cells beside the action are no finding where every milestone has its own."""
    found = read(f"{HEADER}Improve the offer | | |\n | Plan written | March 2012 | Ann Lee\n", LAYOUT)
    assert found.said("Plan written", "due") == ["March 2012"]
    assert (found.findings("due-missing"), found.findings("lead-missing")) == ([], [])


def test_a_date_in_the_words_of_a_measure_is_the_measures(read: Read) -> None:
    """A deadline that a measure names for itself is its own."""
    found = read(f"{HEADER}Improve the offer | Plan agreed by 31/3/12 | May 2012 | Ann Lee\n", LAYOUT)
    assert found.said("Improve the offer", "due") == ["May 2012"]
    (own,) = found.of("Plan agreed by 31/3/12", "due")
    assert own.latest == date(2012, 3, 31)


def test_several_statements_in_a_measures_cell_are_several_measures(read: Read) -> None:
    """Sentences and bullets are measures of their own, all of the one action."""
    found = read(
        f"{HEADER}Improve it | Plan agreed. Staff trained.  <li>Parents told</li> | May 2012 | Ann Lee\n", LAYOUT
    )
    assert [m.rstrip(".") for m in found.said("Improve it", "measures")] == [
        "Plan agreed",
        "Staff trained",
        "Parents told",
    ]


def test_a_cell_is_one_action_where_the_layout_says_that_it_is_not_split(read: Read) -> None:
    """Bullets inside one action are its words."""
    found = read(
        f"{HEADER}{BULLETS} | Done | May 2012 | Ann Lee\n", LAYOUT.replace("[[table]]", "[[table]]\nsplit = false")
    )
    assert found.words(Action) == ["Write a plan Train staff"]


def test_lost_bullets_are_found_by_their_imperatives_where_the_layout_says_so(read: Read) -> None:
    """Actions that run together are parted where an order begins, and only if it says that bullets are lost."""
    row = "Write a plan for all schools Train all staff in the plan | Done | May 2012 | Ann Lee\n"
    assert len(read(HEADER + row, LAYOUT).words(Action)) == 1
    found = read(HEADER + row, LAYOUT.replace("[[table]]", "[[table]]\nrun_on = true"))
    assert found.words(Action) == ["Write a plan for all schools", "Train all staff in the plan"]


def test_a_blank_lead_is_an_assignment_to_nobody(read: Read) -> None:
    """What the plan has a column for and does not print is stated as not stated, and found missing."""
    found = read(f"{HEADER}Write a plan | | |\n", LAYOUT)
    (lead,) = found.of("Write a plan", "leads")
    assert (lead.status, lead.person, lead.role, lead.body) == ("not stated", None, None, None)
    for kind in ("due-missing", "lead-missing", "measure-missing"):
        assert [line for line, _ in found.findings(kind)] == [3], kind


@pytest.mark.parametrize("words", ["TBC", "To be agreed", "to be identified"])
def test_a_lead_to_be_confirmed_names_nobody(read: Read, words: str) -> None:
    """The plan's own "not yet" is no name."""
    found = read(f"{HEADER}Write a plan | Done | May 2012 | {words}\n", LAYOUT)
    (lead,) = found.of("Write a plan", "leads")
    assert (lead.status, lead.person, lead.role, lead.body) == ("to be confirmed", None, None, None)


DELIVERY = """
[[table]]
pair = true
column = [
    { heading = "Action", role = "action" },
    { heading = "Through", role = "delivered" },
    { heading = "Progress", role = "progress" },
]
"""


def test_delivery_is_paired_or_shared_like_dates(read: Read) -> None:
    """Two plans beside two actions are paired in order; one is shared."""
    document = f"Action | Through | Progress\n{BULLETS} | Service plan<br>Academy plan | Complete\n"
    found = read(document, DELIVERY)
    assert found.said("Write a plan", "delivered_through") == ["Service plan"]
    assert found.said("Train staff", "delivered_through") == ["Academy plan"]
    shared = read(document.replace("<br>Academy plan", ""), DELIVERY)
    assert shared.said("Train staff", "delivered_through") == ["Service plan"]
    assert certainties(shared.of("Train staff", "delivered_through")) == {Certainty.SHARED}


@pytest.mark.parametrize(
    ("printed", "statuses"),
    [("Complete", ["complete"]), ("In progress", ["in progress"]), ("Awaiting sign-off by the board", ["other"])],
)
def test_progress_is_kept_as_printed_and_as_understood(read: Read, printed: str, statuses: list[str]) -> None:
    """Words that no status fits are "other", never dropped."""
    found = read(f"Action | Through | Progress\nWrite a plan | | {printed}\n", DELIVERY)
    (progress,) = found.of("Write a plan", "progress")
    assert (progress.statement, [str(status) for status in progress.statuses]) == (printed, statuses)


def test_a_body_that_the_layout_names_is_one_also_behind_its_name_in_a_post(read: Read) -> None:
    """A post may bear its service's letters in brackets; without such a body the letters are the post."""
    rows = "Review it | Done | May 2012 | Lead Attendance Officer (LAO)\nTrain staff | Done | May 2012 | LAO\n"
    (post,) = read(HEADER + rows, LAYOUT).of("Train staff", "leads")
    (service,) = read(HEADER + rows, '[words]\nbodies = ["LAO"]\n' + LAYOUT).of("Train staff", "leads")
    assert (post.role, post.body) == ("LAO", None)
    assert (service.role, service.body) == (None, "LAO")
