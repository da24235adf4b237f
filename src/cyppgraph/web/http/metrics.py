"""The figures of the service, for Prometheus. In: exchanges that are over, a source. Out: the text that it collects.

Labels are taken from lists that are known beforehand (rules of addresses, outcomes), never from what a client sent. Of
the source, each figure that its ``status()`` gives is passed on under its own name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple, Protocol

from flask import Blueprint, Response, abort, request
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from cyppgraph.web.http.exchange import Exchange
from cyppgraph.web.http.hosts import is_local

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60)
_ROWS = (0, 1, 10, 100, 1_000, 10_000, 100_000, 1_000_000)
_ONLY_GROWING = ("_total", "_started", "_killed", "_hits", "_misses")
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})


class DataState(NamedTuple):
    """Which data are being served: their version, and since when they are so, as far as known."""

    version: str | None
    modified: datetime | None


class Counted(Protocol):
    """What can tell figures of itself, such as a pool of workers; the names are those of the metrics to be."""

    def status(self) -> Mapping[str, float]:
        """Return figures by name, quickly and without asking the store.

        A name that ends in _total, _started, _killed, _hits or _misses is of what only grows.
        """


class Metrics:
    """Counts exchanges; each application has its own.

    Args:
        source: gives its own figures; what has no ``status()`` gives none.
        read_data_state: tells which data are being served.
    """

    def __init__(self, source: object, read_data_state: Callable[[], DataState]) -> None:
        self.registry = registry = CollectorRegistry()
        self._requests = Counter(
            "cyppgraph_requests",
            "Requests by address, method, status and outcome.",
            ("route", "method", "status", "outcome"),
            registry=registry,
        )
        self._sent = Counter("cyppgraph_sent_bytes", "Bytes of bodies.", ("route",), registry=registry)
        self._seconds = Histogram(
            "cyppgraph_request_seconds",
            "From a request's arrival to its answer's last byte.",
            ("route",),
            registry=registry,
            buckets=_SECONDS,
        )
        self._query_seconds = Histogram(
            "cyppgraph_query_seconds",
            "What the queries of one request took together.",
            ("route",),
            registry=registry,
            buckets=_SECONDS,
        )
        self._queries = Counter("cyppgraph_queries", "Queries put to the store.", ("route",), registry=registry)
        self._rows = Histogram(
            "cyppgraph_answer_rows",
            "Rows or triples that the queries of one request gave.",
            ("kind",),
            registry=registry,
            buckets=_ROWS,
        )
        ProcessCollector(registry=registry)
        registry.register(_SourceFigures(source, read_data_state))

    def __call__(self, exchange: Exchange) -> None:
        """Count one exchange."""
        route = exchange.route or "none"
        method = exchange.method if exchange.method in _METHODS else "other"
        self._requests.labels(route, method, str(exchange.status), exchange.outcome.value).inc()
        self._sent.labels(route).inc(exchange.size)
        self._seconds.labels(route).observe(exchange.seconds)
        if exchange.queries:
            self._queries.labels(route).inc(exchange.queries)
            self._query_seconds.labels(route).observe(exchange.query_seconds)
        if exchange.kind is not None and exchange.complete:
            self._rows.labels(exchange.kind).observe(exchange.rows)


class _SourceFigures(Collector):
    """What is asked anew whenever the figures are collected."""

    def __init__(self, source: object, read_data_state: Callable[[], DataState]) -> None:
        self._source = source
        self._read_data_state = read_data_state

    def collect(self) -> Iterable[Metric]:
        tell = getattr(self._source, "status", None)
        for name, value in (tell() if callable(tell) else {}).items():
            full = f"cyppgraph_{name}"
            kind = CounterMetricFamily if name.endswith(_ONLY_GROWING) else GaugeMetricFamily
            yield kind(full, f"What the store says of itself: {name}.", value=value)
        state = self._read_data_state()
        if state.version is not None:
            yield InfoMetricFamily("cyppgraph_data", "Which data are served.", value={"version": state.version})
        if state.modified is not None:
            changed = GaugeMetricFamily("cyppgraph_data_modified_timestamp_seconds", "Since when they are so.")
            changed.add_metric([], state.modified.timestamp())
            yield changed


def make_metrics(metrics: Metrics, for_all: bool) -> Blueprint:
    """Return a blueprint with ``/metrics``.

    Args:
        metrics: what was counted.
        for_all: whether anyone may read it; else only who asks on this machine, and not through a proxy.
    """
    pages = Blueprint("metrics", __name__)

    @pages.route("/metrics")
    def read() -> Response:
        if not for_all and not is_local(request):
            abort(404, "There is nothing here.")  # not 403: nobody outside need know of it
        response = Response(generate_latest(metrics.registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)
        response.headers["Cache-Control"] = "no-store"
        return response

    return pages
