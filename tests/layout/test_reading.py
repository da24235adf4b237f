"""A plan's folder becomes a typed plan: who, when, what document, and what the file itself knows to be amiss."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cyppgraph.errors import FaultyInputError
from cyppgraph.layout import read_plan
from cyppgraph.plan import Element

Read = Callable[[str, str], Any]
Write = Callable[[str, str], Path]

LAYOUT = """
[[table]]
column = [
    { heading = "Action", role = "action" },
    { heading = "Measure", role = "measures" },
    { heading = "Due", role = "due" },
    { heading = "Lead", role = "lead" },
]
"""
DOCUMENT = (
    "A plan\nAction | Measure | Due | Lead\nReview | Done | May 2012 | Ann Lee\nTrain | Done | June 2012 | Jo Ray\n"
)


def test_who_and_when_come_from_plan_toml(read: Read) -> None:
    """What the file says is what the plan is; the title is quoted from its lines."""
    plan = read(DOCUMENT, LAYOUT).plan
    assert (plan.id, plan.authority) == ("made-up-2011", "croydon")
    assert (plan.starts, plan.ends, plan.period_certainty) == (date(2011, 4, 1), date(2013, 3, 31), "stated")
    assert [(passage.first_line, passage.quote) for passage in plan.title_sources] == [(1, "A plan")]
    assert (plan.document.file, plan.document.lines) == ("made-up-2011/source.txt", 4)


def test_another_document_than_the_one_described_is_refused(write: Write) -> None:
    """A document that changed is not read with a layout made for another; the message has both checksums."""
    folder = write(DOCUMENT, LAYOUT)
    with (folder / "source.txt").open("a") as file:
        file.write("One more line\n")
    with pytest.raises(FaultyInputError) as caught:
        read_plan(folder)
    message = str(caught.value)
    assert message.startswith("made-up-2011/source.txt: the document's SHA-256 is ")
    assert "correct [document] sha256" in message


def test_a_document_that_is_not_there_is_refused(write: Write) -> None:
    """The file that plan.toml names is the one that the message names."""
    folder = write(DOCUMENT, LAYOUT)
    (folder / "source.txt").unlink()
    with pytest.raises(FaultyInputError, match=r"made-up-2011/source\.txt: cannot be read"):
        read_plan(folder)


def test_a_defect_that_a_reader_saw_is_a_finding(read: Read) -> None:
    """What no rule finds is told by plan.toml, with its lines."""
    defect = '[[defect]]\nkind = "separator-missing"\nlines = "3-4"\nmessage = "A comma is missing."\n'
    (finding,) = [f for f in read(DOCUMENT, LAYOUT + defect).plan.findings if f.kind == "separator-missing"]
    assert (finding.where.first_line, finding.where.last_line, finding.message) == (3, 4, "A comma is missing.")


@pytest.mark.xfail(reason="only the lines of patches are held against the document")
@pytest.mark.parametrize(
    "table",
    [
        '[[defect]]\nkind = "text-lost"\nlines = 900\nmessage = "x"\n',
        '[[lost]]\nbefore = 900\nmessage = "x"\n',
        '[[scheme]]\nprefix = "NI"\ntitle = "x"\nline = 900\n',
        '[[ignore]]\nlines = 900\nwhy = "x"\n',
    ],
    ids=["defect", "lost", "scheme", "ignore"],
)
def test_lines_that_the_document_does_not_have_are_refused(read: Read, table: str) -> None:
    """A finding cannot stand on line 900 of four, and a rule for line 900 does nothing."""
    with pytest.raises(FaultyInputError, match="900"):
        read(DOCUMENT, table + LAYOUT)


def test_handles_are_unique_and_lead_somewhere(read: Read) -> None:
    """Every relation of every element points at a node of the plan."""
    found = read(DOCUMENT, LAYOUT)
    total = sum(len(held) for held in (found.plan.elements, found.plan.dues, found.plan.leads, found.plan.references))
    assert len(found.nodes) == total
    rows = {row.ref for row in found.plan.rows}
    for element in found.plan.elements:
        assert element.parent is None or isinstance(found.nodes[element.parent], Element)
        assert element.row is None or element.row in rows
        for relation in ("due", "leads", "measures", "targets", "refers_to", "delivered_through"):
            assert {*getattr(element, relation)} <= {*found.nodes}


def test_positions_count_in_printed_order(read: Read) -> None:
    """The first action of the table is the first of its parent's children."""
    found = read(DOCUMENT, LAYOUT)
    assert (found["Review"].position, found["Train"].position) == (1, 2)


def test_every_node_has_a_source(read: Read) -> None:
    """Nothing is stated that the document does not say somewhere."""
    assert all(node.sources for node in read(DOCUMENT, LAYOUT).nodes.values())


@pytest.mark.parametrize("impossible", ["30/02/2012", "31/09/21", "June 1012"])
def test_an_impossible_date_sets_no_bound_and_is_a_finding(read: Read, impossible: str) -> None:
    """The print is kept, nothing is made of it, and the finding has its line."""
    found = read(DOCUMENT.replace("May 2012", impossible), LAYOUT)
    (due,) = found.of("Review", "due")
    assert (due.statement, due.kind, due.earliest, due.latest) == (impossible, "invalid", None, None)
    ((line, message),) = found.findings("impossible-date")
    assert line == 3
    assert impossible in message


def test_reading_twice_gives_the_same_plan(write: Write) -> None:
    """Nothing depends on the run."""
    folder = write(DOCUMENT, LAYOUT)
    assert read_plan(folder).plan == read_plan(folder).plan
