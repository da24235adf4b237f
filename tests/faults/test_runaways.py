"""Queries that would run for ever are stopped, say so, and are not noticed by who asks something small meanwhile.

``python tests/faults/measure.py runaways`` does the same a hundred times, with figures.
"""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path

from faults.started import ENDLESS, SMALL, Answer, Service, measure_use, start_service, wait_for

_ALL = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
_NEVER = "FILTER (STRLEN(CONCAT(STR(?c), STR(?f), STR(?i))) > 100000)"  # known only once all three are
RUNAWAYS = {
    "cross join": ENDLESS,
    "nothing fits": f"SELECT * WHERE {{ {_ALL} {_NEVER} }}",
    "yes or no": f"ASK {{ {_ALL} {_NEVER} }}",
    "no triples": f"CONSTRUCT {{ ?a ?b ?i }} WHERE {{ {_ALL} {_NEVER} }}",
    "regular expression": f'SELECT * WHERE {{ {_ALL} FILTER REGEX(CONCAT(STR(?c), STR(?i)), "(m+)+zz") }}',
    "property path": "SELECT (COUNT(*) AS ?n) WHERE { ?a (<urn:p>|!<urn:p>)* ?b . ?c (<urn:p>|!<urn:p>)* ?d }",
    "large group": f"SELECT (GROUP_CONCAT(CONCAT(STR(?c), STR(?f), STR(?i))) AS ?all) WHERE {{ {_ALL} }}",
    "large order": f"SELECT * WHERE {{ {_ALL} }} ORDER BY ?f ?c ?i",
    "distinct": f"SELECT (COUNT(DISTINCT CONCAT(STR(?c), STR(?f), STR(?i))) AS ?n) WHERE {{ {_ALL} }}",
}


@dataclass(slots=True)
class Probe:
    """Asks something small ten times a second, beside everything else, and remembers how long each took."""

    service: Service
    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def __enter__(self) -> Probe:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        assert self._thread is not None
        self._thread.join()

    def _run(self) -> None:
        number = 0
        while not self._over.wait(0.1):
            number += 1
            begun = time.perf_counter()
            try:
                answer = self.service.ask(f"{SMALL} # {number}")  # no two alike: none comes from a cache
                if answer.status != 200 or answer.value() != "7":
                    self.wrong.append(f"{answer.status} {answer.body[:200]!r}")
            except OSError as error:
                self.wrong.append(repr(error))
            self.seconds.append(time.perf_counter() - begun)


@dataclass(frozen=True, slots=True)
class Figures:
    """What so many runaways did: how they ended, how long each took, what the probe saw, memory before and after."""

    outcomes: Counter[str]
    seconds: list[float]
    probe: Probe
    before: float
    after: float

    def __str__(self) -> str:
        waits = sorted(1000 * second for second in self.probe.seconds)
        p99 = statistics.quantiles(waits, n=100, method="inclusive")[-1]
        return (
            f"{len(self.seconds)} runaways: {dict(self.outcomes)}; each {statistics.median(self.seconds):.2f} s, "
            f"at most {max(self.seconds):.2f} s\n"
            f"{len(waits)} small queries meanwhile: median {statistics.median(waits):.0f} ms, p99 {p99:.0f} ms, "
            f"at most {waits[-1]:.0f} ms, {len(self.probe.wrong)} wrong\n"
            f"memory {self.before:.0f} MB before, {self.after:.0f} MB after"
        )


def run_away(service: Service, times: int) -> Figures:
    """Ask so many of them, one after another, beside a probe."""
    workers, before = len(service.find_workers()), service.measure_memory()
    outcomes: Counter[str] = Counter()
    seconds: list[float] = []
    with Probe(service) as probe:
        for number, text in enumerate(islice(cycle(RUNAWAYS.values()), times)):
            begun = time.perf_counter()
            outcomes[judge(service.ask(f"{text} # {number}", "*/*"))] += 1
            seconds.append(time.perf_counter() - begun)
    wait_for(lambda: len(service.find_workers()) <= workers, "no worker to be left over")
    wait_for(lambda: all(measure_use(worker) < 20 for worker in service.find_workers()), "no worker to be at work")
    return Figures(outcomes, seconds, probe, before, service.measure_memory())


def judge(answer: Answer) -> str:
    """Say in a word how a runaway ended; anything but "time" and "memory" is a fault."""
    if answer.status != 503 or answer.headers["content-type"] != "application/problem+json":
        return f"{answer.status}, {answer.headers.get('content-type')}: {answer.body[:200]!r}"
    limit = str(json.loads(answer.body)["limit"])
    return limit if ("retry-after" in answer.headers) == (limit == "time") else f"{limit}, Retry-After is wrong"


def test_runaways_are_stopped_and_harm_nobody(root: Path) -> None:
    with start_service(root, time_limit=0.3, memory_limit="64MiB", workers=2) as service:
        figures = run_away(service, len(RUNAWAYS))
    assert set(figures.outcomes) <= {"time", "memory"}
    assert figures.probe.seconds
    assert figures.probe.wrong == []
    assert figures.after < 2 * figures.before


def test_a_client_may_ask_to_be_stopped_earlier(root: Path) -> None:
    with start_service(root, workers=1) as service:
        assert judge(service.ask(ENDLESS, timeout=0.2)) == "time"
        assert service.ask(SMALL).value() == "7"
