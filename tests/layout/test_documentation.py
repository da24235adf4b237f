"""What docs/ says of plan.toml and of findings is complete, true, and runs."""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import re
import subprocess
import sys
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cyppgraph.layout import read_plan
from cyppgraph.layout.loading import load_layout
from cyppgraph.layout.profile import Layout
from cyppgraph.layout.tables import Lines
from cyppgraph.plan import Action, Certainty, Commitment

REPOSITORY = Path(__file__).parents[2]
PLAN_TOML = (REPOSITORY / "docs" / "plan-toml.md").read_text(encoding="utf-8")
FINDINGS = (REPOSITORY / "docs" / "findings.md").read_text(encoding="utf-8")
KINDS = (REPOSITORY / "ontology" / "schemes" / "finding-kind.ttl").read_text(encoding="utf-8")


def types_in(hint: Any) -> Iterator[Any]:
    """A type and those that it is made of: ``tuple[Level, ...] | None`` holds ``Level``."""
    yield hint
    for part in typing.get_args(hint):
        yield from types_in(part)


def tables_of(cls: type, path: str = "") -> dict[str, type]:
    """The tables of plan.toml by the names that its headings have: ``[plan]``, ``[[table.column]]``."""
    tables: dict[str, type] = {}
    for key, hint in typing.get_type_hints(cls).items():
        name = f"{path}.{key}".strip(".")
        for table in (part for part in types_in(hint) if dataclasses.is_dataclass(part) and part is not Lines):
            tables[f"[[{name}]]" if typing.get_origin(hint) is tuple else f"[{name}]"] = table
            tables |= tables_of(table, name)
    return tables


TABLES = tables_of(Layout)


