"""The order of things, and nothing else: plans are read, mapped, linked, validated and written.

In: a project's folders. Out: files and reports. A plan that cannot be read stops no other; nothing is written if the
graph would mislead, so that the last good output stays.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import rdflib

from cyppgraph.errors import FaultyInputError
from cyppgraph.linking import check_titles, read_glossary
from cyppgraph.mapping import (
    Authority,
    NationalIndicator,
    map_catalogue,
    map_plan,
    read_authorities,
    read_national_indicators,
)
from cyppgraph.namespaces import Namespaces
from cyppgraph.pipeline.checking import beside, check_shapes, check_store, load_files
from cyppgraph.pipeline.linking import link_store
from cyppgraph.pipeline.plans import CATALOGUE, OnStep, read_all_plans
from cyppgraph.pipeline.report import BuildReport
from cyppgraph.plan import Plan
from cyppgraph.publication import WrittenFile, read_turtle, serialize_files, write_files
from cyppgraph.resources import Resources, find_resources
from cyppgraph.validation import Report


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
    authorities, national = read_authorities(resources.authorities), read_national_indicators(resources.catalogue)
    plans, faults = read_all_plans(resources, set(authorities), on_step)
    if not plans:
        raise FaultyInputError(faults)
    glossary = read_glossary(resources.glossary)
    titles = {code: indicator.title for code, indicator in national.items()}
    plans = [check_titles(plan, titles, glossary) for plan in plans]
    on_step("mapping to triples")
    graphs = _map_all(resources, plans, authorities, national, names, people)
    files = serialize_files(graphs, names)
    store = load_files({file.name: file.content for file in files}, names)
    on_step("linking")
    linked = link_store(resources, store, names, glossary, people=people)
    with beside(partial(check_shapes, resources, graphs | linked.graphs, names)) as shapes:
        on_step("validating")
        checked = check_store(resources, store, names)
        report = Report.of(shapes(), *checked)
    written: list[WrittenFile] = []
    if not report.has_violations:
        on_step("writing")
        written = write_files(sorted([*files, *linked.files], key=lambda file: file.name), out, names)
    findings = tuple(finding for plan in plans for finding in plan.findings)
    ids = tuple(plan.id for plan in plans)
    return BuildReport(ids, findings, linked.findings, tuple(faults), report, tuple(written))


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


def _map_all(
    resources: Resources,
    plans: Iterable[Plan],
    authorities: Mapping[str, Authority],
    national: Mapping[str, NationalIndicator],
    names: Namespaces,
    people: bool,
) -> dict[str, rdflib.Graph]:
    graphs = {plan.id: map_plan(plan, names, authorities, people=people, national=national) for plan in plans}
    schemes = [read_turtle(path) for path in sorted(resources.schemes.glob("*.ttl"))]
    return {CATALOGUE: map_catalogue(schemes, authorities, names, national), **graphs}
