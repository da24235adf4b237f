"""What the commands share: options, progress on stderr, a store to ask."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.resources import Resources
from cyppgraph.settings import list_settings, name_option, name_variable

if TYPE_CHECKING:
    from cyppgraph.store import GraphStore

FOLDER = click.Path(file_okay=False, path_type=Path)
Command = Callable[..., Any]


def root_option(command: Command) -> Command:
    """Add --root."""
    text = "The folder that holds data/ and ontology/; else found from the working folder upwards."
    return click.option("--root", type=FOLDER, help=text)(command)


def base_option(command: Command) -> Command:
    """Add --base."""
    text = "What the IRIs of terms and data begin with."
    return click.option("--base", default=DEFAULT_BASE, show_default=True, metavar="IRI", help=text)(command)


def data_option(command: Command) -> Command:
    """Add --data."""
    return click.option("--data", type=FOLDER, help="The built Turtle files; else data/ttl below the root.")(command)


def settings_options(*names: str) -> Callable[[Command], Command]:
    """Add an option for each setting of the service, or for those named; each passes on a text, or None if not given.

    What they say is for ``read_settings`` to read, together with the environment.
    """

    def add(command: Command) -> Command:
        for each in reversed([setting for setting in list_settings() if not names or setting.name in names]):
            option = name_option(each.name)
            is_flag = isinstance(each.default, bool)
            default = f" Default: {text}." if (text := each.metadata["default"]) is not None else ""
            command = click.option(
                f"{option}/--no-{option[2:]}" if is_flag else option,
                default=None,
                metavar=None if is_flag else "TEXT",
                help=f"{each.metadata['meaning']}{default} [{name_variable(each.name)}]",
            )(command)
        return command

    return add


def say(text: str) -> None:
    """Tell how far one is, on stderr."""
    click.echo(text, err=True)


@contextmanager
def announce_if_slow(text: str) -> Iterator[None]:
    """Say what is being done, if it takes more than a second."""
    timer = threading.Timer(1.0, say, [f"{text} …"])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def open_store(resources: Resources, data: Path | None, names: Namespaces) -> GraphStore:
    """Load the built graph, and the statistics that were loaded with it; or a folder of Turtle alone."""
    from cyppgraph.store import load_store

    with announce_if_slow(f"Loading {data or resources.turtle}"):
        return load_store(data or resources.turtle, names, None if data else resources.figures)
