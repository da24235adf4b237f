"""A text can be cut, joined and mended, and each of its characters still knows where it stands in the source."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyppgraph.documents import Text
from cyppgraph.where import Span

WORDS = st.lists(st.sampled_from(["care", "plan", "to", "lead", "the", "2013", "&", "-", ","]), min_size=1, max_size=8)


def line(string: str, number: int = 1) -> Text:
    return Text.of_line(string, number)


def places_by_character(text: Text) -> list[tuple[str, tuple[int, int] | None]]:
    """Each character with its line and column, None where it stands nowhere."""
    return [(c, next(iter(text[i : i + 1].places()), None)) for i, c in enumerate(text.string)]


def column_of(text: Text, word: str) -> list[tuple[int, int]]:
    """The places of the first occurrence of a word in a text."""
    start = text.string.index(word)
    return list(text[start : start + len(word)].places())


def test_every_character_of_a_line_knows_its_column() -> None:
    """A line's characters stand in columns 0, 1, 2, … of that line."""
    assert list(line("abc", 7).places()) == [(7, 0), (7, 1), (7, 2)]


def test_a_slice_keeps_its_places() -> None:
    """What is cut out stands where it stood."""
    assert list(line("Lead officer", 3)[5:8].places()) == [(3, 5), (3, 6), (3, 7)]


def test_the_column_may_be_very_far_to_the_right() -> None:
    """A document of one endless line does not spill its columns into its line numbers."""
    assert list(line("x" * 1_100_000, 2)[-1:].places()) == [(2, 1_099_999)]


def test_joined_texts_keep_their_places_and_what_joins_them_has_none() -> None:
    """The space between two parts stands nowhere; the parts stand where they stood."""
    joined = Text.joined([line("one", 1), line("two", 5)])
    assert str(joined) == "one two"
    assert places_by_character(joined)[3] == (" ", None)
    assert column_of(joined, "two") == [(5, 0), (5, 1), (5, 2)]


def test_empty_parts_are_left_out_of_a_join() -> None:
    """No double separator comes of an empty part."""
    assert str(Text.joined([line(""), line("a"), line(""), line("b")], separator="\n")) == "a\nb"


def test_stripping_leaves_the_words_where_they_are() -> None:
    """White space, or the characters given, go from both ends only."""
    assert line("  a b  ").strip() == line("  a b  ")[2:5]
    assert str(line("↳goes on").strip("↳")) == "goes on"
    assert not line("   ").strip()


def test_splitting_keeps_empty_pieces() -> None:
    """Two tabs in a row have an empty cell between them."""
    assert [str(piece) for piece in line("a\t\tb").split(re.compile("\t"))] == ["a", "", "b"]


def test_collapsing_makes_every_run_of_white_space_one_space() -> None:
    """No white space stays at the ends, and the words keep their columns."""
    text = line("  two \t words ").collapsed()
    assert str(text) == "two words"
    assert column_of(text, "words")[0] == (1, 8)


def test_spans_join_neighbours_on_one_line() -> None:
    """Characters side by side are one span; a gap or a new line begins another."""
    text = Text.joined([line("abcdef", 1)[0:2], line("abcdef", 1)[2:3], line("abcdef", 1)[4:6], line("x", 2)])
    assert text.spans() == [Span(1, 0, 3), Span(1, 4, 6), Span(2, 0, 1)]


def test_the_first_line_is_that_of_the_first_character_that_has_a_place() -> None:
    """Characters that we put in ourselves tell no line."""
    assert Text.joined([Text.added("("), line("a", 9)], separator="").first_line == 9
    assert Text.added("nowhere").first_line is None


def test_equal_words_in_other_places_are_other_texts() -> None:
    """Two texts are equal only if their places are too."""
    assert line("a", 1) == line("a", 1)
    assert line("a", 1) != line("a", 2)
    assert len({line("a", 1), line("a", 1), line("a", 2)}) == 2


