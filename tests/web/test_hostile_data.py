"""What the data say never becomes part of a page: not as markup, not as a script, not as an address that runs.

The graph holds attacks in every text and every IRI. Every page that a link leads to is read as a browser reads it.
"""

from __future__ import annotations

import json
import re
from http.client import HTTPConnection
from urllib.parse import quote, urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5rdf
import pytest

from hostile import HOSTILE_IRIS
from live import Served

MOST_PAGES = 150
MARK = "alert('hostile')"
ADDRESSES = {
    "href",
    "src",
    "action",
    "formaction",
    "data",
    "poster",
    "cite",
    "srcset",
    "{http://www.w3.org/1999/xlink}href",
}
FORBIDDEN = {"base", "iframe", "object", "embed", "frame", "applet", "style"}
DATA_BLOCKS = {"application/json", "application/ld+json"}
# The same in formats that no browser shows as a page.
AS_DATA = re.compile(r"(\.|format=)(jsonld|json|nq|nt|rdf|trig|ttl|csv|tsv|xml|rq|gz)\b")
READ = ("text/html", "application/xhtml+xml", "image/svg+xml")
ATTACK = "</title><script>alert('hostile')</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
# What a stranger can put into an address that a page shows again.
REFLECTING = [
    f"/questions/01-elements?id={quote(ATTACK)}",
    f"/questions/{quote(ATTACK)}",
    f"/{quote(ATTACK)}",
    f"/id/{quote(ATTACK)}",
    f"/sparql?query={quote(ATTACK)}",
    f"/sparql?query={quote('SELECT * { ?s <javascript:alert(1)> ' + ATTACK)}",
    f"/sparql?query={quote('ASK {}')}&default-graph-uri={quote(ATTACK)}",
    f"/sparql?query={quote('ASK {}')}&timeout={quote(ATTACK)}",
    f"/store?graph={quote('urn:' + ATTACK)}",
    f"/store?graph={quote('javascript:alert(1)')}",
    f"/graph/{quote(ATTACK)}",
    f"/dumps/{quote(ATTACK)}",
    f"/?q={quote(ATTACK)}",
    f"/search?q={quote(ATTACK)}",
    f"/reconcile/preview?id={quote(ATTACK)}",
    f"/id/plan/alder-2012?page={quote(ATTACK)}",
    "/id/plan/alder-2012",
    *(urlsplit(iri).path for iri in HOSTILE_IRIS if iri.startswith("https://w3id.org/cyppgraph/")),
    "/graph/alder-2012",
    "/reconcile",
    "/ontology",
    "/ask",
    f"/ask?query={quote(ATTACK)}",
    f"/ask?query={quote('SELECT * { ?s ?p ?o }')}",
    f"/ask?query={quote('CONSTRUCT WHERE { ?s ?p ?o }')}",
    f"/ask?question={quote(ATTACK)}",
    f"/ask?question=1&id={quote(ATTACK)}&chart=bar",
]


class Page:
    """A page as a browser sees it."""

    def __init__(self, path: str, status: int, headers: dict[str, str], body: bytes) -> None:
        self.path, self.status, self.headers, self.body = path, status, headers, body
        self.kind = headers.get("content-type", "").partition(";")[0]
        self.elements: list[Element] = []
        if self.kind in READ:
            tree = html5rdf.parse(body.decode("utf-8", "replace"), treebuilder="etree", namespaceHTMLElements=False)
            self.elements = [element for element in tree.iter() if isinstance(element.tag, str)]

    def attributes(self) -> list[tuple[str, str, str]]:
        """Every attribute, with the name of its element."""
        return [
            (str(element.tag).rpartition("}")[2], str(name), value or "")
            for element in self.elements
            for name, value in element.attrib.items()
        ]

    def addresses(self) -> list[str]:
        return [value for _, name, value in self.attributes() if name in ADDRESSES]


