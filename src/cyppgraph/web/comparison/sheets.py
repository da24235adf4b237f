"""How comparisons are laid out. In: counts, statements, pairs. Out: tables, each cell leading to what it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from flask import request, url_for

from cyppgraph.store import Edition
from cyppgraph.web.comparison.commitments import Commitment
from cyppgraph.web.comparison.later_plans import Pair, Succession
from cyppgraph.web.comparison.reading import Heading, Kind, PlanName, Statement
from cyppgraph.web.display.addresses import locate_document
from cyppgraph.web.display.sheets import Sheet, SheetRow
from cyppgraph.web.display.tables import Cell

_STATED = "Printed in the plan"
_COMMITMENT = ("Theme", "Stands under", "Number", "Commitment", "Line")


def lay_out_matrix(
    kind: Kind, plans: Sequence[PlanName], headings: Sequence[Heading], counts: Mapping[tuple[str, str], int]
) -> Sheet:
    """Return headings by plans: how many statements of a plan stand under each; aims below an outcome if any do."""
    own = {plan.iri for plan in plans}
    rows, used = [], {heading for heading, plan in counts if plan in own}
    for heading in headings:
        if not heading.is_top and heading.iri not in used:
            continue
        where = _locate("compare.statements", {kind.field: [heading.key], "plan": [plan.id for plan in plans]})
        cells = [Cell(heading.label, where)]
        for plan in plans:
            number = counts.get((heading.iri, plan.iri), 0)
            one = _locate("compare.statements", {kind.field: [heading.key], "plan": [plan.id]}) if number else ""
            detail = f"{heading.label}, {plan.name}" if number else ""
            cells.append(Cell(str(number), one, is_number=True, detail=detail))
        rows.append(SheetRow(cells, heading.iri))
    columns = [kind.one.capitalize(), *(plan.name for plan in plans)]
    caption = f"How many statements of each plan stand under each {kind.one}"
    return Sheet(f"plans-by-{kind.field}", caption, columns, rows, _csv())


def lay_out_totals(
    kind: Kind, plans: Sequence[PlanName], headings: Sequence[Heading], counts: Mapping[tuple[str, str], int]
) -> Sheet:
    """Return headings with how many statements of all plans stand under each, and how many plans have any."""
    totals, having = Counter[str](), Counter[str]()
    for (heading, _), number in counts.items():
        totals[heading] += number
        having[heading] += 1
    rows = [
        SheetRow(
            (
                Cell(each.label, _locate("compare.statements", {kind.field: [each.key]}) if totals[each.iri] else ""),
                Cell(str(totals[each.iri]), is_number=True),
                Cell(str(having[each.iri]), is_number=True),
            ),
            each.iri,
        )
        for each in headings
        if each.is_top or totals[each.iri]
    ]
    columns = (kind.one.capitalize(), f"Statements of all {len(plans)} plans", "Plans that have any")
    caption = f"How many statements of all plans stand under each {kind.one}"
    return Sheet(f"all-plans-by-{kind.field}", caption, columns, rows, _csv())


def lay_out_statements(
    edition: Edition, heading: Heading, plans: Sequence[PlanName], found: Sequence[Statement], unread: int = 0
) -> Sheet:
    """Return the statements of plans under a heading, with how each came to stand there.

    Args:
        edition: what is asked.
        heading: a topic or an outcome.
        plans: whose statements.
        found: those that were read.
        unread: how many there are beside these.
    """
    names = {plan.iri: plan.name for plan in plans}
    rows = [
        SheetRow(
            (
                Cell(names[each.plan]),
                Cell(each.kind),
                Cell(each.number),
                Cell(each.words, locate_document(each.iri, edition.namespaces)),
                Cell(each.under),
                Cell(each.line, is_number=True),
                Cell(_say_how(each)),
                Cell(each.confidence, is_number=True),
                Cell(each.reason),
            ),
            each.iri,
        )
        for each in found
    ]
    columns = ("Plan", "Kind", "Number", "Statement", "Under", "Line", "How known", "Confidence", "Reason")
    name = "-".join((heading.key, *(plan.id for plan in plans[:2])))
    return Sheet(name, f"What is said under “{heading.label}”", columns, rows, _csv(), unread)


def find_successions(plans: Sequence[PlanName]) -> list[tuple[PlanName, PlanName]]:
    """Return the earlier and later plans of one council each."""
    councils: dict[str, list[PlanName]] = {}
    for plan in plans:
        if plan.council:
            councils.setdefault(plan.council, []).append(plan)
    return [
        (one, other)
        for one in plans
        for other in councils.get(one.council, ())
        if one.council and one.starts < other.starts
    ]


def lay_out_succession(edition: Edition, earlier: PlanName, later: PlanName, known: Succession) -> Mapping[str, Sheet]:
    """Return what was taken up again with what belongs to it, what has no link, what is new, what was rejected."""
    words = (f"In {later.name}", "Kind", f"In {earlier.name}", "Kind", "Confidence", "Reader’s reason")
    kept = [_lay_out_pair(edition, pair) for pair in known.kept]
    rejected = [_lay_out_pair(edition, pair) for pair in known.rejected]
    names = {"earlier": (earlier, later, known.earlier), "later": (later, earlier, known.later)}
    sheets = {
        "kept": ("kept", "Pairs that a reader accepted", words, kept),
        "rejected": ("rejected", "Pairs that a reader rejected", words, rejected),
        "counts": ("commitments-counted", "Every commitment, counted once", *_count(earlier, later, known)),
    }
    for part, ending, which in (("dropped", "not-taken-up", "earlier"), ("new", "new", "later")):
        one, other, side = names[which]
        caption = f"Commitments of {one.name} that no accepted link joins with {other.name}, each with those under it"
        topics = f"Its topics, with how many statements of {other.name} share each"
        rows = [_lay_out_commitment(edition, each, _tell_topics(each, other)) for each in side.apart]
        sheets[part] = (ending, caption, (*_COMMITMENT, topics), rows)
        caption = f"Commitments of {one.name} without a link of their own that stand under or over what was kept"
        rows = [_lay_out_commitment(edition, each, Cell(each.standing)) for each in side.near]
        sheets[f"near-{which}"] = (f"near-what-was-kept-{one.id}", caption, (*_COMMITMENT, "What is known"), rows)
    return {
        part: Sheet(f"{earlier.id}-{later.id}-{ending}", caption, columns, rows, _part(part, (earlier.id, later.id)))
        for part, (ending, caption, columns, rows) in sheets.items()
    }


def _count(earlier: PlanName, later: PlanName, known: Succession) -> tuple[Sequence[str], list[SheetRow]]:
    counted = {
        "In a pair that a reader accepted": [len(side.linked) for side in (known.earlier, known.later)],
        "No link of their own, listed with what was kept": [len(side.near) for side in (known.earlier, known.later)],
        "Not linked, directly under a theme": [len(side.tops) for side in (known.earlier, known.later)],
        "Not linked, under one of those": [len(side.apart) - len(side.tops) for side in (known.earlier, known.later)],
        "All commitments": [known.earlier.total, known.later.total],
    }
    rows = [
        SheetRow([Cell(what), *(Cell(str(number), is_number=True) for number in numbers)])
        for what, numbers in counted.items()
    ]
    return ("Commitments", earlier.name, later.name), rows


def _lay_out_pair(edition: Edition, pair: Pair) -> SheetRow:
    cells = (
        Cell(pair.later_words, locate_document(pair.later, edition.namespaces)),
        Cell(pair.later_kind),
        Cell(pair.earlier_words, locate_document(pair.earlier, edition.namespaces)),
        Cell(pair.earlier_kind),
        Cell(pair.confidence, is_number=True),
        Cell(pair.reason),
    )
    return SheetRow(cells, pair.later)


def _lay_out_commitment(edition: Edition, each: Commitment, last: Cell) -> SheetRow:
    cells = (
        Cell(each.theme),
        Cell(each.parent_words, locate_document(each.parent, edition.namespaces) if each.parent else ""),
        Cell(each.number),
        Cell(each.words, locate_document(each.iri, edition.namespaces)),
        Cell(each.line, is_number=True),
        last,
    )
    return SheetRow(cells, each.iri)


def _tell_topics(each: Commitment, other: PlanName) -> Cell:
    shared = [f"{topic.label} ({topic.elsewhere})" for topic in each.topics]
    about = [topic for topic in each.topics if topic.elsewhere]
    where = url_for("compare.statements", topic=about[0].key, plan=other.id) if len(about) == 1 else ""
    return Cell("; ".join(shared) or "none was given", where)


def _say_how(each: Statement) -> str:
    if each.how:
        return _STATED if each.how.lower() == "stated" else f"{each.how} by a reader"
    return "Decided by a reader" if each.confidence else "Not said"


def _csv() -> str:
    return _locate(str(request.endpoint), request.args.to_dict(flat=False) | {"format": ["csv"]})


def _part(part: str, plans: tuple[str, str]) -> str:
    return url_for("compare.later", earlier=plans[0], later=plans[1], part=part, format="csv")


def _locate(endpoint: str, fields: Mapping[str, Sequence[str]]) -> str:
    return f"{url_for(endpoint)}?{urlencode(fields, doseq=True)}"
