"""What it takes to run in public. In: an application, its source, the settings. Out: the application, so equipped.

Accounts of each request, the access log, metrics, health, what one client may ask, and whom to believe about addresses.
"""

from __future__ import annotations

from flask import Flask

from cyppgraph.errors import CyppgraphError
from cyppgraph.settings import Settings
from cyppgraph.store import Limits, Source
from cyppgraph.web.http.access_log import AccessLog
from cyppgraph.web.http.admission import Admission, limit_clients
from cyppgraph.web.http.exchange import Observer, follow_exchanges
from cyppgraph.web.http.health import Ceiling, make_health
from cyppgraph.web.http.hosts import serve_as, trust_proxies
from cyppgraph.web.http.metrics import DataState, Metrics, make_metrics


def read_limits(settings: Settings) -> Limits:
    """Return what one query may take."""
    return Limits(settings.time_limit, settings.memory_limit, settings.row_limit, settings.size_limit)


def add_operations(app: Flask, source: Source, settings: Settings) -> None:
    """Make an application fit to be run.

    Args:
        app: the application. Nothing that it does before requests may cost anything yet: who is let in is asked last.
        source: what answers. What the application itself asks is noted if it asks through an ``ObservedSource``.
        settings: how to run.

    Raises:
        CyppgraphError: the access log cannot be written.
    """
    metrics = Metrics(source, lambda: _read_data_state(source))
    observers: list[Observer] = [metrics]
    if settings.access_log is not None:
        observers.append(AccessLog(settings.access_log, settings.log_addresses, settings.log_queries))
    follow_exchanges(app, observers)
    if settings.served_as is not None:
        serve_as(app, settings.served_as)
    trust_proxies(app, settings.trusted_proxies)  # around that: what is set here goes before what a proxy says
    limit_clients(app, Admission(settings.rate_per_minute, settings.burst, settings.concurrency))
    engine = None if settings.store_url is None else "SPARQL server"  # its address is nobody's business
    app.register_blueprint(make_health(source, _list_ceilings(settings), engine))
    if settings.metrics != "off":
        app.register_blueprint(make_metrics(metrics, for_all=settings.metrics == "public"))


def _read_data_state(source: Source) -> DataState:
    try:
        edition = source.edition()
    except CyppgraphError:  # figures are wanted most when the store is down
        return DataState(None, None)
    return DataState(edition.version, edition.modified)


def _list_ceilings(settings: Settings) -> dict[str, Ceiling]:
    rate = settings.rate_per_minute
    return {
        "seconds": settings.time_limit,
        "memory": None if settings.store_url else settings.memory_limit,
        "rows": settings.row_limit,
        "size": settings.size_limit,
        "workers": settings.workers,
        "queue": settings.queue,
        "requests_per_minute": rate or None,
        "burst": settings.burst if rate else None,
        "concurrency": settings.concurrency or None,
    }
