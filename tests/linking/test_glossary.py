"""Short forms are spelled out and words of one meaning read as one, so that plans of different years meet."""

from __future__ import annotations

from pathlib import Path

import pytest

from cyppgraph.errors import FaultyInputError
from cyppgraph.linking import Glossary, read_glossary


def test_a_short_form_counts_in_its_capitals_and_as_a_whole_word(glossary: Glossary) -> None:
    assert glossary.expand("A CAF for all") == "a common assessment framework for all"
    assert glossary.expand("caf, Caf and CAFETERIA") == "caf, caf and cafeteria"


def test_words_of_one_meaning_are_read_as_one_the_longest_first() -> None:
    glossary = Glossary(same={"drug": "substance", "drug use": "substance misuse", "in care": "looked-after"})
    assert glossary.expand("Drug use, a drug; those in care, in careers") == (
        "substance misuse, a substance; those looked-after, in careers"
    )


def test_plans_of_different_years_meet(glossary: Glossary) -> None:
    assert glossary.expand("Domestic abuse") == glossary.expand("DV") == "domestic violence"


def test_printed_apostrophes_and_dashes_make_no_difference(glossary: Glossary) -> None:
    assert glossary.expand("Children’s 16–18") == glossary.expand("Children's 16-18")


def test_a_short_form_that_nobody_could_explain_is_left_as_it_is(glossary: Glossary) -> None:
    assert "YAR" in glossary.unknown
    assert glossary.expand("Hold the YAR") == "hold the yar"


def test_a_project_without_a_glossary_has_no_short_forms(tmp_path: Path) -> None:
    assert read_glossary(tmp_path / "acronyms.toml").expand("A CAF") == "a caf"


@pytest.mark.parametrize(
    ("text", "complaints"),
    [
        ("[acronym]\nA = 'b'", ["'acronym' is not known here; the tables are acronyms, same, unknown"]),
        ("[acronyms]\nCAF = 3", ["[acronyms] CAF: is no text"]),
        ("acronyms = 3", ["'acronyms' is no table; begin it with [acronyms]"]),
        ("[same]\nobesity = 'overweight'", ["[same] obesity: is no list of texts"]),
        ("[unknown]\nforms = 'YAR'", ["[unknown] forms: is no list of texts"]),
        ("[same]\na = ['x']\nb = ['x']", ["[same] 'x' is read as 'a' already; it cannot be 'b' too"]),
        ("[acronyms]\nA = 'b'\n[unknown]\nforms = ['A']", ["[unknown] A: is explained under [acronyms]"]),
        ("x = 1\n[same]\na = [1]\n", ["[same] a: is no list of texts", "'x' is not known here"]),
        ("[acronyms", ["is not TOML"]),
        ("[acronyms]\nA = 'caf\udce9'", ["is not TOML"]),
    ],
)
def test_a_file_that_is_no_glossary_is_refused_by_name(tmp_path: Path, text: str, complaints: list[str]) -> None:
    path = tmp_path / "acronyms.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(FaultyInputError) as error:
        read_glossary(path)
    assert len(error.value.faults) == len(complaints)
    for fault, complaint in zip(error.value.faults, complaints, strict=True):
        assert str(fault).startswith(f"{path}: {complaint}")
