"""Who gets what a row prints once for several actions. In: actions, and dates or leads of their row. Out: relations.

What the row does not pair is not paired: each of several actions carries the row's whole list, certainty "shared".
"""

from __future__ import annotations

from cyppgraph.layout.actions import Acts
from cyppgraph.layout.assembly import LogicalRow
from cyppgraph.layout.builder import Builder, Draft
from cyppgraph.layout.nodes import Lettered
from cyppgraph.plan import Certainty


class Sharing:
    """Hangs nodes on elements, and marks how sure that is."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder

    def hang(self, name: str, refs: list[int], holders: list[int]) -> None:
        """Give all of some nodes to all of some elements."""
        for holder in holders:
            self.builder[holder].extend(name, *refs)

    def doubt(self, ref: int, certainty: Certainty) -> None:
        """Mark a node that was taken for stated as less sure."""
        if self.builder[ref].values.get("certainty", Certainty.STATED) is Certainty.STATED:
            self.builder[ref].values["certainty"] = certainty

    def inherit(self, ref: int, certainty: Certainty = Certainty.INHERITED) -> int:
        """A copy of a date or lead for an action beneath what it is printed beside, as sure as ``certainty``.

        What is less than shared already, such as the person that initials are taken for, does not become surer by it.
        """
        draft = self.builder[ref]
        held = draft.values.get("certainty")
        if certainty is Certainty.SHARED and held in (Certainty.INFERRED, Certainty.DOUBTFUL):
            certainty = held
        values = {**draft.values, "certainty": certainty}
        values.pop("statement")
        copy = self.builder.add(draft.kind, draft.texts[0], *draft.texts[1:], **values)
        self.builder[copy].values["statement"] = draft.statement
        return copy

    def deal(self, row: LogicalRow, acts: Acts, name: str, by_part: list[list[list[Lettered]]]) -> None:
        """Give dates or leads to the actions that the row shows them for, to all where it shows none.

        An action has what its row prints; its steps have copies, shared or paired by inference.
        """
        texts = [items for part in by_part for items in part]
        items = [item for text in texts for item in text]
        if acts.letters and any(item.letters for item in items):
            for item in items:
                steps = [acts.letters[letter] for letter in item.letters if letter in acts.letters]
                self.hang(name, [item.ref], steps or acts.tops)
            return
        paired = self._pairs(row, len(acts.leaves), by_part, texts)
        stepwise = bool(acts.steps) and bool(acts.tops)
        if stepwise and not (paired and acts.letters):
            self.hang(name, [item.ref for item in items], acts.tops)
        if paired is not None:
            for leaf, refs in zip(acts.leaves, paired, strict=True):
                held = [self.inherit(ref, Certainty.INFERRED) for ref in refs] if stepwise else refs
                self.hang(name, held, [leaf])
                for ref in held:
                    self.doubt(ref, Certainty.INFERRED)
        elif stepwise:
            copies = [self.inherit(ref, Certainty.SHARED) for ref in self.distinct(items)]
            self.hang(name, copies, acts.steps)
        else:
            refs = self.distinct(items) if len(acts.leaves) > 1 else [item.ref for item in items]
            self.hang(name, refs, acts.leaves)
            for ref in refs if len(acts.leaves) > 1 else ():
                self.doubt(ref, Certainty.SHARED)

    def distinct(self, items: list[Lettered]) -> list[int]:
        """What a shared list holds, each thing once with all its passages: the same date, person, post or body."""
        kept: dict[tuple[object, ...], int] = {}
        for item in items:
            draft = self.builder[item.ref]
            words = draft.statement if _plain(draft) else ""
            key = (words, *(str(draft.values.get(name)) for name in _MEANING))
            if key in kept:
                self.builder[kept[key]].texts.extend(draft.texts)
            else:
                kept[key] = item.ref
        return list(kept.values())

    def _pairs(
        self, row: LogicalRow, count: int, by_part: list[list[list[Lettered]]], texts: list[list[Lettered]]
    ) -> list[list[int]] | None:
        """What goes with each of ``count`` actions: by printed row, else in order where the layout says so."""
        if count < 2:
            return None
        if len(by_part) == count and all(by_part):
            return [[item.ref for text in part for item in text] for part in by_part]
        if not row.table.pair or len(by_part) > 1:
            return None
        for held in (texts, in_groups([item for text in texts for item in text])):
            if len(held) == count:
                return [[item.ref for item in group] for group in held]
        return None


_MEANING = ("kind", "earliest", "latest", "frequency", "status", "person", "role", "body", "initials", "capacity")


def _plain(draft: Draft) -> bool:
    """Whether a node means no more than its words."""
    return not any(draft.values.get(name) for name in _MEANING[1:] if name != "status")


def in_groups(items: list[Lettered]) -> list[list[Lettered]]:
    """Dates or leads in the groups that separators join; nothing but space parts one group from the next."""
    groups: list[list[Lettered]] = []
    for item in items:
        if groups and not item.apart:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups
