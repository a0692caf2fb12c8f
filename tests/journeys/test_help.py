"""Finding help near: from the home page to an office and asking, by keys, on paper, without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from municipalities.choices import OfficeKind
from municipalities.models import Municipality
from tests.factories.municipalities import MunicipalityFactory, OfficeFactory
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits

READINGS = ("/cs/help/", "/en/help/", "/cs/help/easy/", "/cs/help/ukrainian/")
PAGES_OF_PDF = re.compile(rb"/Type\s*/Page\b")


@pytest.fixture
def place(transactional_db: None) -> Municipality:
    """A village whose seat has a contact point, and a namesake elsewhere."""
    seat = MunicipalityFactory(code="514705", name="Lipník nad Bečvou", population=8000)
    kinds = (OfficeKind.CONTACT_POINT, OfficeKind.LABOUR_OFFICE)
    reach = {"phone": "+420581722111", "address": "náměstí T. G. Masaryka 89/11", "hours": "po a st 8–17"}
    for kind in kinds:
        OfficeFactory(kind=kind, municipality=seat, name=f"{kind.label} Lipník", **reach)
    village = MunicipalityFactory(
        code="520420", name="Veselíčko", served_by=seat, office_phone="+420581793130"
    )
    MunicipalityFactory(code="549975", name="Veselíčko", district="Písek")
    seat.served_by = seat
    seat.save()
    return village


def test_from_the_home_page_to_help_near_by_keys(new_page: NewPage, place: Municipality):
    page = new_page(width=390)
    page.goto("/cs/")
    page.locator(".signpost a").press("Enter")
    page.wait_for_url("**/help/")
    page.locator("#id_municipality[role=combobox]").press_sequentially("Ves")
    expect(page.locator("[role=option]")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("[name=s][value='1']").press("Space")
    page.locator("[name=home][value=days]").press("Space")
    page.get_by_role("button", name="Ukázat pomoc").press("Enter")
    expect(page).to_have_url(re.compile(r"municipality=520420&s=1&home=days$"))
    helps_near(page)
    page.get_by_role("link", name="Zeptat se Kontaktního centra").press("Enter")
    expect(page).to_have_url(re.compile(r"/requests/new/\?home=days&topic=losing-home&municipality=520420$"))


def helps_near(page: Page) -> None:
    """The first place to turn to can be called, and says what to say there."""
    first = page.locator(".help-card").first
    expect(first).to_contain_text("Kontaktní místo pro bydlení")
    expect(first).to_contain_text("Dostal(a) jsem výpověď z nájmu. O bydlení přijdu během několika dní.")
    expect(first.locator(".btn-primary")).to_have_attribute("href", "tel:+420581722111")
    assert page.title().startswith("Hrozí mi ztráta bydlení")


def test_without_javascript_namesakes_are_told_apart_and_the_map_is_a_list(
    new_page: NewPage, place: Municipality
):
    page = new_page(width=390, javascript=False)
    page.goto("/cs/help/")
    page.fill("#id_municipality", "Veselíčko")
    page.check("[name=s][value='1']")
    page.check("[name=home][value=days]")
    page.get_by_role("button", name="Ukázat pomoc").click()
    page.get_by_label("Veselíčko (Přerov").check()
    page.get_by_role("button", name="Ukázat pomoc").click()
    helps_near(page)

    page.get_by_text("Změnit odpovědi").click()
    page.get_by_role("link", name="Vybrat obec na mapě nebo ze seznamu").click()
    page.locator(".help-places").get_by_role("link", name="Olomoucký kraj").click()
    page.get_by_role("link", name="Lipník nad Bečvou").click()
    page.locator(".help-places").get_by_role("link", name="Veselíčko").click()
    helps_near(page)


@pytest.mark.once
@pytest.mark.parametrize("reading", READINGS)
def test_every_reading_is_accessible_fits_and_is_one_page_of_paper(
    new_page: NewPage, place: Municipality, reading: str
):
    page = new_page(with_axe=True)
    for query in ("", "?municipality=Vesel%C3%AD%C4%8Dko&s=4", "?municipality=520420&s=1&home=days"):
        page.goto(f"{reading}{query}")
        for width in (320, 390, 1024, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert_fits(page)
            if width in (390, 1440):
                assert_accessible(page)
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(PAGES_OF_PDF.findall(paper)) == 1
    page.goto(f"{reading}places/?region=olomoucky-kraj")
    assert_accessible(page)
