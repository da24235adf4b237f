"""Results for people. In: an answer, or rows of terms. Out: aligned text, IRIs shortened by prefix.

The short names are for reading ("plan:croydon-2013/action/1.10"): those with a slash are no SPARQL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from cyppgraph.store.answers import Answer, Term
from cyppgraph.store.formats import FORMATS, AnswerKind
from cyppgraph.store.refusals import QueryRefusedError

_NUMBERS = {f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("integer", "decimal", "double", "float")}
_NARROWEST = 12
_GAP = "  "


def shorten_term(term: Term | None, prefixes: Mapping[str, str]) -> str:
    """Return what a person reads for a term: a literal's words, an IRI by its longest prefix, nothing for None."""
    if term is None:
        return ""
    if isinstance(term, ox.Literal):
        return term.value
    if not isinstance(term, ox.NamedNode):
        return str(term)
    fitting = [name for name, namespace in prefixes.items() if term.value.startswith(namespace)]
    if not fitting:
        return term.value
    longest = max(fitting, key=lambda name: len(prefixes[name]))
    return f"{longest}:{term.value.removeprefix(prefixes[longest])}"


def print_answer(answer: Answer, form: str | None = None, width: int | None = None) -> bytes:
    """Return what the command line prints of an answer.

    Args:
        answer: what a query gives.
        form: "table" or the name of a format; None for a table, or Turtle for triples.
        width: as for ``write_table``.

    Raises:
        QueryRefusedError: the format cannot hold the answer.
        QueryFailedError: the query could not be answered to its end.
    """
    if form is None:
        form = "ttl" if answer.kind is AnswerKind.TRIPLES else "table"
    if form != "table":
        written = answer.serialise(FORMATS[form])
        return written if written.endswith(b"\n") else written + b"\n"
    if answer.kind is AnswerKind.TRIPLES:
        raise QueryRefusedError("A table cannot hold triples; choose ttl or nt.")
    if answer.kind is AnswerKind.TRUTH:
        return b"yes\n" if answer.is_true() else b"no\n"
    return (write_table(answer.columns, list(answer.read_rows()), answer.prefixes, width) + "\n").encode()


def write_table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Term | None]],
    prefixes: Mapping[str, str],
    width: int | None = None,
) -> str:
    """Write rows as aligned columns, numbers to the right, then how many there are.

    Args:
        columns: the headings.
        rows: as many terms each as there are columns.
        prefixes: what IRIs are shortened by.
        width: the signs a line may take, longer cells being cut with an ellipsis; None to cut nothing.
    """
    cells = [[" ".join(shorten_term(term, prefixes).split()) for term in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    if width is not None:
        widths = _fit_widths(widths, width)
    right = [bool(rows) and all(_is_number(row[index]) for row in rows) for index in range(len(columns))]
    lines = [_write_line(row, widths, right) for row in (columns, ["-" * each for each in widths], *cells)]
    return "\n".join([*lines, f"({len(rows):,} row{'' if len(rows) == 1 else 's'})"])


def _is_number(term: Term | None) -> bool:
    return term is None or (isinstance(term, ox.Literal) and term.datatype.value in _NUMBERS)


def _fit_widths(widths: list[int], width: int) -> list[int]:
    widths = list(widths)
    while sum(widths) + len(_GAP) * (len(widths) - 1) > width and max(widths, default=0) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    return widths


def _write_line(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    cut = [cell if len(cell) <= width else cell[: width - 1] + "…" for cell, width in zip(cells, widths, strict=True)]
    padded = [cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(cut, widths, right, strict=True)]
    return _GAP.join(padded).rstrip()
