"""Documents that cannot drift: each command is in the README, each example is a command line that can be run."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from cyppgraph.cli import commands
from cyppgraph.queries import find_question, read_questions

REPOSITORY = Path(__file__).parents[2]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
MAKEFILE = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
SHELL = [
    line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines() if line.strip()
]


def examples_of(command: click.Command) -> list[str]:
    """The lines under "Examples:" in a command's help."""
    _, _, examples = (command.help or "").partition("Examples:")
    return [line.strip() for line in examples.splitlines() if line.strip()]


def parse(line: str) -> str:
    """Parse a command line as the shell and click would, without running it; return the command's name."""
    program, name, *rest = shlex.split(line, comments=True)
    assert program == "cyppgraph"
    context = click.Context(commands, info_name="cyppgraph")
    command = commands.get_command(context, name)
    assert command is not None, f"no command {name!r}"
    command.make_context(name, rest, parent=context)
    return name


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_is_in_the_readme_and_teaches_by_example(name: str) -> None:
    assert f"cyppgraph {name}" in README
    examples = examples_of(commands.commands[name])
    assert examples
    assert {parse(example) for example in examples} == {name}


@pytest.mark.parametrize(
    "option", [o for c in commands.commands.values() for o in c.params if isinstance(o, click.Option)]
)
def test_every_option_says_what_it_does(option: click.Option) -> None:
    assert option.help or isinstance(option.type, click.Choice)


@pytest.mark.parametrize("line", SHELL)
def test_examples_of_the_readme_can_be_run(line: str) -> None:
    program, *rest = shlex.split(line, comments=True)
    if program == "make":
        assert re.search(rf"^[\w ]*\b{rest[0]}\b[\w ]*:", MAKEFILE, re.MULTILINE)
    elif program == "cyppgraph":
        parse(line)
    else:
        assert program == "curl"


@pytest.mark.parametrize("line", [line for line in SHELL if line.startswith("cyppgraph query -q")])
def test_queries_of_the_readme_have_answers(line: str, run) -> None:
    done = run(*shlex.split(line, comments=True)[1:], cwd=REPOSITORY)
    assert done.returncode == 0, done.stderr
    assert "(0 rows)" not in done.stdout


def test_saved_questions_that_the_readme_names_exist() -> None:
    questions = read_questions(REPOSITORY / "queries" / "questions")
    if not questions:
        pytest.skip("no questions are saved yet")
    for number in re.findall(r"cyppgraph query (\d\d)\b", README):
        assert find_question(questions, number)


def test_every_room_is_in_the_readme() -> None:
    rooms = {path.parent.name for path in (REPOSITORY / "src" / "cyppgraph").glob("*/__init__.py")}
    assert rooms == set(re.findall(r"^\| `(\w+)/` \|", README, re.MULTILINE))


def test_the_version_is_one() -> None:
    version = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"\nversion: {version}\n" in (REPOSITORY / "CITATION.cff").read_text(encoding="utf-8")
