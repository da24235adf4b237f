"""From a file of statistics to observations. In: a file and its mapping. Out: figures, absences and findings.

Every place for a figure has one outcome, and the outcomes are counted: nothing falls by the wayside. Of a figure that
is printed twice the first is taken; of two figures for one indicator, area and period neither, since nobody can tell
which is right. Refused is a file whose mapping does not say what its years mean.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.observations.areas import Areas
from cyppgraph.observations.layouts import Cell, paired_areas, read_cells, width
from cyppgraph.observations.mappings import Mapping
from cyppgraph.observations.observation import (
    LEFT_OUT,
    MISSING,
    OBSERVED,
    OUTCOMES,
    REFUSED,
    REPEATED,
    Area,
    Observation,
    ObservationFile,
    ObservationFinding,
    Period,
    Unread,
)
from cyppgraph.observations.periods import PeriodRule, read_period, read_stated_period
from cyppgraph.observations.tables import Table, read_table
from cyppgraph.observations.tomls import near_misses
from cyppgraph.observations.values import read_value
from cyppgraph.where import Where


def read_observations(file: Path, name: str, mapping: Mapping, known: dict[str, Area]) -> ObservationFile:
    """Read a file of statistics.

    Args:
        file: the CSV file.
        name: what to call its data set in addresses.
        mapping: what its columns mean.
        known: areas by DfE number.

    Raises:
        FaultyInputError: the file as a whole cannot be read, or the mapping file leaves open what it must say.
    """
    table = read_table(file)
    reader = _Reader(table, mapping, known)
    read = list(reader.read())
    if reader.faults:
        raise FaultyInputError(list(reader.faults.values()))
    kept = list(reader.without_repeats(read))
    reader.report_items_not_found()
    reader.outcomes[REFUSED] += (table.count - len(table.rows)) * width(mapping)
    findings = sorted((*table.findings, *reader.findings), key=lambda f: (f.where.first_line or 0, f.kind))
    return ObservationFile(
        name=name,
        file=file.name,
        sha256=table.sha256,
        rows=table.count,
        observations=tuple(each for each in kept if not each.is_missing),
        missing=tuple(each for each in kept if each.is_missing),
        findings=tuple(findings),
        outcomes={name: reader.outcomes[name] for name in OUTCOMES},
    )


class _Reader:
    """Reads one table.

    Attributes:
        findings: what could not be taken as it stands.
        faults: what the mapping file leaves open, by indicator and key.
        outcomes: what became of the cells.
    """

    def __init__(self, table: Table, mapping: Mapping, known: dict[str, Area]) -> None:
        self.table = table
        self.mapping = mapping
        self.areas = Areas(known, mapping.areas, paired_areas(table))
        self.findings: list[ObservationFinding] = []
        self.faults: dict[tuple[str, str], Fault] = {}
        self.outcomes: Counter[str] = Counter()
        self._reported: set[tuple[int, str]] = set()
        self._items: set[str] = set()

    def read(self) -> Iterator[Observation]:
        """Yield the figures and absences of the table, repeated ones too."""
        for cell in read_cells(self.table, self.mapping):
            if cell.indicator is not None:
                self._items.add(cell.indicator.id)
            if cell.indicator is None or not cell.wanted:
                self.outcomes[LEFT_OUT] += 1
                continue
            area = self.areas.find(cell.codes, cell.area)
            if isinstance(area, Area) and self.mapping.keep and area.code not in self.mapping.keep:
                self.outcomes[LEFT_OUT] += 1
                continue
            period = _read_period(cell, cell.indicator.periods)
            value = read_value(cell.text, self.mapping.layout, cell.indicator.unit)
            if isinstance(area, Unread) or isinstance(period, Unread) or isinstance(value, Unread):
                for unread in (area, period, value):
                    if isinstance(unread, Unread):
                        self._report(cell, unread, of_row=unread is not value)
                self.outcomes[REFUSED] += 1
                continue
            where = cell.row.where
            yield Observation(cell.indicator.id, area, period, value, cell.text.strip(), cell.row.number, where)

    def without_repeats(self, read: list[Observation]) -> Iterator[Observation]:
        """Yield each figure once, and none of those that contradict each other."""
        groups: dict[tuple[str, str, str], list[Observation]] = {}
        for each in read:
            groups.setdefault((each.indicator, each.area.code, each.period.interval), []).append(each)
        for first, *others in groups.values():
            rows = ", ".join(str(each.row) for each in (first, *others))
            what = f"{first.indicator}, {first.area.name}, {first.period.printed}"
            if all(each.value == first.value for each in others):
                self.outcomes[MISSING if first.is_missing else OBSERVED] += 1
                self.outcomes[REPEATED] += len(others)
                yield first
                for each in others:
                    self._add(
                        "figure repeated",
                        each.where,
                        f"row {each.row} gives {what} once more, as "
                        f"{each.printed!r} like row {first.row}; it was loaded once.",
                    )
                continue
            self.outcomes[REFUSED] += 1 + len(others)
            for each in (first, *others):
                self._add(
                    "figures differ",
                    each.where,
                    f"row {each.row} gives {what} as {each.printed!r}; rows {rows} "
                    "differ on it, so that none of them was loaded.",
                )

    def report_items_not_found(self) -> None:
        """Note each indicator of which the table has no row."""
        printed = {"lait": "Short Desc", "tidy": "indicator"}.get(self.mapping.layout)
        if printed is None:
            return
        items = sorted({row.cells[printed].strip() for row in self.table.rows})
        for indicator in self.mapping.indicators:
            if indicator.id not in self._items:
                near = near_misses(indicator.item, items)
                hint = f"; is it {' or '.join(map(repr, near))}?" if near else "."
                self._add(
                    "item not found",
                    Where(str(self.table.path)),
                    f"no row has the item {indicator.item!r}"
                    f"{f' with the measure {indicator.measure!r}' if indicator.measure else ''}, which "
                    f"{self.mapping.file.name} says is {indicator.id}{hint}",
                )

    def _report(self, cell: Cell, unread: Unread, *, of_row: bool) -> None:
        """Note what was not understood: for a cell, or once for all cells of a row."""
        indicator = cell.indicator.id if cell.indicator else ""
        if unread.key is not None:
            said = f"does not say {unread.key!r} for {indicator}: {unread.message} ({cell.row.where}, row "
            said += f"{cell.row.number}). Say it under [periods] or in the [[indicator]]."
            self.faults.setdefault((indicator, unread.key), Fault(Where(str(self.mapping.file)), said))
            return
        if of_row and (cell.row.number, unread.kind) in self._reported:
            return
        self._reported.add((cell.row.number, unread.kind))
        place = f"row {cell.row.number}" if of_row else f"row {cell.row.number}, column {cell.column!r} ({indicator})"
        self._add(unread.kind, cell.row.where, f"{place}: {unread.message}; it was not loaded.")

    def _add(self, kind: str, where: Where, message: str) -> None:
        self.findings.append(ObservationFinding(kind, where, message))


def _read_period(cell: Cell, rule: PeriodRule) -> Period | Unread:
    if cell.identifier is None:
        return read_period(cell.period, rule)
    return read_stated_period(cell.period, cell.identifier, rule)
