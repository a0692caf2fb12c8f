"""The portal's main job in a browser: asked, answered, published."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import consultations.requests.loading
from accounts.models import User
from consultations.choices import State
from consultations.models import Contact, SupportRequest, contact
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits, log_in, wait_as_if_typing

QUESTION = "Jak se domluvit s pronajímatelem na dluhu?"
TEXT = "Dlužím dva nájmy a bojím se, že přijdu o byt. Mohu dluh splácet po částech?"
GENERAL_QUESTION = "Jak splácet dlužné nájemné po částech?"


@pytest.fixture
def place(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The topics, and one municipality to pick. What is sent is said at once: nobody takes it back here."""
    monkeypatch.setattr(contact, "UNDO_SECONDS", 0)
    consultations.requests.loading.load()
    return MunicipalityFactory(name="Veselíčko", search_name="veselicko", slug="veselicko", code="520420")


def staff(role: str, name: str) -> User:
    """Return an account of the Contact Centre that can log in through the form."""
    return UserFactory(role=role, name=name, email=f"{role}@example.org")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_question_is_asked_answered_and_published(
    new_page: NewPage, place: Any, tmp_path: Any, javascript: bool
):
    visitor = new_page(javascript=javascript, width=390)
    consultant = new_page()
    log_in(consultant, staff("consultant", "Karla Konzultantka"))

    link = ask(visitor, tmp_path)
    case = SupportRequest.objects.get()
    take_and_ask_back(consultant, case)
    reply(visitor, link)
    answer(consultant, case)
    write_summary(consultant, case)
    refused_for_the_name(consultant)
    mended(consultant)
    refused_to_the_author(consultant)
    editor = new_page()
    log_in(editor, staff("editor", "Eda Editor"))
    approved(editor)
    read_by_the_public(new_page(javascript=javascript))

    assert [mail.kind for mail in OutgoingMail.objects.order_by("pk")] == [
        "consultations/receipt",
        # To the consultant: somebody is losing their home.
        "notices/notice",
        "consultations/question_back",
        "consultations/answer",
        "consultations/published",
    ]
    assert not any(TEXT in mail.text for mail in OutgoingMail.objects.all())


def ask(page: Page, folder: Any) -> str:
    """Fill in the public form with a file; return the private link."""
    file = folder / "výzva.txt"
    file.write_text("Výzva k úhradě dlužného nájemného")
    page.goto("/cs/requests/new/")
    page.check("[name=requester_kind][value=person]", force=True)
    page.check("[name=home_loss][value=later]", force=True)
    page.select_option("[name=topic]", "loss-prevention")
    page.fill("[name=subject]", QUESTION)
    page.fill("[name=text]", TEXT)
    page.fill("[name=name]", "Jana Nováková")
    page.fill("[name=email]", "jana@example.org")
    page.set_input_files("[name=files]", file)
    page.check("[name=consent_publish]", force=True)
    assert_fits(page)
    wait_as_if_typing(page)
    page.get_by_role("button", name="Odeslat dotaz").click()
    expect(page.locator("main")).to_contain_text("SH-")
    assert_fits(page)
    page.locator(f"main a[href$='{SupportRequest.objects.get().link_token}/']").click()
    expect(page.locator("main")).to_contain_text(TEXT)
    return page.url


def take_and_ask_back(page: Page, case: SupportRequest) -> None:
    """Find the new question on the desk, take it, and ask something."""
    page.goto("/cs/desk/")
    page.get_by_role("link", name=QUESTION).first.click()
    expect(page.locator("main")).to_contain_text("výzva.txt")
    page.locator("form[action$='/take/'] button").first.click()
    page.locator("#write-ask-back > summary").click()
    page.fill("#write-ask-back [name=text]", "Máte nájemní smlouvu na dobu určitou?")
    page.locator("#write-ask-back [name=send]").click()
    case.refresh_from_db()
    assert case.state == State.WAITING_REQUESTER


def reply(page: Page, link: str) -> None:
    """Answer the consultant's question behind the private link."""
    page.goto(link)
    expect(page.locator("main")).to_contain_text("Máte nájemní smlouvu na dobu určitou?")
    page.fill("[name=text]", "Ano, do konce roku.")
    page.get_by_role("button", name="Odeslat zprávu").click()
    expect(page.locator("main")).to_contain_text("Ano, do konce roku.")


def answer(page: Page, case: SupportRequest) -> None:
    """Send the answer from the desk."""
    page.goto(f"/cs/desk/requests/{case.reference}/")
    if not page.locator("#write-answer [name=text]").is_visible():
        page.locator("#write-answer > summary").click()
    page.fill(
        "#write-answer [name=text]",
        "Navrhněte písemně splátkový kalendář a obraťte se na sociální odbor obce.",
    )
    page.press("#write-answer [name=text]", "Control+Enter")
    expect(page.locator("main")).to_contain_text("Navrhněte písemně splátkový kalendář")
    case.refresh_from_db()
    assert case.state == State.ANSWERED
    assert Contact.objects.get(is_answer=True).spoken_by.name == "Karla Konzultantka"


