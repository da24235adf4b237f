"""How much one client may ask. In: who asks, and when. Out: let in, or told when to come back (429).

Each client has a bucket of tokens that fills at an even rate, and a number of requests that may run at once. What asks
nothing of the store (static files, health, metrics, robots.txt) and a browser's permission requests (OPTIONS) are
never counted. All clients that are kept track of are in this process: with several, each would allow as much.

What is allowed and what is left is told in the fields RateLimit-Policy and RateLimit
(draft-ietf-httpapi-ratelimit-headers-10), in which "w" is how long an empty bucket takes to fill.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Flask, Response, g, request

from cyppgraph.web.http.exchange import Outcome, current_exchange
from cyppgraph.web.http.hosts import name_client
from cyppgraph.web.http.problems import state_problem

_FREE = frozenset({"health", "metrics"})
_FREE_PATHS = frozenset({"/robots.txt", "/favicon.ico"})
_MOST_CLIENTS = 10_000
_CLOSE = 1e-6  # of a token: sums of fractions of seconds are not exact, and who waited as told must be let in


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a request is let in, and what the client has left.

    Attributes:
        refused_by: None if it is let in; else what it would have exceeded.
        wait: whole seconds after which to try again, if it is not.
        tokens: whole requests that may follow at once; None if the rate is not limited.
        next_token: whole seconds until there is one more; None if the bucket is full, or there is none.
        slots: how many more may run beside it; None if that is not limited.
    """

    refused_by: Outcome | None
    wait: int
    tokens: int | None
    next_token: int | None
    slots: int | None


@dataclass(slots=True)
class _Client:
    tokens: float
    counted: float
    running: int = 0


class Admission:
    """Keeps count of what each client asks. Safe to be used by several threads.

    Args:
        rate_per_minute: how fast requests may come in the long run; 0 for any rate.
        burst: how many may come at once after a rest.
        concurrency: how many may be answered at the same time; 0 for any number.
        clock: seconds that only go forward.
        most_clients: how many are remembered; past that, the one that was longest away is forgotten.
    """

    def __init__(
        self,
        rate_per_minute: float,
        burst: int,
        concurrency: int,
        clock: Callable[[], float] = time.monotonic,
        most_clients: int = _MOST_CLIENTS,
    ) -> None:
        self._rate = rate_per_minute / 60
        self._burst = burst
        self._concurrency = concurrency
        self._clock = clock
        self._most = most_clients
        self._clients: OrderedDict[str, _Client] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def policy(self) -> str:
        """What is allowed, as the field RateLimit-Policy says it; empty if everything is."""
        parts = []
        if self._rate:
            parts.append(f'"rate";q={self._burst};w={max(1, math.ceil(self._burst / self._rate))}')
        if self._concurrency:
            parts.append(f'"concurrency";q={self._concurrency};qu="concurrent-requests"')
        return ", ".join(parts)

    def enter(self, name: str) -> Decision:
        """Let a client in or not; one that is let in must ``leave`` once.

        One that came too early has lost nothing by it. One that has too many running has spent a token, so that asking
        again and again is no way to be first.
        """
        with self._lock:
            client = self._find(name)
            if self._rate and client.tokens < 1 - _CLOSE:
                return self._decide(client, Outcome.RATE)
            if self._rate:
                client.tokens -= 1
            if self._concurrency and client.running >= self._concurrency:
                return self._decide(client, Outcome.CONCURRENCY)
            client.running += 1
            return self._decide(client, None)

    def leave(self, name: str) -> None:
        """Tell that a request that was let in is over."""
        with self._lock:
            client = self._clients.get(name)  # nobody with a request running is forgotten
            if client is not None and client.running:
                client.running -= 1

    def __len__(self) -> int:
        with self._lock:
            return len(self._clients)

    def _find(self, name: str) -> _Client:
        now = self._clock()
        client = self._clients.get(name)
        if client is None:
            if len(self._clients) >= self._most:
                self._forget_one()
            client = self._clients[name] = _Client(float(self._burst), now)
        self._clients.move_to_end(name)
        client.tokens = min(float(self._burst), client.tokens + (now - client.counted) * self._rate)
        client.counted = now
        return client

    def _forget_one(self) -> None:
        # those that are running are no more than the server has threads, so this does not look far
        idle = next((name for name, client in self._clients.items() if not client.running), None)
        if idle is not None:
            del self._clients[idle]

    def _decide(self, client: _Client, refused_by: Outcome | None) -> Decision:
        tokens = next_token = slots = None
        if self._rate:
            tokens = max(0, math.floor(client.tokens + _CLOSE))
            if tokens < self._burst:
                next_token = max(1, math.ceil((tokens + 1 - _CLOSE - client.tokens) / self._rate))
        if self._concurrency:
            slots = max(0, self._concurrency - client.running)
        # When one of the running requests ends is not known: a second is a fair time to ask again, if there is a token.
        wait = next_token if tokens == 0 and next_token is not None else 1
        return Decision(refused_by, wait if refused_by else 0, tokens, next_token, slots)


def limit_clients(app: Flask, admission: Admission) -> None:
    """Have an application ask an admission about each request that costs something.

    Requires that the exchanges of the application are followed; a request that no account is kept of is not limited.
    """

    @app.before_request
    def admit() -> Response | None:
        exchange = current_exchange()
        if exchange is None or _is_free():
            return None
        client = name_client(request.remote_addr)
        g.admission = decision = admission.enter(client)
        if decision.refused_by is None:
            exchange.call_at_end(partial(admission.leave, client))
            return None
        exchange.note(decision.refused_by)
        return _refuse(decision)

    @app.after_request
    def tell(response: Response) -> Response:
        decision = g.get("admission")
        if decision is not None and admission.policy:
            response.headers["RateLimit-Policy"] = admission.policy
            response.headers["RateLimit"] = _tell_rest(decision)
        return response


def _is_free() -> bool:
    endpoint = request.endpoint or ""
    is_static = endpoint.rpartition(".")[2] == "static"
    return request.method == "OPTIONS" or is_static or request.blueprint in _FREE or request.path in _FREE_PATHS


def _refuse(decision: Decision) -> Response:
    soon = f"Ask again in {decision.wait} second{'s' if decision.wait != 1 else ''}"
    if decision.refused_by is Outcome.RATE:
        violated, detail = "rate", f"Requests come faster from your address than this service takes them. {soon}."
    else:
        violated = "concurrency"
        detail = f"As many requests from your address are being answered as may be at once. {soon}, or when one ends."
    response = state_problem(429, detail, **{"violated-policies": [violated]})
    response.headers["Retry-After"] = str(decision.wait)
    response.headers["Cache-Control"] = "no-store"
    return response


def _tell_rest(decision: Decision) -> str:
    parts = []
    if decision.tokens is not None:
        until = "" if decision.next_token is None else f";t={decision.next_token}"
        parts.append(f'"rate";r={decision.tokens}{until}')
    if decision.slots is not None:
        parts.append(f'"concurrency";r={decision.slots}')
    return ", ".join(parts)
