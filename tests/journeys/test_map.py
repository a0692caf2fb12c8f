"""The map by keyboard, and a comparison that is chosen, shared and taken away."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from municipalities.models import Municipality, Region
from municipalities.places import loading
from tests.factories.figures import IndicatorFactory, IndicatorValueFactory
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits
from tests.municipalities.places.test_loading import few

NAME_OF_FOCUS = "document.activeElement.getAttribute('aria-label')"
# What Chromium would touch in the middle of each link of the map.
HIT = """link => {
  const box = (link.querySelector('.map-target') || link).getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return [box.width, box.height, hit !== null && hit.closest('a') === link];
}"""


@pytest.fixture
def places(transactional_db: None) -> None:
    """The sixteen, and what two of them have told."""
    loading.load(few())
    flats = IndicatorFactory(slug="flats", name_cs="Vyčleněné byty")
    for slug, number in (("brno", 115), ("chomutov", 28)):
        place = Municipality.objects.get(slug=slug)
        IndicatorValueFactory(municipality=place, indicator=flats, on=date(2018, 12, 31), value=number)
        IndicatorValueFactory(municipality=place, indicator=flats, on=date(2019, 12, 31), value=number + 1)


def test_the_map_by_keyboard_then_a_comparison_to_take_away(new_page: NewPage, places: None):
    page = new_page(width=390)
    page.goto("/cs/municipalities/")
    # On phones the list comes first, and the map is folded.
    page.locator(".map-fold > summary").click()
    every_part_can_be_touched(page)
    every_part_is_reached_and_seen(page)
    page.locator(".map-place[aria-label*='Chomutov']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Chomutov")

    page.set_viewport_size({"width": 1280, "height": 900})
    address = chosen(page)
    shared = new_page(javascript=False)
    shared.goto(address)
    expect(shared.locator(".comparison-table tbody tr")).to_have_count(1)
    taken_away(page)


def every_part_can_be_touched(page: Page) -> None:
    """Each region and each place has a spot of at least 24 px that is its own."""
    links = page.locator(".map-svg a")
    assert links.count() == Municipality.objects.pilots().count() + Region.objects.count()
    for link in links.all():
        link.scroll_into_view_if_needed()
        width, height, is_hit = link.evaluate(HIT)
        assert min(width, height) >= 24, link.get_attribute("aria-label")
        assert is_hit, link.get_attribute("aria-label")


def every_part_is_reached_and_seen(page: Page) -> None:
    """Tab goes through the whole map, and what has the focus looks different."""
    names = [link.get_attribute("aria-label") for link in page.locator(".map-svg a").all()]
    plain = page.locator(".map-region path").first.evaluate("path => getComputedStyle(path).fill")
    page.locator(".map-skip").focus()
    reached = []
    for _name in names:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(NAME_OF_FOCUS))
        if len(reached) == 1:
            fill = "getComputedStyle(document.activeElement.querySelector('path')).fill"
            assert page.evaluate(fill) != plain
    assert reached == names
    target = "getComputedStyle(document.activeElement.querySelector('.map-target')).fill"
    assert page.evaluate(target) == "rgb(250, 180, 19)"


def chosen(page: Page) -> str:
    """Choose an indicator, years and a region in the form; return the address to share."""
    page.goto("/cs/municipalities/compare/")
    page.check("[name=indicator][value=flats]")
    page.fill("[name=since]", "2018")
    page.fill("[name=until]", "2019")
    page.select_option("[name=region]", "ustecky-kraj")
    page.select_option("[name=size]", "20000-99999")
    page.check("[name=alone]")
    page.fill("#id_add", "Chomutov")
    page.get_by_role("button", name="Zobrazit").click()
    expect(page.locator(".comparison-table tbody tr")).to_have_count(1)
    expect(page.locator(".comparison-table")).to_contain_text("29")
    assert page.url.endswith(
        "?indicator=flats&since=2018&until=2019&size=20000-99999&region=ustecky-kraj&alone=on&place=chomutov"
    )
    assert_accessible(page)
    assert_fits(page)
    return page.url


def taken_away(page: Page) -> None:
    """The file holds what the page shows."""
    with page.expect_download() as download:
        page.get_by_role("link", name="Stáhnout jako CSV").click()
    text: Any = download.value.path().read_text(encoding="utf-8-sig")
    lines = text.splitlines()
    assert len(lines) == 3
    assert lines[1].startswith("Chomutov;562971;Ústecký kraj;")
    assert ";2018;Vyčleněné byty;byty;28;2018-12-31;" in lines[1]
