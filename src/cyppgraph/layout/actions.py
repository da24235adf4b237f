"""The main cell of a row: actions, their steps, and the headings among them. In: segments. Out: handles.

A cell's list items and paragraphs are actions of their own; a numbered action with lettered steps is an action whose
steps are actions within it, and so is a numbered row whose words are followed by list items.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cyppgraph.documents import Mark, Segment, Text
from cyppgraph.layout.builder import Builder
from cyppgraph.layout.designations import without_designations
from cyppgraph.layout.levels import Structure
from cyppgraph.layout.profile import Layout
from cyppgraph.layout.tables import Table
from cyppgraph.phrases import Lettered, parse_number, split_actions, split_lettered
from cyppgraph.plan import Action, Certainty

_LIST_INSIDE = re.compile(r"\b(?:following|including|includes?)\s*:(?:\s+a\b[^:]{0,40})?$", re.IGNORECASE)
_STEP = re.compile(r"\(?([a-z]|[ivx]+)[).]*")


@dataclass(slots=True)
class Acts:
    """The actions of a row: ``tops`` stand under ``owner``, ``steps`` (by letter, if lettered) under a top."""

    owner: int | None
    tops: list[int] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)
    letters: dict[str, int] = field(default_factory=dict)

    @property
    def leaves(self) -> list[int]:
        """The steps where there are some, else the actions."""
        return self.steps or self.tops

    @property
    def all(self) -> list[int]:
        """Actions, then steps."""
        return self.tops + self.steps


class ActionReader:
    """Makes actions of main cells."""

    def __init__(self, builder: Builder, layout: Layout, structure: Structure) -> None:
        self.builder = builder
        self.layout = layout
        self.structure = structure
        self.last: int | None = None

    def read(self, segments: list[Segment], table: Table, row: int, number: Text | None) -> Acts:
        """The actions of a cell.

        Args:
            segments: the cell's segments, without codes and cross-references.
            table: the layout they stand in.
            row: the handle of the table row.
            number: the row's printed number, if it has a column of its own.
        """
        held = list(segments)
        if table.heads and held and held[0].mark is Mark.HEADING:
            head = held.pop(0)
            more = (number,) if number else ()
            self.structure.state(table.heads, head.text, *more, number=_plain_number(number))
            number = None
        acts = Acts(self.structure.here())
        if held:
            self._read_plain(held, table, row, number, acts)
        self.last = acts.tops[-1] if acts.tops else self.last
        return acts

    def _read_plain(self, held: list[Segment], table: Table, row: int, number: Text | None, acts: Acts) -> None:
        whole = Text.joined((segment.text for segment in held), separator="\n")
        lettered = split_lettered(str(whole))
        listed = _LIST_INSIDE.search(str(whole[: lettered.intro_end]))
        if lettered.parts and table.split and not listed:
            self._read_lettered(whole, lettered, table, row, number, acts)
        elif self._opens_steps(held, number):
            top = self._add(held[0].text, table, row, number, acts.owner)
            acts.tops.append(top)
            acts.steps += [self._add(s.text, table, row, None, top) for s in _with_their_lists(held[1:])]
        elif table.split:
            for segment in _with_their_lists(held):
                acts.tops += [self._add(t, table, row, None, acts.owner) for t in self._pieces(segment, table)]
            self._number_first(acts, number)
        else:
            acts.tops.append(self._add(whole, table, row, number, acts.owner))

    @staticmethod
    def _opens_steps(held: list[Segment], number: Text | None) -> bool:
        """Whether list items behind the first words are steps of them: in a numbered row, or behind a colon."""
        items = len(held) > 1 and held[0].mark is Mark.TEXT and held[1].mark is Mark.ITEM
        words = str(held[0].text)
        return items and (number is not None or (words.endswith(":") and not _LIST_INSIDE.search(words)))

    def _number_first(self, acts: Acts, number: Text | None) -> None:
        if number is not None and acts.tops:
            draft = self.builder[acts.tops[0]]
            draft.values["number"] = self._own_number(number, acts.owner)
            draft.texts.append(number)

    def _pieces(self, segment: Segment, table: Table) -> list[Text]:
        """A segment's actions: more than one only where the cell's bullets are lost."""
        if not table.run_on or segment.mark is Mark.ITEM:
            return [segment.text]
        return [segment.text[start:end].strip() for start, end in split_actions(str(segment.text))]

    def _read_lettered(
        self, whole: Text, lettered: Lettered, table: Table, row: int, number: Text | None, acts: Acts
    ) -> None:
        """An introduction, which is the action, and its lettered steps."""
        top: int | None = None if number is not None else self._last_top(acts.owner)
        intro = whole[lettered.intro_start : lettered.intro_end].strip()
        if intro:
            top = self._add(intro, table, row, number, acts.owner)
            acts.tops.append(top)
        end = lettered.intro_end
        for part in lettered.parts:
            above = self._number_above(top, number, acts.owner)
            step = self.builder.add(
                Action,
                whole[part.start : part.end].strip(),
                printed=whole[end : part.end].strip(),
                parent=top if top is not None else acts.owner,
                number=f"{above or ''}{part.letters[0]}",
                scope=self.structure.scope,
                row=row,
            )
            acts.steps.append(step)
            acts.letters.update(dict.fromkeys(part.letters, step))
            end = part.end

    def _last_top(self, owner: int | None) -> int | None:
        """The action before, under the same owner, that the steps of a row without number or words are steps of."""
        if self.last is not None and self.builder[self.last].values["parent"] == owner:
            return self.last if re.search(r"\d$", self.builder[self.last].values.get("number") or "") else None
        return None

    def _number_above(self, top: int | None, number: Text | None, owner: int | None) -> str | None:
        """What the letter of a step is put behind: the number of its action, its row, or the heading above it."""
        if top is not None or number is not None:
            return str(self.builder[top].values.get("number") or "") if top is not None else _plain_number(number)
        return self.builder[owner].values.get("number") if owner is not None else None

    def _own_number(self, number: Text | None, owner: int | None) -> str | None:
        """A row's number in full: "(ii)" under 5.1 is 5.1ii."""
        step = _STEP.fullmatch(str(number).strip()) if number else None
        above = self.builder[owner].values.get("number") if owner is not None else None
        return f"{above or ''}{step.group(1)}" if step else _plain_number(number)

    def _add(self, text: Text, table: Table, row: int, number: Text | None, owner: int | None) -> int:
        """One action: its number and its designations taken off its words."""
        words, printed, own = text, text, self._own_number(number, owner)
        if table.numbered and (found := parse_number(str(words))):
            own, words = found[0], words[found[1] :].strip()
        words, designations = without_designations(words, self.layout.words.designations)
        return self.builder.add(
            Action,
            words,
            *((number,) if number else ()),
            printed=printed,
            parent=owner,
            number=own,
            scope=self.structure.scope,
            row=row,
            designations=designations,
        )

    def objective_as_action(self, text: Text, row: int) -> Acts:
        """Where the action cell is blank, the objective's words are also the action: understood, not printed twice."""
        owner = self.structure.here()
        ref = self.builder.add(
            Action, text, parent=owner, scope=self.structure.scope, row=row, certainty=Certainty.INFERRED
        )
        return Acts(owner, [ref])


def _with_their_lists(segments: list[Segment]) -> list[Segment]:
    """Segments, one that opens a list ("including:", or a colon before words that are no items) together with it."""
    for i, segment in enumerate(segments[:-1]):
        opens = str(segment.text).endswith(":") and segments[i + 1].mark is not Mark.ITEM
        if opens or _LIST_INSIDE.search(str(segment.text)):
            whole = Text.joined(later.text for later in segments[i:])
            return [*segments[:i], Segment(whole, segment.mark)]
    return segments


def _plain_number(number: Text | None) -> str | None:
    """A number as it is printed in a column of its own, its closing full stop left out."""
    return re.sub(r"[.\s]+$", "", str(number)) if number else None
