"""Inviting municipalities: each once, all who speak told, nobody by whom nobody speaks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.notices.models import Notice
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.attendance import OpenVisitFactory, VisitInvitationFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.verbs import refusal, written
from visits.attendance.actions import invitations
from visits.choices import VisitState

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def visit():
    return OpenVisitFactory()


@pytest.fixture
def staff():
    return UserFactory()


def test_all_who_speak_are_told_once(visit, staff):
    first, second = MembershipFactory(), MembershipFactory()
    places = [first.municipality, second.municipality, MunicipalityFactory()]
    rows = invitations.invite(visit, municipalities=places, by=staff)
    assert [row.municipality for row in rows] == places
    told = Notice.objects.filter(kind="visits/invited")
    assert {row.receiver for row in told} == {first.user, second.user}
    assert {mail.to for mail in OutgoingMail.objects.all()} == {first.user.email, second.user.email}
    assert "Cesta do Vídně" in OutgoingMail.objects.first().subject
    assert written(visit) == [("visit.invite", staff.pk, {"municipalities": [place.pk for place in places]})]


def test_whoever_is_invited_already_is_left_as_they_are(visit, staff):
    known = VisitInvitationFactory(visit=visit, declined=True).municipality
    [row] = invitations.invite(visit, municipalities=[known, MunicipalityFactory()], by=staff)
    assert visit.invitations.count() == 2
    assert row.municipality != known
    assert refusal(invitations.invite, visit, municipalities=[known], by=staff) == [
        "All of them are invited already."
    ]


def test_nobody_is_invited_before_the_sign_up_opens_or_after_it_ended(staff):
    planned = OpenVisitFactory(state=VisitState.PLANNED)
    over = OpenVisitFactory(sign_up_until=timezone.now() - timedelta(minutes=1))
    place = MunicipalityFactory()
    assert refusal(invitations.invite, planned, municipalities=[place], by=staff) == [
        "Municipalities are invited while the sign-up is open. Open it first."
    ]
    assert refusal(invitations.invite, over, municipalities=[place], by=staff) == [
        "The day of the sign-up is over. Move it first."
    ]


def test_an_official_invites_nobody(visit):
    by = UserFactory(official=True)
    assert "Your role does not run study visits." in refusal(
        invitations.invite, visit, municipalities=[MunicipalityFactory()], by=by
    )


def test_the_next_reminder_follows_the_sign_up(visit, staff):
    invitations.invite(visit, municipalities=[MunicipalityFactory()], by=staff)
    visit.refresh_from_db()
    last = timezone.localtime(visit.sign_up_until).date()
    assert visit.next_step_on == last - timedelta(days=7)


def test_one_is_reminded_by_hand_once_a_day(visit, staff):
    member = MembershipFactory()
    row = VisitInvitationFactory(visit=visit, municipality=member.municipality)
    invitations.remind(row, by=staff)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [member.user.email]
    row.refresh_from_db()
    with pytest.raises(Exception, match="changed meanwhile"):
        invitations.remind(row, by=staff)
    assert OutgoingMail.objects.count() == 1


def test_where_nobody_speaks_nobody_is_reminded(visit, staff):
    row = VisitInvitationFactory(visit=visit)
    assert refusal(invitations.remind, row, by=staff) == [
        "Nobody speaks for this municipality. Call it, and answer for it here."
    ]
