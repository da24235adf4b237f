"""All about one thing. In: an edition, an IRI. Out: what is stated of it, where it is printed, what it is linked with.

Refuses an IRI of which the graph says nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from cyppgraph.assistant.asking import LONGEST_TEXT, shorten
from cyppgraph.assistant.citing import cite
from cyppgraph.assistant.guidance import NOTICE
from cyppgraph.assistant.naming import shorten_name
from cyppgraph.assistant.replies import (
    Citation,
    DescribeReply,
    Finding,
    LinkReply,
    Part,
    SourceLines,
    Statement,
    Use,
)
from cyppgraph.errors import CyppgraphError
from cyppgraph.store import Edition, read_texts

_WHOLE_TEXT = 50_000
_MOST_STATEMENTS, _MOST_READ, _MOST_LINKS, _SOME_USES = 400, 1_000, 15, 5
_STATEMENTS = """
SELECT ?node ?property ?value ?name ?label {{
  {{ BIND(<{iri}> AS ?node) }} UNION {{ <{iri}> ?any ?node . FILTER(STRSTARTS(STR(?node), "{iri}/")) }}
  ?node ?property ?value .
  OPTIONAL {{ ?value skos:prefLabel ?name }}
  OPTIONAL {{ ?value rdfs:label ?label }}
}} ORDER BY ?node ?property ?value ?name ?label LIMIT {most}
"""
_SOURCES = """
SELECT DISTINCT ?document ?title ?first ?last ?quote {{
  <{iri}> cypp:source? ?passage .
  ?passage cypp:firstLine ?first ; cypp:lastLine ?last ; cypp:quote ?quote ; cypp:sourceDocument ?file .
  ?file dct:identifier ?document .
  OPTIONAL {{ ?file dct:title ?title }}
}} ORDER BY ?document ?first ?last
"""
_LINKS = """
SELECT ?subject ?said ?predicate ?object ?called ?status ?confidence ?sure ?score ?reason ?author {{
  {{ ?link rdf:subject <{iri}> }} UNION {{ ?link rdf:object <{iri}> }}
  ?link rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; cypp:linkStatus/skos:notation ?status .
  OPTIONAL {{ ?subject rdfs:label ?said }}
  OPTIONAL {{ ?object rdfs:label ?called }}
  OPTIONAL {{ ?link sssom:confidence ?confidence }}
  OPTIONAL {{ ?link cypp:certainty/skos:notation ?sure }}
  OPTIONAL {{ ?link sssom:similarity_score ?score }}
  OPTIONAL {{ ?link rdfs:comment ?reason }}
  OPTIONAL {{ ?link sssom:author_label ?author }}
}} ORDER BY ?status DESC(?confidence) DESC(?score) ?link LIMIT {most}
"""
_FINDINGS = """
SELECT DISTINCT ?kind ?says {{
  ?finding oa:hasTarget <{iri}> ; rdfs:comment ?says ; dct:type/skos:prefLabel ?kind .
}} ORDER BY ?kind ?says
"""
_USES = "SELECT ?property (COUNT(*) AS ?n) {{ ?s ?property <{iri}> }} GROUP BY ?property ORDER BY ?property"
_SOME = "{{ SELECT ?property ?thing {{ VALUES ?property {{ <{property}> }} ?thing ?property <{iri}> }} LIMIT {some} }}"
_EXAMPLES = (
    "SELECT ?property ?thing ?label {{ {parts} OPTIONAL {{ ?thing rdfs:label ?label }} }} ORDER BY ?property ?thing"
)
_SHOWN_APART = ("rdf:type", "rdfs:label", "cypp:source")
_ELEMENTS = ("cypp:partOf", "cypp:within", "cypp:measuredBy", "cypp:hasTarget", "cypp:contributesTo", "cypp:refersTo")
_LINK_ENDS = ("rdf:subject", "rdf:object", "oa:hasTarget")


def describe(edition: Edition, iri: str, whole: bool, is_gone: Callable[[], bool]) -> DescribeReply:
    """Return all that is said of a thing.

    Args:
        edition: what is asked.
        iri: its IRI, known to be one.
        whole: whether to give long texts whole.
        is_gone: tells whether the client has left.

    Raises:
        CyppgraphError: nothing is said of it; also as ``Edition.query``.
    """
    about = _Description(edition, iri, _WHOLE_TEXT if whole else LONGEST_TEXT, is_gone)
    reply = about.begin()
    reply["sources"] = about.read_sources()
    reply["links"] = about.read_links()
    reply["findings"] = about.read_findings()
    reply["used_by"] = about.read_uses()
    reply["citations"] = about.cite_all(reply)
    reply["cut"] = about.cut
    if not (reply["statements"] or reply["kinds"] or reply["used_by"]):
        raise CyppgraphError(
            f"The graph says nothing of <{iri}>. search_terms finds things by their words; list_vocabulary explains "
            "classes and properties."
        )
    return reply


class _Description:
    def __init__(self, edition: Edition, iri: str, longest: int, is_gone: Callable[[], bool]) -> None:
        self._edition, self._iri, self._longest, self._is_gone = edition, iri, longest, is_gone
        self._prefixes = edition.namespaces.prefixes()
        self.cut: list[str] = []

    def _ask(self, query: str, **values: object) -> list[tuple[str, ...]]:
        return read_texts(self._edition, query.format(iri=self._iri, **values), self._is_gone)

    def _name(self, iri: str) -> str:
        return shorten_name(iri, self._prefixes)

    def _shorten(self, text: str, what: str) -> str:
        short = shorten(text, self._longest)
        if short != text:
            self.cut.append(f"{what}: describe {self._iri} with whole=true gives all of it")
        return short

    def begin(self) -> DescribeReply:
        """Read what is stated of it, and of the parts that have no life of their own."""
        reply: DescribeReply = {
            "notice": NOTICE, "iri": self._iri, "kinds": [], "sources": [], "statements": [], "links": [],
            "findings": [], "used_by": [], "citations": [], "cut": [], "data_version": self._edition.version,
        }  # fmt: skip
        rows = self._ask(_STATEMENTS, most=_MOST_STATEMENTS)
        if len(rows) == _MOST_STATEMENTS:
            self.cut.append(f"statements: only {_MOST_STATEMENTS} are read; ask for the others with run_query")
        said: dict[tuple[str, str, str], Part] = {}
        for node, property_, value, name, label in rows:
            name_ = self._name(property_)
            part: Part = {"property": name_, "value": self._shorten(value, name_)}
            if name or label:
                part["label"] = name or label
            said.setdefault((node, name_, value), part)
        for (node, property_, value), part in said.items():
            if node == self._iri:
                self._add(reply, property_, value, part, [p for (n, *_), p in said.items() if n == value != node])
        return reply

    def _add(self, reply: DescribeReply, property_: str, value: str, part: Part, parts: list[Part]) -> None:
        if property_ == "rdf:type":
            reply["kinds"].append(self._name(value))
        elif property_ == "rdfs:label":
            reply["label"] = part["value"]
        elif property_ == "cypp:certainty":
            reply["certainty"] = value.rpartition("/")[2]
        if property_ in _SHOWN_APART:
            return
        statement: Statement = {"property": property_, "value": part["value"]}
        if "label" in part:
            statement["label"] = part["label"]
        if inner := [each for each in parts if each["property"] not in ("rdf:type", "rdfs:label")]:
            statement["parts"] = inner
        reply["statements"].append(statement)

    def cite_all(self, reply: DescribeReply) -> list[Citation]:
        """Read where it and what it is linked with or used by are printed."""
        iris = [self._iri, *(end for link in reply["links"] for end in (link["subject"], link["object"]))]
        iris += [part["value"] for use in reply["used_by"] for part in use["some"]]
        iris += [statement["value"] for statement in reply["statements"] if statement["property"] in _ELEMENTS]
        return list(cite(self._edition, dict.fromkeys(iris), self._is_gone).values())

    def read_sources(self) -> list[SourceLines]:
        """Read the lines, word for word."""
        found: list[SourceLines] = []
        for document, title, first, last, quote in self._ask(_SOURCES):
            lines: SourceLines = {
                "document": document, "first_line": int(first), "last_line": int(last),
                "quote": self._shorten(quote, f"the quote of lines {first} to {last}"),
            }  # fmt: skip
            if title:
                lines["title"] = title
            found.append(lines)
        return found

    def read_links(self) -> list[LinkReply]:
        """Read the judgements that it is a part of, accepted ones first."""
        found: list[LinkReply] = []
        rows = self._ask(_LINKS, most=_MOST_READ)
        if len(rows) > _MOST_LINKS:
            total = f"{len(rows)}{' or more' if len(rows) == _MOST_READ else ''}"
            self.cut.append(f"links: {_MOST_LINKS} of {total} are shown; ask for the others with run_query")
        for subject, said, predicate, object_, called, *held in rows[:_MOST_LINKS]:
            status, confidence, sure, score, reason, author = held
            link: LinkReply = {
                "subject": subject, "predicate": self._name(predicate), "object": object_, "status": status,
            }  # fmt: skip
            further = {
                "subject_label": said, "object_label": called, "confidence": confidence, "certainty": sure,
                "score": score, "reason": reason, "decided_by": author,
            }  # fmt: skip
            link.update({key: text for key, text in further.items() if text})  # type: ignore[typeddict-item]
            found.append(link)
        return found

    def read_findings(self) -> list[Finding]:
        """Read what was found wrong or missing in the document there."""
        return [{"kind": kind, "says": says} for kind, says in self._ask(_FINDINGS)]

    def read_uses(self) -> list[Use]:
        """Read what points to it: how many by each property, and the first of them."""
        counts = {p: int(n) for p, n in self._ask(_USES) if self._name(p) not in _LINK_ENDS}
        if not counts:
            return []
        parts = (_SOME.format(property=p, iri=self._iri, some=_SOME_USES) for p in counts)
        uses: dict[str, Use] = {p: {"property": self._name(p), "count": n, "some": []} for p, n in counts.items()}
        for property_, thing, label in self._ask(_EXAMPLES, parts=" UNION ".join(parts)):
            part: Part = {"property": self._name(property_), "value": thing}
            if label:
                part["label"] = label
            uses[property_]["some"].append(part)
        return list(uses.values())
