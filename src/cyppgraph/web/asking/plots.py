"""An answer as a drawing. In: a table, what was chosen. Out: bars, or the lines of ``chart``; the template writes them.

What can be drawn: a column of numbers along a column of names, days or years, in colours by a third if there is one.
The first figures only, as many as can be told apart; the table has all of them. Refuses nothing: what was chosen and
cannot be drawn is told in a sentence. A row without a figure has no bar, and breaks the line that it would be in.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cyppgraph.web.asking.answers import ResultTable
from cyppgraph.web.display import chart
from cyppgraph.web.display.tables import DAY, WHOLE, YEAR, Cell, Column

FIELDS = ("chart", "x", "y", "colour")
MARKS = {"bar": "Bars", "line": "Lines", "point": "Points"}
_MOST_BARS, _MOST_COLOURS = 40, 6
_LONGEST_LABEL, _LONGEST_SIGNS = 70, 40
_WIDEST = 70  # of 100: the rest of the line is for the figure
_NARROWEST = 0.3  # of what is not nought, so that it is seen
_YEARS = range(1800, 2200)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: what stands above it (nothing where it is as before), where it is in per cent, its figure, its colour."""

    label: str
    left: float
    width: float
    figure: str
    says: str
    colour: str


@dataclass(frozen=True, slots=True)
class Plot:
    """What may be drawn of a table, what was chosen, and the drawing.

    Attributes:
        columns: what may stand along, and give colours, with what it is called.
        numbers: what may be drawn, likewise.
        chosen: the mark and the columns, by field; ``chart`` is empty if nothing is to be drawn yet.
        bars: one drawing.
        lines: the other.
        colours: what the colours of bars mean.
        note: what is not drawn, and why.
    """

    columns: Mapping[str, str]
    numbers: Mapping[str, str]
    chosen: Mapping[str, str]
    bars: Sequence[Bar] = ()
    lines: chart.Chart | None = None
    colours: Sequence[tuple[str, str]] = ()
    note: str = ""

    @property
    def marks(self) -> Mapping[str, str]:
        """The kinds of drawing, by name."""
        return MARKS


def draw_table(table: ResultTable, wanted: Mapping[str, str]) -> Plot | None:
    """Draw a table as was chosen; None if it has no numbers, or nothing to set them along.

    Args:
        table: the answer.
        wanted: the fields of ``FIELDS`` that were given; what is no column of the table counts as not given.
    """
    numbers = {column.name: column.heading for column in table.columns if column.is_number}
    columns = {column.name: column.heading for column in table.columns}
    if not numbers or len(columns) < 2 or not table.rows:
        return None
    chosen = _choose(table, list(numbers), wanted)
    if not chosen["chart"]:
        return Plot(columns, numbers, chosen)
    cells = _pick(table, chosen)
    if chosen["chart"] == "bar":
        known = [(x, y, colour, value) for x, y, colour, value in cells if value is not None]
        bars, colours = _draw_bars(known)
        left = len(known) - len(bars)
        note = f"The first {len(bars)} figures are drawn; the table has {left} more." if left else ""
        return Plot(columns, numbers, chosen, bars, colours=colours, note=note)
    points = [point for point in map(_make_point, cells) if point is not None]
    groups = list(dict.fromkeys(point.group for point in points))
    lines = chart.draw(sorted(points, key=lambda point: point.day), groups, columns[chosen["y"]])
    if lines is None:
        return Plot(
            columns, numbers, chosen, note=f"“{columns[chosen['x']]}” holds no days or years. Choose bars, or another."
        )
    if chosen["chart"] == "point":
        lines = chart.Chart(lines.unit, lines.x_ticks, lines.y_ticks, (), lines.marks, lines.legend, lines.left_out)
    note = (
        f"{lines.left_out} more values of “{columns[chosen['colour']]}” are in the table only."
        if lines.left_out
        else ""
    )
    return Plot(columns, numbers, chosen, lines=lines, note=note)


