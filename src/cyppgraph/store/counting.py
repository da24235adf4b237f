"""How many rows have been written. In: the bytes of an answer, block by block. Out: the rows that they complete.

Oxigraph writes rows in native code and tells nobody how many; making each row a Python object to count it would take
longer than writing it. Each format has a sign for a row that no value can hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_BEGINNING_OF_ROW = re.compile(rb'(?:\}\},|"bindings":\[)\{"(?=[^},])')


def make_counter(form: str) -> Callable[[bytes], int]:
    """Return a function that takes the next block of an answer and returns how many rows it completes.

    Args:
        form: "json", "xml", "csv" or "tsv"; the first line of the latter two is not a row.
    """
    counter: _LineRows | _XmlRows | _JsonRows
    match form:
        case "json":
            counter = _JsonRows()
        case "xml":
            counter = _XmlRows()
        case "csv":
            counter = _CsvRows()
        case _:
            counter = _LineRows()
    return counter.count


class _LineRows:
    """TSV: a value has no line end, it writes ``\\n``."""

    def __init__(self) -> None:
        self.is_first = True

    def count(self, block: bytes) -> int:
        return self._without_heading(block.count(b"\n"))

    def _without_heading(self, lines: int) -> int:
        if lines and self.is_first:
            self.is_first = False
            return lines - 1
        return lines


class _CsvRows(_LineRows):
    """CSV (RFC 4180): a line end within quotes belongs to a value; a doubled quote closes and opens again."""

    def __init__(self) -> None:
        super().__init__()
        self.is_quoted = False

    def count(self, block: bytes) -> int:
        parts = block.split(b'"')
        lines = sum(part.count(b"\n") for part in parts[self.is_quoted :: 2])
        self.is_quoted ^= (len(parts) - 1) % 2 == 1
        return self._without_heading(lines)


class _XmlRows:
    """XML: a value writes ``<`` as ``&lt;``."""

    _END = b"</result>"

    def __init__(self) -> None:
        self.rest = b""

    def count(self, block: bytes) -> int:
        text = self.rest + block
        self.rest = text[-len(self._END) + 1 :]
        return text.count(self._END)


class _JsonRows:
    """JSON: a row begins with the name of its first variable; a quote that ends a string is not followed by a name.

    A row that binds no variable is not counted.
    """

    _LONGEST = len(b'"bindings":[{"x')

    def __init__(self) -> None:
        self.rest = b""

    def count(self, block: bytes) -> int:
        text = self.rest + block
        ends = [match.end() for match in _BEGINNING_OF_ROW.finditer(text)]
        self.rest = text[max(ends[-1] if ends else 0, len(text) - self._LONGEST) :]
        return len(ends)
