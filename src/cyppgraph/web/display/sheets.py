"""A table that is shown and taken away. In: columns and rows. Out: the same cells on a page and as CSV (RFC 4180).

The file has what the page shows, cell for cell, and at the end of each row the IRI of what the row is about. A column
that is empty all the way down is in the file only.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import Response

from cyppgraph.web.display.tables import Cell

MOST_SHOWN = 200
"""Rows of a table on a page; its file has all."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(E[+-]?\d+)?", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The cells of one row, and the IRI of what it is about; empty if it is about nothing in particular."""

    cells: Sequence[Cell]
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: the name of its file, what it shows, its headings, its rows, and the address of its CSV.

    Of a long one a page needs the first ``MOST_SHOWN`` rows only; ``unread`` is how many others there are.
    """

    name: str
    caption: str
    columns: Sequence[str]
    rows: Sequence[SheetRow]
    address: str = ""
    unread: int = 0

    @property
    def total(self) -> int:
        """How many rows there are."""
        return len(self.rows) + self.unread

    @property
    def shown(self) -> Sequence[SheetRow]:
        """The rows that a page shows."""
        return self.rows[:MOST_SHOWN]

    @property
    def filled(self) -> Sequence[int]:
        """The places of the columns that have something in a row: a page shows no other."""
        places = range(len(self.columns))
        return [place for place in places if any(row.cells[place].text for row in self.rows)]


def write_csv(sheet: Sheet) -> str:
    """Return a table as comma-separated values with a header."""
    iri = ["IRI"] if any(row.iri for row in sheet.rows) else []
    rows = [[*(cell.text for cell in row.cells), *([row.iri] if iri else [])] for row in sheet.rows]
    return write_rows([*sheet.columns, *iri], rows)


def write_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows as comma-separated values (RFC 4180), a line for the columns first.

    Words that a spreadsheet would run as a formula are given an apostrophe (OWASP, CSV injection); numbers stay.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([_quote(text) for text in row] for row in rows)
    return file.getvalue()


def send_csv(sheet: Sheet) -> Response:
    """Return a table as a response that a browser saves as a file."""
    return _save_as(sheet.name, write_csv(sheet))


def send_rows(name: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Response:
    """Return rows as a response that a browser saves as a file, under a name without its ending."""
    return _save_as(name, write_rows(columns, rows))


def _save_as(name: str, text: str) -> Response:
    response = Response(text, content_type="text/csv; charset=utf-8; header=present")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.csv")
    return response


def _quote(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text
