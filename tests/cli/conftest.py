"""A checkout with one plan, and a way to run the command line as users do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def run() -> Run:
    """Run a command line in a folder; its output as text."""

    def call(*arguments: str, cwd: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "cyppgraph", *arguments]
        environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
        return subprocess.run(  # exit codes are what is tested
            command, cwd=cwd, input=stdin, capture_output=True, encoding="utf-8", env=environment, timeout=300
        )

    return call


def make_checkout(folder: Path, plan: str | None) -> Path:
    """Lay out a checkout: everything that a build reads, with one plan or none."""
    for name in ("ontology", "shapes"):
        shutil.copytree(REPOSITORY / name, folder / name)
    shutil.copytree(REPOSITORY / "queries" / "checks", folder / "queries" / "checks")
    (folder / "queries" / "questions").mkdir()
    (folder / "queries" / "questions" / "01-all-plans.rq").write_text(QUESTION, encoding="utf-8")
    (folder / "data" / "plans").mkdir(parents=True)
    for file in (REPOSITORY / "data").glob("*.toml"):
        shutil.copy(file, folder / "data")
    if plan:
        shutil.copytree(REPOSITORY / "data" / "plans" / plan, folder / "data" / "plans" / plan)
    return folder


QUESTION = """\
#+ question: Which plans are there?
#+ why: One starts somewhere.
#+ columns:
#+   id: the plan's id
#+ parameters:
#+   id (string): a plan's id
SELECT ?id { VALUES ?id { UNDEF } ?plan a cypp:Plan ; dct:identifier ?id } ORDER BY ?id
"""


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout without plans and without a graph."""
    return make_checkout(tmp_path_factory.mktemp("bare") / "checkout", None)


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with one plan."""
    return make_checkout(tmp_path_factory.mktemp("built") / "checkout", "thurrock-2012")


@pytest.fixture(scope="session")
def first_build(checkout: Path, run: Run) -> subprocess.CompletedProcess[str]:
    """What the first build of that checkout said."""
    return run("build", cwd=checkout)


@pytest.fixture(scope="session")
def built(checkout: Path, first_build: subprocess.CompletedProcess[str]) -> Path:
    """That checkout, built."""
    assert first_build.returncode == 0, first_build.stdout + first_build.stderr
    return checkout
