"""Names for IRIs. In: what a model writes, or a graph holds. Out: an IRI, or a short name.

Refuses what cannot be an IRI.
"""

from __future__ import annotations

import pyoxigraph as ox

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces


def resolve_name(names: Namespaces, given: str) -> str:
    """Return the IRI that is meant.

    Args:
        names: where the data live.
        given: an IRI, with or without angle brackets; a prefixed name ("ni:117"); or what follows the base or ``id/``
            ("id/plan/croydon-2013", "plan/croydon-2013/action/10").

    Raises:
        CyppgraphError: it cannot be an IRI.
    """
    name = given.strip().removeprefix("<").removesuffix(">")
    prefix, _, rest = name.partition(":")
    prefixes = names.prefixes()
    if prefix in prefixes and not rest.startswith("//"):
        iri = prefixes[prefix] + rest
    elif ":" in name:
        iri = name
    else:
        iri = names.ids + name.strip("/").removeprefix("id/")
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise CyppgraphError(
            f"{given!r} is not the name of anything: {error}. Give an IRI, or a local id such as "
            "plan/croydon-2013/action/10."
        ) from error


def shorten_name(iri: str, prefixes: dict[str, str]) -> str:
    """Return an IRI as a prefixed name that SPARQL takes, or else as it is."""
    for prefix, space in sorted(prefixes.items(), key=lambda pair: -len(pair[1])):
        if iri.startswith(space) and (local := iri[len(space) :]).replace("-", "").replace("_", "").isalnum():
            return f"{prefix}:{local}"
    return iri
