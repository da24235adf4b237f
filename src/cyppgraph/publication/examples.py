"""Saved questions as examples in the graph. In: the questions. Out: Turtle, as tools for SPARQL look for it.

This is the convention of the sparql-examples of the Swiss Institute of Bioinformatics: each is a
``sh:SPARQLExecutable`` with its text under ``sh:select``, ``sh:ask`` or ``sh:construct``, what it asks as
``rdfs:comment``, the endpoint as ``schema:target``. Every node has an IRI, a type and a label.

Parameters are not described: a ``sh:Parameter`` is a variable that is bound before the query runs, in queries without
VALUES (SHACL, appendix A), and ours have their default in a VALUES block, with which another value would join to
nothing. The page that ``rdfs:seeAlso`` names takes them, and the OpenAPI document describes them. Questions that
DESCRIBE are left out: SHACL has no executable for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rdflib import Literal, URIRef

from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.publication.turtle import Triple, serialize_turtle
from cyppgraph.queries import Question
from cyppgraph.sparql import read_tokens

_FORMS = {
    "SELECT": ("SPARQLSelectExecutable", "select"),
    "ASK": ("SPARQLAskExecutable", "ask"),
    "CONSTRUCT": ("SPARQLConstructExecutable", "construct"),
}
_LANGUAGE = "en"


def describe_examples(questions: Sequence[Question], namespaces: Namespaces) -> bytes:
    """Return the questions as Turtle, for the graph ``Namespaces.examples``; the same bytes each time.

    Args:
        questions: the questions, read for the base of these namespaces.
        namespaces: the base of the data, below which each has its IRI and the service its endpoint.
    """
    known = [question for question in questions if question.form in _FORMS]
    triples = [triple for question in known for triple in _describe_question(question, namespaces)]
    return serialize_turtle([*triples, *_describe_prefixes(known, namespaces)], namespaces.prefixes())


def _describe_question(question: Question, namespaces: Namespaces) -> Iterator[Triple]:
    node = URIRef(namespaces.question(question.address))
    kind, text = _FORMS[question.form]
    yield node, _term("rdf:type"), _term("sh:SPARQLExecutable")
    yield node, _term("rdf:type"), _term(f"sh:{kind}")
    yield node, _term("rdfs:label"), Literal(question.name.replace("-", " ").capitalize(), _LANGUAGE)
    yield node, _term("rdfs:comment"), Literal(question.question, _LANGUAGE)
    yield node, _term("dct:description"), Literal(question.why, _LANGUAGE)
    yield node, _term("dct:identifier"), Literal(question.address)
    yield node, _term("rdfs:seeAlso"), URIRef(f"{namespaces.base}questions/{question.address}")
    yield node, _term("schema:target"), URIRef(namespaces.endpoint)
    yield node, _term("sh:prefixes"), URIRef(namespaces.question("prefixes"))
    yield node, _term(f"sh:{text}"), Literal(_read_text(question))
    for tag in question.tags:
        yield node, _term("schema:keywords"), Literal(tag)


def _read_text(question: Question) -> str:
    """Return the query without its header, which is said in triples."""
    lines = question.query.splitlines()
    return "\n".join(line for line in lines if not line.startswith("#+")).strip() + "\n"


def _describe_prefixes(questions: Sequence[Question], namespaces: Namespaces) -> Iterator[Triple]:
    whole = URIRef(namespaces.question("prefixes"))
    yield whole, _term("rdf:type"), _term("owl:Ontology")  # the range of sh:prefixes
    yield whole, _term("rdfs:label"), Literal("Prefixes of the saved questions", _LANGUAGE)
    declared = dict(pair for question in questions for pair in _read_prefixes(question.query))
    for prefix, space in sorted(declared.items()):
        node = URIRef(namespaces.question("prefixes", prefix))
        yield whole, _term("sh:declare"), node
        yield node, _term("rdf:type"), _term("sh:PrefixDeclaration")
        yield node, _term("rdfs:label"), Literal(f"The prefix {prefix}", _LANGUAGE)
        yield node, _term("sh:prefix"), Literal(prefix)
        yield node, _term("sh:namespace"), Literal(space, datatype=_term("xsd:anyURI"))


def _read_prefixes(query: str) -> Iterator[tuple[str, str]]:
    tokens = [token for token in read_tokens(query) if token.kind not in ("space", "comment")]
    for keyword, name, space in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if keyword.text.upper() == "PREFIX" and name.kind == "name" and space.kind == "iri":
            yield name.text.removesuffix(":"), space.text[1:-1]


def _term(name: str) -> URIRef:
    prefix, _, local = name.partition(":")
    return URIRef(EXTERNAL_PREFIXES[prefix] + local)
