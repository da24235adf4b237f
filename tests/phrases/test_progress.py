"""Progress columns."""

from __future__ import annotations

import pytest

from cyppgraph.phrases import parse_progress


@pytest.mark.parametrize(
    ("text", "statuses"),
    [
        ("complete", ["complete"]),
        ("Completed", ["complete"]),
        ("Complete In progress", ["complete", "in progress"]),
        ("in progress", ["in progress"]),
        ("In progress In progress In progress", ["in progress"] * 3),
        ("Not Started", ["not started"]),
        ("Not yet complete", ["in progress"]),
        ("In consultation", ["in consultation"]),
        ("Paused", ["other"]),
        ("", []),
        (" - ", []),
    ],
)
def test_each_statement_of_progress_is_read(text: str, statuses: list[str]) -> None:
    assert [p.status for p in parse_progress(text)] == statuses
