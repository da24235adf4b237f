"""The pages for people. In: a store, the saved questions. Out: a home page, and for each question a page and files.

Refuses nothing but what is not there; what a literal says reaches a page as text only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox
from flask import Blueprint, Response, abort, render_template, request

from cyppgraph.queries import Question, fill_question
from cyppgraph.store import FORMATS, AnswerKind, Edition, Limits, Query, Source, formats_for, shorten_term
from cyppgraph.web.caching import answer_unchanged, mark
from cyppgraph.web.clients import watch_client
from cyppgraph.web.overview import OverviewCache
from cyppgraph.web.protocol import Asked, answer_query
from cyppgraph.web.results import ResultCache

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class ResultTable:
    """What a page shows of an answer: headings, cells, and whether there is more."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    more: bool


def make_pages(source: Source, questions: Sequence[Question], limits: Limits, cache: ResultCache) -> Blueprint:
    """Return a blueprint with the home page and those of the questions."""
    pages = Blueprint("pages", __name__)
    overviews = OverviewCache()
    by_address = {f"{question.number}-{question.name}": question for question in questions}

    @pages.route("/")
    def home() -> Response:
        edition = source.edition()
        page = render_template("home.html", overview=overviews.read(edition), questions=by_address, edition=edition)
        return answer_unchanged(edition, page) or mark(Response(page, mimetype="text/html"), edition, page)

    @pages.route("/questions/<address>")
    def question(address: str) -> Response:
        asked = by_address.get(address) or abort(404, "There is no question of that name.")
        values = _read_values(asked)
        query = fill_question(asked, values)
        edition = source.edition()
        kind, table = _read_table(edition, query, limits)
        page = render_template(
            "question.html",
            asked=asked,
            address=address,
            query=query,
            values=values,
            parameters=request.query_string.decode("ascii", "ignore"),
            formats=[form.name for form in formats_for(kind)],
            table=table,
        )
        return answer_unchanged(edition, page) or mark(Response(page, mimetype="text/html"), edition, page)

    @pages.route("/questions/<address>.<extension>")
    def question_file(address: str, extension: str) -> Response:
        asked, form = by_address.get(address), FORMATS.get(extension)
        if asked is None or form is None:
            abort(404, f"There is no question of that name as {extension}. Formats are {', '.join(FORMATS)}.")
        query = Asked("query", fill_question(asked, _read_values(asked)), [])
        return answer_query(source.edition(), query, limits, cache, form)

    return pages


def _read_values(question: Question) -> dict[str, str]:
    return {each.name: request.args[each.name] for each in question.parameters if request.args.get(each.name)}


def _read_table(edition: Edition, query: str, limits: Limits) -> tuple[AnswerKind, ResultTable]:
    reply = edition.query(Query(query, limits=limits), watch_client(request.environ))
    body = b"".join(reply)
    if reply.kind is AnswerKind.TRIPLES:
        lines = body.decode().splitlines()
        return reply.kind, ResultTable(("triple",), [(line,) for line in lines[:MOST_ROWS]], len(lines) > MOST_ROWS)
    answer = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if isinstance(answer, ox.QueryBoolean):
        return reply.kind, ResultTable(("answer",), (("yes" if answer else "no",),), False)
    rows = list(islice(answer, MOST_ROWS + 1))
    prefixes = edition.namespaces.prefixes()
    cells = [[shorten_term(term, prefixes) for term in row] for row in rows[:MOST_ROWS]]
    return reply.kind, ResultTable(reply.columns, cells, len(rows) > MOST_ROWS)
