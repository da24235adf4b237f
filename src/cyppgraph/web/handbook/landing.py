"""The first page of the section: what there is to know of the data, and the way to it. In: an edition. Out: a page."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, render_template, url_for

from cyppgraph.store import Edition
from cyppgraph.web.handbook.dataset import read_dataset


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the section: its name, the endpoint that answers, what it is good for."""

    name: str
    endpoint: str
    about: str


CHAPTERS = (
    Chapter(
        "Downloads",
        "data.downloads",
        "All of it as files, with sizes, checksums, licence and how to cite.",
    ),
    Chapter(
        "How the data were made",
        "data.method",
        "From a council’s document to the graph: what is stated, what was inferred, how links were decided.",
    ),
    Chapter(
        "Findings about the sources",
        "data.findings",
        "What is amiss in the plans as printed: dates that do not exist, leads that nobody names, words that are lost.",
    ),
    Chapter(
        "Vocabulary",
        "things.ontology.document",
        "Each kind of thing and each property: what it means, what it leads to, and an example from the plans.",
    ),
    Chapter(
        "Shapes and checks",
        "data.shapes",
        "What the graph is held to before it is published, rule by rule.",
    ),
    Chapter(
        "Interfaces for programs",
        "data.interface",
        "SPARQL, saved questions as files, linked data, reconciliation of your own tables, OpenAPI.",
    ),
    Chapter(
        "Matching your own table",
        "reconciliation.explain",
        "Step by step with OpenRefine: names in a spreadsheet become things of the graph.",
    ),
)
"""All pages of the section, in their order."""


def show_landing(edition: Edition) -> str:
    """Return the page; one query."""
    return render_template("data.html", whole=read_dataset(edition).whole, edition=edition, chapters=list_chapters())


def list_chapters() -> list[tuple[Chapter, str]]:
    """Return the pages that this application has, with their addresses."""
    return [(each, url_for(each.endpoint)) for each in CHAPTERS if each.endpoint in current_app.view_functions]
