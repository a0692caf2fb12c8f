"""Every page in both languages: axe finds nothing, and nothing scrolls sideways."""

from collections.abc import Iterable
from itertools import cycle
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from accounts.permissions import Role
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits
from tests.world import VISITOR, World, build

# 320 px is a window of 1,280 px at 400 % zoom.
WIDTHS = (320, 390, 1280)
# The same page is built alike in both languages: axe looks at it on a phone in one, in the dark on a desk in
# the other.
AXE_AT = {"cs": 390, "en": 1280}
SCHEMES = {"cs": "light", "en": "dark"}
PHONE = 390
# How far down a visitor's phone a page begins to say what it is about; a banner is there for a time only.
HEADING_TOP = """[...document.querySelectorAll(".banner")].reduce(
    (top, banner) => top - banner.getBoundingClientRect().height,
    document.querySelector("h1").getBoundingClientRect().top + scrollY)"""
STYLE = "element => getComputedStyle(element)"
# What one presses, but not 24 px high (WCAG 2.5.8). The map is left out: its list says the same.
TOO_LOW = """[...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
    .filter((element) => !element.closest("svg, .visually-hidden, .skip-link, .map-skip"))
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 24)
    .map((element) => element.outerHTML.slice(0, 120))"""
# Boxes that are drawn in a box.
BOX = ".card-box, .side-panel, .confirmation, .notice, .empty-state"
NESTED = f"""[...document.querySelectorAll("{BOX}")]
    .filter((box) => box.parentElement.closest("{BOX}"))
    .filter((box) => getComputedStyle(box).borderLeftWidth !== "0px")
    .map((box) => box.outerHTML.slice(0, 120))"""
LANGUAGES = [code for code, _label in settings.LANGUAGES]


@pytest.fixture
def world(transactional_db: None) -> World:
    """Something to show on every page."""
    return build()


@pytest.mark.once
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reader", [VISITOR, Role.OFFICIAL, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_pages_are_accessible(world: World, new_page: NewPage, live_server: Any, reader: str, language: str):
    page = new_page(language=language, with_axe=True)
    page.emulate_media(color_scheme=SCHEMES[language], reduced_motion="reduce")
    if reader != VISITOR:
        let_in(page, world, reader, live_server.url)
    paths = [f"/{language}{path}" for _name, whose, path in world.pages() if whose == reader]
    # To and fro: the window need not be drawn at another width between two pages.
    for path, widths in zip(paths, cycle([WIDTHS, WIDTHS[::-1]])):
        look_at(page, path, widths, axe_at=AXE_AT[language])


def let_in(page: Page, world: World, role: str, url: str) -> None:
    """Give the browser the session of an account; how people log in has a journey of its own."""
    client = Client()
    client.force_login(world.accounts[role])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])


def look_at(page: Page, path: str, widths: Iterable[int], *, axe_at: int) -> None:
    """Open a page, see that it fits at each width, and run axe at one of them."""
    page.goto(path)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page)
        if width == PHONE and page.locator("body.public").count():
            assert page.evaluate(HEADING_TOP) < 300, path
        if width == axe_at:
            assert_accessible(page)
            assert page.evaluate(TOO_LOW) == [], path
            assert page.evaluate(NESTED) == [], path


def test_the_open_tab_is_told_in_forced_colours(world: World, new_page: NewPage, live_server: Any):
    page = new_page()
    let_in(page, world, Role.COORDINATOR, live_server.url)
    page.emulate_media(forced_colors="active")
    page.goto("/cs/desk/mail/")

    tabs = page.locator(".nav-tabs a").all()
    lines = {tab.get_attribute("aria-current"): tab.evaluate(f"{STYLE}.borderTopColor") for tab in tabs}
    assert len(tabs) > len(lines) == 2
    assert lines["page"] != lines[None]


def test_words_of_charts_are_told_in_forced_colours(new_page: NewPage, db: None):
    page = new_page()
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto("/cs/components/")

    fills = {word.evaluate(f"{STYLE}.fill") for word in page.locator(".chart text").all()}
    assert fills == {page.locator("body").evaluate(f"{STYLE}.color")}
