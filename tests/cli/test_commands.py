"""Commands as users run them: what they print, and the exit code that says sound, findings or could not run."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
import rdflib

from cyppgraph.freshness import is_fresh, record_sound_build
from cyppgraph.resources import find_resources


def test_a_sound_build_is_0_and_tells_its_progress_on_stderr(built: Path, first_build) -> None:
    assert first_build.returncode == 0
    assert "reading thurrock-2012" in first_build.stderr
    assert "reading thurrock-2012" not in first_build.stdout
    assert "findings about the sources" in first_build.stdout
    assert (built / "data" / "ttl" / "thurrock-2012.ttl").is_file()


def test_a_build_for_others_is_1_for_defects_of_the_source_if_asked(built: Path, run, tmp_path: Path) -> None:
    there = ["--base", "https://data.example.org/"]
    done = run("build", "--quiet", "--strict", "--no-names", "--out", str(tmp_path / "ttl"), *there, cwd=built)
    assert (done.returncode, done.stderr) == (1, "")
    people = "SELECT ?n { ?lead cypp:leadPerson/foaf:name ?n FILTER(STR(?n) != '[name withheld]') }"
    assert "(0 rows)" in run("query", "-q", people, "--data", str(tmp_path / "ttl"), *there, cwd=built).stdout
    assert "thurrock-2012" in run("query", "1", "--data", str(tmp_path / "ttl"), *there, cwd=built).stdout


def test_a_sound_graph_checks_0_and_a_spoilt_one_1(built: Path, run, tmp_path: Path) -> None:
    sound = run("check", "--format", "json", cwd=built)
    assert (sound.returncode, json.loads(sound.stdout)["has_violations"]) == (0, False)

    spoilt = tmp_path / "spoilt"
    shutil.copytree(built, spoilt)
    with (spoilt / "data" / "ttl" / "thurrock-2012.ttl").open("a", encoding="utf-8") as file:
        file.write("<urn:nobody> a <https://w3id.org/cyppgraph/ontology#Action> .\n")
    found = run("check", cwd=spoilt)
    assert found.returncode == 1
    assert "urn:nobody" in found.stdout


def test_coverage_gives_a_line_for_each_plan(built: Path, run) -> None:
    done = run("coverage", cwd=built)
    assert done.returncode in (0, 1)
    assert done.stdout.startswith("thurrock-2012")
    assert len(run("coverage", "--list", "--plan", "thurrock-2012", cwd=built).stdout) >= len(done.stdout)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build"], "holds no plan"),
        (["check"], "cyppgraph build"),
        (["coverage", "--plan", "nowhere-1999"], "there is no plan 'nowhere-1999'"),
        (["query", "01"], "cyppgraph build"),
        (["serve"], "cyppgraph build"),
        (["run"], "holds no plan"),
        (["query"], "Give one of"),
        (["query", "01", "--set", "plan"], "Write --set NAME=VALUE"),
        (["query", "-q", "ASK {}", "--set", "plan=x"], "beside a saved question"),
        (["query", "no-such"], "There is no question 'no-such'"),
        (["query", "01", "--set", "plan=x"], "has no parameter 'plan'"),
        (["query", "--root", "queries", "--list"], "ontology and data"),
        (["build", "--base", "nonsense"], "base IRI"),
        (["query", "-q", "ASK {}", "--format", "pdf"], "Invalid value"),
        (["sing"], "No such command"),
    ],
)
def test_what_cannot_run_is_2_and_says_why(bare: Path, run, arguments: list[str], words: str) -> None:
    done = run(*arguments, cwd=bare)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT * { ?s ?p }", "line 1, column 18"),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "another server"),
        ("CLEAR ALL", "updates are not taken"),
    ],
)
def test_a_query_that_is_refused_is_2(built: Path, run, query: str, words: str) -> None:
    done = run("query", "-q", query, cwd=built)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_questions_are_listed_with_their_parameters(bare: Path, run) -> None:
    done = run("query", "--list", cwd=bare)
    assert done.returncode == 0
    assert "01  Which plans are there?\n    all-plans\n    --set id=… (string) a plan's id" in done.stdout


@pytest.mark.parametrize("wanted", ["1", "01", "all-plans", "queries/questions/01-all-plans.rq", "-"])
def test_a_query_comes_by_number_name_file_or_stdin(built: Path, run, wanted: str) -> None:
    text = (built / "queries" / "questions" / "01-all-plans.rq").read_text(encoding="utf-8")
    done = run("query", wanted, cwd=built, stdin=text)
    assert done.stdout == "id\n-------------\nthurrock-2012\n(1 row)\n"
    assert "Traceback" not in done.stderr


def test_a_parameter_is_set(built: Path, run) -> None:
    assert "(0 rows)" in run("query", "01", "--set", "id=croydon-2013", cwd=built).stdout
    assert "(1 row)" in run("query", "queries/questions/01-all-plans.rq", "--set", "id=thurrock-2012", cwd=built).stdout


def test_results_come_in_formats_for_other_programs(built: Path, run) -> None:
    assert json.loads(run("query", "1", "--format", "json", cwd=built).stdout)["head"]["vars"] == ["id"]
    rows = list(csv.DictReader(io.StringIO(run("query", "1", "--format", "csv", cwd=built).stdout)))
    assert rows == [{"id": "thurrock-2012"}]
    triples = run("query", "-q", "CONSTRUCT WHERE { ?plan a cypp:Plan }", cwd=built)
    assert len(rdflib.Graph().parse(data=triples.stdout, format="turtle")) == 1


def start(*arguments: str, cwd: Path, **streams: int) -> subprocess.Popen[str]:
    """Start a command that stays; it can be interrupted even where whoever runs the tests ignores interrupts."""
    command = [sys.executable, "-m", "cyppgraph", *arguments]
    restore = lambda: signal.signal(signal.SIGINT, signal.default_int_handler)  # noqa: E731
    return subprocess.Popen(command, cwd=cwd, text=True, preexec_fn=restore, stderr=subprocess.PIPE, **streams)


def read_until(process: subprocess.Popen[str], words: str) -> str:
    lines = ""
    assert process.stderr is not None
    while words not in lines:
        line = process.stderr.readline()
        assert line, lines
        lines += line
    return lines


def address_in(lines: str) -> str:
    return next(word for word in lines.split() if word.startswith("http://127.0.0.1:"))


def test_an_interrupt_is_130_without_a_traceback(built: Path) -> None:
    process = start("query", "-", cwd=built, stdin=subprocess.PIPE)
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "Interrupted" in said
    assert "Traceback" not in said


def test_serve_says_where_answers_and_stops(built: Path) -> None:
    process = start("serve", "--port", "0", cwd=built)
    address = address_in(read_until(process, "Serving on"))
    with urllib.request.urlopen(address, timeout=20) as response:
        assert "Thurrock" in response.read().decode()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 0
    assert "Traceback" not in said


def test_a_port_that_is_taken_is_2(built: Path, run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]), cwd=built)
    assert done.returncode == 2
    assert "Choose another --port" in done.stderr


def test_run_builds_once(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "checkout"
    shutil.copytree(built, folder)

    def lines_of_a_run() -> str:
        process = start("run", "--port", "0", cwd=folder, stdout=subprocess.DEVNULL)
        lines = read_until(process, "Serving on")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        return lines

    assert "validating" in lines_of_a_run()
    assert "nothing to build" in lines_of_a_run()


def test_what_was_built_stays_fresh_until_its_inputs_or_outputs_change(built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "checkout"
    shutil.copytree(built, folder)
    resources = find_resources(folder)
    assert not is_fresh(resources)
    record_sound_build(resources)
    assert is_fresh(resources)
    for path in (
        "data/plans/thurrock-2012/plan.toml",
        "data/ttl/thurrock-2012.ttl",
        "shapes/Plan.ttl",
        "ontology/cypp.ttl",
    ):
        record_sound_build(resources)
        os.utime(folder / path)
        assert is_fresh(resources)
        with (folder / path).open("a", encoding="utf-8") as file:
            file.write("\n# a remark\n")
        assert not is_fresh(resources)
    record_sound_build(resources)
    (folder / "data" / "plans" / "other").mkdir()
    (folder / "data" / "plans" / "other" / "plan.toml").touch()
    assert not is_fresh(resources)
    shutil.rmtree(folder / "data" / "plans" / "other")
    assert is_fresh(resources)


def test_a_reader_that_has_had_enough_is_no_error(built: Path) -> None:
    command = f"{sys.executable} -m cyppgraph query -q 'SELECT * {{ ?s ?p ?o }}' | head -1"
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], cwd=built, capture_output=True, text=True)
    assert done.returncode == 0
    assert "Error" not in done.stderr
    assert "Traceback" not in done.stderr
