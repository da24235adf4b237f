"""What an editor of queries offers. In: an edition, our terms. Out: prefixes, classes, properties and values, as JSON.

Read from the data, so that what is offered finds something: each class and property with how often it is used, the
properties that the things of a class really have, the values of properties that have few. What terms of ours mean is
told by the ontology. Five queries, once for each version of the data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from cyppgraph.namespaces import EXTERNAL_PREFIXES
from cyppgraph.store import Edition, LimitError, read_texts
from cyppgraph.web.display.kept import Kept
from cyppgraph.web.display.vocabulary import Vocabulary

# Prefixes that queries use and our data do not: these are declared when they are used.
_OTHERS = {
    "adms": "http://www.w3.org/ns/adms#",
    "bibo": "http://purl.org/ontology/bibo/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "vann": "http://purl.org/vocab/vann/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}
_MOST_VALUES = 100
_TYPE = EXTERNAL_PREFIXES["rdf"] + "type"
_LONGEST_LABEL = 120
_USES = """
SELECT ?property (COUNT(*) AS ?n) (COUNT(DISTINCT ?value) AS ?values) { ?thing ?property ?value } GROUP BY ?property
"""
_CLASSES = "SELECT ?class (COUNT(*) AS ?n) { ?thing a ?class } GROUP BY ?class"
_USES_BY_CLASS = """
SELECT ?class ?property (COUNT(DISTINCT ?thing) AS ?n) { ?thing a ?class ; ?property ?value } GROUP BY ?class ?property
"""
_VALUES = """
SELECT ?property ?value (MIN(?_n) AS ?n) (MIN(STR(?name)) AS ?label)
{{
  {{
    SELECT ?property ?value (COUNT(*) AS ?_n) {{
      VALUES ?property {{ {properties} }} ?thing ?property ?value FILTER (ISIRI(?value))
    }} GROUP BY ?property ?value
  }}
  ?value rdfs:label|skos:prefLabel ?name
}}
GROUP BY ?property ?value
"""
_THINGS = """
SELECT ?thing (MIN(STR(?name)) AS ?label) (MIN(STR(?code)) AS ?notation)
{
  VALUES ?class { skos:Concept cypp:Plan cypp:Theme org:FormalOrganization }
  ?thing a ?class ; rdfs:label|skos:prefLabel ?name .
  OPTIONAL { ?thing skos:notation ?code }
}
GROUP BY ?thing
"""
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")


_KNOWN: Kept[str] = Kept()


def read_words(edition: Edition, vocabulary: Vocabulary | None) -> str:
    """Return the words as JSON, made once for a version; as ``Edition.query`` for what is refused.

    Args:
        edition: what is asked.
        vocabulary: our terms, where they are known.
    """
    return _KNOWN.read(edition, vocabulary.version if vocabulary else "", lambda: _write_words(edition, vocabulary))


def _write_words(edition: Edition, vocabulary: Vocabulary | None) -> str:
    return json.dumps(gather_words(edition, vocabulary), ensure_ascii=False, separators=(",", ":"))


def gather_words(edition: Edition, vocabulary: Vocabulary | None) -> dict[str, object]:
    """Ask an edition for its words; where a list takes longer than a query may, the others are offered without it."""
    prefixes = edition.namespaces.prefixes()
    labels: Mapping[str, str] = vocabulary.labels if vocabulary else {}
    meanings: Mapping[str, str] = vocabulary.definitions if vocabulary else {}

    def describe(iri: str, uses: int) -> dict[str, object]:
        told = {"name": write_name(iri, prefixes), "uses": uses, "label": labels.get(iri), "means": meanings.get(iri)}
        return {key: value for key, value in told.items() if value is not None}

    used = [(property_, int(n), int(values)) for property_, n, values in _read(edition, _USES)]
    properties = {property_: n for property_, n, _ in used}
    by_class: dict[str, dict[str, int]] = {}
    for class_, property_, n in _read(edition, _USES_BY_CLASS):
        by_class.setdefault(class_, {})[property_] = int(n)
    sizes = {class_: int(n) for class_, n in _read(edition, _CLASSES)}
    few = [property_ for property_, _, values in used if values <= _MOST_VALUES and property_ != _TYPE]
    values, things = _gather_things(edition, prefixes, few)
    return {
        "prefixes": prefixes,
        "others": _OTHERS,
        "classes": [describe(iri, uses) for iri, uses in _by_use(sizes)],
        "properties": [describe(iri, uses) for iri, uses in _by_use(properties)],
        "of": {
            write_name(class_, prefixes): {write_name(iri, prefixes): n for iri, n in _by_use(uses)}
            for class_, uses in sorted(by_class.items())
        },
        "values": values,
        "things": things,
    }


def _gather_things(
    edition: Edition, prefixes: Mapping[str, str], properties: Sequence[str]
) -> tuple[dict[str, list[str]], list[dict[str, str]]]:
    things: dict[str, dict[str, str]] = {}
    values: dict[str, list[str]] = {}
    for thing, label, notation in _read(edition, _THINGS):
        things[thing] = _describe_thing(thing, label, notation, prefixes)
    rows = _read(edition, _VALUES.format(properties=" ".join(f"<{each}>" for each in properties)))
    for property_, value, _, label in sorted(rows, key=lambda row: (row[0], -int(row[2]), row[1])):
        things.setdefault(value, _describe_thing(value, label, "", prefixes))
        values.setdefault(write_name(property_, prefixes), []).append(things[value]["name"])
    return values, [things[iri] for iri in sorted(things)]


def _read(edition: Edition, query: str) -> list[tuple[str, ...]]:
    try:
        return read_texts(edition, query)
    except LimitError:
        return []


def _describe_thing(iri: str, label: str, notation: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    told = {"name": write_name(iri, prefixes), "label": " ".join(label.split())[:_LONGEST_LABEL]}
    return told | ({"code": notation} if notation else {})


def write_name(iri: str, prefixes: Mapping[str, str]) -> str:
    """Return an IRI as a query can have it: by the longest prefix that leaves a plain name, else in full."""
    fitting = [
        name for name, space in prefixes.items() if iri.startswith(space) and _LOCAL.fullmatch(iri[len(space) :])
    ]
    if not fitting:
        return f"<{iri}>"
    longest = max(fitting, key=lambda name: len(prefixes[name]))
    return f"{longest}:{iri.removeprefix(prefixes[longest])}"


def _by_use(uses: Mapping[str, int]) -> Iterable[tuple[str, int]]:
    return sorted(uses.items(), key=lambda each: (-each[1], each[0]))
