"""Every IRI of the data answers, in every format with the same triples; odd data and odd requests do no harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib.compare import isomorphic
from werkzeug.test import TestResponse

from cyppgraph.namespaces import Namespaces
from cyppgraph.store import FORMATS, EmbeddedSource, read_rows, read_triples
from cyppgraph.web import create_app
from cyppgraph.web.display.descriptions import identify
from served import open_source

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/cyppgraph/"
PLAN, ACTION = "plan/thurrock-2012", "plan/thurrock-2012/action/779b8502"
PARSERS = {
    "ttl": "turtle",
    "nt": "nt",
    "rdf": "xml",
    "jsonld": "json-ld",
    "trig": "trig",
    "nq": "nquads",
}
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def make_client(source: EmbeddedSource) -> FlaskClient:
    app = create_app(source, ontology=ROOT / "ontology")
    return app.test_client()


@pytest.fixture(scope="module")
def site(published: EmbeddedSource) -> FlaskClient:
    return make_client(published)


def follow(client: FlaskClient, path: str, accept: str) -> TestResponse:
    """Ask, and follow one redirect, which must stay on this host."""
    response = client.get(path, headers={"Accept": accept})
    if response.status_code == 303:
        assert response.headers["Location"].startswith("/doc")
        response = client.get(response.headers["Location"], headers={"Accept": accept})
    return response


def read(response: TestResponse) -> rdflib.Graph:
    """Return the triples of a response, in whatever format it says it is."""
    name = next(form.name for form in FORMATS.values() if form.media_type == response.mimetype)
    graph = rdflib.Dataset() if name in ("trig", "nq") else rdflib.Graph()
    graph.parse(data=response.get_data(), format=PARSERS[name])
    triples = rdflib.Graph()
    for triple in graph.quads() if isinstance(graph, rdflib.Dataset) else graph:
        triples.add(triple[:3])
    return triples


class Page(HTMLParser):
    """What a page shows and where it leads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


# Every IRI


def gather_iris(source: EmbeddedSource) -> set[str]:
    """All IRIs below the base: subjects, properties, objects, datatypes and graphs."""
    places = ("?i ?p ?o", "?s ?i ?o", "?s ?p ?i FILTER isIRI(?i)", "?s ?p ?o BIND(DATATYPE(?o) AS ?i)")
    queries = [f"SELECT DISTINCT ?i {{ {place} }}" for place in (*places, "GRAPH ?i { ?s ?p ?o }")]
    terms = [row[0] for query in queries for row in read_rows(source.edition(), query)]
    return {term.value for term in terms if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)}


KEPT = {"plan": (3, 5), "dataset": (2, 4), "observations": (2, 6), "indicator": (2,)}


def generalise(iri: str) -> str:
    """The pattern of an IRI: its levels, and of each the name where there are few, or else the signs it has."""
    parts = iri.partition("#")[0].removeprefix(BASE).split("/")
    kept = (0, 1, *KEPT.get(parts[1] if len(parts) > 1 else "", ()))
    return "/".join(part if place in kept else re.sub(r"[\w-]+", "x", part) for place, part in enumerate(parts))


def local_path(iri: str) -> str:
    return "/" + iri.removeprefix(BASE).partition("#")[0]


@pytest.fixture(scope="module")
def iris(published: EmbeddedSource) -> list[str]:
    return sorted(gather_iris(published))


def test_every_pattern_of_iri_answers(iris: list[str], site: FlaskClient) -> None:
    """The first of each to a program, the last to a browser; graphs are the Graph Store Protocol's."""
    patterns: dict[str, list[str]] = {}
    for iri in iris:
        patterns.setdefault(generalise(iri), []).append(iri)
    assert len(patterns) > 60
    failed = []
    for pattern, alike in patterns.items():
        for iri, accept in ((alike[0], "text/turtle"), (alike[-1], BROWSER)):
            response = None if pattern.startswith("graph/") else follow(site, local_path(iri), accept)
            if response and (response.status_code != 200 or not response.get_data()):
                failed.append(f"{iri} as {accept}: {response.status_code}")
    assert failed == []


