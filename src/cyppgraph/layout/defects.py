"""Defects of a source that can be told from the plan read of it. In: a plan. Out: findings.

Rules, not opinions: each looks for one thing that a reader could check on the lines that the finding names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from cyppgraph.findings import Finding, Severity
from cyppgraph.plan import Action, Element, LeadStatus, Measure, Node, Plan, TimeKind
from cyppgraph.where import Where

_CUT_AT_END = re.compile(
    r"\b(?:to|of|the|and|or|for|in|with|by|on|from|that|which|a|an|their|including|across all)$", re.I
)
_EXPECTED = {
    "due-missing": "No date is printed for {what}.",
    "lead-missing": "Nobody is named to lead {what}.",
    "measure-missing": "No measure is printed for {what}.",
}


def find_defects(plan: Plan, expected: Iterable[tuple[int, str]]) -> list[Finding]:
    """All defects that the rules find.

    Args:
        plan: the plan as read.
        expected: handles of elements and the kind of what their row has a column for but does not print.
    """
    nodes: dict[int, Node] = {n.ref: n for n in (*plan.elements, *plan.dues, *plan.leads, *plan.references)}
    found = [
        _finding(plan, nodes[ref], kind, _EXPECTED[kind].format(what=_quoted(nodes[ref]))) for ref, kind in expected
    ]
    found += _dates(plan)
    found += _leads(plan)
    found += _numbers(plan)
    found += _texts(plan)
    found += _duplicates(plan)
    found += _codes(plan)
    return sorted(found, key=lambda f: (f.where.first_line or 0, f.kind, f.message))


def _quoted(node: Node) -> str:
    text = node.statement
    return f"“{text[:80]}…”" if len(text) > 80 else f"“{text}”"


def _finding(plan: Plan, node: Node, kind: str, message: str, severity: Severity = Severity.INFO) -> Finding:
    first = min((p.first_line for p in node.sources), default=1)
    last = min((p.last_line for p in node.sources), default=1)
    return Finding(kind, severity, Where(plan.document.file, first, last), message, node.ref)


def _dates(plan: Plan) -> Iterator[Finding]:
    """Dates outside the plan's period, and dates that run backwards within one cell."""
    for due in plan.dues:
        day = due.latest or due.earliest
        if day is not None and due.kind is TimeKind.BY and day < plan.starts:
            yield _finding(plan, due, "date-outside-period", f"“{due.statement}” lies before the plan begins.")
    by_ref = {due.ref: due for due in plan.dues}
    for element in plan.elements:
        dues = [by_ref[ref] for ref in element.due]
        days = [due.latest for due in dues if due.kind is TimeKind.BY and due.latest]
        if isinstance(element, Action) and len(days) > 1 and days != sorted(days):
            printed = ", then ".join(f"“{due.statement}”" for due in dues)
            yield _finding(plan, element, "date-order", f"The dates of {_quoted(element)} run backwards: {printed}.")


def _leads(plan: Plan) -> Iterator[Finding]:
    for lead in plan.leads:
        if lead.status is LeadStatus.TO_BE_CONFIRMED:
            yield _finding(plan, lead, "lead-to-be-confirmed", f"The lead is still open: “{lead.statement}”.")
        elif lead.initials and lead.person is None:
            message = f"The plan does not say whose initials “{lead.initials}” are."
            yield _finding(plan, lead, "initials-unresolved", message)


def _numbers(plan: Plan) -> Iterator[Finding]:
    """Numbers that the plan skips or prints twice among the children of one element."""
    children: dict[tuple[int | None, type[Element], str], list[Element]] = defaultdict(list)
    for element in plan.elements:
        if element.number is not None and not isinstance(element, Measure):
            children[(element.parent, type(element), element.scope)].append(element)
    for siblings in children.values():
        last = 0
        for element in siblings:
            tail = re.search(r"(\d+)$", element.number or "")
            if tail is None:
                continue
            value = int(tail.group(1))
            if value == last:
                yield _finding(plan, element, "number-repeated", f"The number {element.number} is printed twice.")
            elif value > last + 1:
                stem = (element.number or "")[: tail.start()]
                skipped = " and ".join(f"{stem}{n}" for n in range(last + 1, value))
                message = f"The number {skipped} is skipped: {element.number} comes next."
                yield _finding(plan, element, "number-skipped", message)
            last = max(last, value)


def _texts(plan: Plan) -> Iterator[Finding]:
    """Statements that begin or end in the middle of a sentence."""
    lower = [e for e in plan.elements if isinstance(e, Action) and e.statement[:1].islower()]
    usual = len(lower) > len([e for e in plan.elements if isinstance(e, Action)]) / 3
    starts_low = {e.ref for e in lower} if not usual else set()
    for element in plan.elements:
        text = element.statement.rstrip()
        if _CUT_AT_END.search(text):
            yield _finding(plan, element, "text-cut-off", f"The words break off: “…{text[-60:]}”.", Severity.WARNING)
        elif element.ref in starts_low and not re.match(r"e[A-Z]|i[A-Z]", text):
            yield _finding(plan, element, "text-cut-off", f"The words begin in mid-sentence: “{text[:60]}…”.")


def _duplicates(plan: Plan) -> Iterator[Finding]:
    """Actions that are printed twice in the same words."""
    seen: dict[str, Element] = {}
    for element in plan.elements:
        if isinstance(element, Action):
            words = re.sub(r"\W+", " ", element.statement).casefold().strip()
            first = seen.setdefault(words, element)
            if first is not element and first.row != element.row:
                line = min(p.first_line for p in first.sources)
                message = f"The same action stands at line {line} already: {_quoted(element)}."
                yield _finding(plan, element, "duplicate-action", message)


def _codes(plan: Plan) -> Iterator[Finding]:
    """One number of a code set for two things: printed with and without a letter, or twice with other titles."""
    measures = [e for e in plan.elements if isinstance(e, Measure) and e.code]
    bases: dict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        bases[re.sub(r"[a-z]$", "", measure.code or "")].append(measure)
    for base, held in bases.items():
        plain = [m for m in held if m.code == base]
        lettered = [m for m in held if m.code != base]
        conflict = bool(plain and lettered) or len({m.statement.casefold() for m in plain}) > 1
        for measure in plain if conflict else ():
            others = "; ".join(f"{m.code} {_quoted(m)}" for m in held if m is not measure)
            message = f"The code {base} is printed here for {_quoted(measure)}, but elsewhere as {others}."
            yield _finding(plan, measure, "code-conflict", message, Severity.WARNING)
