"""Which page shows a thing. In: the types of a thing. Out: a template, and the function that reads what it shows.

A template of this list includes ``thing_statements.html``, so that every page also tells all that the graph says.
Things of other types are shown by ``thing.html``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import current_app, url_for

from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.store import Edition
from cyppgraph.web.comparison import reading as comparing
from cyppgraph.web.plans.element_page import show_element
from cyppgraph.web.plans.elements import KINDS
from cyppgraph.web.plans.lead_page import show_lead
from cyppgraph.web.plans.plan_page import show_plan

Show = Callable[[Edition, str], dict[str, object]]


@dataclass(frozen=True, slots=True)
class ThingPage:
    """A template, what reads from the graph what it shows beside the statements, and whether it lists the sources."""

    template: str
    show: Show
    has_sources: bool = False


def _show_concept(edition: Edition, iri: str) -> dict[str, object]:
    """Return where the statements under a concept are compared, if it is one that plans are compared by."""
    for kind in comparing.KINDS.values():
        scheme, slash, key = iri.removeprefix(f"{edition.namespaces.ids}scheme/").partition("/")
        if scheme == kind.scheme and slash and _COMPARED in current_app.view_functions:
            return {"compared_at": f"{url_for(_COMPARED)}?{urlencode({kind.field: key})}"}
    return {}


_COMPARED = "compare.statements"
_GENERAL = ThingPage("thing.html", lambda _edition, _iri: {}, has_sources=True)
_PAGES: Mapping[str, ThingPage] = {
    "Plan": ThingPage("plan.html", show_plan),
    **dict.fromkeys(KINDS, ThingPage("element.html", show_element)),
    "skos:Concept": ThingPage("thing.html", _show_concept, has_sources=True),
    **dict.fromkeys(("LeadRole", "foaf:Person", "org:Organization"), ThingPage("lead.html", show_lead)),
}
"""By the name of a class: of our ontology, or with the prefix of another."""


def choose_page(types: set[str], ns: Namespaces) -> ThingPage:
    """Return the page for a thing of these types; the general one where none is made for it."""
    return next((page for name, page in _PAGES.items() if _expand(name, ns) in types), _GENERAL)


def _expand(name: str, ns: Namespaces) -> str:
    prefix, colon, local = name.partition(":")
    return EXTERNAL_PREFIXES[prefix] + local if colon else ns.ontology + name
