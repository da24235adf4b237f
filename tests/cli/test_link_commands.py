"""Linking as users do it: candidates are shown, pairs are decided on, and what is decided becomes a graph."""

from __future__ import annotations

import csv
import io
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import redirect_stderr, redirect_stdout
from hashlib import sha256
from pathlib import Path

import click
import pytest
from rdflib import RDF, RDFS, VOID, Graph, URIRef

from cyppgraph.cli import main
from cyppgraph.cli.linking import propose
from cyppgraph.linking import LINK_KINDS, PROPOSED_KINDS
from cyppgraph.linking.sssom import read_sssom
from cyppgraph.namespaces import Namespaces
from made_up import HEAD, PRIORITIES

REPOSITORY = Path(__file__).parents[2]
NAMES = Namespaces()
PLAN = "croydon-2011"
NEET, BULLYING, BREASTFEEDING = "NI 117", "NI 69", "NI 53"
DOCUMENT = """\
A made-up plan
Priority 1: Young people do well
Action\tMeasure\tDue\tLead
Open a website\t16 to 18 year olds who are not in education, employment or training\tMarch 2012\tAnn Lee
Print a leaflet\tChildren who have experienced bullying\tMarch 2012\tHead of Schools
Hold a meeting\tPrevalence of breastfeeding at 6-8 weeks\tMarch 2013\tHead of Health
"""
TABLE = """\
[[table]]
column = [
    {{ heading = "Action", role = "action" }},
    {{ heading = "Measure", role = "measures" }},
    {{ heading = "Due", role = "due" }},
    {{ heading = "Lead", role = "lead" }},
]
"""
METADATA = """\
#curie_map:
#  cypp: https://w3id.org/cyppgraph/ontology#
#  id: https://w3id.org/cyppgraph/id/
#  semapv: https://w3id.org/semapv/vocab/
"""
COLUMNS = [
    "record_id",
    "subject_id",
    "subject_label",
    "predicate_id",
    "predicate_modifier",
    "object_id",
    "object_label",
    "mapping_justification",
    "confidence",
    "author_label",
    "mapping_date",
    "comment",
]
Pairs = dict[str, dict[str, str]]
FIRST_ROW = METADATA.count("\n") + 2


class Project:
    """A built copy of the small project, and the command line on it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.turtle = root / "data" / "ttl"
        self.file = root / "data" / "links" / "indicators.sssom.tsv"

    def link(self, *arguments: str, answers: str = "") -> tuple[int, str, str]:
        """Run a command about links; its exit code, its results, what it said on stderr."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as streams, redirect_stdout(out), redirect_stderr(err):
            streams.setattr(sys, "stdin", io.StringIO(answers))
            code = main(["link", *arguments, "--root", str(self.root)])
        return code, out.getvalue(), err.getvalue()

    def candidates(self, *arguments: str) -> list[dict[str, str]]:
        _, out, _ = self.link("propose", "--format", "tsv", *arguments)
        return list(csv.DictReader(io.StringIO(out), delimiter="\t"))

    def decide(self, *rows: str) -> None:
        """Write decisions by hand, as a file of their own."""
        self.file.parent.mkdir(exist_ok=True)
        self.file.write_text(METADATA + "\n".join(("\t".join(COLUMNS), *rows, "")), encoding="utf-8")

    def decided(self) -> list[tuple[str, str, str]]:
        """What the file of decisions holds: status, code of the indicator, reason."""
        links = read_sssom(self.file, LINK_KINDS["indicators"])
        return sorted((str(link.status), " ".join(link.object_label.split()[:2]), link.comment) for link in links)

    def written(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in self.turtle.iterdir()}

    def graph(self, name: str) -> Graph:
        return Graph().parse(self.turtle / f"{name}.ttl")


def row(candidate: dict[str, str], **changed: str) -> str:
    """A row of a file of decisions: an accepted pair, but for what is changed."""
    cells = {
        "record_id": "id:link/indicators/1",
        "subject_id": candidate["subject"].replace(f"{NAMES.base}id/", "id:"),
        "subject_label": candidate["words"],
        "predicate_id": "cypp:concernsIndicator",
        "object_id": candidate["object"].replace(f"{NAMES.base}id/", "id:"),
        "object_label": f"{candidate['code']} {candidate['name']}",
        "mapping_justification": "semapv:ManualMappingCuration",
        "confidence": "0.9",
        "author_label": "A. Reader",
        "mapping_date": "2026-11-22",
        "comment": "Ann Lee is named here",
    }
    return "\t".join((cells | changed).get(name, "") for name in COLUMNS)


