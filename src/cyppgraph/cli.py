"""The command line. In: arguments. Out: results on stdout, progress on stderr, an exit code.

Exit 0: sound. 1: findings. 2: could not run, with a message that says why and what to do. 130: interrupted.
Each command imports what it needs when it is called, so that asking does not wait for what only building needs.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.resources import find_resources

if TYPE_CHECKING:
    from cyppgraph.queries import Question
    from cyppgraph.store import Answer, GraphStore

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt")
_Command = Callable[..., Any]


def _root(command: _Command) -> _Command:
    text = "The folder that holds data/ and ontology/; else found from the working folder upwards."
    return click.option("--root", type=_FOLDER, help=text)(command)


def _base(command: _Command) -> _Command:
    text = "What the IRIs of terms and data begin with."
    return click.option("--base", default=DEFAULT_BASE, show_default=True, metavar="IRI", help=text)(command)


def _data(command: _Command) -> _Command:
    return click.option("--data", type=_FOLDER, help="The built Turtle files; else data/ttl below the root.")(command)


def _address(command: _Command) -> _Command:
    command = click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")(command)
    port = click.option(
        "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one."
    )
    return port(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="cyppgraph")
def commands() -> None:
    """Children and Young People's Plans as a graph: build it, check it, ask it, serve it.

    \b
    Examples:
      cyppgraph run
      cyppgraph query --list
    """


@commands.command()
@_root
@click.option("--out", type=_FOLDER, help="Where to write the Turtle files; else data/ttl below the root.")
@_base
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

    report = pipeline.build(find_resources(root).root, out, base, not no_names, (lambda _: None) if quiet else _say)
    click.echo(report.as_text(), nl=False)
    if report.faults:
        return 2
    return int(report.validation.has_violations or (strict and bool(report.findings)))


@commands.command()
@_root
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def check(root: Path | None, form: str) -> int:
    """Check the graph by shapes, queries and its sources.

    \b
    Examples:
      cyppgraph check
      cyppgraph check --format json
    """
    from cyppgraph import pipeline

    report = pipeline.check(find_resources(root).root, _say)
    click.echo(report.as_json() if form == "json" else report.as_text(), nl=False)
    return int(report.has_violations)


@commands.command()
@_root
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

    with _announce_if_slow("Reading the plans"):
        covered = pipeline.coverage(find_resources(root).root, plan)
    for each in covered:
        click.echo(each.as_summary() if summary else each.as_list())
    return int(not all(each.is_whole for each in covered))


@commands.command()
@click.argument("wanted", required=False, metavar="[NUMBER|NAME|FILE]")
@click.option("-q", "--query", "text", metavar="QUERY", help="A query itself; known prefixes need no declaration.")
@click.option("--list", "listing", is_flag=True, help="Show the saved questions and their parameters.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Set a parameter of a saved question.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Else a table, or Turtle for triples.")
@_root
@_data
@_base
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
    store = _open_store(data or resources.turtle, names)
    with _announce_if_slow("Asking"):
        _write_answer(store.query(asked), form)
    return 0


@commands.command()
@_address
@_root
@_data
@_base
def serve(port: int, host: str, root: Path | None, data: Path | None, base: str) -> int:
    """Serve the graph: pages and a SPARQL endpoint.

    \b
    Examples:
      cyppgraph serve
      cyppgraph serve --port 9000
    """
    resources, names = find_resources(root), Namespaces(base)
    _serve(_open_store(data or resources.turtle, names), resources.queries / "questions", host, port)
    return 0


@commands.command()
@_address
@_root
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
        _say("The graph in data/ttl is up to date: nothing to build.")
    else:
        from cyppgraph import pipeline

        built = pipeline.build(resources.root, None, DEFAULT_BASE, True, _say)
        click.echo(built.as_text(), nl=False)
        if built.faults or built.validation.has_violations:
            _say("The graph is not sound, so it is not served: mend what is named above.")
            return 1
        record_sound_build(resources)
        _say("The graph keeps its shapes, its checks and its quotes: it is sound.")
    _serve(_open_store(resources.turtle, Namespaces()), resources.queries / "questions", host, port)
    return 0


def _say(text: str) -> None:
    click.echo(text, err=True)


@contextmanager
def _announce_if_slow(text: str) -> Iterator[None]:
    timer = threading.Timer(1.0, _say, [f"{text} …"])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _open_store(folder: Path, names: Namespaces) -> GraphStore:
    from cyppgraph.store import load_store

    with _announce_if_slow(f"Loading {folder}"):
        return load_store(folder, names)


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


def _serve(store: GraphStore, questions: Path, host: str, port: int) -> None:
    from cyppgraph.queries import read_questions
    from cyppgraph.web import create_app, serve_app

    def say_where(address: str) -> None:
        _say(f"Serving on {address} (SPARQL at {address}sparql). Ctrl+C stops it.")

    serve_app(create_app(store, read_questions(questions, store.namespaces.base)), host, port, say_where)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line, or else the one that this process was given; return its exit code, never raise."""
    try:
        code = commands.main(args=arguments, prog_name="cyppgraph", standalone_mode=False)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        _say("Interrupted.")
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except (BrokenPipeError, SystemExit):  # whoever reads our output has had enough; click then raises SystemExit
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0
    except (CyppgraphError, OSError) as error:
        _say(f"Error: {error}")
        return 2
    return int(code or 0)
