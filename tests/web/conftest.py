"""The application over a small graph, served on a free port of this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from waitress import create_server

from cyppgraph.linking import read_glossary
from cyppgraph.queries import Question, read_questions
from cyppgraph.store import EmbeddedSource
from cyppgraph.web import create_app
from cyppgraph.web.asking import words
from cyppgraph.web.comparison import later_plans
from cyppgraph.web.comparison import reading as comparing
from cyppgraph.web.display import overview
from cyppgraph.web.display.kept import Kept
from cyppgraph.web.plans import plan_page, reading
from cyppgraph.web.reconciliation import Indexes
from served import open_source

ROOT = Path(__file__).parents[2]
HEAD = """
@prefix cypp: <https://w3id.org/cyppgraph/ontology#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix plan: <https://w3id.org/cyppgraph/id/plan/> .
"""
ALDER = """
plan:alder-2012 a cypp:Plan ; dct:identifier "alder-2012" ; dct:title "Alder <em>first</em>"@en ;
  dct:publisher <http://example.org/alder> ; dct:temporal <http://example.org/years> .
<http://example.org/alder> rdfs:label "Alder Council" .
<http://example.org/years> dcat:startDate "2012-04-01" ; dcat:endDate "2015-03-31" .
<https://w3id.org/cyppgraph/id/plan/alder-2012/action/1> a cypp:Action ; cypp:inPlan plan:alder-2012 ;
  cypp:statement "Ask <script>alert(1)</script> & listen"@en .
<https://w3id.org/cyppgraph/id/plan/alder-2012/action/2> a cypp:Action ; cypp:inPlan plan:alder-2012 ;
  cypp:statement "Say \\"hello\\", twice"@en .
"""
BIRCH = 'plan:birch-2013 a cypp:Plan ; dct:identifier "birch-2013" ; dct:title "Birch"@en .'
QUESTION = """\
#+ question: Which actions does a plan state?
#+ why: Actions <b>show</b> what will be done.
#+ tags: actions
#+ columns:
#+   action: the action
#+   words: its words
#+ parameters:
#+   plan (string): the plan's id
#+   said (string): what the action says
#+   least (integer): how long its words are
#+ choices:
#+   plan: ?any a cypp:Plan ; dct:identifier ?plan ; dct:title ?label
PREFIX cypp: <https://w3id.org/cyppgraph/ontology#>
PREFIX dct: <http://purl.org/dc/terms/>
SELECT ?action ?words {
  VALUES ?plan { UNDEF }
  VALUES ?said { UNDEF }
  VALUES ?least { 0 }
  ?in dct:identifier ?plan .
  ?action cypp:inPlan ?in ; cypp:statement ?words .
  FILTER (STRLEN(?words) >= ?least && (!BOUND(?said) || CONTAINS(?words, ?said)))
} ORDER BY ?action
"""


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSource]:
    """Two plans, in a graph each."""
    folder = tmp_path_factory.mktemp("ttl")
    (folder / "alder-2012.ttl").write_text(HEAD + ALDER, encoding="utf-8")
    (folder / "birch-2013.ttl").write_text(HEAD + BIRCH, encoding="utf-8")
    with open_source(folder, tmp_path_factory.mktemp("snapshots")) as opened:
        yield opened


@pytest.fixture(scope="session")
def questions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Question, ...]:
    """One saved question with a parameter."""
    folder: Path = tmp_path_factory.mktemp("questions")
    (folder / "01-actions.rq").write_text(QUESTION, encoding="utf-8")
    return read_questions(folder)


@pytest.fixture(scope="session")
def client(source: EmbeddedSource, questions: tuple[Question, ...]) -> FlaskClient:
    """Requests without a network."""
    return create_app(source, questions).test_client()


@pytest.fixture(scope="session")
def address(source: EmbeddedSource, questions: tuple[Question, ...]) -> Iterator[str]:
    """Where waitress serves the application."""
    server = create_server(create_app(source, questions), host="127.0.0.1", port=0)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}/"
    server.close()


@pytest.fixture(scope="session")
def real(published: EmbeddedSource) -> FlaskClient:
    """Requests to the application over the published graph, with what short forms mean."""
    glossary = read_glossary(ROOT / "data" / "linking" / "acronyms.toml")
    return create_app(published, indexes=Indexes(glossary), ontology=ROOT / "ontology").test_client()


@pytest.fixture
def asked(published: EmbeddedSource, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The queries that the published data are asked from now on."""
    edition = type(published.edition())
    queries: list[str] = []
    ask_it = edition.query
    monkeypatch.setattr(
        edition, "query", lambda self, query, *rest: queries.append(query.text) or ask_it(self, query, *rest)
    )
    return queries


@pytest.fixture
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a version has been read before."""
    for module, name in ((overview, "_KNOWN"), (overview, "_KNOWN_ENTRIES"), (words, "_KNOWN")):
        monkeypatch.setattr(module, name, Kept())
    for name in ("_KNOWN_HEADINGS", "_KNOWN_COUNTS"):
        monkeypatch.setattr(comparing, name, Kept(8))
    monkeypatch.setattr(reading, "_KNOWN", Kept(reading.MOST_KEPT))
    monkeypatch.setattr(plan_page, "_KNOWN", Kept(reading.MOST_KEPT))
    monkeypatch.setattr(later_plans, "_KNOWN", Kept(8))
