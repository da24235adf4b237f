"""What XML cannot hold. In: triples, or what an engine wrote as XML. Out: whether it may be sent, and how.

Oxigraph writes control characters and properties without a name as they are, which no XML parser takes (XML 1.0, 2.2;
RDF 1.1 XML Syntax, 5.1.4 and 6.1.4), and a carriage return, which one would read as a line feed (XML 1.0, 2.11).
"""

from __future__ import annotations

import re

import pyoxigraph as ox

_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_ENDS_IN_NAME = re.compile(r".*[^\W\d][\w.-]*", re.DOTALL)
FORMATS_IN_XML = ("xml", "rdf")


def has_named_property(triple: ox.Triple) -> bool:
    """Tell whether the property of a triple can be the name of an element."""
    return _ENDS_IN_NAME.fullmatch(triple.predicate.value) is not None


def escape(written: bytes) -> bytes | None:
    """Return a piece of XML as a parser reads it right; None if it holds a character that XML cannot."""
    if _CONTROL.search(written):
        return None
    return written.replace(b"\r", b"&#13;")