@pytest.fixture(scope="module")
def small(bare: Path, tmp_path_factory: pytest.TempPathFactory, run) -> Path:
    """A built project of one short plan, on whose pairs nobody has decided."""
    root = tmp_path_factory.mktemp("small") / "project"
    shutil.copytree(bare, root)
    for name in ("catalogue", "linking"):
        shutil.copytree(REPOSITORY / "data" / name, root / "data" / name)
    folder = root / "data" / "plans" / PLAN
    folder.mkdir()
    (folder / "source.txt").write_text(DOCUMENT, encoding="utf-8")
    layout = f"{HEAD}{PRIORITIES}{TABLE}".format(id=PLAN, sha256=sha256(DOCUMENT.encode()).hexdigest())
    (folder / "plan.toml").write_text(layout, encoding="utf-8")
    done = run("build", "--quiet", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.fixture(scope="module")
def pairs(small: Path) -> Pairs:
    """The best candidate of each measure, by the indicator's code."""
    rows = Project(small).candidates("--top", "1")
    return {row["code"]: row for row in rows if "/measure/" in row["subject"]}


@pytest.fixture
def project(small: Path, tmp_path: Path) -> Project:
    """A copy of that project."""
    return Project(shutil.copytree(small, tmp_path / "project"))


def test_every_kind_that_a_program_ranks_can_be_asked_for() -> None:
    offered = [option.type for option in propose.params if option.name == "kind"]
    assert [tuple(kinds.choices) for kinds in offered if isinstance(kinds, click.Choice)] == [PROPOSED_KINDS]


def test_candidates_are_shown_with_place_score_and_the_words_they_rest_on(project: Project) -> None:
    code, out, _ = project.link("propose")
    assert code == 0
    place = f"{PLAN}:4 Measure: 16 to 18 year olds who are not in education, employment or training\n"
    shown = out[out.index(place) + len(place) :].splitlines()
    assert re.fullmatch(r"  1\. \d\.\d\d +NI 117 16 to 18 year olds .* \[.*\bemployment\b.*\]", shown[0])
    assert [line[:4] for line in shown[:3]] == ["  1.", "  2.", "  3."]


def test_candidates_come_as_a_table_for_other_programs(project: Project) -> None:
    rows = project.candidates("--top", "2", "--plan", PLAN)
    measure = [row for row in rows if row["words"] == "Children who have experienced bullying"]
    assert [row["rank"] for row in measure] == ["1", "2"]
    assert (measure[0]["plan"], measure[0]["line"], measure[0]["code"]) == (PLAN, "5", BULLYING)
    assert (URIRef(measure[0]["subject"]), RDF.type, URIRef(f"{NAMES.ontology}Measure")) in project.graph(PLAN)
    assert "bullying" in measure[0]["shared"].split(", ")
    assert float(measure[0]["score"]) > float(measure[1]["score"])


def test_decided_texts_are_marked_and_left_out_if_asked(project: Project, pairs: Pairs) -> None:
    rejected = pairs[NEET]
    project.decide(row(rejected, predicate_modifier="Not"))
    marked = [one for one in project.candidates() if one["decided"]]
    assert [(one["subject"], one["object"], one["decided"]) for one in marked] == [
        (rejected["subject"], rejected["object"], "rejected")
    ]
    left = project.candidates("--undecided")
    assert left
    assert rejected["subject"] not in {one["subject"] for one in left}


@pytest.mark.parametrize("command", [["propose"], ["review", "--author", "A. Reader"]])
def test_an_unknown_plan_is_2_and_the_plans_are_named(project: Project, command: list[str]) -> None:
    code, out, err = project.link(*command, "--plan", "nowhere-1999")
    assert (code, out) == (2, "")
    assert f"there is no plan 'nowhere-1999' in the graph; there are: {PLAN}" in err


@pytest.mark.parametrize("command", [["propose"], ["review", "--author", "A. Reader"], ["apply"]])
def test_without_a_built_graph_it_is_2_and_says_what_to_do(project: Project, command: list[str]) -> None:
    shutil.rmtree(project.turtle)
    code, out, err = project.link(*command)
    assert (code, out) == (2, "")
    assert "cyppgraph build" in err
    assert not project.turtle.exists()


def test_a_pair_is_shown_with_its_line_of_the_document(project: Project) -> None:
    _, out, _ = project.link("review", "--author", "A. Reader", answers="q\n")
    assert "── 1 of 3 ──" in out
    assert "under: Young people do well" in out
    assert "4 | Open a website 16 to 18 year olds" in out
    assert "▸ NI 117 16 to 18 year olds" in out


def test_decisions_are_kept_and_a_second_run_goes_on_with_the_rest(project: Project) -> None:
    code, _, err = project.link("review", "--author", "A. Reader", answers="c\n0.8\nthe same rate\ns\nq\n")
    assert code == 0
    assert "1 decided, 2 left" in err
    assert project.decided() == [("accepted", NEET, "the same rate")]
    first = project.file.read_text(encoding="utf-8").splitlines()[-1].split("\t")
    assert first[COLUMNS.index("author_label")] == "A. Reader"
    assert first[COLUMNS.index("confidence")] == "0.8"

    _, out, err = project.link("review", "--author", "B. Reader", answers="n\n\nnot so\nr\n0.5\n\n")
    assert "── 1 of 2 ──" in out
    assert "2 decided, 0 left" in err
    assert project.decided() == [
        ("accepted", NEET, "the same rate"),
        ("accepted", BREASTFEEDING, ""),
        ("rejected", BULLYING, "not so"),
    ]
    lines = project.file.read_text(encoding="utf-8").splitlines()
    assert [line.split("\t") for line in lines if line.split("\t")[1:2] == first[1:2]] == [first]

    code, out, err = project.link("review", "--author", "C. Reader")
    assert (code, out) == (0, "")
    assert "0 decided, 0 left" in err


def test_pairs_that_are_little_alike_are_asked_about_only_if_wanted(project: Project) -> None:
    _, _, few = project.link("review", "--author", "A. Reader", answers="q\n")
    _, _, all_ = project.link("review", "--author", "A. Reader", "--all", answers="q\n")
    assert "0 decided, 3 left" in few
    assert int(re.findall(r"(\d+) left", all_)[0]) == len(project.candidates()) > 3


def test_an_answer_that_is_none_is_asked_again(project: Project) -> None:
    _, out, _ = project.link("review", "--author", "A. Reader", answers="x\nc\nvery\n1.2\n0.7\nyes\nq\n")
    assert out.count("how sure") == 3
    assert project.decided() == [("accepted", NEET, "yes")]


def test_answers_that_end_early_leave_what_was_decided(project: Project) -> None:
    code, _, err = project.link("review", "--author", "A. Reader", answers="c\n0.9\nyes\nn\n0.9")
    assert code == 0
    assert "1 decided, 2 left" in err
    assert project.decided() == [("accepted", NEET, "yes")]


def read_until(process: subprocess.Popen[bytes], words: str) -> None:
    """Read what a command prints up to some words; a timer ends a command that does not print them."""
    told = b""
    assert process.stdout is not None
    while words.encode() not in told:
        said = process.stdout.read(1)
        assert said, told.decode()
        told += said


def test_ctrl_c_stops_with_every_decision_in_a_whole_file(project: Project) -> None:
    """A decision is in the file before the next pair is answered."""
    command = [sys.executable, "-u", "-m", "cyppgraph", "link", "review", "--author", "A. Reader", "--root"]
    pipe = subprocess.PIPE
    restore = lambda: signal.signal(signal.SIGINT, signal.default_int_handler)  # noqa: E731  # may be ignored here
    process = subprocess.Popen(
        [*command, str(project.root)], stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0, preexec_fn=restore
    )
    timer = threading.Timer(60, process.kill)
    timer.start()
    try:
        assert process.stdin is not None
        read_until(process, "[q] stop")
        process.stdin.write(b"c\n0.9\nyes\n")
        read_until(process, "2 of 3")
        assert project.decided() == [("accepted", NEET, "yes")]
        read_until(process, "[q] stop")
        process.stdin.write(b"n\n0.9\n")
        read_until(process, "why (a few words)")
        time.sleep(0.5)  # input() of Python may miss an interrupt that comes just as it begins to wait
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=20)
    finally:
        timer.cancel()
        process.kill()
    assert process.returncode == 0
    assert "1 decided, 2 left" in told.decode()
    assert project.decided() == [("accepted", NEET, "yes")]
    assert [path.name for path in project.file.parent.iterdir()] == [project.file.name]


