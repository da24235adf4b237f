"""The page of an indicator. In: an edition, its IRI. Out: the page, and its tables for those who take them away.

What a plan prints (a code) is kept apart from what a reader decided (a link with confidence and reason); promised
targets from published figures; what is missing has its reason and is never drawn. Nine queries a page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from math import isfinite

from flask import render_template, url_for

from cyppgraph.store import Edition
from cyppgraph.web.comparison import indicator_reading
from cyppgraph.web.comparison import reading as comparing
from cyppgraph.web.comparison.indicator_reading import Fact, Figure, Link, Rejected, Use
from cyppgraph.web.display import chart
from cyppgraph.web.display.addresses import locate_document
from cyppgraph.web.display.sheets import Sheet, SheetRow
from cyppgraph.web.display.tables import Cell

_WAYS = {
    "uses": "Prints its code",
    "concerns": "Same quantity, as a reader decided",
    "relates": "Same subject, another quantity, as a reader decided",
    "close": "Prints a local code that a reader found to be a close match",
    "related": "Prints a local code that a reader found to be related",
}
_ROLES = {"target": "Promised target", "baseline": "Baseline in the plan", "actual": "Published figure"}
_MATCHES = {"same": "this indicator", "close": "a close match", "related": "a related one"}
_LINKS = {
    "broader": "It is a part of",
    "^broader": "Has the part",
    "narrower": "Has the part",
    "^narrower": "It is a part of",
    "broadMatch": "Broader match",
    "^broadMatch": "Narrower match",
    "narrowMatch": "Narrower match",
    "^narrowMatch": "Broader match",
}
_MATCH_LINKS = {"closeMatch": "Close match", "relatedMatch": "Related match", "exactMatch": "Exact match"}
_TITLES = ("prefLabel", "label", "notation")
_LONGEST_STEP = timedelta(days=548)  # a year and a half: figures of two years, not of the same day in each


def write_indicator_page(edition: Edition, iri: str, formats: Mapping[str, str] | None = None) -> str:
    """Return the page of an indicator.

    Args:
        edition: what is asked.
        iri: the indicator; it must have passed ``addresses.is_iri``.
        formats: the addresses of its description as data, by format.
    """
    facts = indicator_reading.read_facts(edition, iri)
    figures = indicator_reading.read_figures(edition, iri)
    sheets = _lay_out(edition, iri, figures)
    known = {name: [fact for fact in facts if _short(fact.property) == name] for name in _names(facts)}
    title = next((known[name][0].value for name in _TITLES if known.get(name)), iri)
    code = known["notation"][0].value if known.get("notation") else ""
    return render_template(
        "indicator.html",
        iri=iri,
        title=title,
        code=code,
        known=known,
        sheets=sheets,
        plans={row.cells[0].text: row.cells[0].address for row in sheets["uses"].rows},
        charts=_draw(figures),
        missing=[figure for figure in figures if figure.absence],
        locate=lambda other: locate_document(other, edition.namespaces),
        formats=formats or {},
    )


def lay_out_indicator(edition: Edition, iri: str) -> Mapping[str, Sheet]:
    """Return the tables of an indicator's page, by name; eight queries."""
    return _lay_out(edition, iri, indicator_reading.read_figures(edition, iri))


def _lay_out(edition: Edition, iri: str, figures: Sequence[Figure]) -> Mapping[str, Sheet]:
    plans = {plan.iri: plan.name for plan in comparing.read_plans(edition)}
    uses = [_lay_out_use(edition, use, iri, plans) for use in indicator_reading.read_uses(edition, iri)]
    uses.sort(key=lambda row: row.cells[0].text)
    links = [_lay_out_link(edition, link) for link in indicator_reading.read_links(edition, iri)]
    rejected = [_lay_out_rejected(edition, pair, plans) for pair in indicator_reading.read_rejected(edition, iri)]
    how = (
        "Plan",
        "How it comes to this indicator",
        "Kind",
        "Words",
        "By way of",
        "Confidence",
        "Reader’s reason",
        "Line",
    )
    what = (
        "Area",
        "What",
        "Period",
        "Value",
        "Unit",
        "Why there is no value or mark",
        "Indicator",
        "Said by",
        "Certainty",
    )
    other = ("Indicator", "How", "Confidence", "Reader’s reason")
    looked = ("Plan", "Words", "Link that was rejected", "Confidence", "Reader’s reason")

    def make(name: str, caption: str, columns: Sequence[str], rows: Sequence[SheetRow]) -> Sheet:
        return Sheet(name, caption, columns, rows, url_for("compare.indicator", table=name, iri=iri))

    return {
        "uses": make("uses", "Statements of plans that come to this indicator", how, uses),
        "figures": make("figures", "Targets and figures", what, [_lay_out_figure(edition, each) for each in figures]),
        "linked": make("linked", "Other indicators that it is linked with", other, links),
        "rejected": make("rejected", "Pairs that a reader looked at and rejected", looked, rejected),
    }


