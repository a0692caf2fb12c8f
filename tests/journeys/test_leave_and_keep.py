"""Leaving quickly, and what a form keeps meanwhile: of a tab, not of a computer."""

import pytest
from playwright.sync_api import Page, expect

from consultations.models import SupportRequest
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits, wait_as_if_typing

ASK = "/cs/requests/new/"
TEXT = "Doma je zle, potřebuji poradit."
KEPT = "Object.keys(sessionStorage).filter((key) => key.startsWith('keep:')).length"
LEFT = "sessionStorage.getItem('left')"
# What is under the strip at the top where something has the focus.
HIDDEN = """() => {
    const [strip, box] = [".leave", ":focus"].map((it) => document.querySelector(it).getBoundingClientRect());
    const isOurs = document.activeElement.closest(".leave, .skip-link");
    return !isOurs && box.bottom > 0 && box.top < strip.bottom - 1;
}"""


@pytest.fixture
def page(new_page: NewPage, transactional_db: None) -> Page:
    return with_the_weather(new_page(width=390))


def with_the_weather(page: Page) -> Page:
    """Let the neutral site answer without a network."""
    page.context.route(
        "https://www.chmi.cz/", lambda route: route.fulfill(body="<h1>Počasí</h1>", content_type="text/html")
    )
    return page


def expect_in_tab(page: Page, expression: str, value: object) -> None:
    """Wait until the tab's storage is as it has to be: scripts look at it once a page is complete."""
    for _time in range(50):
        if page.evaluate(expression) == value:
            return
        page.wait_for_timeout(100)
    assert page.evaluate(expression) == value


def leave(page: Page, how: str) -> None:
    if how == "button":
        page.get_by_role("link", name="Rychle odejít").click()
    else:
        for _time in range(3):
            page.keyboard.press("Escape")
    page.wait_for_url("https://www.chmi.cz/")


@pytest.mark.parametrize("how", ["button", "Esc"])
def test_leaving_takes_the_page_out_of_the_history_and_what_was_typed_with_it(page: Page, how: str):
    page.goto("/cs/help/")
    page.goto(ASK)
    page.fill("[name=text]", TEXT)
    expect_in_tab(page, KEPT, 1)
    leave(page, how)
    page.go_back()
    assert page.url.endswith("/cs/help/")
    expect_in_tab(page, KEPT, 0)
    page.goto(ASK)
    expect(page.locator("[name=text]")).to_have_value("")


def test_whoever_goes_back_afterwards_finds_nothing_typed(page: Page):
    page.goto(ASK)
    page.fill("[name=text]", TEXT)
    page.goto("/cs/help/")
    leave(page, "button")
    page.go_back()
    page.wait_for_url(f"**{ASK}")
    expect(page.locator("[name=text]")).to_have_value("")
    # A browser may show the page as it was left, instead of drawing it anew.
    page.fill("[name=text]", TEXT)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.locator("[name=text]")).to_have_value("")
    expect(page.locator("h1")).to_be_visible()
    expect_in_tab(page, LEFT, "yes")
    page.goto("/cs/help/")
    expect_in_tab(page, LEFT, None)


def test_typed_words_are_there_after_a_reload_and_gone_once_sent(page: Page):
    place = MunicipalityFactory(name="Horní Lhota")
    page.goto(ASK)
    expect(page.locator("[data-keep-note]")).to_be_visible()
    page.check("[name=requester_kind][value=person]", force=True)
    page.fill("[name=subject]", "Kam jít")
    page.fill("[name=text]", TEXT)
    page.locator("#id_municipality").press_sequentially("Hor")
    page.locator("#id_municipality_list [role=option]").first.click()
    assert_accessible(page)
    key = page.locator("[name=idempotency_key]").input_value()
    page.reload()
    expect(page.locator("[name=text]")).to_have_value(TEXT)
    expect(page.locator("[name=text] + .counter")).to_contain_text(str(len(TEXT)))
    expect(page.locator("#id_municipality")).to_have_value(place.full_name)
    expect(page.locator("[name=website]")).to_have_value("")
    assert page.locator("[name=idempotency_key]").input_value() != key
    wait_as_if_typing(page)
    page.locator("main [name=send]").click()
    expect(page.locator("main")).to_contain_text(SupportRequest.objects.get().reference)
    assert SupportRequest.objects.get().municipality == place
    expect_in_tab(page, KEPT, 0)


