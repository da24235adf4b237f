"""The plan's structure while it is read: themes, commitments and outcomes under the plan's own words.

In: texts at levels, in printed order. Out: their handles; a text that an element already bears in other words (a
priority in a list, and again over its table) is an alternative wording of that element, not a new one.
"""

from __future__ import annotations

from cyppgraph.documents import Text
from cyppgraph.findings import Severity
from cyppgraph.layout.builder import Builder
from cyppgraph.layout.matching import ALIKE, as_printed, likeness, same_words
from cyppgraph.layout.profile import Layout, Level
from cyppgraph.phrases import parse_number
from cyppgraph.plan import Commitment, Element, Outcome, OutcomeKind, Theme

_KINDS: dict[str, type[Element]] = {"theme": Theme, "commitment": Commitment, "outcome": Outcome}


class Structure:
    """Where the reader stands in the plan: the element of each level that what follows stands under."""

    def __init__(self, builder: Builder, layout: Layout) -> None:
        self.builder = builder
        self.layout = layout
        self.scope = ""
        self._here: dict[int, int] = {}

    def here(self, above: int | None = None) -> int | None:
        """The deepest element that we stand under, above level ``above`` if given; None directly under the plan."""
        depths = [depth for depth in self._here if above is None or depth < above]
        return self._here[max(depths)] if depths else None

    def at(self, term: str) -> int | None:
        """The element of one level that we stand under."""
        return self._here.get(self.layout.depth_of(term))

    def stands_under(self, ref: int) -> bool:
        """Whether we stand under an element."""
        return ref in self._here.values()

    def enter(self, ref: int) -> None:
        """Stand under an element, and under what that element stands under."""
        self._here = {}
        step: int | None = ref
        while step is not None:
            draft = self.builder[step]
            self._here[self.layout.depth_of(draft.values["term"])] = step
            step = draft.values["parent"]

    def leave(self, term: str) -> None:
        """Stand above a level again."""
        depth = self.layout.depth_of(term)
        self._here = {d: ref for d, ref in self._here.items() if d < depth}

    def state(self, term: str, text: Text, *more: Text, number: str | None = None) -> int:
        """An element of a level, new or known, and stand under it.

        Args:
            term: the level.
            text: its words, which may begin with its printed number.
            more: further texts about it (its number, the line it stands in).
            number: its number, if printed apart from its words.

        Returns:
            Its handle.
        """
        whole, text = text, text.strip(" ,;")
        if str(text).endswith(",."):
            text = text[:-2].strip(" ,;")
        if number is None and (found := parse_number(str(text))):
            number, text = found[0], text[found[1] :].strip()
        term = self._placed(term, number)
        depth = self.layout.depth_of(term)
        known = self._known(term, str(text), number, self.here(above=depth))
        if known is None:
            known = self._new(self.layout.level_of(term), text, whole, more, number)
        else:
            self._reword(known, text, (whole, *more), number)
        self.enter(known)
        return known

    def _placed(self, term: str, number: str | None) -> str:
        """Stand where ``[[under]]`` says for that number; the level that the element is of there."""
        for rule in self.layout.under:
            if rule.level != term or number is None or not rule.number.fullmatch(number):
                continue
            for draft in self.builder.drafts:
                if draft.values.get("term") == rule.level and same_words(draft.statement, rule.parent):
                    self.enter(draft.ref)
                    return rule.becomes
        return term

    def _new(self, level: Level, text: Text, whole: Text, more: tuple[Text, ...], number: str | None) -> int:
        kind = {"kind": OutcomeKind(level.outcome_kind or "benefit")} if level.kind == "outcome" else {}
        return self.builder.add(
            _KINDS[level.kind],
            text,
            *more,
            printed=whole,
            parent=self.here(above=self.layout.depth_of(level.term)),
            number=number,
            term=level.term,
            scope=self.scope,
            **kind,
        )

    def _known(self, term: str, text: str, number: str | None, parent: int | None) -> int | None:
        """The element of that level that bears these words already: under the same parent, else in the same theme."""
        if not text:
            return None
        best: tuple[float, bool, int] | None = None
        for draft in self.builder.drafts:
            if draft.values.get("term") != term or self._numbers_differ(draft.values.get("number"), number):
                continue
            if self.builder.top(draft.ref) != (
                self.builder.top(parent) if parent is not None else self.builder.top(draft.ref)
            ):
                continue
            wordings = [draft.statement, *draft.values.get("alternatives", [])]
            score = max(self._likeness(term, wording, text) for wording in wordings)
            candidate = (score, draft.values["parent"] == parent, -draft.ref)
            if score >= ALIKE and (best is None or candidate > best):
                best = candidate
        return -best[2] if best else None

    def _likeness(self, term: str, one: str, two: str) -> float:
        for same in self.layout.same:
            pair = (same.statement, same.also)
            if same.level == term and any(same_words(a, one) and same_words(b, two) for a, b in (pair, pair[::-1])):
                return 1.0
        return likeness(one, two)

    @staticmethod
    def _numbers_differ(one: str | None, two: str | None) -> bool:
        return one is not None and two is not None and one != two

    def _reword(self, ref: int, text: Text, more: tuple[Text, ...], number: str | None) -> None:
        """Add a wording to an element: the fullest is its statement, the others stand beside it."""
        draft = self.builder[ref]
        draft.texts.extend(more)
        if draft.values.get("number") is None:
            draft.values["number"] = number
        wordings = [draft.statement, *draft.values.get("alternatives", [])]
        if any(as_printed(wording) == as_printed(str(text)) for wording in wordings):
            return
        lines = sorted({line for t in more for line in t.lines}) or [1]
        if str(text)[:1].islower():
            message = f"“{text}” is the end of “{draft.statement}”: what stood before it is lost."
            self.builder.finding("text-cut-off", Severity.WARNING, (lines[0], lines[-1]), message, ref)
            return
        draft.values["statement"] = max([draft.statement, str(text)], key=len)
        draft.extend("alternatives", *[w for w in [*wordings, str(text)] if w != draft.statement])
        draft.values["alternatives"] = [w for w in draft.values["alternatives"] if w != draft.statement]
        self.builder.finding(
            "list-and-table-differ",
            Severity.INFO,
            (lines[0], lines[-1]),
            f"The {draft.values['term'].lower()} is worded “{text}” here and “{wordings[0]}” elsewhere.",
            ref,
        )
