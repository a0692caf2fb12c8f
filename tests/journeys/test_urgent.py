"""To be evicted on Friday: on a phone from the home page to a promise by Thursday, and what became of it."""

from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

import consultations.requests.loading
from accounts.models import User
from consultations.models import SupportRequest, contact
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits, log_in, wait_as_if_typing

# The days are fixed, so that it is the same on whatever day it runs.
TUESDAY, SATURDAY = "2026-12-01 10:00+01:00", "2026-12-05 10:00+01:00"
PROMISE = "Ozveme se vám nejpozději ve čtvrtek 3. prosince 2026."
MARK = "hrozí ztráta bydlení do 4. 12. 2026"
# The list, where there is less room.
IN_LIST = "hrozí ztráta do 4. 12. 2026"


@pytest.fixture
def place(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(contact, "UNDO_SECONDS", 0)
    consultations.requests.loading.load()
    return MunicipalityFactory(name="Veselíčko", search_name="veselicko", slug="veselicko", code="520420")


@pytest.fixture
def consultant(transactional_db: None) -> User:
    return UserFactory(role="consultant", name="Karla Konzultantka", email="consultant@example.org")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_to_be_evicted_on_friday_is_answered_by_thursday(
    new_page: NewPage, place: Any, consultant: User, javascript: bool
):
    with time_machine.travel(TUESDAY):
        ask_from_the_help_page(new_page(javascript=javascript, width=390))
        case = SupportRequest.objects.get()
        assert (case.home_loss, str(case.home_at_risk_by), str(case.due_on)) == (
            "days",
            "2026-12-04",
            "2026-12-03",
        )
        assert case.municipality == place
        assert PROMISE in OutgoingMail.objects.get(kind="consultations/receipt").text.replace("\u00a0", " ")
        answer(new_page(), case, consultant)
    with time_machine.travel(SATURDAY):
        write_what_became_of_it(new_page(), case, consultant)


def ask_from_the_help_page(page: Page) -> None:
    """Find help on the phone, then ask, with what was said there already."""
    page.goto("/cs/")
    page.get_by_role("link", name="Hrozí mi ztráta bydlení").first.click()
    page.fill("#id_municipality", "Veselíčko")
    page.check("[name=home][value=days]", force=True)
    page.locator("main form [type=submit]").first.click()
    expect(page.locator("main")).to_contain_text("Veselíčko")
    page.locator("main a[href*='/requests/new/']").first.click()
    expect(page.locator("[name=home_loss][value=days]")).to_be_checked()
    expect(page.locator("main a[href*='/help/']")).to_have_count(0)
    page.check("[name=requester_kind][value=person]", force=True)
    page.fill("[name=home_at_risk_by]", "2026-12-04")
    page.fill("[name=subject]", "V pátek nás vystěhují")
    page.fill("[name=text]", "Přijde exekutor a nemáme kam jít. Máme dvě děti.")
    page.fill("[name=email]", "jana@example.org")
    assert_fits(page)
    wait_as_if_typing(page)
    page.locator("main [name=send]").click()
    expect(page.locator("main")).to_contain_text(PROMISE)
    expect(page.locator("main a[href*='/help/?municipality=520420']")).to_be_visible()
    assert_fits(page)
    page.locator(f"main a[href*='{SupportRequest.objects.get().link_token}']").first.click()
    expect(page.locator("main")).to_contain_text(PROMISE)


def answer(page: Page, case: SupportRequest, consultant: User) -> None:
    """Answer in time: the home stays at risk, and what became of it cannot be written yet."""
    log_in(page, consultant)
    # Nobody fills the rota here, so everybody is on duty.
    assert OutgoingMail.objects.filter(kind="notices/notice", to=consultant.email).exists()
    page.goto("/cs/desk/")
    expect(page.locator("[data-bell]")).to_contain_text("1 nové oznámení")
    page.locator("[data-bell]").click()
    expect(page.locator("main")).to_contain_text(f"Dotaz {case.reference} je naléhavý.")
    page.goto("/cs/desk/requests/?order=risk")
    expect(page.locator("main")).to_contain_text(IN_LIST)
    page.get_by_role("link", name=case.subject).click()
    page.locator("form[action$='/take/'] button").first.click()
    page.fill("#write-answer [name=text]", "Zavolejte ještě dnes na sociální odbor, číslo je níže.")
    page.locator("#write-answer [name=send]").click()
    expect(page.locator("main")).to_contain_text("Den ještě nenastal")
    assert_accessible(page)
    page.goto("/cs/desk/requests/?state=at_risk")
    expect(page.locator("main")).to_contain_text(IN_LIST)


def write_what_became_of_it(page: Page, case: SupportRequest, consultant: User) -> None:
    """Once the day has passed, the consultant writes it, and the home is at risk no longer."""
    log_in(page, consultant)
    page.goto(f"/cs/desk/requests/{case.reference}/")
    page.get_by_role("link", name="Napsat, jak to").click()
    page.select_option("[name=outcome]", "kept")
    page.get_by_role("button", name="Zapsat, jak to dopadlo").click()
    expect(page.locator("main")).to_contain_text("bydlení se podařilo udržet")
    expect(page.locator("main")).not_to_contain_text(MARK)
    page.goto("/cs/desk/requests/?state=at_risk")
    expect(page.locator("main")).not_to_contain_text(case.reference)


def test_words_that_say_so_are_asked_about_once(new_page: NewPage, place: Any):
    page = new_page(width=390)
    page.goto("/cs/requests/new/")
    page.check("[name=requester_kind][value=person]", force=True)
    expect(page.locator("[name=home_at_risk_by]")).to_be_hidden()
    page.fill("[name=subject]", "Prosím o radu")
    page.fill("[name=text]", "Zítra nás vystěhují.")
    wait_as_if_typing(page)
    page.locator("main [name=send]").click()
    expect(page.locator("#div_id_home_loss")).to_contain_text("někdo přichází o bydlení. Kdy?")
    expect(page.locator("[name=home_at_risk_by]")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    page.locator("main [name=send]").click()
    expect(page.locator("main")).to_contain_text(SupportRequest.objects.get().reference)
