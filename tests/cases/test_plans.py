"""What must hold of every plan of this repository, whatever it says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cyppgraph.layout import Fate, Reading, measure_coverage
from cyppgraph.plan import Passage, Plan

REPOSITORY = Path(__file__).parents[2]
PLANS = sorted(path.parent.name for path in (REPOSITORY / "data" / "plans").glob("*/plan.toml"))
Read = Callable[[str], Reading]

each_plan = pytest.mark.parametrize("plan", PLANS)


def test_there_are_plans_to_judge() -> None:
    """Nothing below passes because nothing was looked at."""
    assert len(PLANS) >= 5


@each_plan
def test_every_word_of_every_table_is_accounted_for(reading: Read, plan: str) -> None:
    """No word is lost, and fewer than one in fifty is kept only as printed."""
    coverage = measure_coverage(reading(plan))
    assert coverage.counts[Fate.LOST] == 0, coverage.as_list()
    assert coverage.share(Fate.PRINTED) < 0.02, coverage.as_list()
    assert coverage.is_whole


def passages_of(plan: Plan) -> Iterator[Passage]:
    """Every passage that anything of a plan cites."""
    for node in (*plan.elements, *plan.dues, *plan.leads, *plan.references):
        yield from node.sources
    for row in plan.rows:
        yield from row.passages
        yield from (cell.passage for cell in row.cells)
    for scheme in plan.schemes:
        yield from scheme.passages
    yield from plan.title_sources


@each_plan
def test_every_quote_stands_in_its_lines(reading: Read, plan: str) -> None:
    """Read again, tags removed and white space collapsed, the lines hold the words, and the columns hold no others."""
    held = reading(plan)
    raw = held.document.source.lines
    lines = [" ".join(re.sub(r"</?[a-zA-Z][^<>]*>", "", line).split()) for line in raw]
    passages = list(passages_of(held.plan))
    assert len(passages) > 100
    for passage in passages:
        assert passage.quote
        assert passage.quote in " ".join(lines[passage.first_line - 1 : passage.last_line])
        letters = "".join(c for s in passage.spans for c in re.sub(r"<[^<>]*>", "", raw[s.line - 1][s.start : s.end]))
        assert re.sub(r"\W", "", passage.quote) == re.sub(r"\W", "", letters)


@each_plan
def test_every_element_has_words_a_source_and_a_place(reading: Read, plan: str) -> None:
    """Nothing is blank, comes from nowhere, or shares its position with a sibling."""
    elements = reading(plan).plan.elements
    assert [element for element in elements if not element.statement or not element.sources] == []
    places = [(element.parent, element.position) for element in elements]
    assert len(places) == len(set(places))


def test_a_rebuild_changes_no_byte(tmp_path: Path) -> None:
    """What is committed is what the plans, the ontology and the code make, to the byte."""
    command = [sys.executable, "-m", "cyppgraph", "build", "--quiet", "--out", tmp_path]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    committed = {path.name: path.read_bytes() for path in (REPOSITORY / "data" / "ttl").iterdir()}
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    stale = sorted(name for name in {*committed, *built} if committed.get(name) != built.get(name))
    assert stale == [], f"{', '.join(stale)}: not what the sources give; run cyppgraph build and commit data/ttl"
