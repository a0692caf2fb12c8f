"""A day at the desk: a reply is new until it is read, and a colleague on leave is covered."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from consultations.intake.actions.requester import reply
from consultations.models import SupportRequest
from tests.factories.accounts import DutyFactory, UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.journeys.conftest import PASSWORD, NewPage, assert_accessible, assert_fits, log_in

NEW = "nová zpráva"


def colleague(name: str) -> User:
    user = UserFactory(name=name)
    user.set_password(PASSWORD)
    user.save()
    return user


def day_of(page: Page) -> str:
    page.goto("/cs/desk/")
    return page.locator("main").inner_text()


def wait_until_read(case: SupportRequest, page: Page) -> None:
    for _time in range(50):
        if not SupportRequest.objects.unread().filter(pk=case.pk).exists():
            return
        page.wait_for_timeout(100)
    raise AssertionError("It was not read.")


def test_a_reply_marks_it_unread_and_reading_clears_it(new_page: NewPage, transactional_db: None):
    karla = colleague("Karla Malá")
    case = SupportRequestFactory(open=True, assignee=karla, due_on=timezone.localdate() + timedelta(days=9))
    page = new_page()
    log_in(page, karla)
    page.goto(case.get_desk_url())
    reply(case, text="Ještě něco.", by=None)
    # The page that lies open shows nothing of it, and so does not read it.
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(300)
    assert NEW in day_of(page)
    expect(page.locator("#today-new")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name=case.subject).click()
    wait_until_read(case, page)
    assert NEW not in day_of(page)


def test_without_a_script_a_button_reads_it(new_page: NewPage, transactional_db: None):
    karla = colleague("Karla Malá")
    case = SupportRequestFactory(open=True, assignee=karla, has_unread=True)
    page = new_page(javascript=False, width=390)
    log_in(page, karla)
    page.goto(case.get_desk_url())
    page.get_by_role("button", name="Označit jako přečtené").click()
    assert NEW not in day_of(page)


def test_a_colleague_on_leave_is_covered(new_page: NewPage, transactional_db: None):
    karla, jana = colleague("Karla Malá"), colleague("Jana Nová")
    DutyFactory(user=karla)
    due = timezone.localdate() + timedelta(days=9)
    SupportRequestFactory(open=True, assignee=jana, subject="Byt po matce", due_on=due)
    leaving, staying = new_page(width=390), new_page()
    log_in(leaving, jana)
    leaving.goto("/cs/desk/duty/")
    assert_fits(leaving)
    leaving.get_by_role("link", name="Nebudu v práci").click()
    leaving.fill("[name=since]", timezone.localdate().isoformat())
    leaving.fill("[name=until]", due.isoformat())
    leaving.select_option("[name=deputy]", label="Karla Malá")
    leaving.locator("main [name=send]").click()
    expect(leaving.locator("main")).to_contain_text("Nepřítomnost je uložená.")
    assert_accessible(leaving)

    log_in(staying, karla)
    assert "Byt po matce" in day_of(staying)
    expect(staying.locator("main")).to_contain_text("zastupujete: Jana Nová")
    expect(staying.locator("main")).to_contain_text("Dnes má službu: Karla Malá")
    staying.get_by_role("link", name="Byt po matce").click()
    staying.locator(".step-menu > summary").click()
    staying.get_by_role("link", name="Přidělit").click()
    expect(staying.locator("#assign_to")).to_contain_text("zastupuje Karla Malá")

    leaving.get_by_role("button", name="Vrátit poslední změnu nepřítomnosti").click()
    expect(leaving.locator("main")).to_contain_text("Je to jako předtím.")
    assert "Byt po matce" not in day_of(staying)
