"""A real Chromium against a real server."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import User

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page lives for a second: what the optimizers make of its scripts is thrown away with it.
    "--js-flags=--no-opt --no-maglev",
]
PASSWORD = "correct horse battery"

NewPage = Callable[..., Page]

# For how many milliseconds the page has been here.
AGE = "performance.now() - performance.getEntriesByType('navigation')[0].responseStart"

# What axe finds, told inside the browser: its whole answer is long, and slow to bring over.
AXE_FINDINGS = """async () => (await axe.run({resultTypes: ["violations"]})).violations
    .flatMap(({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 200)}`))"""

# The elements that reach over the edge of the window, the innermost last.
TOO_WIDE = """[...document.querySelectorAll("main *")]
    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map((element) => element.outerHTML.slice(0, 120)).slice(-3)"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder as a journey."""
    for item in items:
        if "tests/journeys/" in item.nodeid:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys of a test process."""
    # Playwright runs a loop of its own in this thread, which Django would take for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = shutil.which("chromium-headless-shell") or shutil.which("chromium")
        chromium = playwright.chromium.launch(executable_path=browser, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser, live_server: Any) -> Iterator[NewPage]:
    """Return `new_page(width=1280, javascript=True, language="cs")`: a visitor with an empty browser.

    `with_axe` puts axe into every page from the start, which is quicker where each one is looked at.
    The journey fails when a page logs an error or breaks the content policy.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def new_page(
        *, width: int = 1280, javascript: bool = True, language: str = "cs", with_axe: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=javascript,
            locale=language,
            base_url=live_server.url,
            reduced_motion="reduce",
        )
        contexts.append(context)
        if with_axe:
            context.add_init_script(AXE_SCRIPT)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
        page.set_default_timeout(10_000)
        return page

    yield new_page
    for context in contexts:
        context.close()
    wait_for_last_requests(live_server.url)
    # A browser reports every answer of 400 and more as an error; the journeys expect some.
    assert [text for text in complaints if not text.startswith("Failed to load resource")] == []


def wait_for_last_requests(address: str) -> None:
    """Let the server end what closed browsers asked of it: it would meet the emptying of the tables.

    One more request first: connections are taken in turn, so by its answer all earlier ones have a thread.
    """
    probe = HTTPConnection(urlsplit(address).netloc, timeout=10)
    probe.request("HEAD", "/static/css/theme.css")
    probe.getresponse()
    probe.close()
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


def log_in(page: Page, user: User, *, language: str = "cs") -> None:
    """Log in as a person does."""
    page.goto(f"/{language}/accounts/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def wait_as_if_typing(page: Page) -> None:
    """Let the form be shown for as long as the fastest person needs to fill it in."""
    page.wait_for_timeout(max(0, settings.ASK_MIN_SECONDS * 1000 - page.evaluate(AGE)))


def assert_accessible(page: Page) -> None:
    """Run axe on the page as it stands; no finding is allowed."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(AXE_FINDINGS)
    assert found == [], f"{page.url}: {found}"


def assert_fits(page: Page) -> None:
    """The page does not scroll sideways, once its styles are there."""
    page.wait_for_load_state()
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    too_wide = page.evaluate(TOO_WIDE) if width[0] > width[1] else []
    assert width[0] <= width[1], f"{page.url} is {width[0]} px wide in a window of {width[1]} px: {too_wide}"
