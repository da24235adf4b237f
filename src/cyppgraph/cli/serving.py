"""Commands that serve the graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyppgraph.cli.options import address_option, base_option, data_option, open_store, root_option, say
from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.resources import find_resources

if TYPE_CHECKING:
    from cyppgraph.store import GraphStore


@click.command()
@address_option
@root_option
@data_option
@base_option
def serve(port: int, host: str, root: Path | None, data: Path | None, base: str) -> int:
    """Serve the graph: pages and a SPARQL endpoint.

    \b
    Examples:
      cyppgraph serve
      cyppgraph serve --port 9000
    """
    resources, names = find_resources(root), Namespaces(base)
    _serve(open_store(resources, data, names), resources.queries / "questions", host, port)
    return 0


@click.command()
@address_option
@root_option
def run(port: int, host: str, root: Path | None) -> int:
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
    _serve(open_store(resources, None, Namespaces()), resources.queries / "questions", host, port)
    return 0


def _serve(store: GraphStore, questions: Path, host: str, port: int) -> None:
    from cyppgraph.queries import read_questions
    from cyppgraph.web import create_app, serve_app

    def say_where(address: str) -> None:
        say(f"Serving on {address} (SPARQL at {address}sparql). Ctrl+C stops it.")

    serve_app(create_app(store, read_questions(questions, store.namespaces.base)), host, port, say_where)
