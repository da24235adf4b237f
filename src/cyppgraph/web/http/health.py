"""Whether the service is well, for those who watch it. In: a source, the limits in force. Out: 200 or 503, and why.

``/health/live``: this process answers (restart it if not). ``/health/ready``: the store answers too (send nobody here
while not). ``/health``: both, with which data are served, since when, and what one query may take. The store is asked
at most once a second, whoever wants to know.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import version

from flask import Blueprint, Response

from cyppgraph.errors import CyppgraphError
from cyppgraph.store import Limits, Query, Source

_PATIENCE = 1.0  # seconds for a query that costs nothing
_KEPT = 1.0  # seconds for which its answer is believed
_PROBE = Query("ASK {}", limits=Limits(seconds=_PATIENCE))

Ceiling = float | int | None


def make_health(source: Source, limits: Mapping[str, Ceiling], engine: str | None = None) -> Blueprint:
    """Return a blueprint with ``/health``, ``/health/live`` and ``/health/ready``.

    Args:
        source: what must answer.
        limits: what is allowed, by name, as it is to be shown; None where there is no limit.
        engine: what answers queries; None for the embedded store.
    """
    pages = Blueprint("health", __name__)
    probe = Probe(source)
    started = datetime.now(UTC)
    software = {"name": "cyppgraph", "version": version("cyppgraph")}
    engine = engine or f"pyoxigraph {version('pyoxigraph')}"

    @pages.route("/health/live")
    def live() -> Response:
        return _say(200, {"status": "live"})

    @pages.route("/health/ready")
    def ready() -> Response:
        fault = probe.find_fault()
        return _say(200, {"status": "ready"}) if fault is None else _say(503, {"status": "not ready", "detail": fault})

    @pages.route("/health")
    def health() -> Response:
        fault = probe.find_fault()
        said: dict[str, object] = {"status": "ready"} if fault is None else {"status": "not ready", "detail": fault}
        said |= {"started": _write_time(started), "software": software, "engine": engine, "limits": dict(limits)}
        said["data"] = probe.data
        return _say(200 if fault is None else 503, said)

    return pages


class Probe:
    """Asks the store whether it answers; one asks at a time, and others are told what that one found.

    Args:
        source: what is asked.
        clock: seconds that only go forward.
    """

    def __init__(self, source: Source, clock: Callable[[], float] = time.monotonic) -> None:
        self._source = source
        self._clock = clock
        self._lock = threading.Lock()
        self._asked: float | None = None
        self._fault: str | None = None
        self.data: Mapping[str, str | None] = {"version": None, "modified": None}

    def find_fault(self) -> str | None:
        """Return what is wrong with the store, in a sentence; None if it answers."""
        with self._lock:
            now = self._clock()
            if self._asked is None or now - self._asked >= _KEPT:
                self._fault = self._ask(now)
                self._asked = self._clock()
            return self._fault

    def _ask(self, begun: float) -> str | None:
        try:
            edition = self._source.edition()
            # while it waits for its turn it is asked whether we are still here
            reply = edition.query(_PROBE, lambda: self._clock() - begun > _PATIENCE)
            try:
                answer = b"".join(reply)
            finally:
                reply.close()
        except CyppgraphError as error:
            return self._find_delay(begun) or str(error)
        except Exception:  # whatever it is: a watcher is to be told, not to be sent an error page
            logging.getLogger(__name__).exception("The store could not be asked whether it is well.")
            return "The store could not be asked; the log of the service says why."
        modified = None if edition.modified is None else _write_time(edition.modified)
        self.data = {"version": edition.version, "modified": modified}
        if b"true" not in answer:
            return "The store answered a query wrongly that can have one answer only."
        return self._find_delay(begun)

    def _find_delay(self, begun: float) -> str | None:
        taken = self._clock() - begun
        return f"The store took {taken:.1f} seconds for a query that costs nothing." if taken > _PATIENCE else None


def _say(status: int, said: Mapping[str, object]) -> Response:
    response = Response(json.dumps(said, indent=1) + "\n", status, mimetype="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _write_time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