def documented() -> dict[str, str]:
    """The sections of the reference: each table as its heading names it, and what stands below it."""
    parts = re.split(r"^### `(\[.+\])`$", PLAN_TOML, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def keys_of(section: str) -> set[str]:
    """The keys in the first column of a section's table."""
    return {key for row in re.findall(r"^\| ([^|]+) \|", section, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)}


def test_every_table_of_plan_toml_is_documented_and_no_other() -> None:
    """A table that is added or taken away is added to or taken from the reference."""
    assert len(TABLES) == 20
    assert set(documented()) == set(TABLES)


@pytest.mark.parametrize("table", TABLES)
def test_every_key_is_documented_and_no_other(table: str) -> None:
    """Each key stands in the first column of its table's section."""
    assert keys_of(documented()[table]) == {field.name for field in dataclasses.fields(TABLES[table])}


@pytest.mark.parametrize("table", TABLES)
def test_every_key_that_is_required_is_said_to_be(table: str) -> None:
    """Bold keys are those without which the file is refused."""
    fields, missing = dataclasses.fields(TABLES[table]), dataclasses.MISSING
    required = {f.name for f in fields if f.default is missing and f.default_factory is missing}
    assert set(re.findall(r"\*\*`(\w+)`\*\*", documented()[table])) == required


@pytest.mark.parametrize("table", TABLES)
def test_every_value_of_a_closed_list_is_documented(table: str) -> None:
    """Where only some words are allowed, the reference has them all."""
    hints = typing.get_type_hints(TABLES[table]).values()
    lists = [part for hint in hints for part in types_in(hint) if typing.get_origin(part) is typing.Literal]
    assert [v for each in lists for v in typing.get_args(each) if f'`"{v}"`' not in documented()[table]] == []


def blocks(language: str) -> list[str]:
    """The examples of the page in one language, without their indentation."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", PLAN_TOML, re.MULTILINE | re.DOTALL)
    return ["".join(line.removeprefix(indent) for line in text.splitlines(keepends=True)) for indent, text in found]


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The example of the page as a project of its own."""
    folder = tmp_path / "data" / "plans" / "croydon-2030"
    folder.mkdir(parents=True)
    for name in ("ontology", "shapes", "queries", "data/authorities.toml"):
        (tmp_path / name).symlink_to(REPOSITORY / name)
    (folder / "source.txt").write_text(blocks("text")[0], encoding="utf-8")
    (folder / "plan.toml").write_text(blocks("toml")[0], encoding="utf-8")
    return folder


def say(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "cyppgraph", *arguments, "--root", str(folder.parents[2])]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    return done.stdout + done.stderr


def test_the_example_bears_its_own_checksum(example: Path) -> None:
    """A change to the example's document changes what its plan.toml has to say."""
    checksum = hashlib.sha256((example / "source.txt").read_bytes()).hexdigest()
    assert f'sha256 = "{checksum}"' in blocks("toml")[0]


def test_the_example_is_read_as_the_page_says(example: Path) -> None:
    """Two priorities, six actions; a row that goes on, bullets that share, and a bullet that was put back."""
    plan = read_plan(example, example.parents[2]).plan
    nodes = {node.ref: node for node in (*plan.elements, *plan.dues)}
    assert [e.statement for e in plan.elements if isinstance(e, Commitment)] == [
        "Children are safe at home",
        "Children are heard",
    ]
    actions = [e for e in plan.elements if isinstance(e, Action)]
    assert [action.statement for action in actions] == [
        "Train the staff of every school and nursery",
        "Open a helpline",
        "Tell every family about it",
        "Review the referral route",
        "Agree it with all schools",
        "Set up a youth council",
    ]
    assert [nodes[ref].certainty for action in actions[1:3] for ref in action.due] == [Certainty.SHARED] * 2


def test_the_example_covers_what_the_page_prints(example: Path) -> None:
    """The coverage is word for word as shown, and the findings are those that it counts."""
    coverage, findings, _ = blocks("console")
    assert say(example, "coverage", "--plan", "croydon-2030", "--list") == coverage
    assert say(example, "build", "--quiet").startswith(findings)


def test_the_example_without_a_column_fails_as_the_page_prints(example: Path) -> None:
    """The message on the unknown column is the one that a reader will see."""
    path = example / "plan.toml"
    path.write_text(re.sub(r'.*heading = "Cost".*\n', "", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert say(example, "coverage", "--plan", "croydon-2030", "--list") == blocks("console")[2]


def test_links_between_the_pages_lead_somewhere() -> None:
    """Every file and heading that a page points to is there."""
    for page in (PLAN_TOML, FINDINGS):
        for target in re.findall(r"\]\((?!https?:)([^)]+)\)", page):
            file, _, anchor = target.partition("#")
            text = (REPOSITORY / "docs" / file).read_text(encoding="utf-8") if file else page
            headings = [
                re.sub(r"[^\w -]", "", h).strip().lower().replace(" ", "-")
                for h in re.findall(r"^#+ (.+)$", text, re.M)
            ]
            assert not anchor or anchor in headings, target


def kinds_in_use() -> set[str]:
    """The kinds of finding that the code makes and that the plans' files name."""
    kinds: set[str] = set()
    for path in (REPOSITORY / "src" / "cyppgraph" / "layout").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and re.search(r"finding$", ast.unparse(node.func), re.IGNORECASE):
                words = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                kinds |= {word for word in words if isinstance(word, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+", word)}
            if isinstance(node, ast.Constant) and re.fullmatch(r"(due|lead|measure)-missing", str(node.value)):
                kinds.add(node.value)
    for path in (REPOSITORY / "data" / "plans").glob("*/plan.toml"):
        layout = load_layout(path)
        kinds |= {patch.finding for patch in layout.patch if patch.finding} | {defect.kind for defect in layout.defect}
    return kinds


def test_every_kind_of_finding_in_use_is_documented_and_a_concept() -> None:
    """What is found can be looked up, by people and by queries."""
    used = kinds_in_use()
    assert len(used) > 20
    assert used - set(re.findall(r"^### ([a-z-]+)$", FINDINGS, re.MULTILINE)) == set()
    assert used - set(re.findall(r"^:([a-z-]+) a skos:Concept", KINDS, re.MULTILINE)) == set()


def test_every_concept_is_documented_and_nothing_else() -> None:
    """The page and the scheme have the same kinds, each with a word on how to judge it."""
    parts = re.split(r"^### ([a-z-]+)$", FINDINGS, flags=re.MULTILINE)
    assert set(parts[1::2]) == set(re.findall(r"^:([a-z-]+) a skos:Concept", KINDS, re.MULTILINE))
    assert [kind for kind, text in zip(parts[1::2], parts[2::2], strict=True) if "*Judge:*" not in text] == []


def test_what_a_kind_means_is_told_in_the_words_of_its_concept() -> None:
    """The scheme is the one place where a kind is explained; pages show it, and docs/findings.md begins with it."""
    told = dict(re.findall(r'^:([a-z-]+) a skos:Concept.*?skos:definition "(.*?)"@en', KINDS, re.MULTILINE | re.DOTALL))
    parts = re.split(r"^### ([a-z-]+)$", FINDINGS, flags=re.MULTILINE)
    for kind, text in zip(parts[1::2], parts[2::2], strict=True):
        assert " ".join(text.split()).startswith(told[kind].rstrip(".")), kind
