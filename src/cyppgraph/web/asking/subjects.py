"""Saved questions by subject. In: questions with their tags. Out: groups, those to begin with first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cyppgraph.queries import Question

FIRST = "to begin with"
"""The tag of the questions that are shown before all others."""
_UNTAGGED = "other"


def group_by_subject(questions: Sequence[Question]) -> tuple[Sequence[Question], Mapping[str, Sequence[Question]]]:
    """Return the questions to begin with, and all by their other tags, in the order in which these first come up."""
    groups: dict[str, list[Question]] = {}
    for question in questions:
        for tag in question.tags or (_UNTAGGED,):
            groups.setdefault(tag, []).append(question)
    return groups.pop(FIRST, ()), groups
