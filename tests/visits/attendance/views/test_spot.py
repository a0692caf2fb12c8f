"""On the spot: forms without JavaScript, answers for the script, sent late and twice."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Role
from tests.factories.attendance import (
    AttendeeFactory,
    OpenVisitFactory,
    TravelQuestionFactory,
    VisitInvitationFactory,
)
from visits.choices import VisitState

pytestmark = pytest.mark.django_db

BY_SCRIPT = {"headers": {"X-Requested-With": "fetch"}}


@pytest.fixture
def visit():
    return OpenVisitFactory(state=VisitState.UNDER_WAY)


@pytest.fixture
def person(visit):
    return AttendeeFactory(invitation=VisitInvitationFactory(visit=visit), confirmed=True)


@pytest.fixture
def client(log_in):
    return log_in(Role.CONSULTANT)[0]


def url(page, visit):
    return reverse(f"desk-visit-{page}", args=[visit.pk])


def test_somebody_is_ticked_by_a_button_alone(client, visit, person):
    assert person.name in client.get(url("attendance", visit)).content.decode()
    response = client.post(url("tick", visit), {"attendee": person.pk, "was_there": "1"})
    assert response["Location"].endswith(f"/attendance/#person-{person.pk}")
    person.refresh_from_db()
    assert person.was_there is True
    assert "je tu <span data-here>1</span> z 1" in client.get(url("attendance", visit)).content.decode()


def test_the_script_is_answered_by_what_stands_now(client, visit, person):
    late = (timezone.now() - timedelta(hours=2)).isoformat()
    data = {"attendee": person.pk, "was_there": "0"}
    assert client.post(url("tick", visit), data, **BY_SCRIPT).json() == {"was_there": False}
    # Ticked before, sent later, twice.
    for _ in range(2):
        earlier = {**data, "was_there": "1", "at": late}
        assert client.post(url("tick", visit), earlier, **BY_SCRIPT).json() == {"was_there": False}


@pytest.mark.parametrize("at", ["nonsense", "0001-01-01T00:00:00", "9999-12-31T23:59:59Z", "2020-01-01"])
def test_a_moment_that_makes_no_sense_breaks_nothing(client, visit, person, at):
    data = {"attendee": person.pk, "was_there": "1", "at": at}
    assert client.post(url("tick", visit), data, **BY_SCRIPT).status_code in (200, 422)


def test_what_is_of_another_visit_is_not_there(client, visit):
    stranger = AttendeeFactory(confirmed=True)
    data = {"attendee": stranger.pk, "was_there": "1"}
    assert client.post(url("tick", visit), data).status_code == 404
    data = {"question": TravelQuestionFactory().pk, "keywords": "x", "version": 1}
    assert client.post(url("note", visit), data).status_code == 404


def test_a_refusal_is_told_to_the_script(client, visit, person):
    visit.state = VisitState.REPORTED
    visit.save()
    response = client.post(url("tick", visit), {"attendee": person.pk, "was_there": "1"}, **BY_SCRIPT)
    assert response.status_code == 422
    assert "Docházka se nemění" in response.json()["said"]


def test_a_note_is_kept_and_a_late_one_stands_below_it(client, visit):
    question = TravelQuestionFactory(visit=visit)
    first = {"question": question.pk, "keywords": "platí město", "version": 1}
    client.post(url("note", visit), first)
    second = {**first, "keywords": "a stát polovinu"}
    answer = client.post(url("note", visit), second, **BY_SCRIPT).json()
    assert answer["keywords"] == "platí město\n\na stát polovinu"
    assert "oba zápisy" in answer["said"]
    assert answer["version"] == 3
    text = client.get(url("attendance", visit)).content.decode()
    assert "platí město\n\na stát polovinu" in text


def test_a_note_that_is_too_long_is_refused(client, visit):
    question = TravelQuestionFactory(visit=visit)
    data = {"question": question.pk, "keywords": "a" * 2001, "version": 1}
    assert client.post(url("note", visit), data, **BY_SCRIPT).status_code == 422
