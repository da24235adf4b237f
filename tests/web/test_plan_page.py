"""A plan's page over the published graph: its tree, its actions by filters and as CSV, what is due when, who leads."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from pathlib import Path
from urllib.parse import quote
from xml.etree.ElementTree import Element

import html5rdf
import pytest
from flask.testing import FlaskClient

from cyppgraph.store import EmbeddedSource, read_rows
from cyppgraph.web import create_app
from cyppgraph.web.plans.elements import Due
from cyppgraph.web.plans.elements import Element as PlanElement
from cyppgraph.web.plans.timeline import draw_timeline
from served import open_source

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/cyppgraph/id/"
PLANS = ("croydon-2013", "croydon-2021", "richmond-2009", "southend-2011", "thurrock-2012")
BROWSER = {"Accept": "text/html"}
UNREPEATED = {"Authorization": "Bearer nobody"}  # an answer that was given before would ask nothing
READ: dict[str, Element] = {}  # a page is read once for all tests
two_plans = pytest.mark.parametrize("plan", ["richmond-2009", "thurrock-2012"])
every_plan = pytest.mark.parametrize("plan", PLANS)

# Written from the model alone: what each filter should leave.
FILTERS = {
    "lead=Public Health": """
      ?action cypp:hasLead ?lead .
      { ?lead cypp:leadBody|cypp:leadRole ?who . ?who rdfs:label "Public Health"@en }
      UNION { ?lead cypp:leadBody|cypp:leadRole ?who . ?who rdfs:label "Public Health" }""",
    "due=2013": """
      ?action cypp:due ?due . OPTIONAL { ?due cypp:earliest ?e } OPTIONAL { ?due cypp:latest ?l }
      FILTER (YEAR(COALESCE(?e, ?l)) <= 2013 && YEAR(COALESCE(?l, ?e)) >= 2013)""",
    "due=ongoing": '?action cypp:due/cypp:timeKind/skos:notation "ongoing" .',
    "topic=Workforce": '?action dct:subject/skos:prefLabel "Workforce"@en .',
    "status=Complete": '?action cypp:progress/cypp:progressStatus/skos:prefLabel "Complete"@en .',
    "without=lead": 'FILTER NOT EXISTS { ?action cypp:hasLead/cypp:leadStatus/skos:notation "named" }',
    "without=end date": "FILTER NOT EXISTS { ?action cypp:due/cypp:latest ?day }",
    "without=measure": "FILTER NOT EXISTS { ?action cypp:measuredBy ?measure }",
    "without=all three": """
      FILTER NOT EXISTS { ?action cypp:hasLead/cypp:leadStatus/skos:notation "named" }
      FILTER NOT EXISTS { ?action cypp:due/cypp:latest ?day }
      FILTER NOT EXISTS { ?action cypp:measuredBy ?measure }""",
    "topic=Workforce&due=2013": """
      ?action dct:subject/skos:prefLabel "Workforce"@en ; cypp:due/cypp:latest ?l ; cypp:due ?any .
      ?any cypp:earliest ?e FILTER (EXISTS { ?any cypp:latest ?z FILTER (YEAR(?e) <= 2013 && YEAR(?z) >= 2013) }
                                    || (NOT EXISTS { ?any cypp:latest ?z } && YEAR(?e) = 2013))""",
}


def ask(published: EmbeddedSource, query: str) -> list[tuple[str, ...]]:
    rows = read_rows(published.edition(), query)
    return [tuple(term.value if hasattr(term, "value") else "" for term in row) for row in rows]


def read_page(client: FlaskClient, path: str) -> Element:
    if path not in READ:
        response = client.get(path, headers=BROWSER)
        assert response.status_code == 200
        READ[path] = html5rdf.parse(response.text, treebuilder="etree", namespaceHTMLElements=False)
    return READ[path]


def say(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def iri_of(link: Element) -> str:
    return BASE + link.get("href", "").removeprefix("/doc/")


def find_class(page: Element, name: str) -> list[Element]:
    return [each for each in page.iter() if isinstance(each.tag, str) and name in (each.get("class") or "").split()]


@pytest.mark.parametrize("kinds", ["Theme Commitment Outcome", "Theme Commitment Outcome Action"])
@every_plan
def test_the_tree_has_what_the_plan_sets_out_in_printed_order(
    real: FlaskClient, published: EmbeddedSource, plan: str, kinds: str
) -> None:
    said = ask(
        published,
        f"""SELECT DISTINCT ?it ?under ?place ?statement ?number {{
          VALUES ?kind {{ {" ".join(f"cypp:{kind}" for kind in kinds.split())} }}
          ?it a ?kind ; cypp:inPlan <{BASE}plan/{plan}> ; cypp:statement ?statement ; cypp:position ?place .
          OPTIONAL {{ ?it cypp:partOf ?under }} OPTIONAL {{ ?it cypp:number ?number }} }}""",
    )
    path = f"/plans/{plan}/print" if "Action" in kinds else f"/doc/plan/{plan}"
    tree = find_class(read_page(real, path), "plan-tree--top")[0]
    shown: dict[str, tuple[str, str]] = {}
    siblings: dict[str, list[str]] = {}

    def walk(items: Element, above: str) -> None:
        for item in items.findall("li"):
            link = next(item.iter("a"))
            shown[iri_of(link)] = (above, say(link))
            siblings.setdefault(above, []).append(iri_of(link))
            for lower in (*item.findall("ul"), *item.findall("details/ul")):
                walk(lower, iri_of(link))

    walk(tree, "")
    assert len(said) > 20
    assert {iri: under for iri, under, *_ in said} == {iri: under for iri, (under, _) in shown.items()}
    for iri, _, _, statement, number in said:
        assert shown[iri][1] == " ".join(f"{number} {statement}".split())
    places = {iri: int(place) for iri, _, place, *_ in said}
    for own in siblings.values():
        assert [places[iri] for iri in own] == sorted(places[iri] for iri in own)


@pytest.mark.parametrize("plan", ["croydon-2021", "thurrock-2012"])
@pytest.mark.parametrize("asked", FILTERS)
def test_a_filter_leaves_what_the_graph_says(
    real: FlaskClient, published: EmbeddedSource, plan: str, asked: str
) -> None:
    query = f"SELECT DISTINCT ?action {{ ?action a cypp:Action ; cypp:inPlan <{BASE}plan/{plan}> . {FILTERS[asked]} }}"
    expected = {iri for (iri,) in ask(published, query)}
    page = read_page(real, f"/plans/{plan}/actions?{asked}")
    shown = [iri_of(next(row.iter("a"))) for table in page.iter("tbody") for row in table.iter("tr")]
    assert len(shown) == len(set(shown))
    assert set(shown) == expected


def test_the_filters_find_something_and_keep_their_state(real: FlaskClient) -> None:
    page = read_page(real, "/plans/thurrock-2012/actions?lead=Public Health&due=2013")
    chosen = [each.get("value") for each in page.iter("option") if "selected" in each.attrib]
    assert chosen == ["Public Health", "2013"]
    assert sum(1 for table in page.iter("tbody") for _ in table.iter("tr")) > 0
    links = [each.get("href") for each in page.iter("a")]
    assert "/plans/thurrock-2012/actions.csv?lead=Public+Health&due=2013" in links


@two_plans
@pytest.mark.parametrize("asked", ["?due=2013", "?due=ongoing", "?due=no%20date"])
def test_the_csv_is_the_table(real: FlaskClient, plan: str, asked: str) -> None:
    page = read_page(real, f"/plans/{plan}/actions{asked}")
    heads = [say(head) for table in page.iter("thead") for head in table.iter("th")]
    rows = [row for table in page.iter("tbody") for row in table.iter("tr")]
    shown = [dict(zip(heads, map(say, row), strict=True)) for row in rows]
    response = real.get(f"/plans/{plan}/actions.csv{asked}")
    assert response.headers["Content-Type"].startswith("text/csv")
    saved = list(csv.DictReader(io.StringIO(response.text, newline="")))
    assert len(saved) == len(shown)
    for row, cells in zip(saved, shown, strict=True):
        words = " ".join(f"{row['Number']} {row['Action'].removeprefix(chr(39))}".split())
        assert re.sub(r" (shared|inferred|doubtful|inherited)$", "", cells["Action"]) == words
        for column in ("Date as understood", "Topics", "Progress", "Line"):
            assert cells.get(column, "") == row[column]


@every_plan
def test_no_column_of_the_actions_is_empty_all_the_way_down(real: FlaskClient, plan: str) -> None:
    page = read_page(real, f"/plans/{plan}/actions")
    rows = [[say(cell) for cell in row] for table in page.iter("tbody") for row in table.iter("tr")]
    assert all(any(column) for column in zip(*rows, strict=True))


@every_plan
def test_the_page_counts_what_actions_lack_and_leads_to_them(real: FlaskClient, plan: str) -> None:
    links = [each for each in read_page(real, f"/doc/plan/{plan}").iter("a") if "?without=" in each.get("href", "")]
    assert links
    for link in links:
        found = read_page(real, link.get("href", ""))
        assert int(say(link).split()[0]) == sum(1 for table in found.iter("tbody") for _ in table.iter("tr"))


def test_a_plan_leads_to_the_council_s_other_plans_and_what_was_kept(real: FlaskClient) -> None:
    kept = "/compare/later?earlier=croydon-2013&later=croydon-2021"
    for plan, other, said in (("2013", "2021", "Later plan"), ("2021", "2013", "Earlier plan")):
        page = read_page(real, f"/doc/plan/croydon-{plan}")
        assert said in [say(each) for each in page.iter("dt")]
        assert {f"/doc/plan/croydon-{other}", kept} <= {each.get("href") for each in page.iter("a")}
    assert real.get(kept).status_code == 200
    assert "Later plan" not in say(read_page(real, "/doc/plan/thurrock-2012"))


@every_plan
def test_the_tree_counts_the_actions_of_each_commitment_and_leads_to_them(
    real: FlaskClient, published: EmbeddedSource, plan: str
) -> None:
    said = ask(
        published,
        f"""SELECT ?under (COUNT(DISTINCT ?action) AS ?n) {{ ?action a cypp:Action ; cypp:inPlan <{BASE}plan/{plan}> ;
          cypp:partOf ?under . FILTER NOT EXISTS {{ ?under a cypp:Action }} }} GROUP BY ?under""",
    )
    tree = find_class(read_page(real, f"/doc/plan/{plan}"), "plan-tree--top")[0]
    counted: dict[str, int] = {}
    for link in tree.iter("a"):
        if link.get("href", "").endswith("#below"):
            under = iri_of(link).removesuffix("#below")
            counted[under] = counted.get(under, 0) + int(say(link).split()[0])
    assert counted == {under: int(number) for under, number in said}
    listed = read_page(real, "/doc/" + said[0][0].removeprefix(BASE))
    assert any(each.get("id") == "below" for each in listed.iter("h2"))


@every_plan
def test_the_years_of_the_page_add_up_to_the_dates_of_the_timeline(
    real: FlaskClient, published: EmbeddedSource, plan: str
) -> None:
    table = find_class(read_page(real, f"/doc/plan/{plan}"), "plan-years")[0]
    counted = sum(int(say(row[1])) for body in table.iter("tbody") for row in body.iter("tr"))
    said = ask(published, f"SELECT (COUNT(*) AS ?n) {{ ?e cypp:inPlan <{BASE}plan/{plan}> ; cypp:due ?due }}")
    assert counted == int(said[0][0]) > 0


@every_plan
def test_every_dated_action_has_a_bar(real: FlaskClient, published: EmbeddedSource, plan: str) -> None:
    said = ask(
        published,
        f"""SELECT ?action ?kind (COUNT(DISTINCT ?due) AS ?n) {{
          ?action a cypp:Action ; cypp:inPlan <{BASE}plan/{plan}> ; cypp:due ?due .
          ?due cypp:timeKind/skos:notation ?kind . FILTER (?kind NOT IN ("invalid", "unstated")) }}
        GROUP BY ?action ?kind""",
    )
    page = read_page(real, f"/plans/{plan}/timeline")
    drawn: dict[tuple[str, str], int] = {}
    for row in find_class(page, "timeline__row"):
        kind = (row.get("class") or "").rpartition("--")[2]
        if any(find_class(row, f"timeline__{what}") for what in ("bar", "dot", "beyond")):
            drawn[iri_of(row), kind] = drawn.get((iri_of(row), kind), 0) + 1
        if kind in ("ongoing", "recurring"):
            assert kind in [text.text for text in row.iter() if str(text.tag).endswith("text")]
    assert {(iri, kind): int(count) for iri, kind, count in said}.items() <= drawn.items()


def test_leaders_are_counted_and_lead_to_their_actions(real: FlaskClient, published: EmbeddedSource) -> None:
    query = f"""SELECT ?name (COUNT(DISTINCT ?action) AS ?n) {{
      ?action a cypp:Action ; cypp:inPlan <{BASE}plan/thurrock-2012> ; cypp:hasLead/cypp:leadBody ?who .
      ?who rdfs:label ?name }} GROUP BY ?name"""
    section = read_page(real, "/plans/thurrock-2012/leads")
    counted = {
        say(row[0]): (say(row[2]).split()[0], [each.get("href") for each in row[2].iter("a")])
        for table in section.iter("tbody")
        for row in table.iter("tr")
        if say(row[1]) == "Body"
    }
    said = ask(published, query)
    assert len(said) > 3
    for name, count in said:
        assert counted[name] == (count, [f"/plans/thurrock-2012/actions?lead={quote(name)}"])


@two_plans
def test_its_tables_tell_measures_and_findings(real: FlaskClient, published: EmbeddedSource, plan: str) -> None:
    query = f"""SELECT DISTINCT ?finding {{ ?finding a dqv:QualityAnnotation ; oa:hasTarget ?on .
      {{ ?on cypp:inPlan <{BASE}plan/{plan}> }}
      UNION {{ ?it cypp:due|cypp:hasLead ?on ; cypp:inPlan <{BASE}plan/{plan}> }}
      UNION {{ VALUES ?on {{ <{BASE}plan/{plan}> }} }} }}"""
    measures = ask(published, f"SELECT ?m {{ ?m a cypp:Measure ; cypp:inPlan <{BASE}plan/{plan}> }}")
    linked = {
        iri_of(each) for part in ("measures", "findings") for each in read_page(real, f"/plans/{plan}/{part}").iter("a")
    }
    assert {iri for (iri,) in (*ask(published, query), *measures)} <= linked


@pytest.mark.usefixtures("nothing_kept")
def test_a_page_costs_the_same_number_of_queries_whatever_its_size(real: FlaskClient, asked: list[str]) -> None:
    counts = set()
    for plan in ("richmond-2009", "thurrock-2012"):
        asked.clear()
        real.get(f"/doc/plan/{plan}", headers=BROWSER | UNREPEATED)
        counts.add(len(asked))
    assert len(counts) == 1
    assert counts.pop() <= 13


@pytest.mark.usefixtures("nothing_kept")
@pytest.mark.parametrize(
    ("part", "most"), [("actions", 5), ("timeline", 3), ("measures", 4), ("leads", 3), ("findings", 4), ("print", 8)]
)
def test_a_part_asks_few_queries_and_none_when_it_was_read_before(
    published: EmbeddedSource, asked: list[str], part: str, most: int
) -> None:
    client = create_app(published, ontology=ROOT / "ontology").test_client()
    assert client.get(f"/plans/croydon-2013/{part}", headers=UNREPEATED).status_code == 200
    assert 0 < len(asked) <= most
    asked.clear()
    client.get(f"/plans/croydon-2013/{part}", headers=UNREPEATED)
    assert not asked


def test_the_longest_plan_is_light(real: FlaskClient) -> None:
    for path, most in {
        "/doc/plan/croydon-2013": 120_000,
        "/plans/croydon-2013/actions": 300_000,
        "/plans/croydon-2013/timeline": 300_000,
        "/plans/croydon-2013/measures": 200_000,
    }.items():
        assert len(real.get(path, headers=BROWSER).data) < most, path


@pytest.mark.parametrize("part", ["timeline", "measures", "leads", "findings"])
def test_the_file_of_a_part_has_as_many_rows_as_its_page(real: FlaskClient, part: str) -> None:
    page = read_page(real, f"/plans/thurrock-2012/{part}")
    rows = sum(1 for table in page.iter("tbody") for _ in table.iter("tr"))
    response = real.get(f"/plans/thurrock-2012/{part}.csv")
    assert response.headers["Content-Type"].startswith("text/csv")
    saved = list(csv.DictReader(io.StringIO(response.text, newline="")))
    assert len(saved) == rows > 0
    assert all(row["IRI"].startswith(BASE) or part == "leads" for row in saved)


def test_what_is_not_there_is_said_and_what_is_unchanged_is_not_sent_again(real: FlaskClient) -> None:
    assert real.get("/plans/nowhere-1999/actions").status_code == 404
    assert real.get("/plans/nowhere-1999/actions.csv").status_code == 404
    path = "/plans/croydon-2021/actions?status=Complete"
    etag = real.get(path).headers["ETag"]
    assert real.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert real.get("/plans/croydon-2021/actions", headers={"If-None-Match": etag}).status_code == 200
    nothing = real.get("/plans/croydon-2021/actions?topic=<script>alert(1)</script>")
    assert "No action of this plan" in nothing.text
    assert "<script" not in nothing.text


@every_plan
def test_actions_under_none_and_steps_of_actions_are_told_apart(
    real: FlaskClient, published: EmbeddedSource, plan: str
) -> None:
    query = f"?action a cypp:Action ; cypp:inPlan <{BASE}plan/{plan}> ."
    steps = ask(published, f"SELECT DISTINCT ?action {{ {query} ?action cypp:partOf/a cypp:Action }}")
    alone = ask(published, f"SELECT ?action {{ {query} FILTER NOT EXISTS {{ ?action cypp:partOf ?any }} }}")
    said = say(read_page(real, f"/doc/plan/{plan}"))
    assert re.findall(r"(\d+) actions? (?:is a step|are steps) of another", said) == (
        [str(len(steps))] if steps else []
    )
    assert re.findall(r"(\d+) actions? stands? under none", said) == ([str(len(alone))] if alone else [])


@every_plan
def test_all_of_a_plan_on_one_page_is_all_of_it(real: FlaskClient, published: EmbeddedSource, plan: str) -> None:
    """Progress has a column beside its action."""
    query = f"SELECT ?it {{ ?it cypp:inPlan <{BASE}plan/{plan}> FILTER NOT EXISTS {{ ?it a cypp:Progress }} }}"
    page = read_page(real, f"/plans/{plan}/print")
    assert {iri for (iri,) in ask(published, query)} <= {iri_of(link) for link in page.iter("a")}


def test_finance_lines_tell_their_amounts(real: FlaskClient, published: EmbeddedSource) -> None:
    query = """SELECT ?line ?year ?amount ?kind { ?line a cypp:FinanceLine ; cypp:financialYear ?year ;
      cypp:amount ?amount ; cypp:financeKind/skos:prefLabel ?kind }"""
    rows = find_class(read_page(real, "/plans/croydon-2021/print"), "app-table")[-1].iter("tr")
    told = {
        iri_of(row.findall("td")[1].find("a")): say(row.findall("td")[2]) for row in rows if row.find("td") is not None
    }
    lines = ask(published, query)
    for line, year, amount, kind in lines:
        assert told[line] == f"£{int(amount):,}, {kind.lower()}, {year}"
    assert len(lines) > 5


@every_plan
def test_what_recurs_is_hollow_unless_it_is_simply_stated(
    real: FlaskClient, published: EmbeddedSource, plan: str
) -> None:
    query = f"""SELECT ?it ?words ?sure {{ ?it cypp:inPlan <{BASE}plan/{plan}> ; cypp:due ?due .
      ?due cypp:timeKind/skos:notation "recurring" ; cypp:certainty/skos:notation ?sure ; cypp:statement ?words }}"""
    known = {(iri, sure != "stated") for iri, _, sure in ask(published, query)}
    rows = find_class(read_page(real, f"/plans/{plan}/timeline"), "timeline__row--recurring")
    assert {(iri_of(row), bool(find_class(row, "timeline__bar--open"))) for row in rows} == known


def test_what_recurs_has_no_dot_outside_its_dates() -> None:
    made = PlanElement("it", "Action", "Meet", "", 1, "", "", "stated", 1)
    spring = Due("due", "recurring", "Monthly to May", date(2012, 3, 1), date(2012, 5, 31), "stated", "every month")
    years = Due("years", "recurring", "Monthly", date(2010, 1, 1), date(2019, 12, 31), "stated", "every month")
    drawn = draw_timeline([("All", [made])], {"it": [spring, years]})
    begin, end = (
        dict(drawn.years)[2012] + (dict(drawn.years)[2013] - dict(drawn.years)[2012]) * n / 12 for n in (2, 5)
    )
    dots = next(bar for bar in drawn.charts[0].bars if bar.due is spring).dots
    assert dots
    assert all(begin - 0.3 <= dot <= end + 0.3 for dot in dots)


def test_a_day_far_from_all_others_is_written_at_the_edge_and_drawn_nowhere() -> None:
    """A misprint (2103 for 2013) must not look like a date at the end of the plan."""
    made = PlanElement("it", "Action", "Meet", "", 1, "", "", "stated", 1)

    def due(iri: str, kind: str, *days: date | None) -> Due:
        return Due(iri, kind, "as printed", *days, "stated", "")

    near = [due(f"near{month}", "by", date(2012, month, 1), date(2012, month, 28)) for month in range(1, 13)]
    far = {
        "late": due("late", "by", date(2103, 3, 1), date(2103, 3, 31)),
        "early": due("early", "by", date(1912, 3, 1), date(1912, 3, 31)),
        "until": due("until", "during", date(2012, 4, 1), date(2050, 12, 31)),
        "since": due("since", "during", date(1950, 1, 1), date(2012, 6, 30)),
        "again": due("again", "recurring", date(2012, 1, 1), date(2099, 12, 31)),
        "open": due("open", "from", date(1960, 4, 1), None),
        "later": due("later", "from", date(2040, 4, 1), None),
    }
    drawn = draw_timeline([("All", [made])], {"it": [*near, *far.values()]})
    assert [year for year, _ in drawn.years] == [2012]
    bars = {bar.due.iri: bar for bar in drawn.charts[0].bars}
    said = {name: (bars[name].before, bars[name].after, bars[name].width > 0 or bool(bars[name].dots)) for name in far}
    assert said == {
        "late": ("", "31 March 2103", False),
        "early": ("31 March 1912", "", False),
        "until": ("", "to 31 December 2050", True),
        "since": ("from 1 January 1950", "", True),
        "again": ("", "to 31 December 2099", True),
        "open": ("from 1 April 1960", "", True),
        "later": ("", "1 April 2040", False),
    }
    assert all(0 <= bar.x <= bar.x + bar.width <= 100 and bar.has_place for bar in bars.values())
    assert not any(bar.before or bar.after for name, bar in bars.items() if name.startswith("near"))


def test_the_page_writes_what_lies_outside_its_years(tmp_path: Path) -> None:
    dates = dict.fromkeys(("one", "two"), ("2012-03-01", "2012-03-31")) | {"far": ("2103-03-01", "2103-03-31")}
    said = """@prefix cypp: <https://w3id.org/cyppgraph/ontology#> . @prefix dct: <http://purl.org/dc/terms/> .
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix p: <https://w3id.org/cyppgraph/id/plan/> .
      p:alder a cypp:Plan ; dct:identifier "alder" ; dct:title "Alder" .
      <https://w3id.org/cyppgraph/id/plan/alder/theme> a cypp:Theme ; cypp:inPlan p:alder ; cypp:statement "All" ."""
    for name, (first, last) in dates.items():
        action = f"https://w3id.org/cyppgraph/id/plan/alder/action/{name}"
        said += f"""<{action}> a cypp:Action ; cypp:inPlan p:alder ; cypp:statement "Meet" ; cypp:due <{action}/due> ;
          cypp:partOf <https://w3id.org/cyppgraph/id/plan/alder/theme> .
          <{action}/due> cypp:earliest "{first}"^^xsd:date ; cypp:latest "{last}"^^xsd:date ."""
    (tmp_path / "alder.ttl").write_text(said, encoding="utf-8")
    with open_source(tmp_path, tmp_path / "snapshots") as source:
        page = read_page(create_app(source, ontology=ROOT / "ontology").test_client(), "/plans/alder/timeline")
    far = next(row for row in find_class(page, "timeline__row") if iri_of(row).endswith("/far"))
    assert "31 March 2103" in [part.text for part in far.iter() if str(part.tag).endswith("text")]
    assert find_class(far, "timeline__beyond")
    assert not find_class(far, "timeline__bar")