def fetch(served: Served, path: str) -> Page:
    connection = HTTPConnection(served.host, served.port, timeout=60)
    connection.request("GET", path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    response = connection.getresponse()
    headers = {name.lower(): value for name, value in response.getheaders()}
    page = Page(path, response.status, headers, response.read())
    connection.close()
    return page


@pytest.fixture(scope="module")
def pages(served: Served) -> list[Page]:
    """Every page that can be reached from the first, and those that show again what was asked."""
    waiting, seen, found = ["/", "/robots.txt", *REFLECTING], set[str](), []
    while waiting and len(found) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        page = fetch(served, path)
        found.append(page)
        for address in page.addresses():
            there = urlsplit(urljoin(f"{served.address}{path.lstrip('/')}", address))
            if there.netloc == served.authority and there.scheme == "http" and not AS_DATA.search(address):
                waiting.append(f"{quote(there.path, safe='/%')}{'?' if there.query else ''}{there.query}")
    return found


def test_the_attacks_are_shown(pages: list[Page]) -> None:
    """The pages do hold the hostile texts, so what is found of them means something."""
    showing = [page.path for page in pages if MARK in "".join("".join(each.itertext()) for each in page.elements[:1])]
    assert len(showing) >= 2
    assert sum(page.status == 200 and page.kind == "text/html" for page in pages) >= 3


def test_no_script_comes_from_data(pages: list[Page]) -> None:
    found = []
    for page in pages:
        for element in page.elements:
            tag = str(element.tag).rpartition("}")[2].lower()
            if tag in FORBIDDEN:
                found.append((page.path, tag))
            elif tag == "script" and element.get("type") in DATA_BLOCKS:
                json.loads(element.text or "")
            elif tag == "script" and (
                not element.get("src", "").startswith("/static/") or (element.text or "").strip()
            ):
                found.append((page.path, tag))
            elif tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
                found.append((page.path, "refresh"))
    assert found == []


def test_no_attribute_runs(pages: list[Page]) -> None:
    found = [
        (page.path, tag, name)
        for page in pages
        for tag, name, _ in page.attributes()
        if name.lower().startswith("on") or name.lower() in ("style", "srcdoc")
    ]
    assert found == []


def test_every_address_is_one_to_go_to(pages: list[Page]) -> None:
    """A link to ``javascript:`` runs where it is clicked, whatever is escaped."""
    found = [
        (page.path, address)
        for page in pages
        for address in page.addresses()
        if urlsplit(address.strip("\0\t\n\r ")).scheme.lower() not in ("", "http", "https", "mailto")
    ]
    assert found == []


def test_images_and_styles_are_our_own(pages: list[Page], served: Served) -> None:
    found = [
        (page.path, tag, value)
        for page in pages
        for tag, name, value in page.attributes()
        if name == "src" and urlsplit(urljoin(served.address, value)).netloc != served.authority
    ]
    assert found == []
    assert not any(value in ("x", "/x") for page in pages for _, name, value in page.attributes() if name == "src")


def test_templates_are_not_filled_by_data(pages: list[Page]) -> None:
    assert [page.path for page in pages if page.elements and "$49" in page.body.decode("utf-8", "replace")] == []
    shown = [page for page in pages if b"{{7*7}}" in page.body]
    assert shown


def test_every_response_forbids_what_could_run(pages: list[Page]) -> None:
    for page in pages:
        rules = dict(
            rule.strip().partition(" ")[::2]
            for rule in page.headers["content-security-policy"].split(";")
            if rule.strip()
        )
        sources = " ".join(rules.values())
        assert "unsafe" not in sources, page.path
        assert not {"*", "http:", "https:"} & set(sources.split()), page.path
        assert "data:" not in rules.get("script-src", ""), page.path
        assert rules["default-src"] == "'none'", page.path
        assert rules["base-uri"] == "'none'", page.path
        assert rules["frame-ancestors"] in ("'none'", "'self'"), page.path
        assert rules.get("script-src", "'self'") in ("'self'", "'none'"), page.path
        assert page.headers["x-content-type-options"] == "nosniff", page.path


def test_nothing_that_strangers_say_becomes_a_header(served: Served) -> None:
    for path in ("/sparql?query=%0d%0aSet-Cookie:%20x=1", "/id/x%0d%0aSet-Cookie:%20x=1", "//evil.example/%2e%2e"):
        page = fetch(served, path)
        assert "set-cookie" not in page.headers
        assert urlsplit(page.headers.get("location", "")).netloc in ("", served.authority)
