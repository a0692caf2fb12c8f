"""Logging a call, visit or letter: one screen, one transaction, once."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from consultations.models import Person, SupportRequest
from consultations.requests import form_keys
from core.outbox.mail import OutgoingMail
from tests.conftest import LogIn
from tests.factories.accounts import UserFactory
from tests.factories.consultations import PersonFactory, TopicFactory
from tests.factories.municipalities import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"


def call(by: User, **more: Any) -> dict[str, Any]:
    """Return what the form sends for a short call."""
    return {
        "idempotency_key": form_keys.new_key(),
        "requester_kind": "person",
        "subject": "Kam s žádostí o byt",
        "channel": "phone_in",
        "took_place_at": "2026-01-02T10:00",
        "spoken_by": by.pk,
        **more,
    }


def log(client: Any, sent: dict[str, Any]) -> Any:
    return client.post(reverse("desk-log"), sent)


def test_a_call_answered_at_once(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    municipality, topic = MunicipalityFactory(), TopicFactory(slug="find-a-flat")
    sent = call(
        me,
        name="Jana Nováková",
        phone="601 123 456",
        municipality=municipality.code,
        topic="find-a-flat",
        said="Na sociální odbor.",
        minutes="6",
        answered="on",
        home_loss="month",
        home_at_risk_by="2027-01-31",
        place="Most",
    )
    response = log(client, sent)
    request = SupportRequest.objects.get()
    assert response.url == request.get_desk_url()
    assert (request.state, request.assignee, request.channel) == ("answered", me, "phone_in")
    assert (request.municipality, request.topic) == (municipality, topic)
    assert (request.home_loss, str(request.home_at_risk_by)) == ("month", "2027-01-31")
    assert (request.waiting_since, request.due_on) == (None, None)
    assert (request.requester.name, request.requester.phone) == ("Jana Nováková", "+420601123456")
    asked, answered = request.contacts.order_by("pk")
    assert (asked.direction, asked.text, asked.minutes, asked.place) == (
        "inbound",
        "Kam s žádostí o byt",
        6,
        "Most",
    )
    assert (answered.direction, answered.text, answered.is_answer) == ("outbound", "Na sociální odbor.", True)
    assert (answered.minutes, answered.spoken_by, answered.channel) == (None, me, "phone_in")
    assert asked.took_place_at == answered.took_place_at < asked.logged_at
    assert request.received_at == asked.took_place_at
    assert not OutgoingMail.objects.exists()


def test_a_call_that_needs_more_work_stays_new(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    colleague = UserFactory()
    log(client, call(me, text="Dlouhý příběh.", said="Ozvu se.", spoken_by=colleague.pk))
    request = SupportRequest.objects.get()
    assert (request.state, request.assignee) == ("new", None)
    asked, told = request.contacts.order_by("pk")
    assert (asked.text, asked.spoken_by, asked.logged_by) == ("Dlouhý příběh.", colleague, me)
    assert (told.text, told.is_answer) == ("Ozvu se.", False)


def test_an_answer_given_by_mail_is_not_sent_again(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    sent = call(me, email="jana@example.org", channel="email", said="Ano.", answered="on")
    log(client, sent)
    assert "consultations/answer" not in OutgoingMail.objects.values_list("kind", flat=True)


def test_the_same_form_twice_is_one_request(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    sent = call(me, said="Ano.", answered="on")
    first, second = log(client, sent), log(client, sent)
    assert first.url == second.url
    request = SupportRequest.objects.get()
    assert request.contacts.count() == 2


def test_a_call_that_was_changed_after_going_back_says_what_to_do(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    sent = call(me, said="Ano.", answered="on")
    first = log(client, sent)
    second = log(client, {**sent, "text": "Má tři děti.", "person": "new"})
    assert second.url == first.url
    page = client.get(second.url).content.decode()
    assert "What you have changed since then is not in it: write it into a note." in page
    assert SupportRequest.objects.get().contacts.count() == 2


def test_one_known_by_the_number_is_found(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    known = PersonFactory(name="Jana Nováková", phone="+420601123456", email="")
    log(client, call(me, phone="601123456", email="jana@example.org"))
    request = SupportRequest.objects.get()
    assert request.requester == known
    known.refresh_from_db()
    assert (known.name, known.email) == ("Jana Nováková", "jana@example.org")


def test_another_name_at_a_known_number_is_asked_about(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    known = PersonFactory(name="Jana Nováková", phone="+420601123456")
    sent = call(me, phone="601123456", name="Petr Novák", said="Psané.")
    response = log(client, sent)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Choose the person, or that it is somebody else." in html
    assert f'name="person" value="{known.pk}"' in html
    assert "Psané." in html
    assert not SupportRequest.objects.exists()
    assert log(client, {**sent, "person": "new"}).status_code == 302
    new = SupportRequest.objects.get().requester
    assert (new.name, new.phone) == ("Petr Novák", "+420601123456")
    assert new != known


def test_the_one_chosen_is_taken(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    first, second = PersonFactory(phone="+420601123456"), PersonFactory(phone="+420601123456")
    sent = call(me, phone="601123456")
    assert log(client, sent).status_code == 422
    assert log(client, {**sent, "person": first.pk}).status_code == 302
    assert SupportRequest.objects.get().requester == first
    assert Person.objects.count() == 2
    assert second.pk


def test_a_person_made_up_is_not_taken(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    stranger = PersonFactory()
    log(client, call(me, name="Petr", person=stranger.pk))
    assert SupportRequest.objects.get().requester != stranger


def test_people_are_offered_while_one_types(log_in: LogIn) -> None:
    client, _me = log_in("consultant")
    known = PersonFactory(name="Jana Nováková", phone="+420601123456")
    url = reverse("desk-log-people")
    assert f'value="{known.pk}"' in client.post(url, {"phone": "601 123 456"}).content.decode()
    assert client.post(url, {"phone": "nonsense", "email": "x"}).content.decode().strip() == ""
    assert client.get(url).status_code == 405


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"subject": ""}, "Write in one line what was asked."),
        ({"answered": "on"}, "Write what you said, or leave “Answered at once” empty."),
        ({"phone": "12"}, "Write the phone number with nine digits, or leave the field empty."),
        ({"municipality": "Nikde"}, "We do not know a municipality of this name."),
        ({"minutes": "-1"}, "Ensure this value is greater than or equal to 0."),
    ],
)
def test_errors_keep_what_was_typed(log_in: LogIn, wrong: dict[str, str], sentence: str) -> None:
    client, me = log_in("consultant")
    response = log(client, {**call(me, text="Dlouhý příběh."), **wrong})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "Dlouhý příběh." in response.content.decode()
    assert not SupportRequest.objects.exists()


def test_nothing_is_logged_from_the_future(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    tomorrow = timezone.localtime() + timedelta(days=1)
    response = log(client, call(me, took_place_at=tomorrow.strftime("%Y-%m-%dT%H:%M")))
    assert "This is still to come." in response.content.decode()


def test_the_form_starts_with_now_and_me(log_in: LogIn) -> None:
    client, me = log_in("consultant")
    form = client.get(reverse("desk-log")).context["form"]
    assert form["spoken_by"].value() == me.pk
    assert form["channel"].value() == "phone_in"
    assert abs(form["took_place_at"].value() - timezone.localtime().replace(tzinfo=None)) < timedelta(
        minutes=2
    )


@pytest.mark.parametrize("role", ["editor", "administrator", "official"])
def test_others_do_not_log(log_in: LogIn, role: str) -> None:
    client, me = log_in(role)
    assert client.get(reverse("desk-log")).status_code == 403
    assert log(client, call(me)).status_code == 403
    assert client.post(reverse("desk-log-people"), {"phone": "601123456"}).status_code == 403
