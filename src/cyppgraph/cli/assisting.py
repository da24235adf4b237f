"""The command that answers assistants."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cyppgraph.cli.options import announce_if_slow, settings_options
from cyppgraph.errors import CyppgraphError
from cyppgraph.resources import find_resources
from cyppgraph.settings import Settings, read_settings

if TYPE_CHECKING:
    from cyppgraph.store import Source

_PACKAGES = {"anyio", "mcp", "mcp_types", "pydantic", "typing_extensions"}
_SETTINGS = ("root", "data", "snapshots", "base", "store_url", "time_limit", "memory_limit", "workers")


@click.command()
@settings_options(*_SETTINGS)
def mcp(**given: str | None) -> int:
    """Answer assistants: a Model Context Protocol server on stdin and stdout.

    An assistant starts it; docs/assistants.md says how. It only reads, and ends when its stdin is closed.

    \b
    Examples:
      cyppgraph mcp
      cyppgraph mcp --time-limit 10
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
    from cyppgraph.web.http.operations import read_limits

    settings = read_settings(given)
    resources = find_resources(settings.root)
    questions = read_questions(resources.queries / "questions", settings.base)
    ontology = (resources.ontology / "cypp.ttl").read_text(encoding="utf-8")
    glossary = read_glossary(resources.glossary)
    with _open_source(settings) as source:
        serve_assistant(make_server(source, questions, ontology, glossary, read_limits(settings)))
    return 0


@contextmanager
def _open_source(settings: Settings) -> Iterator[Source]:
    """Open what is asked: another server's store, or the built graph as a version on disk that is made once.

    Unless a folder of versions is named, it lies apart from what a service serves, and that of other files goes again:
    to ask never changes what others are served.
    """
    from cyppgraph.web.service import load_data, open_source

    with tempfile.TemporaryDirectory(prefix="cyppgraph-") as passing:
        if settings.store_url is None:
            apart = Path(passing) if settings.data else find_resources(settings.root).root / "build" / "assistant"
            settings = replace(settings, snapshots=settings.snapshots or apart)
            with announce_if_slow("Putting the graph where it is asked"):
                load_data(settings)
        source = open_source(settings)
        try:
            yield source
        finally:
            source.close()
