"""Where every page leads. In: the request at hand. Out: the entries of the masthead.

An entry is shown where the application answers for it, so that a service without some of them has no dead links.
"""

from __future__ import annotations

from dataclasses import dataclass

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


def list_places() -> list[Place]:
    """Return the entries that this application has, with their addresses."""
    blueprint = (request.endpoint or "").rpartition(".")[0]
    return [
        Place(
            entry.text,
            url_for(entry.endpoint),
            bool(blueprint) and blueprint in (entry.endpoint.rpartition(".")[0], *entry.also),
        )
        for entry in ENTRIES
        if entry.endpoint in current_app.view_functions
    ]
