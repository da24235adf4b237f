"""The findings as a page and a file. In: an edition, the filters of the address. Out: counts, a table, CSV.

``/findings?plan=croydon-2013&kind=lead-missing&severity=info&page=2``; ``/findings.csv`` takes the same fields but the
page, and has all rows. A value that no finding has leaves none; a page beyond the last is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any

from flask import Response, abort, render_template, request, url_for

from cyppgraph.store import Edition
from cyppgraph.web.display.addresses import locate_thing
from cyppgraph.web.display.sheets import Sheet, SheetRow, send_csv
from cyppgraph.web.display.tables import Cell
from cyppgraph.web.handbook.findings import (
    FILTERS,
    SEVERITIES,
    Count,
    Finding,
    Kind,
    narrow,
    read_counts,
    read_findings,
    read_kinds,
)

PER_PAGE = 100
_COLUMNS = ("Plan", "Line", "Kind", "What was found", "On", "Severity")


def show_findings(edition: Edition) -> str:
    """Return the page; three queries."""
    wanted = _read_wanted()
    kinds, counts = read_kinds(edition), read_counts(edition)
    number = sum(each.number for each in narrow(counts, wanted))
    page, last = _read_page(), max(1, ceil(number / PER_PAGE))
    if page > last:
        abort(404, f"There are only {last} pages of these findings.")
    findings = read_findings(edition, wanted, (page - 1) * PER_PAGE, PER_PAGE) if number else []
    asked = {name: value for name, value in wanted.items() if value}
    sheet = lay_out(edition, kinds, findings, _locate("data.findings_csv", asked))
    pages = {each: _locate("data.findings", asked, each) for each in range(1, last + 1)}
    return render_template(
        "findings.html",
        kinds=kinds,
        shown=[kinds[wanted["kind"]]] if wanted["kind"] in kinds else [],
        overview=lay_out_counts(kinds, counts),
        choices=_list_choices(kinds, counts, wanted),
        wanted=wanted,
        asked=asked,
        sheet=sheet,
        number=number,
        total=sum(each.number for each in counts),
        first=(page - 1) * PER_PAGE + 1,
        page=page,
        pages=pages,
    )


def send_findings(edition: Edition) -> Response:
    """Return all findings that meet the filters as CSV; two queries."""
    return send_csv(lay_out(edition, read_kinds(edition), read_findings(edition, _read_wanted()), ""))


def send_counts(edition: Edition) -> Response:
    """Return the counts by kind and plan as CSV; two queries."""
    return send_csv(lay_out_counts(read_kinds(edition), read_counts(edition)))


def lay_out(edition: Edition, kinds: Mapping[str, Kind], findings: Sequence[Finding], address: str) -> Sheet:
    """Return findings as a table; each leads to its statement, its source lines and its own page."""
    ns = edition.namespaces
    rows = [
        SheetRow(
            (
                Cell(each.plan, locate_thing(f"{ns.ids}plan/{each.plan}", ns)),
                Cell(
                    each.first if each.first == each.last else f"{each.first}–{each.last}",
                    locate_thing(each.passage, ns) if each.passage else "",
                    detail=f"the line{'' if each.first == each.last else 's'} of {each.plan}",
                ),
                Cell(kinds[each.kind].name if each.kind in kinds else each.kind),
                Cell(each.sentence, locate_thing(each.iri, ns)),
                Cell(each.label or each.about, locate_thing(each.about, ns) if each.about else ""),
                Cell(each.severity),
            ),
            each.iri,
        )
        for each in findings
    ]
    return Sheet("cyppgraph-findings", "Findings, by plan and line", _COLUMNS, rows, address)


def lay_out_counts(kinds: Mapping[str, Kind], counts: Sequence[Count]) -> Sheet:
    """Return how many findings each plan has of each kind, as a table; kinds that no plan has are left out."""
    plans = sorted({each.plan for each in counts})
    rows = []
    for key, kind in kinds.items():
        numbers = [sum(each.number for each in narrow(counts, {"kind": key, "plan": plan})) for plan in plans]
        if any(numbers):
            cells = [
                Cell(
                    str(number),
                    url_for("data.findings", kind=key, plan=plan) if number else "",
                    is_number=True,
                    detail=f"{kind.name}, {plan}",
                )
                for number, plan in zip(numbers, plans, strict=True)
            ]
            name = Cell(kind.name, url_for("data.findings", kind=key))
            rows.append(SheetRow((name, *cells, Cell(str(sum(numbers)), is_number=True)), kind.iri))
    columns = ("Kind", *plans, "All")
    return Sheet("cyppgraph-findings-by-kind", "Findings by kind and plan", columns, rows, url_for("data.counts_csv"))


def _locate(endpoint: str, asked: Mapping[str, str], page: int = 1) -> str:
    fields: dict[str, Any] = {**asked, **({"page": page} if page > 1 else {})}
    return url_for(endpoint, **fields)


def _read_wanted() -> dict[str, str]:
    return {name: request.args.get(name, "").strip()[:200] for name in FILTERS}


def _read_page() -> int:
    text = request.args.get("page", "") or "1"
    if not (text.isascii() and text.isdigit() and int(text[:9]) >= 1 and len(text) < 9):
        abort(404, "A page is a number from 1.")
    return int(text)


def _list_choices(
    kinds: Mapping[str, Kind], counts: Sequence[Count], wanted: Mapping[str, str]
) -> dict[str, list[tuple[str, str, int]]]:
    """Return for each filter its values, what they are called, and how many findings meet it."""
    names = {
        "plan": {each.plan: each.title or each.plan for each in counts},
        "kind": {key: kind.name for key, kind in kinds.items()},
        "severity": {each: each for each in SEVERITIES},
    }
    choices: dict[str, list[tuple[str, str, int]]] = {}
    for name, known in names.items():
        others = narrow(counts, {**wanted, name: ""})
        numbers = {value: sum(each.number for each in narrow(others, {name: value})) for value in known}
        if wanted[name] and wanted[name] not in known:
            known, numbers = {**known, wanted[name]: wanted[name]}, {**numbers, wanted[name]: 0}
        listed = [(value, known[value], numbers[value]) for value in known if numbers[value] or value == wanted[name]]
        choices[name] = sorted(listed, key=lambda each: each[1].casefold()) if name != "severity" else listed
    return choices
