"""The short code on the desk's page of a request: made for somebody on the phone, its word never shown."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from consultations.intake.actions.short_code import open_by_code
from consultations.models import ShortCode, SupportRequest
from tests.conftest import LogIn
from tests.factories.consultations import PersonFactory, SupportRequestFactory
from tests.factories.short_code import PHONE, WORD, a_code

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def send(client: Client, case: SupportRequest, **said: str) -> Any:
    said = {"version": str(case.version), **said}
    return client.post(reverse("desk-request-code", args=[case.reference]), said, follow=True)


def test_a_consultant_makes_one_and_reads_it_out(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    case = SupportRequestFactory(open=True, requester=PersonFactory(phone=PHONE))
    html = send(client, case, asks_for="word", word=WORD).content.decode()
    code = ShortCode.objects.get()
    assert "The short code is made. Read it out." in html
    assert code.grouped in html
    assert "With it they say a word that they chose." in html
    assert "made a short code" in html
    assert WORD not in html
    assert open_by_code(code=code.code, proof=WORD) == case


def test_what_cannot_be_a_word_comes_back(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    case = SupportRequestFactory(open=True, requester=PersonFactory(phone=""))
    response = send(client, case, word="abc")
    assert response.status_code == 422
    assert "Choose a word of at least 6 signs." in response.content.decode()


def test_one_sees_that_there_is_one_and_that_it_rests(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    code = a_code()
    assert "With it they say the phone number." in client.get(code.request.get_desk_url()).content.decode()
    ShortCode.objects.update(rests_until="2999-01-01T00:00Z")
    assert "After wrong tries it rests until" in client.get(code.request.get_desk_url()).content.decode()


def test_who_reads_only_neither_makes_nor_sees_one(log_in: LogIn) -> None:
    client, _me = log_in("editor")
    code = a_code()
    assert code.grouped not in client.get(code.request.get_desk_url()).content.decode()
    assert send(client, code.request, word=WORD).status_code == 403
