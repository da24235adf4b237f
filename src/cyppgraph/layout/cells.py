"""A logical row as nodes: its groups, actions, measures, dates, leads, progress. In: a row. Out: nothing but nodes.

What the row does not pair is not paired: each of several actions carries the row's whole list, certainty "shared".
"""

from __future__ import annotations

import re

from cyppgraph.documents import Mark, Segment, Text
from cyppgraph.layout.actions import ActionReader, Acts
from cyppgraph.layout.assembly import LogicalRow
from cyppgraph.layout.builder import Builder
from cyppgraph.layout.levels import Structure
from cyppgraph.layout.measures import MeasureReader
from cyppgraph.layout.milestones import Milestones
from cyppgraph.layout.nodes import Lettered, Nodes
from cyppgraph.layout.profile import Layout
from cyppgraph.layout.references import ReferenceReader
from cyppgraph.layout.sharing import Sharing
from cyppgraph.layout.tables import Role
from cyppgraph.phrases import parse_progress
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
        self.references = ReferenceReader(builder)
        self.sharing = Sharing(builder)
        self.milestones = Milestones(builder, nodes, self.sharing)
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
                self.builder.describe(holder, note)
        self.measures.hint = self.builder[acts.tops[0]].statement if len(acts.tops) == 1 else None
        self._read_measures(row, acts, ref)
        self._read_dues(row, acts)
        self._read_leads(row, acts)
        self._read_progress(row, acts)
        self._read_delivery(row, acts)
        if acts.all and row.table.heads and (head := self.structure.at(row.table.heads)) is not None:
            self._inherit_from_head(row, acts, head)
        for action in acts.all:
            self.measures.targets_of_action(action)
            self.references.read(self.builder[action].texts[0], action)

    def _keep(self, row: LogicalRow) -> int:
        """The row verbatim."""
        cells = [cell for _, printed in row.printed for cell in printed]
        return self.builder.add_row(Text.joined(text for _, text in cells), cells)

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
                self.builder.describe(group.ref, note)
            group.notes = []

    def _is_below_head(self, row: LogicalRow) -> bool:
        """Whether a row's number belongs under the heading above it: "(ii)", or longer than the heading's number."""
        head = self.structure.at(str(row.table.heads))
        if head is None or row.number is None:
            return False
        held, number = self.builder[head].values.get("number") or "0.0", str(row.number).strip(". ")
        return not number[:1].isdigit() or number.count(".") > held.count(".")

    def _without_codes_and_references(self, row: LogicalRow, ref: int) -> tuple[list[Segment], list[Text]]:
        """The main cell without what is no action (coded indicators, cross-references), and its notes."""
        kept: list[Segment] = []
        notes: list[Text] = []
        for segment in row.main:
            owner = self.structure.here()
            if owner is not None and self.references.is_reference(segment.text):
                self.references.read(segment.text, owner)
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
        printed = 0
        for index, part in enumerate(row.parts):
            found: list[Lettered] = []
            holders = acts.all or ([acts.owner] if acts.owner is not None else [])
            owner = acts.tops[0] if len(acts.tops) == 1 else acts.owner
            for segment in part.of("measures"):
                if self.references.is_reference(segment.text) and holders:
                    self.references.read(segment.text, holders[0])
                elif holders:
                    found += self.measures.read(segment.text, owner, ref)
            for measure in found:
                steps = [acts.letters[letter] for letter in measure.letters if letter in acts.letters]
                for holder in steps or holders:
                    self.builder[holder].extend("measures", measure.ref)
                self.references.read(self.builder[measure.ref].texts[0], measure.ref)
                self.milestones.place(measure.ref, steps or holders, owner)
            if index and found:
                self.milestones.date_milestones(part, self._project(), [measure.ref for measure in found])
            elif found and any(later.of("measures") for later in row.parts[index + 1 :]):
                self.milestones.date_first(part, [measure.ref for measure in found])
            elif len(found) > 1:
                self.milestones.date_measures(part, [measure.ref for measure in found])
            printed += len(found)
        if self._has(row, "measures") and not printed:
            self.expected += [(action, "measure-missing") for action in acts.tops]

    def _project(self) -> int | None:
        return next((ref for ref in self.nodes.managers if self.structure.stands_under(ref)), None)

    def _read_dues(self, row: LogicalRow, acts: Acts) -> None:
        by_part = [[self.nodes.dues(text) for text in part.texts("due")] for part in row.parts]
        if not acts.all:
            if acts.owner is not None:
                self.sharing.hang("due", _refs(by_part), [acts.owner])
            return
        self.sharing.deal(row, acts, "due", by_part)
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
        by_part = [[self.nodes.leads(text, project) for text in part.texts("lead")] for part in row.parts]
        outcome = self._outcome(acts)
        if outcome is not None:
            self.sharing.hang("leads", _refs(by_part), [outcome])
            for action in acts.all:
                self._inherit_leads(action, outcome)
            return
        if not acts.all:
            if acts.owner is not None:
                self.sharing.hang("leads", _refs(by_part), [acts.owner])
            return
        self.sharing.deal(row, acts, "leads", by_part)
        head = self.structure.at(row.table.heads) if row.table.heads else None
        if head is not None and not any(by_part):
            for action in acts.all:
                self._inherit_leads(action, head)
        if self._has(row, "lead"):
            for action in acts.all:
                stepped = action in acts.tops and any(self.builder[step].values.get("leads") for step in acts.steps)
                if not stepped and not self.builder[action].values.get("leads") and not self._led_by_measures(action):
                    self.builder[action].extend("leads", self.nodes.no_lead(self.builder[action].texts[0]))
                    self.expected.append((action, "lead-missing"))

    def _inherit_leads(self, action: int, above: int) -> None:
        """Who leads what an action stands under leads it too, by inheritance."""
        inherited = [self.sharing.inherit(lead) for lead in self.builder[above].values.get("leads", [])]
        self.builder[action].extend("leads", *inherited)

    def _led_by_measures(self, action: int) -> bool:
        return any(self.builder[m].values.get("leads") for m in self.builder[action].values.get("measures", []))

    def _outcome(self, acts: Acts) -> int | None:
        owner = acts.owner
        return owner if owner is not None and self.builder[owner].kind is Outcome else None

    def _inherit_from_head(self, row: LogicalRow, acts: Acts, head: int) -> None:
        """What is printed once beside a heading holds for the actions under it whose rows print none."""
        roles: tuple[tuple[str, Role], ...] = (("measures", "measures"), ("delivered_through", "delivered"))
        for name, role in roles:
            held = self.builder[head].values.get(name, [])
            if held and not any(part.cells.get(role) for part in row.parts):
                self.sharing.hang(name, held, acts.all)
                for ref in held:
                    self.sharing.doubt(ref, Certainty.SHARED)

    def _read_progress(self, row: LogicalRow, acts: Acts) -> None:
        """What the row says of progress: said several times over, it is one; several things are kept as printed."""
        text = Text.joined(t for part in row.parts for t in part.texts("progress"))
        if not text or not acts.all:
            return
        found = parse_progress(str(text))
        statuses = list(dict.fromkeys(ProgressStatus(phrase.status) for phrase in found)) or [ProgressStatus.OTHER]
        said = {str(text)[phrase.start : phrase.end].casefold() for phrase in found}
        words = text[found[0].start : found[0].end] if len(said) == 1 and len(found) > 1 else text
        for action in acts.all:
            shared = (acts.steps and action in acts.steps) or len(acts.tops) > 1
            ref = self.builder.add(
                Progress,
                words,
                printed=text,
                parent=action,
                statuses=statuses,
                row=self.builder[action].values.get("row"),
                certainty=Certainty.SHARED if shared else Certainty.STATED,
            )
            self.builder[action].extend("progress", ref)

    def _read_delivery(self, row: LogicalRow, acts: Acts) -> None:
        holders = acts.all or ([acts.owner] if acts.owner is not None else [])
        texts = [text for part in row.parts for text in part.texts("delivered")]
        if row.table.pair and len(acts.leaves) == len(texts) > 1 and not (acts.tops and acts.steps):
            for leaf, text in zip(acts.leaves, texts, strict=True):
                ref = self.builder.add(Reference, text, label=str(text), certainty=Certainty.INFERRED)
                self.sharing.hang("delivered_through", [ref], [leaf])
            return
        for part in row.parts:
            for text in part.texts("delivered"):
                certainty = Certainty.SHARED if len(acts.leaves) > 1 else Certainty.STATED
                ref = self.builder.add(Reference, text, label=str(text), certainty=certainty)
                self.sharing.hang("delivered_through", [ref], holders)


def _refs(by_part: list[list[list[Lettered]]]) -> list[int]:
    """The handles of all dates or leads of a row."""
    return [item.ref for texts in by_part for items in texts for item in items]
