"""What is not there. In: the address of the request at hand. Out: what a page of an error offers in its place.

Nothing is asked of the data, but for the plans where an address begins as if it were that of one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pyoxigraph as ox
from flask import current_app, request, url_for

from cyppgraph.errors import CyppgraphError
from cyppgraph.store import Edition, Source, read_rows, say_term
from cyppgraph.web.display.addresses import locate_thing
from cyppgraph.web.display.statements import Link

_SEARCH = "search.search"
_WORD = re.compile(r"[^\W_]+")
_NO_WORDS = {"id", "doc", "plan", "plans", "data", "graph", "html", "htm", "php", "index", "ttl", "json", "csv"}
_MOST_WORDS, _LONGEST = 8, 60
_PLANS = "SELECT ?plan ?id ?title { ?plan a cypp:Plan ; dct:identifier ?id ; dct:title ?title } ORDER BY ?id LIMIT 200"
_NAMES = (
    "SELECT ?iri ?name {{ VALUES ?iri {{ {iris} }} ?iri rdfs:label|skos:prefLabel|dct:title ?name }} ORDER BY ?name"
)


def read_words() -> str:
    """Return the words of the address that may be worth a search; empty if there are none."""
    words = [word for word in _WORD.findall(request.path) if word.lower() not in _NO_WORDS and len(word) <= _LONGEST]
    return " ".join(dict.fromkeys(words[:_MOST_WORDS]))


def locate_search() -> str:
    """Return where one searches; empty where there is no search."""
    return url_for(_SEARCH) if _SEARCH in current_app.view_functions else ""


def make_plan_list(source: Source) -> Callable[[], Sequence[Link]]:
    """Return what lists the plans where the address at hand begins like that of one, and nothing elsewhere."""

    def list_plans() -> Sequence[Link]:
        if not re.match(r"/plans?(?:/|$)", request.path):
            return ()
        try:
            edition = source.edition()
            rows = read_rows(edition, _PLANS)
        except CyppgraphError:  # it is told elsewhere; here it would stand in the way of the error that is told
            return ()
        titles = {say_term(iri): f"{say_term(title)} ({say_term(id_)})" for iri, id_, title in rows}
        return [Link(title, locate_thing(iri, edition.namespaces)) for iri, title in titles.items()]

    return list_plans


def name_things(edition: Edition, iris: Sequence[str]) -> dict[str, str]:
    """Return what things are called, by their IRIs; what has no name is left out; one query."""
    if not iris:
        return {}
    text = _NAMES.format(iris=" ".join(str(ox.NamedNode(iri)) for iri in iris))
    return {say_term(iri): say_term(name) for iri, name in read_rows(edition, text)}
