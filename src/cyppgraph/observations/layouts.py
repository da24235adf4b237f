"""The three layouts in which English statistics are published. In: a table and its mapping. Out: one ``Cell`` for each
place where a figure should be, with the codes, the period and the words that stand beside it.

- ``ees``: "explore education statistics": a row for an area and a period, a column for each measure.
- ``lait``: the Local Authority Interactive Tool: a row for each figure; areas by number; a measure's title may stand on
  the first row of its block only.
- ``tidy``: a row for each figure; areas by ONS code.

Refused is a table without the columns of its layout, and one in which an item is two things that the mapping file does
not tell apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cyppgraph.errors import Fault, FaultyInputError
from cyppgraph.observations.areas import pair_codes
from cyppgraph.observations.mappings import Indicator, Mapping
from cyppgraph.observations.observation import Area
from cyppgraph.observations.tables import Row, Table
from cyppgraph.where import Where

_EES = ("time_period", "time_identifier", "geographic_level")
_LAIT = ("Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number")
_TIDY = ("area_code", "period", "indicator", "value")
_LEVELS = {
    "National": ("country_code", "country_name"),
    "Regional": ("region_code", "region_name"),
    "Local authority": ("new_la_code", "la_name"),
    "Local authority district": ("lad_code", "lad_name"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A place for a figure.

    Attributes:
        row: its row.
        column: the heading above it.
        text: what is printed there.
        indicator: the indicator that it is a figure of; None where the mapping file names none.
        codes: the area's codes, in the order to try them.
        area: the area's name as printed.
        period: the period as printed.
        identifier: what kind of year the file says that it is, where it says so.
        wanted: whether its row is one that the mapping file asks for.
    """

    row: Row
    column: str
    text: str
    indicator: Indicator | None
    codes: tuple[str, ...]
    area: str
    period: str
    identifier: str | None
    wanted: bool


def width(mapping: Mapping) -> int:
    """Return how many places for figures a row has."""
    return len(mapping.indicators) if mapping.layout == "ees" else 1


def read_cells(table: Table, mapping: Mapping) -> Iterator[Cell]:
    """Yield the places for figures of a table.

    Raises:
        FaultyInputError: a column is not there, or an item is two things.
    """
    wanted_by = f"The layout {mapping.layout!r}, with what {mapping.file.name} asks for,"
    filters = [column for indicator in mapping.indicators for column in indicator.rows]
    if mapping.layout == "ees":
        measures = [indicator.item for indicator in mapping.indicators]
        levels = {row.cells.get("geographic_level", "").strip() for row in table.rows}
        places = [column for level in sorted(levels) for column in _LEVELS.get(level, ())]
        table.require([*_EES, *places, *measures, *filters], wanted_by)
        return _read_ees(table, mapping)
    if mapping.layout == "lait":
        table.require([*_LAIT, *filters], wanted_by)
        return _read_long(table, mapping, _lait_rows(table))
    further = ["measure"] if any(indicator.measure for indicator in mapping.indicators) else []
    table.require([*_TIDY, *further, *filters], wanted_by)
    return _read_long(table, mapping, _tidy_rows(table))


def paired_areas(table: Table) -> dict[str, Area]:
    """Return the areas by DfE number that the rows of a table give with both codes."""
    return pair_codes(
        (row.cells.get("new_la_code", ""), row.cells.get("old_la_code", ""), row.cells.get("la_name", ""))
        for row in table.rows
    )


def _read_ees(table: Table, mapping: Mapping) -> Iterator[Cell]:
    for row in table.rows:
        cells = row.cells
        level = cells["geographic_level"].strip()
        code, name = _LEVELS.get(level, ("", ""))
        area = cells.get(name, "") or f"level {level}"
        codes = (cells.get(code, ""), cells.get("old_la_code", "") if level == "Local authority" else "")
        for indicator in mapping.indicators:
            yield Cell(
                row,
                indicator.item,
                cells[indicator.item],
                indicator,
                codes,
                area,
                cells["time_period"],
                cells["time_identifier"],
                _is_wanted(row, indicator),
            )


@dataclass(frozen=True, slots=True)
class _Long:
    """A row that holds one figure: the column of the figure, its item, a further word, the area, the period."""

    row: Row
    column: str
    item: str
    measure: str
    code: str
    area: str
    period: str


def _lait_rows(table: Table) -> Iterator[_Long]:
    """Yield the rows of LAIT; a title that is printed once counts for its block, the rows below with the same item."""
    item = title = ""
    for row in table.rows:
        cells = row.cells
        if cells["Short Desc"].strip() != item:
            item, title = cells["Short Desc"].strip(), ""
        title = cells["Data item"].strip() or title
        yield _Long(row, "Values", item, title, cells["LA Number"], cells["LA and Regions"], cells["Years"])


def _tidy_rows(table: Table) -> Iterator[_Long]:
    for row in table.rows:
        cells = row.cells
        measure, name = cells.get("measure", "").strip(), cells.get("area_name", "")
        yield _Long(row, "value", cells["indicator"].strip(), measure, cells["area_code"], name, cells["period"])


def _read_long(table: Table, mapping: Mapping, rows: Iterator[_Long]) -> Iterator[Cell]:
    listed = list(rows)
    _refuse_ambiguous(table, mapping, listed)
    by_item: dict[str, list[Indicator]] = {}
    for indicator in mapping.indicators:
        by_item.setdefault(indicator.item, []).append(indicator)
    for each in listed:
        meant = [i for i in by_item.get(each.item, []) if i.measure in (None, each.measure)]
        wanted = [indicator for indicator in meant if _is_wanted(each.row, indicator)]
        first = next(iter(wanted or meant), None)
        yield Cell(
            each.row,
            each.column,
            each.row.cells[each.column],
            first,
            (each.code,),
            each.area,
            each.period,
            None,
            bool(wanted),
        )


def _refuse_ambiguous(table: Table, mapping: Mapping, rows: list[_Long]) -> None:
    """Refuse a table in which an item has several measures and the mapping file does not say which one is meant."""
    measures: dict[str, dict[str, _Long]] = {}
    for each in rows:
        if each.measure:
            measures.setdefault(each.item, {}).setdefault(each.measure, each)
    faults = []
    for indicator in mapping.indicators:
        found = measures.get(indicator.item, {})
        if indicator.measure is None and len(found) > 1:
            shown = ", ".join(f"{name!r} (row {each.row.number})" for name, each in found.items())
            faults.append(
                Fault(
                    Where(str(table.path)),
                    f"the item {indicator.item!r} has several measures: {shown}. "
                    f"Say with 'measure' in {mapping.file.name} which one {indicator.id} is.",
                )
            )
    if faults:
        raise FaultyInputError(faults)


def _is_wanted(row: Row, indicator: Indicator) -> bool:
    return all(row.cells[column].strip() == value for column, value in indicator.rows.items())
