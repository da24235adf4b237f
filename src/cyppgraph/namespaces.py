"""Where our terms and our data live. In: one base IRI. Out: the namespaces below it, as plain strings.

A council that publishes under its own domain changes the base and nothing else. Refuses a base that could not begin
an IRI (no scheme, no host, white space, a query or a fragment).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cyppgraph.errors import CyppgraphError

DEFAULT_BASE = "https://w3id.org/cyppgraph/"

EXTERNAL_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "freq": "http://purl.org/linked-data/sdmx/2009/code#freq-",
    "gov-year": "http://reference.data.gov.uk/id/government-year/",
    "month": "http://reference.data.gov.uk/id/month/",
    "oa": "http://www.w3.org/ns/oa#",
    "ogl": "http://www.nationalarchives.gov.uk/doc/open-government-licence/version/",
    "ons": "http://statistics.data.gov.uk/id/statistical-geography/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sdmx-attribute": "http://purl.org/linked-data/sdmx/2009/attribute#",
    "sdmx-code": "http://purl.org/linked-data/sdmx/2009/code#",
    "sdmx-dimension": "http://purl.org/linked-data/sdmx/2009/dimension#",
    "sdmx-measure": "http://purl.org/linked-data/sdmx/2009/measure#",
    "semapv": "https://w3id.org/semapv/vocab/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "spdx": "http://spdx.org/rdf/terms#",
    "time": "http://www.w3.org/2006/time#",
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_SCHEMES = (
    "absence",
    "certainty",
    "comparison",
    "designation",
    "finance-kind",
    "finding-kind",
    "lead-status",
    "link-status",
    "outcome-kind",
    "progress-status",
    "time-kind",
    "title-status",
    "topic",
    "unit",
    "value-role",
)
_KINDS = (
    "action",
    "body",
    "commitment",
    "external",
    "finance-line",
    "finding",
    "measure",
    "outcome",
    "passage",
    "person",
    "progress",
    "role",
    "row",
    "target",
    "term",
    "theme",
)
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"{}|\\^`?#/]+(/[^\s<>\"{}|\\^`?#]*)?")


@dataclass(frozen=True, slots=True)
class Namespaces:
    """The namespaces below one base IRI.

    Attributes:
        base: an absolute IRI that ends in ``/``; a base without it is given one.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise CyppgraphError(
                f"The base IRI {self.base!r} cannot begin the addresses of a graph. Give an absolute web address "
                f"without spaces, '?' or '#', such as {DEFAULT_BASE}"
            )
        if not self.base.endswith("/"):
            object.__setattr__(self, "base", self.base + "/")

    def rebase(self, iri: str) -> str:
        """Return an IRI that was written for the default base as it is below this one; any other as it is."""
        return self.base + iri[len(DEFAULT_BASE) :] if iri.startswith(DEFAULT_BASE) else iri

    @property
    def ontology(self) -> str:
        """The namespace of our classes and properties (prefix ``cypp``)."""
        return self.base + "ontology#"

    @property
    def ids(self) -> str:
        """What the IRI of everything we describe begins with."""
        return self.base + "id/"

    @property
    def graphs(self) -> str:
        """What the name of every named graph begins with."""
        return self.base + "graph/"

    def plan(self, plan: str) -> str:
        """Return what the IRIs of one plan's nodes begin with."""
        return f"{self.ids}plan/{plan}/"

    def scheme(self, name: str) -> str:
        """Return the IRI of a scheme of ``ontology/schemes``."""
        return f"{self.ids}scheme/{name}"

    def dataset(self, *parts: str) -> str:
        """Return the IRI of the dataset, or of a part of it: a file, a file's Turtle, a count."""
        return "/".join((f"{self.ids}dataset", *parts))

    def question(self, *parts: str) -> str:
        """Return the IRI of a saved question, by its number and name, or of what all of them share."""
        return "/".join((f"{self.ids}question", *parts))

    @property
    def examples(self) -> str:
        """The name of the graph in which tools look for examples of queries."""
        return f"{self.base}.well-known/sparql-examples/"

    @property
    def endpoint(self) -> str:
        """The IRI of the SPARQL endpoint."""
        return self.base + "sparql"

    def graph(self, name: str) -> str:
        """Return the name of the named graph that holds a file of data."""
        return self.graphs + name

    def prefixes(self, plan: str | None = None) -> dict[str, str]:
        """Return the prefixes to write Turtle and SPARQL with; for one plan's file, also one per kind of its nodes."""
        ours = {"cypp": self.ontology, "id": self.ids, "graph": self.graphs}
        ours |= {"indicator": f"{self.ids}indicator/", "ni": f"{self.ids}indicator/ni/"}
        ours |= {name: self.scheme(name) + "/" for name in _SCHEMES}
        if plan is not None:
            ours |= {"plan": f"{self.ids}plan/"} | {name: f"{self.plan(plan)}{name}/" for name in _KINDS}
        return ours | EXTERNAL_PREFIXES
