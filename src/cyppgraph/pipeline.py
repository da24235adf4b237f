"""The order of things, and nothing else: plans are read, mapped, validated and written.

In: a project's folders. Out: files and reports. A plan that cannot be read stops no other; nothing is written if the
graph would mislead, so that the last good output stays.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyoxigraph
import rdflib

from cyppgraph.documents import Source, read_source
from cyppgraph.errors import CyppgraphError, Fault, FaultyInputError
from cyppgraph.findings import Finding
from cyppgraph.layout import PlanCoverage, measure_coverage, read_plan
from cyppgraph.mapping import Authority, map_catalogue, map_plan, name_indicators, read_authorities
from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.plan import Plan
from cyppgraph.publication import WrittenFile, read_turtle, serialize_files, write_files
from cyppgraph.resources import Resources, find_resources
from cyppgraph.validation import Report, Result, check_quotes, load_shapes, run_checks, validate_shapes
from cyppgraph.where import Where

CATALOGUE = "catalogue"
_RESERVED = {CATALOGUE, "dataset", "links"}
OnStep = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: the plans read, the defects of their sources, what could not be read, what was written."""

    plans: tuple[str, ...]
    findings: tuple[Finding, ...]
    faults: tuple[Fault, ...]
    validation: Report
    written: tuple[WrittenFile, ...] = field(default=())

    @property
    def triples(self) -> int:
        """How many triples were written."""
        return sum(file.triples for file in self.written)

    def as_text(self) -> str:
        """What was found in the sources, kind by kind and plan by plan; then what was written; then what was not."""
        lines = [f"{len(self.findings)} findings about the sources (the graph holds each, with its lines):"]
        counts = Counter(finding.kind for finding in self.findings)
        width = max((len(kind) for kind in counts), default=0)
        lines += [f"  {kind:<{width}}  {count:>4}" for kind, count in sorted(counts.items())]
        lines += [f"wrote {file.name}: {file.triples} triples, {file.size} bytes" for file in self.written]
        if self.validation.has_violations:
            lines.append("nothing was written: the graph breaks its own rules")
            lines.append(self.validation.as_text().rstrip())
        lines += [f"error: {fault}" for fault in self.faults]
        return "\n".join(lines) + "\n"


def build(root: Path, out: Path | None, base: str, people: bool, on_step: OnStep) -> BuildReport:
    """Read all plans and write the graph.

    Args:
        root: the project's folder.
        out: where to write; ``data/ttl`` below the root if None.
        base: what the IRIs begin with.
        people: whether the names of persons are published.
        on_step: told what is being done.

    Raises:
        CyppgraphError: the base IRI, the catalogue or the folder to write to cannot be used, or no plan can be read.
    """
    names = Namespaces(base)
    resources = find_resources(root)
    with _without_collecting():
        return _build(resources, out or resources.turtle, names, people, on_step)


def _build(resources: Resources, out: Path, names: Namespaces, people: bool, on_step: OnStep) -> BuildReport:
    authorities = read_authorities(resources.authorities)
    plans, faults = _read_all(resources, set(authorities), on_step)
    if not plans:
        raise FaultyInputError(faults)
    on_step("mapping to triples")
    graphs = _map_all(resources, plans, authorities, names, people)
    with _beside(partial(_validate_shapes, resources, graphs, names)) as shapes:
        files = serialize_files(graphs, names)
        on_step("validating")
        checked = _run_checks(resources, {file.name: file.content for file in files}, names)
        report = Report.of(shapes(), *checked)
    written: list[WrittenFile] = []
    if not report.has_violations:
        on_step("writing")
        written = write_files(files, out, names)
    findings = tuple(finding for plan in plans for finding in plan.findings)
    return BuildReport(tuple(plan.id for plan in plans), findings, tuple(faults), report, tuple(written))


def check(root: Path, on_step: OnStep) -> Report:
    """Hold the written graph against the shapes, the checks, and the documents that its quotes are from.

    Raises:
        CyppgraphError: there is no graph yet, or a file of it is not Turtle.
    """
    resources = find_resources(root)
    files = sorted(resources.turtle.glob("*.ttl"))
    if not files:
        raise CyppgraphError(f"{resources.turtle}: holds no Turtle files; run `cyppgraph build` first")
    on_step("reading the graph")
    graphs = {path.stem: read_turtle(path) for path in files}
    contents = {path.stem: path.read_bytes() for path in files}
    on_step("validating")
    names = Namespaces(DEFAULT_BASE)
    with _beside(partial(_validate_shapes, resources, graphs, names)) as shapes:
        checked = _run_checks(resources, contents, names)
        return Report.of(shapes(), *checked)


