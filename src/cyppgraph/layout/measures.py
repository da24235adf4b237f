"""Measures: what a cell of measures, outcomes or coded indicators states. In: segments. Out: handles."""

from __future__ import annotations

import re

from cyppgraph.documents import Text
from cyppgraph.layout.builder import Builder
from cyppgraph.layout.designations import without_designations
from cyppgraph.layout.levels import Structure
from cyppgraph.layout.nodes import Lettered, Nodes
from cyppgraph.layout.profile import Layout
from cyppgraph.phrases import CodePhrase, parse_codes, split_lettered, split_statements
from cyppgraph.plan import Measure

_UNSETTLED = re.compile(r"\W*(?:t\.?b\.?[cad]|to be (?:confirmed|agreed|decided))\W*", re.IGNORECASE)
_BASELINE_NOTE = re.compile(r"\(?\bbaseline to be (?:set|established|confirmed|agreed)\b.*$", re.IGNORECASE)


class MeasureReader:
    """Makes measures."""

    def __init__(self, builder: Builder, layout: Layout, structure: Structure, nodes: Nodes) -> None:
        self.builder = builder
        self.layout = layout
        self.structure = structure
        self.nodes = nodes
        self.hint: str | None = None
        self.schemes = {scheme.prefix: "" for scheme in layout.scheme}

    def codes(self, text: Text) -> list[CodePhrase]:
        """The coded indicators of a text."""
        return [code for code in parse_codes(str(text), self.schemes) if code.position != "mentioned"]

    def is_coded(self, text: Text) -> bool:
        """Whether a text begins with an indicator's code."""
        return any(code.position == "leading" and code.start == 0 for code in self.codes(text))

    def read(self, text: Text, owner: int | None, row: int | None) -> list[Lettered]:
        """The measures that a segment states, and the letters of the steps that they are printed for."""
        if codes := self.codes(text):
            return [Lettered(ref, ()) for ref in self._read_coded(text, codes, owner, row)]
        found: list[Lettered] = []
        lettered = split_lettered(str(text))
        end = lettered.intro_end
        for part in lettered.parts:
            if words := text[part.start : part.end].strip():
                found.append(Lettered(self._add(words, text[end : part.end].strip(), owner, row), part.letters))
            end = part.end
        if found:
            return found
        for start, end in split_statements(str(text)):
            words = text[start:end].strip()
            if _UNSETTLED.fullmatch(str(words)):
                self.builder.ignore(words, "a measure that the plan has still to settle")
            elif re.search(r"\w", str(words)):
                found.append(Lettered(self._add(words, words, owner, row), ()))
        return found

    def _add(self, words: Text, printed: Text, owner: int | None, row: int | None) -> int:
        words, names = without_designations(words, self.layout.words.designations)
        note = _BASELINE_NOTE.search(str(words))
        said = words[: note.start()].strip() if note and note.start() else words
        ref = self.builder.add(
            Measure,
            said,
            printed=printed,
            parent=owner,
            row=row,
            scope=self.structure.scope,
            designations=names,
        )
        if said is not words and note:
            self.builder[ref].values["description"] = note.group()
        self.builder[ref].extend("due", *self.nodes.deadlines(said))
        self.nodes.targets(said, ref, self.hint)
        return ref

    def _read_coded(self, text: Text, codes: list[CodePhrase], owner: int | None, row: int | None) -> list[int]:
        """Coded measures: each code with the title behind it, or before it where it stands in brackets."""
        refs: list[int] = []
        starts = [code.start if code.position == "leading" else None for code in codes]
        end = 0
        for i, code in enumerate(codes):
            if code.position == "leading":
                stop = next((s for s in starts[i + 1 :] if s is not None), len(text))
                whole, title = text[code.start : stop].strip(), text[code.end : stop].strip()
            else:
                whole, title = text[end : code.end].strip(" ,;.•"), text[end : code.start].strip(" ,;.•(")
            end = stop if code.position == "leading" else code.end
            title, names = without_designations(title, self.layout.words.designations)
            refs.append(
                self.builder.add(
                    Measure,
                    title,
                    printed=whole,
                    parent=owner,
                    row=row,
                    scope=self.structure.scope,
                    code=code.code,
                    scheme=code.scheme,
                    designations=names,
                )
            )
        return refs

    def targets_of_action(self, action: int) -> None:
        """The targets in an action's own words, but for those that its measures state already."""
        draft = self.builder[action]
        known = {
            (self.builder[target].values["value"], self.builder[target].values["unit"]): target
            for measure in draft.values.get("measures", [])
            for target in self.builder[measure].values.get("targets", [])
        }
        self.nodes.targets(draft.texts[0], action, skip=known)
        self._share_baseline(action, list(known.values()))

    def _share_baseline(self, action: int, targets: list[int]) -> None:
        """A measure that counts from "baseline" counts from the one that its action prints."""
        own = [self.builder[target].values for target in self.builder[action].values.get("targets", [])]
        printed = next((v["baseline_statement"] for v in own if v["baseline_statement"]), None)
        for target in targets:
            values = self.builder[target].values
            if printed and values["baseline_statement"] is None and "baseline" in str(values["statement"]).casefold():
                values["baseline_statement"] = printed
