"""The command as a process: it speaks nothing but the protocol, calls nobody, and ends when it is to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.conftest import Assistant

REPOSITORY = Path(__file__).parents[2]
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CALLS_NOBODY = """
import os, sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "urllib.Request"):
        os.write(2, f"{event} {arguments}".encode())
        os._exit(97)
sys.addaudithook(watch)
from cyppgraph.cli import main
sys.exit(main(sys.argv[1:]))
"""
WITHOUT_THE_EXTRA = "import sys; sys.modules['mcp'] = None; from cyppgraph.cli import main; sys.exit(main(['mcp']))"


def test_a_runaway_query_ends_at_its_limit_and_the_next_is_answered() -> None:
    with Assistant("--time-limit", "1") as assistant:
        told = assistant.fail("run_query", query=RUNAWAY)
        assert "The query was stopped after 1 seconds" in told
        assert "name the plan, the class or the property" in told
        assert assistant.call("run_query", query="ASK {}")["rows"] == [{"answer": "true"}]


class Conversation:
    """The protocol, line by line. The command may call nobody; a query may take an hour, one at a time."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", CALLS_NOBODY, "mcp", "--time-limit", "3600", "--workers", "1"],
            cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def say(self, number: int | None, method: str, **parameters: Any) -> None:
        said = {"jsonrpc": "2.0", "method": method, "params": parameters} | ({} if number is None else {"id": number})
        self.process.stdin.write(json.dumps(said) + "\n")
        self.process.stdin.flush()

    def hear(self, number: int) -> dict[str, Any]:
        """Return the result of a request; every line is one of the protocol."""
        for line in self.process.stdout:
            said = json.loads(line)
            assert said["jsonrpc"] == "2.0"
            if said.get("id") == number:
                return said["result"]
        raise AssertionError(f"no answer: {self.process.stderr.read()}")


@pytest.fixture
def conversation() -> Iterator[Conversation]:
    """A conversation that has begun."""
    begun = Conversation()
    try:
        about = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
        begun.say(1, "initialize", **about)
        assert begun.hear(1)["serverInfo"]["name"] == "cyppgraph"
        begun.say(None, "notifications/initialized")
        yield begun
    finally:
        begun.process.kill()
        begun.process.communicate()


def test_it_speaks_only_the_protocol_calls_nobody_and_ends_what_nobody_waits_for(conversation: Conversation) -> None:
    conversation.say(2, "tools/call", name="search_terms", arguments={"words": "obesity"})
    assert conversation.hear(2)["structuredContent"]["found"]

    conversation.say(3, "tools/call", name="run_query", arguments={"query": RUNAWAY})
    conversation.say(None, "notifications/cancelled", requestId=3)
    conversation.say(4, "tools/call", name="run_query", arguments={"query": "ASK {}"})
    assert not conversation.hear(4)["isError"]  # by the one worker that there is

    conversation.say(5, "tools/call", name="run_query", arguments={"query": RUNAWAY})
    conversation.say(6, "tools/call", name="list_questions", arguments={})
    assert conversation.hear(6)
    rest, errors = conversation.process.communicate(timeout=60)  # closes stdin
    assert all(json.loads(line)["jsonrpc"] == "2.0" for line in rest.splitlines())
    assert conversation.process.returncode == 0, errors


def test_without_the_extra_it_says_what_to_install() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_THE_EXTRA], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "pip install --editable '.[mcp]'" in done.stderr


def test_without_a_graph_it_says_how_to_build_one(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cyppgraph", "mcp", "--data", str(tmp_path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False, env=os.environ)
    assert done.returncode == 2
    assert "Run 'cyppgraph build'" in done.stderr
    assert done.stdout == ""
