"""IRIs rest on what is printed, stay when something else changes, and never name two things."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rdflib import URIRef

from cyppgraph.errors import CyppgraphError
from cyppgraph.findings import Finding, Severity
from cyppgraph.mapping import mint
from cyppgraph.mapping.slugs import SLUG_LENGTH, slug
from cyppgraph.namespaces import Namespaces
from cyppgraph.plan import Action, Due, Measure, Outcome, OutcomeKind, Theme, TimeKind
from cyppgraph.where import Where

PLAN = "https://w3id.org/cyppgraph/id/plan/richmond-2009/"
IDS = "https://w3id.org/cyppgraph/id/"


def action(ref, words, make_passage, parent=3, line=50, **changes):
    return Action(ref=ref, statement=words, sources=(make_passage(line, words),), parent=parent, position=1, **changes)


def measure(ref, code, words, make_passage, line=50, **changes):
    return Measure(
        ref=ref,
        statement=words,
        sources=(make_passage(line, f"{code} {words}"),),
        parent=3,
        position=1,
        code=code,
        **changes,
    )


def with_elements(plan, *added):
    return replace(plan, elements=(*plan.elements, *added))


@pytest.mark.parametrize(
    ("ref", "path"),
    [
        (1, "theme/1"),
        (2, "commitment/1.1"),
        (3, "outcome/1.1.6"),
        (4, "measure/ni-117"),
        (5, "measure/csc-001"),
        (8, "action/2a"),
    ],
)
def test_a_printed_number_or_code_is_the_name(make_plan, ns, ref, path):
    assert mint(make_plan(), ns).nodes[ref] == URIRef(PLAN + path)


def test_a_scope_keeps_equal_numbers_apart(make_plan, make_passage, ns):
    plan = with_elements(
        make_plan(),
        action(50, "First", make_passage, number="1", scope="Priority 2"),
        action(51, "Second", make_passage, number="1", scope="Priority 3"),
    )
    nodes = mint(plan, ns).nodes
    assert nodes[50] == URIRef(PLAN + "action/priority-2-1")
    assert nodes[51] == URIRef(PLAN + "action/priority-3-1")


def test_a_number_used_twice_is_told_apart_by_the_words(make_plan, make_passage, ns):
    one, two = action(50, "First", make_passage, number="7"), action(51, "Second", make_passage, number="7")
    nodes = mint(with_elements(make_plan(), one, two), ns).nodes
    assert nodes[50] != nodes[51]
    assert all(nodes[ref].startswith(PLAN + "action/7-") for ref in (50, 51))
    swapped = mint(with_elements(make_plan(), two, one), ns).nodes
    assert (swapped[50], swapped[51]) == (nodes[50], nodes[51])


def test_a_code_used_twice_is_told_apart_by_the_words(make_plan, make_passage, ns):
    plan = with_elements(make_plan(), measure(50, "NI 117", "Another wording", make_passage, scheme="NI"))
    iris = mint(plan, ns)
    assert iris.nodes[50] != iris.nodes[4]
    assert iris.nodes[50].startswith(PLAN + "measure/ni-117-")
    assert iris.indicators[50] == iris.indicators[4] == URIRef(IDS + "indicator/ni/117")


def test_what_bears_no_number_is_named_by_its_words_and_the_numbered_element_above(make_plan, make_passage, ns):
    below_outcome = action(50, "Plant trees", make_passage)
    below_commitment = action(51, "Plant trees", make_passage, parent=2)
    nodes = mint(with_elements(make_plan(), below_outcome, below_commitment), ns).nodes
    assert nodes[50] != nodes[51]
    assert len(nodes[50].removeprefix(PLAN + "action/")) == 8


def test_the_same_words_twice_in_one_place_are_counted(make_plan, make_passage, ns):
    plan = with_elements(make_plan(), *(action(50 + n, "Plant trees", make_passage, line=50 + n) for n in range(3)))
    nodes = mint(plan, ns).nodes
    assert nodes[51] == URIRef(nodes[50] + "-2")
    assert nodes[52] == URIRef(nodes[50] + "-3")


def test_the_same_words_under_two_unnumbered_elements_do_not_swap_names(make_plan, make_passage, ns):
    parents = [action(50, "Plant trees", make_passage), action(51, "Sow seeds", make_passage)]
    children = [action(60 + n, "Report", make_passage, parent=50 + n, line=55 + n) for n in range(2)]
    nodes = mint(with_elements(make_plan(), *parents, *children), ns).nodes
    swapped = mint(with_elements(make_plan(), *reversed(parents), *reversed(children)), ns).nodes
    assert nodes[60] != nodes[61]
    assert (swapped[60], swapped[61]) == (nodes[60], nodes[61])
    assert not any(nodes[ref].endswith("-2") for ref in (60, 61))


def test_lines_of_money_printed_in_one_cell_are_told_apart_by_their_years(make_plan, ns):
    plan = make_plan()
    lines = [replace(plan.elements[9], ref=50 + n, financial_year=f"202{n}/2{n + 1}") for n in range(3)]
    nodes = mint(with_elements(plan, *lines), ns).nodes
    backwards = mint(with_elements(plan, *reversed(lines)), ns).nodes
    assert {ref: nodes[ref] for ref in (50, 51, 52)} == {ref: backwards[ref] for ref in (50, 51, 52)}


def test_lines_put_in_above_change_only_passages_and_rows(make_plan, ns):
    before, after = mint(make_plan(), ns), mint(make_plan(shift=5), ns)
    assert before.nodes == after.nodes
    assert before.findings == after.findings
    assert before.indicators == after.indicators
    assert (before.roles, before.persons, before.bodies) == (after.roles, after.persons, after.bodies)
    assert (before.terms, before.externals) == (after.terms, after.externals)
    assert set(before.passages.values()).isdisjoint(after.passages.values())


def test_a_neighbour_reworded_changes_no_other_iri(make_plan, make_passage, ns):
    plan = make_plan()
    edited = replace(
        plan.elements[6], statement="Close a playground", sources=(make_passage(34, "Close a playground"),)
    )
    changed = replace(plan, elements=(*plan.elements[:6], edited, *plan.elements[7:]))
    before, after = mint(plan, ns).nodes, mint(changed, ns).nodes
    # 7 is the action itself, 20 its lead, 12 a date that it shares with the action below it.
    assert {ref for ref in before if before[ref] != after[ref]} == {7, 20, 12}


def test_an_element_put_in_before_others_changes_no_other_iri(make_plan, make_passage, ns):
    plan = make_plan()
    longer = replace(plan, elements=(action(50, "Plant trees", make_passage, line=31), *plan.elements))
    before, after = mint(plan, ns).nodes, mint(longer, ns).nodes
    assert {ref: after[ref] for ref in before} == before


def test_a_date_hangs_below_its_element_and_a_shared_one_below_the_plan(make_plan, ns):
    nodes = mint(make_plan(), ns).nodes
    assert nodes[11].startswith(nodes[6] + "/due/")
    assert nodes[12].startswith(PLAN + "due/")
    assert nodes[20].startswith(nodes[7] + "/lead/")


def test_two_dates_of_the_same_words_are_two_nodes(make_plan, make_passage, ns):
    plan = make_plan()
    again = Due(ref=13, statement="Quarterly", sources=(make_passage(34, "Quarterly"),), kind=TimeKind.RECURRING)
    target = replace(plan.elements[5], due=(11, 13))
    plan = replace(plan, dues=(*plan.dues, again), elements=(*plan.elements[:5], target, *plan.elements[6:]))
    nodes = mint(plan, ns).nodes
    assert nodes[13] == URIRef(nodes[11] + "-2")


def test_equal_passages_are_one(make_plan, ns):
    iris = mint(make_plan(), ns)
    assert len(set(iris.passages.values())) == len({(p.first_line, p.last_line, p.quote) for p in iris.passages})
    assert all("/passage/L" in iri for iri in iris.passages.values())


def test_a_row_and_its_lines(make_plan, ns):
    iris = mint(make_plan(), ns)
    assert iris.rows[100].startswith(PLAN + "row/L34-")
    assert iris.lines == {(60, 61): URIRef(PLAN + "passage/L60-L61")}


def test_local_codes_belong_to_the_authority_and_national_ones_to_the_nation(make_plan, ns):
    iris = mint(make_plan(), ns)
    assert iris.indicators[4] == URIRef(IDS + "indicator/ni/117")
    assert iris.indicators[5] == URIRef(IDS + "indicator/richmond/csc/001")
    assert iris.indicator_schemes == {
        "NI": URIRef(IDS + "indicator/ni"),
        "CSC": URIRef(IDS + "indicator/richmond/csc"),
    }


def conflict(*refs):
    return tuple(Finding("code-conflict", Severity.WARNING, Where("f", 1), "Two meanings.", ref) for ref in refs)


def test_a_code_in_conflict_gives_an_indicator_of_the_plans_own(make_plan, make_passage, ns):
    plan = with_elements(make_plan(), measure(50, "NI 108", "Sure Start", make_passage, scheme="NI"))
    plan = replace(plan, findings=conflict(50))
    assert mint(plan, ns).indicators[50] == URIRef(IDS + "indicator/ni/108/as-printed-in/richmond-2009")


def test_two_meanings_of_a_code_in_conflict_are_two_indicators(make_plan, make_passage, ns):
    plan = with_elements(
        make_plan(),
        measure(50, "NI 108", "Sure Start", make_passage, scheme="NI"),
        measure(51, "NI 108", "Key Stage 4", make_passage, scheme="NI"),
    )
    indicators = mint(replace(plan, findings=conflict(50, 51)), ns).indicators
    assert indicators[50] != indicators[51]
    assert all("/ni/108/as-printed-in/richmond-2009-" in indicators[ref] for ref in (50, 51))


def test_a_code_of_no_declared_set_is_the_authoritys_own(make_plan, make_passage, ns):
    iris = mint(with_elements(make_plan(), measure(50, "LPI 7", "Own", make_passage)), ns)
    assert iris.indicators[50] == URIRef(IDS + "indicator/richmond/lpi/7")


@pytest.mark.parametrize("number", ["1/2", "a b", "½", "1#2", "1?x", '"1"', "ü"])
def test_odd_numbers_are_safe_in_an_address(make_plan, make_passage, ns, number):
    iri = mint(with_elements(make_plan(), action(50, "Odd", make_passage, number=number)), ns).nodes[50]
    local = iri.removeprefix(PLAN + "action/")
    assert local.isascii()
    assert not set(local) & set(' /#?"<>')


def test_two_things_at_one_address_are_refused(make_plan, make_passage, ns, monkeypatch):
    monkeypatch.setattr("cyppgraph.mapping.iris.digest", lambda *_: "00000000")
    with pytest.raises(CyppgraphError, match="would name two things"):
        mint(make_plan(), ns)


def test_a_number_that_reads_like_a_hash_is_refused_and_not_merged(make_plan, make_passage, ns):
    plain = with_elements(make_plan(), action(50, "Plant trees", make_passage))
    mark = mint(plain, ns).nodes[50].rsplit("/", 1)[1]
    with pytest.raises(CyppgraphError, match="would name two things"):
        mint(with_elements(plain, action(51, "Other", make_passage, number=mark)), ns)


@pytest.mark.parametrize("plan_id", ["", "Croydon 2013", "a/b", "croydon_2013"])
def test_a_plan_id_that_cannot_stand_in_an_address_is_refused(make_plan, ns, plan_id):
    with pytest.raises(CyppgraphError, match="lower-case letters"):
        mint(make_plan(id=plan_id), ns)


def test_handles_used_twice_are_refused(make_plan, ns):
    plan = make_plan()
    with pytest.raises(CyppgraphError, match="same handle"):
        mint(with_elements(plan, plan.elements[0]), ns)
    with pytest.raises(CyppgraphError, match="stands for two nodes"):
        mint(replace(plan, dues=(replace(plan.dues[0], ref=1),)), ns)


def test_a_parent_that_is_missing_or_below_is_refused(make_plan, make_passage, ns):
    with pytest.raises(CyppgraphError, match="which is no element"):
        mint(with_elements(make_plan(), action(50, "Lost", make_passage, parent=999)), ns)
    ring = (action(50, "A", make_passage, parent=51), action(51, "B", make_passage, parent=50))
    with pytest.raises(CyppgraphError, match="stands under itself"):
        mint(with_elements(make_plan(), *ring), ns)


def test_a_finding_about_nothing_is_refused(make_plan, ns):
    finding = Finding("lead-missing", Severity.INFO, Where("f", 1), "No lead.", 999)
    with pytest.raises(CyppgraphError, match="targets 999"):
        mint(make_plan(findings=(finding,)), ns)


def test_equal_findings_are_two_nodes(make_plan, ns):
    finding = Finding("lead-missing", Severity.INFO, Where("f", 1), "No lead.", 3)
    iris = mint(make_plan(findings=(finding, finding)), ns)
    assert iris.findings[1] == URIRef(iris.findings[0] + "-2")


def test_another_base_moves_everything(make_plan):
    iris = mint(make_plan(), Namespaces("https://data.croydon.gov.uk/plans"))
    every = [iris.plan, *iris.nodes.values(), *iris.rows.values(), *iris.passages.values(), *iris.indicators.values()]
    assert all(iri.startswith("https://data.croydon.gov.uk/plans/id/") for iri in every)


def test_no_two_nodes_share_an_iri(make_plan, ns):
    iris = mint(make_plan(), ns)
    every = [
        iris.plan,
        *iris.nodes.values(),
        *iris.rows.values(),
        *set(iris.passages.values()),
        *iris.lines.values(),
        *iris.findings,
        *set(iris.indicators.values()),
        *iris.roles.values(),
        *iris.persons.values(),
        *iris.bodies.values(),
        *iris.terms.values(),
        *iris.externals.values(),
    ]
    assert len(every) == len(set(every))


def test_the_kind_of_an_element_is_part_of_its_name(make_plan, make_passage, ns):
    words = (make_passage(50, "Same words"),)
    plan = with_elements(
        make_plan(),
        Outcome(ref=50, statement="Same words", sources=words, parent=2, position=1, kind=OutcomeKind.BENEFIT),
        Theme(ref=51, statement="Same words", sources=words, parent=2, position=1),
    )
    nodes = mint(plan, ns).nodes
    assert nodes[50].replace("/outcome/", "/theme/") == str(nodes[51])


def test_the_seed_of_pythons_hashes_changes_nothing(tmp_path):
    script = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "import conftest\nfrom cyppgraph.mapping import mint\nfrom cyppgraph.namespaces import Namespaces\n"
        "print(mint(conftest.build_plan(), Namespaces()))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            cwd=tmp_path,
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Head of Play", "head-of-play"),
        ("Children’s Trust & Partners", "childrens-trust-and-partners"),
        ("  École – Zoë ", "ecole-zoe"),
        ("CFL, LBC", "cfl-lbc"),
    ],
)
def test_slugs(text, name):
    assert slug(text) == name


def test_slugs_are_never_empty_and_never_endless():
    assert slug("***") != slug("???") != ""
    long_one, long_two = slug("word " * 40 + "one"), slug("word " * 40 + "two")
    assert long_one != long_two
    assert len(long_one) <= SLUG_LENGTH + 9
