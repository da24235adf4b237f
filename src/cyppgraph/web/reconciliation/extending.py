"""Columns for what was reconciled. In: identifiers, properties with settings. Out: the values of each.

An identifier that is not here gets no values: what was matched once may have been taken out since. Refuses properties
and settings that are not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from cyppgraph.web.reconciliation.asking import check_property, clean, read_count, show
from cyppgraph.web.reconciliation.entities import Entity, Named, Value
from cyppgraph.web.reconciliation.index import Index
from cyppgraph.web.reconciliation.kinds import PROPERTIES, list_properties
from cyppgraph.web.reconciliation.manifest import describe_type

_MOST_IDS = 1_000
_CONTENTS = ("entity", "literal", "id")


@dataclass(frozen=True, slots=True)
class Column:
    """A property that is asked for: how many values at most (0: all), and what to give where a value has an IRI."""

    property: str
    limit: int
    content: str


@dataclass(frozen=True, slots=True)
class Extension:
    """A data extension query: identifiers as they were sent, and the columns."""

    ids: tuple[str, ...]
    columns: tuple[Column, ...]


def read_extension(query: object) -> Extension:
    """Read a data extension query; it is alike in both versions.

    Raises:
        BadRequest, RequestEntityTooLarge: it is not as the specification has it, or asks for too much.
    """
    if not isinstance(query, dict):
        raise BadRequest("A data extension query is a JSON object with “ids” and “properties”.")
    ids, properties = query.get("ids"), query.get("properties")
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise BadRequest("“ids” is a list of identifiers, which are strings.")
    if len(ids) > _MOST_IDS:
        raise RequestEntityTooLarge(f"At most {_MOST_IDS} identifiers are extended at once, and these are {len(ids)}.")
    if not isinstance(properties, list) or not all(isinstance(each, dict) for each in properties):
        raise BadRequest("“properties” is a list of objects with an “id”.")
    columns = {column.property: column for column in map(_read_column, properties)}
    return Extension(tuple(dict.fromkeys(map(clean, ids))), tuple(columns.values()))


def _read_column(each: Mapping[str, Any]) -> Column:
    name = check_property(each.get("id"))
    settings = each.get("settings") or {}
    if not isinstance(settings, dict):
        raise BadRequest(f"Property {name}: “settings” is an object.")
    limit = read_count(settings.get("limit") or 0, f"Property {name}: the setting “limit”", 0)
    content = settings.get("content") or "entity"
    if content not in _CONTENTS:
        raise BadRequest(f"Property {name}: the setting “content” is {' or '.join(_CONTENTS)}, not {show(content)}.")
    return Column(name, limit, content)


def describe_columns(extension: Extension, index: Index) -> list[dict[str, Any]]:
    """Return what the answer says of its columns: names, and types of what has been reconciled."""
    described = []
    for column in extension.columns:
        about = PROPERTIES[column.property]
        typed = {"type": describe_type(index.find_type(about.of_type))} if about.of_type else {}
        shown = typed if column.content == "entity" else {}
        described.append({"id": about.id, "name": about.name, **shown})
    return described


def extend(extension: Extension, index: Index) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Return the values: for each identifier, for each property."""
    return {
        iri: {column.property: _list_values(index.find(iri), column, index) for column in extension.columns}
        for iri in extension.ids
    }


def _list_values(entity: Entity | None, column: Column, index: Index) -> list[dict[str, Any]]:
    held = entity.values.get(column.property, ()) if entity else ()
    return [_write_value(value, column, index) for value in held[: column.limit or None]]


def _write_value(value: Value, column: Column, index: Index) -> dict[str, Any]:
    if isinstance(value, Named):
        if column.content == "id":
            return {"str": value.iri}
        if column.content == "entity" and value.iri in index.entities:
            return {"id": value.iri, "name": index.entities[value.iri].name}
        return {"str": value.name}
    if isinstance(value, int):
        return {"int": value}
    return {"date": f"{value.isoformat()}T00:00:00Z"} if isinstance(value, date) else {"str": value}


def propose_properties(index: Index, types: tuple[str, ...], limit: int | None) -> list[dict[str, str]]:
    """Return the properties that entities of some types may have, at most so many."""
    found = list_properties([index.find_type(short) for short in types])
    return [{"id": each.id, "name": each.name, "description": each.description} for each in found[:limit]]
