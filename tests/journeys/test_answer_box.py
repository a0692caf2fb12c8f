"""Two people at one request: they see each other, nothing typed is lost, a draft changes hands."""

import time
from typing import Any

from playwright.sync_api import Page, expect

from consultations.models import Contact, Draft, SupportRequest
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.prepared import PreparedAnswerFactory
from tests.journeys.conftest import PASSWORD, NewPage, assert_accessible, assert_fits, log_in

BOX = "#write-answer [name=text]"


def at_the_desk(new_page: NewPage, name: str, **options: Any) -> Page:
    """Return a consultant's browser, signed in."""
    user = UserFactory(role="consultant", name=name)
    user.set_password(PASSWORD)
    user.save()
    page = new_page(**options)
    log_in(page, user)
    return page


def test_two_people_answer_and_the_later_one_loses_nothing(new_page: NewPage, transactional_db: None):
    case = SupportRequestFactory(open=True)
    first, second = at_the_desk(new_page, "Karla První"), at_the_desk(new_page, "Klára Druhá")
    url = f"/cs/desk/requests/{case.reference}/"
    first.goto(url)
    first.fill(BOX, "Odpověď první kolegyně.")
    first.focus(BOX)
    expect(first.locator("[data-draft-said]").first).not_to_be_empty()
    second.goto(url)
    expect(second.locator("[data-presence]")).to_contain_text("Karla První")
    second.fill(BOX, "Odpověď druhé kolegyně.")
    first.locator("#write-answer [name=send]").click()
    expect(first.locator("main")).to_contain_text("Odpověď první kolegyně.")
    second.locator("#write-answer [name=send]").click()
    expect(second.locator("main")).to_contain_text("Odpověď první kolegyně.")
    expect(second.locator("main [name=text]").first).to_have_value("Odpověď druhé kolegyně.")
    assert_accessible(second)
    assert Contact.objects.filter(is_answer=True).count() == 1
    # Gone for coffee: the page is closed, the text is still there as the loser's draft.
    assert Draft.objects.get().text == "Odpověď druhé kolegyně."
    second.goto(url)
    expect(second.locator("#write-add-to-answer [name=text]")).to_have_value("Odpověď druhé kolegyně.")


def test_a_draft_is_kept_shared_and_finished_by_a_colleague(new_page: NewPage, transactional_db: None):
    case = SupportRequestFactory(open=True)
    PreparedAnswerFactory(title="Splátkový kalendář", text_cs="Navrhněte splátky.")
    first = at_the_desk(new_page, "Karla První")
    url = f"/cs/desk/requests/{case.reference}/"
    first.goto(url)
    first.fill(BOX, "Začátek. Konec.")
    first.evaluate("document.querySelector('#write-answer [name=text]').setSelectionRange(8, 8)")
    first.locator("#draft-answer [name=choose]").first.click()
    first.locator("[data-insert]", has_text="Splátkový kalendář").click()
    expect(first.locator(BOX)).to_have_value("Začátek.\n\nNavrhněte splátky.\n\nKonec.")
    # Leaving the page at once loses nothing.
    first.goto("/cs/desk/")
    wait_until_kept(case, "Začátek.\n\nNavrhněte splátky.\n\nKonec.")
    first.goto(url)
    expect(first.locator(BOX)).to_have_value("Začátek.\n\nNavrhněte splátky.\n\nKonec.")
    first.locator("#draft-answer .draft-more > summary").click()
    first.locator("#draft-answer [name=share]").click()

    second = at_the_desk(new_page, "Klára Druhá", javascript=False, width=390)
    second.goto(url)
    second.fill(BOX, "Můj začátek.")
    second.locator("#draft-answer [name=take]").click()
    expect(second.locator(BOX)).to_have_value("Můj začátek.\n\nZačátek.\n\nNavrhněte splátky.\n\nKonec.")
    assert_fits(second)
    first.fill(BOX, "Karla píše dál.")
    first.locator(BOX).blur()
    expect(first.locator("[data-draft-late]").first).to_contain_text("Klára Druhá")
    expect(first.locator(BOX)).to_have_value("Karla píše dál.")
    assert_accessible(first)


def wait_until_kept(case: SupportRequest, text: str) -> None:
    """Wait for what a page sends while it is left; nobody hears when it has arrived."""
    end = time.monotonic() + 5
    while not Draft.objects.filter(request=case, text=text).exists():
        assert time.monotonic() < end, list(Draft.objects.filter(request=case).values_list("text", flat=True))
        time.sleep(0.05)
