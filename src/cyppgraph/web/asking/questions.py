"""Saved questions as addresses. In: a source, the questions. Out: for each a page, and its answer in every format.

``/questions/07-without-an-end-date`` is a page, or the answer, as the Accept header asks; with ``.csv``, ``.json`` and
so on it is the answer as a file, with ``.rq`` the query itself. Parameters are fields of the address. A short name
(``/questions/7``) leads to the full one. Refuses what ``fields`` refuses, and names and formats that there are not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from cyppgraph.errors import CyppgraphError
from cyppgraph.queries import Question, find_question
from cyppgraph.store import Edition, Limits, Source
from cyppgraph.store.choices import PickLists
from cyppgraph.web.asking.question_answers import Desk, list_formats
from cyppgraph.web.asking.subjects import FIRST, group_by_subject
from cyppgraph.web.display.vocabulary import VocabularyFiles
from cyppgraph.web.http.caching import answer_unchanged, mark
from cyppgraph.web.http.negotiation import PAGE, DocumentFormat, choose_format
from cyppgraph.web.http.problems import state_problem
from cyppgraph.web.http.results import ResultCache

_LISTING = DocumentFormat("json", "application/json")
_EXPOSED = "Content-Disposition, Data-Version, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After"


def make_questions(
    source: Source,
    questions: Sequence[Question],
    limits: Limits,
    cache: ResultCache,
    vocabulary: VocabularyFiles | None = None,
) -> Blueprint:
    """Return a blueprint that answers below ``/questions/``.

    Args:
        source: what is asked.
        questions: the questions, by number.
        limits: what one of them may take.
        cache: answers that are kept.
        vocabulary: what our terms are called, where that is known.
    """
    pages = Blueprint("questions", __name__)
    desk = Desk(limits, cache, PickLists(), vocabulary)

    @pages.get("/questions/")
    def index() -> AnyResponse:
        form = _negotiate((PAGE, _LISTING))
        return _vary(_list_questions(source.edition(), questions, form) if form else _refuse((PAGE, _LISTING)))

    @pages.get("/questions.json")
    def listing() -> AnyResponse:
        return _list_questions(source.edition(), questions, _LISTING)

    @pages.get("/questions/<name>")
    def show(name: str) -> AnyResponse:
        question = _find(questions, name)
        if question.address != name:
            return _lead_to(url_for(".show", name=question.address))
        forms = (PAGE, *list_formats(question))
        chosen = choose_format(request.headers.get("Accept"), forms)
        return _vary(desk.answer(source.edition(), question, *chosen) if chosen else _refuse(forms))

    @pages.get("/questions/<name>.<extension>")
    def answer(name: str, extension: str) -> AnyResponse:
        question = _find(questions, name)
        forms = {form.name: form for form in list_formats(question)}
        if extension not in forms:
            abort(404, f"This question is not answered as {extension!r}. Its formats are {', '.join(forms)}.")
        if question.address != name:
            return _lead_to(url_for(".answer", name=question.address, extension=extension))
        return desk.answer(source.edition(), question, forms[extension], forms[extension].media_type)

    pages.after_request(_expose_headers)
    return pages


def _negotiate(forms: Sequence[DocumentFormat]) -> DocumentFormat | None:
    chosen = choose_format(request.headers.get("Accept"), forms)
    return chosen[0] if chosen else None


def _refuse(forms: Sequence[object]) -> Response:
    offered = [str(getattr(form, "media_type", "")) for form in forms]
    return state_problem(406, f"This is sent as {' or '.join(offered)}.", offered=offered)


def _expose_headers(response: Response) -> Response:
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    return response


def _find(questions: Sequence[Question], name: str) -> Question:
    try:
        return find_question(questions, name)
    except CyppgraphError as error:
        reason = str(error).replace("'cyppgraph query --list' shows them all.", "/questions/ shows them all.")
        raise NotFound(reason) from error


def _lead_to(address: str) -> AnyResponse:
    fields = request.query_string.decode("ascii", "ignore")
    return redirect(f"{address}?{fields}" if fields else address, HTTPStatus.PERMANENT_REDIRECT)


def _list_questions(edition: Edition, questions: Sequence[Question], form: DocumentFormat) -> Response:
    parts = ("questions", form.name, request.host_url)
    unchanged = answer_unchanged(edition, *parts)
    if unchanged is not None:
        return unchanged
    if form is PAGE:
        first, subjects = group_by_subject(questions)
        body = render_template("questions.html", questions=questions, first=first, first_tag=FIRST, subjects=subjects)
    else:
        listed = [_describe(question) for question in questions]
        body = json.dumps({"questions": listed}, ensure_ascii=False, indent=1) + "\n"
    return mark(Response(body, mimetype=form.media_type), edition, *parts)


def _describe(question: Question) -> dict[str, object]:
    page = url_for(".show", name=question.address, _external=True)
    parameters = [
        {"name": each.name, "kind": each.kind, "meaning": each.meaning, "default": each.default}
        for each in question.parameters
    ]
    return {
        "name": question.address,
        "question": question.question,
        "why": question.why,
        "tags": list(question.tags),
        "parameters": parameters,
        "columns": dict(question.columns),
        "page": page,
        "files": {form.name: f"{page}.{form.name}" for form in list_formats(question)},
    }


def _vary(response: Response) -> Response:
    response.vary.add("Accept")
    return response
