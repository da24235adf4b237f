"""What readers come for, from the first page to what they take away; each with scripts and without."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright import sync_api as playwright

from browser.conftest import Open

expect = playwright.expect
OBJECTIVE = "Establish a Paediatric Assessment Unit"
STATEMENT = "Develop a model unit at Basildon & Thurrock UHT"


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request: pytest.FixtureRequest, open_page: Open) -> playwright.Page:
    return open_page(scripts=request.param)


def take(page: playwright.Page, link: playwright.Locator, folder: Path) -> list[dict[str, str]]:
    """Download a CSV file by its link; return its rows."""
    with page.expect_download() as download:
        link.click()
    path = folder / "taken.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_from_the_first_page_to_the_lines_of_an_action(page: playwright.Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Refresh Aims and Objectives 2012-13").first.click()
    expect(page).to_have_title(re.compile("Refresh Aims and Objectives"))
    page.get_by_text("16 below Pillar").click()
    page.get_by_text("7 below Aim").click()
    page.get_by_role("link", name=OBJECTIVE, exact=True).click()
    page.get_by_role("link", name=STATEMENT).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(STATEMENT)
    assert any(STATEMENT in each for each in page.locator("mark").all_inner_texts())
    assert "March 2013" in page.locator("mark").all_inner_texts()
    page.get_by_role("link", name="line 45").click()
    expect(page.locator("main")).to_contain_text("Key milestones")
    expect(page.locator("main")).to_contain_text(STATEMENT)


def test_neet_across_boroughs_is_compared_and_taken_away(page: playwright.Page, tmp_path: Path) -> None:
    page.goto("/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Compare").click()
    row = page.get_by_role("row", name=re.compile("NEET and participation"))
    counts = [int(text) for text in row.get_by_role("cell").all_inner_texts()]
    assert len(counts) == 5
    row.get_by_role("rowheader").get_by_role("link").click()
    table = page.locator("#statements")
    assert table.locator("tbody tr").count() == sum(counts)
    rows = take(page, page.get_by_role("link", name="CSV"), tmp_path)
    assert len(rows) == sum(counts)
    shown = table.locator("tbody tr td:nth-child(4)").all_inner_texts()
    assert [text.strip() for text in shown] == [row["Statement"].strip() for row in rows]


def test_a_comparison_keeps_to_its_address(page: playwright.Page) -> None:
    page.goto("/compare")
    page.get_by_role("checkbox", name=re.compile("Thurrock")).uncheck()
    page.get_by_label("Every Child Matters outcomes").check()
    page.get_by_role("button", name="Show").click()
    asked = parse_qs(urlsplit(page.url).query)
    assert asked["by"] == ["outcome"]
    assert "thurrock-2012" not in asked["plan"]
    expect(page.get_by_role("columnheader")).to_have_count(5)
    page.reload()
    expect(page.get_by_role("checkbox", name=re.compile("Thurrock"))).not_to_be_checked()
    expect(page.get_by_label("Every Child Matters outcomes")).to_be_checked()


def test_a_search_with_a_typo_is_narrowed_and_taken_away(page: playwright.Page, tmp_path: Path) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("childhod obesty")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("main")).to_contain_text("no text has “childhod”")
    expect(page.locator("mark", has_text="obesity").first).to_be_visible()
    before = page.locator(".search-hit").count()
    page.get_by_role("checkbox", name=re.compile("Thurrock")).check()
    page.get_by_role("button", name=re.compile("Apply|Narrow|Search")).last.click()
    hits = page.locator(".search-hit")
    assert 0 < hits.count() < before
    assert "plan=thurrock-2012" in page.url
    rows = take(page, page.get_by_role("link", name="CSV"), tmp_path)
    assert len(rows) == hits.count()


def test_a_saved_question_is_asked_of_another_borough(page: playwright.Page, tmp_path: Path) -> None:
    page.goto("/questions/03-what-a-council-put-first")
    page.get_by_label("Borough").select_option("southend")
    page.get_by_role("button", name="Ask").click()
    assert parse_qs(urlsplit(page.url).query) == {"borough": ["southend"]}
    expect(page.get_by_label("Borough")).to_have_value("southend")
    rows = take(page, page.get_by_role("link", name="the answer as CSV", exact=True), tmp_path)
    assert rows
    assert all(row["plan"] == "southend-2011" for row in rows)
    assert page.locator("main table tbody tr").count() == len(rows)


def test_the_actions_of_a_plan_are_filtered_and_taken_away(page: playwright.Page, tmp_path: Path) -> None:
    page.goto("/plans/thurrock-2012/actions")
    everything = page.locator("main table tbody tr").count()
    page.get_by_label("Led by").select_option(index=2)
    page.get_by_role("button", name=re.compile("Filter|Show|Apply")).click()
    shown = page.locator("main table tbody tr").count()
    assert 0 < shown < everything
    assert parse_qs(urlsplit(page.url).query)["lead"]
    rows = take(page, page.get_by_role("link", name=re.compile("CSV")), tmp_path)
    assert len(rows) == shown


def test_an_address_that_is_wrong_leads_on(page: playwright.Page) -> None:
    assert page.goto("/plans/thurock/actions").status == 404
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Search").click()
    expect(page.get_by_role("searchbox")).to_be_visible()


def test_a_plan_is_printed_whole_without_what_is_only_pressed(page: playwright.Page) -> None:
    page.goto("/doc/plan/thurrock-2012")
    heading = page.get_by_text(OBJECTIVE, exact=True).first
    expect(heading).not_to_be_visible()
    page.emulate_media(media="print")
    expect(heading).to_be_visible()
    expect(page.get_by_role("link", name="Search")).to_have_count(0)
    expect(page.get_by_role("button")).to_have_count(0)
    page.emulate_media(media="screen")
    page.get_by_role("link", name=re.compile("to print")).click()
    page.emulate_media(media="print")
    expect(page.get_by_text(STATEMENT).first).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
