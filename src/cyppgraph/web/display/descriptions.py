"""What the graph says of one thing. In: an edition, an IRI. Out: its description, and what else a page tells of it.

The description of a thing, the same in every format, is each statement of which it is the subject, and the
``rdfs:label`` and ``skos:prefLabel`` of what those statements point at, so that they can be read. No node of the graph
is blank, so nothing more is needed to close it (W3C, CBD: Concise Bounded Description). All is asked of the union of
the graphs; an IRI must have passed ``addresses.is_iri`` before it comes here.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import pyoxigraph as ox

from cyppgraph.namespaces import EXTERNAL_PREFIXES
from cyppgraph.store import Edition, Row, Term, read_rows, read_texts, read_triples, say_term

MOST_NAMING, MOST_COUNTED = 100, 10_000
_MOST_NEAR, _MOST_COMPARED = 12, 1000
_RDF_TYPE = EXTERNAL_PREFIXES["rdf"] + "type"

# What is itself a document or a record, so that the web can send it (httpRange-14); all else is only described there.
_DOCUMENTS = {
    "cypp": ("SourceCell", "SourceDocument", "SourcePassage", "SourceRow"),
    "dcat": ("Catalog", "Dataset", "Distribution"),
    "dct": ("LicenseDocument",),
    "dqv": ("QualityAnnotation",),
    "foaf": ("Document",),
    "oa": ("FragmentSelector", "TextQuoteSelector"),
    "owl": ("Ontology",),
    "qb": ("ComponentSpecification", "DataSet", "DataStructureDefinition", "Observation"),
    "skos": ("Collection", "ConceptScheme"),
    "spdx": ("Checksum",),
    "sssom": ("Mapping", "MappingSet"),
    "void": ("Dataset",),
}

_IDENTIFY = """
SELECT ?iri ?type {{
  VALUES ?iri {{ {iris} }}
  OPTIONAL {{ ?iri a ?type }}
  FILTER ( EXISTS {{ ?iri ?p ?o }} || EXISTS {{ ?s ?q ?iri }} )
}}
"""
# Written as it is, and not with VALUES for the two labels, so that no engine reads the labels of everything.
_DESCRIBE = """
CONSTRUCT {{ {thing} ?p ?o . ?s rdfs:label ?label . ?s skos:prefLabel ?name }} {{
  {{ {thing} ?p ?o }}
  UNION {{ {thing} ?q ?s . ?s rdfs:label ?label }}
  UNION {{ {thing} ?q ?s . ?s skos:prefLabel ?name }}
}}
"""
_STANDING = """
SELECT ?p ?o ?graph ?certainty {{
  GRAPH ?graph {{ {thing} ?p ?o }}
  OPTIONAL {{ ?o cypp:certainty ?certainty }}
}}
"""
_SOURCES = """
SELECT DISTINCT ?passage ?words ?first ?last ?document {{
  {thing} cypp:source ?passage .
  OPTIONAL {{ ?passage cypp:quote ?words }}
  OPTIONAL {{ ?passage cypp:firstLine ?first }}
  OPTIONAL {{ ?passage cypp:lastLine ?last }}
  OPTIONAL {{ ?passage cypp:sourceDocument ?document }}
}} ORDER BY ?first ?passage
"""
NAMING = "SELECT ?s ?p {{ ?s ?p {thing} }}"
_NAMING = (
    "SELECT ?s ?p ?label {{ {{ SELECT ?s ?p {{ ?s ?p {thing} }} LIMIT {most} }} OPTIONAL {{ ?s rdfs:label ?label }} }}"
)
_COUNT = "SELECT (COUNT(*) AS ?n) {{ SELECT ?s {{ ?s ?p {thing} }} LIMIT {most} }}"
# Three ways to what exists nearby, none of which reads the whole graph: what the path names on the way, what points at
# that, and the kinds of thing that nothing above them points at.
_NEAR = """
SELECT DISTINCT ?near {{
  {{ VALUES ?near {{ {above} }} FILTER EXISTS {{ ?near ?p ?o }} }}
  UNION
  {{ SELECT ?near {{
       VALUES ?above {{ {above} }} ?near ?p ?above FILTER STRSTARTS(STR(?near), {folder})
     }} LIMIT {most} }}
  UNION
  {{ VALUES ?kind {{ cypp:Plan dct:Location skos:ConceptScheme sssom:MappingSet }}
     ?near a ?kind FILTER STRSTARTS(STR(?near), {folder}) }}
}}
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a statement stands: the named graphs that hold it, and how certain what it points at is."""

    graphs: tuple[str, ...]
    certainties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A place of a source document: its IRI, its words, first and last line, and the document's IRI."""

    iri: str
    words: str
    first: str
    last: str
    document: str


