"""Councils are read from one file, and its faults are all told at once."""

from __future__ import annotations

import pytest

from cyppgraph.errors import CyppgraphError, FaultyInputError
from cyppgraph.mapping import read_authorities

GOOD = """
[croydon]
name = "London Borough of Croydon"
council = "http://opendatacommunities.org/id/london-borough-council/croydon"
area = "E09000008"
area_name = "Croydon"
wikidata = "Q5189676"
dfe = "306"
"""


def read(tmp_path, text):
    path = tmp_path / "authorities.toml"
    path.write_text(text, encoding="utf-8")
    return read_authorities(path)


def test_reads_a_council(tmp_path):
    croydon = read(tmp_path, GOOD)["croydon"]
    assert (croydon.key, croydon.area, croydon.dfe) == ("croydon", "E09000008", "306")


def test_the_projects_own_councils_are_sound(authorities):
    assert set(authorities) >= {"croydon", "richmond", "thurrock", "southend"}


def test_every_fault_is_told(tmp_path):
    text = GOOD.replace("E09000008", "Croydon").replace(
        'dfe = "306"', "dfe = 306\nmayor = 'X'"
    ) + "\n[Bad Key]\n".replace("Bad Key", '"Bad Key"')
    with pytest.raises(FaultyInputError) as told:
        read(tmp_path, text)
    for expected in ("area", "dfe", "mayor", "Bad Key", "wikidata"):
        assert expected in str(told.value)
    assert len(told.value.faults) >= 5


def test_what_stands_outside_a_table_is_told(tmp_path):
    with pytest.raises(FaultyInputError, match="outside a table"):
        read(tmp_path, 'croydon = "here"')


def test_what_is_no_toml_is_told(tmp_path):
    with pytest.raises(FaultyInputError, match="is not TOML"):
        read(tmp_path, "[croydon")


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CyppgraphError, match="cannot be read"):
        read_authorities(tmp_path / "none.toml")
