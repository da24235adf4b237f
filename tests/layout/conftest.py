"""A plan's folder made up of a few lines, and a way to look at what was read from it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from cyppgraph.layout import Reading, read_plan
from cyppgraph.plan import Element, Node, Plan
from made_up import HEAD


class Found:
    """What was read from a made-up plan, by the words it is printed in."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.plan: Plan = reading.plan
        nodes = (*self.plan.elements, *self.plan.dues, *self.plan.leads, *self.plan.references)
        self.nodes: dict[int, Node] = {node.ref: node for node in nodes}

    def __getitem__(self, statement: str) -> Element:
        """The one element with that statement."""
        (element,) = [element for element in self.plan.elements if element.statement == statement]
        return element

    def words(self, kind: type[Node]) -> list[str]:
        """The statements of all nodes of a kind, in the order of the document."""
        found = [node for node in self.nodes.values() if isinstance(node, kind)]
        return [node.statement for node in sorted(found, key=lambda n: (_place(n), n.ref))]

    def of(self, statement: str, relation: str) -> list[Node]:
        """The nodes that an element points to."""
        return [self.nodes[ref] for ref in getattr(self[statement], relation)]

    def said(self, statement: str, relation: str) -> list[str]:
        """The statements of the nodes that an element points to."""
        return [node.statement for node in self.of(statement, relation)]

    def under(self, statement: str) -> str | None:
        """The statement of the element that an element stands under; None directly under the plan."""
        parent = self[statement].parent
        return None if parent is None else self.nodes[parent].statement

    def findings(self, kind: str) -> list[tuple[int | None, str]]:
        """The findings of a kind: the first line and the message of each."""
        return [(f.where.first_line, f.message) for f in self.plan.findings if f.kind == kind]


def _place(node: Node) -> tuple[int, int]:
    spans = [span for passage in node.sources for span in passage.spans]
    return min(((span.line, span.start) for span in spans), default=(0, 0))


Read = Callable[[str, str], Found]
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Make a plan's folder of a document (" | " for a tab) and of what its plan.toml says beside who and when."""

    def write_folder(document: str, layout: str) -> Path:
        folder = tmp_path / "plans" / "made-up-2011"
        folder.mkdir(parents=True, exist_ok=True)
        data = re.sub(r" ?\| ?", "\t", document).encode()
        (folder / "source.txt").write_bytes(data)
        head = HEAD.format(id="made-up-2011", sha256=hashlib.sha256(data).hexdigest())
        (folder / "plan.toml").write_text(f"{head}\n{layout}", encoding="utf-8")
        return folder

    return write_folder


@pytest.fixture
def read(write: Write) -> Read:
    """Read a made-up plan."""
    return lambda document, layout: Found(read_plan(write(document, layout)))
