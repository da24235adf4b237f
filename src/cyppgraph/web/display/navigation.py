"""Where every page leads. In: the request at hand, what the page is below. Out: the entries of the masthead.

An entry is shown where the application answers for it, so that a service without some of them has no dead links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import current_app, request, url_for


@dataclass(frozen=True, slots=True)
class Entry:
    """What the masthead offers: its words, and the endpoint that answers.

    ``also`` names blueprints, besides that of the endpoint, whose pages belong to it.
    """

    text: str
    endpoint: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """An entry as a page shows it: its words, its address, whether the page belongs to it."""

    text: str
    address: str
    is_here: bool


ENTRIES = (
    Entry("Home", "pages.home"),
    Entry("Plans", "plans.index", also=("things.plan_parts",)),
    Entry("Search", "search.search"),
    Entry("Compare", "compare.matrix"),
    Entry("Questions", "questions.index"),
    Entry("SPARQL", "ask.show"),
    Entry("Data", "data.index", also=("dumps", "reconciliation")),
    Entry("Vocabulary", "things.ontology.document"),
)
"""All that the masthead may offer, in its order. A page of its own is added here, and nowhere else."""


def list_places(above: Sequence[tuple[str, str]] | None = None) -> list[Place]:
    """Return the entries that this application has, with their addresses.

    Args:
        above: the page's breadcrumbs without the home page. A page of no entry's blueprint, such as that of a plan's
            element, belongs to the entry that the first of them leads to.
    """
    blueprint = (request.endpoint or "").rpartition(".")[0]
    places = [
        Place(
            entry.text,
            url_for(entry.endpoint),
            bool(blueprint) and blueprint in (entry.endpoint.rpartition(".")[0], *entry.also),
        )
        for entry in ENTRIES
        if entry.endpoint in current_app.view_functions
    ]
    if above and not any(place.is_here for place in places):
        start = above[0][1].partition("?")[0]
        return [replace(place, is_here=place.address == start) for place in places]
    return places
