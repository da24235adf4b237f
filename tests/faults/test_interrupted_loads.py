"""Whoever puts new data in place and is killed, interrupted or out of disk on the way has changed nothing.

``python tests/faults/measure.py loads builds`` does so at many more moments, and with whole builds.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from faults.started import PATIENCE, Service, load, start_command, start_service, write_value
from faults.test_swaps import AGREED


@pytest.fixture
def own(root: Path, tmp_path: Path) -> Path:
    """A folder whose data may be changed."""
    return shutil.copytree(root, tmp_path / "root", ignore=shutil.ignore_patterns("snapshots", "*.log"))


def interrupt_loads(service: Service, signals: list[signal.Signals]) -> int:
    """Begin to load another version and end it at some moment, once for each signal.

    What is served must be what was served, or the new version where the signal came too late, and always whole.

    Returns:
        How many came too late.
    """
    chance = random.Random(7)  # noqa: S311  # moments, no secrets; the same each time
    late, value = 0, 200
    write_value(service.root, value)
    begun = time.monotonic()
    assert start_command(service.root, "load").communicate(timeout=PATIENCE)
    whole = time.monotonic() - begun
    for number, sent in enumerate(signals):
        before = service.ask(AGREED % f"before {number}").value()
        value += 1
        write_value(service.root, value)
        process = start_command(service.root, "load")
        time.sleep(chance.uniform(whole / 3, whole))  # before, it reads its own modules
        process.send_signal(sent)
        process.communicate(timeout=PATIENCE)
        after = service.ask(AGREED % f"after {number}").value()
        assert after in (before, f"{value}={value}")
        late += after != before
        assert count(service, number) == 1002
    return late


def count(service: Service, number: int) -> int:
    text = f"SELECT (COUNT(*) AS ?n) WHERE {{ ?s <http://example.org/words> ?o }} # {number}"
    return int(service.ask(text).value())


def list_drafts(root: Path) -> list[Path]:
    return list((root / "snapshots").glob(".draft-*"))


def check_that_loading_works(service: Service, value: int) -> None:
    """Load another version, see it served, and nothing left of those that came to nothing."""
    write_value(service.root, value)
    load(service.root)
    assert service.ask(AGREED % f"last {value}").value() == f"{value}={value}"
    assert list_drafts(service.root) == []


def test_killed_on_the_way(own: Path) -> None:
    with start_service(own) as service:
        interrupt_loads(service, [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
        check_that_loading_works(service, 300)


def limit_files() -> None:
    """Let this process write no file of more than 20 kB, as a full disk would."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


@contextmanager
def fill_disk(root: Path) -> Iterator[None]:
    """Put the versions on a disk of their own that is almost full; skip where this user cannot mount one."""
    snapshots = root / "snapshots"
    kept = root / "kept"
    snapshots.rename(kept)
    snapshots.mkdir()
    size = sum(path.stat().st_size for path in kept.rglob("*") if not path.is_symlink()) // 1024 + 300
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", str(snapshots)]
    mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        if not mounted:
            pytest.skip("this user cannot mount a small disk")
        shutil.copytree(kept, snapshots, symlinks=True, dirs_exist_ok=True)
        yield
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(snapshots)], check=True)


def fail_to_load(service: Service, preexec: Callable[[], None] | None = None) -> str:
    """Try to load another version; return what the command said, having failed."""
    write_value(service.root, 400)
    process = start_command(service.root, "load", preexec_fn=preexec)
    said = process.communicate(timeout=PATIENCE)[0].decode()
    assert process.returncode == 2, said
    assert "Traceback" not in said
    assert service.ask(AGREED % "after").value() == "1=1"
    assert list_drafts(service.root) == []
    return said


def test_files_that_cannot_grow(own: Path) -> None:
    with start_service(own) as service:
        assert "what was served still is" in fail_to_load(service, limit_files)
        load(own)
        assert service.ask(AGREED % "last").value() == "400=400"


def test_a_full_disk(own: Path) -> None:
    load(own)
    with fill_disk(own), start_service(own) as service:
        said = fail_to_load(service)
        assert "No space left on device" in said
        assert "what was served still is" in said
