"""Good practice in a browser: proposed on a phone, published by two people, taken over, dropped."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from municipalities.choices import Criterion
from municipalities.models import Practice
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits, log_in

TITLE = "Kontaktní místo v knihovně"
WHY = "Knihovna se stěhovala a jiné místo jsme nenašli."


@pytest.fixture
def editor(transactional_db: None) -> User:
    """An editor who can log in through the form."""
    return UserFactory(editor=True, email="editorka@example.org")


def test_a_practice_is_proposed_published_taken_over_and_dropped(new_page: NewPage, editor: User):
    author, follower = (MembershipFactory(municipality__name=name) for name in ("Běžnov", "Nechalov"))
    phone = new_page(width=390)
    log_in(phone, author.user)
    propose(phone)
    desk = new_page()
    log_in(desk, editor)
    publish(desk, Practice.objects.get())
    address = f"/cs/practices/{Practice.objects.get().slug}/"
    other = new_page(width=390)
    log_in(other, follower.user)
    mark(other, address, state="running", on="3/2024")
    mark(other, address, state="dropped", on="2025", why=WHY)
    reader = new_page()
    reader.goto(address)
    ledger = reader.locator("#ledger")
    expect(ledger).to_contain_text("březen 2024")
    expect(ledger).to_contain_text(WHY)
    expect(reader.locator(".practice-label").first).to_be_visible()
    assert_accessible(reader)
    reader.goto("/cs/practices/lessons/")
    expect(reader.locator("main")).to_contain_text(WHY)
    assert_accessible(reader)


def test_what_is_typed_outlives_a_reload_and_is_gone_once_it_is_saved(new_page: NewPage):
    page = new_page(width=390)
    log_in(page, MembershipFactory().user)
    page.goto("/cs/my/practices/new/")
    page.fill("[name=title_cs]", TITLE)
    expect(page.locator("[data-said]")).to_contain_text("zatím neuloženo")
    page.reload()
    expect(page.locator("[name=title_cs]")).to_have_value(TITLE)
    assert_accessible(page)
    page.fill("[name=lead_cs]", "Rada o bydlení.")
    page.select_option("[name=approach]", "contact_point")
    page.click("#save-draft")
    expect(page.locator("h1")).to_contain_text("knihovně")
    page.goto("/cs/my/practices/new/")
    expect(page.locator("[name=title_cs]")).to_have_value("")


def propose(page: Page) -> None:
    """Write a practice and send it."""
    page.goto("/cs/my/practices/new/")
    assert_fits(page)
    page.fill("[name=title_cs]", TITLE)
    page.fill("[name=lead_cs]", "Rada o bydlení jednou týdně v knihovně.")
    page.select_option("[name=approach]", "contact_point")
    page.fill("[name=results_cs]", "Za rok přišlo 40 lidí. [1]")
    page.fill("[name=sources_cs]", "Výroční zpráva, https://www.example.org/zprava")
    assert_accessible(page)
    page.click("#save-draft")
    expect(page.locator("h1")).to_contain_text("knihovně")
    assert_fits(page)
    page.click("#submit")
    expect(page.locator("main")).to_contain_text("Kontaktní centrum text čte")


def publish(page: Page, practice: Practice) -> None:
    """Assess the text against every criterion, then publish it."""
    page.goto(f"/cs/desk/practices/{practice.pk}/assess/")
    for code in Criterion.values:
        page.check(f"[name={code}_verdict][value=met]", force=True)
    page.click("#save-assessment")
    assert_accessible(page)
    page.click("#publish")
    expect(page.locator("main")).to_contain_text("Praxe je zveřejněná")


def mark(page: Page, address: str, *, state: str, on: str, why: str = "") -> None:
    """Go from the page of the practice to the ledger and mark a step."""
    page.goto(address)
    page.click("text=Zaznamenat, jak jsme daleko")
    page.wait_for_load_state()
    page.check(f"[name=state][value={state}]", force=True)
    page.fill("[name=on]", on)
    page.fill("[name=reason_cs]", why)
    assert_fits(page)
    page.click("main button:has-text('Zaznamenat')")
    expect(page.locator("main")).to_contain_text("Je to zaznamenané")
