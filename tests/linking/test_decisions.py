"""Decisions of many hands: what one file says against another row or the graph is told, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from cyppgraph.errors import FaultyInputError
from cyppgraph.linking import LINK_KINDS, Link, Status, check_decisions, read_decisions, read_sssom, write_sssom
from cyppgraph.linking.decisions import keep_label


def write(folder: Path, *links: Link) -> Path:
    """Write links of one kind as they stand, in this order, none left out."""
    kind = LINK_KINDS[links[0].kind]
    rows = [write_sssom([link], kind).decode().splitlines() for link in links]
    path = folder / f"{kind.name}.sssom.tsv"
    path.write_text("\n".join([*rows[0], *(row[-1] for row in rows[1:])]) + "\n", encoding="utf-8")
    return path


def test_a_pair_that_holds_both_ways_is_decided_once_for_both(tmp_path: Path, make_link) -> None:
    one, other = "https://w3id.org/cyppgraph/id/plan/p/role/a", "https://w3id.org/cyppgraph/id/plan/p/role/b"
    there = make_link(kind="leads", predicate="cypp:sameLeadAs", subject=one, object=other)
    back = make_link(kind="leads", predicate="cypp:sameLeadAs", subject=other, object=one, status=Status.REJECTED)
    path = write(tmp_path, there, back)
    row = len(path.read_text(encoding="utf-8").splitlines())
    with pytest.raises(FaultyInputError) as error:
        read_decisions(tmp_path)
    assert f"{path}:{row}: contradicts what row {row - 1} says of the same pair" in str(error.value)


def test_what_goes_in_one_direction_may_be_rejected_in_the_other(tmp_path: Path, make_link) -> None:
    one, other = (f"https://w3id.org/cyppgraph/id/plan/{plan}/action/1" for plan in ("p-2013", "p-2009"))
    there = make_link(kind="later-plans", predicate="cypp:takesUpAgain", subject=one, object=other)
    back = make_link(
        kind="later-plans", predicate="cypp:takesUpAgain", subject=other, object=one, status=Status.REJECTED
    )
    write(tmp_path, there, back)
    assert len(read_decisions(tmp_path).links) == 2


def test_a_row_whose_indicator_is_gone_links_nothing_and_names_it(tmp_path: Path, make_link) -> None:
    link = make_link()
    path = write(tmp_path, link)
    sound, (finding,) = check_decisions(read_decisions(tmp_path), {link.subject: link.subject_label}.get)
    assert (sound, finding.kind) == ([], "link-dangling")
    assert str(finding).startswith(f"{path}:{len(path.read_text(encoding='utf-8').splitlines())}: ")
    assert link.object in finding.message
    assert link.subject not in finding.message


def test_a_long_statement_is_known_again_by_its_beginning(tmp_path: Path, make_link) -> None:
    words = "Reduce the number of young people who are not in learning " * 20
    link = make_link(subject_label=keep_label(words))
    write(tmp_path, link)
    assert len(link.subject_label) <= 300 and link.subject_label.endswith("…")
    assert check_decisions(read_decisions(tmp_path), {link.subject: words, link.object: "NI 117"}.get)[1] == []


def test_other_white_space_is_no_other_wording(tmp_path: Path, make_link) -> None:
    link = make_link(subject_label="Cut NEET")
    write(tmp_path, link)
    assert check_decisions(read_decisions(tmp_path), {link.subject: "Cut\n NEET", link.object: "x"}.get)[1] == []


def test_rows_stand_in_the_order_of_their_subjects_and_objects(make_link) -> None:
    subjects = [f"https://w3id.org/cyppgraph/id/plan/p/action/{n}" for n in (3, 1, 2)]
    rows = write_sssom([make_link(subject=subject) for subject in subjects], LINK_KINDS["indicators"]).splitlines()
    assert [row.split(b"\t")[1][-1:] for row in rows[-3:]] == [b"1", b"2", b"3"]


@pytest.mark.parametrize("field", ["subject_label", "object_label", "author", "comment"])
def test_tabs_and_line_ends_in_a_text_break_no_row(tmp_path: Path, make_link, field: str) -> None:
    path = write(tmp_path, make_link(**{field: 'A "B"\tC\nD\u2028E'}))
    (link,) = read_sssom(path, LINK_KINDS["indicators"])
    assert getattr(link, field) == 'A "B" C D E'


def test_a_file_saved_on_windows_is_read(tmp_path: Path, make_link) -> None:
    """With a byte order mark and with its line ends."""
    path = write(tmp_path, make_link())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert [link.confidence for link in read_decisions(tmp_path).links] == [0.9]


def test_an_address_that_could_not_be_written_again_is_a_fault_of_its_row(tmp_path: Path, make_link) -> None:
    path = write(tmp_path, make_link())
    text = path.read_text(encoding="utf-8").replace("#  id:", "#  ex: https://example.org/\n#  id:")
    path.write_text(text.replace("\tid:indicator/", "\tex:indicator/"), encoding="utf-8")
    with pytest.raises(FaultyInputError, match=r"indicators\.sssom\.tsv:\d+: https://example\.org/indicator/ni/117"):
        read_decisions(tmp_path)


@pytest.mark.parametrize("confidence", ["nan", "-0.1", "inf", "90%"])
def test_a_confidence_that_is_no_share_is_refused(tmp_path: Path, make_link, confidence: str) -> None:
    path = write(tmp_path, make_link())
    path.write_text(path.read_text(encoding="utf-8").replace("\t0.9\t", f"\t{confidence}\t"), encoding="utf-8")
    with pytest.raises(FaultyInputError, match=f"the confidence '?{confidence}"):
        read_decisions(tmp_path)


def test_a_project_without_decisions_has_none(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "links").links == ()
