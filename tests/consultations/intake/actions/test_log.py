"""A call, visit or letter with which a request begins: written down once, all of it or nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from consultations.choices import Channel, Direction, RequesterKind, State
from consultations.intake.actions.log import log_request
from consultations.intake.actions.requester import Intake
from consultations.models import Person, SupportRequest
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def me() -> User:
    return UserFactory()


def told(**fields: Any) -> Intake:
    """Return what was heard in a short call an hour ago."""
    call = {
        "requester_kind": RequesterKind.PERSON,
        "subject": "Kam s žádostí",
        "text": "Kam s žádostí o byt?",
        "channel": Channel.PHONE_IN,
        "took_place_at": timezone.now() - timedelta(hours=1),
        "place": "Most",
        "name": "Jana Nováková",
        "idempotency_key": "key",
    }
    return Intake(**{**call, **fields})


def test_what_was_answered_at_once_is_an_answered_request_of_whoever_answered(me: User) -> None:
    intake = told()
    request = log_request(intake, by=me, said="Na sociální odbor.", is_answered=True)
    request.refresh_from_db()
    assert (request.state, request.assignee, request.created_by) == (State.ANSWERED, me, me)
    assert (request.received_at, request.waiting_since) == (intake.took_place_at, None)
    asked, answered = request.contacts.order_by("pk")
    assert (asked.direction, asked.text) == (Direction.INBOUND, "Kam s žádostí o byt?")
    assert (answered.text, answered.is_answer, answered.spoken_by) == ("Na sociální odbor.", True, me)
    for contact in (asked, answered):
        assert (contact.channel, contact.place, contact.took_place_at) == (
            Channel.PHONE_IN,
            "Most",
            intake.took_place_at,
        )
    assert [verb for verb, _by, _details in written(request)] == [
        "request.receive",
        "request.assign",
        "request.answer",
    ]
    assert not OutgoingMail.objects.exists()


def test_what_needs_more_work_stays_new_with_what_was_said(me: User) -> None:
    colleague = UserFactory()
    request = log_request(told(spoken_by=colleague), by=me, said="Ozvu se.")
    said = request.contacts.get(direction=Direction.OUTBOUND)
    assert (request.state, request.assignee) == (State.NEW, None)
    assert (said.text, said.is_answer, said.spoken_by, said.logged_by) == ("Ozvu se.", False, colleague, me)


def test_where_nothing_was_said_there_is_only_what_was_asked(me: User) -> None:
    request = log_request(told(), by=me)
    assert (request.state, request.contacts.get().direction) == (State.NEW, Direction.INBOUND)


def test_one_known_already_gets_only_what_was_missing(me: User) -> None:
    known = PersonFactory(name="Jana Nováková", phone="+420601123456", email="")
    heard = {"name": "Nováková", "phone": "+420777123456", "email": "jana@example.org"}
    request = log_request(told(person=known, **heard), by=me)
    known.refresh_from_db()
    assert request.requester == known
    assert (known.name, known.phone, known.email) == ("Jana Nováková", "+420601123456", "jana@example.org")


def test_the_same_form_again_is_the_first_request(me: User) -> None:
    known = PersonFactory(email="")
    first = log_request(told(person=known), by=me, said="Ano.", is_answered=True)
    again = log_request(told(person=known, email="jana@example.org"), by=me, said="Ne.", is_answered=True)
    assert again == first
    assert [contact.text for contact in first.contacts.order_by("pk")] == ["Kam s žádostí o byt?", "Ano."]
    known.refresh_from_db()
    assert known.email == ""


@pytest.mark.parametrize("said", ["", "Ano."])
@pytest.mark.parametrize("role", ["editor", "administrator", "official"])
def test_who_does_not_answer_requests_logs_none(role: str, said: str) -> None:
    assert refusal(log_request, told(), by=UserFactory(role=role), said=said) == [
        "Your role reads requests but does not work on them."
    ]
    assert (SupportRequest.objects.count(), Person.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("when", "given", "words"),
    [
        (timedelta(0), {"said": " ", "is_answered": True}, "Write a text."),
        (timedelta(days=1), {"said": "Ano."}, "What has not taken place yet cannot be logged."),
    ],
)
def test_nothing_of_what_is_refused_is_kept(
    me: User, when: timedelta, given: dict[str, Any], words: str
) -> None:
    known = PersonFactory(email="")
    intake = told(person=known, email="jana@example.org", took_place_at=timezone.now() + when)
    assert refusal(log_request, intake, by=me, **given) == [words]
    known.refresh_from_db()
    assert (SupportRequest.objects.count(), known.email) == (0, "")