def _lay_out_use(edition: Edition, use: Use, iri: str, plans: Mapping[str, str]) -> SheetRow:
    through = Cell(use.called or use.named, locate_document(use.named, edition.namespaces))
    cells = (
        Cell(plans.get(use.plan, use.plan), locate_document(use.plan, edition.namespaces) if use.plan else ""),
        Cell(_WAYS[use.way]),
        Cell(use.kind),
        Cell(use.words, locate_document(use.iri, edition.namespaces)),
        through if use.named != iri else Cell(""),
        Cell(use.confidence, is_number=True),
        Cell(use.reason),
        Cell(use.line, is_number=True),
    )
    return SheetRow(cells, use.iri)


def _lay_out_figure(edition: Edition, figure: Figure) -> SheetRow:
    unit = " ".join(part for part in (figure.unit, figure.per and f"per {figure.per}") if part)
    title = f"{_MATCHES[figure.match].capitalize()}: {figure.title}" if figure.match != "same" else figure.title
    cells = (
        Cell(figure.area),
        Cell(_ROLES.get(figure.role, figure.role)),
        Cell(figure.period),
        Cell(figure.value, locate_document(figure.iri, edition.namespaces) if figure.value else "", is_number=True),
        Cell(unit),
        Cell(figure.absence),
        Cell(title),
        Cell(figure.said_by),
        Cell(figure.certainty),
    )
    return SheetRow(cells, figure.iri)


def _lay_out_link(edition: Edition, link: Link) -> SheetRow:
    short = ("^" if link.how.startswith("^") else "") + _short(link.how)
    how = _LINKS.get(short) or _MATCH_LINKS.get(short.strip("^"), short)
    cells = (
        Cell(link.label or link.iri, locate_document(link.iri, edition.namespaces)),
        Cell(how),
        Cell(link.confidence, is_number=True),
        Cell(link.reason),
    )
    return SheetRow(cells, link.iri)


def _lay_out_rejected(edition: Edition, pair: Rejected, plans: Mapping[str, str]) -> SheetRow:
    cells = (
        Cell(plans.get(pair.plan, pair.plan)),
        Cell(pair.words or pair.iri, locate_document(pair.iri, edition.namespaces)),
        Cell(comparing.name_kind("#" + _short(pair.predicate))),
        Cell(pair.confidence, is_number=True),
        Cell(pair.reason),
    )
    return SheetRow(cells, pair.iri)


def _draw(figures: Sequence[Figure]) -> list[chart.Chart]:
    """Draw a chart for each unit; where places have a plan, those alone, and first what all of them have."""
    planned = [each for each in figures if each.planned == "true"]
    shown = planned if any(each.value for each in planned) else figures
    published = sorted((each for each in shown if each.role == "actual" and each.value), key=lambda each: each.title)
    first = {each.area: _name_group(each) for each in reversed(published)}
    units: dict[str, list[chart.Point]] = {}
    absent = []
    for figure in sorted(shown, key=lambda each: (each.title, each.area)):
        point = _make_point(figure, first)
        if point is not None and point.value is not None:
            unit = " per ".join(part for part in (figure.unit, figure.per) if part)
            units.setdefault(unit, []).append(point)
        elif point is not None:
            absent.append(point)
    order = {group: place for place, group in enumerate(dict.fromkeys((*first.values(), *map(_name_group, published))))}
    charts = []
    for unit, points in units.items():
        series = {point.series for point in points}
        both = sorted([*points, *(point for point in absent if point.series in series)], key=lambda each: each.day)
        groups = sorted({point.group for point in points}, key=lambda group: (order.get(group, len(order)), group))
        charts.append(chart.draw(both, groups, unit, _LONGEST_STEP))
    return [each for each in charts if each is not None]


def _make_point(figure: Figure, published: Mapping[str, str]) -> chart.Point | None:
    """Return a figure as it is drawn; what a plan says looks like what is published first of its area, but hollow."""
    try:
        day, value = date.fromisoformat(figure.ends), float(figure.value) if figure.value else None
    except ValueError:
        return None
    if value is not None and (not isfinite(value) or not (value == 0 or 1e-9 < abs(value) < 1e15)):
        return None  # no axis can show it
    is_published = figure.role == "actual"
    group = _name_group(figure) if is_published else published.get(figure.area, figure.area)
    role = _ROLES.get(figure.role, figure.role).lower()
    of = "" if figure.match == "same" else f", {figure.title} ({_MATCHES[figure.match]})"
    series = f"{figure.area}: {role}{', ' if figure.said_by else ''}{figure.said_by}{of}"
    says = f"{series}, {figure.period}: {figure.value} {figure.unit}"
    return chart.Point(group, series, not is_published, day, value, says)


def _name_group(figure: Figure) -> str:
    """Return whose figures look alike: an area's, of one set of data by one publisher, of one indicator."""
    return "\n".join((figure.area, figure.said_by, figure.title))


def _names(facts: Sequence[Fact]) -> Sequence[str]:
    return list(dict.fromkeys(_short(fact.property) for fact in facts))


def _short(iri: str) -> str:
    return iri.rpartition("#")[2] if "#" in iri else iri.rpartition("/")[2]
