"""Commands that serve the graph."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyppgraph.cli.options import (
    address_option,
    announce_if_slow,
    base_option,
    data_option,
    limit_options,
    root_option,
    say,
)
from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.resources import Resources, find_resources

if TYPE_CHECKING:
    from cyppgraph.store import Limits, Snapshot


@click.command()
@root_option
@data_option
@base_option
def load(root: Path | None, data: Path | None, base: str) -> int:
    """Put what is built where a running service takes it from.

    The service goes over to it at the next request; queries that are running end on the data that they began with.

    \b
    Examples:
      cyppgraph load
    """
    resources = find_resources(root)
    snapshot = load_data(resources, data, Namespaces(base))
    triples = sum(snapshot.graphs.values())
    say(f"Version {snapshot.version} is current: {triples:,} triples in {len(snapshot.graphs)} graphs.")
    return 0


@click.command()
@address_option
@limit_options
@root_option
@data_option
@base_option
def serve(port: int, host: str, limits: Limits, workers: int, root: Path | None, data: Path | None, base: str) -> int:
    """Serve the graph: pages and a SPARQL endpoint.

    Changes of the data are taken only with a token, which is read from CYPPGRAPH_TOKEN.

    \b
    Examples:
      cyppgraph serve
      cyppgraph serve --port 9000 --time-limit 10
    """
    resources, names = find_resources(root), Namespaces(base)
    load_data(resources, data, names)
    _serve(resources, names, host, port, limits, workers)
    return 0


@click.command()
@address_option
@limit_options
@root_option
def run(port: int, host: str, limits: Limits, workers: int, root: Path | None) -> int:
    """Build if anything changed, validate, then serve.

    \b
    Examples:
      cyppgraph run
      cyppgraph run --port 9000
    """
    from cyppgraph.freshness import is_fresh, record_sound_build

    resources = find_resources(root)
    if is_fresh(resources):
        say("The graph in data/ttl is up to date: nothing to build.")
    else:
        from cyppgraph import pipeline

        built = pipeline.build(resources.root, None, DEFAULT_BASE, True, say)
        click.echo(built.as_text(), nl=False)
        if built.faults or built.validation.has_violations:
            say("The graph is not sound, so it is not served: mend what is named above.")
            return 1
        record_sound_build(resources)
        say("The graph keeps its shapes, its checks and its quotes: it is sound.")
    load_data(resources, None, Namespaces())
    _serve(resources, Namespaces(), host, port, limits, workers)
    return 0


def load_data(resources: Resources, data: Path | None, names: Namespaces) -> Snapshot:
    """Make a version to serve out of the built graph and the statistics loaded with it, or of a folder of Turtle."""
    from cyppgraph.store import list_files, make_snapshot

    with announce_if_slow("Putting the graph where it is served from"):
        files = list_files(data or resources.turtle, names, None if data else resources.figures)
        return make_snapshot(resources.snapshots, files, names)


def _serve(resources: Resources, names: Namespaces, host: str, port: int, limits: Limits, workers: int) -> None:
    from cyppgraph.queries import read_questions
    from cyppgraph.store import EmbeddedSource
    from cyppgraph.web import create_app, serve_app

    def say_where(address: str) -> None:
        say(f"Serving on {address} (SPARQL at {address}sparql). Ctrl+C stops it.")

    questions = read_questions(resources.queries / "questions", names.base)
    source = EmbeddedSource(resources.snapshots, places=workers, limits=limits)
    try:
        app = create_app(source, questions, limits, os.environ.get("CYPPGRAPH_TOKEN") or None)
        serve_app(app, host, port, say_where)
    finally:
        source.close()
