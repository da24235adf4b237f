"""The words that tell one text from another."""

from __future__ import annotations

import pytest

from cyppgraph.linking.words import read_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pupils at key stage 2 and level 3", ["pupil", "keystage2", "level3"]),
        ("obesity in year 6", ["obesity", "year6"]),
        ("5 a*-c gcses", ["a*-c", "gcse"]),
        ("immunisation policies and policy", ["immunisation", "policy", "policy"]),
        ("class and bus", ["class", "bus"]),
        ("increase the number of people by 12", []),
    ],
)
def test_words_are_read_without_plurals_figures_and_what_stands_everywhere(text: str, words: list[str]) -> None:
    assert read_words(text) == words
