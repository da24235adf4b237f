"""What is due when, as a drawing and as a table. In: elements with their dates. Out: bars with places, for an SVG.

A bar reaches from a date's earliest day to its latest. What has no end ("ongoing", "from") reaches to the edge and says
so; what recurs is a row of dots, none after its last day; what has no day at all has no bar, and its words stand in
its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cyppgraph.web.plans.elements import Due, Element

LEFT, RIGHT, ROW, HEAD = 250, 760, 20, 24
_LEAST_WIDTH = 5.0
_DOTS, _LEAST_STEP = 7, 10
_MOST_YEARS = 30
_SAID = ("ongoing", "recurring", "from", "during", "until")


@dataclass(frozen=True, slots=True)
class Bar:
    """A date of an element as it is drawn: from ``x``, so wide; dots in place of a bar; a word beside it."""

    element: Element
    due: Due
    y: float
    x: float
    width: float
    open_end: bool
    dots: Sequence[float]
    word: str

    @property
    def has_place(self) -> bool:
        """Whether it is drawn; else its words are written."""
        return self.width > 0 or bool(self.dots)


@dataclass(frozen=True, slots=True)
class Chart:
    """A part of the timeline: what it is called, its bars, its size."""

    name: str
    bars: Sequence[Bar]
    height: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole: years with their places, a chart for each part of the plan, the width."""

    years: Sequence[tuple[int, float]]
    charts: Sequence[Chart]
    width: float = RIGHT + 20.0


def draw_timeline(parts: Iterable[tuple[str, Sequence[Element]]], dates: Mapping[str, Sequence[Due]]) -> Timeline:
    """Place the dates of each part's elements on one scale of years.

    Args:
        parts: what each part of the plan is called, and its elements.
        dates: by element.
    """
    named = [(name, [(each, due) for each in elements for due in dates.get(each.iri, ())]) for name, elements in parts]
    days = [day for _, pairs in named for _, due in pairs for day in (due.earliest, due.latest) if day]
    years = _choose_years(days)
    scale = _Scale(years[0], years[-1] + 1)
    charts = [_draw(name, pairs, scale) for name, pairs in named if pairs]
    return Timeline([(year, scale.place(date(year, 1, 1))) for year in years], charts)


def _choose_years(days: Sequence[date]) -> range:
    # A year far from all others (a misprint) must not press the rest together.
    if not days:
        return range(2000, 2001)
    middle = sorted(days)[len(days) // 2].year
    near = [day.year for day in days if abs(day.year - middle) <= _MOST_YEARS // 2]
    return range(min(near), max(near) + 1)


@dataclass(frozen=True, slots=True)
class _Scale:
    first: int
    beyond: int

    def place(self, day: date) -> float:
        start = date(self.first, 1, 1).toordinal()
        span = (self.beyond - self.first) * 365.25
        share = (day.toordinal() - start) / span
        return round(LEFT + min(1.0, max(0.0, share)) * (RIGHT - LEFT), 1)


def _draw(name: str, pairs: Sequence[tuple[Element, Due]], scale: _Scale) -> Chart:
    def order(pair: tuple[Element, Due]) -> tuple[date, date, int]:
        due = pair[1]
        return due.latest or date.max, due.earliest or date.max, pair[0].line

    bars = [_place(each, due, HEAD + ROW * row, scale) for row, (each, due) in enumerate(sorted(pairs, key=order))]
    return Chart(name, bars, HEAD + ROW * len(bars) + 6)


def _place(element: Element, due: Due, y: float, scale: _Scale) -> Bar:
    word = due.kind if due.kind in _SAID else ""
    begin, end = due.earliest or due.latest, due.latest
    x = scale.place(begin) if begin else float(LEFT)
    open_end = due.kind in ("ongoing", "from") and end is None
    reach = scale.place(end) if end else float(RIGHT) if open_end or due.kind == "recurring" else x
    if due.kind == "recurring":
        count = min(_DOTS, max(1, round((reach - x) / _LEAST_STEP)))
        step = max(0.0, reach - x) / count
        return Bar(element, due, y, x, 0, False, [round(x + step * (dot + 0.5), 1) for dot in range(count)], word)
    drawn = begin is not None or open_end
    width = max(_LEAST_WIDTH, round(reach - x, 1)) if drawn else 0.0
    return Bar(element, due, y, min(x, RIGHT - width), width, open_end, (), word)
