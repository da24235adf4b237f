"""Setting up: what a machine lacks is named with its package; what was set up is not set up again."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
OLD = 'case "$*" in --version) echo "Python 3.9.2";; *) exit 1;; esac'
NO_VENV = 'case "$*" in *ensurepip*) exit 1;; *version_info\\[:2\\]*) echo 3.11;; *) exit 0;; esac'


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The files that setting up reads."""
    shutil.copytree(REPOSITORY / ".ci", tmp_path / ".ci")
    for name in ("Makefile", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, tmp_path)
    return tmp_path


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    ours = ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "PORT", "PYTHON")  # what a "make test" around this would pass on
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        ["make", *arguments], cwd=folder, capture_output=True, text=True, check=False, env=environment
    )


@pytest.mark.parametrize(
    ("script", "words"),
    [(OLD, "needs Python 3.11 or later; '{python}' is Python 3.9.2"), (NO_VENV, "apt install python3.11-venv")],
)
def test_a_python_that_will_not_do_is_refused_with_the_remedy(clone: Path, script: str, words: str) -> None:
    python = clone / "some-python"
    python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    python.chmod(0o755)
    done = make(clone, "run", f"PYTHON={python}")
    assert done.returncode == 2
    assert words.format(python=python) in done.stderr
    assert not (clone / ".venv").exists()


def test_a_machine_without_python_is_told_what_to_install(clone: Path) -> None:
    done = make(clone, "run", "PYTHON=no-such-python")
    assert done.returncode == 2
    assert "apt install python3 python3-venv" in done.stderr


@pytest.mark.parametrize(("target", "stamp"), [("run", "ready-to-run"), ("test", "ready-to-test")])
def test_it_is_set_up_once_until_pyproject_changes(clone: Path, target: str, stamp: str) -> None:
    assert ".ci/setup" in make(clone, "-n", target).stdout
    (clone / ".venv").mkdir()
    (clone / ".venv" / stamp).touch()
    assert ".ci/setup" not in make(clone, "-n", target).stdout
    later = (clone / ".venv" / stamp).stat().st_mtime + 5
    os.utime(clone / "pyproject.toml", (later, later))
    assert ".ci/setup" in make(clone, "-n", target).stdout


def test_the_port_is_passed_on(clone: Path) -> None:
    assert "--port 8000" in make(clone, "-n", "run").stdout
    assert "--port 9123" in make(clone, "-n", "run", "PORT=9123").stdout


def test_the_server_calls_the_same_test() -> None:
    assert "make test" in (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8")
    assert os.access(REPOSITORY / ".ci" / "run", os.X_OK)
