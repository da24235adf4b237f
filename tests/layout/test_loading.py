"""A plan.toml is read as a whole: every fault at once, each with its line, what was found and what was expected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cyppgraph.errors import FaultyInputError
from cyppgraph.layout.loading import load_layout
from cyppgraph.layout.profile import Layout, Lines

SOUND = """\
[plan]
id = "made-up-2011"
title = "A plan"
title_lines = [1, "3-5"]
authority = "croydon"
starts = 2011-04-01
ends = 2013-03-31
period = "stated"

[document]
file = "source.txt"
sha256 = "00"
title = "A plan"
rights = "Nobody's."
"""
ENDS = SOUND.count("\n")

Load = Callable[[str], Layout]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load a plan.toml with that text."""

    def load_text(text: str) -> Layout:
        path = tmp_path / "plan.toml"
        path.write_text(text, encoding="utf-8")
        return load_layout(path, "plan.toml")

    return load_text


def faults_of(load: Load, text: str) -> list[str]:
    with pytest.raises(FaultyInputError) as caught:
        load(text)
    return [str(fault) for fault in caught.value.faults]


def line_of(text: str, words: str) -> int:
    """The line of the one place where the words stand."""
    assert text.count(words) == 1
    return text[: text.index(words)].count("\n") + 1


def test_a_sound_file_gives_a_layout(load: Load) -> None:
    """Lines may be numbers or ranges; what is not said has its default."""
    layout = load(SOUND)
    assert layout.plan.title_lines == (Lines(1, 1), Lines(3, 5))
    assert (layout.table, layout.words.initials, layout.expect.actions) == ((), False, None)


def test_every_fault_is_told_at_once_with_its_line(load: Load) -> None:
    """Unknown keys, missing keys, wrong values, patterns and lines: one run shows them all, where they stand."""
    text = f"""{SOUND}
[wrods]
people = ["Ann Lee"]

[words]
lead_default = "group"

[[level]]
term = "Priority"
kind = "priority"

[[heading]]
level = "Priority"
pattern = "Priority ("
lines = "9-3"

[[table]]
pair = "yes"
column = [{{ heading = "Action", role = "action" }}]

[[patch]]
lines = 2
was = "x"
now = "y"

[expect]
actions = "many"
"""
    faults = faults_of(load, text)
    for words, message in (
        ("[wrods]", "unknown key 'wrods'"),
        ("lead_default", "'lead_default' is 'group'; expected one of 'person', 'role', 'body'"),
        ('kind = "priority"', "'kind' is 'priority'; expected one of 'theme', 'commitment', 'outcome'"),
        ("pattern =", "'pattern' is no regular expression"),
        ("9-3", "'lines' is '9-3'; expected lines like 7 or \"7-9\""),
        ("pair =", "'pair' is 'yes'; expected true or false"),
        ("[[patch]]", "[patch] needs the key 'why'"),
        ("actions =", "'actions' is 'many'; expected a whole number"),
    ):
        (fault,) = [fault for fault in faults if message in fault]
        assert fault.startswith(f"plan.toml:{line_of(text, words)}: "), fault
    assert len(faults) == 8


def test_an_unknown_key_is_told_what_it_may_be(load: Load) -> None:
    """The message lists the keys of that table."""
    (fault,) = faults_of(load, f'{SOUND}\n[words]\npeple = ["Ann Lee"]\n')
    assert fault == (
        f"plan.toml:{ENDS + 3}: unknown key 'peple' in [words]; it may hold: "
        "bodies, designations, initials, lead_default, people, school_year"
    )


def test_faults_inside_tables_of_tables_have_their_own_lines(load: Load) -> None:
    """The second row of the second grid is pointed at, not the first."""
    text = f"""{SOUND}
[[grid]]
lines = 1

[[grid.row]]
ignore = "labels"

[[grid]]
lines = 2

[[grid.row]]
ignore = "labels"

[[grid.row]]
ingore = "labels"
"""
    (fault,) = faults_of(load, text)
    assert fault.startswith(f"plan.toml:{line_of(text, 'ingore')}: unknown key 'ingore' in [grid.row]")


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("[[heading]]\nlevel = 'Nowhere'\npattern = '(?P<statement>.+)'", "level ="),
        ("[[list]]\nlevel = 'Nowhere'\nlines = 1", "level ="),
        ("[[grid]]\nlines = 1\n[[grid.row]]\nlevel = 'Nowhere'", "level ="),
        ("[[table]]\nheads = 'Nowhere'\ncolumn = []", "heads ="),
        ("[[table]]\nbanner_level = 'Nowhere'\ncolumn = []", "banner_level ="),
        ("[[table]]\ncolumn = [{ heading = 'x', role = 'level', level = 'Nowhere' }]", "column ="),
        ("[[same]]\nlevel = 'Nowhere'\nstatement = 'a'\nalso = 'b'\nwhy = 'c'", "level ="),
    ],
)
def test_a_level_that_is_not_defined_is_refused_where_it_is_named(load: Load, table: str, words: str) -> None:
    """The message has the line and says which levels there are."""
    text = f"{SOUND}\n[[level]]\nterm = 'Priority'\nkind = 'commitment'\n\n{table}\n"
    (fault,) = faults_of(load, text)
    wanted = f"plan.toml:{line_of(text, words)}: level 'Nowhere' is not defined; add a [[level]] or use one of"
    assert fault.startswith(wanted)
    assert "Priority" in fault


