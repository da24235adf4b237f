"""What was asked before is answered as it was, while the data are the same and the request is alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from cyppgraph.namespaces import Namespaces
from cyppgraph.store import EmbeddedSource, list_files, make_snapshot
from cyppgraph.web import create_app
from cyppgraph.web.http.results import ResultCache
from served import open_source

NAMES = Namespaces()
PATH = "/sparql?query=" + quote("SELECT ?o { ?s ?p ?o }")


class Counted:
    """A source that counts how often its data are asked."""

    def __init__(self, source: EmbeddedSource) -> None:
        self.source, self.asked = source, 0

    def edition(self):
        edition = self.source.edition()
        counted = self

        class Edition:
            def __getattr__(self, name: str):
                return getattr(edition, name)

            def query(self, *arguments):
                counted.asked += 1
                return edition.query(*arguments)

        return Edition()


@pytest.fixture
def turtle(tmp_path: Path) -> Path:
    folder = tmp_path / "ttl"
    folder.mkdir()
    (folder / "one.ttl").write_text("<urn:a> <urn:b> 1 .", encoding="utf-8")
    return folder


@pytest.fixture
def source(turtle: Path, tmp_path: Path) -> Iterator[Counted]:
    with open_source(turtle, tmp_path / "snapshots") as opened:
        yield Counted(opened)


def test_the_same_request_is_answered_without_asking_the_store(source: Counted) -> None:
    client = create_app(source).test_client()
    first, again = client.get(PATH), client.get(PATH)
    assert (first.data, dict(first.headers)) == (again.data, dict(again.headers))
    assert source.asked == 1


@pytest.mark.parametrize(
    "headers",
    [{"Accept": "text/csv"}, {"Accept-Encoding": "gzip"}, {"Host": "plans.example.org"}, {"Range": "bytes=0-1"}],
)
def test_what_may_differ_is_asked_for_itself(source: Counted, headers: dict[str, str]) -> None:
    client = create_app(source, cache=ResultCache(0)).test_client()
    plain = client.get(PATH)
    asked = source.asked
    client.get(PATH, headers=headers)
    assert source.asked == asked + 1
    assert client.get(PATH).data == plain.data


def test_new_data_are_answered_from_at_once(source: Counted, turtle: Path, tmp_path: Path) -> None:
    client = create_app(source).test_client()
    before = client.get(PATH, headers={"Accept": "text/csv"}).text
    (turtle / "one.ttl").write_text("<urn:a> <urn:b> 2 .", encoding="utf-8")
    make_snapshot(tmp_path / "snapshots", list_files(turtle, NAMES), NAMES)
    after = client.get(PATH, headers={"Accept": "text/csv"}).text
    assert (before.split(), after.split()) == (["o", "1"], ["o", "2"])


def test_a_copy_of_what_is_kept_is_asked_about(source: Counted) -> None:
    client = create_app(source).test_client()
    first = client.get(PATH)
    for etag in (first.headers["ETag"], f"W/{first.headers['ETag']}"):
        again = client.get(PATH, headers={"If-None-Match": etag})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
        assert "Content-Type" not in again.headers
    assert client.get(PATH, headers={"If-None-Match": '"another"'}).data == first.data


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%20%7B", "/nowhere", "/sparql?query=" + quote("SELECT (NOW() AS ?n) {}")]
)
def test_errors_and_what_changes_are_not_kept(source: Counted, path: str) -> None:
    client = create_app(source).test_client()
    client.get(path)
    before = source.asked
    client.get(path)
    assert path == "/nowhere" or source.asked == before + 1
