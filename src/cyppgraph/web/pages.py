"""The pages for people. In: a store, the saved questions. Out: a home page, and for each question a page and files.

Refuses nothing but what is not there; what a literal says reaches a page as text only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from flask import Blueprint, Response, abort, render_template, request

from cyppgraph.queries import Question, fill_question
from cyppgraph.store import FORMATS, Answer, AnswerKind, GraphStore, formats_for, shorten_term
from cyppgraph.web.overview import read_overview
from cyppgraph.web.protocol import QueryRequest, answer_query

MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class ResultTable:
    """What a page shows of an answer: headings, cells, and whether there is more."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    more: bool


def make_pages(store: GraphStore, questions: Sequence[Question]) -> Blueprint:
    """Return a blueprint with the home page and those of the questions."""
    pages = Blueprint("pages", __name__)
    overview = cache(lambda: read_overview(store))  # the store does not change
    by_address = {f"{question.number}-{question.name}": question for question in questions}

    @pages.route("/")
    def home() -> str:
        return render_template("home.html", overview=overview(), questions=by_address)

    @pages.route("/questions/<address>")
    def question(address: str) -> str:
        asked = by_address.get(address) or abort(404, "There is no question of that name.")
        values = _read_values(asked)
        query = fill_question(asked, values)
        answer = store.query(query)
        return render_template(
            "question.html",
            asked=asked,
            address=address,
            query=query,
            values=values,
            parameters=request.query_string.decode("ascii", "ignore"),
            formats=[form.name for form in formats_for(answer.kind)],
            table=_read_table(answer, store.prefixes),
        )

    @pages.route("/questions/<address>.<extension>")
    def question_file(address: str, extension: str) -> Response:
        asked, form = by_address.get(address), FORMATS.get(extension)
        if asked is None or form is None:
            abort(404, f"There is no question of that name as {extension}. Formats are {', '.join(FORMATS)}.")
        return answer_query(store, QueryRequest(fill_question(asked, _read_values(asked)), None, None), form)

    return pages


def _read_values(question: Question) -> dict[str, str]:
    return {each.name: request.args[each.name] for each in question.parameters if request.args.get(each.name)}


def _read_table(answer: Answer, prefixes: Mapping[str, str]) -> ResultTable:
    if answer.kind is AnswerKind.TRUTH:
        return ResultTable(("answer",), (("yes" if answer.is_true() else "no",),), False)
    if answer.kind is AnswerKind.TRIPLES:
        lines = answer.serialise(FORMATS["ttl"]).decode().splitlines()
        return ResultTable(("Turtle",), [(line,) for line in lines[:MOST_ROWS]], len(lines) > MOST_ROWS)
    rows = list(islice(answer.read_rows(), MOST_ROWS + 1))
    cells = [[shorten_term(term, prefixes) for term in row] for row in rows[:MOST_ROWS]]
    return ResultTable(answer.columns, cells, len(rows) > MOST_ROWS)
