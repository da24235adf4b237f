"""A plan's actions as a table. In: what was read of a plan, five filters. Out: rows, choices.

The filters are ``lead``, ``due``, ``topic``, ``status`` and ``without``; each takes one of the values that the plan
has, and a row must meet all that are given. ``due`` is a year (one that a date touches; a date without an end counts
for the year it begins), "ongoing", "recurring" or "no date". ``without`` is what an action lacks, as question 30 counts
it: a lead who is named, a last day, a measure of its own, or all three. A value that the plan does not have leaves no
row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cyppgraph.web.plans.elements import Due, Element, Lead

FILTERS = ("lead", "due", "topic", "status", "without")
LACKS = ("lead", "end date", "measure")
"""What an action may be without: the values of that filter, besides ``ALL_LACKS``."""
ALL_LACKS = "all three"
COLUMNS = (
    "Number",
    "Action",
    "Stands under",
    "Lead",
    "Date as printed",
    "Date as understood",
    "Topics",
    "Progress",
    "Not simply stated",
    "Line",
    "IRI",
)
_NO_DATE, _NO_STATUS = "no date", "not stated"


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action with all that the table tells of it."""

    element: Element
    parent: Element | None
    leads: Sequence[Lead]
    dates: Sequence[Due]
    topics: Sequence[str]
    statuses: Sequence[str]
    is_measured: bool

    @property
    def filed(self) -> dict[str, set[str]]:
        """What each filter finds it by."""
        return {
            "lead": {name for lead in self.leads for name in lead.names},
            "due": {said for due in self.dates for said in _list_times(due)} or {_NO_DATE},
            "topic": set(self.topics),
            "status": set(self.statuses) or {_NO_STATUS},
            "without": self.lacks | ({ALL_LACKS} if len(self.lacks) == len(LACKS) else set()),
        }

    @property
    def lacks(self) -> set[str]:
        """Which of ``LACKS`` the plan does not give it itself."""
        has = (any(lead.is_named for lead in self.leads), any(due.latest for due in self.dates), self.is_measured)
        return {what for what, there in zip(LACKS, has, strict=True) if not there}

    @property
    def doubts(self) -> list[tuple[str, str]]:
        """What is not simply stated: of what, and how it is known."""
        of = [("action", self.element.certainty), *(("lead", lead.certainty) for lead in self.leads)]
        of += [("date", due.certainty) for due in self.dates]
        return [each for each in dict.fromkeys(of) if each[1] not in ("", "stated")]

    def write(self) -> tuple[str, ...]:
        """Return the cells, in the order of ``COLUMNS``."""
        parent = " ".join(filter(None, (self.parent.number, self.parent.statement))) if self.parent else ""
        return (
            self.element.number,
            self.element.statement,
            parent,
            "; ".join(dict.fromkeys(name for lead in self.leads for name in lead.names)),
            "; ".join(due.words for due in self.dates),
            "; ".join(due.understood for due in self.dates),
            "; ".join(self.topics),
            "; ".join(self.statuses),
            "; ".join(f"{what} {how}" for what, how in self.doubts),
            self.element.line_text,
            self.element.iri,
        )


def list_actions(
    elements: Mapping[str, Element],
    dates: Mapping[str, Sequence[Due]],
    leads: Mapping[str, Sequence[Lead]],
    tags: Mapping[tuple[str, str], Sequence[str]],
) -> list[ActionRow]:
    """Return the actions in the order of the document's lines."""
    rows = [
        ActionRow(
            each,
            elements.get(each.parent),
            leads.get(iri, ()),
            dates.get(iri, ()),
            tags.get((iri, "topic"), ()),
            tags.get((iri, "status"), ()),
            (iri, "measured") in tags,
        )
        for iri, each in elements.items()
        if each.kind == "Action"
    ]
    return sorted(rows, key=lambda row: (row.element.line, row.element.position, row.element.iri))


def list_choices(rows: Sequence[ActionRow]) -> dict[str, list[tuple[str, int]]]:
    """Return for each filter the values there are, with how many actions each has."""
    counts: dict[str, dict[str, int]] = {name: {} for name in FILTERS}
    for row in rows:
        for name, values in row.filed.items():
            for value in values:
                counts[name][value] = counts[name].get(value, 0) + 1
    return {name: sorted(known.items(), key=lambda each: each[0].casefold()) for name, known in counts.items()}


def list_filled(rows: Sequence[ActionRow]) -> set[str]:
    """Return the columns that have something in a row: the others would be shown empty all the way down."""
    return {name for row in rows for name, text in zip(COLUMNS, row.write(), strict=True) if text}


def filter_actions(rows: Sequence[ActionRow], wanted: Mapping[str, str]) -> list[ActionRow]:
    """Return the rows that meet all filters; an empty one lets everything pass."""
    asked = {name: value for name, value in wanted.items() if value}
    return [row for row in rows if all(value in row.filed[name] for name, value in asked.items())]


def _list_times(due: Due) -> list[str]:
    said = [due.kind] if due.kind in ("ongoing", "recurring") else []
    begin, end = due.earliest or due.latest, due.latest or due.earliest
    if begin and end and end.year - begin.year < 100:
        said += [str(year) for year in range(begin.year, end.year + 1)]
    return said
