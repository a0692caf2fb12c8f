"""A visit changes: whoever goes is told once what did, and invitations follow its states."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.notices.models import Notice
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendeeFactory, OpenVisitFactory, VisitInvitationFactory
from tests.factories.municipalities import MembershipFactory
from tests.factories.visits import ProgrammeItemFactory
from visits.attendance.actions import changes
from visits.choices import VisitState
from visits.plans.actions import plans, programme, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    return OpenVisitFactory()


@pytest.fixture
def staff():
    return UserFactory()


@pytest.fixture
def going(visit):
    return AttendeeFactory(invitation=VisitInvitationFactory(visit=visit), confirmed=True)


def waiting():
    return OutgoingMail.objects.filter(kind="visits/visit_changed", state="queued")


def test_who_has_a_place_is_told_what_changed_and_nobody_else(visit, going, staff):
    AttendeeFactory(invitation=going.invitation)
    AttendeeFactory(invitation=going.invitation, waiting=True)
    changes.follow_change(visit, ["starts_on", "title_en", "note_cs"], staff)
    mail = waiting().get()
    assert mail.to == going.email
    assert "– Název\n– První den\n" in mail.text
    assert "kalendáře" in mail.text
    assert going.link_token in mail.text


def test_changes_within_ten_minutes_come_in_one_mail(visit, going, staff):
    changes.follow_change(visit, ["starts_on"], staff)
    changes.follow_change(visit, ["programme"], staff)
    mail = waiting().get()
    assert "– První den\n– Program cesty\n" in mail.text
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        OutgoingMail.objects.update(state="sent")
        changes.follow_change(visit, ["programme"], staff)
        assert "První den" not in waiting().get().text


def test_what_does_not_concern_them_is_not_told(visit, going, staff):
    changes.follow_change(visit, ["source", "quota", "note_cs"], staff)
    visit.state = VisitState.REPORTED
    changes.follow_change(visit, ["starts_on"], staff)
    assert not waiting().exists()


def test_reminders_follow_the_end_of_the_sign_up(visit, staff):
    visit.sign_up_until += timedelta(days=3)
    visit.save()
    changes.follow_change(visit, ["sign_up_until"], staff)
    visit.refresh_from_db()
    assert visit.next_step_on == timezone.localtime(visit.sign_up_until).date() - timedelta(days=7)


def test_who_said_nothing_is_silent_until_the_sign_up_opens_again(visit, staff):
    row = VisitInvitationFactory(visit=visit)
    visit.state = VisitState.CLOSED
    visit.save()
    changes.follow_move(visit, staff)
    row.refresh_from_db()
    assert row.state == "silent"
    visit.state = VisitState.OPEN
    visit.save()
    changes.follow_move(visit, staff)
    row.refresh_from_db()
    assert row.state == "invited"


def test_all_who_were_named_and_their_officials_learn_that_a_visit_is_called_off(visit, staff):
    member = MembershipFactory()
    row = VisitInvitationFactory(visit=visit, municipality=member.municipality)
    people = [AttendeeFactory(invitation=row), AttendeeFactory(invitation=row, waiting=True)]
    AttendeeFactory(invitation=row, state="given_up")
    visit.state = VisitState.CANCELLED
    visit.save()
    changes.follow_move(visit, staff)
    told = OutgoingMail.objects.filter(kind="visits/visit_cancelled")
    assert {mail.to for mail in told} == {person.email for person in people}
    assert Notice.objects.get(kind="visits/called_off").receiver == member.user


def test_the_verbs_of_the_desk_tell_whoever_goes(visit, going, staff):
    visit.starts_on = timezone.localdate() + timedelta(days=60)
    visit.save()
    item = ProgrammeItemFactory(visit=visit)
    programme.change(visit, item=item, words={"title_cs": "Jinak"}, version=visit.version, by=staff)
    words = {"instructions": "Sraz v 7.00."}
    plans.change(visit, words=words, sets={}, version=visit.version, by=staff)
    assert "– Pro účastníky\n– Program cesty\n" in waiting().get().text


def test_closing_by_hand_makes_those_silent_who_said_nothing(visit, staff):
    row = VisitInvitationFactory(visit=visit)
    states.go(visit, to=VisitState.CLOSED, version=visit.version, by=staff)
    row.refresh_from_db()
    assert row.state == "silent"


def test_who_was_told_of_the_end_learns_that_a_visit_is_planned_again(visit, staff):
    member = MembershipFactory()
    row = VisitInvitationFactory(visit=visit, municipality=member.municipality)
    person = AttendeeFactory(invitation=row, confirmed=True)
    AttendeeFactory(invitation=row, state="given_up")
    states.cancel(visit, reason_cs="Hostitel odřekl.", version=visit.version, by=staff)
    states.go(visit, to=VisitState.PLANNED, version=visit.version, by=staff)
    mail = OutgoingMail.objects.get(kind="visits/visit_planned_again")
    assert (mail.to, person.link_token in mail.text) == (person.email, True)
    assert Notice.objects.get(kind="visits/planned_again").receiver == member.user
