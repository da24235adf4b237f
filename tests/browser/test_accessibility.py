"""What WCAG 2.2 AA asks and a machine can see, on each kind of page; and what else readers need of each.

axe-core finds what it can (contrast, names, roles, sizes of targets, order of headings); the other tests are of 1.4.10
(reflow at 320 CSS pixels), 2.1.1 and 2.1.2 (keyboard, no trap), 2.4.7 (focus is seen), 1.4.12 (spacing of text).
"""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest

from browser.conftest import Open
from page_kinds import KINDS

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async rules => (await axe.run(document, {runOnly: rules, resultTypes: ['violations']})).violations.flatMap(
    found => found.nodes.map(node => `${found.id}: ${found.help}: ${node.html} ${node.failureSummary}`))"""
NARROW_RULES = [
    "target-size",
    "scrollable-region-focusable",
    "td-headers-attr",
    "th-has-data-cells",
    "link-name",
    "list",
]
kinds = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)


@kinds
def test_axe_finds_nothing(page, path: str) -> None:
    page.goto(path)
    page.evaluate(AXE)
    assert page.evaluate(RUN, RULES) == []


@kinds
def test_nothing_is_wider_than_320_pixels_and_text_may_be_spaced_out(open_page: Open, path: str) -> None:
    """WCAG 1.4.10, and 1.4.12: no words are cut where a reader widens lines, letters and words."""
    page = open_page(width=320)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate(AXE)
    assert page.evaluate(RUN, NARROW_RULES) == [], "a table is a list here, and targets are closer to each other"
    cut = page.evaluate("""() => {
        const style = new CSSStyleSheet();
        style.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
            word-spacing: .16em !important } p { margin-bottom: 2em !important }`);
        document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];
        return [...document.querySelectorAll('main *')].filter(each => {
            const {overflowX, overflowY} = getComputedStyle(each);
            const clips = [overflowX, overflowY].some(way => way === 'hidden' || way === 'clip');
            return clips && !each.closest('svg, input, .govuk-visually-hidden')
                && (each.scrollWidth > each.clientWidth || each.scrollHeight > each.clientHeight);
        }).map(each => each.outerHTML);
    }""")
    assert cut == []


HIDDEN_PARTS = """() => [...document.querySelectorAll('.app-stacked, .timeline__chart, .app-chart')]
    .filter(each => each.checkVisibility())
    .flatMap(each => [each, ...each.querySelectorAll('td, svg text, svg rect, svg polyline')])
    .filter(each => { const {left, right} = each.getBoundingClientRect(); return left < 0 || right > innerWidth; })
    .map(each => each.outerHTML)"""
SMALL_WORDS = """() => [...document.querySelectorAll('main svg text')]
    .filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 11).map(each => each.outerHTML)"""


@pytest.mark.parametrize(
    "kind", ["plans", "plan's leads", "plan's dates", "indicator", "compared statements", "method"]
)
def test_lists_and_pictures_are_whole_on_a_telephone(open_page: Open, kind: str) -> None:
    """Nothing of them is reached by scrolling sideways only, and no word in a picture is smaller than 11 pixels."""
    page = open_page(width=390)
    page.goto(KINDS[kind])
    assert page.evaluate(HIDDEN_PARTS) == []
    assert page.evaluate(SMALL_WORDS) == []


def test_a_table_that_is_shown_as_a_list_is_still_a_table(open_page: Open) -> None:
    page = open_page(width=390)
    page.goto(KINDS["plan's leads"])
    row = page.get_by_role("table").get_by_role("row").first
    assert row.get_by_role("rowheader").count() == 1
    assert row.get_by_role("cell", name="Kind: Body", exact=True).count() == 1


WATCH_FOCUS = """() => {
    const places = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
        .filter(each => each.checkVisibility() && each.type !== 'hidden' && !each.disabled)
        // The browser moves within a group of radio buttons by the arrows; Tab comes to the one that is chosen.
        .filter(each => each.type !== 'radio' || each.checked);
    window.reached = [];
    addEventListener('focusin', ({target}) => {
        const style = getComputedStyle(target);
        const seen = style.outlineStyle !== 'none' && style.outlineWidth !== '0px' || style.boxShadow !== 'none';
        reached.push([places.indexOf(target), seen, target.outerHTML]);
    });
    return places.length;
}"""
MOST_PLACES = 200
"""So many are walked through: what follows on a long page is more of the same."""


@kinds
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(page, path: str) -> None:
    page.goto(path)
    count = min(page.evaluate(WATCH_FOCUS), MOST_PLACES)
    for _ in range(count):
        page.keyboard.press("Tab")
    reached = page.evaluate("reached")
    assert [number for number, _, _ in reached] == list(range(count)), reached
    assert [place for _, seen, place in reached if not seen] == []


def test_the_first_key_offers_to_skip_to_the_content(page) -> None:
    page.goto("/compare")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
