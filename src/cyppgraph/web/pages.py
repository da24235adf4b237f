"""The page that people see first. In: a source, the saved questions. Out: what the graph holds, what it is asked.

What a literal says reaches a page as text only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, Response, current_app, render_template, url_for

from cyppgraph.queries import Question
from cyppgraph.store import Edition, Source
from cyppgraph.web.addresses import locate_thing
from cyppgraph.web.caching import answer_unchanged, mark
from cyppgraph.web.kept import Kept
from cyppgraph.web.overview import Overview, group_plans, read_overview
from cyppgraph.web.pictures import draw_plans

MOST_DRAWN = 30  # of more plans, pictures and a table say nothing at a glance
_SEARCH = "search.search"
_THING = "things.thing"
_UNTAGGED = "other"
_FIRST = "to begin with"
"""The tag of the questions that the first page shows at once."""


def make_pages(source: Source, questions: Sequence[Question]) -> Blueprint:
    """Return a blueprint with the home page."""
    pages = Blueprint("pages", __name__)
    overviews: Kept[Overview] = Kept()
    subjects = _group(questions)

    @pages.route("/")
    def home() -> Response:
        edition = source.edition()
        overview = overviews.read(edition, "all", lambda: read_overview(edition))
        is_long = len(overview.plans) > MOST_DRAWN
        page = render_template(
            "home.html",
            overview=overview,
            pictures=None if is_long else draw_plans(overview.plans),
            groups=group_plans(overview.plans) if is_long else {},
            addresses=_locate(edition, [plan.iri for plan in overview.plans]),
            first=subjects.get(_FIRST, ()),
            subjects={subject: asked for subject, asked in subjects.items() if subject != _FIRST},
            edition=edition,
            search_address=url_for(_SEARCH) if _SEARCH in current_app.view_functions else None,
        )
        return answer_unchanged(edition, page) or mark(Response(page, mimetype="text/html"), edition, page)

    return pages


def _locate(edition: Edition, iris: Sequence[str]) -> Mapping[str, str]:
    """Return where the pages of things are, if the application has such pages."""
    if _THING not in current_app.view_functions:
        return {}
    return {iri: locate_thing(iri, edition.namespaces) for iri in iris}


def _group(questions: Sequence[Question]) -> Mapping[str, Sequence[Question]]:
    """Return the questions by what they are about, in the order in which the subjects first come up."""
    groups: dict[str, list[Question]] = {}
    for question in questions:
        for tag in question.tags or (_UNTAGGED,):
            groups.setdefault(tag, []).append(question)
    return groups
