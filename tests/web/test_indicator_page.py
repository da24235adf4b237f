"""The page of an indicator: who uses it and how that is known, what was promised and published, what is missing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import html5rdf
import pytest
from flask.testing import FlaskClient

from cyppgraph.store import EmbeddedSource, read_rows
from cyppgraph.web import create_app
from cyppgraph.web.display.chart import Point, draw
from served import open_source

ROOT = Path(__file__).parents[2]
PAGE = {"Accept": "text/html"}
NI_117 = "https://w3id.org/cyppgraph/id/indicator/ni/117"
ATTACK = "</title></svg><script>alert(1)</script>"
FIGURES = f"""
@prefix cypp: <https://w3id.org/cyppgraph/ontology#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix qb: <http://purl.org/linked-data/cube#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix d: <http://purl.org/linked-data/sdmx/2009/dimension#> .
@prefix m: <http://purl.org/linked-data/sdmx/2009/measure#> .
@prefix id: <https://w3id.org/cyppgraph/id/> .
@prefix e: <http://example.org/> .
<https://w3id.org/cyppgraph/id/indicator/x/1> a cypp:Indicator ; skos:prefLabel "{ATTACK}" ; skos:notation "X 1" .
e:area rdfs:label "Alder {ATTACK}" .
e:y1 rdfs:label "2011" ; dcat:endDate "2011-12-31" . e:y2 rdfs:label "2012" ; dcat:endDate "2012-12-31" .
e:y3 rdfs:label "2013" ; dcat:endDate "2013-12-31" .
e:target skos:notation "target" . e:actual skos:notation "actual" .
e:withheld skos:prefLabel "Confidential" ; skos:definition "There is a figure, and it is withheld." .
e:o1 a qb:Observation ; cypp:observedIndicator <https://w3id.org/cyppgraph/id/indicator/x/1> ; d:refArea e:area ;
  d:refPeriod e:y1 ; cypp:valueRole e:actual ; m:obsValue 7.5 .
e:o2 a cypp:MissingValue ; cypp:observedIndicator <https://w3id.org/cyppgraph/id/indicator/x/1> ; d:refArea e:area ;
  d:refPeriod e:y2 ; cypp:valueRole e:actual ; cypp:absence e:withheld .
e:o3 a qb:Observation ; cypp:observedIndicator <https://w3id.org/cyppgraph/id/indicator/x/1> ; d:refArea e:area ;
  d:refPeriod e:y3 ; cypp:valueRole e:actual ; m:obsValue 6.5 .
e:o4 a qb:Observation ; cypp:observedIndicator <https://w3id.org/cyppgraph/id/indicator/x/1> ; d:refArea e:area ;
  d:refPeriod e:y3 ; cypp:valueRole e:target ; m:obsValue 5.0 .
e:o5 a qb:Observation ; cypp:observedIndicator <https://w3id.org/cyppgraph/id/indicator/x/1> ; d:refArea e:area ;
  d:refPeriod e:y3 ; cypp:valueRole e:target ; m:obsValue "soon" .
e:o6 a qb:Observation ; cypp:observedIndicator <https://w3id.org/cyppgraph/id/indicator/x/1> ; d:refArea e:area ;
  d:refPeriod e:y3 ; cypp:valueRole e:actual ; m:obsValue 1.7e308 .