def write_summary(page: Page, case: SupportRequest) -> None:
    """Start a summary that still names the requester, in another case ending."""
    page.goto(f"/cs/desk/requests/{case.reference}/")
    page.locator("#tab-summaries").click()
    page.locator("a[href*='/desk/summaries/new/']").click()
    page.fill("[name=question_cs]", GENERAL_QUESTION)
    page.fill("[name=short_answer_cs]", "S paní Novákovou jsme navrhli splátkový kalendář.")
    english = page.locator("[name=question_en]")
    if not english.is_visible():
        page.locator("details", has=english).locator("summary").click()
    english.fill("How to pay off overdue rent in parts?")
    page.fill("[name=short_answer_en]", "Propose a repayment plan to the landlord in writing.")
    page.check("[name=audiences][value=citizen]", force=True)
    page.check("[name=certainty][value=opinion]", force=True)
    page.locator("main form [type=submit]").last.click()
    expect(page.locator("main h1")).to_contain_text(GENERAL_QUESTION)


def refused_for_the_name(page: Page) -> None:
    """The name stands in the way, and the page says so."""
    expect(page.locator("main")).to_contain_text("Novákovou")
    button = page.locator("form[action$='/submit/'] button")
    expect(button).to_have_attribute("aria-disabled", "true")


def mended(page: Page) -> None:
    """Take the name out, and send the text to a second person."""
    page.locator("a[href$='/edit/']").first.click()
    page.fill("[name=short_answer_cs]", "Navrhněte pronajímateli písemně splátkový kalendář.")
    page.locator("main form [type=submit]").last.click()
    expect(page.locator("main")).not_to_contain_text("Novákovou")
    page.locator("form[action$='/submit/'] button").click()
    expect(page.locator("main")).to_contain_text("v kontrole")


def refused_to_the_author(page: Page) -> None:
    """An author may not publish; a consultant is told so."""
    expect(page.locator("form[action$='/publish/'] button:not([aria-disabled=true])")).to_have_count(0)


def approved(page: Page) -> None:
    """A second person publishes."""
    page.goto("/cs/desk/summaries/")
    page.get_by_role("link", name=GENERAL_QUESTION).click()
    page.locator("form[action$='/publish/'] button").click()
    expect(page.locator("main")).to_contain_text("zveřejněno")


def read_by_the_public(page: Page) -> None:
    """Anybody reads it, in Czech and in English, and finds it with another ending of a word."""
    page.goto("/cs/search/?q=splátkovém+kalendáři")
    page.locator("main").get_by_role("link", name=GENERAL_QUESTION).click()
    expect(page.locator("h1")).to_have_text(GENERAL_QUESTION)
    expect(page.locator("main")).to_contain_text("Navrhněte pronajímateli písemně splátkový kalendář.")
    page.goto(page.url.replace("/cs/", "/en/"))
    expect(page.locator("h1")).to_have_text("How to pay off overdue rent in parts?")
    assert re.search(r"Nov[aá]k", page.content()) is None
    assert_fits(page)


def test_a_call_is_logged_by_keyboard_alone(new_page: NewPage, place: Any):
    page = new_page()
    log_in(page, staff("consultant", "Karla Konzultantka"))
    page.goto("/cs/desk/requests/new/")

    expect(page.locator("[name=requester_kind]")).to_be_focused()
    page.keyboard.type("obec")
    press_tab_to(page, "name")
    page.keyboard.type("Marie Dvořáčková")
    press_tab_to(page, "phone")
    page.keyboard.type("601 123 456")
    press_tab_to(page, "id_municipality")
    page.keyboard.type("ves")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    press_tab_to(page, "topic")
    page.keyboard.type("Prevence")
    press_tab_to(page, "subject")
    page.keyboard.type("Jak začít s prevencí ztráty bydlení")
    press_tab_to(page, "said")
    page.keyboard.type("Začněte včasným upozorněním na dluh.")
    press_tab_to(page, "minutes")
    page.keyboard.type("7")
    press_tab_to(page, "answered")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/desk/requests/SH-*/**")

    case = SupportRequest.objects.get()
    assert (case.state, case.channel, case.requester_kind) == (State.ANSWERED, "phone_in", "municipality")
    assert (case.municipality, case.topic.slug) == (place, "loss-prevention")
    assert case.requester.phone == "+420601123456"
    assert [(c.direction, c.text) for c in case.contacts.order_by("pk")][-1] == (
        "outbound",
        "Začněte včasným upozorněním na dluh.",
    )


def press_tab_to(page: Page, name: str) -> None:
    """Press Tab until the field of this name or id has the focus; fail when it never comes."""
    for _step in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("[document.activeElement.name, document.activeElement.id]").count(name):
            return
    raise AssertionError(f"{name} is not reached by Tab")


def test_two_people_answer_the_same_request(new_page: NewPage, place: Any, tmp_path: Any):
    ask(new_page(), tmp_path)
    case = SupportRequest.objects.get()
    first, second = new_page(), new_page()
    log_in(first, staff("consultant", "Karla Konzultantka"))
    log_in(second, staff("coordinator", "Klára Koordinátorka"))
    first.goto(f"/cs/desk/requests/{case.reference}/")
    first.locator("form[action$='/take/'] button").first.click()
    for page in (first, second):
        page.goto(f"/cs/desk/requests/{case.reference}/")
        if not page.locator("#write-answer [name=text]").is_visible():
            page.locator("#write-answer > summary").click()

    first.fill("#write-answer [name=text]", "Odpověď první kolegyně.")
    second.fill("#write-answer [name=text]", "Odpověď druhé kolegyně.")
    first.locator("#write-answer [name=send]").click()
    expect(first.locator("main")).to_contain_text("Odpověď první kolegyně.")
    second.locator("#write-answer [name=send]").click()

    expect(second.locator("main")).to_contain_text("Odpověď první kolegyně.")
    expect(second.locator("main [name=text]").first).to_have_value("Odpověď druhé kolegyně.")
    assert_accessible(second)
    assert Contact.objects.filter(is_answer=True).count() == 1