def triple(candidate: dict[str, str], predicate: str = "concernsIndicator") -> tuple[URIRef, URIRef, URIRef]:
    return URIRef(candidate["subject"]), URIRef(NAMES.ontology + predicate), URIRef(candidate["object"])


def test_accepted_pairs_become_triples_and_rejected_pairs_do_not(project: Project, pairs: Pairs, run) -> None:
    neet, bullying, breastfeeding = (pairs[code] for code in (NEET, BULLYING, BREASTFEEDING))
    project.decide(
        row(neet),
        row(bullying, predicate_modifier="Not", comment="not that"),
        row(breastfeeding, predicate_id="cypp:relatesToIndicator"),
    )
    code, out, _ = project.link("apply")
    assert (code, out) == (0, "wrote links.ttl; 0 rows need a look\n")

    links = project.graph("links")
    assert triple(neet) in links
    assert triple(breastfeeding, "relatesToIndicator") in links
    assert (URIRef(bullying["subject"]), None, None) not in links
    (rejected,) = links.subjects(RDF.subject, URIRef(bullying["subject"]))
    assert str(links.value(rejected, RDFS.comment)) == "not that"
    status = links.value(rejected, URIRef(f"{NAMES.ontology}linkStatus"))
    assert str(status).endswith("/rejected")

    checked = run("check", cwd=project.root)
    assert (checked.returncode, checked.stdout) == (0, "0 results: 0 violations, 0 warnings, 0 infos\n")


