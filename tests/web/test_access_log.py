"""The access log: one line of JSON a request, written when it is over, that tells nobody's address and no query."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from cyppgraph.errors import CyppgraphError
from cyppgraph.store import BusyError, EmbeddedSource, LimitError, QueryFailedError, Reply
from operated import Wrapped, make_operated

ALL = "SELECT ?title { ?plan dct:title ?title }"


class Log:
    """An application and what it has written."""

    def __init__(self, client: FlaskClient, file: Path) -> None:
        self.client = client
        self.file = file

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.file.read_text(encoding="ascii").splitlines()]

    def ask(self, path: str, **more) -> dict:
        more.setdefault("environ_overrides", {"REMOTE_ADDR": "192.0.2.77"})
        self.client.open(path, buffered=True, **more)
        return self.lines()[-1]


def fail_early(source: EmbeddedSource, error: Exception) -> Wrapped:
    """A source that cannot answer."""

    def ask(begin: Callable[[], Reply]) -> Reply:
        raise error

    return Wrapped(source, ask)


def fail_late(source: EmbeddedSource, error: Exception) -> Wrapped:
    """A source that cannot answer to the end."""

    class Broken:
        def __init__(self, reply: Reply) -> None:
            self.kind, self.form, self.columns, self.rows = reply.kind, reply.form, reply.columns, 0
            self.close = reply.close
            self.block = b"".join(reply)

        def __iter__(self) -> Iterator[bytes]:
            yield self.block + b" " * 2**21  # more than is held back
            raise error

    return Wrapped(source, lambda begin: Broken(begin()))


@pytest.fixture
def make(source: EmbeddedSource, tmp_path: Path) -> Callable[..., Log]:
    def make_log(other: Wrapped | None = None, **settings) -> Log:
        file = tmp_path / "access.log"
        settings = {"access_log": str(file), **settings}
        return Log(make_operated(other or source, **settings).test_client(), file)

    return make_log


def test_a_line_tells_of_a_query_without_telling_it(make: Callable[..., Log], source: EmbeddedSource) -> None:
    log = make()
    line = log.ask(f"/sparql?query={quote(ALL)}", headers={"User-Agent": "curl/8"})
    seconds, asked = line.pop("seconds"), line.pop("query_seconds")
    assert 0 <= asked <= seconds < 60
    assert line.pop("time").endswith("Z")
    assert line.pop("bytes") == len(log.client.get(f"/sparql?query={quote(ALL)}").data) > 50
    assert line == {
        "method": "GET",
        "path": "/sparql",
        "route": "/sparql",
        "status": 200,
        "outcome": "ok",
        "complete": True,
        "client": "192.0.2.0/24",
        "agent": "curl/8",
        "data": source.edition().version,
        "query": sha256(ALL.encode()).hexdigest()[:16],
        "queries": 1,
        "kind": "rows",
        "rows": 2,
    }
    written = log.file.read_text()
    assert "192.0.2.77" not in written
    assert "SELECT" not in written


def test_addresses_and_queries_are_written_when_asked_for(make: Callable[..., Log]) -> None:
    line = make(log_addresses=True, log_queries=True).ask(f"/sparql?query={quote(ALL)}")
    assert line["client"] == "192.0.2.77"
    assert line["text"] == ALL


def test_what_a_client_sends_cannot_end_a_line_nor_command_a_terminal(make: Callable[..., Log]) -> None:
    log = make(log_queries=True)
    evil = 'x\r\n{"status": 200}\x1b[2J\u2028\x85"'
    line = log.ask(f"/{quote(evil)}", environ_overrides={"HTTP_USER_AGENT": evil + "y" * 500, "REMOTE_ADDR": evil})
    assert line["path"] == "/" + evil
    assert line["agent"].startswith(evil)
    assert len(line["agent"]) == 120
    assert line["client"] == "unknown"
    log.ask(f"/sparql?query={quote('ASK {} #' + evil)}")
    raw = log.file.read_bytes()
    assert raw.count(b"\n") == 2
    assert not {byte for byte in raw if byte < 32 or byte > 126} - {10}


@pytest.mark.parametrize(
    ("error", "outcome", "status"),
    [
        (LimitError("time", 3), "limit-time", 503),
        (LimitError("memory", 3), "limit-memory", 503),
        (LimitError("rows", 3), "limit-rows", 503),
        (LimitError("size", 3), "limit-size", 503),
        (QueryFailedError("x"), "failed", 500),
        (BusyError(5), "busy", 503),
    ],
)
def test_a_line_says_which_limit_ended_a_query(
    make: Callable[..., Log], source: EmbeddedSource, error: CyppgraphError, outcome: str, status: int
) -> None:
    line = make(fail_early(source, error)).ask("/sparql?query=ASK {}")
    assert (line["outcome"], line["status"], line["complete"], line["kind"]) == (outcome, status, True, None)


@pytest.mark.parametrize(
    ("path", "outcome", "status"),
    [
        ("/sparql?query=nonsense", "syntax", 400),
        ("/sparql?query=ASK { SERVICE <http://example.org/> {} }", "refused", 400),
        ("/static/none", "absent", 404),
        ("/", "ok", 200),
    ],
)
def test_a_line_says_what_became_of_a_request(make: Callable[..., Log], path: str, outcome: str, status: int) -> None:
    line = make().ask(path)
    assert (line["outcome"], line["status"]) == (outcome, status)


def test_an_answer_that_breaks_off_is_logged_as_broken_with_the_reason(
    make: Callable[..., Log], source: EmbeddedSource
) -> None:
    log = make(fail_late(source, LimitError("time", 3)))
    with pytest.raises(LimitError):
        log.ask(f"/sparql?query={quote(ALL)}")
    line = log.lines()[-1]
    assert (line["status"], line["outcome"], line["complete"]) == (200, "limit-time", False)
    assert line["bytes"] > 0


def test_a_client_that_leaves_is_logged_when_it_has_left(make: Callable[..., Log]) -> None:
    log = make()
    response = log.client.get("/long")
    assert not log.file.exists() or log.lines() == []
    response.close()
    line = log.lines()[-1]
    assert (line["status"], line["outcome"], line["complete"]) == (200, "gone", False)


def test_a_fault_of_the_service_is_logged(make: Callable[..., Log]) -> None:
    line = make().ask("/fault")
    assert (line["status"], line["outcome"], line["route"]) == (500, "failed", "/fault")


def test_a_head_request_is_complete_without_a_body(make: Callable[..., Log]) -> None:
    line = make().ask("/long", method="HEAD")
    assert (line["outcome"], line["complete"], line["bytes"]) == ("ok", True, 0)


def test_who_comes_too_fast_is_logged_as_such(make: Callable[..., Log]) -> None:
    log = make(rate_per_minute=1, burst=1)
    assert [log.ask("/a")["outcome"], log.ask("/b")["outcome"]] == ["absent", "too-fast"]


def test_those_who_watch_the_service_do_not_fill_the_log(make: Callable[..., Log], source: EmbeddedSource) -> None:
    log = make()
    for path in ("/health", "/health/ready", "/metrics"):
        assert log.client.get(path, buffered=True).status_code == 200
    assert log.file.read_text() == ""
    sick = make(fail_early(source, LimitError("time", 1)))
    assert (sick.ask("/health/ready")["status"], sick.lines()[0]["route"]) == (503, "/health/ready")


def test_a_log_that_was_moved_away_is_begun_anew(make: Callable[..., Log]) -> None:
    log = make()
    log.ask("/a")
    log.file.rename(log.file.with_suffix(".1"))
    log.ask("/b")
    assert [line["path"] for line in log.lines()] == ["/b"]


def test_a_log_that_cannot_be_written_is_refused_at_the_start(make: Callable[..., Log], tmp_path: Path) -> None:
    with pytest.raises(CyppgraphError, match=r"Cannot write the access log .*: No such file or directory\."):
        make(access_log=str(tmp_path / "no" / "folder" / "log"))


def test_a_line_says_that_nobody_had_to_be_asked(make: Callable[..., Log]) -> None:
    log = make()
    first, second = log.ask(f"/sparql?query={quote(ALL)}"), log.ask(f"/sparql?query={quote(ALL)}")
    etag = log.client.get(f"/sparql?query={quote(ALL)}", buffered=True).headers["ETag"]
    third = log.ask(f"/sparql?query={quote(ALL)}", headers={"If-None-Match": etag})
    assert [each["outcome"] for each in (first, second, third)] == ["ok", "cached", "unchanged"]
    assert [each["queries"] for each in (first, second, third)] == [1, 0, 0]
    assert second["rows"] == 2
    assert first["query"] == second["query"] == third["query"]
