"""Words find what has them: as printed, misspelt, begun, by code; and whatever is typed is a word or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces
from cyppgraph.store import fulltext
from cyppgraph.store.fulltext import FILE, build_index
from cyppgraph.store.searching import Found, Hit, SearchFiles, find, read_facets

ROOT = Path(__file__).parents[2]
NI_117 = "https://w3id.org/cyppgraph/id/indicator/ni/117"
ODD = ['"', "' OR 1=1 --", "NEAR(a b)", "neet AND", "label:neet", "-neet", "^neet*", "(", "\0", "x" * 10_000]
ODD += ["😀", "\u202eneet\u202c", "neet " * 3000, '"' * 999, "ﬀ ß İ ǅ", "\ud800", "a\u0301", "٣ ½ ²", "_", "*", '""']


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """The words of all that is published."""
    if not any((ROOT / "data" / "ttl").glob("*.ttl")):
        pytest.skip("data/ttl is not built: run 'cyppgraph build'")
    engine = ox.Store()
    for path in sorted((ROOT / "data" / "ttl").glob("*.ttl")):
        engine.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE)
    path = tmp_path_factory.mktemp("words") / FILE
    build_index(engine, Namespaces(), path)
    with closing(SearchFiles().open(path)) as opened:
        yield opened


def write(folder: Path, turtle: str) -> sqlite3.Connection:
    """Return the words of a few statements."""
    engine = ox.Store()
    head = "@prefix cypp: <https://w3id.org/cyppgraph/ontology#> . "
    engine.load(head + turtle, format=ox.RdfFormat.TURTLE)
    build_index(engine, Namespaces(), folder / FILE)
    return SearchFiles().open(folder / FILE)


def iris(found: Found) -> list[str]:
    return [hit.iri for hit in found.hits]


def text(hit: Hit) -> str:
    return "".join(piece.text for piece in (*hit.label, *hit.snippet)).lower()


def test_a_word_finds_the_indicator_and_what_plans_state(file: sqlite3.Connection) -> None:
    found = find(file, "NEET", {})
    assert NI_117 in iris(found)
    actions = [hit for hit in found.hits if hit.kind == "action"]
    assert {plan for hit in actions for plan in hit.plans} >= {"croydon-2013", "southend-2011"}
    assert all(hit.lines for hit in actions)
    assert all("neet" in text(hit) for hit in found.hits)


@pytest.mark.parametrize("words", ["NI 117", "ni117", " Ni  117 "])
def test_a_code_finds_what_it_is_the_code_of_first(file: sqlite3.Connection, words: str) -> None:
    assert iris(find(file, words, {}))[0] == NI_117


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("safegaurding", "safeguarding"), ("vreastfeeding", "breastfeeding"), ("pregnacy", "pregnancy")],
)
def test_letters_that_are_missing_wrong_or_swapped_do_no_harm(file: sqlite3.Connection, typed: str, meant: str) -> None:
    assert find(file, typed, {}).reading.corrected == ((typed, meant),)


def test_a_misspelt_word_is_looked_for_as_it_is_spelled(file: sqlite3.Connection) -> None:
    found = find(file, "brestfeeding", {})
    assert found.reading.corrected == (("brestfeeding", "breastfeeding"),)
    assert iris(found) == iris(find(file, "breastfeeding", {}))
    assert found.total > 5


def test_other_forms_of_a_word_and_its_beginning_find_it(file: sqlite3.Connection) -> None:
    assert "pregnan" in text(find(file, "teenage pregnancies", {}).hits[0])
    begun = find(file, "breastf", {})
    assert not begun.reading.corrected
    assert set(iris(find(file, "breastfeeding", {}))) <= set(iris(begun))


def test_words_as_they_stand_come_before_those_that_begin_so(file: sqlite3.Connection) -> None:
    marked = [
        any(piece.marked and piece.text.lower() == "care" for piece in (*hit.label, *hit.snippet))
        for hit in find(file, "care", {}, most=1000).hits
    ]
    assert any(marked)
    assert not all(marked)
    assert marked[0]


def test_a_phrase_is_found_in_its_order(file: sqlite3.Connection) -> None:
    found = find(file, '"looked after children"', {}, most=1000)
    assert found.total > 0
    assert all("looked after child" in text(hit).replace("-", " ") for hit in found.hits[:5])
    assert found.total < find(file, "looked after children", {}).total


def test_where_nothing_has_all_words_some_will_do_and_it_is_said(file: sqlite3.Connection) -> None:
    found = find(file, "breastfeeding neet", {})
    assert found.is_loose
    assert found.total > 5
    unknown = find(file, "zzxxqq breastfeeding", {})
    assert unknown.reading.unknown == ("zzxxqq",)
    assert unknown.is_loose
    assert unknown.total == find(file, "breastfeeding", {}).total


def test_facets_add_up(file: sqlite3.Connection) -> None:
    found = find(file, "school", {})
    assert sum(each.count for each in found.facets["kind"]) == found.total
    for name, values in found.facets.items():
        for value in values[:4]:
            chosen = find(file, "school", {name: [value.value]})
            assert chosen.total == value.count
            assert [(each.value, each.count) for each in chosen.facets[name]] == [
                (each.value, each.count) for each in values
            ]


def test_everything_is_counted_as_it_is_found(file: sqlite3.Connection) -> None:
    every = find(file, "", {}, most=60)
    kinds, plans = every.facets["kind"], every.facets["plan"]
    assert sum(each.count for each in kinds) == every.total
    assert [each.count for each in kinds] == sorted((each.count for each in kinds), reverse=True)
    for name, values in (("kind", kinds), ("plan", plans)):
        for each in values:
            assert find(file, "", {name: [each.value]}).total == each.count
    assert iris(every) == [iri for start in (0, 40) for iri in iris(find(file, " ", {}, start, 40))][:60]


def test_a_year_is_one_in_which_a_thing_is_due(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "<http://e.org/a> a cypp:Action ; cypp:statement 'one' ; cypp:due <http://e.org/due> ."
        "<http://e.org/due> cypp:earliest '2011-11-01' ; cypp:latest '2013-02-28' ."
        "<http://e.org/b> a cypp:Action ; cypp:statement 'two' ; cypp:due [ cypp:earliest '2013-01-01' ] ."
        "<http://e.org/c> a cypp:Action ; cypp:statement 'three' ; cypp:due [ cypp:statement 'as required' ] .",
    )
    years = {each.value: each.count for each in find(file, "", {}).facets["year"]}
    assert years == {"2011": 1, "2012": 1, "2013": 2}
    assert iris(find(file, "", {"year": ["2012"]})) == ["http://e.org/a"]
    assert find(file, "", {"year": ["2011", "2013"]}).total == 2


@pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
def test_whatever_is_typed_is_words_or_nothing(file: sqlite3.Connection, words: str) -> None:
    found = find(file, words, {"kind": ["action"]})
    assert found.total >= len(found.hits)


def test_the_same_search_gives_the_same_order_and_pages_do_not_overlap(file: sqlite3.Connection) -> None:
    whole = iris(find(file, "children", {}, most=60))
    parts = [iri for start in (0, 20, 40) for iri in iris(find(file, "children", {}, start, 20))]
    assert whole == parts
    assert len(set(whole)) == 60


def test_what_a_text_holds_cannot_forge_a_mark(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "<http://e.org/a> a cypp:Action ; cypp:statement 'a \\u0002forged\\u0003 mark of <b>bold</b> words' .",
    )
    (hit,) = find(file, "bold", {}).hits
    assert [piece.text for piece in hit.label if piece.marked] == ["bold"]


def test_a_graph_of_something_else_can_be_searched_too(tmp_path: Path) -> None:
    build_index(ox.Store(), Namespaces(), tmp_path / FILE)
    file = SearchFiles().open(tmp_path / FILE)
    assert find(file, "neet", {}).total == 0
    assert set(read_facets(file)) == {"plan", "kind", "topic", "year"}


def test_the_file_cannot_be_written(file: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        file.execute("DELETE FROM thing")


def test_without_fts5_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "_SCHEMA", fulltext._SCHEMA.replace("fts5 (", "fts5_that_is_not_there ("))
    with pytest.raises(CyppgraphError, match="without FTS5"):
        build_index(ox.Store(), Namespaces(), tmp_path / FILE)
