"""The page that people see first. In: a store, the saved questions. Out: what the graph holds, what it is asked.

What a literal says reaches a page as text only.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from flask import Blueprint, render_template

from cyppgraph.queries import Question
from cyppgraph.store import GraphStore
from cyppgraph.web.overview import read_overview


def make_pages(store: GraphStore, questions: Sequence[Question]) -> Blueprint:
    """Return a blueprint with the home page."""
    pages = Blueprint("pages", __name__)
    overview = cache(lambda: read_overview(store))  # the store does not change

    @pages.route("/")
    def home() -> str:
        return render_template("home.html", overview=overview(), questions=questions)

    return pages
