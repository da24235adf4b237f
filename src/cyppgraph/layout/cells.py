"""A logical row as nodes: its groups, actions, measures, dates, leads, progress. In: a row. Out: nothing but nodes.

What the row does not pair is not paired: each of several actions carries the row's whole list, certainty "shared".
"""

from __future__ import annotations

import re

from cyppgraph.documents import Mark, Segment, Text
from cyppgraph.layout.actions import ActionReader, Acts
from cyppgraph.layout.assembly import LogicalRow, Part
from cyppgraph.layout.builder import Builder
from cyppgraph.layout.levels import Structure
from cyppgraph.layout.measures import MeasureReader
from cyppgraph.layout.nodes import Lettered, Nodes
from cyppgraph.layout.profile import Layout, Role
from cyppgraph.phrases import parse_cross_references, parse_number, parse_progress
from cyppgraph.plan import Certainty, Outcome, Progress, ProgressStatus, Reference

_NUMBER_ONLY = re.compile(r"^\d+(\.\d+)*\.?$")


class RowReader:
    """Makes nodes of logical rows."""

    def __init__(self, builder: Builder, layout: Layout, structure: Structure, nodes: Nodes) -> None:
        self.builder = builder
        self.layout = layout
        self.structure = structure
        self.nodes = nodes
        self.actions = ActionReader(builder, layout, structure)
        self.measures = MeasureReader(builder, layout, structure, nodes)
        self.expected: list[tuple[int, str]] = []

    def read(self, row: LogicalRow) -> None:
        """Read one row into the plan."""
        ref = self._keep(row)
        self._state_groups(row)
        for group in row.new_groups:
            if group.ref is not None:
                self.builder[group.ref].values.setdefault("row", ref)
        main, notes = self._without_codes_and_references(row, ref)
        if main:
            acts = self.actions.read(main, row.table, ref, row.number)
        elif self._has(row, "action") and row.new_groups and not row.main:
            acts = self.actions.objective_as_action(row.new_groups[-1].text, ref)
        else:
            acts = Acts(self.structure.here())
        for note in notes:
            holder = acts.tops[-1] if acts.tops else acts.owner
            if holder is not None:
                self._describe(note, holder)
        self._read_measures(row, acts, ref)
        self._read_dues(row, acts)
        self._read_leads(row, acts)
        self._read_progress(row, acts)
        self._read_delivery(row, acts)
        if acts.all and row.table.heads and (head := self.structure.at(row.table.heads)) is not None:
            self._inherit_from_head(row, acts, head)
        for action in acts.all:
            self.measures.targets_of_action(action)
            self._read_references(action)

    def _keep(self, row: LogicalRow) -> int:
        """The row verbatim."""
        lines = Text.joined(cell.raw for printed, _ in row.printed for cell in printed.cells)
        return self.builder.add_row(lines, [cell for _, cells in row.printed for cell in cells])

    def _has(self, row: LogicalRow, role: Role) -> bool:
        return any(column.role == role for column in row.table.column)

    def _state_groups(self, row: LogicalRow) -> None:
        """Stand under the row's groups; a group that is only a number takes its words from the main cell."""
        if row.table.heads and (row.number is not None or row.new_groups) and not self._is_below_head(row):
            self.structure.leave(row.table.heads)
        later = [group for group in row.new_groups if group not in row.groups]
        for group in [*row.groups, *later, *(row.groups if later else [])]:
            if group.ref is not None:
                self.structure.enter(group.ref)
            elif _NUMBER_ONLY.match(str(group.text)) and row.main:
                words = Text.joined(segment.text for segment in row.main)
                number = str(group.text).rstrip(".")
                group.ref = self.structure.state(group.level, words, group.text, number=number)
            else:
                group.ref = self.structure.state(group.level, group.text)
            for note in group.notes:
                self._describe(note, group.ref)
            group.notes = []

    def _is_below_head(self, row: LogicalRow) -> bool:
        """Whether a row's number belongs under the heading above it: "(ii)", or longer than the heading's number."""
        head = self.structure.at(str(row.table.heads))
        if head is None or row.number is None:
            return False
        held, number = self.builder[head].values.get("number") or "0.0", str(row.number).strip(". ")
        return not number[:1].isdigit() or number.count(".") > held.count(".")

    def _describe(self, text: Text, ref: int) -> None:
        """Add words about an element that are no statement of their own."""
        draft = self.builder[ref]
        held = draft.values.get("description")
        draft.values["description"] = f"{held} {text}" if held else str(text)
        draft.texts.append(text)

    def _without_codes_and_references(self, row: LogicalRow, ref: int) -> tuple[list[Segment], list[Text]]:
        """The main cell without what is no action (coded indicators, cross-references), and its notes."""
        kept: list[Segment] = []
        notes: list[Text] = []
        for segment in row.main:
            owner = self.structure.here()
            if owner is not None and self._is_reference(segment.text):
                self._refer(segment.text, owner)
            elif owner is not None and self.measures.is_coded(segment.text):
                measures = self.measures.read(segment.text, owner, ref)
                self.builder[owner].extend("measures", *(m.ref for m in measures))
            elif segment.mark is Mark.NOTE:
                notes.append(segment.text)
            else:
                kept.append(segment)
        return kept, notes

    def _read_measures(self, row: LogicalRow, acts: Acts, ref: int) -> None:
        """Measures beside actions, each with its own date and lead where it stands in a row of its own."""
        for index, part in enumerate(row.parts):
            found: list[Lettered] = []
            holders = acts.all or ([acts.owner] if acts.owner is not None else [])
            owner = acts.tops[0] if len(acts.tops) == 1 else acts.owner
            for segment in part.of("measures"):
                if self._is_reference(segment.text) and holders:
                    self._refer(segment.text, holders[0])
                elif holders:
                    found += self.measures.read(segment.text, owner, ref)
            for measure in found:
                steps = [acts.letters[letter] for letter in measure.letters if letter in acts.letters]
                for holder in steps or holders:
                    self.builder[holder].extend("measures", measure.ref)
                self._place_measure(measure.ref, steps or holders, owner)
            if index and found:
                self._date_milestones(part, [measure.ref for measure in found])
            if self._has(row, "measures") and not index and not found and not any(p.of("measures") for p in row.parts):
                self.expected += [(action, "measure-missing") for action in acts.tops]

    def _place_measure(self, measure: int, holders: list[int], owner: int | None) -> None:
        """A measure stands under its one holder, else under what the holders share."""
        values = self.builder[measure].values
        values["parent"] = holders[0] if len(holders) == 1 else owner
        if len(holders) > 1 and values["parent"] not in holders:
            values["certainty"] = Certainty.SHARED

    def _date_milestones(self, part: Part, measures: list[int]) -> None:
        """A further row's date and lead belong to the measure that stands there."""
        dues = [d.ref for text in _texts(part, "due") for d in self.nodes.dues(text)]
        leads = [lead.ref for text in _texts(part, "lead") for lead in self.nodes.leads(text, self._project())]
        for measure in measures:
            self.builder[measure].extend("due", *dues)
            self.builder[measure].extend("leads", *leads)
        part.cells = {role: s for role, s in part.cells.items() if role not in ("due", "lead")}

    def _project(self) -> int | None:
        return next((ref for ref in self.nodes.managers if self.structure.stands_under(ref)), None)

    def _read_dues(self, row: LogicalRow, acts: Acts) -> None:
        by_part = [[self.nodes.dues(text) for text in _texts(part, "due")] for part in row.parts]
        if not acts.all:
            if acts.owner is not None:
                self._hang("due", [d.ref for texts in by_part for dues in texts for d in dues], [acts.owner])
            return
        self._deal(row, acts, "due", by_part)
        for action in acts.all:
            if not self.builder[action].values.get("due"):
                if self._has(row, "due"):
                    self._expect_date(action, acts)
                else:
                    text = self.builder[action].texts[0]
                    self.builder[action].extend("due", *self.nodes.deadlines(text))

    def _expect_date(self, action: int, acts: Acts) -> None:
        dated = any(self.builder[m].values.get("due") for m in self.builder[action].values.get("measures", []))
        if not dated and not (action in acts.tops and acts.steps):
            self.expected.append((action, "due-missing"))

    def _read_leads(self, row: LogicalRow, acts: Acts) -> None:
        project = self._project()
        by_part = [[self.nodes.leads(text, project) for text in _texts(part, "lead")] for part in row.parts]
        outcome = self._outcome(acts)
        if outcome is not None:
            self._hang("leads", [lead.ref for texts in by_part for leads in texts for lead in leads], [outcome])
            for action in acts.all:
                inherited = [self._inherit(lead) for lead in self.builder[outcome].values.get("leads", [])]
                self.builder[action].extend("leads", *inherited)
            return
        if not acts.all:
            if acts.owner is not None:
                self._hang("leads", [x.ref for texts in by_part for leads in texts for x in leads], [acts.owner])
            return
        self._deal(row, acts, "leads", by_part)
        head = self.structure.at(row.table.heads) if row.table.heads else None
        if head is not None and not any(by_part):
            for action in acts.all:
                inherited = [self._inherit(lead) for lead in self.builder[head].values.get("leads", [])]
                self.builder[action].extend("leads", *inherited)
        if self._has(row, "lead"):
            for action in acts.all:
                if not self.builder[action].values.get("leads") and not self._led_by_measures(action):
                    self.builder[action].extend("leads", self.nodes.no_lead(self.builder[action].texts[0]))
                    self.expected.append((action, "lead-missing"))

    def _led_by_measures(self, action: int) -> bool:
        return any(self.builder[m].values.get("leads") for m in self.builder[action].values.get("measures", []))

    def _outcome(self, acts: Acts) -> int | None:
        owner = acts.owner
        return owner if owner is not None and self.builder[owner].kind is Outcome else None

    def _inherit(self, lead: int) -> int:
        """A copy of an outcome's lead for one of its actions."""
        draft = self.builder[lead]
        values = {**draft.values, "certainty": Certainty.INHERITED}
        values.pop("statement")
        copy = self.builder.add(draft.kind, draft.texts[0], **values)
        self.builder[copy].values["statement"] = draft.statement
        return copy

    def _inherit_from_head(self, row: LogicalRow, acts: Acts, head: int) -> None:
        """What is printed once beside a heading holds for the actions under it whose rows print none."""
        roles: tuple[tuple[str, Role], ...] = (("measures", "measures"), ("delivered_through", "delivered"))
        for name, role in roles:
            held = self.builder[head].values.get(name, [])
            if held and not any(part.cells.get(role) for part in row.parts):
                self._hang(name, held, acts.all)
                for ref in held:
                    self._doubt(ref, Certainty.SHARED)

    def _hang(self, name: str, refs: list[int], holders: list[int]) -> None:
        for holder in holders:
            self.builder[holder].extend(name, *refs)

    def _deal(self, row: LogicalRow, acts: Acts, name: str, by_part: list[list[list[Lettered]]]) -> None:
        """Give dates or leads to the actions that the row shows them for, to all where it shows none."""
        texts = [items for part in by_part for items in part]
        items = [item for text in texts for item in text]
        leaves = acts.leaves
        if acts.letters and any(item.letters for item in items):
            for item in items:
                steps = [acts.letters[letter] for letter in item.letters if letter in acts.letters]
                self._hang(name, [item.ref], steps or acts.tops)
            return
        paired = self._pairs(row, len(leaves), by_part, texts, items)
        if paired is None:
            self._hang(name, [item.ref for item in items], acts.all)
            if len(leaves) > 1:
                for item in items:
                    self._doubt(item.ref, Certainty.SHARED)
            return
        for leaf, refs in zip(leaves, paired, strict=True):
            self._hang(name, refs, [leaf])
        if acts.steps and not acts.letters:
            self._hang(name, [item.ref for item in items], acts.tops)

    def _pairs(
        self,
        row: LogicalRow,
        count: int,
        by_part: list[list[list[Lettered]]],
        texts: list[list[Lettered]],
        items: list[Lettered],
    ) -> list[list[int]] | None:
        """What goes with each of ``count`` actions: by printed row, else in order where the layout says so."""
        if count < 2:
            return None
        if len(by_part) == count and all(by_part):
            return [[item.ref for text in part for item in text] for part in by_part]
        if not row.table.pair or len(by_part) > 1:
            return None
        apart = [[item] for item in items] if all(item.apart for item in items) else []
        for held in (texts, apart):
            if len(held) == count:
                for item in items:
                    self._doubt(item.ref, Certainty.INFERRED)
                return [[item.ref for item in group] for group in held]
        return None

    def _doubt(self, ref: int, certainty: Certainty) -> None:
        if self.builder[ref].values.get("certainty", Certainty.STATED) is Certainty.STATED:
            self.builder[ref].values["certainty"] = certainty

    def _read_progress(self, row: LogicalRow, acts: Acts) -> None:
        text = Text.joined(t for part in row.parts for t in _texts(part, "progress"))
        if not text or not acts.all:
            return
        statuses = [ProgressStatus(found.status) for found in parse_progress(str(text))]
        for action in acts.all:
            ref = self.builder.add(
                Progress,
                text,
                parent=action,
                statuses=statuses or [ProgressStatus.OTHER],
                row=self.builder[action].values.get("row"),
                certainty=Certainty.SHARED if len(acts.leaves) > 1 else Certainty.STATED,
            )
            self.builder[action].extend("progress", ref)

    def _read_delivery(self, row: LogicalRow, acts: Acts) -> None:
        holders = acts.all or ([acts.owner] if acts.owner is not None else [])
        texts = [text for part in row.parts for text in _texts(part, "delivered")]
        if row.table.pair and len(acts.leaves) == len(texts) > 1:
            for leaf, text in zip(acts.leaves, texts, strict=True):
                ref = self.builder.add(Reference, text, label=str(text), certainty=Certainty.INFERRED)
                self._hang("delivered_through", [ref], [leaf])
            return
        for part in row.parts:
            for text in _texts(part, "delivered"):
                certainty = Certainty.SHARED if len(acts.leaves) > 1 else Certainty.STATED
                ref = self.builder.add(Reference, text, label=str(text), certainty=certainty)
                self._hang("delivered_through", [ref], holders)

    @staticmethod
    def _is_reference(text: Text) -> bool:
        found = parse_cross_references(str(text))
        return len(found) == 1 and len(str(text)) - (found[0].end - found[0].start) <= 2

    def _refer(self, text: Text, owner: int) -> None:
        for found in parse_cross_references(str(text)):
            words = text[found.start : found.end]
            ref = self.builder.add(Reference, words, number=found.number, label=found.label)
            self.builder[owner].extend("refers_to", ref)

    def _read_references(self, action: int) -> None:
        text = self.builder[action].texts[0]
        if parse_number(str(text)) is None or not self._is_reference(text):
            self._refer(text, action)


def _texts(part: Part, role: Role) -> list[Text]:
    return [segment.text for segment in part.of(role)]
