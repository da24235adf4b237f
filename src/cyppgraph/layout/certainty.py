"""What is less sure than it looks. In: the nodes in the making, and what plan.toml says of broken lines. Out: marks.

Words that a patch had to move or complete, and measures that seem to stand in the wrong row, are not passed off as
stated: the patch or the defect says how sure they are.
"""

from __future__ import annotations

from cyppgraph.layout.builder import Builder, Draft
from cyppgraph.layout.profile import Layout
from cyppgraph.layout.tables import Lines
from cyppgraph.plan import Certainty, Measure


def lower_certainty(builder: Builder, layout: Layout) -> None:
    """Mark every node whose words stand on lines that a patch or a defect says are less sure."""
    for patch in layout.patch:
        if patch.certainty:
            for draft in builder.drafts:
                if _stands_on(draft, patch.lines):
                    _lower(draft, Certainty(patch.certainty))
    for defect in layout.defect:
        if defect.measures:
            for draft in builder.drafts:
                if draft.kind is Measure and _stands_on(draft, defect.lines):
                    _lower(draft, Certainty(defect.measures))


def not_shifted(expected: list[tuple[int, str]], builder: Builder, layout: Layout) -> list[tuple[int, str]]:
    """What can be missed: not what may stand a row higher or lower, where cells are shifted.

    In and out: handles of elements, and the kind of finding for what their row does not print.
    """
    shifted = [patch.lines for patch in layout.patch if patch.finding == "cells-shifted"]
    shifted += [defect.lines for defect in layout.defect if defect.kind == "cells-shifted"]
    return [(ref, kind) for ref, kind in expected if not any(_stands_on(builder[ref], lines) for lines in shifted)]


def _stands_on(draft: Draft, lines: Lines) -> bool:
    held = {line for text in draft.texts for line in text.lines}
    return bool(held) and all(line in lines for line in held)


def _lower(draft: Draft, certainty: Certainty) -> None:
    """Doubtful outweighs all; what is less than stated already stays as it is otherwise."""
    held = draft.values.get("certainty", Certainty.STATED)
    if certainty is Certainty.DOUBTFUL or held is Certainty.STATED:
        draft.values["certainty"] = certainty
