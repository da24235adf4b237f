"""Lines become rows, lines and blanks; cells become segments, each with the mark that set it off; no word is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyppgraph.documents import Blank, Block, Cell, Line, Mark, Row, Text, is_ruler, parse_blocks, parse_cell

TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")


def blocks_of(*lines: str) -> tuple[Block, ...]:
    return parse_blocks([(number, Text.of_line(line, number)) for number, line in enumerate(lines, start=1)])


def marked(raw: str) -> list[tuple[str, Mark]]:
    """A cell's segments as words and mark."""
    return [(str(segment.text), segment.mark) for segment in parse_cell(Text.of_line(raw, 1)).segments]


def row_of(line: str) -> Row:
    (row,) = blocks_of(line)
    assert isinstance(row, Row)
    return row


def line_of(string: str) -> Line:
    (line,) = blocks_of(string)
    assert isinstance(line, Line)
    return line


def test_a_line_with_tabs_is_a_row_and_keeps_its_empty_cells() -> None:
    """What stands under which column can still be counted."""
    row = row_of("Review\t\tMarch 2012\t")
    assert [str(cell.text) for cell in row.cells] == ["Review", "", "March 2012", ""]
    assert [bool(cell) for cell in row.cells] == [True, False, True, False]


@pytest.mark.parametrize("blank", ["", "   ", "\t\t", " \t "])
def test_a_line_of_white_space_is_blank(blank: str) -> None:
    """Tabs alone make no row."""
    assert blocks_of(blank) == (Blank(1),)


def test_blocks_know_their_lines() -> None:
    """Rows, lines and blanks all bear the number of the line they came from."""
    assert [block.line for block in blocks_of("# Plan", "", "a\tb", "words")] == [1, 2, 3, 4]


def test_a_mended_text_with_line_breaks_gives_a_block_for_each_part() -> None:
    """A patch may part one line into rows; each bears the line its first words are printed on."""
    text = Text.joined([Text.of_line("a\tb", 8), Text.of_line("c\td", 9)], separator="\n")
    rows = parse_blocks([(1, text)])
    assert [(type(row), row.line) for row in rows] == [(Row, 8), (Row, 9)]


@pytest.mark.parametrize(
    ("raw", "segments"),
    [
        ("Plain words", [("Plain words", Mark.TEXT)]),
        ("<p>One</p> <p>Two</p>", [("One", Mark.TEXT), ("Two", Mark.TEXT)]),
        ("One<br>Two<br/>Three", [("One", Mark.TEXT), ("Two", Mark.TEXT), ("Three", Mark.TEXT)]),
        ("<ul> <li>One</li> <li>Two</li> </ul>", [("One", Mark.ITEM), ("Two", Mark.ITEM)]),
        ("<li>Unclosed <li>twice", [("Unclosed", Mark.ITEM), ("twice", Mark.ITEM)]),
        ("• One • Two", [("One", Mark.ITEM), ("Two", Mark.ITEM)]),
        ("To do: ✓ One ✓ Two", [("To do:", Mark.TEXT), ("One", Mark.ITEM), ("Two", Mark.ITEM)]),
        ("\uf0b7 One", [("One", Mark.ITEM)]),
        ("- One", [("One", Mark.ITEM)]),
        ("– One", [("One", Mark.ITEM)]),
        ("-  One  –  Two", [("One", Mark.ITEM), ("Two", Mark.ITEM)]),
        ("<p>- One</p>", [("One", Mark.ITEM)]),
        ("<h4>Head</h4>Body", [("Head", Mark.HEADING), ("Body", Mark.TEXT)]),
        ("<small>Related to 4</small>Act", [("Related to 4", Mark.NOTE), ("Act", Mark.TEXT)]),
    ],
)
def test_each_mark_sets_off_its_words(raw: str, segments: list[tuple[str, Mark]]) -> None:
    """Paragraphs, line breaks, list items, bullets, dashes, headings and notes each begin a segment of their kind."""
    assert marked(raw) == segments


@pytest.mark.parametrize("note", ["NB dates may change", "N.B. dates may change", "** see the full plan"])
def test_a_note_says_so_itself(note: str) -> None:
    """Words that begin with NB or two stars are about the cell, whatever mark they bear."""
    assert marked(f"Act<li>{note}</li>") == [("Act", Mark.TEXT), (note, Mark.NOTE)]


def test_nb_begins_a_note_only_as_a_word_of_its_own() -> None:
    """A league is no note."""
    assert marked("NBA project") == [("NBA project", Mark.TEXT)]


def test_tags_inside_a_sentence_do_not_part_it() -> None:
    """Bold, italics and links are taken off and the sentence stays whole."""
    assert marked('The <b>lead</b> <i>officer</i> <a href="x">acts</a>') == [("The lead officer acts", Mark.TEXT)]


def test_two_spaces_end_a_paragraph_and_more_than_two_a_wrapped_line() -> None:
    """Two statements run together in a cell have two spaces between them; a line wrapped in the PDF has more."""
    assert marked("First done.  Second done.") == [("First done.", Mark.TEXT), ("Second done.", Mark.TEXT)]
    assert marked("One statement     on two lines") == [("One statement on two lines", Mark.TEXT)]


def test_two_spaces_inside_a_list_begin_another_item() -> None:
    """What follows a bullet's paragraph is of the list."""
    assert marked("• One  Two") == [("One", Mark.ITEM), ("Two", Mark.ITEM)]


