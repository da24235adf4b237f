"""Mapping files: what they may say, and that every fault is told at once with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cyppgraph.errors import CyppgraphError, FaultyInputError
from cyppgraph.observations import Area, Mapping, Match, read_mapping
from cyppgraph.resources import find_resources

ROOT = Path(__file__).resolve().parents[2]
MappingOf = Callable[[str], Mapping]
OURS = sorted((ROOT / "data" / "observations").glob("*.toml"))


def faults(mapping_of: MappingOf, text: str) -> list[str]:
    with pytest.raises(FaultyInputError) as told:
        mapping_of(text)
    return [str(fault) for fault in told.value.faults]


def test_what_a_mapping_file_says(mapping_of: MappingOf, samples) -> None:
    mapping = mapping_of(samples.ees)
    neet = mapping.indicators[0]
    assert (mapping.layout, mapping.publisher) == ("ees", "Department for Education")
    assert (neet.id, neet.item, neet.label, neet.unit) == ("dfe/neet-16-17", "NEET_percent", "NEET 16-17", "percent")
    assert neet.matches == (Match("NI 117", "relatedMatch", "16-17 instead of 16-18"),)
    assert mapping.indicators[1].label == "Young people of 16 and 17"


def test_an_indicator_may_say_other_years_than_its_file(mapping_of: MappingOf, samples) -> None:
    text = samples.lait.replace('unit = "percent"', 'unit = "percent"\nyears = "calendar"\npooled = true')
    mapping = mapping_of(text)
    rule = mapping.indicators[0].periods
    assert (rule.years, rule.named_by, rule.pooled) == ("calendar", "end", True)
    assert mapping.areas == {"970": Area("E92000001", "England")}


def test_a_byte_order_mark_is_no_fault(tmp_path: Path, units: frozenset[str], samples) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(samples.tidy, encoding="utf-8-sig")
    assert read_mapping(path, units).layout == "tidy"


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('title = "Figures"\n', "", "needs the key 'title'"),
        ('title = "Figures"', "title = 3", "'title' is 3; expected text in quotes"),
        ('title = "Figures"', 'titel = "Figures"', "unknown key 'titel'; did you mean title?"),
        ('layout = "ees"', 'layout = "excel"', "'excel' is no layout; use ees, lait, tidy"),
        ("https://www.gov.uk/figures", "www.gov.uk", "'www.gov.uk' is no web address"),
        ('dfe = "Indicators of the Department for Education"', "", "nothing says what the set 'dfe' is"),
        ('unit = "percent"', 'unit = "%"', "'%' is no unit of ontology/schemes/unit.ttl"),
        ('id = "dfe/cohort"', 'id = "cohort"', "'cohort' is no id such as 'dfe/neet-16-17'"),
        ('id = "dfe/cohort"', 'id = "dfe/neet-16-17"', "the id 'dfe/neet-16-17' is used twice"),
        ('id = "dfe/cohort"', 'id = "ni/117"', "the set 'ni' is the nation's"),
        ('column = "cohort"', 'item = "cohort"', "needs the key 'column'"),
        ('column = "cohort"', 'column = "NEET_percent"', "are the same figures; keep one"),
        ("relatedMatch", "sameAs", "'sameAs' is no relation; use one of relatedMatch, closeMatch"),
        ("NI 117", "NI117", "'NI117' is no code of the national set"),
        (', note = "16-17 instead of 16-18"', "", "needs the key 'note'"),
        ("[sets]", '[periods]\nyears = "leap"\n[sets]', "'years' is 'leap'; expected one of calendar, financial"),
        ("[sets]", '[periods]\npooled = "no"\n[sets]', "'pooled' is 'no'; expected true or false"),
        ("[sets]", '[periods]\nmarks = { OT = "Z" }\n[sets]', "the mark 'OT' is 'Z'; expected one of A (normal value)"),
        ("[sets]", '[areas]\n970 = { code = "England", name = "E" }\n[sets]', "'England' is no ONS code"),
        ("[sets]", "[areas]\n970 = 3\n[sets]", "[areas.970] is to be a table"),
        ("[sets]", "[aeras]\n[sets]", "unknown key 'aeras'; did you mean areas?"),
        ('layout = "ees"', 'layout = "ees"\nkeep = ["Croydon"]', "'Croydon' is no ONS code such as E09000008"),
        ('layout = "ees"', 'layout = "ees"\nkeep = [306]', "'keep' is to be a list of texts"),
        ('layout = "ees"', 'layout = "ees"\nrows = { Age = 16 }', "'Age' is 16; expected text in quotes"),
    ],
)
def test_a_fault_is_told_with_what_to_do(mapping_of: MappingOf, samples, was: str, becomes: str, told: str) -> None:
    assert was in samples.ees
    found = faults(mapping_of, samples.ees.replace(was, becomes, 1))
    assert any(told in fault for fault in found), found
    assert all("mapping.toml" in fault for fault in found)


def test_all_faults_are_told_each_with_its_line(mapping_of: MappingOf, samples) -> None:
    text = samples.ees.replace('unit = "count"', 'unit = "heads"').replace('title = "Figures"', 'title = ""')
    lines = text.splitlines()
    found = faults(mapping_of, text)
    assert len(found) == 2
    for fault, words in zip(found, ('title = ""', 'unit = "heads"'), strict=True):
        assert f"mapping.toml:{lines.index(words) + 1}: " in fault


def test_no_indicator_is_a_fault(mapping_of: MappingOf, samples) -> None:
    text = samples.ees[: samples.ees.index("[[indicator]]")]
    assert any("needs the key 'indicator'" in fault for fault in faults(mapping_of, text))


def test_what_is_no_toml_is_told_with_its_line(mapping_of: MappingOf, samples) -> None:
    (fault,) = faults(mapping_of, samples.ees.replace("[sets]", "[sets"))
    assert "is not TOML" in fault
    assert f":{samples.ees.splitlines().index('[sets]') + 1}: " in fault


def test_a_file_that_is_not_there_is_told(tmp_path: Path, units: frozenset[str]) -> None:
    with pytest.raises(CyppgraphError, match="cannot be read"):
        read_mapping(tmp_path / "none.toml", units)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_own_mapping_files_are_sound(path: Path, units: frozenset[str]) -> None:
    mapping = read_mapping(path, units)
    assert mapping.files
    assert all(match.note for indicator in mapping.indicators for match in indicator.matches)


def test_one_id_means_one_thing_in_all_our_mapping_files(units: frozenset[str]) -> None:
    """The same indicator, set and area are named and defined alike, whichever file gives figures for them."""
    said: dict[str, object] = {}
    for path in OURS:
        mapping = read_mapping(path, units)
        for each in mapping.indicators:
            words = (each.title, each.label, each.unit, each.per, each.definition, each.population, each.matches)
            assert said.setdefault(each.id, words) == words, (path, each.id)
        for key, title in mapping.sets.items():
            assert said.setdefault(key, title) == title
        for area in mapping.areas.values():
            assert said.setdefault(area.code, area.name) == area.name


def test_our_matches_are_of_the_national_set(units: frozenset[str]) -> None:
    listed = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "data" / "catalogue").glob("*.csv"))
    if not listed:
        pytest.skip("the national set is not in data/catalogue")
    for path in OURS:
        for indicator in read_mapping(path, units).indicators:
            assert all(f"\n{match.code}," in listed for match in indicator.matches), indicator.id


def test_the_units_of_the_tests_are_those_of_the_scheme(units: frozenset[str]) -> None:
    text = (find_resources(ROOT).schemes / "unit.ttl").read_text(encoding="utf-8")
    assert all(f'skos:notation "{unit}"' in text for unit in units)
    assert text.count("skos:notation ") == len(units)


def test_every_key_is_documented(samples) -> None:
    """Each key that a mapping file may hold stands in the tables of docs/observations.md."""
    text = (ROOT / "docs" / "observations.md").read_text(encoding="utf-8")
    keys = "title publisher source licence layout files keep rows years named_by pooled marks id column item measure"
    keys += " label unit per definition population note match"
    assert [key for key in keys.split() if f"`{key}`" not in text] == []


def test_the_example_of_the_documentation_is_sound(mapping_of: MappingOf) -> None:
    text = (ROOT / "docs" / "observations.md").read_text(encoding="utf-8")
    mapping = mapping_of(text.split("```toml\n")[1].split("```")[0])
    assert mapping.indicators[0].id == "dfe/neet-16-17"
