"""What was sent can be taken back for twenty seconds, and then is as if it had never been."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from consultations.models import Contact, Draft, SupportRequest
from consultations.requests.actions import desk
from consultations.requests.actions.undo import as_it_stands, reasons_against_undoing, undo_answer
from core import audit
from core.files.attachments import Attachment
from core.outbox import mail
from core.outbox.mail import OutgoingMail, State
from core.states import Refused
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, SupportRequestFactory
from tests.factories.municipalities import MembershipFactory

pytestmark = pytest.mark.django_db

START = "2026-05-04 08:00Z"


@pytest.fixture
def traveller() -> Iterator[Any]:
    with override("en"), time_machine.travel(START, tick=False) as traveller:
        yield traveller


def a_case(**fields: Any) -> tuple[SupportRequest, Any]:
    me = UserFactory(role="consultant")
    return SupportRequestFactory(open=True, assignee=me, **fields), me


def seen_anew(contact: Contact) -> Contact:
    return Contact.objects.select_related("request", "sent_as").get(pk=contact.pk)


@pytest.mark.parametrize(("verb", "kind"), [(desk.answer, "answer"), (desk.ask_back, "ask-back")])
def test_all_is_as_before_and_the_text_is_a_draft(traveller, verb, kind):
    case, me = a_case()
    before = as_it_stands(SupportRequest.objects.get(pk=case.pk))
    contact = verb(case, text="Obraťte se na obec.", by=me)

    undo_answer(seen_anew(contact), by=me)

    assert as_it_stands(SupportRequest.objects.get(pk=case.pk)) == before
    assert not Contact.objects.filter(pk=contact.pk).exists()
    assert OutgoingMail.objects.get().state == State.STOPPED
    assert list(Draft.objects.values_list("author", "kind", "text")) == [(me.pk, kind, "Obraťte se na obec.")]
    assert audit.entries_of(case).last().verb == "request.undo_answer"


def test_the_mail_never_goes(traveller, mailoutbox):
    case, me = a_case()
    contact = desk.answer(case, text="Ano.", by=me)
    undo_answer(seen_anew(contact), by=me)
    traveller.shift(60)
    mail.deliver_due.call()

    assert mailoutbox == []


def test_files_go_with_it(traveller, django_capture_on_commit_callbacks):
    case, me = a_case()
    upload = SimpleUploadedFile("rada.txt", b"Rada.", content_type="text/plain")
    contact = desk.answer(case, text="Ano.", by=me, files=[upload])
    key = Attachment.objects.get().key
    with django_capture_on_commit_callbacks(execute=True):
        undo_answer(seen_anew(contact), by=me)

    assert not Attachment.objects.exists()
    assert not default_storage.exists(key)


def test_not_by_others_not_later_and_not_twice(traveller):
    case, me = a_case()
    contact = seen_anew(desk.answer(case, text="Ano.", by=me))
    others = reasons_against_undoing(contact, by=UserFactory(role="consultant"))
    assert others == ["Only who has written it can take it back."]

    traveller.shift(20)
    with pytest.raises(Refused) as refusal:
        undo_answer(contact, by=me)
    assert refusal.value.reasons == [
        "It is on its way: the 20 seconds in which it could be taken back are over."
    ]


def test_not_when_the_worker_was_quicker(traveller):
    case, me = a_case()
    contact = seen_anew(desk.answer(case, text="Ano.", by=me))
    OutgoingMail.objects.update(state=State.SENDING)
    with pytest.raises(Refused) as refusal:
        undo_answer(contact, by=me)

    assert refusal.value.reasons == ["It has been sent at this very moment."]
    assert SupportRequest.objects.get(pk=case.pk).state == "answered"


def test_not_when_the_request_has_moved_on(traveller):
    case, me = a_case()
    contact = desk.answer(case, text="Ano.", by=me)
    desk.reopen(case, by=me) if not desk.reasons_against_reopening(case, by=me) else None
    reasons = reasons_against_undoing(seen_anew(contact), by=me)

    assert reasons == ["The request has changed since, so what was sent stays."]


def test_what_was_said_by_phone_cannot_be_taken_back(traveller):
    case, me = a_case(requester=PersonFactory(email=""))
    contact = desk.answer(case, text="Ano.", by=me, channel="phone_out")
    reasons = reasons_against_undoing(seen_anew(contact), by=me)

    assert reasons == ["It was not sent by the portal, so it cannot be taken back."]


@pytest.mark.parametrize(("verb", "kind"), [(desk.answer, "answer"), (desk.ask_back, "ask-back")])
def test_what_the_page_alone_shows_is_held_back_from_it_and_can_be_taken_back(traveller, verb, kind):
    case, me = a_case(requester=PersonFactory(email=""))
    before = as_it_stands(SupportRequest.objects.get(pk=case.pk))
    contact = verb(case, text="Obraťte se na obec.", by=me, channel="web")
    assert contact not in case.contacts.for_requester()
    assert contact in Contact.objects.held()

    traveller.shift(19)
    undo_answer(seen_anew(contact), by=me)

    assert as_it_stands(SupportRequest.objects.get(pk=case.pk)) == before
    assert list(Draft.objects.values_list("author", "kind", "text")) == [(me.pk, kind, "Obraťte se na obec.")]
    assert not OutgoingMail.objects.exists()


def test_on_the_page_it_stands_after_twenty_seconds(traveller):
    case, me = a_case(requester=PersonFactory(email=""))
    contact = desk.ask_back(case, text="Kde bydlíte?", by=me, channel="web")

    traveller.shift(20)

    assert contact in case.contacts.for_requester()
    assert contact not in Contact.objects.held()
    assert reasons_against_undoing(seen_anew(contact), by=me) == [
        "It is on its way: the 20 seconds in which it could be taken back are over."
    ]


def test_the_requester_reads_it_only_when_it_stands(traveller):
    case, me = a_case()
    contact = desk.answer(case, text="Ano.", by=me)
    assert contact not in case.contacts.for_requester()

    traveller.shift(20)
    assert contact in case.contacts.for_requester()


def test_by_the_button(log_in, settings):
    settings.LANGUAGE_CODE = "en"
    case, me = a_case()
    client, _me = log_in("consultant", user=me)
    contact = desk.answer(case, text="Ano.", by=me)
    address = reverse("desk-request-undo-answer", args=[case.reference, contact.pk])

    html = client.post(address, follow=True).content.decode()
    assert SupportRequest.objects.get(pk=case.pk).state == "open"
    assert "Ano." in html
    again = client.post(address, follow=True)
    assert again.status_code == 200
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    ("verb", "told"), [(desk.answer, "We answered on"), (desk.ask_back, "We have asked you")]
)
def test_the_requester_is_told_nothing_of_it_before_its_mail_leaves(client, traveller, verb, told):
    case, me = a_case()
    page = client.get(case.get_link()).content.decode()
    assert "Your question is with a consultant." in page
    verb(case, text="Obraťte se na obec.", by=me)

    traveller.shift(19)
    held = client.get(case.get_link()).content.decode()
    traveller.shift(2)
    left = client.get(case.get_link()).content.decode()

    assert "Your question is with a consultant." in held
    assert [told in html for html in (page, held, left)] == [False, False, True]
    assert ["Did it help" in html for html in (held, left)] == [False, verb is desk.answer]


def test_nor_is_the_municipality(traveller, log_in):
    client, official = log_in("official")
    membership = MembershipFactory(user=official)
    me = UserFactory(role="consultant")
    case = SupportRequestFactory(
        open=True, assignee=me, municipality=membership.municipality, is_official=True, created_by=official
    )
    addresses = [case.get_my_url(), reverse("my"), reverse("my-requests")]

    def states() -> list[bool]:
        word = f"</svg>{case.get_state_display()}</span>"
        return [word in client.get(address).content.decode() for address in addresses]

    desk.answer(case, text="Obraťte se na obec.", by=me)
    assert case.state == "answered"
    assert states() == [False, False, False]
    assert case.reference not in client.get(reverse("my-requests"), {"state": "answered"}).content.decode()
    traveller.shift(21)
    assert states() == [True, True, True]
    assert case.reference in client.get(reverse("my-requests"), {"state": "answered"}).content.decode()


def test_an_answer_that_closes_is_taken_back_with_the_closing(traveller):
    case, me = a_case()
    before = as_it_stands(SupportRequest.objects.get(pk=case.pk))
    contact = desk.answer(case, text="Obraťte se na obec.", by=me, closes=True)
    assert SupportRequest.objects.get(pk=case.pk).state == "closed"

    undo_answer(seen_anew(contact), by=me)

    assert as_it_stands(SupportRequest.objects.get(pk=case.pk)) == before
    assert SupportRequest.objects.get(pk=case.pk).closed_at is None
