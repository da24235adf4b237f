"""The search. In: words and chosen facets. Out: what has them, as a page, as JSON or as a table to take away.

``/search?q=neet&plan=croydon-2013&kind=action`` is a page, or JSON, as the Accept header asks; ``/search.json`` and
``/search.csv`` take the same fields, each facet as often as it has values. The words are those of one version; a remote
store has no such file, and then the saved question that looks through statements is offered. Refuses values that there
are not, naming those that there are, and pages beyond the last.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from flask import Blueprint, Response, render_template, request, url_for

from cyppgraph.queries import Question
from cyppgraph.store import Edition, Source
from cyppgraph.store.fulltext import KINDS, clean_text
from cyppgraph.store.search_words import LONGEST_TEXT
from cyppgraph.store.searching import FACETS, FacetValue, Found, SearchFiles, find, read_facets
from cyppgraph.web.display.addresses import locate_thing
from cyppgraph.web.http.caching import answer_unchanged, mark
from cyppgraph.web.http.negotiation import PAGE, DocumentFormat, choose_format, wants_page
from cyppgraph.web.http.problems import state_problem
from cyppgraph.web.search.answers import write_csv, write_json

PER_PAGE, MOST_DOWNLOADED = 20, 10_000
_JSON = DocumentFormat("json", "application/json")
_CSV = DocumentFormat("csv", "text/csv")
_INSTEAD = "05-a-subject-across-plans"
_LAST_PAGE = 10_000
_MOST_VALUES = 40  # of a facet, on a page
_NOT_HERE = "There is no search here: the data are on another server, or were loaded before there was one."
_OPENSEARCH = "application/opensearchdescription+xml"


@runtime_checkable
class _HasWords(Protocol):
    """An edition whose texts can be searched."""

    @property
    def words(self) -> Path:
        """The file."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The fields of a request."""

    words: str
    chosen: dict[str, tuple[str, ...]]
    page: int

    def fields(self) -> dict[str, Any]:
        """Return them as those of an address, but for the page."""
        facets: dict[str, Any] = {name: [*values] for name, values in self.chosen.items() if values}
        return ({"q": self.words} if self.words else {}) | facets


def make_search(source: Source, questions: Sequence[Question] = ()) -> Blueprint:
    """Return a blueprint that answers at ``/search``.

    Args:
        source: what is searched.
        questions: the saved questions, one of which is offered where there is no search.
    """
    search_pages = Blueprint("search", __name__)
    desk = _Desk(questions)

    @search_pages.get("/search")
    def search() -> Response:
        chosen = choose_format(request.headers.get("Accept"), (PAGE, _JSON, _CSV))
        if chosen is None:
            offered = [form.media_type for form in (PAGE, _JSON, _CSV)]
            return state_problem(406, f"This is sent as {' or '.join(offered)}.", offered=offered)
        response = desk.answer(source.edition(), chosen[0])
        response.vary.add("Accept")
        return response

    @search_pages.get("/search.json")
    def listing() -> Response:
        return desk.answer(source.edition(), _JSON)

    @search_pages.get("/search.csv")
    def table() -> Response:
        return desk.answer(source.edition(), _CSV)

    @search_pages.get("/opensearch.xml")
    def description() -> Response:
        edition = source.edition()
        text = render_template("opensearch.xml", address=url_for(".search", _external=True))
        return answer_unchanged(edition, text) or mark(Response(text, mimetype=_OPENSEARCH), edition, text)

    return search_pages


