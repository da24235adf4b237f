"""Commands that build the graph and hold it against its rules and its sources."""

from __future__ import annotations

from pathlib import Path

import click

from cyppgraph.cli.options import FOLDER, announce_if_slow, base_option, root_option, say
from cyppgraph.resources import find_resources


@click.command()
@root_option
@click.option("--out", type=FOLDER, help="Where to write the Turtle files; else data/ttl below the root.")
@base_option
@click.option("--no-names", is_flag=True, help="Leave out the names of persons; their roles stay.")
@click.option("--strict", is_flag=True, help="Exit 1 for any finding about a source.")
@click.option("--quiet", is_flag=True, help="Say nothing about progress.")
def build(root: Path | None, out: Path | None, base: str, no_names: bool, strict: bool, quiet: bool) -> int:
    """Build the graph: a Turtle file for each plan.

    \b
    Examples:
      cyppgraph build
      cyppgraph build --out /tmp/graph --base https://data.example.org/ --no-names
    """
    from cyppgraph import pipeline

    report = pipeline.build(find_resources(root).root, out, base, not no_names, (lambda _: None) if quiet else say)
    click.echo(report.as_text(), nl=False)
    if report.faults:
        return 2
    return int(report.validation.has_violations or (strict and bool(report.findings)))


@click.command()
@root_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(root: Path | None, form: str) -> int:
    """Check the graph by shapes, queries and its sources.

    \b
    Examples:
      cyppgraph check
      cyppgraph check --format json
    """
    from cyppgraph import pipeline

    report = pipeline.check(find_resources(root).root, say)
    click.echo(report.as_json() if form == "json" else report.as_text(), nl=False)
    return int(report.has_violations)


@click.command()
@root_option
@click.option("--plan", metavar="ID", help="One plan, such as croydon-2013; else all of them.")
@click.option("--summary/--list", default=True, help="A line for each plan, or every line that nothing was read from.")
def coverage(root: Path | None, plan: str | None, summary: bool) -> int:
    """Show what of each document is in the graph.

    \b
    Examples:
      cyppgraph coverage
      cyppgraph coverage --plan croydon-2013 --list
    """
    from cyppgraph import pipeline

    with announce_if_slow("Reading the plans"):
        covered = pipeline.coverage(find_resources(root).root, plan)
    for each in covered:
        click.echo(each.as_summary() if summary else each.as_list())
    return int(not all(each.is_whole for each in covered))
