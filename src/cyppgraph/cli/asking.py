"""The command that asks the graph."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyppgraph.cli.options import announce_if_slow, base_option, data_option, open_store, root_option
from cyppgraph.namespaces import Namespaces
from cyppgraph.resources import find_resources

if TYPE_CHECKING:
    from cyppgraph.queries import Question
    from cyppgraph.store import Answer

_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt")


@click.command()
@click.argument("wanted", required=False, metavar="[NUMBER|NAME|FILE]")
@click.option("-q", "--query", "text", metavar="QUERY", help="A query itself; known prefixes need no declaration.")
@click.option("--list", "listing", is_flag=True, help="Show the saved questions and their parameters.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Set a parameter of a saved question.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Else a table, or Turtle for triples.")
@root_option
@data_option
@base_option
def query(
    wanted: str | None,
    text: str | None,
    listing: bool,
    settings: Sequence[str],
    form: str | None,
    root: Path | None,
    data: Path | None,
    base: str,
) -> int:
    """Ask the graph a question.

    It is a saved one by number or name, a query in a FILE ("-" for stdin), or one of your own.

    \b
    Examples:
      cyppgraph query --list
      cyppgraph query 01 --format csv
      cyppgraph query -q 'SELECT ?plan ?title { ?plan a cypp:Plan ; dct:title ?title }'
    """
    if [wanted is not None, text is not None, listing].count(True) != 1:
        raise click.UsageError("Give one of: a saved question or a file, -q QUERY, --list.")
    if settings and (wanted is None or not all("=" in setting for setting in settings)):
        raise click.UsageError("Write --set NAME=VALUE beside a saved question.")
    resources, names = find_resources(root), Namespaces(base)
    if listing:
        from cyppgraph.queries import read_questions

        _list_questions(read_questions(resources.queries / "questions", names.base))
        return 0
    asked = (
        text if text is not None else _find_query(str(wanted), settings, resources.queries / "questions", names.base)
    )
    store = open_store(resources, data, names)
    with announce_if_slow("Asking"):
        _write_answer(store.query(asked), form)
    return 0


def _list_questions(questions: Sequence[Question]) -> None:
    for question in questions:
        click.echo(f"{question.number}  {question.question}\n    {question.name}")
        for parameter in question.parameters:
            click.echo(f"    --set {parameter.name}=… ({parameter.kind}) {parameter.meaning}")


def _find_query(wanted: str, settings: Sequence[str], folder: Path, base: str) -> str:
    from cyppgraph.queries import fill_question, find_question, read_query, read_question, read_questions

    values = dict(setting.partition("=")[::2] for setting in settings)
    path = Path("/dev/stdin") if wanted == "-" else Path(wanted)
    if wanted == "-" or path.is_file():
        return fill_question(read_question(path, base), values) if values else read_query(path)
    return fill_question(find_question(read_questions(folder, base), wanted), values)


def _write_answer(answer: Answer, form: str | None) -> None:
    from cyppgraph.store import print_answer

    width = os.get_terminal_size().columns if sys.stdout.isatty() else None
    sys.stdout.buffer.write(print_answer(answer, form, width))
