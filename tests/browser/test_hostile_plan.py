"""Plans whose every text is hostile break no page: script tags, right-to-left marks, words of 10,000 characters, emoji.

The plans are real ones; only what they say is replaced, so that every part of every page has something to show.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from playwright import sync_api as playwright

from browser.conftest import Open
from cyppgraph.queries import read_questions
from hostile import HOSTILE
from live import serve_folder
from page_kinds import KINDS

ROOT = Path(__file__).parents[2]
FILES = ("catalogue", "croydon-2013", "croydon-2021", "links", "southend-2011", "thurrock-2012")
KEPT = {"identifier", "notation", "edtf", "checksum", "mediaType", "subject_id", "object_id"}
"""Properties by which a thing is found, a date is read or a file is checked: the rest is words."""
WORD = "Llanfair" * 1_250
TEXTS = (
    HOSTILE.replace("\\u202E", "\u202e").replace('\\"', '"'),
    "\u202eמילה \u2067أهداف للأطفال\u200f 2012 \u202d(NI 117)",
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ne\u0301e\u0301t " + "e\u0301\u0323\u0330" * 40,
    "M" * 300,
    "<b>bold</b> & &amp; &lt;i&gt; %3Cscript%3E {{ 7*7 }} {% raw %}",
)


def find_other_words(text: str) -> str:
    """Return a hostile text for a text, always the same one; a few are very long words."""
    number = zlib.crc32(text.encode())
    return WORD if number % 200 == 0 else f"{TEXTS[number % len(TEXTS)]} {number % 1000}"


def make_hostile(source: Path, target: Path) -> None:
    """Copy a Turtle file with other words."""
    triples = []
    for quad in ox.parse(path=str(source), format=ox.RdfFormat.TURTLE):
        words = quad.object
        name = quad.predicate.value.rpartition("#")[2].rpartition("/")[2]
        says = isinstance(words, ox.Literal) and words.datatype.value.endswith(("#string", "#langString"))
        if says and name not in KEPT:
            words = ox.Literal(find_other_words(words.value), language=words.language)
        triples.append(ox.Triple(quad.subject, quad.predicate, words))
    ox.serialize(triples, str(target), ox.RdfFormat.TURTLE)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if not (ROOT / "data" / "ttl" / "thurrock-2012.ttl").exists():
        pytest.skip("data/ttl is not built: run 'cyppgraph build'")
    folder = tmp_path_factory.mktemp("hostile")
    for name in FILES:
        make_hostile(ROOT / "data" / "ttl" / f"{name}.ttl", folder / f"{name}.ttl")
    with serve_folder(folder, read_questions(ROOT / "queries" / "questions")) as served:
        yield served.address.rstrip("/")


@pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
def test_no_page_breaks(open_page: Open, path: str) -> None:
    page: playwright.Page = open_page(width=1280)
    opened: list[str] = []
    page.on("dialog", lambda dialog: (opened.append(dialog.message), dialog.dismiss()))
    answer = page.goto(path)
    assert answer is not None
    assert answer.status < 500
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("img, [onerror], [onload], [onmouseover]").count() == 0
    assert page.locator("b", has_text="bold").count() == 0
    assert opened == []
