"""Resolve "see also 2.4.1". In: references by number. Out: the same with the handle of what bears that number."""

from __future__ import annotations

from cyppgraph.findings import Severity
from cyppgraph.layout.builder import Builder
from cyppgraph.plan import Element, Reference


def resolve_references(builder: Builder) -> None:
    """Point each numbered reference at the element that bears its number, in its own part of the plan if it can be."""
    scopes = {
        ref: draft.values.get("scope", "")
        for draft in builder.drafts
        for ref in (*draft.values.get("refers_to", []), *draft.values.get("delivered_through", []))
    }
    for draft in builder.drafts:
        number = draft.values.get("number")
        if draft.kind is not Reference or number is None:
            continue
        bearers = [d for d in builder.drafts if issubclass(d.kind, Element) and d.values.get("number") == number]
        bearers.sort(key=lambda d: (d.values.get("scope", "") != scopes.get(draft.ref, ""), d.ref))
        if bearers:
            draft.values["to"] = bearers[0].ref
        else:
            message = f"{draft.statement!r} points to {number}, which nothing in the plan bears."
            lines = builder.lines_of(draft.ref)
            builder.finding("cross-reference-broken", Severity.WARNING, lines, message, draft.ref)
