"""What exists already is offered while a question is typed, or as a step before it is sent."""

from typing import Any

import pytest
from playwright.sync_api import expect

from consultations.models import SupportRequest
from tests.consultations.intake.test_similar import an_answer
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits, wait_as_if_typing

SUBJECT = "Výpověď z nájmu"


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_answer_is_offered_once(new_page: NewPage, transactional_db: None, javascript: bool, width: int):
    edition = an_answer("Výpověď z nájmu bytu")
    page = new_page(javascript=javascript, width=width)
    page.goto("/cs/requests/new/")
    page.check("[name=requester_kind][value=person]", force=True)
    page.locator("[name=subject]").press_sequentially(SUBJECT)
    page.fill("[name=text]", "Jaká je výpovědní doba?")
    offered: Any = page.locator(f"main a[href='/cs/summaries/{edition.document.slug}/']")
    if javascript:
        expect(offered).to_have_count(1)
        assert_accessible(page)
    wait_as_if_typing(page)
    page.locator("main [name=send]").click()
    if not javascript:
        expect(offered).to_have_count(2)
        expect(page.locator("[name=subject]")).to_have_value(SUBJECT)
        assert_fits(page)
        page.locator("main [name=send]").click()
    expect(page.locator("main")).to_contain_text(SupportRequest.objects.get().reference)


def test_the_step_is_in_sight_and_accessible(new_page: NewPage, transactional_db: None):
    an_answer("Výpověď z nájmu bytu")
    page = new_page(width=390)
    page.goto("/cs/requests/new/")
    page.check("[name=requester_kind][value=person]", force=True)
    page.evaluate("subject => { document.querySelector('[name=subject]').value = subject }", SUBJECT)
    page.fill("[name=text]", "Jaká je výpovědní doba?")
    wait_as_if_typing(page)
    page.locator("main [name=send]").click()
    expect(page.locator("main section:focus")).to_be_in_viewport()
    assert_accessible(page)
