"""The terms of the ontology for readers. In: the vocabulary, an edition. Out: sections of terms, each with an example.

The sections are those of the ontology's file. An example is a statement of the data: of a class, one thing of it; of a
property, one statement that uses it. One query finds them all, and reads one statement for each term.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from cyppgraph.namespaces import EXTERNAL_PREFIXES
from cyppgraph.store import Edition, Term, read_rows
from cyppgraph.web.display.statements import Link, Statement, StatementWriter
from cyppgraph.web.display.vocabulary import Vocabulary

_OWL, _RDF, _RDFS, _SKOS = (EXTERNAL_PREFIXES[prefix] for prefix in ("owl", "rdf", "rdfs", "skos"))
_SCHEMA = EXTERNAL_PREFIXES["schema"]
_TYPE, _LABEL, _DEFINITION = f"{_RDF}type", f"{_RDFS}label", f"{_SKOS}definition"
DOMAINS = (f"{_RDFS}domain", f"{_SCHEMA}domainIncludes")
RANGES = (f"{_RDFS}range", f"{_SCHEMA}rangeIncludes")
# What is told of a term, by the words that stand before it, in this order.
_FACTS: Mapping[str, tuple[str, ...]] = {
    "A kind of": (f"{_RDFS}subClassOf", f"{_RDFS}subPropertyOf"),
    "Of": DOMAINS,
    "Value": RANGES,
    "Note": (f"{_SKOS}scopeNote",),
    "Such as": (f"{_SKOS}example",),
    "See also": (f"{_RDFS}seeAlso", f"{EXTERNAL_PREFIXES['dct']}source"),
}
_KINDS = {
    f"{_OWL}Class": "class",
    f"{_OWL}ObjectProperty": "property, leads to a thing",
    f"{_OWL}DatatypeProperty": "property, has a value",
    f"{_OWL}FunctionalProperty": "one at most",
    f"{_OWL}TransitiveProperty": "holds all the way up",
    f"{_OWL}SymmetricProperty": "holds both ways",
    f"{_OWL}AsymmetricProperty": "never both ways",
}
_LONGEST = 200
_EXAMPLE_OF_CLASS = "{{ SELECT ({term} AS ?term) ?s ?label {{ ?s a {term} ; rdfs:label ?label }} LIMIT 1 }}"
_EXAMPLE_OF_PROPERTY = """{{
  SELECT ({term} AS ?term) ?s ?label ?o ?name {{
    ?s {term} ?o ; rdfs:label ?label OPTIONAL {{ ?o rdfs:label|skos:prefLabel ?name }}
  }} LIMIT 1
}}"""

Said = Mapping[str, Sequence[ox.Triple]]


@dataclass(frozen=True, slots=True)
class Example:
    """A statement of the data: its subject and its value, each with where it leads; no value for a class."""

    subject: Link
    value: Link | None


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A term: its anchor, short name, label, what it is and means, what is told of it, its use, an example."""

    anchor: str
    short: str
    name: str
    kinds: str
    definition: str
    facts: Sequence[tuple[str, Sequence[Link]]]
    others: Sequence[Statement]
    uses: str
    example: Example | None


def gather(triples: Iterable[ox.Triple]) -> dict[str, list[ox.Triple]]:
    """Return triples by their subject."""
    found: dict[str, list[ox.Triple]] = {}
    for triple in triples:
        found.setdefault(str(getattr(triple.subject, "value", "")), []).append(triple)
    return found


def list_sections(
    edition: Edition, vocabulary: Vocabulary, said: Said, writer: StatementWriter, uses: Mapping[str, str]
) -> dict[str, list[TermEntry]]:
    """Return the terms by section, both in the order of the file; one query.

    Args:
        edition: where the examples are found.
        vocabulary: the ontology below the edition's base.
        said: its triples, by subject.
        writer: writes links.
        uses: how many the dataset has of each term.
    """
    terms = [iri for iri in said if iri.startswith(edition.namespaces.ontology)]
    examples = _read_examples(edition, [(iri, _is_class(said[iri])) for iri in terms], writer)
    sections: dict[str, list[TermEntry]] = {}
    for iri in terms:
        entry = _make_entry(iri, said, writer, uses.get(iri, ""), examples.get(iri))
        sections.setdefault(vocabulary.sections.get(iri, "Other terms"), []).append(entry)
    return sections


def _make_entry(iri: str, said: Said, writer: StatementWriter, uses: str, example: Example | None) -> TermEntry:
    own = said[iri]
    facts = [(words, [_link(term, writer) for term in find(own, *names)]) for words, names in _FACTS.items()]
    if _is_class(own):
        below = [each for each in said if iri in texts(said[each], f"{_RDFS}subClassOf")]
        about = [each for each in said if iri in texts(said[each], *DOMAINS)]
        facts += [("Kinds of it", [writer.link(each) for each in below])]
        facts += [("Its properties", [writer.link(each) for each in about])]
    told = {_TYPE, _LABEL, _DEFINITION, f"{_RDFS}isDefinedBy", *(name for names in _FACTS.values() for name in names)}
    short = writer.shorten(iri)
    return TermEntry(
        short.partition(":")[2] or iri,
        short,
        writer.name(iri),
        "; ".join(words for kind, words in _KINDS.items() if kind in texts(own, _TYPE)),
        " ".join(texts(own, _DEFINITION)),
        [(words, links) for words, links in facts if links],
        writer.write([triple for triple in own if triple.predicate.value not in told]),
        uses,
        example,
    )


def find(triples: Iterable[ox.Triple], *properties: str) -> list[Term]:
    """Return the values of some properties, each once."""
    return list(dict.fromkeys(each.object for each in triples if each.predicate.value in properties))


def texts(triples: Iterable[ox.Triple], *properties: str) -> list[str]:
    """Return the values of some properties as texts."""
    return [str(getattr(term, "value", "")) for term in find(triples, *properties)]


def _is_class(triples: Iterable[ox.Triple]) -> bool:
    return f"{_OWL}Class" in texts(triples, _TYPE)


def _link(term: Term, writer: StatementWriter) -> Link:
    return writer.link(term.value) if isinstance(term, ox.NamedNode) else Link(str(getattr(term, "value", "")), "")


def _read_examples(edition: Edition, terms: Sequence[tuple[str, bool]], writer: StatementWriter) -> dict[str, Example]:
    parts = [
        (_EXAMPLE_OF_CLASS if is_class else _EXAMPLE_OF_PROPERTY).format(term=ox.NamedNode(iri))
        for iri, is_class in terms
    ]
    if not parts:
        return {}
    found: dict[str, Example] = {}
    query = f"SELECT ?term ?s ?label ?o ?name {{ {' UNION '.join(parts)} }}"
    for term, subject, label, value, name in read_rows(edition, query):
        known = writer.link(str(getattr(subject, "value", "")))
        told = None if value is None else _link(value, writer)
        if told is not None and name is not None:
            told = Link(_cut(name), told.href)
        elif told is not None:
            told = Link(_cut(ox.Literal(told.text)), told.href)
        found[str(getattr(term, "value", ""))] = Example(Link(_cut(label), known.href), told)
    return found


def _cut(term: Term | None) -> str:
    text = str(getattr(term, "value", ""))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
