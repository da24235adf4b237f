"""A version is read ahead once: the first reader of a plan's page finds it read."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from cyppgraph.store import EmbeddedSource
from cyppgraph.web import create_app, warming
from cyppgraph.web.display.vocabulary import VocabularyFiles

ROOT = Path(__file__).parents[2]
VOCABULARY = VocabularyFiles(ROOT / "ontology")


def wait_for_reading() -> None:
    for thread in threading.enumerate():
        if thread.name == warming.THREAD:
            thread.join(60)
            assert not thread.is_alive()


def open_service(source: EmbeddedSource) -> FlaskClient:
    """Return a client whose first request is over, and what it set off."""
    app = create_app(source, ontology=ROOT / "ontology")
    warming.add_warming(app, source, VOCABULARY)
    client = app.test_client()
    client.get("/health/live")
    wait_for_reading()
    return client


@pytest.mark.usefixtures("nothing_kept")
def test_the_first_reader_of_a_plan_finds_it_read(published: EmbeddedSource, asked: list[str]) -> None:
    client = open_service(published)
    asked.clear()
    for part in ("actions", "timeline", "measures", "leads", "findings"):
        assert client.get(f"/plans/croydon-2013/{part}").status_code == 200
    for shared in ("/", "/plans", "/compare", "/compare?by=outcome", "/ask/words.json"):
        assert client.get(shared).status_code == 200
    assert client.get("/compare/later?earlier=croydon-2013&later=croydon-2021").status_code == 200
    assert asked == []


@pytest.mark.usefixtures("nothing_kept")
def test_a_version_is_read_ahead_once(published: EmbeddedSource, asked: list[str]) -> None:
    client = open_service(published)
    asked.clear()
    client.get("/health/live")
    wait_for_reading()
    assert asked == []


@pytest.mark.usefixtures("nothing_kept")
def test_more_plans_than_are_kept_are_not_read_ahead(
    published: EmbeddedSource, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warming, "MOST_KEPT", 4)
    warming.read_ahead(published.edition(), VOCABULARY)
    assert not [query for query in asked if "plan/croydon-2013" in query]
    asked.clear()
    client = create_app(published, ontology=ROOT / "ontology").test_client()
    for shared in ("/", "/compare", "/ask/words.json"):
        assert client.get(shared).status_code == 200
    assert asked == []


@pytest.mark.usefixtures("nothing_kept")
def test_what_cannot_be_read_ahead_is_read_when_asked_for(
    published: EmbeddedSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("closing")

    app = create_app(published, ontology=ROOT / "ontology")
    with monkeypatch.context() as broken:
        broken.setattr(warming, "read_ahead", fail)
        warming.add_warming(app, published, VOCABULARY)
        app.test_client().get("/health/live")
        wait_for_reading()
    assert app.test_client().get("/plans/thurrock-2012/leads").status_code == 200
