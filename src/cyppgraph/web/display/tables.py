"""An answer as a table. In: terms of an answer, what things are called. Out: headings and cells that people read.

An IRI is shown by its name, and by its short form under it unless the row says the name already; what an IRI of ours
leads to is served here, whatever its base. A literal is shown for reading (a date as a day), and keeps what it is
sorted by. What kind of value a column has is said once, in its heading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.store import Term, shorten_term
from cyppgraph.web.display.addresses import locate_thing
from cyppgraph.web.display.days import say_day, say_moment
from cyppgraph.web.display.headings import write_headings

_XSD = EXTERNAL_PREFIXES["xsd"]
_INTEGERS = {_XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")}
_NUMBERS = _INTEGERS | {_XSD + name for name in ("decimal", "double", "float")}
_TEXTS = (_XSD + "string", EXTERNAL_PREFIXES["rdf"] + "langString")
_WEB = ("https://", "http://")
_LONGEST_NAME = 100
THING, TEXT, WHOLE, NUMBER, DAY, YEAR = "thing", "text", "whole number", "number", "date", "year"
_KINDS = {
    _XSD + "date": DAY,
    _XSD + "dateTime": "date and time",
    _XSD + "gYear": YEAR,
    _XSD + "gYearMonth": "month",
    _XSD + "boolean": "yes or no",
    **dict.fromkeys(_NUMBERS, NUMBER),
    **dict.fromkeys(_INTEGERS, WHOLE),
    **dict.fromkeys(_TEXTS, TEXT),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says.

    Attributes:
        text: its words; empty for what is unbound.
        address: where it leads; nowhere if empty.
        is_number: whether it stands to the right.
        detail: what is said under it: an IRI in short.
        value: what it is sorted and drawn by, where that is not its words.
        kind: what kind of value it is, in words.
        language: of a text that has one.
    """

    text: str
    address: str = ""
    is_number: bool = False
    detail: str = ""
    value: str = ""
    kind: str = ""
    language: str = ""

    @property
    def sorted_by(self) -> str:
        """Its value, or its words where it has none."""
        return self.value or self.text


@dataclass(frozen=True, slots=True)
class Column:
    """A heading: the name of the variable, the kinds of value below it, in words, and what it is called for people."""

    name: str
    kinds: tuple[str, ...] = ()
    heading: str = ""

    @property
    def is_number(self) -> bool:
        """Whether all that stands below it are numbers."""
        return bool(self.kinds) and set(self.kinds) <= {WHOLE, NUMBER}


class CellWriter:
    """Writes the terms of an answer.

    Args:
        names: the base of the data.
        labels: what things and terms are called, by IRI.
        described: the IRIs beyond our base that have a page here.
    """

    def __init__(self, names: Namespaces, labels: Mapping[str, str], described: frozenset[str] = frozenset()) -> None:
        self._names = names
        self._prefixes = names.prefixes()
        self._labels = labels
        self._described = described

    def write_row(self, row: Sequence[Term | None]) -> tuple[Cell, ...]:
        """Return the cells of a row; a name that the row says already is not said again."""
        said = {term.value for term in row if isinstance(term, ox.Literal)}
        return tuple(self._write(term, said) for term in row)

    def _write(self, term: Term | None, said: set[str]) -> Cell:
        if isinstance(term, ox.NamedNode):
            return self._write_iri(term, said)
        if isinstance(term, ox.Literal):
            return _write_literal(term, self._prefixes)
        return Cell(shorten_term(term, self._prefixes), kind="" if term is None else "thing without an address")

    def _write_iri(self, term: ox.NamedNode, said: set[str]) -> Cell:
        iri, short = term.value, shorten_term(term, self._prefixes)
        ours = iri.startswith(self._names.base) or iri in self._described
        address = locate_thing(iri, self._names) if ours else iri if iri.startswith(_WEB) else ""
        name = self._labels.get(iri, "")
        if not name or any(text.startswith(name.removesuffix("…")) for text in said):
            return Cell(short, address, kind=THING)
        shown = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        return Cell(shown, address, detail=short, kind=THING)


def _write_literal(term: ox.Literal, prefixes: Mapping[str, str]) -> Cell:
    datatype, text = term.datatype.value, term.value
    kind = _KINDS.get(datatype) or shorten_term(term.datatype, prefixes)
    if datatype in _NUMBERS:
        return Cell(text, is_number=True, kind=kind)
    if datatype == _XSD + "boolean":
        return Cell({"true": "yes", "1": "yes", "false": "no", "0": "no"}.get(text, text), value=text, kind=kind)
    if datatype in (_XSD + "date", _XSD + "dateTime"):
        return Cell(say_moment(text) if "T" in text else say_day(text), value=text, kind=kind)
    if term.language:
        return Cell(text, kind=f"text ({term.language})", language=term.language)
    return Cell(text, kind=kind)


def head_columns(names: Sequence[str], rows: Sequence[Sequence[Cell]]) -> tuple[Column, ...]:
    """Return the headings of rows: for each the kinds of value that it has, the commonest first."""
    columns, headings = [], write_headings(names)
    for index, name in enumerate(names):
        counts: dict[str, int] = {}
        for row in rows:
            if row[index].kind:
                counts[row[index].kind] = counts.get(row[index].kind, 0) + 1
        kinds = tuple(sorted(counts, key=lambda kind: (-counts[kind], kind)))
        columns.append(Column(name, kinds, headings[name]))
    return tuple(columns)
