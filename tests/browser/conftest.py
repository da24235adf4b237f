"""The site over the published graph in a real browser (Debian's Chromium, driven by Playwright).

A page may ask this site only: a request to any other host is blocked and fails the test, and so do a script's error
and a breach of the Content Security Policy.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright import sync_api as playwright

from cyppgraph.queries import read_questions
from cyppgraph.store import EmbeddedSource
from live import Served, serve_source

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ROOT = Path(__file__).parents[2]
SECONDS = 20_000
"""How long an element may take to appear (milliseconds): long, since tests run side by side."""

Open = Callable[..., "playwright.Page"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark these tests; say why they are skipped where there is no browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt install chromium"))


@pytest.fixture(scope="session")
def served_site(published: EmbeddedSource) -> Iterator[Served]:
    """The whole site over the published graph."""
    with serve_source(published, read_questions(ROOT / "queries" / "questions")) as served:
        yield served


@pytest.fixture(scope="session")
def site(served_site: Served) -> str:
    """The address of the site, without a slash at its end."""
    return served_site.address.rstrip("/")


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    """A browser for the tests of one module: kept longer, its event loop would be in the way of others."""
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: playwright.Browser, site: str) -> Iterator[Open]:
    """Open an empty page; ``scripts=False`` turns JavaScript off, ``width`` is in CSS pixels.

    At the end of the test: no request went elsewhere, no script failed, nothing broke the security policy.
    """
    complaints: list[str] = []
    home = urlsplit(site).netloc

    def keep_home(route: playwright.Route) -> None:
        address = urlsplit(route.request.url)
        if address.scheme in ("data", "blob") or address.netloc == home:
            route.continue_()
        else:
            complaints.append(f"a request to {route.request.url}")
            route.abort()

    def hear(message: playwright.ConsoleMessage) -> None:
        # A page that is answered with 4xx is reported by the browser as an error too: tests ask for such pages.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    with ExitStack() as contexts:

        def open_one(scripts: bool = True, width: int = 1280) -> playwright.Page:
            context = browser.new_context(
                base_url=site, java_script_enabled=scripts, viewport={"width": width, "height": 900}
            )
            contexts.callback(context.close)
            context.set_default_timeout(SECONDS)
            context.route("**/*", keep_home)
            page = context.new_page()
            page.on("console", hear)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            return page

        yield open_one
    assert complaints == []


@pytest.fixture
def page(open_page: Open) -> playwright.Page:
    """A page as most readers have it."""
    return open_page()


@pytest.fixture
def still(open_page: Open) -> playwright.Page:
    """A page whose scripts do not run."""
    return open_page(scripts=False)
