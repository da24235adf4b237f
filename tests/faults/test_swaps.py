"""The data are swapped under load: no request fails, and each answer is of one version, whole.

``python tests/faults/measure.py swaps`` does so with more clients, and says how many answers there were.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from faults.started import JSON, Answer, Service, load, make_path, start_service, write_value

# Two graphs agree on the value within each version.
AGREED = """PREFIX e: <http://example.org/>
SELECT (CONCAT(STR(?one), "=", STR(?other)) AS ?both) WHERE { e:first e:value ?one . e:second e:value ?other } # %s"""


@dataclass(slots=True)
class Crowd:
    """Clients that ask all the time, each over a connection that it keeps."""

    service: Service
    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    _over: threading.Event = field(default_factory=threading.Event)

    def run(self, clients: int, swaps: int, pause: float) -> None:
        threads = [threading.Thread(target=self._ask, args=(number,), daemon=True) for number in range(clients)]
        for thread in threads:
            thread.start()
        for value in range(100, 100 + swaps):
            write_value(self.service.root, value)
            load(self.service.root)
            time.sleep(pause)
        self._over.set()
        for thread in threads:
            thread.join()

    def _ask(self, client: int) -> None:
        connection = self.service.connect()
        asked = 0
        while not self._over.is_set():
            asked += 1
            ending = f"{client}-{asked}" if client % 2 else "the same"  # every other client may get what is cached
            begun = time.perf_counter()
            try:
                connection.request("GET", make_path(AGREED % ending), headers={"Accept": JSON})
                response = connection.getresponse()
                self._judge(Answer(response.status, dict(response.getheaders()), response.read()))
            except OSError as error:
                self.wrong.append(repr(error))
                connection.close()
            self.slowest = max(self.slowest, time.perf_counter() - begun)
        connection.close()

    def _judge(self, answer: Answer) -> None:
        if answer.status != 200:
            self.wrong.append(f"{answer.status} {answer.body[:300]!r}")
            return
        value = answer.value()
        self.seen[value] += 1
        one, _, other = value.partition("=")
        if one != other:
            self.wrong.append(value)


def swap(service: Service, clients: int, swaps: int, pause: float) -> Crowd:
    """Swap so many times under so many clients, with so many seconds between."""
    crowd = Crowd(service)
    crowd.run(clients, swaps, pause)
    return crowd


def test_swaps_under_load(root: Path, server: str, tmp_path: Path) -> None:
    own = shutil.copytree(root, tmp_path / "root", ignore=shutil.ignore_patterns("snapshots", "*.log"))
    with start_service(own, server) as service:
        crowd = swap(service, clients=4, swaps=4, pause=0.1)
        assert crowd.wrong == []
        assert len(crowd.seen) > 1
        assert service.ask(AGREED % "last").value() == "103=103"
