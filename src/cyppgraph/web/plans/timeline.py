"""What is due when, as a drawing and as a table. In: elements with their dates. Out: bars with places in per cent.

A bar reaches from a date's earliest day to its latest. What has no end ("ongoing", "from") reaches to the edge and says
so; what recurs is a row of dots, none after its last day; what has no day at all has no bar, and its words stand in
its place. A day beyond the years that are drawn (a misprint, mostly) is written out at the edge that it lies beyond.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cyppgraph.web.display.days import say_day
from cyppgraph.web.plans.elements import Due, Element

_LEAST_WIDTH = 1.0
_DOTS, _LEAST_STEP = 7, 3
_MOST_YEARS, _MOST_LABELS = 30, 6
_WIDE_ENOUGH = 25  # for a word within the bar, on a narrow screen too
_LAST_PLACE = 75  # for a word that begins there, likewise
_EDGE = 50  # for the words at an edge, likewise
_SAID = ("ongoing", "recurring", "from", "during", "until")


@dataclass(frozen=True, slots=True)
class Bar:
    """A date of an element as it is drawn, in per cent of the years: where it begins, how long it is, what it says.

    Attributes:
        dots: in place of a bar.
        word: what kind of date it is, where that is not plain; ``word_place`` is where it begins, or ends if it would
            not fit otherwise (``word_ends``).
        before: the day, in words, if it lies before the years that are drawn; after: likewise.
    """

    element: Element
    due: Due
    x: float
    width: float
    open_end: bool
    dots: Sequence[float]
    word: str
    before: str = ""
    after: str = ""

    @property
    def has_place(self) -> bool:
        """Whether it is drawn; else its words are written."""
        return self.width > 0 or bool(self.dots or self.before or self.after)

    @property
    def word_ends(self) -> bool:
        """Whether the word ends before what is drawn: there is no room for it within or after."""
        return self.width < _WIDE_ENOUGH and self._end > _LAST_PLACE

    @property
    def word_place(self) -> float:
        """Where the word begins, or ends."""
        start = self.dots[0] if self.dots else self.x
        return start if self.word_ends or self.width >= _WIDE_ENOUGH else self._end

    @property
    def _end(self) -> float:
        return self.dots[-1] if self.dots else round(self.x + self.width, 1)


@dataclass(frozen=True, slots=True)
class Chart:
    """A part of the timeline: what it is called, its bars."""

    name: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The whole: years with their places in per cent, those that are written, a chart for each part of the plan."""

    years: Sequence[tuple[int, float]]
    labels: Sequence[tuple[int, float]]
    charts: Sequence[Chart]


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
    placed = [(year, round(scale.place(date(year, 1, 1)), 2)) for year in years]
    return Timeline(placed, placed[:: -(-len(placed) // _MOST_LABELS)], charts)


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
        """Return where a day is, in per cent; below 0 or from 100 on if it is not in the years that are drawn."""
        start = date(self.first, 1, 1).toordinal()
        return (day.toordinal() - start) / ((self.beyond - self.first) * 365.25) * 100

    def is_after(self, day: date) -> bool:
        return day.year >= self.beyond

    def is_before(self, day: date) -> bool:
        return day.year < self.first


def _draw(name: str, pairs: Sequence[tuple[Element, Due]], scale: _Scale) -> Chart:
    def order(pair: tuple[Element, Due]) -> tuple[date, date, int]:
        due = pair[1]
        return due.latest or date.max, due.earliest or date.max, pair[0].line

    return Chart(name, [_place(each, due, scale) for each, due in sorted(pairs, key=order)])


def _place(element: Element, due: Due, scale: _Scale) -> Bar:
    begin, end = due.earliest or due.latest, due.latest
    open_end = due.kind in ("ongoing", "from") and end is None
    before = say_day(begin) if begin and scale.is_before(begin) else ""
    after = say_day(end or begin) if begin and scale.is_after(end or begin) else ""
    if (before and end and scale.is_before(end)) or (after and begin and scale.is_after(begin)):
        # nothing of it lies in the years that are drawn
        return Bar(element, due, 0, 0, False, (), "", say_day(end) if before else "", after)
    word = due.kind if due.kind in _SAID and not before and not after else ""
    edges = (f"from {before}" if before else "", f"to {after}" if after else "")
    x = max(0.0, round(scale.place(begin), 2)) if begin else 0.0
    reach = min(100.0, scale.place(end)) if end else 100.0 if open_end or due.kind == "recurring" else x
    if due.kind == "recurring":
        # words at an edge have room of their own
        x, reach = min(reach, max(x, _EDGE)) if before else x, max(x, min(reach, 100 - _EDGE)) if after else reach
        count = min(_DOTS, max(1, round((reach - x) / _LEAST_STEP)))
        step = max(0.0, reach - x) / count
        return Bar(element, due, x, 0, False, [round(x + step * (dot + 0.5), 1) for dot in range(count)], word, *edges)
    drawn = begin is not None or open_end
    width = max(_LEAST_WIDTH, round(reach - x, 2)) if drawn else 0.0
    return Bar(element, due, min(x, 100 - width), width, open_end, (), word, *edges)
