"""Finding a request again: the page that takes the code, the code's own page, and how we reach somebody."""

import logging
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from consultations.models import ShortCode, SupportRequest
from core.outbox.mail import OutgoingMail
from tests.factories.consultations import PersonFactory, SupportRequestFactory
from tests.factories.short_code import PHONE, WORD, a_code

pytestmark = pytest.mark.django_db

NOTHING = "Nothing was found."
# The time, the nonce of the page, and the length, in which what was typed counts.
OF_EACH_ANSWER = ("Expires", "X-Request-ID", "Content-Security-Policy", "Content-Length")


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def at(name: str, case: SupportRequest) -> str:
    return reverse(name, args=[case.link_token])


def find(client: Client, code: str, proof: str) -> Any:
    return client.post("/en/requests/find/", {"code": code, "proof": proof})


# The page that takes the code -----------------------------------------------------------


def test_a_code_and_the_number_lead_to_the_private_link(client: Client) -> None:
    code = a_code()
    response = find(client, code.code[:3].lower() + " - " + code.code[3:], "602 123 456")
    assert (response.status_code, response["Location"]) == (302, at("request", code.request))


def test_neither_code_nor_word_stands_in_an_address_or_a_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    code = a_code(word=WORD)
    with caplog.at_level(logging.DEBUG):
        response = find(client, code.code, WORD)
        find(client, code.code, "Modrá konev")
    for secret in (code.code, "konev"):
        assert secret not in response["Location"]
        assert secret not in "".join(
            record.getMessage() for record in caplog.records if "SQL" not in record.msg
        )
    assert client.get("/en/requests/find/", {"code": code.code, "proof": WORD}).status_code == 200


def test_what_is_no_code_is_said_beside_the_field_and_all_is_kept(client: Client) -> None:
    response = find(client, "K7A", WORD)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Write the six signs of the code." in html
    assert 'value="K7A"' in html
    assert f'value="{WORD}"' in html


def answer(code: str, proof: str) -> tuple[int, str, dict[str, str], int]:
    """Return all that an answer can tell: status, page, headers, and how often the database was asked."""
    cache.clear()
    client = Client()
    with CaptureQueriesContext(connection) as queries:
        response = find(client, code, proof)
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    headers = {name: value for name, value in response.headers.items() if name not in OF_EACH_ANSWER}
    asked = [query for query in queries if query["sql"].startswith("SELECT")]
    return response.status_code, page.replace(code, "").replace(proof, ""), headers, len(asked)


def test_answers_are_equal_whatever_is_wrong() -> None:
    by_phone, by_word, resting = a_code(), a_code(word=WORD), a_code(word=WORD)
    for _time in range(5):
        answer(resting.code, "wrong word")
    gone = a_code()
    free = gone.code
    gone.delete()
    tried = [(free, PHONE), (by_phone.code, "wrong word"), (by_word.code, PHONE), (resting.code, WORD)]
    answers = [answer(code, proof) for code, proof in tried]
    assert [status for status, *_rest in answers] == [422] * 4
    assert NOTHING in answers[0][1]
    assert answers == [answers[0]] * 4


def test_a_network_tries_only_so_many_in_an_hour_then_nothing_is_looked_up(
    client: Client, settings: Any
) -> None:
    settings.CODE_TRIES_PER_HOUR = 3
    code = a_code()
    statuses = [find(client, "K7A3F9", PHONE).status_code for _time in range(4)]
    assert statuses == [422, 422, 422, 429]
    late = find(client, code.code, PHONE)
    assert late.status_code == 429
    assert "There were too many tries in the last hour." in late.content.decode()
    other = Client(REMOTE_ADDR="198.51.100.7")
    assert find(other, code.code, PHONE).status_code == 302


def test_many_networks_together_try_one_code_five_times() -> None:
    code = a_code(word=WORD)
    for number in range(9):
        find(Client(REMOTE_ADDR=f"198.51.100.{number}"), code.code, "wrong word")
    assert find(Client(REMOTE_ADDR="198.51.100.20"), code.code, WORD).status_code == 422
    code.refresh_from_db()
    assert (code.wrong_tries, code.is_resting) == (5, True)


def test_the_page_is_kept_by_no_browser(client: Client) -> None:
    assert "no-store" in client.get("/en/requests/find/")["Cache-Control"]


def test_it_is_found_from_where_one_looks(client: Client) -> None:
    link = 'href="/en/requests/find/"'
    for address in ("/en/requests/new/", "/en/help/", "/en/", "/en/requests/nothing-here/"):
        assert link in client.get(address).content.decode(), address


# The code's own page ----------------------------------------------------------------------


