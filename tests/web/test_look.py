"""How the pages look: every one is framed alike, works without a script or another host, and says what it is."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

import cyppgraph.web
from cyppgraph.queries import Question, read_questions
from cyppgraph.store import EmbeddedSource
from cyppgraph.web import create_app
from cyppgraph.web.display.overview import PlanOverview
from cyppgraph.web.display.pictures import draw_plans
from cyppgraph.web.handbook import RuleFiles
from page_kinds import KINDS, PLAN

ROOT = Path(__file__).parents[2]
STATIC = Path(cyppgraph.web.__file__).parent / "static"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
VOID = {"meta", "link", "input", "br", "img", "hr"}
kinds = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)


class Page(HTMLParser):
    """A page as its elements, each with the tags that it stands in, and the text of each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], tuple[str, ...]]] = []
        self.texts: list[str] = []
        self._open: list[tuple[str, int]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}, tuple(each for each, _ in self._open)))
        self.texts.append("")
        if tag not in VOID:
            self._open.append((tag, len(self.elements) - 1))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, index in self._open:
            self.texts[index] += data

    def find(self, tag: str, **wanted: str) -> list[tuple[dict[str, str], str]]:
        return [
            (attributes, " ".join(text.split()))
            for (each, attributes, _), text in zip(self.elements, self.texts, strict=True)
            if each == tag and all(attributes.get(name.strip("_")) == value for name, value in wanted.items())
        ]


@pytest.fixture(scope="module")
def app(published: EmbeddedSource) -> Flask:
    rules = RuleFiles(ROOT / "shapes", ROOT / "queries" / "checks")
    questions = read_questions(ROOT / "queries" / "questions")
    return create_app(published, questions, ontology=ROOT / "ontology", rules=rules)


