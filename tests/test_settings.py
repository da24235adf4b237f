"""Settings: options before variables before defaults; all faults at once; none that the manual does not list."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cyppgraph.cli.options import settings_options
from cyppgraph.errors import FaultyInputError
from cyppgraph.settings import Settings, list_settings, name_option, name_variable, read_settings, read_token
from cyppgraph.store import Limits
from cyppgraph.web.http.operations import read_limits

MANUAL = (Path(__file__).parents[1] / "docs" / "running.md").read_text(encoding="utf-8")


def read(**variables: str) -> Settings:
    return read_settings({}, {f"CYPPGRAPH_{name.upper()}": value for name, value in variables.items()})


def test_nothing_need_be_set() -> None:
    assert read() == Settings()
    assert read_settings({"port": None}, {"PATH": "/bin", "CYPPGRAPH_ROW_LIMIT": " "}) == Settings()


def test_the_limits_are_those_of_the_store() -> None:
    assert read_limits(Settings()) == Limits()
    assert read_limits(read(time_limit="2.5", row_limit="7", size_limit="1KiB", memory_limit="20 MiB")) == Limits(
        2.5, 20 * 2**20, 7, 2**10
    )


def test_an_option_goes_before_a_variable() -> None:
    settings = read_settings(
        {"row_limit": "5", "log_queries": True}, {"CYPPGRAPH_ROW_LIMIT": "9", "CYPPGRAPH_TIME_LIMIT": "3"}
    )
    assert (settings.row_limit, settings.time_limit, settings.log_queries) == (5, 3.0, True)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("port", "tcp://10.0.0.1:80"),  # what Kubernetes sets for a service of this name
        ("port", "65536"),
        ("time_limit", "0"),
        ("time_limit", "inf"),
        ("time_limit", "nan"),
        ("rate_per_minute", "nan"),
        ("rate_per_minute", "-1"),
        ("row_limit", "1e6"),
        ("memory_limit", "1 GiBi"),
        ("memory_limit", "1024"),
        ("memory_limit", "1KiB"),
        ("log_queries", "perhaps"),
        ("metrics", "everyone"),
        ("base", "no base"),
        ("store_url", "file:///etc/passwd"),
        ("served_as", "https://example.org/plans/"),
        ("store_url", "http://user:secret@example.org/query"),
        ("data", "no/such/folder"),
        ("token_file", "no/such/file"),
    ],
)
def test_what_is_no_value_is_refused_with_what_is_expected(name: str, text: str) -> None:
    with pytest.raises(FaultyInputError) as caught:
        read(**{name: text})
    expected = next(each.metadata["expected"] for each in list_settings() if each.name == name)
    assert str(caught.value) == f"{name_variable(name)}: found {text!r}, expected {expected}."


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(FaultyInputError) as caught:
        read_settings(
            {"port": "x"}, {"CYPPGRAPH_ROW_LIMIT": "-5", "CYPPGRAPH_RATE_PER_MINUT": "3", "CYPPGRAPH_HOST": "h"}
        )
    told = str(caught.value).splitlines()
    assert len(told) == 3
    assert "CYPPGRAPH_RATE_PER_MINUT: there is no such setting; did you mean CYPPGRAPH_RATE_PER_MINUTE?" in told
    assert any(line.startswith("--port: found 'x'") for line in told)


def test_settings_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyInputError, match="found 8, expected 14 or more"):
        read(workers="4", queue="8", threads="8")
    with pytest.raises(FaultyInputError, match="expected one of them"):
        read(data=str(tmp_path), store_url="http://127.0.0.1:7878/query")


def test_a_token_is_read_from_its_file_and_must_be_a_secret(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("0123456789abcdef\n")
    assert read_token(read(token_file=str(file))) == "0123456789abcdef"
    assert read_token(Settings()) is None
    file.write_text("short\n")
    with pytest.raises(FaultyInputError, match="found 5 characters, expected a token of 16 or more") as caught:
        read_token(read(token_file=str(file)))
    assert "short" not in str(caught.value)


def test_each_setting_is_an_option_that_passes_on_what_was_given() -> None:
    @click.command()
    @settings_options()
    def command(**given: str | None) -> None:
        click.echo(repr(read_settings(given, {})))

    done = CliRunner().invoke(command, ["--rate-per-minute", "30", "--log-queries"])
    assert "rate_per_minute=30.0" in done.output
    assert "log_queries=True" in done.output
    assert "CYPPGRAPH_TRUSTED_PROXIES" in CliRunner().invoke(command, ["--help"]).output


@pytest.mark.parametrize("setting", list_settings(), ids=lambda setting: setting.name)
def test_the_manual_lists_each_setting_with_its_default(setting) -> None:
    row = re.search(rf"^\| `{name_option(setting.name)}`.*$", MANUAL, re.MULTILINE)
    assert row is not None
    _, _, variable, default, meaning, _ = (cell.strip() for cell in row[0].split("|"))
    assert variable == f"`{name_variable(setting.name)}`"
    assert meaning
    assert default == ("–" if setting.default is None else f"`{setting.metadata['default']}`")


def test_the_manual_lists_no_setting_that_there_is_not() -> None:
    known = {name_variable(each.name) for each in list_settings()}
    assert set(re.findall(r"CYPPGRAPH_[A-Z_]*[A-Z]", MANUAL)) <= known
