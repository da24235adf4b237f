"""The vocabulary for readers: each term with what it means and an example of the data, in sections, with a picture."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient

from cyppgraph.store import EmbeddedSource
from cyppgraph.web import create_app
from cyppgraph.web.display.vocabulary import VocabularyFiles

ROOT = Path(__file__).parents[2]
ONTOLOGY = "https://w3id.org/cyppgraph/ontology#"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def text(real: FlaskClient) -> str:
    return unescape(real.get("/ontology", headers=BROWSER).text)


@pytest.fixture(scope="module")
def terms() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "ontology" / "cypp.ttl")


def read_section(text: str, anchor: str) -> str:
    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", text.partition(f'<section id="{anchor}">')[2].partition("</section>")[0])
    )


def test_each_term_is_explained_once_and_in_the_contents(text: str, terms: rdflib.Graph) -> None:
    known = [each for each in terms.subjects(rdflib.SKOS.definition) if str(each).startswith(ONTOLOGY)]
    assert len(known) > 90
    for term in known:
        anchor = str(term).removeprefix(ONTOLOGY)
        assert text.count(f'<section id="{anchor}">') == 1
        assert f'<li><a href="#{anchor}">' in text.partition("<section")[0]
        assert str(terms.value(term, rdflib.SKOS.definition)) in text
    assert "Other terms</h2>" not in text  # each stands under a heading of the file


def test_the_page_is_light_and_asks_two_queries_at_most(real: FlaskClient, asked: list[str]) -> None:
    page = real.get("/ontology?fresh=2", headers=BROWSER)
    assert len(page.data) < 200_000
    assert len(asked) <= 2  # none, once it was written for the version


def test_a_property_tells_what_it_leads_from_and_to_its_use_and_an_example(text: str) -> None:
    told = read_section(text, "hasLead")
    assert re.search(r"Of plan element .*Value lead assignment", told)
    assert re.search(r"[0-9,]+ in the data", told)
    example = re.search(r"In the data (.+?) – has lead – (.+)", told)
    assert example is not None
    assert re.search(r"Its properties .*led by role.*led by person", read_section(text, "LeadAssignment"))
    assert re.search(r"Kinds of it theme , commitment", read_section(text, "PlanElement"))


def test_examples_are_statements_of_the_data(text: str, real: FlaskClient) -> None:
    section = text.partition('<section id="inPlan">')[2].partition("</section>")[0]
    subject, value = re.findall(r'href="(/[^"]+)"', section.partition("In the data")[2])
    data = rdflib.Graph().parse(data=real.get(subject.replace("/id/", "/doc/") + ".ttl").text)
    assert (
        rdflib.URIRef("https://w3id.org/cyppgraph" + subject),
        rdflib.URIRef(f"{ONTOLOGY}inPlan"),
        rdflib.URIRef("https://w3id.org/cyppgraph" + value),
    ) in data


def test_the_picture_says_in_words_what_it_draws(text: str) -> None:
    picture = text.partition("<svg")[2].partition("</svg>")[0]
    words = text.partition("The main classes in words")[2].partition("</ul>")[0]
    assert "<title" in picture
    assert "<desc" in picture
    for name in ("plan element", "lead assignment", "time constraint", "source passage", "indicator", "has lead"):
        assert f">{name}</text>" in picture
        assert f"<bdi>{name}</bdi>" in words


def test_the_alignments_have_a_page(real: FlaskClient) -> None:
    page = real.get("/ontology/alignments", headers=BROWSER)
    assert page.status_code == 200
    assert '<a class="govuk-breadcrumbs__link" href="/ontology">' in page.text


def test_sections_are_the_headings_of_the_file(tmp_path: Path, source: EmbeddedSource) -> None:
    head = "@prefix cypp: <https://w3id.org/cyppgraph/ontology#> .\n@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    line = "# " + "-" * 20
    body = (
        f"{line}\n# Of trees (all)\n{line}\ncypp:Oak a owl:Class .\ncypp:Elm a owl:Class .\n# cypp:Ash a owl:Class .\n"
    )
    (tmp_path / "cypp.ttl").write_text(f"{head}cypp:Fir a owl:Class .\n{body}", encoding="utf-8")
    (tmp_path / "alignments.ttl").write_text("", encoding="utf-8")
    sections = VocabularyFiles(tmp_path).below(source.edition().namespaces).sections
    assert sections == {f"{ONTOLOGY}Oak": "Of trees", f"{ONTOLOGY}Elm": "Of trees"}
    page = create_app(source, ontology=tmp_path).test_client().get("/ontology", headers=BROWSER)
    assert page.status_code == 200
    assert "Other terms</h2>" in page.text
    assert "<svg" not in page.text
