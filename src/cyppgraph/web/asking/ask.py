"""Any query, asked on a page. In: the fields of an address: a query, or a saved question with values. Out: a page.

``/ask?query=…`` shows the query and its answer, and is the address to share; ``/ask?question=NAME&parameter=value``
fills in a saved question first. The form posts, since without scripts it cannot know how long a query is: it is led on
to that address (303; RFC 9110, 15.4.4), or, where an address cannot be so long, answered in place. What is posted
changes nothing, so it may come from anywhere. Scripts make the page quicker to use and are never needed. The limits are
those of ``/sparql``. What is wrong with a query is told on the page, at its place, with the status that a program gets.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from cyppgraph.errors import CyppgraphError
from cyppgraph.queries import ParameterError, Question, find_question
from cyppgraph.store import BusyError, Edition, LimitError, Limits, PlacedError, Source, formats_for
from cyppgraph.store.choices import Choices, PickLists
from cyppgraph.web.asking.answer_view import LONGEST_ADDRESS, AnswerView, split_fields, view_answer
from cyppgraph.web.asking.answers import read_table
from cyppgraph.web.asking.fields import Asked, read_asked, read_fields
from cyppgraph.web.asking.query_notes import Excerpt, Note, find_unknown_terms, quote_line
from cyppgraph.web.asking.question_answers import list_files
from cyppgraph.web.asking.starters import STARTERS
from cyppgraph.web.asking.subjects import FIRST, group_by_subject
from cyppgraph.web.asking.words import read_words
from cyppgraph.web.display.vocabulary import VocabularyFiles
from cyppgraph.web.http.caching import answer_unchanged, mark, weaken
from cyppgraph.web.http.clients import watch_client
from cyppgraph.web.http.delivery import differs_each_time
from cyppgraph.web.http.problems import judge_error

_NO_LABELS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What an address asks: the text of the query, the saved question it comes from, its values, what is wrong."""

    text: str = ""
    question: Question | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    choices: Choices = field(default_factory=dict)
    error: CyppgraphError | None = None
    fields: Sequence[tuple[str, str]] = ()
    view: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why there is no answer: in words, at which place, and whether the query is merely too much for the service."""

    message: str
    line: int | None = None
    column: int | None = None
    excerpt: Excerpt | None = None
    parameter: str = ""
    is_limit: bool = False
    is_busy: bool = False


@dataclass(frozen=True, slots=True)
class _Desk:
    source: Source
    questions: Sequence[Question]
    limits: Limits
    vocabulary: VocabularyFiles | None
    pick_lists: PickLists = field(default_factory=PickLists)

    def show(self) -> AnyResponse:
        """Answer by a page; what is posted and fits an address, by leading on to that. No answer to a POST is kept."""
        if request.method == "POST":
            address = _locate([(name, _unify_lines(value)) for name, value in read_fields() if value.strip()])
            if not _is_long(address):
                response = redirect(address, HTTPStatus.SEE_OTHER)
                response.headers["Cache-Control"] = "no-store"
                return response
        return self._answer()

    def _answer(self) -> Response:
        edition = self.source.edition()
        wanted = self._read(edition)
        parts = ("ask", request.query_string.decode("ascii", "ignore"), request.host_url)
        kept = request.method != "POST" and not differs_each_time(wanted.text)
        unchanged = answer_unchanged(edition, *parts) if kept else None
        if unchanged is not None:
            return weaken(unchanged)
        answer, error = None, wanted.error
        if wanted.text and error is None:
            try:
                answer = self._ask(edition, wanted)
            except CyppgraphError as caught:
                error = caught
        response = Response(self._write(edition, wanted, answer, error), mimetype="text/html")
        if error is not None:
            response.status_code, seconds = judge_error(error)
            if seconds is not None:
                response.headers["Retry-After"] = str(seconds)
        if error is not None or not kept:
            response.headers["Cache-Control"] = "no-store"
            return response
        return weaken(mark(response, edition, *parts))

    def _read(self, edition: Edition) -> _Wanted:
        fields, view = split_fields(read_fields())
        given = dict(fields)
        if given.get("query", "").strip():
            text = _unify_lines(given["query"])
            return _Wanted(text, fields=[("query", text)], view=view)
        if not given.get("question"):
            return _Wanted()
        try:
            question = find_question(self.questions, given["question"])
        except CyppgraphError as error:
            reason = str(error).replace("'cyppgraph query --list' shows them all.", "They are listed below.")
            return _Wanted(error=CyppgraphError(reason))
        names = [parameter.name for parameter in question.parameters]
        fields, view = split_fields(read_fields(), names)
        values = [(name, value) for name, value in fields if name != "question"]
        choices = self.pick_lists.read(edition, question)
        try:
            asked = read_asked(question, values, choices)
        except ParameterError as error:
            return _Wanted(_drop_header(question.query), question, dict(values), choices, error)
        kept = [("question", question.address), *asked.values.items()]
        return _Wanted(_drop_header(asked.query), question, asked.values, choices, fields=kept, view=view)

    def _ask(self, edition: Edition, wanted: _Wanted) -> AnswerView:
        labels = self.vocabulary.below(edition.namespaces).labels if self.vocabulary else _NO_LABELS
        table = read_table(edition, wanted.text, self.limits, watch_client(request.environ), labels)
        is_long = _is_long(_locate(wanted.fields))
        if wanted.question is not None and not is_long:
            files = list_files(Asked(wanted.question, wanted.values, wanted.text))
        else:
            query = None if is_long else wanted.text
            files = {
                form.name: (form.media_type, url_for("sparql.answer", query=query, format=form.name))
                for form in formats_for(table.kind)
            }
        asked = [("query", wanted.text)] if is_long else wanted.fields
        return view_answer(table, wanted.text, files, url_for("ask.show"), asked, wanted.view, is_long=is_long)

    def _write(self, edition: Edition, wanted: _Wanted, answer: AnswerView | None, error: CyppgraphError | None) -> str:
        first, subjects = group_by_subject(self.questions)
        text = wanted.text or STARTERS[0].query
        return render_template(
            "ask.html",
            rows=min(30, max(12, text.count("\n") + 2)),
            wanted=wanted,
            answer=answer,
            trouble=_explain(wanted, error) if error else None,
            notes=self._find_notes(edition, wanted),
            starters=[(each, url_for("ask.show", query=each.query)) for each in STARTERS],
            subjects={FIRST: first, **subjects} if first else subjects,
            prefixes=edition.namespaces.prefixes(),
            limits=self.limits,
            longest=LONGEST_ADDRESS,
            has_vocabulary=self.vocabulary is not None,
        )

    def _find_notes(self, edition: Edition, wanted: _Wanted) -> tuple[Note, ...]:
        if self.vocabulary is None or wanted.question is not None:
            return ()
        return find_unknown_terms(wanted.text, edition.namespaces, self.vocabulary.below(edition.namespaces).terms)

    def send_words(self) -> Response:
        edition = self.source.edition()
        vocabulary = self.vocabulary.below(edition.namespaces) if self.vocabulary else None
        parts = ("words", vocabulary.version if vocabulary else "")
        unchanged = answer_unchanged(edition, *parts)
        if unchanged is not None:
            return unchanged
        text = read_words(edition, vocabulary)
        return mark(Response(text, mimetype="application/json"), edition, *parts)


def make_ask(
    source: Source, questions: Sequence[Question], limits: Limits, vocabulary: VocabularyFiles | None
) -> Blueprint:
    """Return a blueprint with the page for any query, and the words that its editor offers.

    Args:
        source: what is asked.
        questions: the saved questions.
        limits: what one query may take.
        vocabulary: our terms; None if they are not served.
    """
    ask = Blueprint("ask", __name__)
    desk = _Desk(source, questions, limits, vocabulary)
    ask.add_url_rule("/ask", "show", desk.show, methods=["GET", "POST"])
    ask.add_url_rule("/ask/words.json", "words", desk.send_words)
    return ask


def _locate(fields: Sequence[tuple[str, str]]) -> str:
    return f"{url_for('ask.show')}?{urlencode(fields)}" if fields else url_for("ask.show")


def _is_long(path: str) -> bool:
    return len(request.host_url.rstrip("/") + path) > LONGEST_ADDRESS


def _unify_lines(text: str) -> str:
    """Return a text whose lines end as they were written: a form sends CR and LF (HTML, 4.10.22.4)."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _drop_header(query: str) -> str:
    """Return a saved question's query without what its file says of it, which the page says."""
    return "".join(line for line in query.splitlines(keepends=True) if not line.startswith("#+")).lstrip()


def _explain(wanted: _Wanted, error: CyppgraphError) -> _Trouble:
    match error:
        case PlacedError():
            excerpt = quote_line(wanted.text, error.line, error.column)
            return _Trouble(error.message, error.line, error.column, excerpt)
        case ParameterError():
            return _Trouble(str(error), parameter=error.parameter)
        case LimitError():
            return _Trouble(str(error), is_limit=True)
        case BusyError():
            return _Trouble(str(error), is_busy=True)
        case _:
            return _Trouble(str(error))
