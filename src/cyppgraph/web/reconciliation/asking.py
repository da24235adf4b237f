"""What a client asks for. In: the JSON of a request, as version 0.2 or 1.0 has it. Out: queries that do not tell which.

Refuses, with the place: text that is not JSON, queries without a name, an identifier or a condition, limits that are no
positive integers, types and properties that are not here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from cyppgraph.web.reconciliation.kinds import PROPERTIES, Type

BATCH_SIZE = 50
LIMIT, MOST = 10, 100
"""How many candidates are given where a query does not say, and at most."""
_SHOWN = 60
_QUANTIFIERS = ("any", "all", "none")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a property of an entity should be.

    Attributes:
        property: the identifier of the property.
        values: names or identifiers, as text.
        quantifier: whether "any", "all" or "none" of the values should be met.
        required: whether an entity that does not meet it is left out.
    """

    property: str
    values: tuple[str, ...]
    quantifier: str = "any"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """One query.

    Attributes:
        names: the names to match, any of which will do.
        iris: the identifiers to match, likewise.
        types: the ``short`` of the types that an entity should have one of; none for any.
        conditions: what its properties should be.
        limit: how many candidates to give at most.
    """

    names: tuple[str, ...]
    iris: tuple[str, ...]
    types: tuple[str, ...]
    conditions: tuple[Condition, ...]
    limit: int


