"""Naming people: within the quota and the time, each once, in the order of their municipality."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from core.outbox.mail import OutgoingMail
from core.states import Conflict
from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendeeFactory, OpenVisitFactory, VisitInvitationFactory
from tests.factories.municipalities import MembershipFactory
from tests.verbs import at_once, refusal, written
from visits.attendance.actions import people
from visits.attendance.actions.people import Person
from visits.choices import InvitationState, PlaceState, VisitState
from visits.models import Attendee, VisitInvitation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def invitation(member):
    return VisitInvitationFactory(municipality=member.municipality)


def a_person(number=1, **fields):
    return Person(**{"name": f"Jana {number}", "email": f"jana{number}@mesto.example", **fields})


def name(invitation, member, number=1, **options):
    return people.name_person(invitation, person=a_person(number), by=member.user, **options)


def test_a_named_person_waits_to_be_confirmed_and_is_written_to(invitation, member):
    row = name(invitation, member)
    assert (row.state, row.priority, row.named_by) == (PlaceState.NAMED, 1, member.user)
    invitation.refresh_from_db()
    assert (invitation.state, invitation.answered_by) == (InvitationState.COMING, member.user)
    mail = OutgoingMail.objects.get(to="jana1@mesto.example")
    assert row.link_token in mail.text
    # The names of those who go are nowhere in the audit.
    assert written(row) == [
        ("attendee.name", member.user.pk, {"visit": invitation.visit_id, "state": "named"})
    ]


def test_over_the_quota_it_has_to_be_said_that_somebody_is_a_substitute(invitation, member):
    name(invitation, member, 1)
    name(invitation, member, 2)
    assert refusal(name, invitation, member, 3) == [
        (
            "Your municipality has 2 places, and they are taken. "
            "Tick the box to name a substitute for the waiting list."
        )
    ]
    assert name(invitation, member, 3, is_substitute=True).state == PlaceState.WAITING
    assert list(invitation.attendees.order_by("priority").values_list("priority", flat=True)) == [1, 2, 3]


def test_a_substitute_where_places_are_left_is_simply_named(invitation, member):
    assert name(invitation, member, is_substitute=True).state == PlaceState.NAMED


def test_the_quota_of_an_invitation_counts_before_that_of_the_visit(member):
    one = VisitInvitationFactory(municipality=member.municipality, quota=1)
    name(one, member, 1)
    assert "1 place, and it is taken" in refusal(name, one, member, 2)[0]


def test_somebody_is_named_once_whoever_names_them(invitation, member):
    other = VisitInvitationFactory(visit=invitation.visit)
    AttendeeFactory(invitation=other, email="Jana1@Mesto.example")
    assert refusal(name, invitation, member, 1) == [
        "Somebody with this e-mail is named for the visit already."
    ]


def test_whoever_gave_up_can_be_named_again(invitation, member):
    AttendeeFactory(invitation=invitation, email="jana1@mesto.example", state=PlaceState.GIVEN_UP)
    assert name(invitation, member).state == PlaceState.NAMED


@pytest.mark.parametrize("zone", ["Europe/Prague", "America/New_York", "Asia/Tokyo"])
def test_after_the_deadline_the_czech_day_and_time_are_said_wherever_one_is(invitation, member, zone):
    invitation.visit.sign_up_until = datetime(2027, 3, 1, 22, 59, tzinfo=UTC)
    invitation.visit.save()
    with timezone.override(ZoneInfo(zone)):
        with time_machine.travel("2027-03-01T22:59:00Z", tick=False):
            assert people.reasons_against_naming(invitation, by=member.user) == []
        with time_machine.travel("2027-03-01T22:59:01Z", tick=False):
            assert refusal(name, invitation, member) == [
                (
                    "The sign-up ended on 1\xa0March\xa02027 at 23:59 Czech time. "
                    "Call the Contact Centre if somebody should still go."
                )
            ]
    assert not Attendee.objects.exists()


def test_the_desk_names_people_until_the_visit_begins(invitation):
    staff = UserFactory()
    invitation.visit.state = VisitState.CLOSED
    invitation.visit.save()
    assert people.name_person(invitation, person=a_person(), by=staff).state == PlaceState.NAMED
    invitation.visit.state = VisitState.UNDER_WAY
    invitation.visit.save()
    assert refusal(people.name_person, invitation, person=a_person(2), by=staff) == ["The visit has begun."]


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (VisitState.PLANNED, "The sign-up is not open yet."),
        (VisitState.CANCELLED, "The visit was cancelled."),
        (VisitState.CLOSED, "The sign-up is closed. Call the Contact Centre if somebody should still go."),
    ],
)
def test_nobody_is_named_outside_of_the_sign_up(invitation, member, state, said):
    invitation.visit.state = state
    invitation.visit.save()
    assert refusal(name, invitation, member) == [said]


def test_nobody_names_people_of_another_municipality(invitation):
    stranger = MembershipFactory().user
    assert refusal(people.name_person, invitation, person=a_person(), by=stranger) == [
        "Only those who speak for the municipality answer for it."
    ]


def test_naming_somebody_takes_back_that_one_cannot_go(member):
    row = VisitInvitationFactory(municipality=member.municipality, declined=True)
    name(row, member)
    row.refresh_from_db()
    assert (row.state, row.why_not) == (InvitationState.COMING, "")


def test_the_ministry_needs_no_invitation():
    visit, staff = OpenVisitFactory(), UserFactory()
    row = people.add_of_ministry(visit, person=a_person(), by=staff)
    assert (row.invitation, row.state) == (None, PlaceState.NAMED)
    assert (
        "named for the visit already"
        in refusal(people.add_of_ministry, visit, person=a_person(), by=staff)[0]
    )


def test_another_address_gets_another_link(invitation, member):
    row = AttendeeFactory(invitation=invitation)
    before = row.link_token
    people.change_person(row, person=a_person(7, post="vedoucí"), version=1, by=member.user)
    row.refresh_from_db()
    assert (row.email, row.post, row.version) == ("jana7@mesto.example", "vedoucí", 2)
    assert row.link_token != before
    assert Attendee.objects.behind_link(before).first() is None
    assert row.link_token in OutgoingMail.objects.get(to=row.email).text


def test_a_change_of_a_name_keeps_the_link_and_writes_nobody(invitation, member):
    row = AttendeeFactory(invitation=invitation)
    before = row.link_token
    people.change_person(row, person=a_person(email=row.email), version=1, by=member.user)
    row.refresh_from_db()
    assert row.link_token == before
    assert not OutgoingMail.objects.exists()


def test_of_two_who_change_somebody_the_later_one_sees_it(invitation, member):
    row = AttendeeFactory(invitation=invitation)
    people.change_person(row, person=a_person(2), version=1, by=member.user)
    with pytest.raises(Conflict):
        people.change_person(row, person=a_person(3), version=1, by=member.user)


def test_an_address_of_somebody_else_is_refused(invitation, member):
    row, other = AttendeeFactory(invitation=invitation), AttendeeFactory(invitation=invitation)
    taken = a_person(email=other.email.upper())
    assert (
        "named for the visit already"
        in refusal(people.change_person, row, person=taken, version=1, by=member.user)[0]
    )


def test_the_order_is_changed_one_step_at_a_time(invitation, member):
    first, second, third = (AttendeeFactory(invitation=invitation) for _ in range(3))
    people.move_up(third, by=member.user)
    people.move_up(first, by=member.user)
    assert list(invitation.attendees.order_by("priority")) == [first, third, second]
    assert (
        "no order"
        in refusal(people.move_up, AttendeeFactory(invitation=None, visit=first.visit), by=member.user)[0]
    )


def test_a_substitute_who_is_moved_up_takes_what_the_one_before_had(invitation, member):
    rows = [AttendeeFactory(invitation=invitation), AttendeeFactory(invitation=invitation, waiting=True)]
    people.move_up(rows[1], by=member.user)
    assert [row.state for row in invitation.attendees.order_by("priority")] == ["named", "waiting"]
    assert invitation.attendees.get(priority=1) == rows[1]
    for row in rows:
        assert "v jiném pořadí" in OutgoingMail.objects.get(to=row.email).text


def test_a_substitute_does_not_take_a_confirmed_place(invitation, member):
    going = AttendeeFactory(invitation=invitation, confirmed=True, name="Jana Jedoucí")
    other = AttendeeFactory(invitation=invitation, waiting=True)
    assert refusal(people.move_up, other, by=member.user) == ["Jana Jedoucí has a place already."]
    assert list(invitation.attendees.values_list("state", flat=True).order_by("pk")) == [
        going.state,
        "waiting",
    ]


@pytest.mark.parametrize("typed", ["JANA1@mesto.example", "jana1+cesta@mesto.example", "jana1@MESTO.example"])
def test_one_mailbox_is_named_once_however_it_is_written(invitation, member, typed):
    name(invitation, member)
    again = a_person(2, name="Jana Ňováková", email=typed)
    assert refusal(people.name_person, invitation, person=again, by=member.user) == [
        "Somebody with this e-mail is named for the visit already."
    ]


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_at_once_do_not_name_more_than_may_go(django_db_blocker):
    member = MembershipFactory()
    row = VisitInvitationFactory(municipality=member.municipality, quota=1)

    def deed(number):
        return lambda: name(VisitInvitation.objects.get(pk=row.pk), member, number)

    assert sorted(at_once(django_db_blocker, deed(1), deed(2))) == [False, True]
    assert row.attendees.count() == 1
