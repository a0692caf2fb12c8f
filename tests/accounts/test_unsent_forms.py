"""What was typed comes back when the login had ended before the form was sent."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.adapters import DEVICE_COOKIE, device_token
from accounts.models import User
from consultations.models import Contact, SupportRequest
from tests import world
from tests.factories.accounts import UserFactory
from tests.factories.consultations import SupportRequestFactory
from tests.forms import TYPED, forms_of_those_signed_in, said, typed_over, values_of

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
ANSWER = "Dobrý den,\r\ndávka <b>& příspěvek</b> se nesčítají."
COMES_BACK = "The form below is filled in again: look it over and send it."


@pytest.fixture
def consultant() -> User:
    return UserFactory(email="jana@example.org")


@pytest.fixture
def case(consultant: User) -> SupportRequest:
    return SupportRequestFactory(open=True, assignee=consultant)


def browser_of(user: User) -> Client:
    """Return a browser in which `user` has logged in before, and whose login is over."""
    client = Client()
    client.cookies[DEVICE_COOKIE] = device_token(user.email)
    return client


def send(client: Client, address: str, data: dict[str, Any], page: str = "", **extra: Any) -> Any:
    if page:
        extra["headers"] = {"Referer": f"http://testserver{page}", **extra.get("headers", {})}
    return client.post(address, data, **extra)


def log_in(client: Client, response: Any, login: str = "jana@example.org") -> Any:
    """Log in on the page that `response` leads to, and go where the login leads."""
    assert response.url.startswith("/en/accounts/login/?next=")
    return client.post(response.url, {"login": login, "password": PASSWORD}, follow=True)


def form_of(page: str | bytes, address: str) -> Any:
    """Return the page's form with most boxes that is sent to `address`."""
    forms = [form for form in lxml.html.fromstring(page).forms if address in (form.get("action"), None)]
    return max(forms, key=lambda form: len(form.fields))


class TestStory:
    def test_an_answer_stands_in_its_box_again_and_is_not_sent(self, client, consultant, case):
        with time_machine.travel("2026-05-04 08:00Z", tick=False) as traveller:
            client.post("/en/accounts/login/", {"login": "jana@example.org", "password": PASSWORD})
            page = f"/en/desk/requests/{case.reference}/"
            shown = client.get(page)
            traveller.shift(timedelta(minutes=31))
            form = form_of(shown.content, f"{page}answer/")
            typed = {name: value for name, value in form.fields.items() if value and name != "draft"}
            response = send(client, f"{page}answer/", {**typed, "text": ANSWER, "minutes": "25"}, page)

            assert response.status_code == 302
            login_page = client.get(response.url).content.decode()
            assert "What you sent has been kept: log in, and its form is filled in again." in login_page
            back = log_in(client, response)

        assert back.redirect_chain[-1][0] == f"{page}answer/"
        form = form_of(back.content, f"{page}answer/")
        assert form.fields["text"].strip() == ANSWER.replace("\r\n", "\n")
        assert form.fields["minutes"] == "25"
        assert form.getparent().get("open") is not None
        assert COMES_BACK in back.content.decode()
        assert not Contact.objects.filter(text__contains="nesčítají").exists()

    def test_it_comes_back_once(self, consultant, case):
        client = browser_of(consultant)
        page = f"/en/desk/requests/{case.reference}/"
        log_in(client, send(client, f"{page}note/", {"text": ANSWER}, page))

        again = client.get(page).content.decode()
        assert COMES_BACK not in again
        assert "nesčítají" not in again

    def test_the_box_that_is_filled_is_the_only_one_that_stands_open(self, consultant, case):
        client = browser_of(consultant)
        page = f"/en/desk/requests/{case.reference}/"
        back = log_in(client, send(client, f"{page}note/", {"text": ANSWER}, page))

        boxes = lxml.html.fromstring(back.content).xpath("//details[@name='words'][@open]")
        assert [box.get("id") for box in boxes] == ["write-note"]

    def test_without_a_referrer_the_nearest_page_above(self, consultant, case):
        response = send(browser_of(consultant), f"/en/desk/requests/{case.reference}/close/", {"note": "x"})
        assert response.url == f"/en/accounts/login/?next=/en/desk/requests/{case.reference}/"

    def test_a_referrer_elsewhere_is_not_followed(self, consultant, case):
        headers = {"Referer": "http://example.com/en/desk/mail/"}
        address = f"/en/desk/requests/{case.reference}/close/"
        response = send(browser_of(consultant), address, {"note": "x"}, headers=headers)
        assert response.url == f"/en/accounts/login/?next=/en/desk/requests/{case.reference}/"

    def test_a_form_that_is_gone_gives_its_texts_back(self, consultant):
        client = browser_of(consultant)
        back = log_in(client, send(client, "/en/desk/mail/dead/1/revive/", {"why": TYPED, "version": "3"}))

        assert back.redirect_chain[-1][0] == "/en/desk/mail/dead/"
        quoted = lxml.html.fromstring(back.content).xpath("//blockquote")
        assert [text.text_content() for text in quoted] == [TYPED]

    def test_what_no_page_can_hold_is_left_out(self, consultant, case):
        client = browser_of(consultant)
        page = f"/en/desk/requests/{case.reference}/"
        back = log_in(client, send(client, f"{page}note/", {"text": "Před\x00 a\x1f po\ufffe"}, page))
        assert form_of(back.content, f"{page}note/").fields["text"].strip() == "Před a po"

    def test_a_part_that_a_script_fetches_does_not_use_it_up(self, consultant, case):
        client = browser_of(consultant)
        page = f"/en/desk/requests/{case.reference}/"
        send(client, f"{page}note/", {"text": ANSWER}, page)
        client.force_login(consultant)
        client.get(f"{page}similar/", headers={"HX-Request": "true"})
        assert "nesčítají" in client.get(f"{page}note/").content.decode()

    def test_a_late_save_of_a_script_is_not_kept(self, consultant, case):
        client = browser_of(consultant)
        address = f"/en/desk/requests/{case.reference}/draft/answer/"
        client.post(address, {"text": ANSWER}, headers={"X-Requested-With": "fetch"})
        assert "unsent_form" not in client.session


