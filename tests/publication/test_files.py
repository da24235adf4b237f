"""A file is whole or untouched, whatever interrupts the writing."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cyppgraph.errors import CyppgraphError
from cyppgraph.publication import replace_file, replace_files


@pytest.fixture
def folder(tmp_path):
    for name in ("a.ttl", "b.ttl", "gone.ttl"):
        (tmp_path / name).write_text(f"old {name}")
    return tmp_path


def contents(folder):
    return {path.name: path.read_text() for path in folder.iterdir()}


NEW = {"a.ttl": b"new a", "b.ttl": b"new b", "c.ttl": b"new c"}


def test_files_are_replaced_and_stale_ones_removed(folder):
    replace_files(folder, NEW, ("gone.ttl", "never-there.ttl"))
    assert contents(folder) == {"a.ttl": "new a", "b.ttl": "new b", "c.ttl": "new c"}


def test_a_missing_folder_is_made(tmp_path):
    replace_file(tmp_path / "x" / "y" / "a.ttl", b"new")
    assert (tmp_path / "x" / "y" / "a.ttl").read_bytes() == b"new"


def test_permissions_stay_and_new_files_get_the_usual_ones(folder):
    (folder / "a.ttl").chmod(0o640)
    mask = os.umask(0o022)
    try:
        replace_files(folder, NEW)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((folder / "a.ttl").stat().st_mode) == 0o640
    assert stat.S_IMODE((folder / "c.ttl").stat().st_mode) == 0o644


def failing_on(nth, error, real):
    calls = 0

    def fail(*args, **kwargs):
        nonlocal calls
        calls += 1
        if calls == nth:
            raise error
        return real(*args, **kwargs)

    return fail


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_full_disk_leaves_everything_as_it_was(folder, monkeypatch, nth):
    before = contents(folder)
    monkeypatch.setattr(os, "fsync", failing_on(nth, FULL, os.fsync))
    with pytest.raises(CyppgraphError, match=r"No space left on device.*Make room"):
        replace_files(folder, NEW, ("gone.ttl",))
    assert contents(folder) == before


@pytest.mark.parametrize("nth", [1, 2, 3])
@pytest.mark.parametrize("moment", ["fsync", "replace"])
def test_ctrl_c_leaves_everything_as_it_was(folder, monkeypatch, moment, nth):
    before = contents(folder)
    where, name = (os, "fsync") if moment == "fsync" else (Path, "replace")
    monkeypatch.setattr(where, name, failing_on(nth, KeyboardInterrupt(), getattr(where, name)))
    with pytest.raises(KeyboardInterrupt):
        replace_files(folder, NEW, ("gone.ttl",))
    assert contents(folder) == before


def test_an_error_while_names_are_given_undoes_what_was_done(folder, monkeypatch):
    before = contents(folder)
    monkeypatch.setattr(Path, "unlink", failing_on(1, OSError(errno.EACCES, "Permission denied"), Path.unlink))
    with pytest.raises(CyppgraphError, match="Permission denied"):
        replace_files(folder, NEW, ("gone.ttl",))
    assert contents(folder) == before


def test_a_disk_without_second_names_is_written_to_all_the_same(folder, monkeypatch):
    def refuse(self, target):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    replace_files(folder, NEW, ("gone.ttl",))
    assert contents(folder) == {"a.ttl": "new a", "b.ttl": "new b", "c.ttl": "new c"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs the limits of a POSIX system")
def test_a_real_limit_on_file_size_leaves_everything_as_it_was(folder):
    before = contents(folder)
    script = (
        "import resource, sys, pathlib\nresource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from cyppgraph.publication import replace_files\nfrom cyppgraph.errors import CyppgraphError\n"
        "try:\n    replace_files(pathlib.Path(sys.argv[1]), {'a.ttl': b'new', 'b.ttl': b'x' * 5000})\n"
        "except CyppgraphError as error:\n    print(error)\n    sys.exit(3)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(folder)], capture_output=True, check=False)
    assert done.returncode == 3, done.stderr
    assert b"File too large" in done.stdout
    assert contents(folder) == before