@dataclass(frozen=True, slots=True)
class Naming:
    """A statement of which the thing is the object: its subject, property, and the subject's label."""

    subject: ox.NamedNode | ox.BlankNode
    predicate: str
    label: str


def identify(edition: Edition, iris: Sequence[str]) -> dict[str, set[str]]:
    """Return those of the IRIs that the graph speaks of, as subject or object, with their types; one query."""
    found: dict[str, set[str]] = {}
    if iris:
        for iri, kind in read_rows(edition, _IDENTIFY.format(iris=" ".join(map(_write, iris)))):
            found.setdefault(say_term(iri), set()).update([say_term(kind)] if kind is not None else [])
    return found


def is_document(types: set[str], prefixes: Mapping[str, str]) -> bool:
    """Tell from its types whether a thing is a document, so that its address may answer 200."""
    return any(prefixes[prefix] + name in types for prefix, names in _DOCUMENTS.items() for name in names)


def describe(edition: Edition, iri: str) -> list[ox.Triple]:
    """Return the description of a thing: its own statements first, types before others, then the labels; one query."""

    def order(triple: ox.Triple) -> tuple[bool, str, bool, str, str]:
        subject, predicate = str(triple.subject), triple.predicate.value
        return subject != _write(iri), subject, predicate != _RDF_TYPE, predicate, str(triple.object)

    return sorted(set(read_triples(edition, _DESCRIBE.format(thing=_write(iri)))), key=order)


def read_standing(edition: Edition, iri: str) -> dict[tuple[str, Term], Standing]:
    """Return where each statement about a thing stands, by property and value; one query."""
    graphs: dict[tuple[str, Term], tuple[set[str], set[str]]] = {}
    for predicate, value, graph, certainty in read_rows(edition, _STANDING.format(thing=_write(iri))):
        if value is not None:
            known = graphs.setdefault((say_term(predicate), value), (set(), set()))
            known[0].add(say_term(graph))
            known[1].update([say_term(certainty)] if certainty is not None else [])
    return {key: Standing(tuple(sorted(where)), tuple(sorted(how))) for key, (where, how) in graphs.items()}


def read_sources(edition: Edition, iri: str) -> list[Passage]:
    """Return the passages that a thing was read from, in the order of their lines; one query."""
    return [Passage(*row) for row in read_texts(edition, _SOURCES.format(thing=_write(iri)))]


def read_naming(edition: Edition, iri: str) -> tuple[list[Naming], int]:
    """Return the first statements of which a thing is the object, and how many there are; a query, or two for many.

    The count stops at ``MOST_COUNTED`` and one more, so that what much points at costs no more than others.
    """
    rows: dict[tuple[Term | None, Term | None], Row] = {}
    for row in read_rows(edition, _NAMING.format(thing=_write(iri), most=MOST_NAMING)):
        rows.setdefault((row[0], row[1]), row)  # a subject may have several labels
    known = [
        Naming(subject, say_term(predicate), say_term(label))
        for subject, predicate, label in rows.values()
        if isinstance(subject, ox.NamedNode | ox.BlankNode)
    ]
    known.sort(key=lambda each: (each.predicate, each.subject.value))
    if len(rows) < MOST_NAMING:
        return known, len(rows)
    count = read_rows(edition, _COUNT.format(thing=_write(iri), most=MOST_COUNTED + 1))[0][0]
    return known, int(say_term(count))


def find_near(edition: Edition, iri: str, start: str) -> list[str]:
    """Return the IRIs that exist and are nearest to one that does not; one query.

    Args:
        edition: what is asked.
        iri: what was asked for.
        start: what all IRIs of its kind begin with.
    """
    parts = iri.removeprefix(start).rstrip("/").split("/")[-12:]
    above = [start + "/".join(parts[:length]) for length in range(1, len(parts))]
    folder = above[-1] + "/" if above else start
    text = _NEAR.format(above=" ".join(map(_write, above)), folder=str(ox.Literal(folder)), most=_MOST_COMPARED)
    near = {say_term(row[0]) for row in read_rows(edition, text)}
    return heapq.nlargest(_MOST_NEAR, sorted(near), key=lambda each: _compare(each, folder, parts[-1]))


def _compare(near: str, folder: str, wanted: str) -> tuple[bool, float, int]:
    # What stands in the same folder comes first, by how alike the rest is; then what is higher up, the deepest first.
    beside = near.startswith(folder)
    alike = SequenceMatcher(None, near.removeprefix(folder)[:80], wanted[:80]).ratio() if beside else 0.0
    return beside, alike, len(near)


def _write(iri: str) -> str:
    return str(ox.NamedNode(iri))
