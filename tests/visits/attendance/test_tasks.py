"""What happens by itself: two reminders, and silence when the sign-up ends."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.attendance import OpenVisitFactory, VisitInvitationFactory
from tests.factories.municipalities import MembershipFactory
from tests.verbs import written
from visits.attendance import tasks
from visits.attendance.actions import invitations
from visits.choices import VisitState
from visits.models import StudyVisit

pytestmark = pytest.mark.django_db

END = datetime(2027, 3, 31, 21, 59, tzinfo=UTC)


def a_member():
    return MembershipFactory(starts_on=date(2020, 1, 1))


def reminded():
    return OutgoingMail.objects.filter(kind="visits/invitation_reminder").count()


def test_who_has_not_answered_is_reminded_twice_and_then_silent():
    staff, first, second = UserFactory(), a_member(), a_member()
    with time_machine.travel("2027-03-01T12:00:00Z"):
        visit = OpenVisitFactory(sign_up_until=END)
        invitations.invite(visit, municipalities=[first.municipality, second.municipality], by=staff)
        VisitInvitationFactory(visit=visit, municipality=a_member().municipality, declined=True)
    counts = {}
    for day in ("23", "24", "25", "30", "31"):
        with time_machine.travel(f"2027-03-{day}T09:00:00Z"):
            tasks.look_after_invitations.call()
            tasks.look_after_invitations.call()
            tasks.close_sign_ups.call()
            counts[day] = reminded()
    assert counts == {"23": 0, "24": 2, "25": 2, "30": 4, "31": 4}
    visit.refresh_from_db()
    assert (visit.state, visit.next_step_on) == (VisitState.OPEN, None)
    with time_machine.travel("2027-03-31T22:00:00Z"):
        tasks.close_sign_ups.call()
        tasks.close_sign_ups.call()
    visit.refresh_from_db()
    assert visit.state == VisitState.CLOSED
    assert sorted(visit.invitations.values_list("state", flat=True)) == ["declined", "silent", "silent"]
    assert written(visit)[-1] == ("visit.closed", None, {"before": "open"})


def test_the_end_of_a_sign_up_is_planned_for_its_moment():
    with time_machine.travel("2027-03-01T12:00:00Z"):
        OpenVisitFactory(sign_up_until=END)
        assert (tasks.close_sign_ups.next_at() - END).total_seconds() == 1


def test_a_sign_up_without_a_last_day_stays_open():
    OpenVisitFactory(sign_up_until=None)
    assert tasks.close_sign_ups.next_at() is None
    tasks.close_sign_ups.call()


def test_a_sign_up_that_was_moved_meanwhile_stays_open():
    visit = OpenVisitFactory()
    tasks.close_when_over(visit)
    assert visit.state == VisitState.OPEN


def test_the_day_of_the_deadline_is_the_czech_one():
    visit = StudyVisit(sign_up_until=datetime(2027, 3, 31, 22, 30, tzinfo=UTC))
    assert tasks.next_step_on(visit, after=date(2027, 3, 1)) == date(2027, 3, 25)
