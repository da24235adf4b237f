"""Collect a plan's nodes while a document is read. In: texts and what they are. Out: frozen nodes with handles."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, TypeVar

from cyppgraph.documents import Source, Text
from cyppgraph.findings import Finding, Severity
from cyppgraph.layout.passages import passages_of
from cyppgraph.plan import Certainty, Element, Node, Passage, SourceCell, SourceRow
from cyppgraph.where import Where

N = TypeVar("N", bound=Node)


@dataclass(slots=True)
class Draft:
    """A node in the making: its class, and the values of its fields so far."""

    kind: type[Node]
    ref: int
    values: dict[str, Any]
    texts: list[Text] = field(default_factory=list)

    @property
    def statement(self) -> str:
        """Its words so far."""
        return str(self.values["statement"])

    def extend(self, name: str, *refs: Any) -> None:
        """Add handles (or words) to a field, each once."""
        held: list[Any] = self.values.setdefault(name, [])
        held.extend(ref for ref in refs if ref not in held)


class Builder:
    """The nodes, rows and findings of one plan in the making."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.drafts: list[Draft] = []
        self.rows: dict[int, SourceRow] = {}
        self.findings: list[Finding] = []
        self.ignored: list[tuple[Text, str]] = []

    def add(self, node: type[Node], text: Text, /, *more: Text, printed: Text | None = None, **values: Any) -> int:
        """Add a node.

        Args:
            node: its class.
            text: its statement.
            more: further texts about it (labels, descriptions).
            printed: the statement as it is printed, with its number or code, if it has one.
            values: its other fields.

        Returns:
            Its handle.
        """
        draft = Draft(node, len(self.drafts), {"statement": str(text).replace("\n", " "), **values})
        draft.texts = [printed or text, *more]
        self.drafts.append(draft)
        return draft.ref

    def __getitem__(self, ref: int) -> Draft:
        return self.drafts[ref]

    def describe(self, ref: int, text: Text) -> None:
        """Add words about an element that are no statement of their own."""
        draft = self.drafts[ref]
        held = draft.values.get("description")
        draft.values["description"] = f"{held} {text}" if held else str(text)
        draft.texts.append(text)

    def add_row(self, lines: Text, cells: list[tuple[str, Text]]) -> int:
        """Keep a table row verbatim: each non-empty cell under its heading. Returns its handle."""
        ref = len(self.rows)
        kept = tuple(
            SourceCell(heading, passage) for heading, text in cells for passage in passages_of(text, self.source)
        )
        self.rows[ref] = SourceRow(ref, kept, passages_of(lines, self.source))
        return ref

    def finding(
        self, kind: str, severity: Severity, lines: tuple[int, int], message: str, target: int | None = None
    ) -> None:
        """Note a defect of the source."""
        where = Where(self.source.file, *lines)
        self.findings.append(Finding(kind, severity, where, message, target))

    def ignore(self, text: Text, why: str) -> None:
        """Note words that are knowingly left out, and why."""
        self.ignored.append((text, why))

    def first_on(self, first: int, last: int, kind: type[Element] = Element) -> int | None:
        """The first element of a kind that stands on some lines, if one does."""
        for draft in self.drafts:
            if issubclass(draft.kind, kind) and any(first <= n <= last for t in draft.texts for n in t.lines):
                return draft.ref
        return None

    def lines_of(self, ref: int) -> tuple[int, int]:
        """The first and last line that a node's texts stand on; (1, 1) if they stand nowhere."""
        lines = [line for text in self.drafts[ref].texts for line in text.lines] or [1]
        return min(lines), max(lines)

    def top(self, ref: int | None) -> int | None:
        """The highest element that an element stands under, itself if it stands directly under the plan."""
        while ref is not None and (parent := self.drafts[ref].values.get("parent")) is not None:
            ref = parent
        return ref

    def freeze(self) -> dict[int, Node]:
        """The finished nodes by handle: positions by printed order, passages from the texts."""
        self._place()
        nodes: dict[int, Node] = {}
        held = self._held()
        self.findings = [f for f in self.findings if self._concerns_kept(f, held)]
        for draft in self.drafts:
            if not issubclass(draft.kind, Element) and draft.ref not in held:
                continue
            values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in draft.values.items()}
            values.setdefault("certainty", Certainty.STATED)
            nodes[draft.ref] = draft.kind(ref=draft.ref, sources=self._sources(draft), **values)
        return nodes

    def _held(self) -> set[int]:
        """The handles that elements refer to: a date or lead that nothing has is no part of the plan."""
        names = ("due", "leads", "refers_to", "delivered_through")
        return {ref for draft in self.drafts for name in names for ref in draft.values.get(name, ())}

    def _concerns_kept(self, finding: Finding, held: set[int]) -> bool:
        ref = finding.target
        return ref is None or ref in held or issubclass(self.drafts[ref].kind, Element)

    def _sources(self, draft: Draft) -> tuple[Passage, ...]:
        passages = [p for text in draft.texts for p in passages_of(text, self.source)]
        return tuple(dict.fromkeys(passages))

    def _place(self) -> None:
        """Number the children of each parent in the order in which they are printed, kind by kind as they come."""
        siblings: dict[int | None, list[Draft]] = defaultdict(list)
        for draft in self.drafts:
            if issubclass(draft.kind, Element):
                siblings[draft.values["parent"]].append(draft)
        for drafts in siblings.values():
            drafts.sort(key=lambda d: (self.first_place(d.ref), d.ref))
            for position, draft in enumerate(drafts, start=1):
                draft.values["position"] = position

    def first_place(self, ref: int) -> tuple[int, int]:
        """Line and column of a node's first word."""
        places = (place for text in self.drafts[ref].texts for place in text.places())
        return next(places, (0, 0))
