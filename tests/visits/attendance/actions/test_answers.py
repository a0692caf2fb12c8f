"""What a municipality answers: it cannot go, it can after all, it says nothing."""

import pytest

from core.notices.models import Notice
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendeeFactory, OpenVisitFactory, VisitInvitationFactory
from tests.factories.municipalities import MembershipFactory
from tests.verbs import refusal, written
from visits.attendance.actions import answers
from visits.choices import InvitationState, VisitState, WhyNot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def invitation(member):
    return VisitInvitationFactory(municipality=member.municipality)


def decline(invitation, by, version=1):
    return answers.decline(invitation, why_not=WhyNot.MONEY, text="Rozpočet.", version=version, by=by)


def test_why_a_municipality_cannot_go_is_kept_and_the_desk_told(invitation, member):
    staff = UserFactory()
    assert decline(invitation, member.user) == 0
    invitation.refresh_from_db()
    assert (invitation.state, invitation.why_not, invitation.why_not_text) == (
        InvitationState.DECLINED, "money", "Rozpočet.",
    )  # fmt: skip
    assert staff in [row.receiver for row in Notice.objects.filter(kind="visits/answered")]
    assert written(invitation) == [
        ("invitation.decline", member.user.pk, {"visit": invitation.visit_id, "why_not": "money"})
    ]


def test_whoever_was_named_goes_no_more_and_a_place_goes_on(member):
    visit = OpenVisitFactory(capacity=1)
    invitation = VisitInvitationFactory(visit=visit, municipality=member.municipality, state="coming")
    going = AttendeeFactory(invitation=invitation, confirmed=True)
    own = AttendeeFactory(invitation=invitation, waiting=True)
    other = AttendeeFactory(invitation=VisitInvitationFactory(visit=visit), waiting=True)
    assert decline(invitation, member.user) == 2
    found = dict(visit.attendees.values_list("pk", "state"))
    assert found == {going.pk: "given_up", own.pk: "given_up", other.pk: "confirmed"}
    assert {mail.to for mail in OutgoingMail.objects.all()} >= {going.email, own.email, other.email}


def test_a_refusal_is_taken_back_while_the_sign_up_is_open(invitation, member):
    decline(invitation, member.user)
    answers.reconsider(invitation, version=2, by=member.user)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.why_not, invitation.answered_at) == ("invited", "", None)
    assert refusal(answers.reconsider, invitation, version=3, by=member.user) == [
        "The municipality has not said that it cannot go."
    ]


def test_who_was_silent_may_still_say_why_until_the_visit_begins(member):
    visit = OpenVisitFactory(state=VisitState.CLOSED)
    row = VisitInvitationFactory(visit=visit, municipality=member.municipality, state="silent")
    decline(row, member.user)
    assert row.state == InvitationState.DECLINED
    late = VisitInvitationFactory(
        visit__state=VisitState.UNDER_WAY, municipality=member.municipality, state="silent"
    )
    assert refusal(decline, late, member.user) == ["The visit has begun."]


def test_only_who_said_nothing_is_silent(member):
    visit = OpenVisitFactory()
    quiet = VisitInvitationFactory(visit=visit)
    spoke = VisitInvitationFactory(visit=visit, declined=True)
    assert answers.silence(visit) == 1
    quiet.refresh_from_db()
    spoke.refresh_from_db()
    assert (quiet.state, spoke.state) == ("silent", "declined")
    assert answers.wait_again(visit) == 1
    quiet.refresh_from_db()
    assert quiet.state == "invited"


def test_the_desk_gives_one_municipality_more_places(invitation):
    answers.give_places(invitation, quota=4, version=1, by=UserFactory())
    invitation.refresh_from_db()
    assert invitation.places == 4
    answers.give_places(invitation, quota=None, version=2, by=UserFactory())
    assert invitation.places == invitation.visit.quota
    official = UserFactory(official=True)
    assert refusal(answers.give_places, invitation, quota=9, version=3, by=official) == [
        "Your role does not run study visits."
    ]


def test_the_desk_answers_for_whoever_called(invitation):
    staff = UserFactory()
    decline(invitation, staff)
    assert invitation.answered_by == staff