"""


@pytest.fixture(scope="module")
def site(published: EmbeddedSource) -> FlaskClient:
    return create_app(published, ontology=ROOT / "ontology").test_client()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """An indicator with a figure, one that is withheld, another figure, a target, and text that attacks."""
    folder = tmp_path_factory.mktemp("figures")
    (folder / "figures.ttl").write_text(FIGURES, encoding="utf-8")
    with open_source(folder, tmp_path_factory.mktemp("figures-snapshots")) as source:
        yield create_app(source, ontology=ROOT / "ontology").test_client()


class Counted:
    """A source that counts the queries of its editions."""

    def __init__(self, source: EmbeddedSource) -> None:
        self._source, self.queries = source, 0

    def edition(self) -> Counted:
        self._edition = self._source.edition()
        return self

    def query(self, *asked: Any) -> Any:
        self.queries += 1
        return self._edition.query(*asked)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._edition, name)


def read_page(client: FlaskClient, path: str) -> str:
    response = client.get(path, headers=PAGE)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def read_table(page: str, id_: str) -> list[list[str]]:
    tree = html5rdf.parse(page, namespaceHTMLElements=False)
    (table,) = (each for each in tree.iter("table") if each.get("id") == id_)
    cells = [[cell for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in cells]


def read_file(client: FlaskClient, table: str, iri: str) -> list[list[str]]:
    response = client.get(f"/compare/indicator/{table}.csv", query_string={"iri": iri})
    assert response.mimetype == "text/csv"
    rows = csv.reader(io.StringIO(response.get_data(as_text=True), newline=""))
    return [[" ".join(cell.split()) for cell in row] for row in rows]


def test_every_plan_that_comes_to_ni_117_is_named_with_its_words(site: FlaskClient, published: EmbeddedSource) -> None:
    rows = read_rows(
        published.edition(),
        "SELECT DISTINCT ?place ?e ?words { "
        "?e cypp:usesIndicator|cypp:concernsIndicator|cypp:relatesToIndicator ni:117 ; cypp:statement ?words ; "
        "cypp:inPlan/dct:spatial/rdfs:label ?place }",
    )
    expected = {(place.value, element.value, " ".join(words.value.split())) for place, element, words in rows}
    uses = read_file(site, "uses", NI_117)[1:]
    shown = {(row[0].rpartition(" ")[0], row[-1], row[3]) for row in uses}
    assert expected <= shown
    assert {row[1].partition(",")[0] for row in uses} >= {"Prints its code", "Same quantity"}
    page = read_page(site, "/doc/indicator/ni/117")
    for plan in {row[0] for row in uses}:
        assert f"<bdi>{plan}</bdi>" in page


def test_a_link_says_how_sure_its_reader_was_and_a_code_does_not(site: FlaskClient) -> None:
    for row in read_file(site, "uses", NI_117)[1:]:
        assert bool(row[5]) == (row[1] != "Prints its code"), row


@pytest.mark.parametrize("table", ["uses", "figures", "linked", "rejected"])
def test_the_file_has_what_the_table_shows(site: FlaskClient, table: str) -> None:
    ids = {"figures": "figures"}
    shown = read_table(read_page(site, "/doc/indicator/ni/117"), ids.get(table, f"{table}-table"))
    assert len(shown) > 1
    columns = [column for column in zip(*read_file(site, table, NI_117), strict=True) if column[0] != "IRI"]
    kept = [column for column in columns if any(column[1:])]
    assert len(kept) < len(columns) or table != "figures", "of the figures, a column is empty all the way down"
    assert [list(row) for row in zip(*kept, strict=True)] == shown


def test_rejected_pairs_stand_there_with_their_reasons(site: FlaskClient, published: EmbeddedSource) -> None:
    rows = read_rows(
        published.edition(),
        "SELECT ?link (SAMPLE(?r) AS ?why) { ?link rdf:object ni:117 ; cypp:linkStatus/skos:notation 'rejected' "
        "OPTIONAL { ?link rdfs:comment ?r } } GROUP BY ?link",
    )
    shown = read_file(site, "rejected", NI_117)[1:]
    assert len(shown) == len(rows) > 0
    assert sorted(row[4] for row in shown) == sorted(" ".join(why.value.split()) if why else "" for _, why in rows)


def test_the_title_says_how_it_is_known(site: FlaskClient) -> None:
    assert "Read in a public page" in read_page(site, "/doc/indicator/ni/117")
    assert "Recalled, to be checked" in read_page(site, "/doc/indicator/ni/147")


def test_targets_are_hollow_and_figures_filled(small: FlaskClient) -> None:
    page = read_page(small, "/doc/indicator/x/1")
    marks = [part.partition(">")[0] for part in page.partition("<figcaption")[0].split("<path")[1:]]
    assert sum('fill="#ffffff"' in mark for mark in marks) == 1, "the target"
    assert len(marks) == 3, "one target and two figures; neither what is missing, nor a word, nor what no axis holds"
    assert "<polyline" not in page, "no line bridges the year without a figure"


TWO_SETS = (
    FIGURES
    + """
