"""Versions of the data on disk: whole or not there, the same for the same data."""

from __future__ import annotations

import gzip
import hashlib
import os
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces
from cyppgraph.store import make_snapshot
from cyppgraph.store.snapshot import find_current, read_current

NAMES = Namespaces()
ONE = "<http://example.org/a> <http://example.org/p> 1 .\n"
TWO = "<http://example.org/a> <http://example.org/p> 1 , 2 .\n"


@pytest.fixture
def turtle(tmp_path: Path) -> dict[str, Path]:
    """Two graphs that share a statement."""
    files = {NAMES.graph("one"): tmp_path / "one.ttl", NAMES.graph("two"): tmp_path / "two.ttl"}
    for path, text in zip(files.values(), (ONE, TWO), strict=True):
        path.write_text(text, encoding="utf-8")
    return files


def test_the_default_graph_is_the_union_each_statement_once(tmp_path: Path, turtle: dict[str, Path]) -> None:
    snapshot = make_snapshot(tmp_path / "snapshots", turtle, NAMES)
    engine = ox.Store.read_only(str(snapshot.engine))
    assert [row[0].value for row in engine.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")] == ["2"]
    assert snapshot.graphs == {NAMES.graph("one"): 1, NAMES.graph("two"): 2}
    assert read_current(tmp_path / "snapshots") == snapshot


def test_the_same_data_are_the_same_version_and_other_data_another(tmp_path: Path, turtle: dict[str, Path]) -> None:
    first = make_snapshot(tmp_path / "snapshots", turtle, NAMES)
    again = make_snapshot(tmp_path / "snapshots", turtle, NAMES)
    elsewhere = make_snapshot(tmp_path / "others", turtle, NAMES)
    rebased = make_snapshot(tmp_path / "rebased", turtle, Namespaces("https://data.example.org/"))
    turtle[NAMES.graph("one")].write_text(TWO, encoding="utf-8")
    changed = make_snapshot(tmp_path / "snapshots", turtle, NAMES)
    assert first.version == again.version == elsewhere.version
    assert len({first.version, rebased.version, changed.version}) == 3
    assert find_current(tmp_path / "snapshots").name == changed.version
    assert first.folder.is_dir(), "those who read it still can"


def test_a_file_that_is_not_turtle_changes_nothing(tmp_path: Path, turtle: dict[str, Path]) -> None:
    before = make_snapshot(tmp_path / "snapshots", turtle, NAMES)
    turtle[NAMES.graph("two")].write_text(TWO + "\n<unfinished", encoding="utf-8")
    with pytest.raises(CyppgraphError, match=r"two\.ttl:3: not Turtle"):
        make_snapshot(tmp_path / "snapshots", turtle, NAMES)
    assert read_current(tmp_path / "snapshots") == before
    assert not list((tmp_path / "snapshots").glob(".draft-*"))


def test_what_the_dead_left_is_removed_and_old_versions_after_a_while(tmp_path: Path, turtle: dict[str, Path]) -> None:
    old = make_snapshot(tmp_path / "snapshots", turtle, NAMES)
    (tmp_path / "snapshots" / ".draft-dead").mkdir()
    turtle[NAMES.graph("one")].write_text(TWO, encoding="utf-8")
    make_snapshot(tmp_path / "snapshots", turtle, NAMES)
    assert not (tmp_path / "snapshots" / ".draft-dead").exists()
    os.utime(old.folder, (time.time() - 3600,) * 2)
    turtle[NAMES.graph("one")].write_text("", encoding="utf-8")
    make_snapshot(tmp_path / "snapshots", turtle, NAMES)
    assert not old.folder.exists()


def test_dumps_hold_the_data_and_their_checksums_are_right(tmp_path: Path, turtle: dict[str, Path]) -> None:
    dumps = make_snapshot(tmp_path / "snapshots", turtle, NAMES).folder / "dumps"
    assert (dumps / "one.ttl").read_text(encoding="utf-8") == ONE, "the very file"
    for name, form in (("cyppgraph.nq.gz", ox.RdfFormat.N_QUADS), ("cyppgraph.trig.gz", ox.RdfFormat.TRIG)):
        quads = list(ox.parse(gzip.decompress((dumps / name).read_bytes()), form))
        assert sorted(quad.graph_name.value for quad in quads) == [NAMES.graph("one"), *[NAMES.graph("two")] * 2]
    lines = (dumps / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert {line[66:] for line in lines} == {path.name for path in dumps.iterdir()} - {"SHA256SUMS"}
    assert all(hashlib.sha256((dumps / line[66:]).read_bytes()).hexdigest() == line[:64] for line in lines)


def test_nothing_to_serve_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CyppgraphError, match="cyppgraph load"):
        read_current(tmp_path)