def test_on_a_computer_of_several_people_nothing_is_kept(page: Page):
    page.goto(ASK)
    page.fill("[name=text]", TEXT)
    page.evaluate("sessionStorage.setItem('keep:reply:/requests/another/', '{}')")
    page.get_by_label("Tento počítač nebo telefon používají i jiní").check()
    page.fill("[name=subject]", "Kam jít")
    expect_in_tab(page, KEPT, 0)
    page.reload()
    expect(page.locator("[name=text]")).to_have_value("")
    expect(page.get_by_label("Tento počítač nebo telefon používají i jiní")).to_be_checked()


def test_what_is_typed_can_be_deleted(page: Page):
    page.goto(SupportRequestFactory().get_link())
    page.fill("[name=text]", TEXT)
    page.reload()
    expect(page.locator("[name=text]")).to_have_value(TEXT)
    page.get_by_role("button", name="Smazat, co je napsáno").click()
    expect(page.locator("[name=text]")).to_have_value("")
    expect_in_tab(page, KEPT, 0)


def test_a_reply_is_kept_until_it_is_sent(page: Page):
    case = SupportRequestFactory()
    page.goto(case.get_link())
    for text in ("První.", "Druhá."):
        expect(page.locator("[data-keep-note]")).to_be_visible()
        page.fill("[name=text]", text)
        page.reload()
        expect(page.locator("[name=text]")).to_have_value(text)
        page.locator("main [name=send]").click()
        expect(page.locator("[name=text]")).to_have_value("")
    assert case.contacts.count() == 3


def test_files_stay_with_a_form_that_comes_back(page: Page):
    page.goto(ASK)
    files = [{"name": f"{name}.txt", "mimeType": "text/plain", "buffer": b"text"} for name in "ab"]
    page.set_input_files("[name=files]", files)
    wait_as_if_typing(page)
    page.locator("main [name=send]").click()
    expect(page.locator("[data-files-waiting] li")).to_have_count(2)
    assert_accessible(page)
    page.get_by_role("button", name="Odebrat a.txt").click()
    page.check("[name=requester_kind][value=person]", force=True)
    page.fill("[name=subject]", "Kam jít")
    page.fill("[name=text]", TEXT)
    wait_as_if_typing(page)
    page.locator("main [name=send]").click()
    expect(page.locator("main")).to_contain_text(SupportRequest.objects.get().reference)
    files = SupportRequest.objects.get().contacts.get().files.all()
    assert [file.attachment.name for file in files] == ["b.txt"]


def test_without_javascript_a_link_leads_away_and_nothing_is_promised(new_page: NewPage, db: None):
    page = with_the_weather(new_page(javascript=False, width=390))
    page.goto(ASK)
    expect(page.locator("[data-keep-note]")).to_be_hidden()
    page.locator(".leave-more summary").click()
    expect(page.locator("[data-leave-script]")).to_be_hidden()
    leave(page, "button")


def test_the_strip_hides_nothing_that_has_the_focus(page: Page):
    """At 400 % zoom a window of 1280 by 1024 is this small."""
    page.set_viewport_size({"width": 320, "height": 256})
    page.goto(ASK)
    assert_fits(page)
    # Down the page, and up again.
    for keys, times in (("Tab", 34), ("Shift+Tab", 28)):
        for _time in range(times):
            page.keyboard.press(keys)
            assert not page.evaluate(HIDDEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
