"""Figures as a drawing. In: points by group and series. Out: places for an inline SVG; the template writes it.

Places along are in per cent, so that the drawing shrinks with the screen and its words do not; heights are in pixels.

Promised targets are hollow and joined by dashes, published figures filled and joined by lines, so that colour is never
all that tells them apart; each group (an area, and who publishes of it) has a shape as well as a colour. What two
publishers say is never one line. A figure that is missing breaks the line and is never drawn: nought is a value; so
does a time without any, if it is said how long one may be. The axis begins at nought.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_TOP, _BOTTOM = 20, 290
_MOST_GROUPS, _MOST_YEARS, _MOST_LABELS = 6, 6, 24
_FEW_LABELS = 8  # so many have room on a narrow screen
# The Government Analysis Function's palette for charts; each has a contrast of 3 to 1 with white.
COLOURS = ("#12436D", "#801650", "#A8490B", "#1E7A72", "#3D3D3D", "#6F4FA8")
REST = "#6B7276"  # of what comes after them
_SHAPES = (
    "M-6,-6H6V6H-6Z",
    "M0,-7L7,6H-7Z",
    "M0,-8L8,0L0,8L-8,0Z",
    "M-6,0A6,6 0 1,0 6,0A6,6 0 1,0 -6,0Z",
    "M0,7L7,-6H-7Z",
    "M-7,-3H-3V-7H3V-3H7V3H3V7H-3V3H-7Z",
)


@dataclass(frozen=True, slots=True)
class Point:
    """What is to be drawn: whose it is, whether it was promised, when (the last day), how much; None if missing.

    Points of a group look alike; those of a series are joined.
    """

    group: str
    series: str
    promised: bool
    day: date
    value: float | None
    says: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A point on the drawing: place, shape, colour, and its label; empty if there is no room for one."""

    x: float
    y: float
    shape: str
    colour: str
    filled: bool
    says: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch without a gap: the points of a polyline."""

    points: str
    colour: str
    dashed: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing: ticks of both axes with their words, lines, marks, what the marks mean, and who found no room."""

    unit: str
    x_ticks: Sequence[tuple[float, str]]
    y_ticks: Sequence[tuple[float, str]]
    lines: Sequence[Line]
    marks: Sequence[Mark]
    legend: Sequence[Mark]
    left_out: int

    @property
    def is_crowded(self) -> bool:
        """Whether the labels of its marks have no room on a narrow screen."""
        return len(self.marks) > _FEW_LABELS


def draw(
    points: Sequence[Point], groups: Sequence[str], unit: str, longest_step: timedelta | None = None
) -> Chart | None:
    """Lay out a chart; None if there is nothing to draw.

    Args:
        points: in the order of time within each series.
        groups: which of them are drawn, the first first; so many as can be told apart.
        unit: what all of them are counted in.
        longest_step: the longest time between two figures that a line joins; None if any.
    """
    known = [group for group in groups if any(point.group == group and point.value is not None for point in points)]
    shown = [point for point in points if point.group in known[:_MOST_GROUPS]]
    values = [point.value for point in shown if point.value is not None]
    if not values:
        return None
    first = min(point.day.year for point in shown)
    last = max(point.day.year for point in shown) + 1
    step = _choose_step(max(*values, 0) - min(*values, 0))
    low, high = (math.floor(min(*values, 0) / step) * step, math.ceil((max(*values, 0) or step) / step) * step)

    def place(point: Point, value: float) -> tuple[float, float]:
        year = point.day.year + (point.day.timetuple().tm_yday - 1) / 366
        return round((year - first) / (last - first) * 100, 2), round(
            _BOTTOM - (value - low) / (high - low) * (_BOTTOM - _TOP), 1
        )

    lines: list[Line] = []
    marks: list[Mark] = []
    legend: dict[str, Mark] = {}
    for series in dict.fromkeys(point.series for point in shown):
        mine = [point for point in shown if point.series == series]
        style = known.index(mine[0].group)
        for stretch in _split(mine, longest_step):
            placed = [(point, *place(point, value)) for point, value in stretch]
            if len(placed) > 1:
                joined = " ".join(f"{x},{y}" for _, x, y in placed)
                lines.append(Line(joined, COLOURS[style], mine[0].promised))
            for point, x, y in placed:
                label = _write(point.value or 0.0) if len(values) <= _MOST_LABELS else ""
                marks.append(Mark(x, y, _SHAPES[style], COLOURS[style], not point.promised, point.says, label))
                legend.setdefault(series, Mark(0, 0, _SHAPES[style], COLOURS[style], not point.promised, series, ""))
    every = math.ceil((last - first) / _MOST_YEARS)
    years = range(first, last + 1, every)
    x_ticks = [(round((year - first) / (last - first) * 100, 2), str(year)) for year in years]
    steps = range(round((high - low) / step) + 1)
    y_ticks = [(_BOTTOM - each / (len(steps) - 1) * (_BOTTOM - _TOP), _write(low + each * step)) for each in steps]
    return Chart(unit, x_ticks, y_ticks, lines, marks, list(legend.values()), max(0, len(known) - _MOST_GROUPS))


def _write(value: float) -> str:
    """Return a number to read: whole numbers in full, fractions to three places (three that count, below one)."""
    return f"{round(value, 3):,.15g}" if abs(value) >= 1 else f"{value:.3g}"


def _split(points: Sequence[Point], longest_step: timedelta | None) -> list[list[tuple[Point, float]]]:
    stretches: list[list[tuple[Point, float]]] = [[]]
    for point in points:
        before = stretches[-1][-1][0].day if stretches[-1] else point.day
        if point.value is None or (longest_step is not None and point.day - before > longest_step):
            stretches.append([])
        if point.value is not None:
            stretches[-1].append((point, point.value))
    return [stretch for stretch in stretches if stretch]


def _choose_step(span: float) -> float:
    wanted = (span or 1) / 5
    size: float = 10.0 ** math.floor(math.log10(wanted))
    return next(factor * size for factor in (1, 2, 2.5, 5, 10) if factor * size >= wanted * 0.999)
