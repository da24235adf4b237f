"""The answer to a saved question. In: an edition, a question, a format, the request's fields. Out: a page or a file.

What is wrong with a parameter is said in a problem document, and on the page beside its form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Response, render_template, request, url_for

from cyppgraph.queries import ParameterError, Question
from cyppgraph.store import AnswerKind, Edition, Limits, Query, ResultFormat, formats_for
from cyppgraph.store.choices import Choices, PickLists
from cyppgraph.web.asking.answer_view import split_fields, view_answer
from cyppgraph.web.asking.answers import read_table
from cyppgraph.web.asking.fields import Asked, Fields, explain, read_asked, read_fields
from cyppgraph.web.display.vocabulary import VocabularyFiles
from cyppgraph.web.http.caching import answer_unchanged, mark, weaken
from cyppgraph.web.http.clients import watch_client
from cyppgraph.web.http.delivery import deliver
from cyppgraph.web.http.negotiation import PAGE, DocumentFormat
from cyppgraph.web.http.results import ResultCache

QUERY_TEXT = DocumentFormat("rq", "application/sparql-query")
Form = ResultFormat | DocumentFormat
_KINDS = {"SELECT": AnswerKind.ROWS, "ASK": AnswerKind.TRUTH}
_SAVED_AS_FILES = ("csv", "tsv")


def list_formats(question: Question) -> tuple[Form, ...]:
    """Return the formats that a question's answer can be written in, and that of its query."""
    return (*formats_for(_KINDS.get(question.form, AnswerKind.TRIPLES)), QUERY_TEXT)


@dataclass(frozen=True, slots=True)
class Desk:
    """What answers questions: the limits of each, the answers that are kept, the choices of their parameters."""

    limits: Limits
    cache: ResultCache
    pick_lists: PickLists
    vocabulary: VocabularyFiles | None = None

    def answer(self, edition: Edition, question: Question, form: Form, media_type: str) -> Response:
        """Answer a question with the fields of the request at hand.

        Args:
            edition: what is asked.
            question: the question.
            form: the format to answer in: a page, the text of the query, or one of results.
            media_type: what to call it.

        Raises:
            HTTPException: 400, where the address is not UTF-8.
            CyppgraphError: as ``Edition.query``.
        """
        fields, view = split_fields(read_fields(), [parameter.name for parameter in question.parameters])
        choices = self.pick_lists.read(edition, question)
        try:
            asked = read_asked(question, fields, choices)
        except ParameterError as error:
            return _show_error(question, fields, error, choices) if form is PAGE else explain(error)
        if isinstance(form, ResultFormat):
            response = self._send(edition, asked, form, media_type)
        else:
            parts = (question.address, media_type, asked.query, str(sorted(view.items())), request.host_url)
            response = answer_unchanged(edition, *parts) or self._show(edition, asked, form, choices, view)
            weaken(mark(response, edition, *parts))
        response.headers["Link"] = ", ".join(_list_links(asked))
        return response

    def _send(self, edition: Edition, asked: Asked, form: ResultFormat, media_type: str) -> Response:
        query = Query(asked.query, formats=dict.fromkeys(AnswerKind, form), limits=self.limits)
        choices = dict.fromkeys(AnswerKind, (form, media_type))
        response = deliver(edition, query, choices, self.cache, asked.question.address)
        if form.name in _SAVED_AS_FILES:
            name = f"{asked.question.address}.{form.name}"
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def _show(
        self, edition: Edition, asked: Asked, form: DocumentFormat, choices: Choices, view: Mapping[str, str]
    ) -> Response:
        if form is not PAGE:
            return Response(asked.query, content_type=form.media_type)
        labels = self.vocabulary.below(edition.namespaces).labels if self.vocabulary else {}
        table = read_table(edition, asked.query, self.limits, watch_client(request.environ), labels)
        files, page = list_files(asked), url_for(".show", name=asked.question.address)
        text = render_template(
            "question.html",
            question=asked.question,
            values=asked.values,
            choices=choices,
            error=None,
            files=files,
            answer=view_answer(table, asked.query, files, page, list(asked.values.items()), view),
            change=f"{url_for('ask.show')}?{urlencode({'question': asked.question.address, **asked.values})}",
        )
        return Response(text, mimetype=form.media_type)


def _show_error(question: Question, fields: Fields, error: ParameterError, choices: Choices) -> Response:
    """Return the page with its form as it was filled in, and what is wrong; nothing is asked."""
    page = render_template("question.html", question=question, values=dict(fields), choices=choices, error=error)
    response = Response(page, 400, mimetype=PAGE.media_type)
    response.headers["Cache-Control"] = "no-store"
    return response


def list_files(asked: Asked) -> dict[str, tuple[str, str]]:
    """Return for each format its media type and the address of the answer in it."""
    name = asked.question.address
    return {
        form.name: (form.media_type, asked.add_to(url_for("questions.answer", name=name, extension=form.name)))
        for form in list_formats(asked.question)
    }


def _list_links(asked: Asked) -> list[str]:
    """Return the links of an answer to its other forms and to the description of the interface (RFC 8288, RFC 8631)."""
    page = asked.add_to(url_for(".show", name=asked.question.address))
    forms = [*list_files(asked).values(), (PAGE.media_type, page)]
    links = [f'<{address}>; rel="alternate"; type="{media_type}"' for media_type, address in forms]
    return [*links, f'<{url_for("openapi.show")}>; rel="service-desc"; type="application/vnd.oai.openapi+json"']
