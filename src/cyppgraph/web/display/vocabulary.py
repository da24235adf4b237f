"""Our own terms. In: the ontology's files. Out: their triples below the base of the data, and what terms are called.

The graph uses the terms and does not define them: the ontology is a document of its own, ``{base}ontology``, and so
are its alignments, ``{base}ontology/alignments``. Refuses a file that is not there or not Turtle.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import pyoxigraph as ox

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import DEFAULT_BASE, EXTERNAL_PREFIXES, Namespaces

_FILES = {"ontology": "cypp.ttl", "ontology/alignments": "alignments.ttl"}
_HEADING_OR_TERM = re.compile(r"^# -{9,}\n# (?P<heading>.+)\n# -{9,}$|^cypp:(?P<term>\w+)\s+a\s", re.MULTILINE)
_LABEL, _VERSION = EXTERNAL_PREFIXES["rdfs"] + "label", EXTERNAL_PREFIXES["owl"] + "versionIRI"
_DEFINITION = EXTERNAL_PREFIXES["skos"] + "definition"


@dataclass(frozen=True)
class Vocabulary:
    """The ontology below one base.

    Attributes:
        namespaces: the base.
        documents: the triples of each document, by its IRI, as its file orders them.
        version: tells one content of the files from another.
        sections: the heading of its file that each term of the ontology stands under, in the order of the file.
    """

    namespaces: Namespaces
    documents: Mapping[str, tuple[ox.Triple, ...]]
    version: str
    sections: Mapping[str, str]

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """What each term of ours is called."""
        return self._read_texts(_LABEL)

    @cached_property
    def definitions(self) -> Mapping[str, str]:
        """What each term of ours means."""
        return self._read_texts(_DEFINITION)

    @cached_property
    def terms(self) -> frozenset[str]:
        """The IRIs of our terms."""
        return frozenset(iri for iri in self.labels if iri.startswith(self.namespaces.ontology))

    def _read_texts(self, predicate: str) -> dict[str, str]:
        return {
            triple.subject.value: triple.object.value
            for triples in self.documents.values()
            for triple in triples
            if triple.predicate.value == predicate
            and isinstance(triple.subject, ox.NamedNode)
            and isinstance(triple.object, ox.Literal)
        }

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """The IRI of each document by its own IRI, and by that of the version that it is."""
        versions = {
            triple.object.value: iri
            for iri, triples in self.documents.items()
            for triple in triples
            if triple.predicate.value == _VERSION and isinstance(triple.object, ox.NamedNode)
        }
        return {iri: iri for iri in self.documents} | versions


class VocabularyFiles:
    """The ontology as its files have it, put below any base.

    Args:
        folder: holds ``cypp.ttl`` and ``alignments.ttl``.

    Raises:
        CyppgraphError: a file is missing or is not Turtle, with its line.
    """

    def __init__(self, folder: Path) -> None:
        contents = {name: _read(folder / file) for name, file in _FILES.items()}
        self._parsed = {name: parse_turtle(folder / _FILES[name], content) for name, content in contents.items()}
        self._version = sha256(b"\0".join(contents.values())).hexdigest()
        self._sections = _read_sections(contents["ontology"].decode("utf-8", "replace"))
        self._known: dict[str, Vocabulary] = {}

    def below(self, namespaces: Namespaces) -> Vocabulary:
        """Return the ontology below a base."""
        if namespaces.base not in self._known:
            documents = {
                namespaces.base + name: tuple(_rebase(triple, namespaces) for triple in triples)
                for name, triples in self._parsed.items()
            }
            sections = {namespaces.ontology + name: heading for name, heading in self._sections.items()}
            self._known[namespaces.base] = Vocabulary(namespaces, documents, self._version, sections)
        return self._known[namespaces.base]


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CyppgraphError(f"{file}: cannot be read, and it defines the terms of the graph: {error}") from error


def parse_turtle(file: Path, content: bytes) -> list[ox.Triple]:
    """Return the triples of a file, blank nodes with the same names each time.

    Raises:
        CyppgraphError: it is not Turtle, with the line.
    """
    blanks: dict[str, ox.BlankNode] = {}

    def settle(term: object) -> object:
        # The parser makes names up; ours are the same each time, and so are the bytes that are sent.
        return (
            blanks.setdefault(term.value, ox.BlankNode(f"b{len(blanks)}")) if isinstance(term, ox.BlankNode) else term
        )

    try:
        return [ox.Triple(*map(settle, quad.triple)) for quad in ox.parse(content, ox.RdfFormat.TURTLE)]  # type: ignore[arg-type]
    except SyntaxError as error:
        raise CyppgraphError(f"{file}:{error.lineno or 1}: not Turtle: {error.msg}") from error


def _read_sections(text: str) -> dict[str, str]:
    """Return the heading that each term stands under: a comment between two lines of dashes, without its brackets."""
    found: dict[str, str] = {}
    heading = ""
    for line in _HEADING_OR_TERM.finditer(text):
        heading = (line["heading"] or heading).partition(" (")[0]
        if line["term"] and heading:
            found.setdefault(line["term"], heading)
    return found


def _rebase(triple: ox.Triple, ns: Namespaces) -> ox.Triple:
    def move(term: object) -> object:
        if isinstance(term, ox.NamedNode):
            return ox.NamedNode(ns.rebase(term.value))
        if isinstance(term, ox.Literal) and term.value == DEFAULT_BASE + "ontology#":
            return ox.Literal(ns.ontology)  # vann:preferredNamespaceUri
        return term

    return ox.Triple(*map(move, triple))  # type: ignore[arg-type]  # each stays of its kind
