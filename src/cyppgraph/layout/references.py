"""Pointers to other parts of the plan ("see also 2.4.1"). In: texts. Out: references, resolved when all is read."""

from __future__ import annotations

from collections.abc import Mapping

from cyppgraph.documents import Text
from cyppgraph.findings import Severity
from cyppgraph.layout.builder import Builder
from cyppgraph.layout.matching import bears
from cyppgraph.phrases import parse_cross_references
from cyppgraph.plan import Commitment, Element, Reference, Theme


class ReferenceReader:
    """Makes references of what points elsewhere."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.titles: dict[int, str] = {}

    @staticmethod
    def is_reference(text: Text) -> bool:
        """Whether a text is nothing but one pointer."""
        found = parse_cross_references(str(text))
        return len(found) == 1 and len(str(text)) - (found[0].end - found[0].start) <= 2

    def read(self, text: Text, owner: int) -> None:
        """Give an element the references that stand in a text of its."""
        for found in parse_cross_references(str(text)):
            words = text[found.start : found.end]
            ref = self.builder.add(Reference, words, number=found.number, label=found.label)
            if found.title:
                self.titles[ref] = found.title
            self.builder[owner].extend("refers_to", ref)


def resolve_references(builder: Builder, titles: Mapping[int, str]) -> None:
    """Point each reference at the element that bears its number, or its title's words, in its own part if it can be.

    Args:
        builder: the nodes in the making.
        titles: the titles that references quote, by the references' handles.
    """
    owners = {
        ref: draft.ref
        for draft in builder.drafts
        for ref in (*draft.values.get("refers_to", []), *draft.values.get("delivered_through", []))
    }
    for ref, title in titles.items():
        part = builder.top(owners.get(ref))
        bearers = [d for d in builder.drafts if issubclass(d.kind, (Theme, Commitment)) and bears(d.statement, title)]
        ranked = sorted((builder.top(d.ref) != part, len(d.statement), d.ref) for d in bearers)
        if ranked:
            builder[ref].values["to"] = ranked[0][-1]
        else:
            builder[ref].values["label"] = title
    for draft in builder.drafts:
        number = draft.values.get("number")
        if draft.kind is not Reference or number is None:
            continue
        part = builder.top(owners.get(draft.ref))
        bearers = [d for d in builder.drafts if issubclass(d.kind, Element) and d.values.get("number") == number]
        ranked = sorted((builder.top(d.ref) != part, d.kind is Theme, d.ref) for d in bearers)
        if ranked:
            draft.values["to"] = ranked[0][-1]
        else:
            message = f"“{draft.statement}” points to {number}, which nothing in the plan bears."
            lines = builder.lines_of(draft.ref)
            builder.finding("cross-reference-broken", Severity.WARNING, lines, message, draft.ref)
