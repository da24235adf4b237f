"""What a parameter may be set to. In: a kind and the text that somebody gives. Out: an RDF term as SPARQL writes it.

The term stands in the query as one token, whatever the text: nothing that is given can end it, and every reader of
SPARQL finds the text again sign for sign. Refuses a text that is not of its kind, in the words of what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

MOST_SIGNS = 2_000
_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,18}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
# Not in Char of XML 1.0 (2.2), of which values of xsd:string are made: controls, surrogates, two non-characters.
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_LOOKS_LIKE_CODE_POINT = re.compile(r"(?<=\\)[uU]")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value.

    Attributes:
        name: as headers write it.
        expected: what a value is, after "takes".
        example: a value.
        admits: tells whether a text is one.
        datatype: the IRI of the literals' datatype; None for IRIs.
    """

    name: str
    expected: str
    example: str
    admits: Callable[[str], bool]
    datatype: str | None

    def write_term(self, text: str) -> str:
        """Return a text, which the kind admits, as a term of SPARQL 1.1 (19.8, iri and RDFLiteral)."""
        if self.datatype is None:
            return f"<{text}>"
        quoted = f'"{_escape(text)}"'
        return quoted if self.name == "string" else f"{quoted}^^<{self.datatype}>"

    def read_term(self, term: str) -> str | None:
        """Return the text of a term as SPARQL or Turtle writes it; None if it is not one term of this kind."""
        turtle = f"@prefix xsd: <{_XSD}> . <urn:s> <urn:p> {term} ."
        try:
            found = [triple.object for triple in ox.parse(turtle.encode(), ox.RdfFormat.TURTLE)]
        except (SyntaxError, UnicodeEncodeError):
            return None
        value = found[0] if len(found) == 1 else None
        datatype = value.datatype.value if isinstance(value, ox.Literal) and not value.language else None
        fitting = isinstance(value, ox.NamedNode | ox.Literal) and datatype == self.datatype
        return value.value if fitting and self.admits(value.value) else None  # type: ignore[union-attr]  # it has a value


def _escape(text: str) -> str:
    """Escape a text so that it says the same whether a reader replaces ``\\u0022`` and the like first of all or last.

    SPARQL 1.1 (19.2) replaces code points before it reads tokens, some engines only within strings, and some do not see
    that the backslash before the ``u`` is itself escaped. So no ``u`` is left after a backslash. The long form is
    written, since the short one is read on where hexadecimal digits follow.
    """
    escaped = text.translate(_ESCAPES)
    return _LOOKS_LIKE_CODE_POINT.sub(lambda match: f"\\U{ord(match[0]):08X}", escaped)


def _is_text(text: str) -> bool:
    return len(text) <= MOST_SIGNS and not _NO_TEXT.search(text)


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _is_iri(text: str) -> bool:
    try:
        return bool(_is_text(text) and _IRI.fullmatch(text) and ox.NamedNode(text))
    except ValueError:
        return False


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "string",
            f"a text of at most {MOST_SIGNS:,} signs, none of them a control sign",
            "NEET",
            _is_text,
            f"{_XSD}string",
        ),
        Kind(
            "integer",
            "a whole number of at most 18 digits",
            "10",
            lambda text: bool(_INTEGER.fullmatch(text)),
            f"{_XSD}integer",
        ),
        Kind(
            "decimal",
            "a number of at most 18 digits before the point and 18 after it, without an exponent",
            "0.75",
            lambda text: bool(_DECIMAL.fullmatch(text)),
            f"{_XSD}decimal",
        ),
        Kind("date", "a day that exists, as YYYY-MM-DD", "2013-06-01", _is_date, f"{_XSD}date"),
        Kind("iri", "an absolute IRI", "https://w3id.org/cyppgraph/id/plan/croydon-2013", _is_iri, None),
    )
}
