"""The page that people see first. In: a source, the saved questions. Out: what the graph holds, what it is asked.

What a literal says reaches a page as text only.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, render_template

from cyppgraph.queries import Question
from cyppgraph.store import Source
from cyppgraph.web.caching import answer_unchanged, mark
from cyppgraph.web.overview import OverviewCache


def make_pages(source: Source, questions: Sequence[Question]) -> Blueprint:
    """Return a blueprint with the home page."""
    pages = Blueprint("pages", __name__)
    overviews = OverviewCache()

    @pages.route("/")
    def home() -> Response:
        edition = source.edition()
        page = render_template("home.html", overview=overviews.read(edition), questions=questions, edition=edition)
        return answer_unchanged(edition, page) or mark(Response(page, mimetype="text/html"), edition, page)

    return pages
