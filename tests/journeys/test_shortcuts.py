"""The desk without a mouse, by its single keys."""

from collections.abc import Iterable

import pytest
from django.db.models import Q
from playwright.sync_api import Page, expect

from accounts.models import User
from consultations.choices import State
from consultations.models import SupportRequest
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.journeys.conftest import NewPage, assert_accessible, assert_fits, log_in

LIST = "/cs/desk/requests/"
KEYS = "/cs/desk/keys/"
SINGLE_KEYS = "?/jkoxangltcse"


@pytest.fixture
def consultant(transactional_db: None) -> User:
    """A consultant with three requests of their own."""
    user = UserFactory(role="consultant")
    for subject in ("První", "Druhý", "Třetí"):
        SupportRequestFactory(subject=subject, state=State.OPEN, assignee=user)
    return user


def test_every_key_does_its_work_and_only_when_wanted(new_page: NewPage, consultant: User):
    page = new_page()
    log_in(page, consultant)
    page.goto(LIST)
    moves_between_pages(page)
    walks_the_list(page)
    ticks_the_page(page)
    opens_with_o_and_enter(page)
    works_on_requests(page)
    writes(page)
    is_silent_in_fields_and_with_modifiers(page)
    is_silent_when_switched_off(page)
    sends_all_the_same(page)


def moves_between_pages(page: Page) -> None:
    """“?” opens the sheet, “g l” the list, “g t” the day, “/” the search box."""
    page.keyboard.press("?")
    page.wait_for_url(f"**{KEYS}")
    assert_accessible(page)
    assert_fits(page)
    press(page, "gl")
    page.wait_for_url(f"**{LIST}")
    press(page, "gt")
    page.wait_for_url("**/cs/desk/")
    page.goto(LIST)
    page.keyboard.press("/")
    expect(page.locator("#desk-search")).to_be_focused()
    expect(page.locator("#desk-search")).to_have_value("")
    leave_the_field(page)
    press(page, "tl")
    assert page.url.endswith(LIST)


def walks_the_list(page: Page) -> None:
    """“j” goes down and “k” up, and both stay on the list at its ends."""
    links = page.locator("a.row-link")
    expect(links).to_have_count(3)
    for keys, row in (("j", 0), ("k", 0), ("jj", 2), ("j", 2), ("k", 1)):
        press(page, keys)
        expect(links.nth(row)).to_be_focused()


def ticks_the_page(page: Page) -> None:
    """“x” ticks the row that has the focus; one box ticks them all, and follows them."""
    boxes, every = page.locator("input[name=row]"), page.locator("#tick-all")
    page.keyboard.press("x")
    assert ticked(page) == [False, True, False]
    assert every.evaluate("box => [box.checked, box.indeterminate]") == [False, True]
    page.keyboard.press("x")
    assert ticked(page) == [False, False, False]
    every.check()
    assert ticked(page) == [True, True, True]
    boxes.nth(0).uncheck()
    assert every.evaluate("box => [box.checked, box.indeterminate]") == [False, True]
    boxes.nth(0).check()
    expect(every).to_be_checked()
    every.uncheck()
    assert ticked(page) == [False, False, False]


def opens_with_o_and_enter(page: Page) -> None:
    """“o” and Enter open the row that has the focus."""
    for key in ("o", "Enter"):
        page.goto(LIST)
        page.keyboard.press("j")
        address = page.locator("a.row-link").first.get_attribute("href")
        page.keyboard.press(key)
        page.wait_for_url(f"**{address}**")


def writes(page: Page) -> None:
    """“n” goes to the note and “a” to the answer box, whichever is folded."""
    for key, box in (("n", "#write-note"), ("a", "#write-answer")):
        leave_the_field(page)
        page.keyboard.press(key)
        expect(page.locator(f"{box} [name=text]")).to_be_focused()
        expect(page.locator(f"{box} [name=text]")).to_have_value("")


