"""Taking part in a visit, in a browser: invited, named, declined, confirmed, ticked without a connection."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import Page, expect

from tests.factories.accounts import UserFactory
from tests.factories.attendance import OpenVisitFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits, log_in
from visits.choices import VisitState
from visits.models import StudyVisit, VisitInvitation


@pytest.fixture
def visit(transactional_db: None) -> Any:
    return OpenVisitFactory(capacity=4)


def test_a_visit_from_the_invitation_to_who_was_there(new_page: NewPage, visit: StudyVisit):
    first = MembershipFactory(municipality=MunicipalityFactory(name="Orlová", pilot=True))
    second = MembershipFactory(municipality=MunicipalityFactory(name="Veselíčko", pilot=True))
    desk, phone = new_page(), new_page(width=390)
    log_in(desk, UserFactory(email="centrum@example.org"))
    invited(desk, visit)
    log_in(phone, first.user)
    named(phone, VisitInvitation.objects.get(municipality=first.municipality))
    other = new_page(width=390)
    log_in(other, second.user)
    declined(other, VisitInvitation.objects.get(municipality=second.municipality))
    confirmed(desk, visit)
    StudyVisit.objects.update(state=VisitState.UNDER_WAY)
    spot = new_page(width=390)
    log_in(spot, UserFactory(email="vyprava@example.org"))
    ticked(spot, visit)
    assert list(visit.municipalities.all()) == [first.municipality]
    assert visit.questions.get().keywords == "platí město"


def at(name: str, pk: int) -> str:
    with translation.override("cs"):
        return reverse(name, args=[pk])


def invited(page: Page, visit: StudyVisit) -> None:
    """All of the project are ticked already; before anybody is written to, it is said who that is."""
    page.goto(at("desk-visit-invite", visit.pk))
    assert_accessible(page)
    page.get_by_role("button", name="Pokračovat k pozvání").click()
    expect(page.locator("main")).to_contain_text("Zvete 2 obce:")
    assert_accessible(page)
    page.get_by_role("button", name="Pozvat").click()
    expect(page.locator("main")).to_contain_text("Pozvali jsme 2 obce.")
    assert_accessible(page)


def named(page: Page, invitation: VisitInvitation) -> None:
    """The same person named again is refused beside the field, and what was typed stays."""
    page.goto(at("my-visit", invitation.pk))
    for _time in range(2):
        page.fill("[name=name]", "Jana Nováková")
        page.fill("[name=email]", "jana@obec.example")
        page.get_by_role("button", name="Zapsat tohoto člověka").click()
    expect(page.locator("#div_id_email")).to_contain_text("už je na cestu zapsaný")
    expect(page.locator("[name=name]")).to_have_value("Jana Nováková")
    assert_accessible(page)
    assert_fits(page)
    page.goto(at("my-visit", invitation.pk))
    page.fill("[name=text]", "Kdo platí správce?")
    page.get_by_role("button", name="Poslat otázku").click()
    expect(page.locator("main")).to_contain_text("Kdo platí správce?")


def declined(page: Page, invitation: VisitInvitation) -> None:
    page.goto(at("my-visit", invitation.pk))
    page.get_by_role("link", name="Nemůžeme jet").click()
    page.get_by_label("nemáme koho poslat").check()
    page.get_by_role("button", name="Dát vědět centru").click()
    expect(page.locator("main")).to_contain_text("Vaše obec nemůže jet")
    assert_accessible(page)


def confirmed(page: Page, visit: StudyVisit) -> None:
    page.goto(f"{at('desk-visit', visit.pk)}?tab=people")
    expect(page.locator("main")).to_contain_text("nepojede")
    page.get_by_role("button", name="Potvrdit místo").click()
    expect(page.locator("main")).to_contain_text("obsazeno 1 z 4 míst")


def ticked(page: Page, visit: StudyVisit) -> None:
    """Without a connection everything waits in the phone, says so, and is sent once there is one."""
    page.goto(at("desk-visit-attendance", visit.pk))
    assert_fits(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Není tu").click()
    page.get_by_role("button", name="Je tu").click()
    page.fill("[name=keywords]", "platí město")
    page.get_by_role("button", name="Zapsat").click()
    waiting = page.locator("[data-waiting]")
    expect(waiting).to_contain_text("čekají na odeslání v tomto telefonu: 2.")
    assert not StudyVisit.objects.get().attendees.filter(was_there__isnull=False).exists()
    page.context.set_offline(False)
    expect(waiting).to_have_text("Všechno je odeslané.")
    page.reload()
    expect(page.locator("[name=keywords]")).to_have_value("platí město")
    expect(page.get_by_role("button", name="Je tu")).to_have_attribute("aria-pressed", "true")
    assert_accessible(page)
