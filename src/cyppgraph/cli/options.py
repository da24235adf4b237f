"""What the commands share: options, progress on stderr, a store to ask."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cyppgraph.namespaces import DEFAULT_BASE, Namespaces
from cyppgraph.resources import Resources

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


def address_option(command: Command) -> Command:
    """Add --host and --port."""
    command = click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")(command)
    port = click.option(
        "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one."
    )
    return port(command)


def limit_options(command: Command) -> Command:
    """Add what one query may take, as ``limits``, and ``--workers``."""

    @click.option(
        "--time-limit", type=click.FloatRange(0, min_open=True), default=30, show_default=True, help="Seconds."
    )
    @click.option("--memory-limit", type=click.IntRange(16), default=1024, show_default=True, help="MiB.")
    @click.option("--row-limit", type=click.IntRange(1), default=1_000_000, show_default=True, help="Rows or triples.")
    @click.option("--size-limit", type=click.IntRange(1), default=256, show_default=True, help="MiB of an answer.")
    @click.option("--workers", type=click.IntRange(1), default=4, show_default=True, help="Queries at the same time.")
    @functools.wraps(command)
    def limited(time_limit: float, memory_limit: int, row_limit: int, size_limit: int, **others: Any) -> Any:
        from cyppgraph.store import Limits

        return command(limits=Limits(time_limit, memory_limit * 2**20, row_limit, size_limit * 2**20), **others)

    return limited


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
