"""The real command over the real graph, spoken to by the client of the protocol's own library."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult

REPOSITORY = Path(__file__).parents[2]
Call = Callable[..., dict[str, Any]]


class Assistant:
    """A client that stays connected, without the waiting."""

    def __init__(self, *arguments: str) -> None:
        # The client hands on few variables of its own accord; where the package is found is not among them.
        environment = {name: value for name, value in os.environ.items() if name.startswith("PYTHON")}
        command = ["-m", "cyppgraph", "mcp", *arguments]
        self._client = Client(
            StdioServerParameters(command=sys.executable, args=command, env=environment, cwd=REPOSITORY)
        )

    def __enter__(self) -> Assistant:
        self._portal_manager = start_blocking_portal()
        self._portal = self._portal_manager.__enter__()
        self._connection = self._portal.wrap_async_context_manager(self._client)
        self._connection.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._connection.__exit__(None, None, None)
        self._portal_manager.__exit__(None, None, None)

    def do(self, name: str, *arguments: Any) -> Any:
        """Call a method of the client."""
        return self._portal.call(getattr(self._client, name), *arguments)

    @property
    def instructions(self) -> str:
        return self._client.instructions or ""

    def call(self, tool: str, **arguments: Any) -> dict[str, Any]:
        """Return what a tool gives, which must be no error."""
        result: CallToolResult = self.do("call_tool", tool, arguments)
        assert not result.is_error, result.content
        assert result.structured_content is not None
        return result.structured_content

    def fail(self, tool: str, **arguments: Any) -> str:
        """Return what a model is told when a tool fails, as it must."""
        result: CallToolResult = self.do("call_tool", tool, arguments)
        assert result.is_error, result.structured_content
        return " ".join(block.text for block in result.content if block.type == "text")


@pytest.fixture(scope="session")
def assistant() -> Iterator[Assistant]:
    """An assistant that has started the command."""
    with Assistant() as connected:
        yield connected


@pytest.fixture(scope="session")
def call(assistant: Assistant) -> Call:
    return assistant.call
