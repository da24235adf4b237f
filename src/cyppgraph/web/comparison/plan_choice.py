"""Choosing among plans, of which there may be hundreds. In: all plans, a request. Out: those to offer; the one meant.

So many plans as a page can list are offered all. Of more, a reader names a place, or its first letter, and is offered
its plans; what was chosen before stays on offer. Refuses a plan that there is not, with those whose names are near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from flask import abort, request

from cyppgraph.web.comparison.reading import PlanName
from cyppgraph.web.http.problems import state_problem

MOST_LISTED = 30
_MOST_OFFERED = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """What a page offers.

    Attributes:
        plans: those to choose from.
        is_part: whether there are more than these, so that places are asked for.
        place: what was typed as a place.
        letters: the first letters of all places, if places are asked for.
        left_out: how many more have such a place.
    """

    plans: Sequence[PlanName]
    is_part: bool = False
    place: str = ""
    letters: Sequence[str] = ()
    left_out: int = 0


def offer_plans(plans: Sequence[PlanName], chosen: Sequence[PlanName]) -> Choice:
    """Return what to offer to the request at hand, whose field ``place`` may say which."""
    if len(plans) <= MOST_LISTED:
        return Choice(plans)
    place = request.args.get("place", "").strip()[:100]
    wanted = place.casefold()
    near = [plan for plan in plans if wanted and _is_meant(plan, wanted) and plan not in chosen]
    letters = sorted({plan.name[:1].upper() for plan in plans})
    return Choice([*chosen, *near[:_MOST_OFFERED]], True, place, letters, max(0, len(near) - _MOST_OFFERED))


def find_plan(plans: Sequence[PlanName], id_: str) -> PlanName:
    """Return the plan with an identifier; end the request at hand if there is none."""
    found = next((plan for plan in plans if plan.id == id_), None)
    if found is not None:
        return found
    known = [plan.id for plan in plans]
    near = known if len(known) <= MOST_LISTED else get_close_matches(id_[:100], known, n=12, cutoff=0.3)
    there_are = "There are" if near is known else "The nearest are"
    return abort(state_problem(404, f"There is no plan {id_[:100]!r}. {there_are}: {', '.join(near)}.", known=near))


def _is_meant(plan: PlanName, wanted: str) -> bool:
    name = plan.name.casefold()
    return name.startswith(wanted) if len(wanted) == 1 else wanted in name