def test_mending_changes_only_what_is_quoted() -> None:
    """Words before and behind the quote keep their places; a new word takes the place of the one it replaces."""
    mended = line("improve butcomes LEAD", 281).mended("butcomes", "outcomes")
    assert str(mended) == "improve outcomes LEAD"
    assert column_of(mended, "outcomes") == [(281, i) for i in range(8, 16)]
    assert column_of(mended, "LEAD") == [(281, i) for i in range(17, 21)]


def test_a_moved_word_keeps_its_place() -> None:
    """A word that a patch puts elsewhere still points at where it is printed."""
    source = Text.joined([line("Officer Wellbeing", 1), line("Health and", 2)], separator="\n")
    mended = source.mended("Officer Wellbeing\nHealth and", "Officer Health and Wellbeing")
    assert str(mended) == "Officer Health and Wellbeing"
    assert column_of(mended, "Wellbeing")[0] == (1, 8)
    assert column_of(mended, "Health")[0] == (2, 0)


def test_equal_words_that_move_keep_their_order() -> None:
    """Initials of two rows in one cell are in the rows' order, whatever the cell before them ends with."""
    rows = [line("one long plan of the first service\tSH\t31/01/22", 189), line("plan\tSH KC\t31/12/21", 191)]
    source = Text.joined(rows, separator="\n")
    mended = source.mended(str(source), "one long plan of the first service plan\tSH SH KC\t31/01/22 31/12/21")
    first = mended.string.index("SH")
    assert [mended[start : start + 2].lines for start in (first, first + 3)] == [{189}, {191}]


def test_a_word_that_is_not_in_the_source_stands_nowhere() -> None:
    """What a patch adds without taking anything away has no place."""
    mended = line("Review access").mended("Review access", "Review the access")
    assert column_of(mended, "the") == []
    assert column_of(mended, "access")[0] == (1, 7)


def test_a_longer_word_covers_all_of_the_shorter_one_and_a_shorter_one_all_of_the_longer() -> None:
    """The first and the last character of a replaced word stay covered, so that no letter of it is lost."""
    longer = line("cat").mended("cat", "categories")
    assert column_of(longer, "categories") == [(1, 0), (1, 1), (1, 2)]
    shorter = line("categories").mended("categories", "cat")
    assert column_of(shorter, "cat") == [(1, 0), (1, 1), (1, 9)]


@pytest.mark.parametrize(("text", "count"), [("nothing of the kind", 0), ("by June, by June", 2)])
def test_a_quote_that_is_not_there_exactly_once_is_refused(text: str, count: int) -> None:
    """A mend that does not know where to go says how often its quote occurs."""
    with pytest.raises(ValueError, match=f"found {count} times"):
        line(text).mended("by June", "by July")


@given(before=WORDS, old=WORDS, new=WORDS, after=WORDS)
@settings(deadline=None, max_examples=150)
def test_mending_uses_no_place_twice_and_invents_none(
    before: list[str], old: list[str], new: list[str], after: list[str]
) -> None:
    """However a quote is reworded, each character of the source is used once at most, and the rest stays."""
    was, now = "«" + " ".join(old), "«" + " ".join(new)
    source = line(f"{' '.join(before)} {was}| {' '.join(after)}", 4)
    mended = source.mended(was, now)
    assert mended.string == source.string.replace(was, now)
    assert set(mended.places()) <= set(source.places())
    assert max(Counter(mended.places()).values()) == 1
    kept = len(" ".join(before)) + 1
    assert mended[:kept] == source[:kept]
    assert mended[-len(" ".join(after)) :] == source[-len(" ".join(after)) :]


@given(old=WORDS, order=st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=100)
def test_words_put_in_another_order_all_keep_a_place_of_their_own_word(old: list[str], order: object) -> None:
    """Words that are only moved lose no letter, and each stands where a word like it is printed."""
    new = [*old]
    order.shuffle(new)  # type: ignore[attr-defined]
    source = line(" ".join(old))
    mended = source.mended(source.string, " ".join(new))
    letters = [(c, place) for c, place in places_by_character(mended) if c.isalnum()]
    assert all(place is not None and source.string[place[1]] == c for c, place in letters)
    assert len({place for _, place in letters}) == sum(c.isalnum() for c in source.string)