e:alder-plan a cypp:Plan ; dct:spatial e:area .
e:p1 <http://xmlns.com/foaf/0.1/name> "Office One" . e:p2 <http://xmlns.com/foaf/0.1/name> "Office Two" .
e:s1 dct:title "Survey" . e:s2 dct:title "Census" .
e:o1 cypp:statedBy e:p1 ; qb:dataSet e:s1 . e:o2 cypp:statedBy e:p1 ; cypp:missingFrom e:s1 .
e:o3 cypp:statedBy e:p1 ; qb:dataSet e:s1 .
e:n1 a qb:Observation ; cypp:observedIndicator <https://w3id.org/cyppgraph/id/indicator/x/1> ; d:refArea e:area ;
  d:refPeriod e:y1 ; cypp:valueRole e:actual ; m:obsValue 9.5 ; cypp:statedBy e:p2 ; qb:dataSet e:s2 .
e:n3 a qb:Observation ; cypp:observedIndicator <https://w3id.org/cyppgraph/id/indicator/x/1> ; d:refArea e:area ;
  d:refPeriod e:y3 ; cypp:valueRole e:actual ; m:obsValue 8.5 ; cypp:statedBy e:p1 ; qb:dataSet e:s2 .
"""
)


def test_figures_of_two_publishers_or_sets_are_told_apart_and_never_joined(tmp_path: Path) -> None:
    (tmp_path / "figures.ttl").write_text(TWO_SETS, encoding="utf-8")
    with open_source(tmp_path, tmp_path / "snapshots") as source:
        page = read_page(create_app(source, ontology=ROOT / "ontology").test_client(), "/doc/indicator/x/1")
    assert "<polyline" not in page
    tree = html5rdf.parse(page, namespaceHTMLElements=False)
    (legend,) = tree.iter("figcaption")
    headings = ["".join(each.itertext()) for each in legend.iter("p")]
    promised, published = (["".join(item.itertext()) for item in each.iter("bdi")] for each in legend.iter("ul"))
    assert headings[0].startswith("Promised")
    assert headings[1].startswith("Published")
    assert len(promised) == 1
    assert sorted(text.partition("published figure, ")[2] for text in published) == [
        "Office One: Census",
        "Office One: Survey",
        "Office Two: Census",
    ]
    shapes = {
        path.get("d") for item in list(legend.iter("ul"))[1] for path in item.iter() if str(path.tag).endswith("path")
    }
    assert len(shapes) == 3


def test_areas_with_a_plan_come_first_and_a_long_table_is_folded_below_its_chart(tmp_path: Path) -> None:
    about = "a qb:Observation ; cypp:observedIndicator <https://w3id.org/cyppgraph/id/indicator/x/1> ; m:obsValue 4 ;"
    others = "".join(
        f"e:z{n} {about} d:refArea e:aa ; d:refPeriod e:y1 ; cypp:valueRole e:actual .\n" for n in range(9)
    )
    turtle = f'{TWO_SETS} e:aa <http://www.w3.org/2000/01/rdf-schema#label> "Aardvark" .\n{others}'
    (tmp_path / "figures.ttl").write_text(turtle, encoding="utf-8")
    with open_source(tmp_path, tmp_path / "snapshots") as source:
        page = read_page(create_app(source, ontology=ROOT / "ontology").test_client(), "/doc/indicator/x/1")
    heads, *rows = read_table(page, "figures")
    areas = [cells[heads.index("Area")] for cells in rows]
    assert areas == sorted(areas, key=lambda area: area == "Aardvark")
    assert areas[-1] == "Aardvark"
    assert f"The same as a table: {len(rows)} targets and figures" in page


def test_a_missing_figure_shows_its_reason_and_no_nought(small: FlaskClient) -> None:
    page = read_page(small, "/doc/indicator/x/1")
    assert "There is a figure, and it is withheld." in page.partition('id="missing"')[2].partition("<table")[0]
    heads, *rows = read_table(page, "figures")
    row = next(row for row in (dict(zip(heads, cells, strict=True)) for cells in rows) if row["Period"] == "2012")
    assert (row["Value"], row["Why there is no value or mark"]) == (
        "",
        "Confidential. There is a figure, and it is withheld.",
    )


def test_a_wanted_change_is_told_and_not_drawn_as_a_level(site: FlaskClient) -> None:
    page = read_page(site, "/doc/indicator/ni/64")
    assert "A change (decrease by), not a level. In the plan’s words: 20% reduction" in page
    assert "No figure here has both a value and a date" in page


def test_what_the_data_say_is_text_in_the_page_and_in_the_drawing(small: FlaskClient) -> None:
    page = read_page(small, "/doc/indicator/x/1")
    assert "<script" not in page
    assert page.count("&lt;script&gt;") > 4
    assert " style=" not in page, "the CSP forbids it"


def test_a_page_asks_as_much_of_a_small_indicator_as_of_a_large_one(published: EmbeddedSource) -> None:
    counted = Counted(published)
    client = create_app(counted, ontology=ROOT / "ontology").test_client()
    read_page(client, "/doc/indicator/ni/198")  # the plans' names are read once for a version of the data
    asked = []
    for path in ("/doc/indicator/ni/199", "/doc/indicator/ni/117"):
        counted.queries = 0
        read_page(client, path)
        asked.append(counted.queries)
    assert asked[0] == asked[1] <= 9


def test_an_indicator_without_figures_says_so(site: FlaskClient) -> None:
    page = read_page(site, "/doc/indicator/ni/199")
    assert "No plan gives a number for it" in page
    assert "<svg" not in page


def test_no_line_bridges_years_without_a_record() -> None:
    """Figures of 2010 and 2011, nothing at all of 2012, then 2013 to 2015; the ends of their periods vary."""
    ends = [date(2010, 3, 31), date(2011, 8, 31), date(2013, 3, 31), date(2014, 3, 31), date(2015, 3, 31)]
    for promised in (False, True):
        points = [Point("A", "A", promised, end, float(end.year - 2000), str(end)) for end in ends]
        drawn = draw(points, ["A"], "", timedelta(days=548))
        assert drawn is not None
        assert [len(line.points.split()) for line in drawn.lines] == [2, 3]
        assert len(drawn.marks) == len(ends), "every figure is still there"


def test_the_page_breaks_the_line_where_a_year_has_no_record(tmp_path: Path) -> None:
    years = (2009, 2010, 2013, 2014)
    figures = FIGURES + "".join(
        f"""e:z{year} rdfs:label "{year}" ; dcat:endDate "{year}-12-31" .
        e:r{year} a qb:Observation ; cypp:observedIndicator <https://w3id.org/cyppgraph/id/indicator/x/2> ;
        d:refArea e:area ; d:refPeriod e:z{year} ; cypp:valueRole e:actual ; m:obsValue {year - 2000} . """
        for year in years
    )
    figures += '<https://w3id.org/cyppgraph/id/indicator/x/2> a cypp:Indicator ; skos:prefLabel "Two" .'
    (tmp_path / "figures.ttl").write_text(figures, encoding="utf-8")
    with open_source(tmp_path, tmp_path / "snapshots") as source:
        page = read_page(create_app(source, ontology=ROOT / "ontology").test_client(), "/doc/indicator/x/2")
    lines = re.findall(r'<polyline points="([^"]*)"', page)
    assert [len(line.split()) for line in lines] == [2, 2]
    assert "breaks where a year has none" in page, "the key says so"