def coverage(root: Path, plan: str | None) -> list[PlanCoverage]:
    """Account for the words of the tables of one plan, or of all.

    Raises:
        CyppgraphError: there is no such plan, or one cannot be read.
    """
    resources = find_resources(root)
    folders = [folder for folder in _plan_folders(resources) if plan in (None, folder.name)]
    if not folders:
        known = ", ".join(folder.name for folder in _plan_folders(resources))
        raise CyppgraphError(f"there is no plan {plan!r} in {resources.plans}; there are: {known}")
    return [measure_coverage(read_plan(folder, resources.root)) for folder in folders]


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Without the cyclic garbage collector: all that a build makes stays till its end, so it would look in vain."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _plan_folders(resources: Resources) -> list[Path]:
    return sorted(path.parent for path in resources.plans.glob("*/plan.toml"))


def _read_all(resources: Resources, authorities: set[str], on_step: OnStep) -> tuple[list[Plan], list[Fault]]:
    """Every plan that can be read and published, and why the others cannot."""
    folders = _plan_folders(resources)
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
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        return list(pool.map(work, folders))


def _read_one(folder: Path, root: Path) -> Plan | list[Fault]:
    try:
        return read_plan(folder, root).plan
    except FaultyInputError as error:
        return error.faults


def _map_all(
    resources: Resources, plans: Iterable[Plan], authorities: dict[str, Authority], names: Namespaces, people: bool
) -> dict[str, rdflib.Graph]:
    graphs = {plan.id: map_plan(plan, names, authorities, people=people) for plan in plans}
    schemes = [read_turtle(path) for path in sorted(resources.schemes.glob("*.ttl"))]
    catalogue = map_catalogue(schemes, authorities, names)
    name_indicators(catalogue, graphs.values(), names)
    return {CATALOGUE: catalogue, **graphs}


def _run_checks(
    resources: Resources, contents: dict[str, bytes], names: Namespaces
) -> tuple[list[Result], list[Result]]:
    """What the checks and the quotes find in a store of some files."""
    store = pyoxigraph.Store()
    for name, content in contents.items():
        target = pyoxigraph.NamedNode(names.graph(name))
        store.bulk_load(content, pyoxigraph.RdfFormat.TURTLE, to_graph=target)
    documents = {source.sha256: source.lines for source in _documents(resources)}
    return run_checks(store, resources.queries / "checks", names), check_quotes(store, documents, names)


def _documents(resources: Resources) -> Iterator[Source]:
    """The documents of the plans that can be read; a file beside them is nobody's business."""
    for folder in _plan_folders(resources):
        with suppress(CyppgraphError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError):
            layout = tomllib.loads((folder / "plan.toml").read_text(encoding="utf-8"))
            yield read_source(folder / layout["document"]["file"])


def _validate_shapes(resources: Resources, graphs: dict[str, rdflib.Graph], names: Namespaces) -> list[Result]:
    """What the shapes find in all graphs together."""
    union = rdflib.Graph()
    for graph in graphs.values():
        union += graph
    return validate_shapes(union, load_shapes(resources.shapes, names), names)


@contextmanager
def _beside(work: Callable[[], list[Result]]) -> Iterator[Callable[[], list[Result]]]:
    """Do ``work`` in a forked process beside what follows, or when asked for where processes cannot fork."""
    if "fork" not in multiprocessing.get_all_start_methods():
        yield work
        return
    with ProcessPoolExecutor(
        1, mp_context=multiprocessing.get_context("fork"), initializer=_hold, initargs=(work,)
    ) as pool:
        yield pool.submit(_do_held).result


_held: list[Callable[[], list[Result]]] = []


def _hold(work: Callable[[], list[Result]]) -> None:
    """Keep what a forked process is to do: it has the graphs already, nothing is copied to it."""
    _held.append(work)


def _do_held() -> list[Result]:
    return _held.pop()()
