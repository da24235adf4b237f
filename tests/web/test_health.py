"""Health: live as long as the process answers, ready only if the store does, and what is served under which limits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from cyppgraph.store import BusyError, EmbeddedSource, Reply
from cyppgraph.web.http.health import Probe
from operated import Wrapped, make_operated


class Ailing(Wrapped):
    """A source that can be told to fail, and counts how often it is asked."""

    def __init__(self, source: EmbeddedSource) -> None:
        super().__init__(source, self.answer)
        self.version, self.modified = "v7", datetime(2026, 3, 1, 12, tzinfo=UTC)
        self.error: Exception | None = None
        self.asked = 0
        self.on_query: Callable[[], None] = lambda: None

    def answer(self, begin: Callable[[], Reply]) -> Reply:
        self.asked += 1
        self.on_query()
        if self.error is not None:
            raise self.error
        return begin()


@pytest.fixture
def ailing(source: EmbeddedSource) -> Ailing:
    return Ailing(source)


def make(source: Ailing, **settings) -> FlaskClient:
    return make_operated(source, **settings).test_client()


def test_a_sound_service_says_what_it_serves_and_under_which_limits(ailing: Ailing) -> None:
    response = make(ailing, row_limit=77, concurrency=0).get("/health")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    told = response.get_json()
    assert told["status"] == "ready"
    assert told["data"] == {"version": "v7", "modified": "2026-03-01T12:00:00Z"}
    assert told["limits"] == {
        "seconds": 30.0,
        "memory": 2**30,
        "rows": 77,
        "size": 2**28,
        "workers": 4,
        "queue": 16,
        "requests_per_minute": 240.0,
        "burst": 120,
        "concurrency": None,
    }
    assert told["software"]["name"] == "cyppgraph"
    assert told["engine"].startswith("pyoxigraph ")
    assert datetime.fromisoformat(told["started"]).tzinfo is not None


@pytest.mark.parametrize("error", [BusyError(5), RuntimeError("secret detail")])
def test_a_store_that_does_not_answer_is_not_ready_but_the_process_lives(ailing: Ailing, error: Exception) -> None:
    ailing.error = error
    client = make(ailing)
    assert client.get("/health/live").status_code == 200
    for path in ("/health/ready", "/health"):
        response = client.get(path)
        assert response.status_code == 503
        assert response.get_json()["status"] == "not ready"
        assert response.get_json()["detail"]
        assert "secret" not in response.text


@pytest.mark.parametrize("path", ["/health", "/health/live", "/health/ready"])
def test_head_works(ailing: Ailing, path: str) -> None:
    response = make(ailing).head(path)
    assert (response.status_code, response.data) == (200, b"")


def test_a_store_that_takes_more_than_a_second_is_not_ready(ailing: Ailing) -> None:
    now = [100.0]
    probe = Probe(ailing, lambda: now[0])
    ailing.on_query = lambda: now.__setitem__(0, now[0] + 1.5)
    assert probe.find_fault() == "The store took 1.5 seconds for a query that costs nothing."
    ailing.on_query = lambda: None
    now[0] += 1
    assert probe.find_fault() is None


def test_watchers_do_not_wear_out_the_store(ailing: Ailing) -> None:
    now = [100.0]
    probe = Probe(ailing, lambda: now[0])
    assert [probe.find_fault() for _ in range(50)] == [None] * 50
    assert ailing.asked == 1
    now[0] += 1
    ailing.error = BusyError(5)
    assert probe.find_fault() is not None
    assert ailing.asked == 2


def test_what_is_served_is_told_anew_after_a_change(ailing: Ailing) -> None:
    now = [100.0]
    probe = Probe(ailing, lambda: now[0])
    probe.find_fault()
    ailing.version, now[0] = "v8", now[0] + 1
    probe.find_fault()
    assert probe.data["version"] == "v8"
