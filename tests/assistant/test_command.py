"""The command as a process: it speaks nothing but the protocol, calls nobody, and ends when it is to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

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


def message(number: int | None, method: str, **parameters: Any) -> str:
    said = {"jsonrpc": "2.0", "method": method, "params": parameters} | ({} if number is None else {"id": number})
    return json.dumps(said) + "\n"


def test_a_runaway_query_ends_at_its_limit_and_the_next_is_answered() -> None:
    with Assistant("--time-limit", "1") as assistant:
        told = assistant.fail("run_query", query=RUNAWAY)
        assert "The query was stopped after 1 seconds" in told
        assert "name the plan, the class or the property" in told
        assert assistant.call("run_query", query="ASK {}")["rows"] == [{"answer": "true"}]


def test_it_speaks_only_the_protocol_calls_nobody_and_ends_with_its_stdin() -> None:
    """Even while a query runs that would take hours."""
    process = subprocess.Popen(
        [sys.executable, "-c", CALLS_NOBODY, "mcp", "--time-limit", "3600"],
        cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    try:
        about = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
        process.stdin.write(message(1, "initialize", **about))
        process.stdin.write(message(None, "notifications/initialized"))
        process.stdin.write(message(2, "tools/call", name="search_terms", arguments={"words": "obesity"}))
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(2)]
        assert answers[0]["result"]["serverInfo"]["name"] == "cyppgraph"
        assert answers[1]["result"]["structuredContent"]["found"]
        process.stdin.write(message(3, "tools/call", name="run_query", arguments={"query": RUNAWAY}))
        process.stdin.write(message(4, "tools/call", name="run_query", arguments={"query": "ASK {}"}))
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["id"] == 4  # so the other has begun
        rest, errors = process.communicate(timeout=60)  # closes stdin
        assert all(json.loads(line)["jsonrpc"] == "2.0" for line in rest.splitlines())
        assert process.returncode == 0, errors
    finally:
        process.kill()


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
