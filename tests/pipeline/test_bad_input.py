"""What is wrong with a council's files is said in words: file, line, remedy; every other plan is built all the same."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from typing import Any

import pytest
import rdflib

from cyppgraph.namespaces import Namespaces

CYPP = rdflib.Namespace(Namespaces().ontology)
TABLE = "Action | Due | Lead\n"
CURLY = f"Priority 1: Children’s safety – now\n{TABLE}Review it | May 2012 | Head of Care\n".replace(" | ", "\t")
PATCH = "[[patch]]\nlines = 3\nwas = 'gone'\nnow = 'here'\nwhy = 'it was there'\n"
FAULTS = "[words]\npeple = []\nlead_default = 'group'\n\n[[ignore]]\nlines = '9-3'\nwhy = 'x'\n"


@pytest.fixture(scope="module")
def built(new_project: Callable[[], Any]) -> tuple[Any, subprocess.CompletedProcess[str]]:
    """A project of sound and faulty plans, and what building it said."""
    project = new_project()
    project.add("sound-2011")
    project.add("windows-2011", CURLY.encode("cp1252"))
    project.add("wide-2011", CURLY.encode("utf-16"))
    project.add("long-2011", f"{TABLE}Review the policy | May 2012 | Head of Care | £5,000\n")
    project.add("leap-2011", f"{TABLE}Review the policy | 30/02/2012 | Head of Care\n")
    project.add("faulty-2011", more=FAULTS)
    project.add("gone-2011", more=PATCH)
    project.add("column-2011", "# Plan\nAction | Due | Lead | Cost\nReview it | May 2012 | Head of Care | £5\n")
    project.add("changed-2011", edit=lambda text: text.replace('sha256 = "', 'sha256 = "0'))
    project.add("fewer-2011", more="[expect]\nactions = 12\n")
    project.add("missing-2011", edit=lambda text: text.replace("source.txt", "plan.txt"))
    project.add("twin-2011", edit=lambda text: text.replace("twin-2011", "sound-2011"))
    project.add("draft-2011", f"Stray | row\nA stray sentence.\n{TABLE}Review it | May 2012 | Head of Care\n")
    project.add("empty-2011", b"")
    project.add("binary-2011", b"text \0 and more")
    project.add("published-2011", b"%PDF-1.7 \0")
    project.add("atlantis-2011", edit=lambda text: text.replace('"croydon"', '"atlantis"'))
    project.add("nameless-2011", edit=lambda text: text.replace('"nameless-2011"', '"A 1"'))
    project.add("taken-2011", edit=lambda text: text.replace('"taken-2011"', '"catalogue"'))
    (project.root / "data" / "plans" / "sound-2011" / "published.pdf").write_bytes(b"%PDF-1.7 \0")
    return project, project.run("build")


def graph_of(project: Any, plan: str) -> rdflib.Graph:
    return rdflib.Graph().parse(project.turtle / f"{plan}.ttl")


def errors_of(done: subprocess.CompletedProcess[str], plan: str) -> list[str]:
    """What the build said of one plan's files."""
    prefix = f"error: data/plans/{plan}/"
    return [line.removeprefix(prefix) for line in done.stdout.splitlines() if line.startswith(prefix)]


def test_plans_that_can_be_read_are_built_and_the_rest_makes_the_exit_2(built: Any) -> None:
    """One council's fault holds up no other, and a file that lies beside a document is nobody's business."""
    project, done = built
    plans = {"sound-2011", "windows-2011", "wide-2011", "long-2011", "leap-2011", "draft-2011"}
    assert {path.stem for path in project.turtle.glob("*.ttl")} - {"proposals"} == plans | {"catalogue", "dataset"}
    assert done.returncode == 2
    assert errors_of(done, "sound-2011") == []


@pytest.mark.parametrize("plan", ["windows-2011", "wide-2011"])
def test_documents_in_other_encodings_are_read_right(built: Any, plan: str) -> None:
    """Curly quotes and dashes of a Windows-1252 or a UTF-16 file are the same in the graph."""
    project, _ = built
    assert "Children’s safety – now" in map(str, graph_of(project, plan).objects(None, CYPP.statement))


def test_all_faults_of_a_plan_toml_are_told_with_their_lines(built: Any) -> None:
    """An unknown key, a value that is not on the list, and lines that run backwards, each where it stands."""
    project, done = built
    text = (project.root / "data/plans/faulty-2011/plan.toml").read_text()
    lines = {word: text[: text.index(word)].count("\n") + 1 for word in ("peple", "lead_default", "'9-3'")}
    told = errors_of(done, "faulty-2011")
    assert len(told) == 3
    for word, message in (
        ("peple", "unknown key 'peple' in [words]; it may hold: bodies, "),
        ("lead_default", "'lead_default' is 'group'; expected one of 'person', 'role', 'body'"),
        ("'9-3'", "'lines' is '9-3'; expected lines like 7 or \"7-9\""),
    ):
        assert any(error.startswith(f"plan.toml:{lines[word]}: {message}") for error in told), told


