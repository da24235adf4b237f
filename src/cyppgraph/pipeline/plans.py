"""Every plan of a project, read. In: folders of plans. Out: plans, and why others cannot be read.

A plan that cannot be read stops no other.
"""

from __future__ import annotations

import multiprocessing
import os
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from cyppgraph.errors import CyppgraphError, Fault, FaultyInputError
from cyppgraph.layout import PlanCoverage, measure_coverage, read_plan
from cyppgraph.pipeline.forks import end_with
from cyppgraph.plan import Plan
from cyppgraph.resources import Resources, find_resources
from cyppgraph.where import Where

CATALOGUE, LINKS, PROPOSALS, OBSERVATIONS = "catalogue", "links", "proposals", "observations"
_RESERVED = {CATALOGUE, "dataset", LINKS, PROPOSALS, OBSERVATIONS}
OnStep = Callable[[str], None]


def coverage(root: Path, plan: str | None) -> list[PlanCoverage]:
    """Account for the words of the tables of one plan, or of all.

    Raises:
        CyppgraphError: there is no such plan, or one cannot be read.
    """
    resources = find_resources(root)
    folders = [folder for folder in plan_folders(resources) if plan in (None, folder.name)]
    if not folders:
        known = ", ".join(folder.name for folder in plan_folders(resources))
        raise CyppgraphError(f"there is no plan {plan!r} in {resources.plans}; there are: {known}")
    return [measure_coverage(read_plan(folder, resources.root)) for folder in folders]


def plan_folders(resources: Resources) -> list[Path]:
    """Return the folders that hold a plan, by name."""
    return sorted(path.parent for path in resources.plans.glob("*/plan.toml"))


def read_all_plans(resources: Resources, authorities: set[str], on_step: OnStep) -> tuple[list[Plan], list[Fault]]:
    """Every plan that can be read and published, and why the others cannot."""
    folders = plan_folders(resources)
    if not folders:
        message = "holds no plan; expected a folder per plan, each with a plan.toml"
        raise FaultyInputError([Fault(Where(str(resources.plans)), message)])
    on_step(f"reading {', '.join(folder.name for folder in folders)}")
    plans: dict[str, Plan] = {}
    faults: list[Fault] = []
    for folder, read in zip(folders, _read_side_by_side(folders, resources.root), strict=True):
        if not isinstance(read, Plan):
            faults += read
            continue
        layout = folder / "plan.toml"
        fault = _unpublishable(read, plans, authorities)
        if fault is None:
            plans[read.id] = read
        else:
            key, message = fault
            faults.append(Fault(Where(str(layout.relative_to(resources.root)), _line_of(layout, key)), message))
    return list(plans.values()), faults


def _unpublishable(plan: Plan, others: dict[str, Plan], authorities: set[str]) -> tuple[str, str] | None:
    """Why a plan cannot be published beside others: the key of its plan.toml that is wrong, and what to do."""
    if plan.id in others:
        other = others[plan.id].document.file
        return "id", f"the id {plan.id!r} is that of {other} too; give each plan its own"
    if plan.id in _RESERVED or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", plan.id):
        reserved = ", ".join(sorted(_RESERVED))
        return "id", f"the id {plan.id!r} cannot name a file; use lower-case letters, digits, hyphens, not {reserved}"
    if plan.authority not in authorities:
        known = ", ".join(sorted(authorities))
        return (
            "authority",
            f"the authority {plan.authority!r} is not in authorities.toml; add it, or use {known}",
        )
    return None


def _line_of(layout: Path, key: str) -> int | None:
    """The line of a key in a plan.toml."""
    lines = layout.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, start=1) if re.match(rf"\s*{key}\s*=", line)), None)


def _read_side_by_side(folders: list[Path], root: Path) -> list[Plan | list[Fault]]:
    """The plans of some folders, in their order, read by as many processes as there are cores, where they can fork."""
    work = partial(_read_one, root=root)
    workers = min(len(folders), os.cpu_count() or 1)
    if workers < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [work(folder) for folder in folders]
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=fork, initializer=end_with, initargs=(os.getpid(),)) as pool:
        return list(pool.map(work, folders))


def _read_one(folder: Path, root: Path) -> Plan | list[Fault]:
    try:
        return read_plan(folder, root).plan
    except FaultyInputError as error:
        return error.faults
