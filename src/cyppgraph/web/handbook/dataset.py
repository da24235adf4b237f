"""What the dataset says of itself (DCAT 3, VoID). In: an edition. Out: the dataset and its parts, by one query.

Nothing is typed in here: what the graph does not say is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from cyppgraph.store import Edition, read_rows, say_term, shorten_term
from cyppgraph.web.display.statements import Link

_SAID = """
SELECT ?part ?p ?o ?name {{
  {{
    {{ VALUES ?part {{ {dataset} }} }} UNION {{ {dataset} void:subset ?part }}
    ?part ?p ?o
    FILTER (?p IN (dct:title, dct:description, dct:identifier, dct:license, dct:publisher, void:triples, void:entities,
                   void:classes, void:properties))
  }}
  UNION
  {{
    {dataset} void:subset ?part . ?part dcat:distribution ?file .
    {{ ?file ?p ?o FILTER (?p IN (dcat:downloadURL, dcat:byteSize)) }}
    UNION
    {{ ?file spdx:checksum/spdx:checksumValue ?o BIND (spdx:checksumValue AS ?p) }}
  }}
  UNION
  {{ ?part dct:rights ?o BIND (dct:rights AS ?p) }}
  OPTIONAL {{ ?o rdfs:label|foaf:name ?name }}
}} ORDER BY ?part ?p ?o ?name
"""


@dataclass(frozen=True, slots=True)
class Part:
    """The dataset, or one file of it.

    Attributes:
        iri: its IRI.
        said: what is said of it, by the short name of the property; the first where there are several.
        links: what of that are things, by the same name, with what they are called.
    """

    iri: str
    said: Mapping[str, str]
    links: Mapping[str, Link]

    def count(self, name: str) -> int:
        """Return a number that is said of it; 0 where none is."""
        text = self.said.get(name, "")
        return int(text) if text.isascii() and text.isdigit() else 0

    @property
    def file_name(self) -> str:
        """The last part of the address of its file."""
        return self.said.get("dcat:downloadURL", "").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Dataset:
    """The whole, its parts by their IRIs, and what is said of the rights in other things, by their IRIs."""

    whole: Part
    parts: tuple[Part, ...]
    rights: Mapping[str, str]


def read_dataset(edition: Edition) -> Dataset:
    """Return what the graph says of the dataset; one query."""
    ns = edition.namespaces
    said: dict[str, dict[str, str]] = {}
    links: dict[str, dict[str, Link]] = {}
    rights: dict[str, str] = {}
    prefixes = ns.prefixes()
    for part, predicate, value, name in read_rows(edition, _SAID.format(dataset=ox.NamedNode(ns.dataset()))):
        iri, text, short = say_term(part), say_term(value), shorten_term(predicate, prefixes)
        if short == "dct:rights":
            rights.setdefault(iri, text)
            continue
        said.setdefault(iri, {}).setdefault(short, text)
        if isinstance(value, ox.NamedNode):
            href = text if text.startswith(("http://", "https://")) else ""
            links.setdefault(iri, {}).setdefault(short, Link(say_term(name) or text, href))
    parts = {iri: Part(iri, said[iri], links.get(iri, {})) for iri in said}
    whole = parts.pop(ns.dataset(), Part(ns.dataset(), {}, {}))
    return Dataset(whole, tuple(parts.values()), rights)