def works_on_requests(page: Page) -> None:
    """“j” and “k” go on and back in the list, “t” takes, “c” logs a contact, “g c” a new one, “e” closes."""
    page.goto(LIST)
    page.locator("a.row-link").first.click()
    first, *_rest = newest = [case.reference for case in SupportRequest.objects.order_by("-pk")]
    page.wait_for_url(f"**{LIST}{first}/?list=**")
    press(page, "j")
    page.wait_for_url(f"**/{newest[1]}/?list=**")
    press(page, "k")
    page.wait_for_url(f"**/{first}/?list=**")
    # It is theirs already, and nobody was answered: nothing happens.
    press(page, "te")
    press(page, "c")
    expect(page.locator("#write-contact [name=text]")).to_be_focused()
    leave_the_field(page)
    press(page, "gc")
    page.wait_for_url("**/cs/desk/requests/new/")
    SupportRequest.objects.filter(reference_is(first)).update(state=State.ANSWERED)
    page.goto(f"{LIST}{first}/")
    press(page, "e")
    page.wait_for_url("**done=close**")
    assert SupportRequest.objects.get(reference_is(first)).state == State.CLOSED
    SupportRequest.objects.filter(reference_is(first)).update(state=State.OPEN)
    page.goto(f"{LIST}{first}/")


def reference_is(reference: str) -> Q:
    """Return which request has a reference."""
    return Q(pk=int(reference.rpartition("-")[2]))


def is_silent_in_fields_and_with_modifiers(page: Page) -> None:
    """A text of nothing but keys is a text; with Ctrl, Alt or Shift they are the browser's."""
    box = page.locator("#write-answer [name=text]")
    assert taken(page, SINGLE_KEYS) == []
    expect(box).to_have_value(SINGLE_KEYS)
    box.fill("")
    leave_the_field(page)
    assert taken(page, ["Control+/", "Alt+n", "Shift+N", "Meta+j"]) == []
    page.goto(LIST)
    page.focus("[name=state]")
    assert taken(page, SINGLE_KEYS) == []
    leave_the_field(page)
    assert taken(page, "jx") == ["j", "x"]


def is_silent_when_switched_off(page: Page) -> None:
    """The switch on the sheet ends them all, on every page, until it is used again."""
    switch(page, on=False)
    for address in (LIST, f"{LIST}{SupportRequest.objects.earliest('pk').reference}/"):
        page.goto(address)
        assert taken(page, SINGLE_KEYS) == []
        assert page.evaluate("document.activeElement.tagName") == "BODY"


def sends_all_the_same(page: Page) -> None:
    """Ctrl+Enter sends though single keys are off; switched on again, they work again."""
    page.locator("#write-note > summary").click()
    page.fill("#write-note [name=text]", "Volat po obědě.")
    page.press("#write-note [name=text]", "Control+Enter")
    expect(page.locator("main")).to_contain_text("Volat po obědě.")
    switch(page, on=True)
    press(page, "gl")
    page.wait_for_url(f"**{LIST}")


def switch(page: Page, *, on: bool) -> None:
    """Press the button of the sheet."""
    page.goto(KEYS)
    page.locator("form[action$='/keys/switch/'] button").click()
    expect(page.locator("body[data-key-help]")).to_have_count(1 if on else 0)


def press(page: Page, keys: Iterable[str]) -> None:
    """Press one key after the other, once the page's scripts listen."""
    page.wait_for_load_state()
    for key in keys:
        page.keyboard.press(key)


def taken(page: Page, keys: Iterable[str]) -> list[str]:
    """Press one key after the other; return those that a script took for itself."""
    page.evaluate("""() => {
        window.taken = [];
        window.onkeydown = (event) => void (event.defaultPrevented && window.taken.push(event.key));
    }""")
    press(page, keys)
    return page.evaluate("window.taken")


def leave_the_field(page: Page) -> None:
    """Have no field hold the focus."""
    page.evaluate("document.activeElement.blur()")


def ticked(page: Page) -> list[bool]:
    """Tell of each row whether it is ticked."""
    return page.locator("input[name=row]").evaluate_all("boxes => boxes.map((box) => box.checked)")
