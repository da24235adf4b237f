"""What is installed is whole: each file beside the code is one that a wheel takes along."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_wheel_takes_along_what_the_code_reads() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    package = ROOT / "src" / "cyppgraph"
    patterns = project["tool"]["setuptools"]["package-data"]["cyppgraph"]
    taken = {file for pattern in patterns for file in package.glob(pattern)}
    files = {file for file in package.rglob("*") if file.is_file() and file.suffix not in (".py", ".pyc")}
    assert len(files) > 30
    assert {str(file.relative_to(package)) for file in files - taken} == set()
