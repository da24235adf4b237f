"""Whether an entity is as a condition says. In: a condition, an entity. Out: yes or no.

A value is met by an identifier or its last part ("croydon-2013"), by a name that has all its words ("Croydon" for the
London Borough of Croydon), or by one that is spelt almost so; a year also by the years of a plan.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cyppgraph.web.reconciliation.asking import Condition
from cyppgraph.web.reconciliation.entities import Entity, Named, Value
from cyppgraph.web.reconciliation.naming import compare_spelling, make_code_key, make_key, read_years


def is_met(condition: Condition, entity: Entity) -> bool:
    """Tell whether an entity is as a condition says."""
    held = entity.values.get(condition.property, ())
    if condition.property == "name":
        held = (*held, *entity.labels)
    met = (_is_held(value, held, condition.property) for value in condition.values)
    if condition.quantifier == "all":
        return all(met)
    return any(met) != (condition.quantifier == "none")


def _is_held(given: str, held: Iterable[Value], name: str) -> bool:
    if name == "year":
        return any(year in held for year in read_years(given)[:1])
    return any(_is_alike(given, value) for value in held)


def _is_alike(given: str, value: Value) -> bool:
    if isinstance(value, Named):
        if given in (value.iri, value.iri.rpartition("/")[2]):
            return True
        value = value.name
    text = value.isoformat() if isinstance(value, date) else str(value)
    code = make_code_key(given)
    if code and code == make_code_key(text):
        return True
    key, other = make_key(given), make_key(text)
    if not key:
        return False
    return set(key.split()) <= set(other.split()) or compare_spelling(key, [other]) > 0
