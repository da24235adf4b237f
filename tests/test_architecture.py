"""The house keeps its own rules: who imports whom, how long things are, what they are called, what they do not say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
MODULES = sorted(path for folder in ("src", "benchmarks") for path in (REPOSITORY / folder).rglob("*.py"))
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base", "core"}
# Folders of one machine, and what a reader of the repository cannot look up.
FORBIDDEN = re.compile(r"(?<![\w./:-])/(?:work|root|home/\w+)/|\b[Ii]ssue #?\d+\b|\bTODO\b|\bFIXME\b")
AS_PUBLISHED = re.compile(r"data/plans/[^/]+/source\.\w+|data/ttl/.+")

modules = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(REPOSITORY)))


def tracked_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True, text=True)
    return [name for name in listed.stdout.split("\0") if name and (REPOSITORY / name).is_file()]


def test_there_are_modules_to_judge() -> None:
    assert len(MODULES) > 50


def test_nobody_looks_up() -> None:
    """The import contract of pyproject.toml holds."""
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout


@modules
def test_modules_are_short_and_say_what_they_are_for(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert ast.get_docstring(ast.parse(text))


@modules
def test_functions_are_short(path: Path) -> None:
    """At most 40 lines each, docstrings not counted."""
    long = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            docstring = first if ast.get_docstring(node) is not None else None
            said = (docstring.end_lineno or 0) - docstring.lineno + 1 if docstring else 0
            if (length := (node.end_lineno or 0) - node.lineno + 1 - said) > 40:
                long.append(f"{node.name}: {length}")
    assert long == []


def test_no_name_says_nothing() -> None:
    names = {Path(name).stem for name in tracked_files()} | {
        part for name in tracked_files() for part in Path(name).parts
    }
    assert names & NAMES_THAT_SAY_NOTHING - {"base"} == set()


def test_no_file_names_a_machine_or_what_a_reader_cannot_see() -> None:
    found = []
    for name in tracked_files():
        if name == "tests/test_architecture.py" or AS_PUBLISHED.fullmatch(name):
            continue
        text = (REPOSITORY / name).read_bytes().decode("utf-8", "replace")
        found += [f"{name}: {match[0]}" for match in FORBIDDEN.finditer(text)]
    assert found == []
