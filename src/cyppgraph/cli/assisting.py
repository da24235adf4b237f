"""The command that answers assistants."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyppgraph.cli.options import announce_if_slow, base_option, data_option, limit_options, root_option
from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces
from cyppgraph.resources import Resources, find_resources

if TYPE_CHECKING:
    from cyppgraph.store import Limits, Source

_PACKAGES = {"anyio", "mcp", "mcp_types", "pydantic", "typing_extensions"}


@click.command()
@root_option
@data_option
@base_option
@limit_options
def mcp(root: Path | None, data: Path | None, base: str, limits: Limits, workers: int) -> int:
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
            "In the project's folder run: .venv/bin/pip install --editable '.[mcp]'"
        ) from error
    from cyppgraph.linking import read_glossary
    from cyppgraph.queries import read_questions

    resources, names = find_resources(root), Namespaces(base)
    questions = read_questions(resources.queries / "questions", names.base)
    ontology = (resources.ontology / "cypp.ttl").read_text(encoding="utf-8")
    with _open_source(resources, data, names, limits, workers) as source:
        serve_assistant(make_server(source, questions, ontology, read_glossary(resources.glossary), limits))
    return 0


@contextmanager
def _open_source(
    resources: Resources, data: Path | None, names: Namespaces, limits: Limits, workers: int
) -> Iterator[Source]:
    """Open what is asked: the built graph, as a version on disk that is made once; of other files one that goes again.

    It lies apart from what a service serves: to ask never changes what others are served.
    """
    from cyppgraph.store import EmbeddedSource, list_files, make_snapshot

    files = list_files(data or resources.turtle, names, None if data else resources.figures)
    with tempfile.TemporaryDirectory(prefix="cyppgraph-") as passing:
        snapshots = Path(passing) if data else resources.root / "build" / "assistant"
        with announce_if_slow(f"Loading {data or resources.turtle}"):
            make_snapshot(snapshots, files, names)
        source = EmbeddedSource(snapshots, places=workers, limits=limits)
        try:
            yield source
        finally:
            source.close()