def test_what_is_applied_is_in_the_checksums_and_the_description(project: Project, pairs: Pairs) -> None:
    project.decide(row(pairs[NEET]))
    before = project.written()
    assert project.link("apply")[0] == 0
    written = project.written()
    assert {name for name in written if written[name] != before.get(name)} == {
        "links.ttl",
        "proposals.ttl",
        "dataset.ttl",
        "SHA256SUMS",
    }
    sums = dict(line.split("  ")[::-1] for line in written.pop("SHA256SUMS").decode().splitlines())
    assert sums == {name: sha256(content).hexdigest() for name, content in written.items()}
    dataset = project.graph("dataset")
    told = dataset.value(URIRef(f"{NAMES.ids}dataset/file/links"), VOID.triples)
    assert int(str(told)) == len(project.graph("links"))


def test_a_decided_pair_is_proposed_no_more(project: Project, pairs: Pairs) -> None:
    neet = pairs[NEET]
    proposed = (None, RDF.subject, URIRef(neet["subject"]))
    assert proposed in project.graph("proposals")
    project.decide(row(neet, predicate_modifier="Not"))
    project.link("apply")
    assert proposed not in project.graph("proposals")


def test_decisions_that_are_taken_back_leave_no_links(project: Project, pairs: Pairs) -> None:
    before = project.written()
    project.decide(row(pairs[NEET]))
    project.link("apply")
    assert project.written() != before
    project.file.unlink()
    assert project.link("apply")[0] == 0
    assert project.written() == before


def test_a_row_that_points_nowhere_is_1_with_file_and_row_and_links_nothing(project: Project, pairs: Pairs) -> None:
    neet, bullying = pairs[NEET], pairs[BULLYING]
    gone = dict(bullying, subject=bullying["subject"] + "-gone")
    project.decide(row(neet), row(gone))
    code, out, _ = project.link("apply")
    assert code == 1
    assert f"{project.file}:{FIRST_ROW + 1}: warning: link-dangling: {gone['subject']}: not in the graph" in out
    links = project.graph("links")
    assert triple(neet) in links
    assert URIRef(gone["subject"]) not in links.all_nodes()


