"""The decisions that are published: valid SSSOM, written as we write it, and sound against the built graph."""

from __future__ import annotations

import csv
import logging
from pathlib import Path

import pytest

from cyppgraph.linking import LINK_KINDS, Status, check_decisions, read_decisions, read_sssom, write_sssom
from cyppgraph.pipeline.curation import Curation
from cyppgraph.pipeline.texts import Linkables
from cyppgraph.resources import find_resources

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "links"
FILES = sorted(FOLDER.glob("*.sssom.tsv"))
DECISIONS = read_decisions(FOLDER)
PLAN = "https://w3id.org/cyppgraph/id/plan/"
LABELLED = Path(__file__).resolve().parent / "labelled.tsv"


@pytest.fixture(scope="module")
def linkables() -> Linkables:
    """Return what the built graph holds, without what rests on links."""
    return Curation(find_resources(ROOT)).linkables


def validate(path: Path, caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the SSSOM project's own library has against a file; what it warns of while reading is said, too.

    Its strict mode is of no use here: it takes sound metadata for unsound (0.4.21).
    """
    from sssom.constants import SchemaValidationType
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate as validate_set

    caplog.set_level(logging.WARNING)
    kinds = [SchemaValidationType.JsonSchema, SchemaValidationType.PrefixMapCompleteness]
    reports = validate_set(parse_sssom_table(path), validation_types=kinds, fail_on_error=False)
    found = [result.message for report in reports.values() for result in report.results]
    return found + [record.getMessage() for record in caplog.records]


def test_every_kind_of_link_has_its_file() -> None:
    assert {path.name.removesuffix(".sssom.tsv") for path in FILES} == set(LINK_KINDS)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore")
def test_a_file_is_valid_sssom_by_the_standards_own_library(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert validate(path, caplog) == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("was", "now"), [("\t0.95\t", "\t9.5\t"), ("#mapping_set_title", "#title_of_set")])
def test_that_library_tells_what_is_not_sssom(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, was: str, now: str
) -> None:
    text = (FOLDER / "leads.sssom.tsv").read_text(encoding="utf-8")
    broken = tmp_path / "leads.sssom.tsv"
    broken.write_text(text.replace(was, now), encoding="utf-8")
    assert validate(broken, caplog) != []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_written_as_we_write_it(path: Path) -> None:
    kind = LINK_KINDS[path.name.removesuffix(".sssom.tsv")]
    assert write_sssom(read_sssom(path, kind), kind) == path.read_bytes()


def test_every_row_can_be_applied_to_the_graph_as_it_stands(linkables: Linkables) -> None:
    sound, findings = check_decisions(DECISIONS, linkables.words.get)
    assert [str(finding) for finding in findings] == []
    assert len(sound) == len(DECISIONS.links)


def test_every_decision_says_who_when_and_how_sure() -> None:
    for link in DECISIONS.links:
        assert link.author
        assert link.date
        assert 0.5 <= link.confidence <= 1, link
        assert link.comment or link.kind == "topics", link


def test_no_decision_is_about_a_person() -> None:
    assert not [link for link in DECISIONS.links if "/person/" in link.subject + link.object]


def test_spellings_are_of_one_kind_and_of_one_plan() -> None:
    for link in DECISIONS.of("leads"):
        (plan, kind), (other, of) = (iri.removeprefix(PLAN).split("/")[:2] for iri in link.pair)
        assert (plan, kind) == (other, of)


def test_an_outcome_is_stated_or_inferred_and_topics_are_three_at_most() -> None:
    assert {link.certainty for link in DECISIONS.of("every-child-matters")} == {"stated", "inferred"}
    topics: dict[str, int] = {}
    for link in DECISIONS.of("topics"):
        topics[link.subject] = topics.get(link.subject, 0) + 1
    assert max(topics.values()) == 3


def test_a_code_used_for_another_thing_is_no_link() -> None:
    """NI 108 printed for Sure Start is not the nation's NI 108."""
    held = {
        (link.predicate, link.object.rpartition("/")[2]): link.status
        for link in DECISIONS.of("local-indicators")
        if "as-printed-in/richmond-2009" in link.subject
    }
    assert held[("skos:closeMatch", "108")] is Status.REJECTED
    assert held[("skos:closeMatch", "109")] is Status.ACCEPTED


def test_the_labelled_pairs_are_pairs_that_were_accepted() -> None:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        labelled = {(row["subject"], row["code"]) for row in csv.DictReader(file, delimiter="\t")}
    accepted = {
        (link.subject, " ".join(link.object_label.split()[:2]))
        for link in DECISIONS.links
        if link.status is Status.ACCEPTED
    }
    assert len(labelled) >= 120
    assert labelled <= accepted
