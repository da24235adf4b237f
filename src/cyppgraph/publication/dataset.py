"""The dataset described: DCAT 3 and VoID. In: the files that are published. Out: the graph of ``dataset.ttl``.

Its counts, sizes and checksums are those of the very files; its own triples are not counted. Every node has an IRI, a
type and a label. Nothing here depends on the day or the machine: dates are told by the caller.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.publication.counts import Counts, count_triples, count_union
from cyppgraph.publication.turtle import Triple

LICENCE = "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
_MEDIA_TYPE = "https://www.iana.org/assignments/media-types/text/turtle"
_VOCABULARIES = ("dct", "dcat", "dqv", "foaf", "oa", "org", "prov", "skos", "time")


@dataclass(frozen=True, slots=True)
class About:
    """What the publisher says of the dataset.

    Attributes:
        title: its title.
        description: a sentence or two.
        publisher: who publishes it.
        licence: the IRI of the licence of the data.
        version: its version, if it has one.
        issued: when this version was made, if that is to be told.
        keywords: words to find it by.
    """

    title: str = "Children and Young People's Plans as linked data"
    description: str = (
        "English councils' Children and Young People's Plans, read from the documents that the councils published: "
        "what they commit to, who answers for it, by when and how it is measured, each with its source lines. "
        "The data are licensed as stated; the plans' words remain the councils'."
    )
    publisher: str = "cyppgraph contributors"
    licence: str = LICENCE
    version: str | None = None
    issued: date | None = None
    keywords: Sequence[str] = ("children", "young people", "local government", "plans", "indicators", "England")


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of the dataset: its name without extension, what it says, each triple once, and its bytes."""

    name: str
    triples: Sequence[Triple]
    content: bytes


def describe_dataset(files: Iterable[PublishedFile], ns: Namespaces, about: About) -> Graph:
    """Return the description of a dataset, its files, their counts and checksums."""
    known = list(files)
    counts = [count_triples(file.triples) for file in known]
    writer = _Writer(ns)
    whole = URIRef(ns.dataset())
    _describe_publisher(about, writer)
    writer.node(whole, ("dcat:Dataset", "void:Dataset"), about.title)
    _describe(whole, about.title, about.description, about, writer)
    for keyword in about.keywords:
        writer.words(whole, "dcat:keyword", keyword)
    if about.version:
        writer.add(whole, "dcat:version", Literal(about.version))
    for prefix in _VOCABULARIES:
        writer.add(whole, "void:vocabulary", URIRef(EXTERNAL_PREFIXES[prefix]))
    writer.add(whole, "void:vocabulary", URIRef(ns.ontology))
    writer.add(whole, "void:uriSpace", Literal(ns.ids))
    _describe_counts(whole, about.title, (), count_union([file.triples for file in known], counts), writer)
    for file, counted in zip(known, counts, strict=True):
        part = URIRef(ns.dataset("file", file.name))
        writer.add(whole, "void:subset", part)
        writer.add(whole, "dct:hasPart", part)
        _describe_file(part, file, counted, about, writer)
        writer.add(whole, "void:dataDump", URIRef(writer.url(file)))
    _describe_catalogue(known, about, writer)
    return writer.graph


def _describe_catalogue(files: Iterable[PublishedFile], about: About, writer: _Writer) -> None:
    catalogue = URIRef(writer.ns.dataset("catalog"))
    title = f"Catalogue: {about.title}"
    writer.node(catalogue, ("dcat:Catalog",), title)
    _describe(catalogue, title, "The dataset, and its files as datasets of their own.", about, writer)
    for path in ((), *(("file", file.name) for file in files)):
        writer.add(catalogue, "dcat:dataset", URIRef(writer.ns.dataset(*path)))


def _describe_publisher(about: About, writer: _Writer) -> None:
    writer.node(writer.publisher, ("foaf:Agent",), about.publisher)
    writer.add(writer.publisher, "foaf:name", Literal(about.publisher))
    writer.node(URIRef(about.licence), ("dct:LicenseDocument",), _licence_name(about.licence))
    writer.node(URIRef(_MEDIA_TYPE), ("dct:MediaType",), "text/turtle")


def _licence_name(licence: str) -> str:
    return "Open Government Licence v3.0" if licence == LICENCE else licence


def _describe(iri: URIRef, title: str, description: str, about: About, writer: _Writer) -> None:
    writer.words(iri, "dct:title", title)
    writer.words(iri, "dct:description", description)
    writer.add(iri, "dct:publisher", writer.publisher)
    writer.add(iri, "dct:license", URIRef(about.licence))
    if about.issued:
        writer.add(iri, "dct:issued", Literal(about.issued.isoformat(), datatype=writer.term("xsd:date")))


def _describe_file(part: URIRef, file: PublishedFile, counts: Counts, about: About, writer: _Writer) -> None:
    plan = URIRef(writer.ns.plan(file.name)[:-1])
    said = [(p, o) for s, p, o in file.triples if s == plan]
    printed = next((o for p, o in said if p == writer.term("dct:title")), None)
    title = f"{printed} ({file.name})" if printed is not None else f"{about.title}: {file.name}"
    writer.node(part, ("dcat:Dataset", "void:Dataset"), title)
    _describe(part, title, f"What {file.name}.ttl states, one named graph of the dataset.", about, writer)
    writer.add(part, "dct:identifier", Literal(file.name))
    if printed is not None:
        writer.add(part, "void:uriSpace", Literal(writer.ns.plan(file.name)))
        writer.add(part, "void:exampleResource", plan)
        for predicate in ("dct:spatial", "dct:temporal"):
            for value in (o for p, o in said if p == writer.term(predicate)):
                writer.add(part, predicate, value)
    _describe_turtle(part, file, about, writer)
    _describe_counts(part, title, ("file", file.name), counts, writer)


