"""CSV files. In: a path. Out: rows by column, each with its number and line, and findings about rows that are none.

Refused is a file as a whole, with what to do about it, where it cannot be read, is empty, is not UTF-8 text, is not
separated by commas, has a quotation mark that is never closed, or names a column twice.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.observations.observation import ObservationFinding
from cyppgraph.observations.tomls import near_misses
from cyppgraph.where import Where

_CELL_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number (1 for the first under the header), its line, and its cells by column."""

    number: int
    where: Where
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Attributes:
        path: the file.
        sha256: the checksum of its bytes.
        columns: the headings.
        rows: the rows that have a cell for each column.
        count: how many rows stand under the header, those without a cell for each column among them.
        findings: what is wrong with the other rows.
    """

    path: Path
    sha256: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    count: int
    findings: tuple[ObservationFinding, ...]

    def require(self, wanted: Iterable[str], because: str) -> None:
        """Refuse the table if it lacks a column.

        Args:
            wanted: the columns.
            because: who wants them, for the message.

        Raises:
            FaultyInputError: it lacks one.
        """
        wanted = list(dict.fromkeys(wanted))
        lacking = [column for column in wanted if column not in self.columns]
        if not lacking:
            return
        near = {name: near_misses(name, list(self.columns)) for name in lacking}
        named = (f"{name!r}{f' (is it {_listed(near[name])}?)' if near[name] else ''}" for name in lacking)
        said = f"has no column {', '.join(named)}. {because} needs {_listed(wanted)}; found: {_listed(self.columns)}."
        raise _refused(self.path, said, 1)


def read_table(path: Path) -> Table:
    """Read a CSV file.

    Raises:
        FaultyInputError: the file as a whole cannot be used; the message says why and what to do.
    """
    content = _read_bytes(path)
    text = _decode(path, content)
    rows: list[Row] = []
    findings: list[ObservationFinding] = []
    columns: tuple[str, ...] = ()
    count = 0
    for line, cells in _records(path, text):
        if not columns:
            columns = _read_header(path, line, cells)
            continue
        count += 1
        where = Where(str(path), line)
        problem = _problem(count, cells, columns)
        if problem is None:
            rows.append(Row(count, where, dict(zip(columns, cells, strict=True))))
        else:
            findings.append(ObservationFinding(problem[0], where, problem[1]))
    if not count:
        raise _refused(path, "has a header and no rows under it; give the file as its publisher offers it.", 1)
    return Table(path, sha256(content).hexdigest(), columns, tuple(rows), count, tuple(findings))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names))


def _refused(path: Path, message: str, line: int | None = None) -> FaultyInputError:
    return FaultyInputError([Fault(Where(str(path), line), message)])


def _read_bytes(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"cannot be read ({error.strerror}); give the path of a CSV file.") from error
    if not content.strip(b"\xef\xbb\xbf \t\r\n,"):
        raise _refused(path, "is empty; expected a header and rows separated by commas. Get the file again.")
    return content


def _decode(path: Path, content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise _refused(path, "is UTF-16 text, not UTF-8. Save it as «CSV UTF-8».")
    if content[:2] == b"PK":
        raise _refused(path, "is a spreadsheet or an archive, not a CSV file. Save its table as «CSV UTF-8».")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = content[error.start]
        said = f"is not UTF-8 text: byte {byte:#04x} stands where a letter must. It is probably Windows-1252 (cp1252), "
        raise _refused(path, said + "as older spreadsheets save it. Save it as «CSV UTF-8».", line) from error


def _records(path: Path, text: str) -> Iterable[tuple[int, list[str]]]:
    """Yield the cells of each row that has any, with the line that it begins in."""
    csv.field_size_limit(_CELL_LIMIT)
    reader = csv.reader(re.split(r"(?<=\n)|(?<=\r)(?!\n)", text), strict=True)
    line = 1
    try:
        for cells in reader:
            if cells:
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise _refused(
            path,
            f"is not a CSV file from here on: {error}. Look for a quotation mark that is not closed "
            "or stands within a cell.",
            line,
        ) from error


def _read_header(path: Path, line: int, cells: list[str]) -> tuple[str, ...]:
    columns = tuple(cell.strip() for cell in cells)
    twice = sorted(name for name, times in Counter(columns).items() if times > 1 and name)
    if twice:
        raise _refused(
            path,
            f"names the column {', '.join(map(repr, twice))} twice, so that its cells could be of "
            "either. Remove or rename one of them.",
            line,
        )
    if len(columns) == 1 and (found := re.search(r"[;\t|]", columns[0])):
        raise _refused(
            path,
            f"seems to be separated by {found[0]!r}, not by commas: its header is {columns[0]!r}. Save it with commas.",
            line,
        )
    return columns


def _problem(number: int, cells: list[str], columns: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the kind of finding and a sentence, where a row is none."""
    if tuple(cell.strip() for cell in cells) == columns:
        return "header repeated", f"row {number} is the header once more; it was passed over."
    if not any(cell.strip() for cell in cells):
        return "row empty", f"row {number} has empty cells only; it was passed over."
    if len(cells) != len(columns):
        return "row ragged", (
            f"row {number} has {len(cells)} cells and the header {len(columns)}, so that nobody can "
            "say which cell is of which column; none of it was loaded."
        )
    return None