def test_every_iri_is_found_and_every_term_is_defined(
    iris: list[str], published: EmbeddedSource, site: FlaskClient
) -> None:
    things = [iri for iri in iris if iri.startswith(BASE + "id/")]
    edition = published.edition()
    found = {each for start in range(0, len(things), 1000) for each in identify(edition, things[start : start + 1000])}
    assert set(things) - found == set()
    defined = {str(subject) for subject in read(site.get("/ontology.ttl")).subjects()} | {BASE + "ontology#"}
    assert {iri for iri in iris if iri.startswith(BASE + "ontology#")} - defined == set()
    left = [iri for iri in iris if not iri.startswith(tuple(BASE + part for part in ("id/", "ontology#", "graph/")))]
    assert all(re.fullmatch(re.escape(BASE) + r"data/ttl/[a-z0-9-]+\.ttl", iri) for iri in left)


# Documents and other things


@pytest.mark.parametrize(
    "thing",
    [PLAN, ACTION, "indicator/ni/117", "area/E06000034", f"{PLAN}/person/wendy-allen", "scheme/certainty/stated"],
)
def test_what_is_no_document_leads_to_its_description(site: FlaskClient, thing: str) -> None:
    response = site.get(f"/id/{thing}", headers={"Accept": "text/turtle", "Host": "elsewhere.example"})
    assert response.status_code == 303
    assert response.headers["Location"] == f"/doc/{thing}"  # whatever the host and the base are called
    assert "max-age" in response.headers["Cache-Control"]
    assert response.headers["Vary"] == "Accept"
    assert f'</doc/{thing}>; rel="describedby"' in response.headers["Link"]


@pytest.mark.parametrize(
    "thing",
    [f"{PLAN}/document", "dataset", "dataset/file/links", "scheme/topic", f"{PLAN}/passage/L56-0e4a8a33"],
)
def test_documents_answer_in_place(site: FlaskClient, thing: str) -> None:
    response = site.get(f"/id/{thing}", headers={"Accept": "text/turtle"})
    assert response.status_code == 200
    assert response.headers["Content-Location"] == f"/doc/{thing}.ttl"


def test_void_leads_to_the_dataset(site: FlaskClient) -> None:
    for path in ("/void", "/.well-known/void"):
        response = site.get(path, follow_redirects=True, headers={"Accept": "text/turtle"})
        assert (rdflib.URIRef(BASE + "id/dataset"), rdflib.RDF.type, rdflib.VOID.Dataset) in read(response)


# Formats


@pytest.mark.parametrize("thing", [ACTION, "dataset", f"{PLAN}/document", "indicator/ni/117"])
def test_every_format_has_the_same_triples(published: EmbeddedSource, site: FlaskClient, thing: str) -> None:
    iri = f"<{BASE}id/{thing}>"
    own = read_triples(published.edition(), f"CONSTRUCT {{ {iri} ?p ?o }} {{ {iri} ?p ?o }}")
    expected = rdflib.Graph().parse(data=ox.serialize(own, format=ox.RdfFormat.N_TRIPLES), format="nt")
    for name, form in FORMATS.items():
        if name not in PARSERS:
            continue
        by_extension, by_accept = (
            site.get(f"/doc/{thing}.{name}"),
            site.get(f"/doc/{thing}", headers={"Accept": form.media_type}),
        )
        assert by_extension.mimetype == by_accept.mimetype == form.media_type
        assert by_accept.headers["Content-Location"] == f"/doc/{thing}.{name}"
        assert by_extension.get_data() == by_accept.get_data()
        triples = read(by_accept)
        assert set(expected) <= set(triples)
        names = triples - expected
        assert {p for _, p, _ in names} <= {rdflib.RDFS.label, rdflib.SKOS.prefLabel}
        assert {s for s, _, _ in names} <= set(expected.objects())
        assert set(triples) == set(read(site.get(f"/doc/{thing}.nt")))


def test_a_page_shows_the_same(site: FlaskClient) -> None:
    page = Page(site.get(f"/doc/{ACTION}", headers={"Accept": BROWSER}).get_data(as_text=True))
    for subject, predicate, value in read(site.get(f"/doc/{ACTION}.nt")):
        assert str(value) in page.text
        if str(subject) == f"{BASE}id/{ACTION}":
            assert str(predicate).replace(BASE, "/") in page.links
    assert f"/id/{PLAN}" in page.links
    assert "/graph/thurrock-2012" in page.links
    assert "linked by a reader, not stated by the plan" in page.text  # concernsIndicator stands in links.ttl
    assert "/id/scheme/certainty/inferred" in page.links  # so was the lead
    assert "Line 56" in page.text
    assert not [link for link in page.links if link.startswith(BASE)]


