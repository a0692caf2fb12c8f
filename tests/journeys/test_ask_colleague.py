"""A consultant asks a municipality like the request's own; its official answers; both see who helped."""

from playwright.sync_api import expect

from accounts.models import User
from accounts.permissions import Role
from consultations.models import PeerQuestion
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.journeys.conftest import PASSWORD, NewPage, assert_accessible, assert_fits, log_in


def somebody(role: str) -> User:
    user = UserFactory(role=role)
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_colleague_is_asked_answers_and_is_credited(new_page: NewPage, transactional_db: None):
    official = somebody(Role.OFFICIAL)
    helper = MunicipalityFactory(name="Štětí", slug="steti", pilot=True, population=8500)
    MembershipFactory(municipality=helper, user=official)
    asking = MunicipalityFactory(name="Hranice", slug="hranice", population=9000)
    case = SupportRequestFactory(open=True, municipality=asking)
    url = f"/cs/desk/requests/{case.reference}/"

    desk = new_page()
    log_in(desk, somebody(Role.CONSULTANT))
    desk.goto(url)
    desk.locator("#tab-peers").click()
    expect(desk.locator("main")).to_contain_text("podobná velikost")
    expect(desk.locator("#tab-peers")).to_be_focused()
    assert_accessible(desk)
    desk.get_by_role("link", name="Zeptat se obce Štětí").click()
    desk.fill("[name=question]", "Jak v Hranicích začít s majiteli bytů?")
    desk.click("[name=ask]")
    expect(desk.locator("main")).to_contain_text("Text jmenuje obec tazatele")
    assert_accessible(desk)
    desk.fill("[name=question]", "Jak začít s majiteli bytů?")
    desk.click("[name=ask]")
    expect(desk.locator("main")).to_contain_text("čeká na odpověď obce")
    assert_accessible(desk)

    phone = new_page(width=390)
    log_in(phone, official)
    phone.goto("/cs/my/")
    phone.get_by_role("link", name="na vaši zkušenost čeká otázka").click()
    expect(phone.locator("main")).to_contain_text("Jak začít s majiteli bytů?")
    assert "Hranic" not in phone.content()
    assert case.reference not in phone.content()
    assert_fits(phone)
    assert_accessible(phone)
    phone.fill("[name=text]", "Nabídli jsme záruku za nájem.")
    phone.click("[name=answer]")
    expect(phone.locator("main")).to_contain_text("Odpověď vaší obce")
    phone.goto("/cs/my/help/")
    assert_fits(phone)
    assert_accessible(phone)

    desk.goto(url)
    expect(desk.locator(".timeline")).to_contain_text("Nabídli jsme záruku za nájem.")
    desk.locator("#tab-peers").click()
    desk.locator("[data-insert]", has_text="Štětí").click()
    expect(desk.locator("#write-answer [name=text]")).to_have_value(
        "Nabídli jsme záruku za nájem.\n\nS pomocí obce Štětí."
    )
    assert PeerQuestion.objects.get().told_as is not None
    visitor = new_page(javascript=False)
    visitor.goto("/cs/municipalities/steti/")
    expect(visitor.locator("main")).to_contain_text("pomohla jiným jednou")
