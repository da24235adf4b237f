"""Commands that serve the graph."""

from __future__ import annotations

from dataclasses import replace

import click

from cyppgraph.cli.options import announce_if_slow, say, settings_options
from cyppgraph.namespaces import DEFAULT_BASE
from cyppgraph.resources import find_resources
from cyppgraph.settings import Settings, read_settings


@click.command()
@settings_options("root", "data", "snapshots", "base")
def load(**given: str | None) -> int:
    """Put what is built where a running service takes it from.

    The service goes over to it at the next request; queries that are running end on the data that they began with.

    \b
    Examples:
      cyppgraph load
    """
    from cyppgraph.web.service import load_data

    snapshot = load_data(read_settings(given))
    triples = sum(snapshot.graphs.values())
    say(f"Version {snapshot.version} is current: {triples:,} triples in {len(snapshot.graphs)} graphs.")
    return 0


@click.command()
@settings_options()
def serve(**given: str | None) -> int:
    """Serve the graph: pages and a SPARQL endpoint.

    Each option can be set as an environment variable too, the one in square brackets. docs/running.md says more.

    \b
    Examples:
      cyppgraph serve
      cyppgraph serve --port 9000 --time-limit 10
    """
    _serve(read_settings(given))
    return 0


@click.command()
@settings_options("root", "host", "port", "snapshots", "access_log")
def run(**given: str | None) -> int:
    """Build if anything changed, validate, then serve.

    All other settings of 'cyppgraph serve' are taken from the environment.

    \b
    Examples:
      cyppgraph run
      cyppgraph run --port 9000
    """
    from cyppgraph.freshness import is_fresh, record_sound_build

    # what is served is what is built
    settings = replace(read_settings(given), data=None, store_url=None, base=DEFAULT_BASE)
    resources = find_resources(settings.root)
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
    _serve(settings)
    return 0


def _serve(settings: Settings) -> None:
    from cyppgraph.web import serve_app
    from cyppgraph.web.service import load_data, make_service, open_source

    def say_where(address: str) -> None:
        say(f"Serving on {address} (SPARQL at {address}sparql). Ctrl+C stops it.")

    if settings.store_url is None:
        with announce_if_slow("Putting the graph where it is served from"):
            load_data(settings)
    source = open_source(settings)
    try:
        serve_app(make_service(settings, source), settings.host, settings.port, say_where, settings.threads)
    finally:
        source.close()
