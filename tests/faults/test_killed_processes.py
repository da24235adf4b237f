"""A process that is killed takes down what it was doing and nothing else, and leaves no process behind."""

from __future__ import annotations

import http.client
import os
import signal
import threading
from pathlib import Path

import psutil
import pytest

from faults.started import ENDLESS, FLOOD, SMALL, Answer, Service, is_worker, make_path, start_service, wait_for


def test_a_worker_killed_while_idle_is_not_missed(root: Path, server: str) -> None:
    with start_service(root, server, workers=2) as service:
        for round_ in range(3):
            for worker in service.find_workers():
                worker.kill()
            assert service.ask(f"{SMALL} # {round_}").value() == "7"


def test_a_worker_killed_while_it_computes_is_an_error_or_another_takes_over(root: Path, server: str) -> None:
    answers: list[Answer] = []
    with start_service(root, server, workers=2) as service:
        asking = threading.Thread(target=lambda: answers.append(service.ask(ENDLESS, timeout=1)))
        asking.start()
        service.find_busy_worker().kill()
        asking.join()
        assert answers[0].status in (500, 503)
        assert answers[0].headers["content-type"] == "application/problem+json"
        assert service.ask(SMALL).value() == "7"


def test_a_worker_killed_while_its_answer_flows_breaks_it_off(root: Path, server: str) -> None:
    with start_service(root, server, row_limit=10**12, size_limit="1000GiB", workers=1) as service:
        connection = service.connect()
        connection.request("GET", make_path(FLOOD), headers={"Accept": "text/csv"})
        response = connection.getresponse()
        assert len(response.read(2**20)) == 2**20
        service.find_workers()[0].kill()
        with pytest.raises((http.client.IncompleteRead, ConnectionError)):
            response.read()
        connection.close()
        assert service.ask(SMALL).value() == "7"


def test_workers_end_with_the_process_that_they_work_for(root: Path) -> None:
    with start_service(root) as service:
        workers = start_asking(service)
        os.kill(service.process.pid, signal.SIGKILL)
        wait_for(lambda: not any(worker.is_running() for worker in workers), "the workers to end")


def test_gunicorn_goes_on_when_its_process_is_killed(root: Path) -> None:
    pytest.importorskip("gunicorn", reason="gunicorn is not installed")
    with start_service(root, "gunicorn") as service:
        workers = start_asking(service)
        below = psutil.Process(service.process.pid).children()
        for process in below:
            assert not is_worker(process)
            process.kill()
        wait_for(lambda: not any(worker.is_running() for worker in workers), "the workers to end")
        assert service.ask(SMALL).value() == "7"


def start_asking(service: Service) -> list[psutil.Process]:
    """Have a query run that nobody waits for; return all workers."""
    connection = service.connect()
    connection.request("GET", make_path(ENDLESS))
    service.find_busy_worker()
    threading.Timer(20, connection.close).start()  # not now: a client that leaves ends its query
    return service.find_workers()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_service_that_is_told_to_stop_does_and_leaves_nothing(root: Path, how: signal.Signals) -> None:
    with start_service(root, workers=2) as service:
        workers = service.find_workers()
        service.process.send_signal(how)
        assert service.process.wait(20) == 0
        assert not psutil.wait_procs(workers, 10)[1]
