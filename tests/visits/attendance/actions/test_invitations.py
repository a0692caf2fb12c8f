"""Inviting municipalities: each once, all who speak told, nobody by whom nobody speaks."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from core.notices.kinds import How
from core.notices.models import Notice, NoticeChoice
from core.outbox.mail import OutgoingMail, deliver_due
from core.outbox.models import State, Stopped
from tests.factories.accounts import UserFactory
from tests.factories.attendance import (
    AttendeeFactory,
    OpenVisitFactory,
    TravelQuestionFactory,
    VisitInvitationFactory,
)
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


class TestTakingBack:
    @pytest.fixture
    def member(self):
        return MembershipFactory()

    @pytest.fixture
    def row(self, visit, staff, member):
        [row] = invitations.invite(visit, municipalities=[member.municipality], by=staff)
        return row

    def test_its_mail_never_leaves_and_nobody_is_told_any_more(self, visit, row, staff, mailoutbox):
        invitations.take_back(row, by=staff)
        with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
            deliver_due.call()
        assert (mailoutbox, Notice.objects.count(), visit.invitations.count()) == ([], 0, 0)
        assert OutgoingMail.objects.get().last_error == Stopped.TAKEN_BACK
        said = ("visit.uninvite", staff.pk, {"municipalities": [row.municipality_id]})
        assert said in written(visit)

    def test_the_mail_waits_for_ten_minutes_and_then_it_is_too_late(self, row, member, staff, mailoutbox):
        deliver_due.call()
        assert mailoutbox == []
        with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
            deliver_due.call()
            assert [mail.to for mail in mailoutbox] == [[member.user.email]]
            assert refusal(invitations.take_back, row, by=staff) == [
                "The invitation has left. Call the municipality instead."
            ]

    def test_the_daily_mail_waits_too(self, visit, member, staff):
        NoticeChoice.objects.create(user=member.user, kind="visits/invited", how=How.DIGEST)
        with time_machine.travel("2027-05-04 06:55+02:00", tick=False):
            visit.sign_up_until = timezone.now() + timedelta(days=9)
            visit.save()
            invitations.invite(visit, municipalities=[member.municipality], by=staff)
            assert Notice.objects.get().digest_at == datetime.fromisoformat("2027-05-05 07:00+02:00")

    def test_who_has_said_something_stays_invited(self, visit, row, staff):
        TravelQuestionFactory(visit=visit, municipality=row.municipality)
        assert refusal(invitations.take_back, row, by=staff) == [
            "The municipality has said something to it already, so the invitation stays."
        ]

    def test_all_are_taken_back_but_those_that_named_somebody(self, visit, row, staff):
        invitations.invite(visit, municipalities=[MunicipalityFactory(), MunicipalityFactory()], by=staff)
        AttendeeFactory(invitation=row)
        assert invitations.take_all_back(visit, by=staff) == 2
        assert list(visit.invitations.all()) == [row]
        assert refusal(invitations.take_all_back, visit, by=staff) == [
            "Nobody was invited in the last ten minutes. The invitations have left."
        ]

    def test_what_is_leaving_at_this_moment_stays(self, visit, row, staff):
        OutgoingMail.objects.update(state=State.SENDING)
        assert refusal(invitations.take_back, row, by=staff) == ["It has been sent at this very moment."]
        assert (visit.invitations.count(), Notice.objects.count()) == (1, 1)

    def test_who_was_invited_by_mistake_can_be_invited_again(self, visit, row, staff):
        invitations.take_back(row, by=staff)
        invitations.invite(visit, municipalities=[row.municipality], by=staff)
        assert visit.invitations.count() == 1

    def test_nobody_is_reminded_of_what_has_not_left(self, row, staff):
        assert refusal(invitations.remind, row, by=staff) == ["The invitation has not left yet."]


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
