"""The figures for Prometheus: what they count, that clients cannot blow them up, and who may read them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from cyppgraph.store import EmbeddedSource
from operated import Wrapped, make_operated


@pytest.fixture
def make(source: EmbeddedSource) -> Callable[..., FlaskClient]:
    def make_client(other: Wrapped | None = None, **settings) -> FlaskClient:
        return make_operated(other or source, **settings).test_client()

    return make_client


def collect(client: FlaskClient) -> dict[tuple[str, frozenset], float]:
    response = client.get("/metrics", buffered=True)
    assert response.status_code == 200
    assert response.content_type == "text/plain; version=0.0.4; charset=utf-8"
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(response.text)
        for sample in family.samples
    }


def pick(figures: dict, name: str, **labels: str) -> float | None:
    return figures.get((name, frozenset(labels.items())))


def test_requests_are_counted_by_route_and_outcome(make: Callable[..., FlaskClient], source: EmbeddedSource) -> None:
    client = make()
    for path in ("/sparql?query=ASK {}", "/sparql?query=SELECT * {?s ?p ?o} LIMIT 5", "/sparql?query=nonsense"):
        client.get(path, buffered=True)
    figures = collect(client)
    told = {"route": "/sparql", "method": "GET"}
    assert pick(figures, "cyppgraph_requests_total", **told, status="200", outcome="ok") == 2
    assert pick(figures, "cyppgraph_requests_total", **told, status="400", outcome="syntax") == 1
    assert pick(figures, "cyppgraph_queries_total", route="/sparql") == 3
    assert pick(figures, "cyppgraph_query_seconds_count", route="/sparql") == 3
    assert pick(figures, "cyppgraph_request_seconds_count", route="/sparql") == 3
    assert pick(figures, "cyppgraph_answer_rows_sum", kind="rows") == 5
    assert pick(figures, "cyppgraph_sent_bytes_total", route="/sparql") > 100
    assert pick(figures, "cyppgraph_data_info", version=source.edition().version) == 1
    assert any(name == "process_resident_memory_bytes" for name, _ in figures)


def test_the_store_tells_figures_of_itself(make: Callable[..., FlaskClient], source: EmbeddedSource) -> None:
    figures = collect(make(Wrapped(source, lambda begin: begin(), workers_busy=2, queries_waiting=1, workers_killed=3)))
    assert pick(figures, "cyppgraph_workers_busy") == 2
    assert pick(figures, "cyppgraph_queries_waiting") == 1
    assert pick(figures, "cyppgraph_workers_killed_total") == 3


def test_the_workers_are_counted(make: Callable[..., FlaskClient]) -> None:
    figures = collect(make())
    assert pick(figures, "cyppgraph_workers_idle") == 2
    assert pick(figures, "cyppgraph_workers_busy") == 0


def test_what_clients_make_up_adds_no_series(make: Callable[..., FlaskClient]) -> None:
    client = make(rate_per_minute=0)
    collect(client)  # so that its own route is known
    numbers = []
    for number in range(20):
        client.open(f"/made/up/{number}?x={number}", method=f"BREW{number}", buffered=True)
        numbers.append(len(collect(client)))
    assert numbers == [numbers[0]] * 20


def test_each_application_counts_for_itself(make: Callable[..., FlaskClient]) -> None:
    one, other = make(), make()
    one.get("/sparql?query=ASK {}", buffered=True)
    assert pick(collect(other), "cyppgraph_queries_total", route="/sparql") is None


@pytest.mark.parametrize(
    ("who", "address", "headers", "status"),
    [
        ("local", "127.0.0.1", {}, 200),
        ("local", "::1", {}, 200),
        ("local", "192.0.2.1", {}, 404),
        ("local", "", {}, 404),
        ("local", "127.0.0.1", {"X-Forwarded-For": "192.0.2.1"}, 404),
        ("local", "127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("public", "192.0.2.1", {"X-Forwarded-For": "192.0.2.1"}, 200),
        ("off", "127.0.0.1", {}, 404),
    ],
)
@pytest.mark.parametrize("proxies", [0, 1])
def test_who_may_read_them(
    make: Callable[..., FlaskClient], who: str, address: str, headers: dict[str, str], status: int, proxies: int
) -> None:
    client = make(metrics=who, trusted_proxies=proxies)
    response = client.get("/metrics", headers=headers, environ_overrides={"REMOTE_ADDR": address})
    assert response.status_code == status