def test_a_page_counts_what_it_does_not_list(site: FlaskClient, published: EmbeddedSource) -> None:
    text = site.get("/doc/scheme/certainty/stated.html").get_data(as_text=True)
    query = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p <{BASE}id/scheme/certainty/stated> }}"
    ((count,),) = read_rows(published.edition(), query)
    assert f"{int(count.value):,} statements name it; the first 100" in text  # type: ignore[union-attr]
    assert text.count("<tr><td>") == 100


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "text/html"),
        ("*/*", "text/html"),
        (BROWSER, "text/html"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        ("text/html;q=0.2, application/rdf+xml;q=0.3", "application/rdf+xml"),
        ("application/n-quads, */*;q=0.1", "application/n-quads"),
        ("text/html;q=0, */*;q=0.1", "text/turtle"),
    ],
)
def test_what_is_preferred_is_sent(site: FlaskClient, accept: str | None, media_type: str) -> None:
    response = site.get(f"/doc/{PLAN}", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.mimetype) == (200, media_type)
    assert response.headers["Vary"] == "Accept, Accept-Encoding"
    for name in PARSERS:
        assert f'</doc/{PLAN}.{name}>; rel="alternate"; type="{FORMATS[name].media_type}"' in response.headers["Link"]
    assert f'<{BASE}id/{PLAN}>; rel="canonical"' in response.headers["Link"]


def test_other_formats_are_refused_with_the_list(site: FlaskClient) -> None:
    for path in (f"/doc/{PLAN}", "/ontology", "/id/dataset"):
        response = site.get(path, headers={"Accept": "image/png"})
        assert response.status_code == 406
        assert set(response.get_json(force=True)["offered"]) >= {"text/html", "text/turtle", "application/ld+json"}
        assert response.headers["Vary"] == "Accept"


def test_copies_are_asked_about(site: FlaskClient) -> None:
    for path in (f"/doc/{PLAN}", "/ontology", "/data/ttl/links.ttl", "/id/dataset"):
        first = site.get(path)
        again = site.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.get_data()) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        head = site.head(path)
        assert (head.status_code, head.get_data()) == (200, b"")
        assert head.headers["ETag"] == first.headers["ETag"]
    page, turtle = site.get(f"/doc/{PLAN}.html"), site.get(f"/doc/{PLAN}.ttl")
    assert page.headers["ETag"] != turtle.headers["ETag"]


# What is not there


def test_help_for_what_is_not_there(site: FlaskClient) -> None:
    for_program = site.get(f"/id/{PLAN}/action/779b8503", headers={"Accept": "text/turtle"})
    assert (for_program.status_code, for_program.mimetype) == (404, "application/problem+json")
    assert for_program.get_json(force=True)["nearest"][0] == f"{BASE}id/{ACTION}"
    page = site.get(f"/id/{PLAN}/action/779b8503", headers={"Accept": BROWSER})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert f"/id/{ACTION}" in Page(page.get_data(as_text=True)).links
    for missing, near in (
        ("plan/thorrock-2012", "plan/thurrock-2012"),
        ("plan/thurrock-2012/nothing/at/all", "plan/thurrock-2012"),
        ("indicator/ni/1117", "indicator/ni/117"),
        ("area/E06000035", "area/E06000034"),
    ):
        assert f"{BASE}id/{near}" in site.get(f"/id/{missing}").get_json(force=True)["nearest"]
    for path in ("/ontology/none", "/data/ttl/none.ttl", "/data/ttl/..ttl", "/doc?iri=http://example.org/none"):
        assert site.get(path).status_code == 404
    assert site.get("/doc?iri=none").status_code == 400
    assert site.get(f"/doc?iri={BASE}id/{PLAN}&format=doc").status_code == 400


# The ontology, and crawlers


def test_the_ontology_is_its_file(site: FlaskClient) -> None:
    for path, file in (("/ontology", "cypp.ttl"), ("/ontology/alignments", "alignments.ttl")):
        expected = rdflib.Graph().parse(ROOT / "ontology" / file)
        for name in PARSERS:
            assert isomorphic(read(site.get(f"{path}.{name}")), expected), (path, name)
    assert site.get("/ontology/1.0.0.ttl").get_data() == site.get("/ontology.ttl").get_data()