def test_a_row_decided_on_other_words_is_1_and_applied(project: Project, pairs: Pairs) -> None:
    neet = pairs[NEET]
    project.decide(row(neet, subject_label="Young people out of work"))
    code, out, _ = project.link("apply")
    assert code == 1
    assert f"{project.file}:{FIRST_ROW}: warning: link-reworded: was decided on “Young people out of work”" in out
    assert triple(neet) in project.graph("links")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"confidence": "1.2"}, "the confidence 1.2 is outside 0 to 1"),
        ({"predicate_id": "cypp:concernIndicator"}, "did you mean cypp:concernsIndicator?"),
        ({"comment": "one\ttoo many"}, "has 13 cells"),
    ],
)
def test_a_faulty_file_is_2_and_nothing_is_written(
    project: Project, pairs: Pairs, changed: dict[str, str], words: str
) -> None:
    neet, bullying = pairs[NEET], pairs[BULLYING]
    project.decide(row(neet))
    project.link("apply")
    before = project.written()
    project.decide(row(neet, predicate_modifier="Not"), row(bullying, **changed))
    code, out, err = project.link("apply")
    assert (code, out) == (2, "")
    assert f"{project.file}:{FIRST_ROW + 1}: " in err
    assert words in err
    assert project.written() == before


def test_a_faulty_file_is_not_written_over_by_a_review(project: Project, pairs: Pairs) -> None:
    project.decide(row(pairs[NEET], confidence="high"))
    before = project.file.read_bytes()
    code, _, err = project.link("review", "--author", "A. Reader", answers="c\n\n\n")
    assert code == 2
    assert f"{project.file}:{FIRST_ROW}: " in err
    assert project.file.read_bytes() == before


def test_build_and_apply_write_the_same_bytes(project: Project, pairs: Pairs, run) -> None:
    neet, bullying = pairs[NEET], pairs[BULLYING]
    project.decide(row(neet), row(bullying, predicate_modifier="Not"))
    project.link("apply")
    applied = project.written()
    assert {"links.ttl", "proposals.ttl"} <= set(applied)
    done = run("build", "--quiet", cwd=project.root)
    assert done.returncode == 0, done.stdout
    assert project.written() == applied


def persons_of(root: Path) -> set[str]:
    """The persons whom the leads of a built project name."""
    turtle = "".join(path.read_text(encoding="utf-8") for path in (root / "data" / "ttl").glob("*-[0-9]*.ttl"))
    return set(re.findall(r'foaf:name "([^"]+)"', turtle))


def words_of(text: str) -> str:
    spaced = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    return f" {spaced} "


def named_in(folder: Path, persons: set[str]) -> set[str]:
    """Which persons the graphs of links name, in words or in addresses."""
    told = words_of("".join((folder / f"{name}.ttl").read_text(encoding="utf-8") for name in ("links", "proposals")))
    return {name for name in persons if words_of(name) in told}


@pytest.mark.long
def test_without_names_the_links_name_nobody(tmp_path: Path, run) -> None:
    """Neither the words nor the addresses of linked texts do, nor the reasons that people wrote."""
    persons = persons_of(REPOSITORY)
    assert len(persons) > 50
    for folder in ("shapes", "queries/checks", "data"):
        (tmp_path / folder).mkdir(parents=True)
    for rule in ("shapes/Plan.ttl", "queries/checks/person-shared-across-plans.rq"):  # all of them would take long
        shutil.copy(REPOSITORY / rule, tmp_path / rule)
    for name in ("ontology", "data/plans", "data/catalogue", "data/linking", "data/authorities.toml"):
        (tmp_path / name).symlink_to(REPOSITORY / name)
    shutil.copytree(REPOSITORY / "data" / "links", tmp_path / "data" / "links")
    (tmp_path / "data" / "links" / "topics.sssom.tsv").unlink()  # so that something is proposed
    leads = tmp_path / "data" / "links" / "leads.sssom.tsv"
    lines = leads.read_text(encoding="utf-8").splitlines()
    lines[-1] += f", as {', '.join(sorted(persons))} know"
    leads.write_text("\n".join((*lines, "")), encoding="utf-8")
    done = run("build", "--quiet", "--no-names", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert named_in(tmp_path / "data" / "ttl", persons) == set()
