"""Reading a plan's handles and codes. In: a plan. Out: what stands above an element, what is cited, coded and named."""

from __future__ import annotations

import re
from collections.abc import Container

from cyppgraph.errors import CyppgraphError
from cyppgraph.mapping.slugs import slug
from cyppgraph.plan import Element, FinanceLine, Measure, Passage, Plan

LOCAL_PART = "*"
"""What a prefix begins with that names an authority's own parts of a national set ("*NI")."""

_CODE = re.compile(r"\s*([^\W\d_]*)[\s.]*(.*?)\s*", re.DOTALL)


def kind_of(element: Element) -> str:
    """Return the name of an element's kind as it stands in IRIs."""
    return "finance-line" if isinstance(element, FinanceLine) else type(element).__name__.lower()


def ancestors(element: Element, by_ref: dict[int, Element], plan: str) -> list[int]:
    """Return the handles of the elements above an element, nearest first.

    Raises:
        CyppgraphError: where an element above is missing, or stands under itself.
    """
    above: list[int] = []
    parent = element.parent
    while parent is not None:
        if parent not in by_ref or parent in above or parent == element.ref:
            fault = "stands under itself" if parent in by_ref else f"stands under {parent}, which is no element"
            raise CyppgraphError(
                f"{plan}: the element {element.ref} ({element.statement[:60]!r}) {fault}. Correct its parent."
            )
        above.append(parent)
        parent = by_ref[parent].parent
    return above


def split_code(measure: Measure) -> tuple[str, str]:
    """Return the set and the rest of a measure's code: ("NI", "102a")."""
    code = measure.code or ""
    if measure.scheme and code.casefold().startswith(measure.scheme.casefold()):
        return measure.scheme, code[len(measure.scheme) :].strip()
    found = _CODE.fullmatch(code)
    prefix, rest = found.groups() if found else ("", code)
    return (measure.scheme, code) if measure.scheme else (prefix or "code", rest or code)


def has_code_conflict(plan: Plan) -> frozenset[int]:
    """Return the handles of the measures whose code means something else elsewhere."""
    return frozenset(f.target for f in plan.findings if f.target is not None and slug(f.kind) == "code-conflict")


def is_local_part(measure: Measure, plan: Plan, national: Container[str], conflicts: Container[int]) -> bool:
    """Whether a code is a lettered part of a national indicator as this plan letters it, not as the nation does."""
    prefix, rest = split_code(measure)
    lettered = re.fullmatch(r"\d+[a-z]", rest) is not None
    if not lettered or not any(scheme.national and scheme.prefix == prefix for scheme in plan.schemes):
        return False
    return measure.code not in national or measure.ref in conflicts


def cited_passages(plan: Plan) -> dict[Passage, None]:
    """Return every passage that something cites, in order, each once."""
    found: dict[Passage, None] = dict.fromkeys(plan.title_sources)
    for node in (*plan.elements, *plan.dues, *plan.leads, *plan.references):
        found.update(dict.fromkeys(node.sources))
    for scheme in plan.schemes:
        found.update(dict.fromkeys(scheme.passages))
    for row in plan.rows:
        if len(row.passages) > 1:
            found.update(dict.fromkeys(row.passages))
    return found


def finding_passages(plan: Plan) -> list[tuple[Passage, ...]]:
    """Return for each finding those passages of its target that stand on its lines; none where it has lines alone."""
    by_ref = {node.ref: node for node in (*plan.elements, *plan.dues, *plan.leads)}
    found: list[tuple[Passage, ...]] = []
    for finding in plan.findings:
        node, first = None if finding.target is None else by_ref.get(finding.target), finding.where.first_line
        last = finding.where.last_line or first
        if node is None or first is None or last is None:
            found.append(())
            continue
        found.append(tuple(p for p in node.sources if first <= p.first_line and p.last_line <= last))
    return found


def printed_names(plan: Plan) -> dict[str, list[str]]:
    """Return the printed names that get an IRI, in printed order."""
    found: dict[str, dict[str, None]] = {"role": {}, "person": {}, "body": {}, "term": {}, "external": {}}
    for lead in plan.leads:
        for name, text in (("role", lead.role), ("person", lead.person), ("body", lead.body)):
            if text:
                found[name][text] = None
    if plan.partnership:
        found["body"][plan.partnership] = None
    found["term"].update(dict.fromkeys(e.term for e in plan.elements if e.term))
    found["external"].update(dict.fromkeys(r.label for r in plan.references if r.label and r.to is None))
    return {name: list(texts) for name, texts in found.items()}
