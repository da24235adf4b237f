"""What the service shows to people. In: identifiers. Out: a small preview, a flyout, the way to a page, how to use it.

Clients show the preview in a frame of theirs, so that it alone may be framed by anybody. What a literal says reaches a
page as text only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, render_template, request
from markupsafe import Markup
from werkzeug.exceptions import BadRequest, NotFound

from cyppgraph.store import Source
from cyppgraph.web.display.addresses import locate_thing
from cyppgraph.web.http.caching import answer_unchanged, mark
from cyppgraph.web.http.representations import lead_on
from cyppgraph.web.reconciliation.asking import show
from cyppgraph.web.reconciliation.entities import Entity
from cyppgraph.web.reconciliation.index import Index
from cyppgraph.web.reconciliation.indexes import Indexes
from cyppgraph.web.reconciliation.judging import FEATURES
from cyppgraph.web.reconciliation.kinds import PROPERTIES, Property, Type
from cyppgraph.web.reconciliation.manifest import PATH, PATH_1_0

PREVIEW_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors *"
_SHOWN = 4
"""How many values of a property a preview shows."""
_LEFT_OUT = frozenset({"name", "related-match"})


def _add_preview(blueprint: Blueprint, source: Source, indexes: Indexes) -> None:
    @blueprint.get(f"{PATH}/preview")
    @blueprint.get(f"{PATH_1_0}/preview")
    def preview() -> Response:
        edition = source.edition()
        if unchanged := answer_unchanged(edition, request.url):
            return unchanged
        index = indexes.of(edition)
        entity = _find(index)
        shown = {"entity": entity, "about": list(_describe(entity)), "type": index.find_type(entity.types[0])}
        page = render_template("reconciliation_preview.html", **shown)
        response = mark(Response(page, mimetype="text/html"), edition, request.url)
        response.headers["Content-Security-Policy"] = PREVIEW_POLICY
        return response


def add_pages(blueprint: Blueprint, source: Source, indexes: Indexes) -> None:
    """Add the pages to a blueprint."""
    _add_preview(blueprint, source, indexes)

    @blueprint.get(f"{PATH}/view")
    def view() -> Response:
        edition = source.edition()
        entity = _find(indexes.of(edition))
        return lead_on(locate_thing(entity.iri, edition.namespaces), HTTPStatus.SEE_OTHER)

    @blueprint.get(f"{PATH}/help")
    def explain() -> Response:
        edition = source.edition()
        if unchanged := answer_unchanged(edition, request.url):
            return unchanged
        page = render_template(
            "reconciliation_help.html",
            address=request.url_root.rstrip("/") + PATH,
            address_1_0=request.url_root.rstrip("/") + PATH_1_0,
            types=indexes.of(edition).types,
            properties=PROPERTIES.values(),
            features=FEATURES,
        )
        return mark(Response(page, mimetype="text/html"), edition, request.url)

    @blueprint.get(f"{PATH}/flyout/<any(entity, property, type):what>")
    def flyout(what: str) -> Response:
        edition = source.edition()
        if unchanged := answer_unchanged(edition, request.url):
            return unchanged
        identifier = request.args.get("id", "")
        name, said = _name(what, indexes.of(edition), identifier)
        html = Markup("<p><strong>{}</strong></p><p>{}</p>").format(name, said)
        return mark(jsonify({"id": identifier, "html": str(html)}), edition, request.url)


def _find(index: Index) -> Entity:
    identifier = request.args.get("id", "")
    if not identifier:
        raise BadRequest("Which one? Give its identifier as “id”.")
    entity = index.find(identifier)
    if entity is None:
        raise NotFound(f"There is nothing here that has the identifier {show(identifier)}.")
    return entity


def _describe(entity: Entity) -> Iterator[tuple[str, str]]:
    """Say what the properties of an entity hold, by name, the first few values of each."""
    for name, about in PROPERTIES.items():
        texts = dict.fromkeys(entity.texts(name))
        if texts and name not in _LEFT_OUT:
            more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
            yield about.name, "; ".join(list(texts)[:_SHOWN]) + more


def _name(what: str, index: Index, identifier: str) -> tuple[str, str]:
    """Return the name and the description of an entity, a property or a type.

    Raises:
        NotFound: there is none of that identifier.
    """
    if what == "entity":
        entity = _find(index)
        return entity.name, entity.description
    offered: Iterable[Type | Property] = index.types if what == "type" else PROPERTIES.values()
    for each in offered:
        if each.id == identifier:
            return each.name, each.description
    raise NotFound(f"There is no {what} {show(identifier)} here.")
