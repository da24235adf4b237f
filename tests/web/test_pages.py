"""Pages for people: what is there, said plainly; nothing from a literal becomes markup; nothing comes from outside."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

import cyppgraph.web

ASKED = "/questions/01-actions"
PAGES = ["/", "/questions/", ASKED, f"{ASKED}?plan=birch-2013", f"{ASKED}?plan=x", "/questions/none", "/nowhere"]
NAMED = {"www.w3.org", "vega.github.io", "github.com"}
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Page(HTMLParser):
    """A page as its elements, its text and its addresses; an element that is not closed fails."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def attributes(self, tag: str, name: str) -> list[str]:
        return [attributes[name] for each, attributes in self.elements if each == tag and name in attributes]


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_home_lists_plans_with_their_counts(client: FlaskClient) -> None:
    page = Page(client.get("/").text)
    assert "Alder <em>first</em>" in page.words
    page = Page(client.get("/plans").text)
    assert "Alder <em>first</em>" in page.words
    assert re.search(r"alder-2012\s*Alder Council\s*1 April 2012\s*31 March 2015\s*0\s*0\s*0\s*2\s*0", page.words)
    assert "Birch" in page.words


def test_home_links_each_question(client: FlaskClient) -> None:
    page = Page(client.get("/").text)
    assert "Which actions does a plan state?" in page.words
    assert "/questions/01-actions" in page.attributes("a", "href")


@pytest.mark.parametrize("path", ["/questions/none", "/nowhere", "/questions/none.csv"])
def test_what_is_not_there_has_a_page_that_leads_back(client: FlaskClient, path: str) -> None:
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 404
    assert "/" in Page(response.text).attributes("a", "href")


@pytest.mark.parametrize("path", [*PAGES, "/sparql?query=ASK%7B%7D", "/sparql", "/static/style.css"])
def test_every_response_says_what_a_browser_may_do(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_nothing_from_outside(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path, headers=BROWSER).text)
    loaded = [
        attributes[name]
        for tag, attributes in page.elements
        for kind, name in (("link", "href"), ("script", "src"), ("img", "src"))
        if tag == kind and name in attributes and attributes.get("rel") != "alternate"
    ]
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)
    assert all(client.get(address).status_code == 200 for address in loaded)
    assert not page.attributes("div", "style")


@pytest.mark.parametrize("path", PAGES)
def test_pages_can_be_read_aloud_and_walked_by_keyboard(client: FlaskClient, path: str) -> None:
    page = Page(client.get(path, headers=BROWSER).text)
    tags = [tag for tag, _ in page.elements]
    assert page.attributes("html", "lang") == ["en-GB"]
    assert tags.count("h1") == tags.count("main") == tags.count("title") == 1
    assert tags.count("caption") == tags.count("table")
    assert all("scope" in attributes for tag, attributes in page.elements if tag == "th")
    assert {*page.attributes("input", "id"), *page.attributes("select", "id")} == set(page.attributes("label", "for"))


def test_style_and_icon_name_no_outside_address() -> None:
    folder = Path(cyppgraph.web.__file__).parent / "static"
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        text = re.sub(r'\[href\^="https?://"\]', "", text)  # a selector of links that are printed with their address
        assert "@import" not in text
        if path.suffix != ".js":
            assert "//" not in text
        else:  # namespaces, a schema and a message: names that nothing is asked of
            assert {urlsplit(each).hostname for each in re.findall(r"https?://[\w./-]+", text)} <= NAMED