def parse_json(text: str | bytes, what: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        BadRequest: it is not JSON, or no JSON that anybody would send.
    """
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadRequest(f"{what} cannot be read as JSON: {str(error)[:200]}.") from error


def show(value: object) -> str:
    """Return a value of a request as an error names it: short, and in characters that can be sent."""
    return f"“{clean(str(value))[:_SHOWN]}”"


def clean(text: str) -> str:
    """Return a text without halves of characters, which JSON can write and no response can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")


def find_type(types: Sequence[Type], text: str) -> Type:
    """Return a type by its identifier or its short name.

    Raises:
        BadRequest: it is not one of them.
    """
    for each in types:
        if text in (each.id, each.short):
            return each
    known = ", ".join(f"{each.short} (<{each.id}>)" for each in types)
    raise BadRequest(f"There is no type {show(text)} here. The types are {known}.")


def check_property(text: object) -> str:
    """Return the identifier of a property.

    Raises:
        BadRequest: there is none of that identifier.
    """
    if isinstance(text, str) and text in PROPERTIES:
        return text
    raise BadRequest(f"There is no property {show(text)} here. The properties are {', '.join(PROPERTIES)}.")


def read_old_batch(batch: object, types: Sequence[Type]) -> dict[str, Asked]:
    """Return the queries of a batch of version 0.2, by their keys.

    Raises:
        BadRequest, RequestEntityTooLarge: the batch or a query of it is not as the version has it.
    """
    if not isinstance(batch, dict):
        raise BadRequest("A batch of queries is a JSON object: a key for each query.")
    _check_size(batch)
    return {key: _read_old(query, f"Query {show(key)}", types) for key, query in batch.items()}


def _read_old(query: object, where: str, types: Sequence[Type]) -> Asked:
    query = _object(query, where)
    name = query.get("query")
    if name is not None and not isinstance(name, str):
        raise BadRequest(f"{where}: “query” is a string.")
    conditions = tuple(
        Condition(check_property(each.get("pid")), _values(each.get("v"), f"{where}, property {show(each.get('pid'))}"))
        for each in (_object(each, f"{where}, “properties”") for each in _list(query, "properties", where))
    )
    if name is None and not conditions:
        raise BadRequest(f"{where} has neither a “query” nor “properties”: give one of the two.")
    named = query.get("type") or []
    wanted = [named] if isinstance(named, str) else named
    if not isinstance(wanted, list) or not all(isinstance(each, str) for each in wanted):
        raise BadRequest(f"{where}: “type” is a string or a list of strings.")
    if query.get("type_strict", "any") not in ("any", "should", "all"):
        raise BadRequest(f"{where}: “type_strict” is any, should or all.")
    shorts = tuple(find_type(types, each).short for each in wanted if each)
    return Asked(() if name is None else (clean(name),), (), shorts, conditions, _limit(query, where))


def read_batch(batch: object, types: Sequence[Type]) -> list[Asked]:
    """Return the queries of a batch of version 1.0, in order.

    Raises:
        BadRequest, RequestEntityTooLarge: the batch or a query of it is not as the version has it.
    """
    queries = _object(batch, "The body").get("queries")
    if not isinstance(queries, list):
        raise BadRequest("A batch of queries is a JSON object with the list “queries”.")
    _check_size(queries)
    return [_read_new(query, f"Query {n}", types) for n, query in enumerate(queries)]


def _read_new(query: object, where: str, types: Sequence[Type]) -> Asked:
    query = _object(query, where)
    found: dict[str, list[str]] = {"name": [], "id": []}
    conditions = []
    for each in _list(query, "conditions", where):
        each = _object(each, f"{where}, “conditions”")
        matched, quantifier = each.get("matchType"), each.get("matchQuantifier", "any")
        if matched not in ("name", "id", "property"):
            raise BadRequest(f"{where}: the “matchType” of a condition is name, id or property, not {show(matched)}.")
        if quantifier not in _QUANTIFIERS or (quantifier != "any" and matched != "property"):
            raise BadRequest(f"{where}: “matchQuantifier” is any, all or none; for names and ids it is any.")
        if each.get("matchQualifier") is not None:
            raise BadRequest(f"{where}: no “matchQualifier” is known here; leave it out.")
        values = _values(each.get("propertyValue"), f"{where}, “propertyValue”")
        if matched == "property":
            property_ = check_property(each.get("propertyId"))
            conditions.append(Condition(property_, values, quantifier, each.get("required") is True))
        else:
            found[matched] += values
    if not (conditions or found["name"] or found["id"]):
        raise BadRequest(f"{where} has no “conditions”: give a name, an id or a property to match.")
    wanted = query.get("type")
    if wanted is not None and not isinstance(wanted, str):
        raise BadRequest(f"{where}: “type” is a string.")
    shorts = (find_type(types, wanted).short,) if wanted else ()
    return Asked(tuple(found["name"]), tuple(found["id"]), shorts, tuple(conditions), _limit(query, where))


def _check_size(queries: Mapping[str, object] | list[object]) -> None:
    if len(queries) > BATCH_SIZE:
        raise RequestEntityTooLarge(f"A batch has at most {BATCH_SIZE} queries here, and this one has {len(queries)}.")


def _object(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadRequest(f"{where} is a JSON object, not {show(json.dumps(value))}.")
    return value


def _list(query: Mapping[str, Any], name: str, where: str) -> list[object]:
    value = query.get(name)
    if value is not None and not isinstance(value, list):
        raise BadRequest(f"{where}: “{name}” is a list.")
    return value or []


def _limit(query: Mapping[str, Any], where: str) -> int:
    value = query.get("limit")
    return LIMIT if value is None else read_count(value, f"{where}: “limit”")


def read_count(value: object, where: str, least: int = 1, most: int = MOST) -> int:
    """Return a number of things to give or to skip; what is more than the most is the most.

    Raises:
        BadRequest: it is no integer, or too small.
    """
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 10:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise BadRequest(f"{where} is an integer of {least} or more, not {show(value)}.")
    return min(value, most)


def _values(value: object, where: str) -> tuple[str, ...]:
    return tuple(_read_values(value if isinstance(value, list) else [value], where))


def _read_values(values: Sequence[object], where: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            yield clean(value["id"])
        elif isinstance(value, str | int | float):
            yield clean(value) if isinstance(value, str) else json.dumps(value)
        else:
            raise BadRequest(f"{where}: a value is a string, a number, a boolean, or an object with an “id”.")
