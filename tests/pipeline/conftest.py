"""A project with made-up plans, some of them faulty, and a way to run the command line on it."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from made_up import HEAD, PRIORITIES

REPOSITORY = Path(__file__).parents[2]
DOCUMENT = "Priority 1: Keep children safe\nAction | Due | Lead\nReview the policy | May 2012 | Head of Safeguarding\n"
TABLE = """\
[[table]]
column = [
    {{ heading = "Action", role = "action" }},
    {{ heading = "Due", role = "due" }},
    {{ heading = "Lead", role = "lead" }},
]
"""
Edit = Callable[[str], str]


class Project:
    """A folder with everything that a build reads."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("ontology", "shapes", "queries"):
            (root / name).symlink_to(REPOSITORY / name)
        (root / "data" / "plans").mkdir(parents=True)
        shutil.copy(REPOSITORY / "data" / "authorities.toml", root / "data")

    @property
    def turtle(self) -> Path:
        return self.root / "data" / "ttl"

    def add(self, name: str, document: bytes | str = DOCUMENT, more: str = "", edit: Edit = str) -> Project:
        """Add a plan: its document (" | " for a tab), what its plan.toml says besides, and a change to all of it."""
        folder = self.root / "data" / "plans" / name
        folder.mkdir()
        data = re.sub(r" ?\| ?", "\t", document).encode() if isinstance(document, str) else document
        (folder / "source.txt").write_bytes(data)
        head = f"{HEAD}{PRIORITIES}{TABLE}".format(id=name, sha256=hashlib.sha256(data).hexdigest())
        (folder / "plan.toml").write_text(edit(f"{head}\n{more}"), encoding="utf-8")
        return self

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Start a command on this project."""
        command = [sys.executable, "-m", "cyppgraph", *arguments, "--root", str(self.root)]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=self.root, **options
        )

    def run(self, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a command on this project; no output of any command is ever a traceback."""
        with self.start(*arguments, **options) as process:
            out, err = process.communicate(timeout=120)
        assert "Traceback" not in out + err, err
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def written(self) -> dict[str, bytes]:
        """The names and contents of the files that were written, hidden ones included."""
        return {
            str(path.relative_to(self.turtle)): path.read_bytes() for path in self.turtle.rglob("*") if path.is_file()
        }


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project without plans."""
    return Project(tmp_path)


@pytest.fixture(scope="session")
def new_project(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Project]:
    """Make a project that several tests look at."""
    return lambda: Project(tmp_path_factory.mktemp("project"))