@pytest.fixture(scope="module")
def site(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def shown(site: FlaskClient) -> Iterator[dict[str, Page]]:
    yield {path: Page(site.get(path, headers=BROWSER).text) for path in KINDS.values()}


def test_the_style_sheet_needs_nothing_else_and_is_small() -> None:
    content = (STATIC / "style.css").read_bytes()
    text = content.decode("utf-8")
    for never in ("@font-face", "@import", "url(", "GDS Transport", "crown", "crest"):
        assert never.lower() not in text.lower()
    assert "system-ui" in text
    assert "@media print" in text
    assert len(gzip.compress(content)) < 25_000


def test_the_lock_file_names_no_registry() -> None:
    text = (ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert text.count('"integrity": "sha512-') >= text.count('"node_modules/')
    assert re.fullmatch(r"[0-9.]+", re.search(r'"govuk-frontend": "([^"]+)"', text)[1])  # type: ignore[index]


@kinds
def test_each_page_has_the_frame(shown: dict[str, Page], path: str) -> None:
    page = shown[path]
    assert page.find("body", class_="govuk-template__body")
    assert page.find("a", class_="govuk-skip-link", href="#main")
    assert page.find("main", id="main")
    assert page.find("a", href="/questions/")[0][1] == "Questions"
    assert page.find("a", href="/openapi.json")
    assert page.find("a", href="/reconcile/help")
    assert page.find("a", href="/#cite")
    assert all(each["src"].startswith("/static/") and not text for each, text in page.find("script"))
    assert not page.find("style")
    assert not [tag for tag, attributes, _ in page.elements if "style" in attributes]


@kinds
def test_each_page_has_one_title_one_heading_and_no_level_left_out(shown: dict[str, Page], path: str) -> None:
    page = shown[path]
    title = page.find("title")[0][1]
    assert sum(tag == "title" and "svg" not in inside for tag, _, inside in page.elements) == 1
    [(_, heading)] = page.find("h1")
    assert heading
    assert title.endswith("– cyppgraph") or path == "/"
    levels = [int(tag[1]) for tag, _, inside in page.elements if re.fullmatch("h[1-6]", tag) and "main" in inside]
    if "govuk-error-summary__title" in str(page.elements):
        levels.remove(2)  # stands before the heading, as GOV.UK's error summary does
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_each_kind_of_page_has_a_title_of_its_own(shown: dict[str, Page]) -> None:
    titles = [page.find("title")[0][1] for path, page in shown.items() if path != KINDS["compare refused"]]
    assert len(set(titles)) == len(titles)


@kinds
def test_each_page_but_the_first_leads_up(shown: dict[str, Page], path: str) -> None:
    crumbs = [attributes["href"] for attributes, _ in shown[path].find("a", class_="govuk-breadcrumbs__link")]
    assert crumbs[:1] == ([] if path == "/" else ["/"])
    if path.startswith("/questions/0"):
        assert crumbs == ["/", "/questions/"]
    if path in ("/dumps/", "/ontology", "/reconcile/help"):
        assert crumbs == ["/", "/data"]
    if "/plan/" in path and path != PLAN and path not in (KINDS["thing missing"],):
        assert crumbs[1] == "/plans"
        assert f"/plan/{path.split('/')[3]}" in crumbs[2]


def test_what_a_plan_holds_leads_up_to_the_plan(site: FlaskClient) -> None:
    page = Page(site.get(f"{PLAN}/action/779b8502", headers=BROWSER).text)
    crumbs = [(text, each["href"]) for each, text in page.find("a", class_="govuk-breadcrumbs__link")]
    assert crumbs[0] == ("Home", "/")
    assert crumbs[1] == ("Plans", "/plans")
    assert crumbs[2][0].startswith("Children and Young People's Plan")
    assert crumbs[2][1] == "/doc/plan/thurrock-2012"
    assert [text.split()[0] for text, _ in crumbs[3:]] == ["Pillar", "Aim", "Objective"]


@kinds
def test_tables_scroll_by_keyboard_and_forms_are_labelled(shown: dict[str, Page], path: str) -> None:
    page = shown[path]
    tables = [inside for tag, _, inside in page.elements if tag == "table"]
    regions = page.find("div", class_="app-scroll", role="region", tabindex="0")
    assert len(tables) <= len(regions), "pictures have regions of their own"
    ids = [attributes["id"] for _, attributes, _ in page.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for _, attributes, _ in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert set(attributes.get(name, "").split()) <= set(ids)


def test_a_cell_is_labelled_as_its_column_is(shown: dict[str, Page]) -> None:
    """On a narrow screen a row is a list, and each cell says the name of its column by itself."""
    labels = 0
    for page in shown.values():
        headings: list[str] = []
        for (tag, attributes, _), text in zip(page.elements, page.texts, strict=True):
            if tag == "table":
                headings = []
            elif tag == "th" and attributes.get("scope") == "col":
                headings.append(" ".join(text.split()))
            elif "data-label" in attributes:
                labels += 1
                assert any(heading.startswith(attributes["data-label"]) for heading in headings), attributes
    assert labels > 1000


def test_the_masthead_says_where_one_is(shown: dict[str, Page]) -> None:
    for path, name in (
        ("/", "Home"),
        ("/plans", "Plans"),
        (KINDS["plan's dates"], "Plans"),
        (KINDS["question"], "Questions"),
        ("/ask", "SPARQL"),
        ("/dumps/", "Data"),
        # what is below an entry, by the page's breadcrumbs
        (PLAN, "Plans"),
        (KINDS["action"], "Plans"),
        (KINDS["person"], "Plans"),
        (KINDS["council"], "Plans"),
        (KINDS["source row"], "Plans"),
        (KINDS["indicator"], "Search"),
        (KINDS["link"], "Data"),
        (KINDS["concept"], "Data"),
        ("/ontology", "Vocabulary"),
    ):
        assert [text for _, text in shown[path].find("a", **{"aria-current": "true"})] == [name]


def test_the_masthead_offers_only_what_there_is(client: FlaskClient, shown: dict[str, Page]) -> None:
    assert [text for _, text in shown["/"].find("a", href="/ontology")] == ["Vocabulary"]
    bare = Page(client.get("/").text)
    assert not bare.find("a", href="/ontology")
    assert client.get("/ontology").status_code == 404


def test_the_search_box_comes_with_the_search(source: EmbeddedSource, questions: tuple[Question, ...]) -> None:
    page = Page(create_app(source, questions).test_client().get("/").text)
    assert page.find("form", role="search", action="/search", method="get")
    assert page.find("input", name="q", id="q")
    assert [text for _, text in page.find("a", href="/search")] == ["Search"]


def test_an_error_is_told_first_and_leads_to_its_field(shown: dict[str, Page]) -> None:
    page = shown[KINDS["question refused"]]
    [(_, link)] = page.find("a", href="#borough")
    assert "nowhere" in link
    [(field, _)] = page.find("select", id="borough")
    assert field["aria-invalid"] == "true"
    [(_, told)] = page.find("p", id=field["aria-describedby"].split()[-1])
    assert told == f"Error: {link}"


def test_the_pictures_say_what_the_table_says(shown: dict[str, Page]) -> None:
    assert [text for _, text in shown["/"].find("desc")] == [text for _, text in shown["/plans"].find("desc")]
    page = shown["/plans"]
    assert len(page.find("svg", role="img")) == 2
    years, amounts = (text for _, text in page.find("desc"))
    [rows] = [text for _, text in page.find("tbody")]
    for plan in ("croydon-2013", "croydon-2021", "richmond-2009", "southend-2011", "thurrock-2012"):
        assert plan in rows
        assert re.search(rf"{plan}: {plan[-4:]}( to [0-9]{{4}})?\.", years)
        [told] = re.findall(rf"{plan}: ([0-9,]+) actions?, ([0-9,]+) measures?, ([0-9,]+) targets?\.", amounts)
        assert " ".join(told) in " ".join(rows[rows.index(plan) :].split())


def test_home_groups_the_questions_and_tells_how_to_cite(shown: dict[str, Page], published: EmbeddedSource) -> None:
    page = shown["/"]
    summaries = [text for _, text in page.find("summary")]
    assert summaries[0].startswith("Plans (")
    assert any(text.startswith("Indicators (") for text in summaries)
    assert page.find("a", href="/questions/01-plans-side-by-side")
    [(_, cited)] = page.find("div", class_="govuk-inset-text")
    assert str(published.edition().version) in cited
    assert page.find("a", href="/id/plan/thurrock-2012")


@pytest.mark.parametrize(
    "path", ["/", "/plans", "/questions/", KINDS["question"], "/dumps/", PLAN, "/ontology", "/reconcile/help", "/ask"]
)
def test_a_page_that_one_has_is_not_sent_again(site: FlaskClient, path: str) -> None:
    first = site.get(path, headers=BROWSER)
    again = site.get(path, headers={**BROWSER, "If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def test_the_statements_of_an_answer_lead_to_their_pages(site: FlaskClient) -> None:
    page = site.get("/questions/20-targets-for-a-subject", headers=BROWSER).text
    assert re.search(r'href="[^"]*/plan/southend-2011/measure/[0-9a-f]+"><span[^>]*>NEET to 4.9%', page)


def test_a_plan_whose_years_make_no_sense_has_a_line_without_a_bar() -> None:
    def plan(name: str, starts: str, ends: str) -> PlanOverview:
        return PlanOverview(f"urn:{name}", name, name, "Ash", "urn:ash", "Ash", starts, ends, {"Action": 1})

    sound = plan("sound", "2012-04", "2015")
    odd = [("", ""), ("2015-01-01", "2012-01-01"), ("2013-02-30", "2014-01-01"), ("<b>", "soon"), ("2012", "")]
    drawn = draw_plans([sound, *(plan(f"odd{index}", *years) for index, years in enumerate(odd))])
    assert [line.years is not None for line in drawn.lines] == [True, *[False] * len(odd)]
    assert [line.council for line in drawn.lines] == ["Ash", *[""] * len(odd)]
    assert all(line.amounts[0].words == "1 action" for line in drawn.lines)
    assert drawn.lines[0].years is not None
    assert 0 <= drawn.lines[0].years.left < drawn.lines[0].years.left + drawn.lines[0].years.width <= 100
    assert draw_plans([]).lines == ()
    centuries = draw_plans([plan("long", "0001", "9999")])
    assert len(centuries.ticks) <= 10