@pytest.mark.parametrize(
    ("plan", "message"),
    [
        ("gone-2011", "source.txt:3: a patch quotes 'gone', which is found 0 times there; correct or remove the patch"),
        (
            "column-2011",
            "source.txt:2: the table has columns that the layout does not know: ['Cost']; "
            "name them in [[table.column]]",
        ),
        ("fewer-2011", "plan.toml: [expect] actions = 12, but 1 were read; correct the layout or [expect]"),
        ("missing-2011", "plan.txt: cannot be read: No such file or directory; put the document there"),
        (
            "twin-2011",
            "plan.toml:2: the id 'sound-2011' is that of data/plans/sound-2011/source.txt too; give each plan its own",
        ),
        ("empty-2011", "source.txt: is empty; expected the text of a plan: export it again"),
        ("binary-2011", "source.txt: is binary (it holds NUL bytes); expected text in UTF-8"),
        ("published-2011", "source.txt: is a PDF, not text; expected the text of the document"),
    ],
)
def test_a_plan_that_cannot_be_read_says_why_and_what_to_do(built: Any, plan: str, message: str) -> None:
    """File, line, what was found, and the remedy."""
    assert errors_of(built[1], plan) == [message]


def test_a_document_that_changed_is_not_read_with_its_old_layout(built: Any) -> None:
    """The checksum is not as stated: both are told, and what to correct."""
    (error,) = errors_of(built[1], "changed-2011")
    assert error.startswith("source.txt: the document's SHA-256 is ")
    assert error.endswith("correct [document] sha256")


def test_a_row_with_more_cells_than_its_header_is_published_as_a_finding(built: Any) -> None:
    """The graph holds the finding, with its line, and the row with all its cells."""
    project, done = built
    graph = graph_of(project, "long-2011")
    comments = [str(comment) for comment in graph.objects(None, rdflib.RDFS.comment)]
    assert any("more cells than its heading" in comment and "£5,000" in comment for comment in comments)
    assert "£5,000" in map(str, graph.objects(None, CYPP.cellText))
    assert "cells-shifted" in done.stdout


def test_an_impossible_date_is_published_without_bounds(built: Any) -> None:
    """30 February is kept as printed, is a finding, and no day is made of it."""
    project, done = built
    graph = graph_of(project, "leap-2011")
    (due,) = graph.subjects(rdflib.RDF.type, CYPP.TimeConstraint)
    assert str(graph.value(due, CYPP.statement)) == "30/02/2012"
    assert (graph.value(due, CYPP.earliest), graph.value(due, CYPP.latest)) == (None, None)
    assert "impossible-date" in done.stdout


@pytest.mark.parametrize("base", ["example.org/", "", "https://example.org/a b/"])
def test_a_base_that_is_no_address_is_refused(project: Any, base: str) -> None:
    """Exit 2; the message names the base and gives an example; nothing is written."""
    done = project.add("sound-2011").run("build", "--base", base)
    assert done.returncode == 2
    assert f"The base IRI {base!r}" in done.stderr
    assert "such as https://" in done.stderr
    assert not project.turtle.exists()


def test_a_project_without_plans_is_refused(project: Any) -> None:
    """Exit 2; the message names the folder and what belongs there."""
    done = project.run("build")
    assert done.returncode == 2
    assert "data/plans: holds no plan; expected a folder per plan, each with a plan.toml" in done.stderr


def test_a_project_of_faulty_plans_only_is_refused(project: Any) -> None:
    """Exit 2 where nothing can be built, and every plan's fault is told."""
    done = project.add("gone-2011", more=PATCH).add("fewer-2011", more="[expect]\nactions = 12\n").run("build")
    assert done.returncode == 2
    assert "a patch quotes 'gone'" in done.stderr and "actions = 12" in done.stderr


def test_coverage_of_a_plan_that_cannot_be_read_says_why(project: Any) -> None:
    """Exit 2 and the same message as from a build."""
    done = project.add("gone-2011", more=PATCH).run("coverage", "--plan", "gone-2011")
    assert done.returncode == 2
    assert "data/plans/gone-2011/source.txt:3: a patch quotes 'gone'" in done.stderr


@pytest.mark.parametrize(
    ("plan", "line", "words"),
    [
        ("atlantis-2011", 5, ["'atlantis'", "authorities.toml", "croydon"]),
        ("nameless-2011", 2, ["'A 1'", "lower-case letters, digits"]),
        ("taken-2011", 2, ["'catalogue'", "catalogue, dataset"]),
    ],
)
def test_a_plan_that_cannot_be_published_says_where_and_why(built: Any, plan: str, line: int, words: list[str]) -> None:
    """A council that nobody described, an id that is no name, and an id that is taken: told with their lines."""
    (error,) = errors_of(built[1], plan)
    assert error.startswith(f"plan.toml:{line}: ")
    assert all(word in error for word in words), error


def test_lines_and_rows_that_no_layout_reads_are_findings_of_a_graph_that_is_built(built: Any) -> None:
    """A layout that is not finished yet gives a graph, and the graph says what it does not read."""
    project, _ = built
    kinds = {
        str(kind).rsplit("/", 1)[-1] for kind in graph_of(project, "draft-2011").objects(None, rdflib.DCTERMS.type)
    }
    assert {"line-not-read", "row-not-read"} <= kinds