def _choose(table: ResultTable, numbers: Sequence[str], wanted: Mapping[str, str]) -> dict[str, str]:
    names = [column.name for column in table.columns]
    mark = wanted.get("chart", "") if wanted.get("chart", "") in MARKS else ""
    y = wanted.get("y", "") if wanted.get("y") in numbers else numbers[-1]
    others = [column for column in table.columns if column.name != y]
    usual = (
        next((column for column in others if _tells_time(table, column)), None) if mark in ("line", "point") else None
    )
    usual = usual or next((column for column in others if not column.is_number), others[0])
    x = wanted.get("x", "") if wanted.get("x") in names else usual.name
    colour = wanted.get("colour", "") if wanted.get("colour") in names else ""
    return {"chart": mark, "x": x, "y": y, "colour": colour}


def _tells_time(table: ResultTable, column: Column) -> bool:
    index = [each.name for each in table.columns].index(column.name)
    if set(column.kinds) <= {DAY, YEAR} and column.kinds:
        return True
    return column.kinds == (WHOLE,) and all(_read_day(row[index]) for row in table.rows if row[index].text)


def _pick(table: ResultTable, chosen: Mapping[str, str]) -> list[tuple[Cell, Cell, Cell, float | None]]:
    """Return what is drawn of each row: along what, the figure, the colour, the value; None where there is none."""
    names = [column.name for column in table.columns]
    x, y = names.index(chosen["x"]), names.index(chosen["y"])
    second = _find_second(table, chosen)
    colour = names.index(chosen["colour"]) if chosen["colour"] else None
    found = []
    for row in table.rows:
        value = _read_number(row[y].sorted_by)
        label = row[x] if second is None else replace(row[x], text=f"{row[x].text}, {row[second].text}")
        found.append((label, row[y], row[colour] if colour is not None else Cell(""), value))
    return found


def _find_second(table: ResultTable, chosen: Mapping[str, str]) -> int | None:
    """Return the column that tells bars apart where one name stands for several and no colour does; None if none."""
    names = [column.name for column in table.columns]
    x = names.index(chosen["x"])
    if chosen["chart"] != "bar" or chosen["colour"] or len({row[x].text for row in table.rows}) == len(table.rows):
        return None
    others = (index for index, column in enumerate(table.columns) if index != x and not column.is_number)
    return next(others, None)


def _read_number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) < 1e15 else None


def _read_day(cell: Cell) -> date | None:
    text = cell.sorted_by
    try:
        if cell.kind in (YEAR, WHOLE):
            return date(int(text), 1, 1) if int(text) in _YEARS else None
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _make_point(cells: tuple[Cell, Cell, Cell, float | None]) -> chart.Point | None:
    x, y, colour, value = cells
    day = _read_day(x)
    if day is None:
        return None
    area = _shorten(colour.text, _LONGEST_SIGNS) or "all"
    says = ", ".join(part for part in (colour.text, x.text) if part)
    return chart.Point(area, area, False, day, value, f"{_shorten(says, _LONGEST_LABEL)}: {y.text}")


def _draw_bars(cells: Sequence[tuple[Cell, Cell, Cell, float]]) -> tuple[list[Bar], list[tuple[str, str]]]:
    shown = cells[:_MOST_BARS]
    low, high = min((0.0, *(each[3] for each in shown))), max((0.0, *(each[3] for each in shown)))
    span = (high - low) or 1.0
    named = list(dict.fromkeys(each[2].text for each in shown))
    known = dict(zip(named, chart.COLOURS, strict=False))
    bars, before = [], ""
    for x, y, colour, value in shown:
        label = _shorten(x.text, _LONGEST_LABEL) or "(empty)"
        left = round((min(value, 0.0) - low) / span * _WIDEST, 2)
        says = ", ".join(part for part in (label, colour.text) if part)
        width = max(_NARROWEST, round(abs(value) / span * _WIDEST, 2)) if value else 0.0
        bars.append(
            Bar("" if label == before else label, left, width, y.text, says, known.get(colour.text, chart.REST))
        )
        before = label
    legend = [(name or "(empty)", known.get(name, chart.REST)) for name in named[:_MOST_COLOURS]]
    if len(named) > _MOST_COLOURS:
        legend.append(("others", chart.REST))
    return bars, legend if len(named) > 1 else []


def _shorten(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1]}…"
