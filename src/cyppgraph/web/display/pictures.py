"""The plans as pictures. In: what each plan states and for which years. Out: where the bars of two drawings stand.

One drawing shows when each plan holds, by council, the other how much it states. Both say only what the table of the
plans says too. Places along a line are in per cent, so that a drawing shrinks and its words do not. A plan whose years
are not told, or not as dates, has a line without a bar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cyppgraph.web.display.overview import PlanOverview

SHOWN_KINDS = {"Action": "action", "Measure": "measure", "Target": "target"}
_MOST_LABELS = 6
_MOST_LINES = 30
_LONGEST_NAME = 40
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: where it begins and how long it is, in per cent, and what stands beside it."""

    left: float
    width: float
    words: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in both drawings: its name, its council where that begins here, its years, its amounts."""

    name: str
    council: str
    years: Bar | None
    amounts: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """The first day of a year: its place in per cent, its label where it has one."""

    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Both drawings: their lines in order, and the years that the first one spans."""

    lines: tuple[PlanLine, ...]
    ticks: tuple[Tick, ...]


def draw_plans(plans: Sequence[PlanOverview]) -> Pictures:
    """Lay out the plans, in the order given, which is by council."""
    spans = {plan.iri: _read_span(plan) for plan in plans}
    known = [span for span in spans.values() if span]
    first = min((start.year for start, _ in known), default=1)
    last = min(9999, max((end.year for _, end in known), default=1) + 1)
    start, days = date(first, 1, 1).toordinal(), max(1, date(last, 1, 1).toordinal() - date(first, 1, 1).toordinal())

    def place(day: date) -> float:
        return round((day.toordinal() - start) / days * 100, 2)

    most = max((plan.counts.get(kind, 0) for plan in plans for kind in SHOWN_KINDS), default=0)
    lines, council = [], None
    for plan in plans:
        span = spans[plan.iri]
        years = _make_years(span, place(span[0]), place(span[1])) if span else None
        heading = "" if plan.publisher == council else _shorten(plan.publisher)
        lines.append(
            PlanLine(_shorten(plan.id or plan.title or plan.iri), heading, years, _make_amounts(plan.counts, most))
        )
        council = plan.publisher
    step = next((step for step in _STEPS if (last - first) / step <= _MOST_LABELS), _STEPS[-1])
    years_shown = range(first, last) if known else range(0)
    ticks = [Tick(place(date(year, 1, 1)), "" if year % step else str(year)) for year in years_shown]
    return Pictures(tuple(lines), tuple(tick for tick in ticks if tick.label or last - first <= _MOST_LINES))


def _make_years(span: tuple[date, date], left: float, right: float) -> Bar:
    start, end = span
    words = f"{start.year}" if start.year == end.year else f"{start.year} to {end.year}"
    return Bar(left, max(0.5, round(right - left, 2)), words)


def _make_amounts(counts: Mapping[str, int], most: int) -> tuple[Bar, ...]:
    # 60 of 100: the rest of the line is for the words.
    return tuple(
        Bar(0, round(number / max(1, most) * 60, 2), f"{number:,} {word}{'' if number == 1 else 's'}", f"{word}s")
        for kind, word in SHOWN_KINDS.items()
        for number in (counts.get(kind, 0),)
    )


def _shorten(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _read_span(plan: PlanOverview) -> tuple[date, date] | None:
    start, end = _read_day(plan.starts, 1, 1), _read_day(plan.ends, 12, 28)
    return (start, end) if start and end and start <= end else None


def _read_day(text: str, month: int, day: int) -> date | None:
    """Return a day; a year or a month alone stands for its beginning, or nearly its end."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2] or month), int(found[3] or day))
    except ValueError:
        return None