class _Desk:
    """Answers searches, each from one edition."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self._files = SearchFiles()
        self._instead = next((question for question in questions if question.address == _INSTEAD), None)

    def answer(self, edition: Edition, form: DocumentFormat) -> Response:
        """Answer the request at hand in a format."""
        try:
            file = self._files.open(edition.words) if isinstance(edition, _HasWords) else None
        except (FileNotFoundError, sqlite3.OperationalError):
            file = None
        if file is None:
            return self._refuse(form)
        asked = _read_fields(read_facets(file))
        if isinstance(asked, Response):
            return asked
        parts = ("search", form.name, request.url)
        return answer_unchanged(edition, *parts) or self._search(edition, file, asked, form, parts)

    def _search(
        self, edition: Edition, file: sqlite3.Connection, asked: _Asked, form: DocumentFormat, parts: tuple[str, ...]
    ) -> Response:
        start, most = ((asked.page - 1) * PER_PAGE, PER_PAGE) if form is not _CSV else (0, MOST_DOWNLOADED)
        found = find(file, asked.words, asked.chosen, start, most)
        pages = max(1, ceil(found.total / PER_PAGE))
        if asked.page > pages:
            return state_problem(404, f"There is no page {asked.page}: what was found fills {pages}.")
        links = [locate_thing(hit.iri, edition.namespaces) for hit in found.hits]
        if form is _CSV:
            content = write_csv(found, links)
        elif form is _JSON:
            content = write_json(found, links, asked.words, asked.page, pages)
        else:
            content = self._write_page(found, links, asked, pages)
        response = Response(content, content_type=f"{form.media_type}; charset=utf-8")
        if form is _CSV:
            response.headers["Content-Disposition"] = 'attachment; filename="search.csv"'
        return mark(response, edition, *parts)

    def _write_page(self, found: Found, links: list[str], asked: _Asked, pages: int) -> str:
        fields = asked.fields()
        near = {1, 2, asked.page - 1, asked.page, asked.page + 1, pages}
        return render_template(
            "search.html",
            found=found,
            facets={name: _order_values(values) for name, values in found.facets.items()},
            most_values=_MOST_VALUES,
            asked=asked,
            hits=list(zip(found.hits, links, strict=True)),
            kinds=KINDS,
            plans={each.value: each.label for each in found.facets["plan"]},
            pages={number: url_for(".search", page=number, **fields) for number in sorted(near) if 0 < number <= pages},
            last=pages,
            files={form.name: url_for(address, **fields) for form, address in ((_CSV, ".table"), (_JSON, ".listing"))},
            removals=_list_removals(found, asked),
            first=(asked.page - 1) * PER_PAGE + 1,
        )

    def _refuse(self, form: DocumentFormat) -> Response:
        question = self._instead
        instead = url_for("questions.show", name=question.address) if question else url_for("questions.index")
        if form is not PAGE or not wants_page():
            return state_problem(501, f"{_NOT_HERE} The saved questions look through statements.", instead=instead)
        page = render_template("search_missing.html", reason=_NOT_HERE, instead=instead, question=question)
        response = Response(page, 501, mimetype="text/html")
        response.headers["Cache-Control"] = "no-store"
        return response


def _order_values(values: Sequence[FacetValue]) -> Sequence[FacetValue]:
    """Return the values of a facet as a page lists them: where they are many, those with most hits first."""
    return sorted(values, key=lambda each: -each.count) if len(values) > _MOST_VALUES else values


def _list_removals(found: Found, asked: _Asked) -> list[tuple[str, str, str]]:
    """Return for each chosen value its facet, what it is called, and the address of the search without it."""
    removals = []
    for name in FACETS:
        for each in found.facets[name]:
            if each.chosen:
                left = [value for value in asked.chosen[name] if value != each.value]
                removals.append((name, each.label, url_for(".search", **(asked.fields() | {name: left}))))
    return removals


def _read_fields(known: dict[str, dict[str, str]]) -> _Asked | Response:
    """Return what the request at hand asks, or the refusal of a value that there is not."""
    chosen: dict[str, tuple[str, ...]] = {}
    for name in FACETS:
        values = tuple(dict.fromkeys(value for value in request.args.getlist(name) if value))
        for value in values:
            if value not in known[name]:
                there_are = ", ".join(known[name]) or "none"
                message = f"Nothing has the {name} {value[:100]!r}. There are: {there_are}."
                return state_problem(400, message, parameter=name, found=value[:100], expected=there_are)
        chosen[name] = values
    page = request.args.get("page", "") or "1"
    if not (page.isascii() and page.isdecimal() and 0 < int(page[:9]) <= _LAST_PAGE and len(page) < 9):
        message = f"No number of a page: {page[:100]!r}. Pages are counted from 1."
        return state_problem(400, message, parameter="page", found=page[:100], expected="a number from 1", example="2")
    words = clean_text(request.args.get("q", ""))[: LONGEST_TEXT + 1]  # one too many shows that more was typed
    return _Asked(words, chosen, int(page))
