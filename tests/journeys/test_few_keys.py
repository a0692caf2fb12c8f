"""How little it takes: a call by keyboard, a published summary by clicks, and the palette, counted."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

import consultations.requests.loading
from consultations.choices import State
from consultations.models import SummaryEdition, SupportRequest
from consultations.requests.actions import desk
from consultations.requests.search import index_request
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits, log_in

MOST_KEYS, MOST_CLICKS = 30, 7


@pytest.fixture
def place(transactional_db: None) -> Any:
    """The topics, and one municipality to pick."""
    consultations.requests.loading.load()
    return MunicipalityFactory(name="Veselíčko", search_name="veselicko", slug="veselicko", code="520420")


class Keyboard:
    """A keyboard that counts every press but those of a text."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def tab_to(self, name: str) -> None:
        for _step in range(8):
            self.press("Tab")
            if self.page.evaluate("[document.activeElement.name, document.activeElement.id]").count(name):
                return
        raise AssertionError(f"{name} is not reached by Tab")

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)


@pytest.mark.parametrize("begin", ["keys", "palette"])
def test_a_call_takes_few_keys_beyond_its_text(new_page: NewPage, place: Any, begin: str):
    page = new_page()
    log_in(page, UserFactory(role="consultant"))
    page.goto("/cs/desk/municipalities/")
    page.wait_for_load_state()
    keys = Keyboard(page)
    if begin == "keys":
        keys.press("g", "c")
    else:
        # Enter comes before the palette has asked: it waits for what fits.
        keys.press("Control+k", "z", "a", "p", "Enter")
    page.wait_for_url("**/desk/requests/new/")
    expect(page.locator("[name=requester_kind]")).to_be_focused()
    keys.tab_to("name")
    keys.write("Marie Dvořáčková")
    keys.tab_to("phone")
    keys.write("601 123 456")
    keys.tab_to("id_municipality")
    keys.press("v", "e", "s")
    page.wait_for_selector("[role=option]")
    keys.press("ArrowDown", "Enter")
    keys.tab_to("topic")
    keys.press("P", "r", "e")
    keys.tab_to("subject")
    keys.write("Jak začít s prevencí ztráty bydlení")
    keys.tab_to("said")
    keys.write("Začněte včasným upozorněním na dluh.")
    keys.tab_to("minutes")
    keys.press("1", "2")
    keys.tab_to("answered")
    keys.press("Space", "Control+Enter")
    page.wait_for_url("**/desk/requests/SH-*/**")

    case = SupportRequest.objects.get()
    assert (case.state, case.municipality, case.topic.slug) == (State.ANSWERED, place, "loss-prevention")
    assert case.contacts.order_by("pk").last().minutes == 12 or case.contacts.first().minutes == 12
    assert keys.pressed <= MOST_KEYS, keys.pressed


class Mouse:
    """Clicks of both people, counted."""

    def __init__(self) -> None:
        self.clicks = 0

    def click(self, found: Any) -> None:
        found.click()
        self.clicks += 1


def test_an_answer_is_published_in_few_clicks(new_page: NewPage, place: Any):
    writer = UserFactory(role="consultant")
    case = SupportRequestFactory(open=True, assignee=writer)
    desk.answer(case, text="Navrhněte splátkový kalendář.", certainty="opinion", by=writer)
    page, mouse = new_page(), Mouse()
    log_in(page, writer)
    page.goto(f"/cs/desk/requests/{case.reference}/")
    link = page.locator("a[href*='/desk/summaries/new/']")
    if not link.is_visible():
        mouse.click(page.get_by_role("link", name="Souhrny").last)
    mouse.click(link)
    page.fill("[name=question_cs]", "Jak splácet dluh na nájemném?")
    page.fill("[name=short_answer_cs]", "Navrhněte pronajímateli písemně splátkový kalendář.")
    mouse.click(page.locator("main form [type=submit]").last)
    mouse.click(page.locator("form[action$='/submit/'] button"))

    page = new_page()
    log_in(page, UserFactory(role="editor"))
    page.goto("/cs/desk/")
    mouse.click(page.locator("main a[href*='to_review']"))
    mouse.click(page.get_by_role("link", name="Jak splácet dluh na nájemném?"))
    mouse.click(page.locator("form[action$='/publish/'] button"))
    expect(page.locator("main")).to_contain_text("zveřejněno")
    assert SummaryEdition.objects.published().count() == 1
    assert mouse.clicks <= MOST_CLICKS, mouse.clicks


def test_the_palette_leads_anywhere_and_gives_the_focus_back(new_page: NewPage, place: Any):
    case = SupportRequestFactory(subject="Dluh na nájemném", requester=PersonFactory(name="Božena Tichá"))
    index_request(case)
    page = new_page()
    log_in(page, UserFactory(role="consultant"))
    page.goto("/cs/desk/requests/")
    page.wait_for_load_state()
    box = page.locator("input[name=q]").first
    box.focus()
    page.keyboard.press("Control+k")
    expect(page.locator("#palette-words")).to_be_focused()
    page.keyboard.type("tichá")
    expect(page.locator("#palette-list [role=option]")).to_have_count(2)
    assert_accessible(page)
    assert_fits(page)
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(box).to_be_focused()

    page.keyboard.press("Control+k")
    expect(page.locator("#palette-words")).to_have_value("")
    page.keyboard.type("dluh")
    expect(page.locator("#palette-list:not([hidden]) [aria-selected=true]")).to_contain_text(
        "Dluh na nájemném"
    )
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{case.reference}/**")

    page.goto("/cs/desk/palette/?q=dluh")
    assert_accessible(page)
    assert_fits(page)

    without = new_page(javascript=False)
    log_in(without, UserFactory(role="consultant"))
    without.goto("/cs/desk/")
    without.locator(".palette-link").click()
    without.fill("#palette-page", "dluh")
    without.press("#palette-page", "Enter")
    without.get_by_role("link", name="Dluh na nájemném").click()
    without.wait_for_url(f"**/{case.reference}/**")
