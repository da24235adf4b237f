"""Writing triples down. In: terms by their short names, Python values. Out: one rdflib graph.

Terms are made once and kept. Every text goes through the plan's ``Privacy``. Refuses a prefix that is not known.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from cyppgraph.errors import CyppgraphError
from cyppgraph.mapping.privacy import OPEN, Privacy
from cyppgraph.mapping.slugs import slug
from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces

LABEL_LENGTH = 100
_XSD = EXTERNAL_PREFIXES["xsd"]
INTEGER, DECIMAL, DATE, BOOLEAN = (URIRef(_XSD + name) for name in ("integer", "decimal", "date", "boolean"))
GYEAR, GYEARMONTH = URIRef(_XSD + "gYear"), URIRef(_XSD + "gYearMonth")


def shorten(text: str, length: int = LABEL_LENGTH) -> str:
    """Return a text of at most ``length`` characters, cut between words and marked with … where it was cut."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    if not text[length - 1].isspace() and " " in cut:
        cut = cut.rsplit(None, 1)[0]
    return cut.rstrip(" ,;:–-") + "…"


class Scribe:
    """Writes one graph, in rdflib's store without contexts: the other takes twice as long to fill and to read.

    pySHACL asks for contexts: hand it a copy (``Graph() + graph``).

    Attributes:
        graph: what has been written so far.
    """

    def __init__(self, ns: Namespaces, privacy: Privacy = OPEN) -> None:
        self.graph = Graph("SimpleMemory")
        self._prefixes = EXTERNAL_PREFIXES | {"cypp": ns.ontology}
        self._ns = ns
        self._privacy = privacy
        self._terms: dict[str, URIRef] = {}
        self._concepts: dict[tuple[str, str], URIRef] = {}
        self._described: set[URIRef] = set()
        self._numbers: dict[int, Literal] = {}
        self._type = self.term("rdf:type")
        self._label = self.term("rdfs:label")
        self._store = self.graph.store

    def term(self, name: str) -> URIRef:
        """Return the term that a prefixed name such as ``cypp:inPlan`` stands for."""
        known = self._terms.get(name)
        if known is None:
            prefix, _, local = name.partition(":")
            if prefix not in self._prefixes:
                raise CyppgraphError(f"{name}: the prefix {prefix!r} is not known. Add it to namespaces.py.")
            known = self._terms[name] = URIRef(self._prefixes[prefix] + local)
        return known

    def concept(self, scheme: str, notation: str) -> URIRef:
        """Return the concept of one of our schemes that has a notation."""
        key = (scheme, notation)
        known = self._concepts.get(key)
        if known is None:
            known = self._concepts[key] = URIRef(f"{self._ns.scheme(scheme)}/{slug(notation)}")
        return known

    def add(self, subject: URIRef, predicate: str, value: Node) -> None:
        """Write one triple."""
        self._store.add((subject, self.term(predicate), value), self.graph)

    def node(self, iri: URIRef, types: tuple[str, ...], label: str) -> bool:
        """Write what a thing is and what to call it, once; the label is cut where it is too long.

        Returns:
            Whether this is the first time.
        """
        if iri in self._described:
            return False
        self._described.add(iri)
        for name in types:
            self._store.add((iri, self._type, self.term(name)), self.graph)
        self._store.add((iri, self._label, self.text(shorten(self._privacy.text(label)))), self.graph)
        return True

    def words(self, subject: URIRef, predicate: str, text: str | None) -> None:
        """Write words in English, if there are any."""
        if text:
            self.add(subject, predicate, self.text(text))

    def string(self, subject: URIRef, predicate: str, text: str | None) -> None:
        """Write a text that is of no language (a number, a code, a quote), if there is one."""
        if text:
            self.add(subject, predicate, Literal(self._privacy.text(text)))

    def integer(self, subject: URIRef, predicate: str, number: int) -> None:
        """Write a whole number."""
        known = self._numbers.get(number)
        if known is None:
            known = self._numbers[number] = Literal(str(number), datatype=INTEGER)
        self.add(subject, predicate, known)

    def decimal(self, subject: URIRef, predicate: str, number: Decimal | None) -> None:
        """Write a decimal number with the digits that it has, if there is one."""
        if number is not None:
            self.add(subject, predicate, Literal(f"{number:f}", datatype=DECIMAL, normalize=False))

    def date(self, subject: URIRef, predicate: str, day: date | None) -> None:
        """Write a day, if there is one."""
        if day is not None:
            self.add(subject, predicate, Literal(day.isoformat(), datatype=DATE))

    def true(self, subject: URIRef, predicate: str, held: bool) -> None:
        """Write that something holds; nothing where it does not."""
        if held:
            self.add(subject, predicate, Literal("true", datatype=BOOLEAN))

    def clear(self, text: str) -> str:
        """Return a text without what must not be published."""
        return self._privacy.text(text)

    def text(self, text: str) -> Literal:
        """Return words in English."""
        return Literal(self._privacy.text(text), lang="en")
