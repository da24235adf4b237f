"""What can be reconciled. Out: the kinds of entities, as types of the API, and the properties that they may have.

A type is a class of the ontology or, for concepts, the scheme that they stand in. Property identifiers are plain words,
since most are not one predicate but a way through the graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces


class Kind(StrEnum):
    """A kind of entity; each is ranked apart from the others."""

    INDICATOR = "indicator"
    PLAN = "plan"
    ROLE = "role"
    BODY = "body"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Type:
    """A type of the API.

    Attributes:
        id: the IRI of a class or a scheme.
        short: a word that is taken in its place.
        name: what it is called.
        description: what is of this type.
        kind: the kind of its entities.
        broader: the ``short`` of the type that it is part of, if any.
    """

    id: str
    short: str
    name: str
    description: str
    kind: Kind
    broader: str = ""


@dataclass(frozen=True, slots=True)
class Property:
    """A property of entities: its identifier, its name, what it says, whose it is, the type that its values have."""

    id: str
    name: str
    description: str
    kinds: frozenset[Kind]
    of_type: str = ""


NATIONAL, COUNCIL = "national-indicator", "council"


def list_types(names: Namespaces) -> tuple[Type, ...]:
    """Return the types, the most wanted first, under the base of the data."""
    cypp, ids, org = names.ontology, names.ids, EXTERNAL_PREFIXES["org"]
    return (
        Type(f"{cypp}Indicator", "indicator", "Indicator", "of the national set or a council's own", Kind.INDICATOR),
        Type(
            f"{ids}indicator/ni",
            NATIONAL,
            "National indicator",
            "of the National Indicator set (NI 1 to NI 198)",
            Kind.INDICATOR,
            "indicator",
        ),
        Type(f"{cypp}Plan", "plan", "Plan", "one council's plan for a period", Kind.PLAN),
        Type(f"{org}FormalOrganization", COUNCIL, "Council", "the councils whose plans are here", Kind.BODY, "body"),
        Type(f"{cypp}LeadRole", "role", "Lead role", "a post that a plan names as lead", Kind.ROLE),
        Type(f"{org}Organization", "body", "Body", "councils, and bodies that a plan names as lead", Kind.BODY),
        Type(f"{ids}scheme/topic", "topic", "Topic", "what commitments, outcomes and actions are about", Kind.TOPIC),
    )


def _kinds(*kinds: Kind) -> frozenset[Kind]:
    return frozenset(kinds or Kind)


PROPERTIES: dict[str, Property] = {
    each.id: each
    for each in (
        Property("name", "Name", "its name or title", _kinds()),
        Property("code", "Code", "the code of an indicator, such as NI 117", _kinds(Kind.INDICATOR)),
        Property("set", "Set of indicators", "the set that an indicator is in", _kinds(Kind.INDICATOR)),
        Property(
            "identifier",
            "Identifier",
            "a short identifier, such as croydon-2013",
            _kinds(Kind.PLAN, Kind.BODY, Kind.TOPIC),
        ),
        Property("plan", "Plan", "the plans that name it or, for a council, that it published", _kinds(), "plan"),
        Property("council", "Council", "the council whose plan it is, or whose plans name it", _kinds(), COUNCIL),
        Property("year", "Year", "the years that the plan covers, or the plans that name it", _kinds()),
        Property("starts", "First day", "the first day of a plan", _kinds(Kind.PLAN)),
        Property("ends", "Last day", "the last day of a plan", _kinds(Kind.PLAN)),
        Property("issued", "Issued", "when a plan was issued", _kinds(Kind.PLAN)),
        Property("area", "Area", "the area of a council or a plan", _kinds(Kind.PLAN, Kind.BODY)),
        Property("area-code", "Area code (ONS)", "the code of that area", _kinds(Kind.PLAN, Kind.BODY)),
        Property("dfe-number", "DfE number", "the number that a council has with the DfE", _kinds(Kind.BODY)),
        Property("wikidata", "Wikidata item", "the council in Wikidata", _kinds(Kind.BODY)),
        Property("part-of", "Part of", "the indicator that this is a part of", _kinds(Kind.INDICATOR), "indicator"),
        Property(
            "close-match", "Close match", "indicators that measure nearly the same", _kinds(Kind.INDICATOR), "indicator"
        ),
        Property(
            "related-match", "Related match", "indicators of the same subject", _kinds(Kind.INDICATOR), "indicator"
        ),
        Property("same-as", "Same lead", "the same post or body under another spelling", _kinds(Kind.ROLE, Kind.BODY)),
        Property("definition", "Definition", "what a topic covers", _kinds(Kind.TOPIC)),
        Property("signal-words", "Signal words", "words that point to it", _kinds(Kind.INDICATOR, Kind.TOPIC)),
        Property("elements", "Elements", "how many elements of plans name it, or a plan has", _kinds()),
    )
}


def list_properties(types: Sequence[Type]) -> list[Property]:
    """Return the properties that entities of some types may have; of any, if no type is named."""
    kinds = {each.kind for each in types} or set(Kind)
    return [each for each in PROPERTIES.values() if each.kinds & kinds]