def _describe_turtle(part: URIRef, file: PublishedFile, about: About, writer: _Writer) -> None:
    turtle, url = URIRef(writer.ns.dataset("file", file.name, "turtle")), URIRef(writer.url(file))
    checksum = URIRef(writer.ns.dataset("file", file.name, "turtle", "checksum"))
    writer.add(part, "dcat:distribution", turtle)
    writer.add(part, "void:dataDump", url)
    writer.node(turtle, ("dcat:Distribution",), f"{file.name}.ttl")
    writer.words(turtle, "dct:title", f"{file.name}.ttl")
    writer.add(turtle, "dct:license", URIRef(about.licence))
    writer.add(turtle, "dcat:accessURL", url)
    writer.add(turtle, "dcat:downloadURL", url)
    writer.add(turtle, "dcat:mediaType", URIRef(_MEDIA_TYPE))
    size = Literal(str(len(file.content)), datatype=writer.term("xsd:nonNegativeInteger"))
    writer.add(turtle, "dcat:byteSize", size)
    writer.add(turtle, "spdx:checksum", checksum)
    writer.node(checksum, ("spdx:Checksum",), f"SHA-256 of {file.name}.ttl")
    writer.add(checksum, "spdx:algorithm", writer.term("spdx:checksumAlgorithm_sha256"))
    value = Literal(sha256(file.content).hexdigest(), datatype=writer.term("xsd:hexBinary"))
    writer.add(checksum, "spdx:checksumValue", value)


def _describe_counts(iri: URIRef, title: str, path: tuple[str, ...], counts: Counts, writer: _Writer) -> None:
    writer.integer(iri, "void:triples", counts.triples)
    writer.integer(iri, "void:entities", len(counts.subjects))
    writer.integer(iri, "void:distinctSubjects", len(counts.subjects))
    writer.integer(iri, "void:distinctObjects", len(counts.objects))
    writer.integer(iri, "void:classes", len(counts.classes))
    writer.integer(iri, "void:properties", len(counts.properties))
    for term, number in sorted(counts.classes.items()):
        part = URIRef(writer.ns.dataset(*path, "class", writer.short(term)))
        writer.add(iri, "void:classPartition", part)
        writer.node(part, ("void:Dataset",), f"{writer.short(term)}: {number} in {title}")
        writer.add(part, "void:class", URIRef(term))
        writer.integer(part, "void:entities", number)
    for term, number in sorted(counts.properties.items()):
        part = URIRef(writer.ns.dataset(*path, "property", writer.short(term)))
        writer.add(iri, "void:propertyPartition", part)
        writer.node(part, ("void:Dataset",), f"{writer.short(term)}: {number} triples in {title}")
        writer.add(part, "void:property", URIRef(term))
        writer.integer(part, "void:triples", number)


class _Writer:
    """Writes the description's triples."""

    def __init__(self, ns: Namespaces) -> None:
        self.graph = Graph()
        self.ns = ns
        self.publisher = URIRef(ns.dataset("publisher"))
        self.prefixes = {"cypp": ns.ontology} | EXTERNAL_PREFIXES

    def url(self, file: PublishedFile) -> str:
        """Return where a file can be fetched."""
        return f"{self.ns.base}data/ttl/{file.name}.ttl"

    def term(self, name: str) -> URIRef:
        """Return the term that a prefixed name stands for."""
        prefix, _, local = name.partition(":")
        return URIRef(self.prefixes[prefix] + local)

    def short(self, term: str) -> str:
        """Return a short name for a term, fit for an IRI: ``cypp-Action``."""
        for prefix, namespace in self.prefixes.items():
            local = term.removeprefix(namespace)
            if local != term and re.fullmatch(r"[\w.-]+", local):
                return f"{prefix}-{local}"
        return sha256(term.encode()).hexdigest()[:12]

    def add(self, subject: URIRef, predicate: str, value: Node) -> None:
        """Write a triple."""
        self.graph.add((subject, self.term(predicate), value))

    def node(self, iri: URIRef, types: tuple[str, ...], label: str) -> None:
        """Write what a thing is and what to call it."""
        for name in types:
            self.add(iri, "rdf:type", self.term(name))
        self.words(iri, "rdfs:label", textwrap.shorten(label, 100, placeholder="…"))

    def words(self, subject: URIRef, predicate: str, text: str) -> None:
        """Write words in English."""
        self.add(subject, predicate, Literal(text, lang="en"))

    def integer(self, subject: URIRef, predicate: str, number: int) -> None:
        """Write a count."""
        self.add(subject, predicate, Literal(str(number), datatype=self.term("xsd:integer")))


def list_checksums(contents: Mapping[str, bytes]) -> bytes:
    """Return the checksums of files as ``sha256sum -c`` reads them."""
    return "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(contents.items())).encode()
