"""The chain of a study visit in a browser: planned, joined, reported, delivered, and what came of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import Page, expect

from accounts.models import User
from consultations.models import SupportRequest
from core.outbox import dead_addresses
from core.outbox.mail import OutgoingMail, deliver_due
from municipalities.models import Municipality
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.visits import HostFactory
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits, log_in
from visits.choices import DeliveryState, InvitationState
from visits.deliveries.tasks import queue_reports
from visits.models import Delivery, Proposal, ReportEdition, StudyVisit, VisitInvitation

TITLE = "Finsko: byt pro každého"
TENANT = "Nájemnice Marie Nováková z Tampere platí 420 eur."
TOLD = "Nájemnice platí 420 eur."
LESSON = "Byt dostane člověk hned, podpora přijde za ním."
WHY_NOT = "Nemáme vlastní byty."


@pytest.fixture
def towns(transactional_db: None) -> list[Municipality]:
    """The sixteen of the project: nine will go, four will say why not, three will say nothing."""
    return [MunicipalityFactory(name=f"Město {letter}", pilot=True) for letter in "ABCDEFGHIJKLMNOP"]


@pytest.fixture
def speaker(towns: list[Municipality]) -> User:
    """An official who speaks for those that answer; those that cannot go have one of their own, too."""
    user = UserFactory(official=True, email="mluvci@example.org")
    for number, town in enumerate(towns):
        if number >= 9:
            MembershipFactory(municipality=town, user__email=f"obec{number}@example.org")
        if number < 13:
            MembershipFactory(municipality=town, user=user)
    return user


@pytest.fixture
def _czech() -> Iterator[None]:
    with translation.override("cs"):
        yield


def press(page: Page, button: str) -> None:
    """Press a button that sends its form, and wait for the next page."""
    with page.expect_navigation():
        page.click(button)


def worker() -> None:
    """Do what the worker does: queue deliveries, send mail."""
    queue_reports.call()
    deliver_due.call()


@pytest.mark.usefixtures("_czech")
def test_the_whole_chain(new_page: NewPage, towns: list[Municipality], speaker: User):
    HostFactory(name="Y-Säätiö", country_cs="Finsko", country_en="Finland", country_code="FI")
    writer, editor = UserFactory(coordinator=True), UserFactory(editor=True)
    desk = new_page()
    log_in(desk, writer)
    visit = plan(desk)
    invite_all(desk, visit)
    phone = new_page(width=390)
    log_in(phone, speaker)
    answer_invitations(phone, visit, towns)
    hold(desk, phone, visit)
    other = new_page()
    log_in(other, editor)
    report = write_report(desk, other, visit)
    publish(desk, other, report)
    deliver(desk, visit)
    ask_and_answer(new_page(width=390), desk)
    new_edition(desk, other, report)
    lessons(desk, phone, visit)
    reader = new_page()
    reader.goto(visit.get_absolute_url())
    expect(reader.locator("main")).to_contain_text(WHY_NOT)
    assert_accessible(reader)


def plan(desk: Page) -> StudyVisit:
    """Plan a visit with a programme, and open its sign-up."""
    day = timezone.localdate() + timedelta(days=30)
    desk.goto(reverse("desk-visit-new"))
    desk.fill("[name=title_cs]", TITLE)
    desk.select_option("[name=host]", label="Y-Säätiö")
    desk.fill("[name=starts]", f"{day.day}. {day.month}. {day.year}")
    desk.fill("[name=sign_up_until]", f"{day - timedelta(days=20):%Y-%m-%d}T12:00")
    desk.fill("[name=quota]", "1")
    assert_accessible(desk)
    desk.click("[name=save]")
    desk.wait_for_url("**/desk/visits/*/")
    visit = StudyVisit.objects.get()
    for title in ("Byty v Tampere", "Rozhovor s ministerstvem"):
        desk.goto(reverse("desk-visit-item-new", args=[visit.pk]))
        desk.fill("[name=title_cs]", title)
        press(desk, "main form [type=submit]")
        desk.wait_for_url(f"**/desk/visits/{visit.pk}/**")
    desk.goto(visit.get_desk_url())
    assert_accessible(desk)
    press(desk, "button[name=to][value=open]")
    expect(desk.locator("main")).to_contain_text("přihlášky běží")
    return visit


def invite_all(desk: Page, visit: StudyVisit) -> None:
    """Invite the sixteen."""
    desk.goto(reverse("desk-visit-invite", args=[visit.pk]))
    for box in desk.locator("[name=municipalities]").all():
        box.check()
    assert_accessible(desk)
    press(desk, "main form [type=submit] >> nth=-1")
    assert_accessible(desk)
    press(desk, "button[name=confirm]")
    desk.wait_for_url(f"**/desk/visits/{visit.pk}/**")
    assert visit.invitations.count() == 16


def answer_invitations(phone: Page, visit: StudyVisit, towns: list[Municipality]) -> None:
    """Nine municipalities name somebody, four say why they cannot go, and send a question along."""
    invitations = {row.municipality_id: row for row in VisitInvitation.objects.all()}
    for number, town in enumerate(towns[:9]):
        phone.goto(invitations[town.pk].get_my_url())
        phone.fill("[name=name]", f"Úřednice {number}")
        phone.fill("[name=email]", f"jede{number}@example.org")
        press(phone, "[name=email] >> xpath=ancestor::form >> [type=submit]")
        expect(phone.locator(".people-list")).to_contain_text(f"Úřednice {number}")
    assert_accessible(phone)
    assert_fits(phone)
    for town in towns[9:13]:
        phone.goto(reverse("my-visit-decline", args=[invitations[town.pk].pk]))
        phone.check("[name=why_not][value=people]", force=True)
        press(phone, "main form [type=submit]")
        expect(phone.locator("main")).to_contain_text("nemůže jet")
        phone.fill("textarea[name=text]", f"Kolik stojí byt, ptá se {town.name}?")
        press(phone, "[name=ask]")
        expect(phone.locator("section[aria-labelledby=questions]")).to_contain_text("Kolik stojí byt")
    assert_accessible(phone)


def hold(desk: Page, phone: Page, visit: StudyVisit) -> None:
    """Confirm the people, close the sign-up, and tick who is there on the spot; note what was heard."""
    desk.goto(f"{visit.get_desk_url()}?tab=people")
    assert_accessible(desk)
    press(desk, "#confirm-all")
    desk.goto(visit.get_desk_url())
    press(desk, "button[name=to][value=closed]")
    expect(desk.locator("main")).to_contain_text("přihlášky uzavřeny")
    assert visit.invitations.filter(state=InvitationState.SILENT).count() == 3
    visit.refresh_from_db()
    StudyVisit.objects.filter(pk=visit.pk).update(starts_on=timezone.localdate())
    desk.goto(visit.get_desk_url())
    press(desk, "button[name=to][value=under_way]")
    expect(desk.locator("main")).to_contain_text("cesta probíhá")
    desk.set_viewport_size({"width": 390, "height": 800})
    desk.goto(reverse("desk-visit-attendance", args=[visit.pk]))
    assert_fits(desk)
    for button in desk.locator("button[name=was_there][value='1']").all():
        button.click()
    expect(desk.locator("[aria-pressed=true]")).to_have_count(9)
    expect(desk.locator("[data-here]")).to_have_text("9")
    desk.locator("textarea[name=keywords]").first.fill("Nájem 420 eur, hradí dávka")
    desk.locator("form[data-note] [type=submit]").first.click()
    expect(desk.locator("[data-waiting]")).to_have_text("Všechno je odeslané.", timeout=30_000)
    assert_accessible(desk)
    desk.set_viewport_size({"width": 1280, "height": 900})
    assert visit.attendees.filter(was_there=True).count() == 9


def write_report(desk: Page, other: Page, visit: StudyVisit) -> ReportEdition:
    """Two people write two sections at once; one is refused the section that the other one holds."""
    desk.goto(reverse("desk-visit-report-begin", args=[visit.pk]))
    press(desk, "main form [type=submit]")
    desk.wait_for_url("**/desk/visit-reports/*/")
    edition = ReportEdition.objects.get()
    first, second = edition.sections.all()
    for page, section in ((desk, first), (other, second)):
        page.goto(section.get_desk_url())
        press(page, "main button:has-text('Psát v tomto oddílu')")
        expect(page.locator("textarea[name=text]")).to_be_visible()
    third = desk.context.new_page()
    third.goto(second.get_desk_url())
    expect(third.locator("main")).to_contain_text("Právě tu někdo píše")
    third.close()
    desk.fill("textarea[name=text]", TENANT)
    other.fill("textarea[name=text]", "Stát ruší ubytovny a staví byty.")
    for page in (desk, other):
        press(page, "main button:has-text('Uložit')")
        page.wait_for_url("**/desk/visit-reports/*/#sections")
    assert_accessible(other)
    return edition


def publish(desk: Page, other: Page, edition: ReportEdition) -> None:
    """The report is refused for the name of a tenant, mended, given a lesson, and published."""
    document = edition.document
    desk.goto(reverse("desk-visit-report-part-new", args=[document.pk, "lessons"]))
    desk.fill("[name=title]", LESSON)
    desk.check("[name=for_whom] >> nth=0")
    press(desk, "main form [type=submit]")
    desk.goto(reverse("desk-visit-report-edit", args=[document.pk]))
    desk.fill("[name=summary_cs]", "Finsko ruší ubytovny a dává lidem byt.")
    press(desk, "#save-draft")
    answers = edition.answers.all()
    for answer in answers:
        desk.goto(reverse("desk-visit-report-part", args=[document.pk, "answers", answer.pk]))
        desk.fill("[name=wording]", "Kolik stojí byt?")
        desk.fill("[name=text]", "Nájem je 420 eur.")
        press(desk, "main form [type=submit]")
    desk.goto(document.get_desk_url())
    expect(desk.locator("main")).to_contain_text("Marie Nováková")
    expect(desk.locator("main button:has-text('Poslat druhé osobě')")).to_be_disabled()
    section = edition.sections.first()
    assert section is not None
    desk.goto(section.get_desk_url())
    press(desk, "main button:has-text('Psát v tomto oddílu')")
    desk.fill("textarea[name=text]", TOLD)
    press(desk, "main button:has-text('Uložit')")
    desk.wait_for_url("**/desk/visit-reports/*/#sections")
    desk.goto(document.get_desk_url())
    press(desk, "#submit")
    expect(desk.locator("main")).to_contain_text("Text teď čeká na druhou osobu")
    publish_by(UserFactory(editor=True), desk, edition)
    reader = other.context.new_page()
    reader.goto(document.get_absolute_url())
    expect(reader.locator("main")).to_contain_text(TOLD)
    expect(reader.locator("main")).not_to_contain_text("Nováková")
    assert_accessible(reader)
    reader.close()


def publish_by(colleague: User, desk: Page, edition: ReportEdition) -> None:
    """Somebody who has written no word of it publishes the edition."""
    browser = desk.context.browser
    assert browser is not None
    page = browser.new_context(base_url=desk.url.split("/cs/")[0], locale="cs").new_page()
    page.set_default_timeout(10_000)
    log_in(page, colleague)
    page.goto(edition.document.get_desk_url())
    press(page, "#publish")
    expect(page.locator("main")).to_contain_text("zveřejn")
    page.context.close()


def deliver(desk: Page, visit: StudyVisit) -> None:
    """Exactly the seven that did not come get exactly one delivery each; one bounces and is mended."""
    dead = "obec15@example.org"
    dead_addresses.mark(dead, "5.1.1")
    worker()
    worker()
    states = list(Delivery.objects.order_by("municipality__name").values_list("municipality__name", "state"))
    assert [name for name, _state in states] == [f"Město {letter}" for letter in "JKLMNOP"]
    assert [state for _name, state in states] == [DeliveryState.SENT] * 6 + [DeliveryState.FAILED]
    assert OutgoingMail.objects.filter(kind__startswith="visits/report").count() <= 7
    failed = Delivery.objects.get(state=DeliveryState.FAILED)
    desk.goto(reverse("desk-deliveries"))
    assert_accessible(desk)
    desk.goto(failed.get_desk_url())
    assert_accessible(desk)
    desk.fill("[name=email]", "sekretariat@example.org")
    desk.fill("[name=note]", "Řekla sekretářka po telefonu.")
    press(desk, "main form:has([name=email]) [type=submit]")
    worker()
    failed.refresh_from_db()
    assert failed.state == DeliveryState.SENT
    assert Delivery.objects.count() == 7
    desk.goto(reverse("desk-deliveries-matrix"))
    assert_accessible(desk)
    desk.goto(f"{visit.get_desk_url()}?tab=deliveries")
    assert_accessible(desk)


def ask_and_answer(phone: Page, desk: Page) -> None:
    """Two confirm by their personal links, one of them asks, and the desk answers."""
    first, second = Delivery.objects.order_by("pk")[:2]
    for delivery in (first, second):
        phone.goto(f"/cs/links/{delivery.link_token}/")
        assert_accessible(phone)
        press(phone, "button[name=do][value=acknowledge]")
        expect(phone.locator("main")).to_contain_text("Potvrdili jste")
    phone.click("main a:has-text('Zeptat se')")
    phone.fill("textarea[name=text]", "Kdo platí podporu v bytě?")
    phone.fill("[name=name]", "Jana Tázavá")
    phone.fill("[name=email]", "jana@example.org")
    press(phone, "main form [type=submit]")
    phone.wait_for_load_state()
    case = SupportRequest.objects.get()
    second.refresh_from_db()
    assert (second.state, second.request_id) == (DeliveryState.ASKED, case.pk)
    desk.goto(f"/cs/desk/requests/{case.reference}/")
    press(desk, "main button:has-text('Vzít si')")
    if not desk.locator("#write-answer [name=text]").is_visible():
        desk.locator("#write-answer > summary").click()
    desk.fill("#write-answer [name=text]", "Podporu v bytě platí obec a stát společně.")
    with desk.expect_navigation():
        desk.press("#write-answer [name=text]", "Control+Enter")
    second.refresh_from_db()
    assert second.state == DeliveryState.ANSWERED


def new_edition(desk: Page, other: Page, edition: ReportEdition) -> None:
    """A new edition is told to those who read the one before, and says what has changed."""
    document = edition.document
    desk.goto(document.get_desk_url())
    press(desk, "#new-edition")
    desk.goto(reverse("desk-visit-report-edit", args=[document.pk]))
    desk.fill("[name=change_note_cs]", "Doplnili jsme, kdo platí podporu.")
    desk.select_option("[name=readers]", "read")
    press(desk, "#save-draft")
    press(desk, "#submit")
    publish_by(UserFactory(editor=True), desk, edition)
    worker()
    told = Delivery.objects.filter(edition__number=2).values_list("municipality__name", flat=True)
    assert sorted(told) == ["Město J", "Město K"]
    assert Delivery.objects.count() == 9


def lessons(desk: Page, phone: Page, visit: StudyVisit) -> None:
    """One municipality adopts the lesson, another one says why it does not; both in public."""
    desk.goto(reverse("desk-visit-propose", args=[visit.pk]))
    assert_accessible(desk)
    desk.check("[name=lessons]")
    for box in desk.locator("[name=municipalities]").all():
        box.check()
    press(desk, "main form [type=submit] >> nth=-1")
    assert_accessible(desk)
    press(desk, "button[name=confirm]")
    desk.wait_for_url(f"**/desk/visits/{visit.pk}/**")
    assert Proposal.objects.count() == 16
    adopts, refuses = Proposal.objects.filter(municipality__name__in=["Město A", "Město B"]).order_by("pk")
    for proposal, state, why in ((adopts, "adopted", ""), (refuses, "not_suitable", WHY_NOT)):
        phone.goto(proposal.get_my_url())
        phone.check(f"[name=state][value={state}]", force=True)
        phone.fill("[name=reason]", why)
        assert_accessible(phone)
        press(phone, "main form:has([name=state]) [type=submit]")
        phone.wait_for_load_state()