@pytest.mark.parametrize("key", ["id", "title", "title_lines", "authority", "starts", "ends", "period"])
def test_who_and_when_must_be_said(load: Load, key: str) -> None:
    """Without them there is no plan; the message names the table and the key."""
    (line,) = [line for line in SOUND.split("[document]")[0].splitlines(keepends=True) if line.startswith(f"{key} =")]
    text = SOUND.replace(line, "", 1)
    assert faults_of(load, text) == [f"plan.toml:1: [plan] needs the key '{key}'"]


def test_an_empty_file_lacks_what_a_plan_needs(load: Load) -> None:
    """The first thing to add is named."""
    assert faults_of(load, "") == [
        "plan.toml: the file needs the key 'plan'",
        "plan.toml: the file needs the key 'document'",
    ]


def test_what_is_no_toml_is_refused_with_its_line(load: Load) -> None:
    """A forgotten quote is pointed at."""
    (fault,) = faults_of(load, f'{SOUND}\n[words]\npeople = ["Ann Lee]\n')
    assert fault.startswith(f"plan.toml:{ENDS + 3}: is not valid TOML")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    """The message says what to save it as."""
    path = tmp_path / "plan.toml"
    path.write_bytes('title = "Children’s"'.encode("utf-16"))
    with pytest.raises(FaultyInputError, match=r"plan.toml: is not UTF-8 text; save it as UTF-8"):
        load_layout(path, "plan.toml")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(FaultyInputError, match=r"plan.toml: cannot be read: No such file"):
        load_layout(tmp_path / "plan.toml", "plan.toml")


@pytest.mark.parametrize(
    "table",
    [
        "[[heading]]\nlevel = 'Priority'\npattern = 'Priority .+'",
        "[[table]]\nbanner = 'Priority .+'\nbanner_level = 'Priority'\ncolumn = []",
        "[[table]]\ncolumn = [{ heading = 'Priority (', pattern = true, role = 'action' }]",
        "[[table]]\ncolumn = [{ heading = 'Priority', states = 'Priority', role = 'action' }]",
        "[[table]]\ncolumn = [{ heading = 'Priority', role = 'level' }]",
        "[[table]]\nbanner = 'Priority (?P<statement>.+)'\ncolumn = []",
        "[[level]]\nterm = 'Priority'\nkind = 'theme'",
        "[[patch]]\nlines = 1\nwas = ''\nnow = 'x'\nwhy = 'y'",
    ],
    ids=[
        "heading without statement",
        "banner without statement",
        "heading that is no pattern",
        "states without pattern",
        "level column without level",
        "banner without level",
        "level defined twice",
        "patch of nothing",
    ],
)
def test_keys_that_need_one_another_are_checked(load: Load, table: str) -> None:
    """What would crash or be passed over while the document is read is a fault of the file, with its line."""
    faults = faults_of(load, f"{SOUND}\n[[level]]\nterm = 'Priority'\nkind = 'commitment'\n\n{table}\n")
    assert all(fault.startswith("plan.toml:") for fault in faults)


def test_an_undefined_level_is_told_with_the_other_faults(load: Load) -> None:
    """One run shows every fault, of levels too."""
    assert len(faults_of(load, f"{SOUND}\n[[list]]\nlevel = 'Nowhere'\nlines = 1\n\n[words]\npeple = []\n")) == 2


def test_faults_are_told_in_the_order_in_which_they_stand(load: Load) -> None:
    """An editor can be walked through them from top to bottom."""
    tables = "[[list]]\nlevel = 'Nowhere'\nlines = 1\n\n[[heading]]\nlevel = 'Nowhere'\npattern = '(?P<statement>.+)'\n"
    lines = [int(fault.split(":")[1]) for fault in faults_of(load, f"{SOUND}\n{tables}")]
    assert lines == sorted(lines)


@pytest.mark.xfail(reason="a fault inside a list is named by its place in the list")
def test_a_wrong_value_in_a_list_is_told_by_the_key_of_the_list(load: Load) -> None:
    """ "0 is 1" says nothing to anybody."""
    (fault,) = faults_of(load, f"{SOUND}\n[words]\nbodies = [1]\n")
    assert "'bodies'" in fault
