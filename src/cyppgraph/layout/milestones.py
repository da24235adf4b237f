"""Measures with a date and a lead of their own. In: measures, and the part of a row they stand in. Out: relations.

A milestone that stands in a row of its own has that row's date and lead. Where one row prints as many dates as
measures they are dealt in order, by inference; else each measure has all of them, shared.
"""

from __future__ import annotations

from cyppgraph.documents import Text
from cyppgraph.layout.assembly import Part
from cyppgraph.layout.builder import Builder
from cyppgraph.layout.nodes import Lettered, Nodes
from cyppgraph.layout.sharing import Sharing, in_groups
from cyppgraph.layout.tables import Role
from cyppgraph.plan import Certainty


class Milestones:
    """Gives measures their dates, leads and place."""

    def __init__(self, builder: Builder, nodes: Nodes, sharing: Sharing) -> None:
        self.builder = builder
        self.nodes = nodes
        self.sharing = sharing

    def date_milestones(self, part: Part, project: int | None, measures: list[int]) -> None:
        """A further row's date and lead belong to the measures that stand there: in order where there are as many."""
        roles: tuple[tuple[Role, str], ...] = (("due", "due"), ("lead", "leads"))
        for role, name in roles:
            items = [item for text in part.texts(role) for item in self._items(role, text, project)]
            groups = in_groups(items)
            if len(groups) == len(measures) > 1:
                for measure, group in zip(measures, groups, strict=True):
                    self.builder[measure].extend(name, *(item.ref for item in group))
                    for item in group:
                        self.sharing.doubt(item.ref, Certainty.INFERRED)
                continue
            refs = self.sharing.distinct(items) if len(measures) > 1 else [item.ref for item in items]
            self.sharing.hang(name, refs, measures)
            for ref in refs if len(measures) > 1 else ():
                self.sharing.doubt(ref, Certainty.SHARED)
        part.cells = {role: s for role, s in part.cells.items() if role not in ("due", "lead")}

    def date_first(self, part: Part, measures: list[int]) -> None:
        """The first of several milestones has its row's date, as those below have theirs; the action has it too."""
        dues = [item for text in part.texts("due") for item in self.nodes.dues(text)]
        groups = in_groups(dues)
        dealt = len(groups) == len(measures)
        for measure, group in zip(measures, groups if dealt else [dues] * len(measures), strict=True):
            self.builder[measure].extend("due", *(item.ref for item in group))
            for item in group if len(measures) > 1 else ():
                self.sharing.doubt(item.ref, Certainty.INFERRED if dealt else Certainty.SHARED)

    def _items(self, role: Role, text: Text, project: int | None) -> list[Lettered]:
        return self.nodes.dues(text) if role == "due" else self.nodes.leads(text, project)

    def date_measures(self, part: Part, measures: list[int]) -> None:
        """Where a row prints as many dates as measures, each measure has its date, by inference; the action has all."""
        dues = [item for text in part.texts("due") for item in self.nodes.dues(text)]
        if len(dues) == len(measures) and all(due.apart for due in dues):
            for measure, due in zip(measures, dues, strict=True):
                self.builder[measure].extend("due", due.ref)
                self.sharing.doubt(due.ref, Certainty.INFERRED)

    def place(self, measure: int, holders: list[int], owner: int | None) -> None:
        """A measure stands under its one holder, else under what the holders share."""
        values = self.builder[measure].values
        values["parent"] = holders[0] if len(holders) == 1 else owner
        if len(holders) > 1 and values["parent"] not in holders:
            values["certainty"] = Certainty.SHARED