class TestPrivacy:
    def test_nobody_else_gets_it(self, consultant, case):
        UserFactory(email="petr@example.org")
        client = browser_of(consultant)
        page = f"/en/desk/requests/{case.reference}/"
        back = log_in(client, send(client, f"{page}note/", {"text": ANSWER}, page), "petr@example.org")

        assert back.redirect_chain[-1][0] == f"{page}note/"
        assert "nesčítají" not in back.content.decode()
        assert "unsent_form" not in client.session

    @pytest.mark.parametrize(
        "device",
        ["", "x", "x.y", device_token("stranger@example.org")],
        ids=["none", "no sign", "a wrong sign", "a stranger's"],
    )
    def test_a_browser_without_a_known_device_keeps_nothing(self, client, case, device):
        client.cookies[DEVICE_COOKIE] = device
        send(client, f"/en/desk/requests/{case.reference}/note/", {"text": ANSWER})
        assert "unsent_form" not in client.session

    def test_it_lies_sealed_and_without_secrets(self, consultant):
        client = browser_of(consultant)
        fields = {"oldpassword": "tajné heslo", "password1": "nové heslo", "code": "123456", "name": "Jana"}
        send(client, "/en/accounts/profile/", fields)
        kept = client.session["unsent_form"]

        assert "Jana" not in json.dumps(Session.objects.get(pk=client.session.session_key).get_decoded())
        back = client.get("/en/accounts/profile/")
        assert back.status_code == 302
        client.force_login(consultant)
        assert client.session["unsent_form"] == kept
        page = client.get("/en/accounts/profile/").content.decode()
        assert 'value="Jana"' in page
        assert "heslo" not in page
        assert "123456" not in page

    def test_after_twelve_hours_it_is_gone(self, consultant, case):
        page = f"/en/desk/requests/{case.reference}/"
        client = browser_of(consultant)
        send(client, f"{page}note/", {"text": ANSWER}, page)
        with time_machine.travel(timezone.now() + timedelta(hours=12, seconds=2)):
            client.force_login(consultant)
            assert "nesčítají" not in client.get(page).content.decode()

    def test_more_than_any_form_holds_is_not_kept(self, consultant, case):
        client = browser_of(consultant)
        send(client, f"/en/desk/requests/{case.reference}/note/", {"text": "a" * 300_001})
        assert "unsent_form" not in client.session


class TestNewLoginElsewhere:
    """The login of another tab makes the form's safety token an old one."""

    def test_our_form_is_kept(self, consultant, case):
        client = Client(enforce_csrf_checks=True)
        client.cookies = browser_of(consultant).cookies
        client.force_login(consultant)
        page = f"/en/desk/requests/{case.reference}/"
        refused = send(
            client, f"{page}note/", {"text": ANSWER}, page, headers={"Origin": "http://testserver"}
        )

        assert refused.status_code == 403
        assert f'href="{page}note/"' in refused.content.decode()
        assert (
            form_of(client.get(f"{page}note/").content, f"{page}note/")
            .fields["text"]
            .strip()
            .endswith("nesčítají.")
        )

    def test_a_strangers_form_is_not(self, consultant, case):
        client = Client(enforce_csrf_checks=True)
        client.cookies = browser_of(consultant).cookies
        client.force_login(consultant)
        headers = {"Origin": "http://example.com"}
        client.post(f"/en/desk/requests/{case.reference}/note/", {"text": ANSWER}, headers=headers)

        assert "unsent_form" not in client.session


# Some forms stand on their page for a while only, and so many pages take long on a busy machine.
@time_machine.travel("2026-11-27 10:00Z", tick=False)
def test_every_form_of_the_desk_and_of_officials_is_filled_in_again():
    built = world.build()
    lost, forms = [], 0
    for user, page, form in forms_of_those_signed_in(built):
        typed, address = typed_over(form), form.get("action") or page
        forms += 1
        late = browser_of(user)
        response = send(late, address, typed, page)
        late.force_login(user)
        back = late.get(parse_qs(urlsplit(response.url).query)["next"][0])
        forms_now = lxml.html.fromstring(back.content).forms
        missing = min((said(typed) - values_of(one) for one in forms_now), key=len)
        if missing or COMES_BACK not in back.content.decode():
            lost.append((page, address, missing))

    assert lost == []
    assert forms == 163
