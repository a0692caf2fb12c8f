"""A return in a browser: opened, filled in on a phone, questioned, sent, returned, accepted, public."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from municipalities.models import IndicatorValue, Return
from tests.factories.accounts import UserFactory
from tests.factories.figures import IndicatorFactory, IndicatorValueFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits, log_in


@pytest.fixture
def place(transactional_db: None) -> Any:
    """A pilot with twelve flats in 2019."""
    place = MunicipalityFactory(name="Veselíčko", slug="veselicko", pilot=True, population=None)
    flats = IndicatorFactory(slug="flats", name_cs="Byty pro sociální bydlení")
    IndicatorValueFactory(municipality=place, indicator=flats, value=12, on=date(2019, 12, 31))
    return place


def test_a_return_goes_its_whole_way(new_page: NewPage, place: Any):
    official = MembershipFactory(municipality=place, user__email="obec@example.org").user
    desk, phone = new_page(), new_page(width=390)
    log_in(desk, UserFactory(role="coordinator", email="centrum@example.org"))
    log_in(phone, official)

    opened(desk)
    statement = Return.objects.get()
    filled_in_and_questioned(phone, statement)
    sent_back(desk, statement)
    sent_again(phone, statement)
    accepted(desk, statement)
    public(new_page(width=390), place, "14")
    corrected(desk, place)
    public(new_page(width=390), place, "15")
    assert [row.value for row in IndicatorValue.objects.order_by("pk")] == [12, 14, 15]


def opened(page: Page) -> None:
    """Ask the sixteen for the figures of a year."""
    page.goto("/cs/desk/returns/new/")
    year = timezone.localdate().year - 1
    page.fill("[name=due_on]", (timezone.localdate() + timedelta(days=20)).isoformat())
    assert_accessible(page)
    page.get_by_role("button", name="Pokračovat").click()
    expect(page.locator("main")).to_contain_text("Zpráva hned odejde")
    assert_accessible(page)
    page.get_by_role("button", name="Otevřít období").click()
    expect(page.locator("h1")).to_contain_text(str(year))
    expect(page.locator("main")).to_contain_text("vyplňuje se")
    assert_accessible(page)


def filled_in_and_questioned(page: Page, statement: Return) -> None:
    """The last value stands in the field; a slip is saved as it is typed, and asked about before sending."""
    page.goto(f"/cs/my/returns/{statement.pk}/")
    field = page.get_by_role("textbox", name="Byty pro sociální bydlení", exact=False).first
    expect(field).to_have_value("12")
    field.fill("12000")
    expect(page.locator("[data-said]")).to_contain_text("Uloženo v")
    page.reload()
    expect(page.get_by_role("textbox", name="Byty pro sociální bydlení").first).to_have_value("12000")
    page.get_by_role("button", name="Odeslat centru").click()
    expect(page.locator(".error-summary")).to_contain_text("tisíckrát")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("textbox", name="Byty pro sociální bydlení").first.fill("13")
    page.get_by_role("button", name="Odeslat centru").click()
    expect(page.locator("main")).to_contain_text("Údaje byly odeslány")
    assert_fits(page)


def sent_back(page: Page, statement: Return) -> None:
    """The coordinator sees it beside last year's and sends it back."""
    page.goto(f"/cs/desk/returns/of/{statement.pk}/")
    expect(page.locator("main table")).to_contain_text("12")
    page.fill("[name=remark]", "Přidejte byt z prosince.")
    assert_accessible(page)
    page.get_by_role("button", name="Vrátit s touto připomínkou").click()
    expect(page.locator("main")).to_contain_text("Výkaz je zpět u obce")


def sent_again(page: Page, statement: Return) -> None:
    """The remark stands on top, and what was written is still there."""
    page.goto(f"/cs/my/returns/{statement.pk}/")
    expect(page.locator("main")).to_contain_text("Přidejte byt z prosince.")
    field = page.get_by_role("textbox", name="Byty pro sociální bydlení").first
    expect(field).to_have_value("13")
    field.fill("14")
    page.get_by_role("button", name="Odeslat centru").click()
    expect(page.locator("main")).to_contain_text("Údaje byly odeslány")


def accepted(page: Page, statement: Return) -> None:
    """The coordinator accepts."""
    page.goto(f"/cs/desk/returns/of/{statement.pk}/")
    page.get_by_role("button", name="Přijmout údaje").click()
    expect(page.locator("main")).to_contain_text("Údaje jsou veřejné")


def public(page: Page, place: Any, value: str) -> None:
    """Anybody sees the value with its date and source, and on the page of all figures the old one."""
    page.goto(f"/cs/municipalities/{place.slug}/")
    figures = page.locator("#figures")
    expect(figures).to_contain_text(value)
    expect(figures).to_contain_text(f"31. prosince {timezone.localdate().year - 1}")
    source = "výkaz obce Veselíčko" if value == "14" else "účetní závěrka"
    expect(page.locator("main")).to_contain_text(source)
    page.goto(f"/cs/municipalities/{place.slug}/figures/")
    expect(page.locator("main table")).to_contain_text("31. prosince 2019")
    assert_accessible(page)
    assert_fits(page)
    if value == "15":
        expect(page.locator("main table del")).to_have_text("14")
        expect(page.locator("main table")).to_contain_text("Zapomenutý byt")


def corrected(page: Page, place: Any) -> None:
    """A correction takes the place of the value, which stays."""
    row = IndicatorValue.objects.get(value=14)
    page.goto(f"/cs/desk/municipalities/{place.slug}/figures/{row.pk}/correct/")
    page.fill("[name=value]", "15")
    page.fill("[name=source_cs]", "účetní závěrka")
    page.fill("[name=reason]", "Zapomenutý byt")
    assert_accessible(page)
    page.get_by_role("button", name="Opravit hodnotu").click()
    expect(page.locator("main")).to_contain_text("Zapomenutý byt")
