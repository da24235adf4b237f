"""Every statement points at the words as published: lines, columns, and a quote that can be found there again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyppgraph.documents import Source, Text, parse_cell
from cyppgraph.layout.passages import passages_of

Read = Callable[[str, str], Any]


def source_of(*lines: str) -> Source:
    return Source("source.txt", "0" * 64, "utf-8", lines)


def plain(text: str) -> str:
    """A text as quotes are compared: tags removed, white space collapsed."""
    return " ".join(re.sub(r"</?[a-zA-Z][^<>]*>", "", text).split())


def test_a_passage_is_the_words_and_where_they_stand() -> None:
    """One run of words on one line is one passage."""
    source = source_of("", "Review  the policy now")
    (passage,) = passages_of(Text.of_line(source.lines[1], 2)[8:18], source)
    assert (passage.first_line, passage.last_line, passage.quote) == (2, 2, "the policy")
    assert passage.spans[0][1:] == (8, 18)


def test_a_quote_is_free_of_tags_and_white_space() -> None:
    """Tags between the words are taken out; spelling stays."""
    source = source_of("<p>Reveiw <b>the</b>   policy</p>")
    (passage,) = passages_of(parse_cell(Text.of_line(source.lines[0], 1)).text, source)
    assert passage.quote == "Reveiw the policy"


@pytest.mark.xfail(reason="tags between words are taken out of a quote without a space in their place")
def test_words_that_only_a_tag_parts_stay_apart_in_a_quote() -> None:
    """Two bullets without a space between them are quoted as two words."""
    source = source_of("<li>Review</li><li>Train</li>")
    assert [p.quote for p in passages_of(Text.of_line(source.lines[0], 1), source)] == ["Review Train"]


def test_words_on_two_lines_are_two_passages_in_reading_order() -> None:
    """A cell broken over lines has a passage for each."""
    source = source_of("Review the", "policy")
    text = Text.joined([Text.of_line("Review the", 1), Text.of_line("policy", 2)])
    assert [(p.first_line, p.quote) for p in passages_of(text, source)] == [(1, "Review the"), (2, "policy")]


def test_words_with_others_between_them_are_two_passages() -> None:
    """Nothing is quoted that is no part of the statement."""
    source = source_of("Review and train the staff")
    line = Text.of_line(source.lines[0], 1)
    assert [p.quote for p in passages_of(Text.joined([line[:6], line[17:]]), source)] == ["Review", "the staff"]


def test_punctuation_between_words_does_not_part_them() -> None:
    """A bullet or a comma that was taken off is no other statement."""
    source = source_of("Review • it")
    line = Text.of_line(source.lines[0], 1)
    assert [p.quote for p in passages_of(Text.joined([line[:6], line[9:]]), source)] == ["Review • it"]


def test_what_stands_nowhere_has_no_passage() -> None:
    """Words that a patch added, and marks without words, are quoted from nowhere."""
    source = source_of("•  a")
    assert passages_of(Text.added("new words"), source) == ()
    assert passages_of(Text.of_line(source.lines[0], 1)[:2], source) == ()


PIECES = ["a", "b", "1", " ", "•", "-", ",", "<p>", "</p>", "<li>", "<br>", "  ", "<b>"]
CELL = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(cells=st.lists(CELL, min_size=1, max_size=4))
@settings(deadline=None, max_examples=150)
def test_every_quote_is_found_in_its_line_and_every_word_is_quoted(cells: list[str]) -> None:
    """Whatever a row holds, each segment's quotes stand in the line, and together they hold all its words."""
    line = "\t".join(cells)
    source = source_of("", line)
    whole = Text.of_line(line, 2)
    for piece in whole.split(re.compile("\t")):
        for segment in parse_cell(piece).segments:
            passages = passages_of(segment.text, source)
            assert all(passage.quote in plain(line) for passage in passages)
            quoted = "".join(c for passage in passages for c in passage.quote if c.isalnum())
            assert quoted == "".join(c for c in segment.text.string if c.isalnum())


def test_a_row_keeps_every_cell_verbatim(read: Read) -> None:
    """What the plan prints stands beside what we understood, cell by cell under its heading."""
    layout = """
[[table]]
column = [{ heading = "Action", role = "action" }, { heading = "By  when", role = "due" }]
"""
    (row,) = read("Action | By when\n<li>Review</li> <li>Train</li> | <b>May</b> 2012\n", layout).plan.rows
    assert [(cell.heading, cell.passage.quote) for cell in row.cells] == [
        ("Action", "Review Train"),
        ("By when", "May 2012"),
    ]
    assert [passage.first_line for passage in row.passages] == [2]
