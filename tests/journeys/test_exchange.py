"""One official asks, another answers from a phone; what does not belong there is reported and hidden."""

from typing import Any

from playwright.sync_api import Page, expect

from municipalities.models import ExchangeAnswer, ExchangeQuestion, Membership
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits, log_in

QUESTION = "Jak vybíráte nájemníky sociálních bytů?"
ANSWER = "Rozhoduje komise podle bodů. <b>Pořadí</b> nezveřejňujeme."
REASON = "Prozrazuje, jak se rozhodlo o jednom člověku."


def a_member(place: str, name: str) -> Membership:
    """Return somebody who speaks for a municipality and can log in through the form."""
    return MembershipFactory(
        municipality=MunicipalityFactory(name=place), user=UserFactory(official=True, name=name)
    )


def test_asked_answered_thanked_reported_hidden(new_page: NewPage, transactional_db: None):
    asker, answerer, reader = new_page(), new_page(width=390), new_page(width=390)
    for page, place, name in (
        (asker, "Most", "Milada Mostecká"),
        (answerer, "Brno", "Bruno Brněnský"),
        (reader, "Lhotka", "Lída Lhotecká"),
    ):
        log_in(page, a_member(place, name).user)

    address = ask(asker)
    answer(answerer, address)
    thank_and_settle(asker, address)
    report(reader, address)
    hide(new_page(), address)

    reader.goto(address)
    expect(reader.locator("main")).to_contain_text(REASON)
    expect(reader.locator("main")).not_to_contain_text("Rozhoduje komise")
    assert_accessible(reader)


def ask(page: Page) -> str:
    """Ask; return the address of the question."""
    page.goto("/cs/my/")
    page.locator("nav.rail a:visible", has_text="Poradna obcí").click()
    assert_accessible(page)
    page.click("main >> text=Zeptat se ostatních")
    page.fill("[name=title]", QUESTION)
    page.fill("[name=text]", "Paní s číslem 736028/5163 se ptá.")
    page.click("main [name=send]")
    expect(page.locator("[name=title]")).to_have_value(QUESTION)
    assert_accessible(page)
    page.fill("[name=text]", "Chystáme pravidla.")
    page.click("main [name=send]")
    expect(page.locator("h1")).to_have_text(QUESTION)
    return ExchangeQuestion.objects.get().get_absolute_url()


def answer(page: Page, address: str) -> None:
    """Find the question in the list and answer it."""
    page.goto("/cs/exchange/?state=unanswered")
    assert_fits(page)
    page.click(f"main a[href='{address}']")
    page.fill("[name=text]", ANSWER)
    page.click("main [name=send]")
    expect(page.locator("article.exchange-answer")).to_contain_text(ANSWER)
    assert_fits(page)
    assert_accessible(page)


def thank_and_settle(page: Page, address: str) -> None:
    """See that an answer waits, thank for it, and say that it is enough."""
    page.goto("/cs/my/")
    page.click(f"main >> text=Odpověď na váš dotaz: {QUESTION}")
    page.click("main >> text=Děkuji, pomohlo to")
    expect(page.locator("article.exchange-answer")).to_contain_text("pomohlo 1 čtenáři")
    page.click("main >> text=Dotaz je vyřešený")
    expect(page.locator("main .page-heading")).to_contain_text("vyřešeno")
    assert_accessible(page)


def report(page: Page, address: str) -> None:
    """Report the answer."""
    page.goto(address)
    page.click("main >> text=Nahlásit odpověď")
    assert_fits(page)
    assert_accessible(page)
    page.check("[name=reason][value=personal]", force=True)
    page.fill("[name=words]", "Jde o jednoho člověka.")
    page.click("main [name=send]")
    expect(page.locator("main")).to_contain_text("Děkujeme")


def hide(page: Page, address: str) -> None:
    """Hide what was reported, at the desk."""
    moderator: Any = UserFactory(editor=True, name="Edita Editorka")
    log_in(page, moderator)
    page.goto("/cs/desk/exchange/reports/")
    assert_accessible(page)
    page.click("main >> text=Skrýt…")
    expect(page.locator("main")).to_contain_text("Jde o jednoho člověka.")
    page.fill("[name=reason]", REASON)
    assert_accessible(page)
    page.click("main [name=hide]")
    expect(page.locator("main")).to_contain_text("Znovu zobrazit")
    assert ExchangeAnswer.objects.get().hidden_by == moderator
