"""The addresses of the service. In: HTTP requests of version 0.2 or 1.0-draft. Out: JSON, or problem documents.

Version 0.2 has one address for its manifest, queries and extensions (GET or a form); 1.0 has one for each, and takes
JSON. Both demand CORS, which the application gives to all it serves; JSONP, which 0.2 leaves open, is not offered: it
runs a service's text as a program in the client.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from cyppgraph.linking import Glossary
from cyppgraph.store import Edition, Source
from cyppgraph.web.http.caching import answer_unchanged, mark
from cyppgraph.web.reconciliation.answers import write_candidate
from cyppgraph.web.reconciliation.asking import (
    clean,
    find_type,
    parse_json,
    read_batch,
    read_count,
    read_old_batch,
)
from cyppgraph.web.reconciliation.extending import (
    Extension,
    describe_columns,
    extend,
    propose_properties,
    read_extension,
)
from cyppgraph.web.reconciliation.index import Index
from cyppgraph.web.reconciliation.indexes import Indexes
from cyppgraph.web.reconciliation.kinds import list_types
from cyppgraph.web.reconciliation.manifest import PATH, PATH_1_0, make_manifest, make_old_manifest
from cyppgraph.web.reconciliation.pages import add_pages
from cyppgraph.web.reconciliation.suggesting import suggest_entities, suggest_properties, suggest_types

_SUGGESTED = 10
_FURTHEST = 10**6
_LARGEST_REQUEST = 1_000_000


def make_reconciliation(source: Source, indexes: Indexes | None = None) -> Blueprint:
    """Return a blueprint that answers below ``/reconcile``.

    Args:
        source: what names are matched with.
        indexes: its indexes, for those who want them warm before the first request; else without a glossary.
    """
    indexes = indexes or Indexes(Glossary())
    blueprint = Blueprint("reconciliation", __name__)
    blueprint.before_request(_keep_small)
    _add_old(blueprint, source, indexes)
    _add_new(blueprint, source, indexes)
    _add_both(blueprint, source, indexes)
    add_pages(blueprint, source, indexes)
    return blueprint


def _add_old(blueprint: Blueprint, source: Source, indexes: Indexes) -> None:
    @blueprint.route(PATH, methods=["GET", "POST"], strict_slashes=False)
    def answer_old() -> Response:
        edition = source.edition()
        fields = request.values
        if "queries" in fields:
            return _answer(edition, lambda: _match_old(fields["queries"], indexes.of(edition)))
        if "extend" in fields:
            return _answer(edition, lambda: _extend_old(fields["extend"], indexes.of(edition)))
        if request.method == "POST":
            raise BadRequest("Send “queries” or “extend” as a field of a form (application/x-www-form-urlencoded).")
        if "query" in fields:
            raise BadRequest("Single queries were of version 0.1; send a batch as “queries”.")
        indexes.warm(edition)
        return _answer(edition, lambda: make_old_manifest(_root(), edition.namespaces))


def _add_new(blueprint: Blueprint, source: Source, indexes: Indexes) -> None:
    @blueprint.get(PATH_1_0, strict_slashes=False)
    def tell() -> Response:
        edition = source.edition()
        indexes.warm(edition)
        return _answer(edition, lambda: make_manifest(_root(), edition.namespaces))

    @blueprint.post(f"{PATH_1_0}/match")
    def match() -> Response:
        edition = source.edition()
        batch = _read_body()
        return _answer(edition, lambda: _match_new(batch, indexes.of(edition)))

    @blueprint.post(f"{PATH_1_0}/extend")
    def answer_extension() -> Response:
        edition = source.edition()
        query = read_extension(_read_body())
        return _answer(edition, lambda: _extend_new(query, indexes.of(edition)))


def _add_both(blueprint: Blueprint, source: Source, indexes: Indexes) -> None:
    @blueprint.get(f"{PATH}/suggest/<any(entity, property, type):what>")
    @blueprint.get(f"{PATH_1_0}/suggest/<any(entity, property, type):what>")
    def suggest(what: str) -> Response:
        edition = source.edition()
        return _answer(edition, lambda: {"result": _suggest(what, indexes.of(edition))})

    @blueprint.get(f"{PATH}/extend/propose")
    @blueprint.get(f"{PATH_1_0}/extend/propose")
    def propose() -> Response:
        edition = source.edition()
        if "type" not in request.args:
            raise BadRequest("For entities of which type? Give its identifier as “type”; empty for any.")
        named, limit = request.args["type"], request.args.get("limit")
        types = (find_type(list_types(edition.namespaces), clean(named)).short,) if named else ()
        most = None if limit in (None, "") else read_count(limit, "“limit”")
        given = {"limit": most} if most else {}
        return _answer(
            edition,
            lambda: {"type": named, **given, "properties": propose_properties(indexes.of(edition), types, most)},
        )


def _answer(edition: Edition, make: Callable[[], object]) -> Response:
    """Answer with JSON: by GET with a validator, since an edition does not change."""
    if request.method == "POST":
        return jsonify(make())
    return answer_unchanged(edition, request.url) or mark(jsonify(make()), edition, request.url)


def _match_old(text: str, index: Index) -> dict[str, Any]:
    queries = read_old_batch(parse_json(text, "“queries”"), index.types)
    answers = index.match(list(queries.values()))
    return {
        clean(key): {"result": [write_candidate(match, index, named_features=False) for match in matches]}
        for key, matches in zip(queries, answers, strict=True)
    }


def _match_new(batch: object, index: Index) -> dict[str, Any]:
    answers = index.match(read_batch(batch, index.types))
    return {
        "results": [
            {"candidates": [write_candidate(match, index, named_features=True) for match in matches]}
            for matches in answers
        ]
    }


def _extend_old(text: str, index: Index) -> dict[str, Any]:
    query = read_extension(parse_json(text, "“extend”"))
    return {"meta": describe_columns(query, index), "rows": extend(query, index)}


def _extend_new(query: Extension, index: Index) -> dict[str, Any]:
    rows = [
        {"id": iri, "properties": [{"id": name, "values": values} for name, values in held.items()]}
        for iri, held in extend(query, index).items()
    ]
    return {"meta": describe_columns(query, index), "rows": rows}


def _suggest(what: str, index: Index) -> list[dict[str, Any]]:
    """Suggest what the request begins to name; ``cursor`` (0.2) or ``offset`` (1.0) skips the first ones."""
    prefix = request.args.get("prefix")
    if prefix is None:
        raise BadRequest("What does it begin with? Give it as “prefix”; empty for all.")
    skipped = request.args.get("offset") or request.args.get("cursor") or 0
    first = read_count(skipped, "“offset”, or “cursor”,", 0, _FURTHEST)
    most = read_count(request.args.get("limit") or _SUGGESTED, "“limit”")
    if what == "entity":
        named = [clean(each) for each in request.args.getlist("type") if each]
        types = [find_type(index.types, each).short for each in named]
        found = suggest_entities(index, prefix, types)
    else:
        found = (suggest_types if what == "type" else suggest_properties)(index, prefix)
    return found[first : first + most]


def _read_body() -> object:
    if not request.is_json:
        raise UnsupportedMediaType("Send application/json.")
    return parse_json(request.get_data(), "The body")


def _keep_small() -> None:
    if (request.content_length or 0) > _LARGEST_REQUEST:  # also where changes of the data may be larger
        raise RequestEntityTooLarge(f"A request has at most {_LARGEST_REQUEST:,} bytes here; send smaller batches.")


def _root() -> str:
    return request.url_root.rstrip("/")
