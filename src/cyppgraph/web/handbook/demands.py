"""What SHACL demands, in plain words. In: the constraints of a property shape. Out: sentences without a subject.

The words follow the definitions of SHACL's core constraint components (W3C, SHACL, 4). A constraint that has no words
here is told by its name, never left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.store import Term, say_term, shorten_term

Said = Mapping[str, Mapping[str, list[Term]]]

_RDF, _SH, _XSD = (EXTERNAL_PREFIXES[prefix] for prefix in ("rdf", "sh", "xsd"))
_TOLD_ELSEWHERE = {"path", "name", "severity", "message", "minCount", "maxCount", _RDF + "type"}
_DATATYPES = {
    _XSD + "string": "plain text",
    _XSD + "integer": "a whole number",
    _XSD + "decimal": "a decimal number",
    _XSD + "boolean": "true or false",
    _XSD + "date": "a day",
    _XSD + "anyURI": "an address",
}
_NODE_KINDS = {
    _SH + "IRI": "a thing with an address, not words",
    _SH + "Literal": "words or a value, not a thing",
    _SH + "BlankNodeOrIRI": "a thing, not words",
}


def say_demands(constraints: Mapping[str, list[Term]], said: Said, names: Namespaces) -> Iterator[str]:
    """Yield what must hold.

    Args:
        constraints: what is said of a property shape, by the local name of the property.
        said: all that the file says, where the lists are.
        names: what IRIs are shortened by.
    """
    yield _count(constraints)
    for name, terms in constraints.items():
        if name in _TOLD_ELSEWHERE:
            continue
        for term in terms:
            write = _WORDS.get(name)
            listed = read_list(term, said)
            terms = listed or [term]
            words = [_shorten(each, names) for each in terms]
            yield write(words, list(map(say_term, terms))) if write else f"{name}: {', '.join(words)}"


def say_path(term: Term, said: Said) -> list[str]:
    """Return the properties that a path names: one, or several of which any will do (SHACL, 2.3.1)."""
    if isinstance(term, ox.NamedNode):
        return [term.value]
    inner = said.get(say_term(term), {}).get(_SH + "alternativePath", [])
    return [say_term(each) for alternatives in inner for each in read_list(alternatives, said)]


def read_list(term: Term, said: Said) -> list[Term]:
    """Return the members of an RDF list; none of what is no list."""
    members: list[Term] = []
    seen: set[str] = set()
    while isinstance(term, ox.BlankNode) and term.value not in seen:
        seen.add(term.value)
        node = said.get(term.value, {})
        members += node.get(_RDF + "first", [])[:1]
        rest = node.get(_RDF + "rest", [])
        if not rest:
            break
        term = rest[0]
    return members


def _count(constraints: Mapping[str, list[Term]]) -> str:
    least, most = (_read_number(constraints.get(name, [])) for name in ("minCount", "maxCount"))
    if most == 0:
        return "none"
    if least is not None and least == most:
        return "exactly one" if least == 1 else f"exactly {least}"
    if least and most:
        return f"{least} to {most}"
    if least:
        return "one or more" if least == 1 else f"{least} or more"
    if most:
        return "none or one" if most == 1 else f"at most {most}"
    return "any number"


def _read_number(terms: Sequence[Term]) -> int | None:
    text = say_term(terms[0]) if terms else ""
    return int(text) if text.isascii() and text.isdigit() else None


def _length(least: bool) -> Callable[[Sequence[str], Sequence[str]], str]:
    def say(_: Sequence[str], values: Sequence[str]) -> str:
        if least and values[0] == "1":
            return "not empty"
        return f"{'at least' if least else 'at most'} {values[0]} characters"

    return say


_WORDS: Mapping[str, Callable[[Sequence[str], Sequence[str]], str]] = {
    "datatype": lambda words, values: _DATATYPES.get(values[0], f"a value of type {words[0]}"),
    "nodeKind": lambda words, values: _NODE_KINDS.get(values[0], words[0]),
    "class": lambda words, _: f"a thing of the class {words[0]}",
    "in": lambda _, values: "one of: " + ", ".join(_end(value) for value in values),
    "languageIn": lambda _, values: f"marked with its language, one of: {', '.join(values)}",
    "uniqueLang": lambda *_: "at most one in each language",
    "pattern": lambda _, values: f"in the form {values[0]}",
    "minLength": _length(least=True),
    "maxLength": _length(least=False),
    "minInclusive": lambda _, values: f"{values[0]} or more",
    "maxInclusive": lambda _, values: f"{values[0]} or less",
    "lessThanOrEquals": lambda words, _: f"not beyond {words[0]}",
    "hasValue": lambda words, _: f"among them {words[0]}",
}


def _end(iri: str) -> str:
    return iri.rstrip("/").rpartition("/")[2].rpartition("#")[2]


def _shorten(term: Term, names: Namespaces) -> str:
    return shorten_term(term, names.prefixes()) if isinstance(term, ox.NamedNode) else say_term(term)