def test_the_ontology_page_has_an_anchor_for_each_term(site: FlaskClient) -> None:
    text = site.get("/ontology", headers={"Accept": BROWSER}).get_data(as_text=True)
    for subject, _, label in read(site.get("/ontology.ttl")).triples((None, rdflib.RDFS.label, None)):
        name = str(subject).removeprefix(BASE + "ontology#")
        if name != str(subject):
            assert text.count(f'id="{name}"') == 1
            assert str(label) in text
    assert "594 in the data" in text  # actions


def test_crawlers_may_read_and_not_ask(site: FlaskClient) -> None:
    rules = site.get("/robots.txt").get_data(as_text=True).splitlines()
    assert "Disallow: /sparql" in rules
    assert "Disallow: /*?" in rules
    assert not [rule for rule in rules if rule.startswith(("Disallow: /id", "Disallow: /doc", "Disallow: /ontology"))]


# Odd data

MOVED = "http://data.example.org/plans/of/ours/"
ODD = [
    *("1.10", "a.ttl", "a.b.html", "é", "caf%C3%A9", "x%2Fy", "x/y", "a//b", "a/", "a/../b", "%2E%2E/c", "日本", "~t"),
    *("it's", "(a)", "a,b;c=d&e", "q?y=1", "q?y=%3Cb%3E&z", "%3Cscript%3E", "SERVICE", "a@b", "+a", "100%25", "a#b"),
    "\u202eabc",
]
WORDS = [
    "<script>alert(1)</script>",
    "</title></code>\"'><img src=x onerror=alert(1)>",
    "{{ 7*7 }} {% raw %}",
    "a\u202eb\u2067c\u0000d\r\n\te",
    "long " * 2000,
    "שלום",
]


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    engine = ox.Store()
    label, see = ox.NamedNode(str(rdflib.RDFS.label)), ox.NamedNode(str(rdflib.RDFS.seeAlso))
    graph = ox.NamedNode(MOVED + "graph/odd")
    for number, name in enumerate(ODD):
        thing = ox.NamedNode(f"{MOVED}id/odd/{name}")
        engine.add(ox.Quad(thing, ox.NamedNode(f"{MOVED}ontology#number"), ox.Literal(number), graph))
        engine.add(ox.Quad(ox.NamedNode(MOVED + "id/odd/all"), see, thing, graph))
    for words in WORDS:
        for language in (None, "ar"):
            value = ox.Literal(words, language=language) if language else ox.Literal(words)
            for predicate in (label, ox.NamedNode("http://example.org/says")):
                engine.add(ox.Quad(ox.NamedNode(MOVED + "id/words"), predicate, value, graph))
                engine.add(ox.Quad(ox.NamedNode("javascript:alert(1)"), predicate, value, graph))
    for value in (ox.NamedNode("javascript:alert(1)"), ox.NamedNode("data:text/html,x")):
        engine.add(ox.Quad(ox.NamedNode(MOVED + "id/words"), see, value, graph))
        engine.add(ox.Quad(ox.NamedNode(MOVED + "id/words"), ox.NamedNode("javascript:alert(2)"), value, graph))
    engine.add(ox.Quad(ox.NamedNode(MOVED + "id/digits"), ox.NamedNode("http://e.org/1"), ox.Literal("x"), graph))
    folder = tmp_path_factory.mktemp("odd")
    engine.dump(folder / "odd.ttl", ox.RdfFormat.TURTLE, from_graph=graph)
    with open_source(folder, tmp_path_factory.mktemp("snapshots"), Namespaces(MOVED)) as source:
        yield make_client(source)


@pytest.mark.parametrize("name", ODD)
def test_odd_iris_answer_for_themselves(odd: FlaskClient, name: str) -> None:
    """Asked for by their own address, and by what the page links to; the base is not the host's."""
    links = Page(odd.get("/doc/odd/all.html").get_data(as_text=True)).links
    own = "/id/odd/" + quote(name, safe="/%?=&;,()'@+~")
    by_lookup = "/doc?iri=" + quote(f"{MOVED}id/odd/{name}", safe="")
    linked = [link for link in links if link in (own, by_lookup.replace("%3A", ":").replace("%2F", "/"))]
    assert linked
    for path in (own, by_lookup, *linked):
        if "#" in name and path == own:
            continue  # no odd sends a fragment
        response = follow(odd, path, "application/n-triples")
        assert response.status_code == 200, path
        (number,) = read(response).objects(None, rdflib.URIRef(MOVED + "ontology#number"))
        assert int(number) == ODD.index(name), path
        again = odd.get(response.headers["Content-Location"])
        if name not in ("a", "a.b"):
            assert again.get_data() == response.get_data()


