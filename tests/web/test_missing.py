"""Where nothing is, the page helps: what was not found, its words to search for, the places there are."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from cyppgraph.store import EmbeddedSource
from cyppgraph.web import create_app

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def ask(client: FlaskClient, path: str, status: int = 404) -> str:
    response = client.get(path, headers=BROWSER)
    assert (response.status_code, response.mimetype) == (status, "text/html")
    return unescape(response.text)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nowhere/breastfeeding-rates.html", "nowhere breastfeeding rates"),
        ("/plans/croydon", "croydon"),
        ("/id/plan/croydon-2013x", "croydon 2013x"),
        ("/%22%3E%3Cscript%3E", "script"),
        ("/a/" + "w" * 500, "a"),
    ],
)
def test_the_words_of_the_address_can_be_searched_for(real: FlaskClient, path: str, words: str) -> None:
    text = ask(real, path)
    assert f'value="{words}"' in text
    assert '<form class="govuk-form-group" action="/search"' in text
    main = text.partition("<main")[2]
    for place in ("/", "/questions/", "/data", "/ontology"):
        assert f'href="{place}"' in main
    assert "<script" not in real.get(path, headers=BROWSER).text


def test_what_is_not_in_the_graph_is_named_with_what_is_near(real: FlaskClient) -> None:
    text = ask(real, "/id/plan/croydon-2013x")
    assert "The graph says nothing of this" in text
    assert "https://w3id.org/cyppgraph/id/plan/croydon-2013x" in text
    assert re.search(r'href="/id/plan/croydon-2013"><bdi>Croydon Children', text)
    assert "The graph says nothing of https://w3id.org/cyppgraph/id/none/at/all" in ask(real, "/id/none/at/all")


@pytest.mark.parametrize("path", ["/plans/x", "/plans/x/y", "/plan/x/actions", "/plans/x/actions"])
def test_a_plan_that_is_not_there_is_answered_with_those_that_are(real: FlaskClient, path: str) -> None:
    text = ask(real, path)
    for plan in ("croydon-2013", "croydon-2021", "richmond-2009", "southend-2011", "thurrock-2012"):
        assert f'href="/id/plan/{plan}"' in text


def test_elsewhere_nothing_is_asked_of_the_data(real: FlaskClient, asked: list[str]) -> None:
    ask(real, "/planspotting")
    assert asked == []


def test_programs_are_told_in_a_problem_document(real: FlaskClient) -> None:
    response = real.get("/plans/x", headers={"Accept": "application/json"})
    assert response.mimetype == "application/problem+json"
    assert response.json["detail"] == "No page or file of this service has this address."


def test_a_fault_of_ours_is_told_as_one(source: EmbeddedSource) -> None:
    app: Flask = create_app(source)

    @app.route("/broken")
    def fail() -> str:
        raise RuntimeError("the inside of the service")

    text = ask(app.test_client(), "/broken", 500)
    assert "The fault is here, not in what you asked." in text
    assert "the inside of the service" not in text
    assert 'href="/questions/"' in text.partition("<main")[2]
