"""The command that loads published statistics."""

from __future__ import annotations

from pathlib import Path

import click

from cyppgraph.cli.options import base_option, root_option, say
from cyppgraph.resources import find_resources

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("file", type=_FILE)
@click.option("--mapping", type=_FILE, help="What the columns mean; else the file of data/observations that fits.")
@click.option("--out", type=_FILE, help="The Turtle file to write; else build/observations/<name>.ttl below the root.")
@base_option
@root_option
def observe(file: Path, mapping: Path | None, out: Path | None, base: str, root: Path | None) -> int:
    """Load indicator values by area and year.

    Reads a CSV file of statistics in one of three layouts (DfE "explore education statistics", the LAIT long table, or
    tidy: area_code, period, indicator, value) as an RDF Data Cube. What is loaded is asked and served together with
    the graph. docs/observations.md tells how to write a mapping file. Exit 1: something could not be understood.

    \b
    Examples:
      cyppgraph observe neet_2023.csv
      cyppgraph observe figures.csv --mapping data/observations/figures.toml
    """
    from cyppgraph.pipeline.observing import observe as observe_file

    report = observe_file(find_resources(root).root, file, mapping, out, base, say)
    click.echo(report.as_text(), nl=False)
    return int(bool(report.findings))
