"""The project's own word lists and indicators, and a way to make links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cyppgraph.linking import Entry, Glossary, Link, Status, read_glossary
from cyppgraph.linking.ranking import Ranker
from cyppgraph.mapping import read_national_indicators

ROOT = Path(__file__).parents[2]
ID = "https://w3id.org/cyppgraph/id/"
MakeLink = Callable[..., Link]


@pytest.fixture(scope="session")
def glossary() -> Glossary:
    """The short forms of the project."""
    return read_glossary(ROOT / "data" / "linking" / "acronyms.toml")


@pytest.fixture(scope="session")
def entries() -> list[Entry]:
    """The national indicators; each is called by its code."""

    def made() -> Iterator[Entry]:
        for code, one in sorted(read_national_indicators(ROOT / "data" / "catalogue").items()):
            if not (one.whole or one.is_dropped):
                yield Entry(code, code, one.title, one.terms, 1.25 if one.terms else 1.0)

    return list(made())


@pytest.fixture(scope="session")
def ranker(entries: list[Entry], glossary: Glossary) -> Ranker:
    """Ranks the national indicators."""
    return Ranker(entries, glossary)


@pytest.fixture(scope="session")
def make_link() -> MakeLink:
    """Make an accepted link of an action to NI 117, changed as said."""

    def make(**changes: Any) -> Link:
        link: dict[str, Any] = {
            "kind": "indicators",
            "subject": f"{ID}plan/croydon-2011/action/1",
            "subject_label": "Cut NEET",
            "predicate": "cypp:concernsIndicator",
            "object": f"{ID}indicator/ni/117",
            "object_label": "NI 117 NEET",
            "status": Status.ACCEPTED,
            "confidence": 0.9,
            "justification": "semapv:ManualMappingCuration",
            "author": "A. Reader",
            "date": "2026-11-22",
            "comment": "the same young people",
        }
        return Link(**link | changes)

    return make
