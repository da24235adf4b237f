"""The command that answers assistants."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyppgraph.cli.options import announce_if_slow, base_option, data_option, root_option
from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces
from cyppgraph.resources import Resources, find_resources

if TYPE_CHECKING:
    from cyppgraph.store import Source

_PACKAGES = {"anyio", "mcp", "mcp_types", "pydantic", "typing_extensions"}
_WORKERS = 2


@click.command()
@root_option
@data_option
@base_option
@click.option(
    "--seconds", type=click.FloatRange(min=0.1), default=30.0, show_default=True, help="How long a query may take."
)
def mcp(root: Path | None, data: Path | None, base: str, seconds: float) -> int:
    """Answer assistants: a Model Context Protocol server on stdin and stdout.

    An assistant starts it; docs/assistants.md says how. It only reads, and ends when its stdin is closed.

    \b
    Examples:
      cyppgraph mcp
      cyppgraph mcp --root ~/cyppgraph
    """
    try:
        from cyppgraph.assistant import make_server, serve_assistant
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise CyppgraphError(
            "'cyppgraph mcp' needs the Python package mcp, which is not installed here. "
            "Install it with: pip install 'cyppgraph[mcp]' (in a checkout: .venv/bin/pip install --editable '.[mcp]')."
        ) from error
    from cyppgraph.linking import read_glossary
    from cyppgraph.queries import read_questions

    resources, names = find_resources(root), Namespaces(base)
    questions = read_questions(resources.queries / "questions", names.base)
    ontology = (resources.ontology / "cypp.ttl").read_text(encoding="utf-8")
    with _open_source(resources, data, names) as source:
        serve_assistant(make_server(source, questions, ontology, read_glossary(resources.glossary), seconds))
    return 0


@contextmanager
def _open_source(resources: Resources, data: Path | None, names: Namespaces) -> Iterator[Source]:
    """Open what is asked: the built graph, as a version on disk that is made once; of other files one that goes again.

    It lies apart from what a service serves: to look at the files never changes what others are served.
    """
    from cyppgraph.store.snapshot import make_snapshot
    from cyppgraph.store.source import EmbeddedSource

    folder = data or resources.turtle
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise CyppgraphError(f"{folder}: no Turtle files here. Run 'cyppgraph build' to make them from the plans.")
    files += [] if data else sorted(resources.figures.glob("*.ttl"))
    with tempfile.TemporaryDirectory(prefix="cyppgraph-") as passing:
        snapshots = Path(passing) if data else resources.root / "build" / "assistant"
        with announce_if_slow(f"Loading {folder}"):
            make_snapshot(snapshots, {names.graph(file.stem): file for file in files}, names)
        source = EmbeddedSource(snapshots, places=_WORKERS)
        try:
            yield source
        finally:
            source.close()
