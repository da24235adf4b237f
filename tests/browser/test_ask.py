"""Asking in a browser: a query is written with what the editor offers, broken, mended, sorted, drawn, shared."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from browser.test_accessibility import AXE, RULES, RUN

playwright = pytest.importorskip("playwright.sync_api", reason="no Playwright")
expect = playwright.expect
expect.set_options(timeout=20_000)  # tests run side by side

COUNTS = """SELECT ?plan (COUNT(?action) AS ?actions) {
  ?action a cypp:Action ; cypp:inPlan/dct:identifier ?plan
} GROUP BY ?plan"""
DAYS = """SELECT ?action ?place ?day {
  ?action a cypp:Action ; cypp:position ?place OPTIONAL { ?action cypp:due/cypp:latest ?day }
} LIMIT 90"""
ROWS = "#answer-table tbody tr"


def address(**fields: str) -> str:
    return f"/ask?{urlencode(fields)}"


def write(page, text: str) -> None:
    page.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def choose(page, name: str) -> None:
    """Take what the editor offers, by keyboard."""
    expect(page.locator(".cm-tooltip-autocomplete li").first).to_contain_text(name)
    page.wait_for_timeout(400)  # for a moment after they appear, the editor takes no key for a choice
    page.keyboard.press("Enter")
    expect(page.locator(".cm-tooltip-autocomplete li", has_text=re.compile(f"^{name}"))).to_have_count(0)


def read_query(page) -> str:
    return page.locator("#query").input_value()


def test_a_query_is_written_broken_mended_and_shared(page, open_page) -> None:
    page.goto("/ask")
    write(page, "SELECT ?x ?words {\n?x a cypp:Act")
    choose(page, "cypp:Action")
    page.keyboard.type(" ; subj")
    choose(page, "dct:subject")
    page.keyboard.type(" neet")
    choose(page, "topic:neet")
    page.keyboard.type(" ; cypp:statement ?words . FILTR (true)")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#trouble")).to_contain_text("Line 2, column")
    expect(page.locator("#trouble")).to_contain_text("'FILTR' cannot stand here")
    expect(page.locator(".cm-lintRange-error")).to_have_text(re.compile("^FILTR"))
    expect(page.locator(".cm-content")).to_be_focused()
    for _ in "FILTR (true)":
        page.keyboard.press("Delete")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer-summary")).to_contain_text("rows")
    expect(page.locator("#trouble")).to_be_empty()
    assert page.locator(ROWS).count() > 5
    page.keyboard.press("Control+Z")
    assert "FILTR" in read_query(page), "what was written can be undone after the answer has come"

    shared = open_page()
    shared.goto(page.url)
    assert shared.locator(ROWS).all_inner_texts() == page.locator(ROWS).all_inner_texts()
    assert "topic:neet" in read_query(shared)
    page.go_back()
    expect(page.locator("#trouble")).to_contain_text("FILTR")
    page.go_forward()
    expect(page.locator("#answer-summary")).to_contain_text("rows")
    assert "FILTR" not in read_query(page)


def test_a_prefix_that_is_not_known_is_declared_when_it_is_chosen(page) -> None:
    page.goto("/ask")
    write(page, "SELECT * { ?s bib")
    choose(page, "bibo:")
    assert read_query(page).startswith("PREFIX bibo: <http://purl.org/ontology/bibo/>\nSELECT * { ?s bibo:")
    write(page, "SELECT * { ?s dc")
    expect(page.locator(".cm-tooltip-autocomplete li").first).to_contain_text("dc")
    page.keyboard.type("t")
    expect(page.locator(".cm-tooltip-autocomplete li").first).to_contain_text("dct:prefix")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    assert "PREFIX" not in read_query(page)
    expect(page.locator(".cm-tooltip-autocomplete li").first).to_contain_text("dct:")


def test_what_things_of_a_class_have_comes_first(page) -> None:
    page.goto("/ask")
    write(page, "SELECT * { ?x a cypp:Target ; ")
    page.keyboard.press("Control+Space")
    offered = page.locator(".cm-tooltip-autocomplete li")
    expect(offered.first).to_contain_text("cypp:")
    assert all("Target" in text for text in offered.all_inner_texts()[:10])
    page.keyboard.type("comp")
    choose(page, "cypp:comparison")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Space")
    expect(offered.first).to_contain_text("comparison:")


def test_tab_leaves_the_editor(page) -> None:
    page.goto("/ask")
    page.locator(".cm-content").focus()
    page.keyboard.press("Tab")
    expect(page.locator("#run")).to_be_focused()


def test_an_answer_is_sorted_by_each_kind_of_column_and_the_address_keeps_it(page, open_page) -> None:
    page.goto(address(query=DAYS))
    heading = page.locator("#answer-table th")

    def read_column(index: int) -> list[str]:
        return page.locator(f"#answer-table tbody td:nth-child({index})").all_inner_texts()

    heading.nth(1).get_by_role("button").click()
    numbers = [int(text) for text in read_column(2)]
    assert numbers == sorted(numbers)
    expect(heading.nth(1)).to_have_attribute("aria-sort", "ascending")
    heading.nth(1).get_by_role("button").press("Enter")
    assert [int(text) for text in read_column(2)] == sorted(numbers, reverse=True)
    heading.nth(2).get_by_role("button").click()
    days = page.locator("#answer-table tbody td:nth-child(3)").evaluate_all(
        "cells => cells.map(c => c.dataset.value || '')"
    )
    assert "" in days
    assert days == sorted(days, key=lambda day: (not day, day)), "empty cells come last"
    assert parse_qs(urlsplit(page.url).query)["sort"] == ["day"]
    again = open_page()
    again.goto(page.url)
    expect(again.locator("#answer-table th").nth(2)).to_have_attribute("aria-sort", "ascending")
    assert again.locator(f"{ROWS} td:nth-child(3)").all_inner_texts() == read_column(3)


def test_a_chart_is_explored_and_its_choices_are_shared(page, still) -> None:
    page.goto(address(query=COUNTS))
    page.get_by_text("Draw a chart of this").click()
    page.get_by_role("button", name="Explore as a chart").click()
    expect(page.locator(".app-vega svg")).to_be_visible()
    assert page.locator(".app-vega svg .mark-rect path").count() == 5
    page.get_by_label("Drawn as").select_option("point")
    page.get_by_label("Colours by").select_option("plan")
    expect(page.locator(".app-vega svg .mark-symbol.role-mark path").first).to_be_visible()
    assert {"chart": ["point"], "y": ["actions"], "colour": ["plan"]}.items() <= parse_qs(
        urlsplit(page.url).query
    ).items()
    still.goto(page.url.replace("chart=point", "chart=bar"))
    expect(still.get_by_label("Colours by")).to_have_value("plan")
    assert still.locator("#drawing svg rect[x]").count() == 5


def test_the_link_is_copied_and_a_saved_question_is_changed(page) -> None:
    page.goto("/questions/03-what-a-council-put-first?borough=southend")
    page.get_by_role("link", name="Change this question in the editor").click()
    expect(page.get_by_label("Borough")).to_have_value("southend")
    page.get_by_label("Borough").select_option("croydon")
    page.get_by_role("button", name="Fill in and ask").click()
    assert 'VALUES ?borough { "croydon" }' in read_query(page)
    expect(page.locator(ROWS).first).to_contain_text("croydon")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".app-told")).not_to_be_empty()


def test_all_of_it_works_without_scripts(still) -> None:
    still.goto("/ask")
    still.get_by_role("textbox", name="Query").fill("SELECT ?plan {\n  ?plan a cypp:Plan FILTR }")
    still.get_by_role("button", name="Ask", exact=True).click()
    expect(still.get_by_role("alert")).to_contain_text("Line 2, column 21")
    still.get_by_role("textbox", name="Query").fill(COUNTS)
    still.get_by_role("button", name="Ask", exact=True).click()
    assert still.locator(ROWS).count() == 5
    assert parse_qs(urlsplit(still.url).query)["query"] == [COUNTS]
    still.get_by_text("Draw a chart of this").click()
    still.get_by_label("Along").select_option("plan")
    still.get_by_role("button", name="Draw").click()
    expect(still.get_by_role("img", name="actions by plan")).to_be_visible()
    with still.expect_download() as download:
        still.get_by_role("link", name="csv").click()
    assert download.value.path().read_text(encoding="utf-8").count("\n") == 6
    still.get_by_text("Leads (").click()
    still.get_by_role("link", name="Which roles, persons and bodies lead mos").first.click()
    assert still.locator(ROWS).count() > 5


def test_a_query_that_no_address_can_hold_is_asked_drawn_saved_and_come_back_to(page) -> None:
    page.goto("/ask")
    long = f"{COUNTS}\n" + "# a line that makes it long – much longer than an address may be\n" * 150
    page.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(long)
    page.keyboard.press("Control+Enter")
    expect(page.locator(ROWS)).to_have_count(5)
    expect(page.locator("#answer")).to_contain_text("too long for an address")
    assert urlsplit(page.url).query == ""
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="XML").click()
    assert download.value.suggested_filename == "answer.xml"
    assert download.value.path().read_text(encoding="utf-8").count("<result>") == 5
    page.get_by_role("button", name="Copy the query").click()
    expect(page.locator(".app-told")).not_to_be_empty()
    page.get_by_text("Draw a chart of this").click()
    page.get_by_role("button", name="Explore as a chart").click()
    expect(page.locator(".app-vega svg .mark-rect path")).to_have_count(5)
    assert urlsplit(page.url).query == "", "there is no address to keep the choices in"

    write(page, "ASK {}")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer-summary")).to_contain_text("Yes.")
    page.go_back()
    expect(page.locator(ROWS)).to_have_count(5)
    assert read_query(page) == long
    page.reload()
    expect(page.locator(ROWS)).to_have_count(5)
    assert read_query(page) == long


def test_a_query_that_no_address_can_hold_is_asked_without_scripts(open_page) -> None:
    still = open_page(scripts=False, width=320)
    still.goto("/ask")
    query = still.get_by_role("textbox", name="Query")
    long = COUNTS + f"\n# {'much ' * 20}" * 90
    query.fill(long)
    still.get_by_role("button", name="Ask", exact=True).click()
    expect(still.locator(ROWS)).to_have_count(5)
    expect(still.locator("#answer")).to_contain_text("too long for an address")
    assert still.evaluate("document.documentElement.scrollWidth") <= 320
    with still.expect_download() as download:
        still.get_by_role("button", name="CSV").click()
    assert download.value.path().read_text(encoding="utf-8").count("\n") == 6
    still.get_by_text("Draw a chart of this").click()
    still.get_by_role("button", name="Draw").click()
    expect(still.get_by_role("img", name="actions by plan")).to_be_visible()
    assert query.input_value() == long


def test_typing_over_what_is_chosen_keeps_to_the_security_policy(page) -> None:
    page.goto(address(query=COUNTS))
    write(page, "ASK { ?s ?p 'it' }")
    assert read_query(page) == "ASK { ?s ?p 'it' }"
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer-summary")).to_contain_text("No.")


def test_a_query_that_runs_on_is_stopped(page) -> None:
    page.goto("/ask")
    write(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.keyboard.press("Control+Enter")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    expect(page.locator("#told")).to_have_text("Stopped.")
