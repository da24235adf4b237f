"""Decisions as SSSOM files: written the same each time, read with every fault named by its row."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from cyppgraph.errors import FaultyInputError
from cyppgraph.linking import LINK_KINDS, Link, Status, check_decisions, read_decisions, read_sssom, write_sssom
from cyppgraph.linking.review import choices, decide, describe_pair
from cyppgraph.linking.sssom import put_row
from cyppgraph.linking.texts import Entry, Text

BASE = "https://w3id.org/cyppgraph/id/"
INDICATORS = LINK_KINDS["indicators"]
KEPT = Link(
    kind="indicators",
    subject=BASE + "plan/southend-2011/measure/e33ab79f",
    subject_label="NEET to 4.9%",
    predicate="cypp:concernsIndicator",
    object=BASE + "indicator/ni/117",
    object_label="NI 117 NEET",
    status=Status.ACCEPTED,
    confidence=0.95,
    justification="semapv:ManualMappingCuration",
    author="A. Reader",
    date="2026-11-22",
    comment='the plan says "NEET", and means\tall of 16 to 18',
)
DROPPED = replace(
    KEPT,
    subject=BASE + "plan/southend-2011/action/1",
    subject_label="Care leavers in work",
    status=Status.REJECTED,
    confidence=0.9,
    comment="care leavers have NI 148",
)


def write(folder: Path, *links: Link, edit: tuple[str, str] = ("", ""), name: str = "indicators") -> Path:
    """Write a file of decisions, with one text of it replaced by another."""
    folder.mkdir(exist_ok=True)
    text = write_sssom(links, INDICATORS).decode()
    assert edit[0] in text
    path = folder / f"{name}.sssom.tsv"
    path.write_text(text.replace(*edit) if edit[0] else text, encoding="utf-8")
    return path


def test_what_is_written_is_read_again_and_written_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, KEPT, DROPPED)
    read = read_sssom(path, INDICATORS)
    assert [(link.subject, link.status, link.confidence) for link in read] == [
        (DROPPED.subject, Status.REJECTED, 0.9),
        (KEPT.subject, Status.ACCEPTED, 0.95),
    ]
    assert read[1].comment == 'the plan says "NEET", and means all of 16 to 18'
    assert write_sssom(reversed(read), INDICATORS) == path.read_bytes()


def test_whether_the_plan_states_an_outcome_is_kept(tmp_path: Path) -> None:
    kind = LINK_KINDS["every-child-matters"]
    link = Link(
        kind=kind.name,
        subject=BASE + "plan/croydon-2013/theme/1",
        subject_label="Be Healthy",
        predicate="cypp:everyChildMatters",
        object=BASE + "scheme/every-child-matters/be-healthy",
        object_label="Be healthy",
        status=Status.ACCEPTED,
        confidence=1,
        justification="semapv:ManualMappingCuration",
        author="A. Reader",
        date="2026-11-22",
        certainty="stated",
    )
    path = tmp_path / "every-child-matters.sssom.tsv"
    path.write_bytes(write_sssom([link], kind))
    assert read_sssom(path, kind)[0].certainty == "stated"


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (("cypp:concernsIndicator", "cypp:concernIndicator"), "did you mean cypp:concernsIndicator?"),
        (("\t0.95\t", "\t1.2\t"), "the confidence 1.2 is outside 0 to 1"),
        (("\t0.95\t", "\thigh\t"), "the confidence 'high' is no number"),
        (("\t0.95\t", "\t\t"), "the confidence '' is no number"),
        (("id:plan/southend-2011", "plans:southend-2011"), "the prefix of 'plans:southend-2011/measure/e33ab79f'"),
        (("semapv:ManualMappingCuration", "semapv:Guess"), "the justification 'semapv:Guess' is none of"),
        (("2026-11-22", "22.11.2026"), "the mapping_date '22.11.2026' is no day"),
        (("NEET to 4.9%\t", "NEET to\t4.9%\t"), "has 13 cells where the table has 12 columns"),
        (("\tcypp:concernsIndicator\t\t", "\tcypp:concernsIndicator\tNever\t"), "the modifier 'Never'"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_file_and_row(
    tmp_path: Path, edit: tuple[str, str], fault: str
) -> None:
    path = write(tmp_path, KEPT, edit=edit)
    with pytest.raises(FaultyInputError) as error:
        read_decisions(tmp_path)
    assert fault in str(error.value)
    assert f"{path}:{len(path.read_text(encoding='utf-8').splitlines())}" in str(error.value)


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, KEPT, edit=("\t0.95\t", "\t7\t"))
    (tmp_path / "topic.sssom.tsv").write_text("record_id\n", encoding="utf-8")
    (tmp_path / "topics.sssom.tsv").write_text("record_id\tsubject_id\n", encoding="utf-8")
    (tmp_path / "leads.sssom.tsv").write_bytes("subject_id\tBüro\n".encode("cp1252"))
    with pytest.raises(FaultyInputError) as error:
        read_decisions(tmp_path)
    told = str(error.value)
    assert "outside 0 to 1" in told
    assert re.search(r"topic\.sssom\.tsv: is no kind of link; the files are indicators\.sssom\.tsv", told)
    assert re.search(r"topics\.sssom\.tsv:1: lacks the column subject_label, predicate_id", told)
    assert re.search(r"leads\.sssom\.tsv: is not UTF-8 text", told)


def test_two_rows_that_contradict_each_other_are_both_named(tmp_path: Path) -> None:
    path = write(tmp_path, KEPT, DROPPED)
    text = path.read_text(encoding="utf-8")
    again = text.splitlines()[-1].replace("cypp:concernsIndicator\t\t", "cypp:concernsIndicator\tNot\t")
    path.write_text(f"{text}{again}\n", encoding="utf-8")
    rows = len(text.splitlines())
    with pytest.raises(FaultyInputError, match=rf"{path.name}:{rows + 1}: contradicts what row {rows} says"):
        read_decisions(tmp_path)


def test_a_row_said_twice_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, KEPT)
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{text.splitlines()[-1]}\n", encoding="utf-8")
    with pytest.raises(FaultyInputError, match="says again what row"):
        read_decisions(tmp_path)


def test_a_row_whose_text_is_gone_links_nothing_and_is_reported(tmp_path: Path) -> None:
    path = write(tmp_path, KEPT, DROPPED)
    words = {KEPT.subject: KEPT.subject_label, KEPT.object: "NI 117"}
    sound, findings = check_decisions(read_decisions(tmp_path), words.get)
    assert [link.subject for link in sound] == [KEPT.subject]
    (finding,) = findings
    assert finding.kind == "link-dangling"
    assert (finding.where.file, finding.where.first_line) == (str(path), sound[0].row - 1)
    assert DROPPED.subject in finding.message
    assert DROPPED.subject_label in finding.message


def test_a_row_that_was_decided_on_other_words_is_applied_and_reported(tmp_path: Path) -> None:
    write(tmp_path, KEPT)
    words = {KEPT.subject: "NEET to 5.9%", KEPT.object: "NI 117"}
    sound, findings = check_decisions(read_decisions(tmp_path), words.get)
    assert len(sound) == 1
    assert [finding.kind for finding in findings] == ["link-reworded"]
    assert "“NEET to 4.9%”, but the plan now reads “NEET to 5.9%”" in findings[0].message


def test_a_pair_is_shown_with_its_line_and_its_reason() -> None:
    from cyppgraph.linking.ranking import Candidate

    text = Text(KEPT.subject, "Measure", "southend-2011", "NEET to 4.9%", ("Reduce NEET",), (), 2)
    candidate = Candidate(Entry(KEPT.object, "NI 117", "16 to 18 year olds NEET"), 1, 0.91, 0.4, ("neet",))
    shown = describe_pair(text, candidate, ("first", "| NEET to 4.9% | March 2012 |"), "3 of 41")
    for part in (
        "3 of 41",
        "southend-2011 · Measure · line 2",
        "under: Reduce NEET",
        "2 | | NEET to 4.9% | March",
        "NI 117",
    ):
        assert part in shown
    assert "alike 0.91, ahead by 0.40; both: neet" in shown


def test_an_answer_becomes_a_row() -> None:
    from cyppgraph.linking.ranking import Candidate

    text = Text(KEPT.subject, "Measure", "southend-2011", "NEET to 4.9%")
    candidate = Candidate(Entry(KEPT.object, "NI 117", "NEET"), 1, 0.91, 0.4, ("neet",))
    answers = {choice.key: choice for choice in choices(INDICATORS)}
    assert set(answers) == {"c", "r", "n"}
    related = decide("indicators", text, candidate, answers["r"], 0.8, "A. Reader", "2026-11-22", "why")
    assert (related.predicate, related.status) == ("cypp:relatesToIndicator", Status.ACCEPTED)
    rejected = decide("indicators", text, candidate, answers["n"], 0.8, "A. Reader", "2026-11-22", "why")
    assert rejected.status is Status.REJECTED
    assert "\tNot\t" in write_sssom([rejected], INDICATORS).decode()
    assert [choice.key for choice in choices(LINK_KINDS["topics"])] == ["y", "n"]


def test_a_decision_is_put_in_its_place_and_leaves_what_others_added(tmp_path: Path) -> None:
    """A column and a comment that somebody added by hand stay; a decision about the same pair is replaced."""
    text = write(tmp_path, KEPT).read_text(encoding="utf-8")
    head, table = text.split("record_id", 1)
    columns, row = f"record_id{table}".splitlines()
    held = f"{head}#comment: read twice\n{columns}\treviewer_label\n{row}\tB. Reader\n"
    added = put_row(held, DROPPED)
    assert added.splitlines()[-2:] == [*put_row(held, DROPPED).splitlines()[-2:-1], f"{row}\tB. Reader"]
    assert "#comment: read twice" in added
    assert "care leavers have NI 148" in added.splitlines()[-2]
    changed = put_row(added, replace(KEPT, confidence=0.5))
    assert len(changed.splitlines()) == len(added.splitlines())
    assert "\t0.5\t" in changed.splitlines()[-1]


def test_putting_rows_gives_the_file_that_is_written_at_once(tmp_path: Path) -> None:
    both = write_sssom([KEPT, DROPPED], INDICATORS).decode()
    assert put_row(write_sssom([KEPT], INDICATORS).decode(), DROPPED) == both
    assert put_row(write_sssom([DROPPED], INDICATORS).decode(), KEPT) == both
