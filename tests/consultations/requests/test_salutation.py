"""Greeting and signature of one's own stand around an answer, once, and are no answer by themselves."""

import pytest

from consultations.models import Draft, SupportRequest
from consultations.requests import salutation
from consultations.requests.actions import desk, drafts
from core.states import Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory

pytestmark = pytest.mark.django_db


def a_case(**person: str) -> tuple[SupportRequest, object]:
    me = UserFactory(role="consultant", greeting_cs="Dobrý den,", signature_cs="S pozdravem\nKarla")
    requester = PersonFactory(email="jana@example.cz", **person)
    return SupportRequestFactory(open=True, requester=requester, language="cs"), me


def test_the_frame_is_in_the_language_of_the_request_and_knows_the_requester():
    case, me = a_case()
    assert salutation.frame(case, by=me) == "Dobrý den,\n\n\n\nS pozdravem\nKarla"
    case.requester.salutation = "Vážená paní Nováková"
    assert salutation.frame(case, by=me).startswith("Vážená paní Nováková,\n")
    case.language = "en"
    assert salutation.frame(case, by=me) == ""


def test_the_frame_alone_is_no_draft_and_no_answer():
    case, me = a_case()
    alone = salutation.frame(case, by=me)
    assert drafts.save_draft(case, kind="answer", text=alone, by=me, version=0) is None
    assert not Draft.objects.exists()
    for verb in (desk.answer, desk.ask_back):
        with pytest.raises(Refused):
            verb(case, text=alone, by=me)


def test_what_is_put_in_stands_above_the_signature():
    case, me = a_case()
    framed = salutation.put_in(salutation.frame(case, by=me), "> Kde?", case, by=me)
    assert framed == "Dobrý den,\n\n> Kde?\n\nS pozdravem\nKarla"
    assert salutation.put_in("Ano.", "> Kde?", case, by=me) == "Ano.\n\n> Kde?"


def test_the_mail_greets_and_signs_once():
    case, me = a_case()
    mail = desk.answer(case, text="Dobrý den,\n\nano.\n\nS pozdravem\nKarla", by=me).sent_as.text
    assert mail.startswith("Dobrý den,\n\nano.\n\nS pozdravem\nKarla\n")
    assert mail.count("Dobrý den") == 1
    assert "Kontaktní centrum sociálního bydlení\n" not in mail.split("Karla")[1]


def test_without_them_the_mail_greets_and_signs_itself():
    case, _me = a_case()
    mail = desk.answer(case, text="Ano.", by=UserFactory(role="consultant")).sent_as.text
    assert mail.startswith("Dobrý den,\n\n")
    assert mail.count("Ano.") == 1
