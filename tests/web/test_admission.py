"""What one client may ask: how fast, how much at once; who a client is; what it is told; that slots come back."""

from __future__ import annotations

import itertools
import re
import threading
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from cyppgraph.store import EmbeddedSource
from cyppgraph.web.http.admission import Admission
from cyppgraph.web.http.exchange import Outcome
from cyppgraph.web.http.hosts import blur_address, name_client
from operated import make_operated

ASK = "/sparql?query=ASK {}"
NUMBERS = itertools.count()


class Clock:
    """Time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 123_456_789.1  # years: sums of fractions are not exact

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make(source: EmbeddedSource) -> Callable[..., FlaskClient]:
    def make_client(**settings) -> FlaskClient:
        return make_operated(source, **settings).test_client()

    return make_client


def get(client: FlaskClient, path: str, address: str = "192.0.2.1", **headers: str) -> TestResponse:
    """Ask as from an address, and read the answer to its end."""
    asked = vary(path) if path == ASK else path
    return client.get(asked, buffered=True, environ_overrides={"REMOTE_ADDR": address}, headers=headers)


def vary(path: str) -> str:
    """The same query with another comment: an answer that is repeated is free."""
    return f"{path}%20%23{next(NUMBERS)}"


def test_after_a_burst_requests_come_at_the_rate(clock: Clock) -> None:
    admission = Admission(60, 3, 0, clock)
    assert [admission.enter("a").refused_by for _ in range(4)] == [None, None, None, Outcome.RATE]
    clock.now += 0.99
    assert admission.enter("a").refused_by is Outcome.RATE
    clock.now += 0.02
    assert admission.enter("a").refused_by is None
    assert admission.enter("a").refused_by is Outcome.RATE
    clock.now += 3600
    assert [admission.enter("a").refused_by for _ in range(4)] == [None, None, None, Outcome.RATE]


@pytest.mark.parametrize("rate", [1, 7, 13.7, 60, 240, 100_000])
def test_who_waits_as_long_as_told_is_let_in_and_a_second_less_is_too_short(rate: float, clock: Clock) -> None:
    admission = Admission(rate, 2, 0, clock)
    for _ in range(20):
        while (decision := admission.enter("a")).refused_by is None:
            pass
        assert decision.wait >= 1
        clock.now += decision.wait - 1
        if decision.wait > 1:
            assert admission.enter("a").refused_by is Outcome.RATE
        clock.now += 1
        assert admission.enter("a").refused_by is None


def test_ten_tenths_of_a_second_are_a_second(clock: Clock) -> None:
    for _ in range(20):
        admission = Admission(60, 1, 0, clock)
        admission.enter("a")
        for _ in range(9):
            clock.now += 0.1
            assert admission.enter("a").refused_by is Outcome.RATE
        clock.now += 0.1
        assert admission.enter("a").refused_by is None


def test_one_client_does_not_spend_what_another_has(clock: Clock) -> None:
    admission = Admission(60, 1, 1, clock)
    assert admission.enter("a").refused_by is None
    assert admission.enter("a").refused_by is Outcome.RATE
    assert admission.enter("b").refused_by is None


def test_slots_come_back_and_no_more_than_there_are(clock: Clock) -> None:
    admission = Admission(0, 1, 2, clock)
    assert [admission.enter("a").refused_by for _ in range(3)] == [None, None, Outcome.CONCURRENCY]
    admission.leave("a")
    assert admission.enter("a").refused_by is None
    for _ in range(5):
        admission.leave("a")
    assert [admission.enter("a").refused_by for _ in range(3)] == [None, None, Outcome.CONCURRENCY]


def test_asking_in_vain_for_a_slot_is_not_free(clock: Clock) -> None:
    admission = Admission(60, 3, 1, clock)
    refused = [admission.enter("a").refused_by for _ in range(4)]
    assert refused == [None, Outcome.CONCURRENCY, Outcome.CONCURRENCY, Outcome.RATE]


def test_only_so_many_clients_are_remembered_and_none_that_is_still_served(clock: Clock) -> None:
    admission = Admission(60, 1, 1, clock, most_clients=10)
    admission.enter("busy")
    for number in range(1000):
        admission.enter(str(number))
        admission.leave(str(number))
    assert len(admission) == 10
    clock.now += 60
    assert admission.enter("busy").refused_by is Outcome.CONCURRENCY


def test_threads_do_not_let_in_more_than_there_is() -> None:
    admission = Admission(0.001, 500, 0)
    let_in: list[bool] = []

    def ask() -> None:
        for _ in range(100):
            let_in.append(admission.enter("a").refused_by is None)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert let_in.count(True) == 500


@pytest.mark.parametrize(
    ("address", "client", "blurred"),
    [
        ("192.0.2.77", "192.0.2.77", "192.0.2.0/24"),
        ("192.0.2.77:4711", "192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("[2001:db8:1:2::9]:443", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
        ("", "unknown", "unknown"),
        ("<script>", "unknown", "unknown"),
        (None, "unknown", "unknown"),
    ],
)
def test_who_a_client_is(address: str | None, client: str, blurred: str) -> None:
    assert name_client(address) == client
    assert blur_address(address) == blurred


def test_a_client_is_told_what_it_has_and_when_to_come_back(make: Callable[..., FlaskClient]) -> None:
    client = make(rate_per_minute=6, burst=2, concurrency=3)
    first, second, third = (get(client, ASK) for _ in range(3))
    assert first.headers["RateLimit-Policy"] == '"rate";q=2;w=20, "concurrency";q=3;qu="concurrent-requests"'
    assert re.fullmatch(r'"rate";r=1;t=([5-9]|10), "concurrency";r=2', first.headers["RateLimit"])
    assert [each.status_code for each in (first, second, third)] == [200, 200, 429]
    assert third.mimetype == "application/problem+json"
    assert third.get_json()["violated-policies"] == ["rate"]
    wait = third.headers["Retry-After"]
    assert 5 <= int(wait) <= 10
    assert f"Ask again in {wait} seconds." in third.get_json()["detail"]
    assert third.headers["RateLimit"] == f'"rate";r=0;t={wait}, "concurrency";r=3'
    assert get(client, ASK, "192.0.2.2").status_code == 200


def test_what_is_not_limited_is_not_announced(make: Callable[..., FlaskClient]) -> None:
    assert "RateLimit" not in get(make(rate_per_minute=0, concurrency=0), ASK).headers


@pytest.mark.parametrize("path", ["/static/style.css", "/health", "/health/live", "/metrics", "/robots.txt"])
def test_what_costs_nothing_is_not_counted(make: Callable[..., FlaskClient], path: str) -> None:
    client = make(rate_per_minute=1, burst=1)
    assert 429 not in {get(client, path, "127.0.0.1").status_code for _ in range(3)}
    assert get(client, ASK, "127.0.0.1").status_code == 200
    assert get(client, ASK, "127.0.0.1").status_code == 429


def test_every_other_address_is_counted_also_where_nothing_is(make: Callable[..., FlaskClient]) -> None:
    client = make(rate_per_minute=1, burst=1)
    assert get(client, "/static/no-such-file").status_code == 404  # free
    assert client.options(ASK, buffered=True).status_code == 200  # free
    assert get(client, "/no/such/page").status_code == 404
    assert get(client, "/healthy").status_code == 429


def test_forwarded_addresses_are_not_believed_unless_that_is_set(make: Callable[..., FlaskClient]) -> None:
    client = make(rate_per_minute=1, burst=1)
    codes = [get(client, ASK, **{"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(2)]
    assert codes == [200, 429]


def test_a_trusted_proxy_tells_who_asks_and_what_the_client_puts_before_that_is_ignored(
    make: Callable[..., FlaskClient],
) -> None:
    client = make(rate_per_minute=1, burst=1, trusted_proxies=1)

    def ask(forwarded: str) -> int:
        return get(client, ASK, "127.0.0.1", **{"X-Forwarded-For": forwarded}).status_code

    assert ask("203.0.113.1") == 200
    assert ask("10.0.0.1, 203.0.113.1") == 429
    assert ask("203.0.113.2") == 200


@pytest.mark.parametrize("path", ["/breaks", "/fault", "/sparql?query=nonsense", "/static/style.css", "/long", ASK])
def test_a_slot_comes_back_however_an_answer_ends(make: Callable[..., FlaskClient], path: str) -> None:
    client = make(rate_per_minute=0, concurrency=1)
    for _ in range(3):
        try:
            response = client.get(path, environ_overrides={"REMOTE_ADDR": "192.0.2.1"})
            response.close()  # the client leaves before it has read what there is
            assert response.status_code != 429
        except Exception as error:  # the fault of the application, or the body that broke
            assert "stopped after" in str(error) or "mistake" in str(error)


def test_while_an_answer_is_being_read_its_slot_is_taken(make: Callable[..., FlaskClient]) -> None:
    client = make(rate_per_minute=0, concurrency=1)
    reading = client.get("/long", environ_overrides={"REMOTE_ADDR": "192.0.2.1"})
    refused = get(client, ASK)
    assert refused.status_code == 429
    assert refused.get_json()["violated-policies"] == ["concurrency"]
    assert refused.headers["Retry-After"] == "1"
    reading.close()
    assert get(client, ASK).status_code == 200


def test_who_has_the_last_byte_may_ask_again_at_once(make: Callable[..., FlaskClient]) -> None:
    """A server comes back to the application only after it has sent the body: a client can be faster than that."""
    client = make(rate_per_minute=0, concurrency=1)
    unfinished = [client.get(vary(ASK), environ_overrides={"REMOTE_ADDR": "192.0.2.1"}) for _ in range(3)]
    assert [each.status_code for each in unfinished] == [200, 200, 200]


def test_a_slot_comes_back_when_a_server_sends_a_file_by_itself(make: Callable[..., FlaskClient]) -> None:
    """Such an answer never tells Flask that it is over."""
    client = make(rate_per_minute=0, concurrency=1)
    codes = [get(client, "/dumps/alder-2012.ttl").status_code for _ in range(3)]
    assert codes == [200, 200, 200]


def test_addresses_are_those_that_the_public_sees(make: Callable[..., FlaskClient]) -> None:
    client = make(served_as="https://plans.example.org", trusted_proxies=1)
    answer = get(client, "/sparql", Accept="text/turtle", Host="evil.example", **{"X-Forwarded-Proto": "http"})
    assert "https://plans.example.org/sparql" in answer.text
    assert "evil" not in answer.text
