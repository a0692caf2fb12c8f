"""Who was there: ticked late, twice, out of order; the latest tick counts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendeeFactory, OpenVisitFactory, VisitInvitationFactory
from tests.verbs import refusal
from visits.attendance.actions import presence
from visits.choices import VisitState
from visits.models import Attendee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def staff():
    return UserFactory()


@pytest.fixture
def attendee():
    visit = OpenVisitFactory(state=VisitState.UNDER_WAY)
    return AttendeeFactory(invitation=VisitInvitationFactory(visit=visit), confirmed=True)


def tick(row, was_there, minutes, by):
    at = timezone.now() - timedelta(minutes=minutes)
    return presence.tick(row, was_there=was_there, at=at, by=by)


def test_whose_municipality_was_there_joins_those_of_the_visit(attendee, staff):
    assert tick(attendee, True, 5, staff)
    assert list(attendee.visit.municipalities.all()) == [attendee.invitation.municipality]
    assert (attendee.was_there, attendee.ticked_by) == (True, staff)


def test_the_latest_tick_counts_in_whatever_order_they_come(attendee, staff):
    assert tick(attendee, False, 2, staff)
    # Ticked before, sent later; and the same once more.
    assert not tick(Attendee.objects.get(), True, 9, staff)
    assert not presence.tick(
        Attendee.objects.get(), was_there=False, at=Attendee.objects.get().ticked_at, by=staff
    )
    assert Attendee.objects.get().was_there is False
    assert tick(Attendee.objects.get(), True, 1, staff)
    assert Attendee.objects.get().was_there is True


def test_a_correction_takes_the_municipality_away_unless_somebody_else_was_there(attendee, staff):
    other = AttendeeFactory(invitation=attendee.invitation, confirmed=True)
    tick(attendee, True, 9, staff)
    tick(other, True, 8, staff)
    tick(attendee, False, 7, staff)
    assert attendee.visit.municipalities.exists()
    tick(other, False, 6, staff)
    assert not attendee.visit.municipalities.exists()


def test_a_clock_that_runs_ahead_does_not_win_for_ever(attendee, staff):
    presence.tick(attendee, was_there=True, at=timezone.now() + timedelta(days=1), by=staff)
    assert Attendee.objects.get().ticked_at <= timezone.now()
    assert tick(Attendee.objects.get(), False, 0, staff)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (VisitState.OPEN, "Attendance is written down once the sign-up is closed."),
        (
            VisitState.REPORTED,
            "Attendance is not changed once the report is out, or the visit was cancelled.",
        ),
    ],
)
def test_it_is_written_down_from_the_closed_sign_up_until_the_report(attendee, staff, state, said):
    attendee.visit.state = state
    attendee.visit.save()
    assert refusal(tick, attendee, True, 1, staff) == [said]


def test_only_who_has_a_place_was_there(staff):
    visit = OpenVisitFactory(state=VisitState.UNDER_WAY)
    row = AttendeeFactory(invitation=VisitInvitationFactory(visit=visit), waiting=True)
    assert "has no place" in refusal(tick, row, True, 1, staff)[0]


def test_nobody_is_ticked_before_the_first_day(attendee, staff):
    attendee.visit.state, attendee.visit.starts_on = VisitState.CLOSED, timezone.localdate() + timedelta(1)
    assert presence.reasons_of_visit(attendee.visit) == ["Attendance is written down from the first day on."]
    attendee.visit.starts_on = timezone.localdate()
    assert presence.reasons_of_visit(attendee.visit) == []