def test_words_stay_words(odd: FlaskClient) -> None:
    for path in ("/doc/words.html", "/doc?iri=javascript:alert(1)&format=html", "/doc/odd/all.html"):
        response = odd.get(path)
        assert response.status_code == 200
        page = Page(response.get_data(as_text=True))
        assert not page.tags & {"script", "img"}
        assert {urlsplit(link).scheme for link in page.links} <= {"", "http", "https"}
    for words in WORDS:
        shown = words.replace("\0", "").replace("\r", "")
        assert shown in page_text(odd, "/doc/words.html").replace("\0", "").replace("\r", "")


def page_text(client: FlaskClient, path: str) -> str:
    return Page(client.get(path).get_data(as_text=True)).text


@pytest.mark.parametrize("name", [name for name in PARSERS if name != "rdf"])
def test_odd_words_are_kept_in_every_format(odd: FlaskClient, name: str) -> None:
    said = read(odd.get(f"/doc/words.{name}"))
    assert {str(value) for value in said.objects(None, rdflib.URIRef("http://example.org/says"))} == set(WORDS)


def test_xml_is_refused_for_what_it_cannot_hold(odd: FlaskClient) -> None:
    for thing in ("words", "digits"):
        response = odd.get(f"/doc/{thing}.rdf")
        assert response.status_code == 406
        assert "RDF/XML" in response.get_json(force=True)["detail"]


@pytest.mark.parametrize(
    "asked",
    [
        "a%3E%20%3Fp%20%3Fo%20%7D%20%23",
        "a%0A%7D",
        "a%00b",
        "a%22b",
        "%FF%FE",
        "%",
        "%zz",
        "a%5Cu003E",
        "x" * 5000,
        "a/" * 500,
        "%7Bx%7D",
        "a%3E%7D%7D%20UNION%20%7B%3Fs%20%3Fp%20%3Fo",
        "'%3B--",
        "..%2F..%2Fetc%2Fpasswd",
    ],
)
def test_odd_requests_are_only_not_found(odd: FlaskClient, asked: str) -> None:
    for path in (f"/id/{asked}", f"/doc/{asked}", f"/id/{asked}.ttl"):
        response = odd.get(path)
        assert (response.status_code, response.mimetype) == (404, "application/problem+json"), path
        assert odd.get(path, headers={"Accept": BROWSER}).status_code == 404
    assert odd.get(f"/data/ttl/{asked}.ttl").status_code == 404
    assert odd.get(f"/doc?iri={asked}").status_code in (400, 404)


def test_a_base_of_ones_own(odd: FlaskClient) -> None:
    assert f"<{MOVED}ontology#Action>" in odd.get("/ontology.nt").get_data(as_text=True)
    assert BASE not in odd.get("/ontology.nt").get_data(as_text=True).replace(f'{BASE}ontology/1.0.0"', "")


def test_behind_a_path(site: FlaskClient) -> None:
    """A proxy may serve all of it below a folder."""
    response = site.get(f"/id/{PLAN}", base_url="http://host.example/graph-of-plans/")
    assert response.headers["Location"] == f"/graph-of-plans/doc/{PLAN}"


def test_each_topic_leads_to_what_plans_say_under_it(real: FlaskClient) -> None:
    for topic in ("scheme/topic/neet", "scheme/every-child-matters/be-healthy"):
        page = real.get(f"/doc/{topic}", headers={"Accept": "text/html"}).text
        [address] = re.findall(r'href="(/compare/statements[^"]*)"', page)
        answer = real.get(address, headers={"Accept": "text/html"})
        assert answer.status_code == 200
        assert "/doc/plan/" in answer.text
    assert "/compare/statements" not in real.get("/doc/scheme/certainty/stated", headers={"Accept": "text/html"}).text
