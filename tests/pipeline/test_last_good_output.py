"""Whatever stops a build, the last good output stays as it was, and nothing half-written lies beside it."""

from __future__ import annotations

import resource
import shutil
import signal
from collections.abc import Callable
from typing import Any

import pytest

ROW = "Train all staff | June 2012 | Head of Care\n"


@pytest.fixture(scope="module")
def first(new_project: Callable[[], Any]) -> Any:
    """A project that was built once."""
    project = new_project()
    assert project.add("sound-2011").run("build").returncode == 0
    return project


@pytest.fixture
def built(first: Any, project: Any) -> Any:
    """The same, with a plan more than when it was built."""
    shutil.copytree(first.root / "data", project.root / "data", symlinks=True, dirs_exist_ok=True)
    project.before = project.written()
    return project.add("other-2011", f"Action | Due | Lead\n{ROW}")


def test_ctrl_c_leaves_the_last_good_output(built: Any) -> None:
    """Interrupted while it works, a build exits 130 and says so."""
    with built.start("build") as process:
        for line in process.stderr:
            if "validating" in line:
                process.send_signal(signal.SIGINT)
                break
        _, err = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in err) == (130, False)
    assert "Interrupted" in err
    assert built.written() == built.before


def test_a_full_disk_leaves_the_last_good_output(built: Any) -> None:
    """Where no more can be written, a build exits 2, says so, and what to do."""
    done = built.run("build", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)))
    assert done.returncode == 2, done.stdout
    assert "cannot be written to" in done.stderr and "what was there before is still whole" in done.stderr
    assert built.written() == built.before


def test_a_graph_that_breaks_its_own_rules_is_not_written(built: Any) -> None:
    """A period that ends before it begins misleads: exit 1, the reason, and the old files."""
    built.add("wrong-2011", edit=lambda text: text.replace("ends = 2013", "ends = 2010"))
    done = built.run("build")
    assert done.returncode == 1
    assert "nothing was written: the graph breaks its own rules" in done.stdout
    assert "A period's first day comes after its last day" in done.stdout
    assert built.written() == built.before


def test_a_build_that_nothing_stops_replaces_the_output(built: Any) -> None:
    """The files are those of the plans as they are now."""
    assert built.run("build").returncode == 0
    assert {"sound-2011.ttl", "other-2011.ttl", "SHA256SUMS"} <= {*built.written()}
    assert built.written()["dataset.ttl"] != built.before["dataset.ttl"]