def test_a_code_is_made_shown_again_made_anew_and_taken_away(client: Client) -> None:
    case = SupportRequestFactory(requester=PersonFactory(phone=PHONE))
    page = at("request-code", case)
    assert client.post(page, {"asks_for": "phone", "word": ""})["Location"] == page
    first = ShortCode.objects.get()
    for shown in (page, at("request", case), at("request-received", case)):
        assert first.grouped in client.get(shown).content.decode()
    client.post(page, {"asks_for": "word", "word": WORD})
    second = ShortCode.objects.get()
    html = client.get(page).content.decode()
    assert second.grouped in html
    assert first.grouped not in html
    assert WORD not in html
    assert client.post(at("request-code-drop", case))["Location"] == page
    assert "Make a short code" in client.get(page).content.decode()
    assert client.post(at("request-code-drop", case), follow=True).status_code == 200


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"asks_for": "word", "word": ""}, "Write a word."),
        ({"asks_for": "word", "word": "abc"}, "Choose a word of at least 6 signs."),
        ({"asks_for": "word", "word": "Jana Novákova"}, "Others know this word"),
        ({"word": WORD}, "Choose one of the two."),
    ],
)
def test_what_cannot_be_a_word_is_said_beside_it(client: Client, sent: dict[str, str], said: str) -> None:
    case = SupportRequestFactory(requester=PersonFactory(phone=PHONE))
    response = client.post(at("request-code", case), sent)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not ShortCode.objects.exists()


def test_without_a_number_the_word_alone_is_asked_for(client: Client) -> None:
    case = SupportRequestFactory(requester=PersonFactory(phone=""))
    page = at("request-code", case)
    assert 'name="asks_for"' not in client.get(page).content.decode()
    assert client.post(page, {"word": ""}).status_code == 422
    assert client.post(page, {"word": WORD}).status_code == 302


def test_a_number_that_was_taken_away_is_said_on_the_page(client: Client) -> None:
    code = a_code()
    code.request.requester.phone = ""
    code.request.requester.save()
    assert "so the code opens nothing" in client.get(at("request-code", code.request)).content.decode()


def test_behind_the_link_one_sees_that_it_rests(client: Client) -> None:
    code = a_code(word=WORD)
    for _time in range(5):
        find(client, code.code, "wrong word")
    assert "The code rests" in client.get(at("request-code", code.request)).content.decode()


def test_opening_pages_makes_nothing(client: Client) -> None:
    case = SupportRequestFactory(requester=PersonFactory(phone=PHONE))
    client.get(at("request-code", case), {"asks_for": "phone"})
    assert client.get(at("request-code-drop", case)).status_code == 405
    assert not ShortCode.objects.exists()


# How we reach somebody --------------------------------------------------------------------


def test_what_it_means_to_leave_nothing_is_said_kindly(client: Client) -> None:
    case = SupportRequestFactory(requester=PersonFactory(email="", phone=""))
    for page in ("request", "request-received"):
        html = client.get(at(page, case)).content.decode()
        assert "That is all right: the answer will wait for you here." in html
        assert f'href="{at("request-reach", case)}"' in html


def test_an_address_is_added_later_and_gets_the_link(client: Client) -> None:
    case = SupportRequestFactory(requester=PersonFactory(email="", phone=""))
    response = client.post(at("request-reach", case), {"email": "a@example.org", "phone": ""}, follow=True)
    html = response.content.decode()
    assert "The private link is on its way to your e-mail." in html
    assert "a…@example.org" in html
    assert OutgoingMail.objects.get().to == "a@example.org"


def test_what_is_left_empty_stays_and_is_not_shown_whole(client: Client) -> None:
    case = SupportRequestFactory(requester=PersonFactory(email="jana@example.org", phone=PHONE))
    page = at("request-reach", case)
    html = client.get(page).content.decode()
    assert "ja…@example.org" in html
    assert "jana@example.org" not in html
    assert PHONE not in html
    client.post(page, {"email": "", "phone": "", "forget_phone": "on"})
    case.requester.refresh_from_db()
    assert (case.requester.email, case.requester.phone) == ("jana@example.org", "")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"email": "", "phone": ""}, "Write an e-mail or a phone number."),
        ({"email": "jana@", "phone": ""}, "Write the e-mail in the form name@domain.cz"),
        ({"email": "", "phone": "123"}, "Write the phone number with nine digits"),
    ],
)
def test_what_is_wrong_is_said_and_kept(client: Client, sent: dict[str, str], said: str) -> None:
    case = SupportRequestFactory()
    response = client.post(at("request-reach", case), sent)
    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    assert all(f'value="{value}"' in html for value in sent.values() if value)


def test_a_link_changes_only_so_often_in_an_hour(client: Client, settings: Any) -> None:
    settings.REPLIES_PER_HOUR = 2
    case = SupportRequestFactory()
    sent = [{"email": f"a{number}@example.org", "phone": ""} for number in range(3)]
    assert [client.post(at("request-reach", case), one).status_code for one in sent] == [302, 302, 429]


def test_who_asks_from_an_account_is_led_to_it(client: Client) -> None:
    case = SupportRequestFactory(official=True)
    for name in ("request-reach", "request-code"):
        html = client.get(at(name, case)).content.decode()
        assert "account" in html
        assert 'name="send"' not in html
    assert client.post(at("request-reach", case), {"email": "a@example.org"}).status_code == 422
    assert client.post(at("request-code", case), {"word": WORD}).status_code == 422