@pytest.mark.parametrize("raw", ["•", "-", "–", " ✓ ", "<p></p>", "<ul> </ul>", ""])
def test_a_mark_without_words_is_an_empty_cell(raw: str) -> None:
    """A bullet in a cell of its own has no words; its raw characters stay, so that the layout can see it."""
    cell = parse_cell(Text.of_line(raw, 1))
    assert not cell
    assert str(cell.raw) == raw


@pytest.mark.parametrize("raw", ["Sept - Nov 2012", "multi-agency", "5 – 7 weeks", "A -B"])
def test_a_dash_between_words_is_no_bullet(raw: str) -> None:
    """Only a dash that begins a piece, with a space behind it, is one."""
    assert marked(raw) == [(raw, Mark.TEXT)]


@pytest.mark.xfail(reason="whatever stands in angle brackets and begins with a letter passes for a tag")
def test_words_in_angle_brackets_are_words() -> None:
    """Only what HTML knows is a tag."""
    assert marked("Help <under 5s> early") == [("Help <under 5s> early", Mark.TEXT)]


def test_a_cells_words_are_joined_with_spaces_or_line_breaks() -> None:
    """The text of a cell is one line of words; its lines are one for each segment."""
    cell = parse_cell(Text.of_line("<p>One</p> <p>Two</p>", 1))
    assert (str(cell.text), str(cell.lines)) == ("One Two", "One\nTwo")


@pytest.mark.parametrize(("string", "level"), [("# Plan", 1), ("###   Theme 2", 3), ("###### Small", 6)])
def test_number_signs_mark_a_heading(string: str, level: int) -> None:
    """As many as there are signs, so deep is the heading; the signs are no words of it."""
    line = line_of(string)
    assert (line.level, str(line.text)) == (level, string.strip("# "))


def test_a_number_sign_without_a_space_is_a_word() -> None:
    """A hashtag is no heading."""
    assert (line_of("#bethechange").level, str(line_of("#bethechange").text)) == (0, "#bethechange")


@pytest.mark.parametrize("string", ["- Be healthy", "•   Be healthy"])
def test_a_list_item_is_marked(string: str) -> None:
    """A hyphen or bullet at the start of a line, with a space behind it, marks an item."""
    line = line_of(string)
    assert (line.item, str(line.text)) == (True, "Be healthy")


def test_emphasis_in_a_line_is_taken_off() -> None:
    """Stars around words go; a star between numbers stays."""
    assert str(line_of("The **lead** and *all* <b>partners</b>").text) == "The lead and all partners"
    assert str(line_of("3 * 4").text) == "3 * 4"


@pytest.mark.parametrize(
    ("string", "ruled"), [("---\t---", True), (":--|\t--:", True), ("-\tdone", False), ("-\t-", False)]
)
def test_a_ruled_line_is_known(string: str, ruled: bool) -> None:
    """A row of hyphens under a header is no row of data."""
    row = Row(1, tuple(parse_cell(Text.of_line(cell, 1)) for cell in string.split("\t")))
    assert is_ruler(row) is ruled


def texts_of(blocks: tuple[Block, ...]) -> list[Text]:
    """The words of blocks, cell by cell and line by line."""
    texts: list[Text] = []
    for block in blocks:
        cells: tuple[Cell, ...] = block.cells if isinstance(block, Row) else ()
        texts += [segment.text for cell in cells for segment in cell.segments]
        texts += [block.text] if isinstance(block, Line) else []
    return texts


WORD = st.text("abcXYZéß0123456789.,;:()&/%'’£", min_size=1, max_size=6) | st.sampled_from(["multi-agency", "0-19"])
GAP = st.sampled_from([" ", "  ", "   ", "\t", " \t ", "\xa0"])
SET_OFF = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<br>", "<li>", "</ul>", "<h3>", '<ul class="x">', " • ", " ✓ "]
)


@given(pieces=st.lists(st.tuples(WORD, GAP, SET_OFF | st.just("")), max_size=12))
@settings(deadline=None, max_examples=200)
def test_every_character_outside_tags_and_bullets_survives_in_order(pieces: list[tuple[str, str, str]]) -> None:
    """Whatever words, gaps, tags and bullets a line is made of, its words come out whole and in order."""
    line = "".join(mark + word + gap for word, gap, mark in pieces)
    found = "".join(str(text) for text in texts_of(blocks_of(line)))
    assert re.sub(r"[\s•✓]", "", found) == re.sub(r"\s", "", "".join(word for word, _, _ in pieces))


@given(text=st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>/bp #*-•\t\n 1"), max_size=80))
@settings(deadline=None, max_examples=300)
def test_every_letter_and_digit_of_any_text_survives_where_it_stands(text: str) -> None:
    """No text loses a letter outside its tags, and each character of a block is the one that stands at its place."""
    lines = text.split("\n")
    found = texts_of(blocks_of(*lines))
    for piece in found:
        characters = [(c, place) for i, c in enumerate(piece.string) for place in piece[i : i + 1].places()]
        assert all(lines[line - 1][column] == c for c, (line, column) in characters)
    kept = "".join(c for piece in found for c in piece.string if c.isalnum())
    cells = [TAG.sub("", cell) for line in lines for cell in line.split("\t")]
    assert kept == "".join(c for cell in cells for c in cell if c.isalnum())
