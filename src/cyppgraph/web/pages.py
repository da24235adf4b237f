"""The page that people see first. In: a source, the saved questions. Out: what the graph holds, what it is asked.

What a literal says reaches a page as text only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, current_app, render_template, url_for

from cyppgraph.queries import Question
from cyppgraph.store import Source
from cyppgraph.web.asking.subjects import group_by_subject
from cyppgraph.web.display.overview import PlanOverview, read_overview
from cyppgraph.web.display.pictures import draw_plans
from cyppgraph.web.http.caching import answer_unchanged, mark
from cyppgraph.web.plans.plan_list import MOST_DRAWN, locate_plans

_SEARCH = "search.search"


def make_pages(source: Source, questions: Sequence[Question]) -> Blueprint:
    """Return a blueprint with the home page."""
    pages = Blueprint("pages", __name__)
    first, subjects = group_by_subject(questions)

    @pages.route("/")
    def home() -> Response:
        edition = source.edition()
        overview = read_overview(edition)
        is_long = len(overview.plans) > MOST_DRAWN
        page = render_template(
            "home.html",
            overview=overview,
            pictures=None if is_long else draw_plans(overview.plans),
            is_long=is_long,
            addresses=locate_plans(edition, overview.plans),
            councils=_group_by_council(overview.plans),
            first=first,
            subjects=subjects,
            edition=edition,
            search_address=url_for(_SEARCH) if _SEARCH in current_app.view_functions else None,
        )
        return answer_unchanged(edition, page) or mark(Response(page, mimetype="text/html"), edition, page)

    return pages


def _group_by_council(plans: Sequence[PlanOverview]) -> Mapping[str, Sequence[PlanOverview]]:
    """Return the plans by the name of their council, in the order given."""
    groups: dict[str, list[PlanOverview]] = {}
    for plan in plans:
        groups.setdefault(plan.publisher, []).append(plan)
    return groups
