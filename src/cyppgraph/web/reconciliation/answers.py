"""Answers as JSON has them. In: matches. Out: candidates of version 0.2 or 1.0; which differ in what a feature says."""

from __future__ import annotations

from typing import Any

from cyppgraph.web.reconciliation.index import Index
from cyppgraph.web.reconciliation.judging import FEATURES, Match
from cyppgraph.web.reconciliation.manifest import describe_type


def write_candidate(match: Match, index: Index, *, named_features: bool) -> dict[str, Any]:
    """Return a candidate.

    Args:
        match: the entity and how well it fits.
        index: knows the types.
        named_features: whether features have names, as in version 1.0.
    """
    entity = match.entity
    return {
        "id": entity.iri,
        "name": entity.name,
        "description": ". ".join(text.rstrip(".") for text in (entity.description, match.reason) if text) + ".",
        "type": [describe_type(index.find_type(short)) for short in entity.types],
        "score": round(match.score, 1),
        "match": match.certain,
        "features": [
            {"id": name, **({"name": FEATURES[name]} if named_features else {}), "value": value}
            for name, value in match.features.items()
        ],
    }
