"""The graph held against its shapes, its checks and its documents. In: graphs or files. Out: a report."""

from __future__ import annotations

import multiprocessing
import os
import tomllib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pyoxigraph
import rdflib

from cyppgraph.documents import Source, read_source
from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.pipeline.forks import end_with
from cyppgraph.pipeline.plans import OnStep, plan_folders
from cyppgraph.publication import read_turtle
from cyppgraph.resources import Resources, find_resources
from cyppgraph.validation import Report, Result, check_quotes, load_shapes, run_checks, validate_shapes


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
    with beside(partial(check_shapes, resources, graphs, names)) as shapes:
        checked = check_store(resources, load_files(contents, names), names)
        return Report.of(shapes(), *checked)


def load_files(
    contents: Mapping[str, bytes], names: Namespaces, store: pyoxigraph.Store | None = None
) -> pyoxigraph.Store:
    """Load Turtle files, each into the named graph of its name; return the store given, or else a new one."""
    store = pyoxigraph.Store() if store is None else store
    for name, content in contents.items():
        target = pyoxigraph.NamedNode(names.graph(name))
        store.bulk_load(content, pyoxigraph.RdfFormat.TURTLE, to_graph=target)
    return store


def check_store(resources: Resources, store: pyoxigraph.Store, names: Namespaces) -> tuple[list[Result], list[Result]]:
    """What the checks and the quotes find in a store."""
    documents = {source.sha256: source.lines for source in _documents(resources)}
    return run_checks(store, resources.queries / "checks", names), check_quotes(store, documents, names)


def _documents(resources: Resources) -> Iterator[Source]:
    """The documents of the plans that can be read; a file beside them is nobody's business."""
    for folder in plan_folders(resources):
        with suppress(CyppgraphError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError):
            layout = tomllib.loads((folder / "plan.toml").read_text(encoding="utf-8"))
            yield read_source(folder / layout["document"]["file"])


def check_shapes(resources: Resources, graphs: Mapping[str, rdflib.Graph], names: Namespaces) -> list[Result]:
    """What the shapes find in all graphs together."""
    union = rdflib.Graph()
    for graph in graphs.values():
        union += graph
    return validate_shapes(union, load_shapes(resources.shapes, names), names)


@contextmanager
def beside(work: Callable[[], list[Result]]) -> Iterator[Callable[[], list[Result]]]:
    """Do ``work`` in a forked process beside what follows, or when asked for where processes cannot fork."""
    if "fork" not in multiprocessing.get_all_start_methods():
        yield work
        return
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, mp_context=fork, initializer=_hold, initargs=(work, os.getpid())) as pool:
        yield pool.submit(_do_held).result


_held: list[Callable[[], list[Result]]] = []


def _hold(work: Callable[[], list[Result]], parent: int) -> None:
    """Keep what a forked process is to do: it has the graphs already, nothing is copied to it."""
    end_with(parent)
    _held.append(work)


def _do_held() -> list[Result]:
    return _held.pop()()
