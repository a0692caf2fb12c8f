"""Places: who gets one, in which order the list moves, and that the last one is given once."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from core.notices.models import Notice
from core.outbox.mail import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.attendance import AttendeeFactory, OpenVisitFactory, VisitInvitationFactory
from tests.factories.municipalities import MembershipFactory
from tests.verbs import at_once, refusal, written
from visits.attendance.actions import answers, places
from visits.choices import PlaceState, VisitState
from visits.models import Attendee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def staff():
    return UserFactory()


@pytest.fixture
def visit():
    return OpenVisitFactory(capacity=2)


def of(visit, **fields):
    """Return an invitation of another municipality."""
    return VisitInvitationFactory(visit=visit, **fields)


def states(visit):
    return dict(visit.attendees.values_list("pk", "state"))


def test_a_confirmed_person_is_written_to_and_the_officials_know(visit, staff):
    member = MembershipFactory()
    row = AttendeeFactory(invitation=of(visit, municipality=member.municipality))
    places.confirm(row, version=1, by=staff)
    assert row.state == PlaceState.CONFIRMED
    assert OutgoingMail.objects.get().to == row.email
    notice = Notice.objects.get(kind="visits/places")
    assert notice.receiver == member.user
    assert row.name not in str(notice.words)
    assert written(row) == [("attendee.confirm", staff.pk, {"visit": visit.pk})]


def test_nobody_is_confirmed_over_the_capacity(visit, staff):
    for _ in range(2):
        AttendeeFactory(invitation=of(visit), confirmed=True)
    row = AttendeeFactory(invitation=of(visit))
    assert refusal(places.confirm, row, version=1, by=staff) == ["All 2 places are taken."]


def test_a_substitute_is_not_confirmed_over_the_quota(visit, staff):
    invitation = of(visit, quota=1)
    AttendeeFactory(invitation=invitation)
    row = AttendeeFactory(invitation=invitation, waiting=True)
    assert "has used up its places (1)" in refusal(places.confirm, row, version=1, by=staff)[0]


def test_all_who_wait_are_confirmed_or_nobody(visit, staff):
    rows = [AttendeeFactory(invitation=of(visit)) for _ in range(3)]
    assert refusal(places.confirm_all, visit, by=staff) == [
        "3 people wait, 2 places are left. Choose them one by one."
    ]
    places.refuse(rows[0], reason="Plno.", version=1, by=staff)
    assert places.confirm_all(visit, by=staff) == 2
    assert states(visit) == {rows[0].pk: "refused", rows[1].pk: "confirmed", rows[2].pk: "confirmed"}
    assert refusal(places.confirm_all, visit, by=staff) == ["Nobody waits to be confirmed."]


def test_a_place_given_up_goes_to_a_municipality_of_which_nobody_goes(visit, staff):
    going, new = of(visit), of(visit)
    leaving = AttendeeFactory(invitation=going, confirmed=True)
    AttendeeFactory(invitation=going, confirmed=True)
    early = AttendeeFactory(invitation=going, waiting=True, named_at=timezone.now() - timedelta(days=3))
    late = AttendeeFactory(invitation=new, waiting=True)
    places.give_up(leaving, by=None)
    late.refresh_from_db()
    assert late.state == PlaceState.CONFIRMED
    assert (late.reason, late.why) == ("", "first")
    assert (
        "Místo se uvolnilo a připadá obci, ze které zatím nikdo nejel."
        in OutgoingMail.objects.get(to=late.email).text
    )
    assert early.pk not in visit.attendees.filter(state="confirmed").values_list("pk", flat=True)
    assert {mail.to for mail in OutgoingMail.objects.all()} >= {leaving.email, late.email}


def test_then_whoever_was_named_first_within_the_quota(visit, staff):
    visit.capacity = 4
    visit.save()
    first, second = of(visit, quota=2), of(visit, quota=1)
    leaving = AttendeeFactory(invitation=of(visit), confirmed=True)
    AttendeeFactory(invitation=first, confirmed=True)
    AttendeeFactory(invitation=second, confirmed=True)
    full = AttendeeFactory(invitation=second, waiting=True, named_at=timezone.now() - timedelta(days=9))
    later = AttendeeFactory(invitation=first, waiting=True, named_at=timezone.now() - timedelta(days=2))
    wanted = AttendeeFactory(invitation=first, waiting=True, priority=0)
    places.give_up(leaving, by=None)
    found = states(visit)
    # Of one municipality its own order counts, not who was written down first.
    assert (found[wanted.pk], found[later.pk], found[full.pk]) == ("confirmed", "waiting", "waiting")
    wanted.refresh_from_db()
    assert wanted.why == "next"
    assert wanted.reason_said == "A place was given up, and goes to the next on the list."
    with translation.override("cs"):
        assert wanted.reason_said == "Místo se uvolnilo a připadá dalšímu v pořadí."


def test_whoever_is_only_named_leaves_the_next_to_be_confirmed(visit, staff):
    row = AttendeeFactory(invitation=of(visit, quota=1))
    other = AttendeeFactory(invitation=row.invitation, waiting=True)
    places.give_up(row, by=None)
    other.refresh_from_db()
    assert (other.state, other.why) == (PlaceState.NAMED, "next")
    assert OutgoingMail.objects.filter(to=other.email).count() == 1
    # Nobody had the place, so the desk has nothing to give again.
    assert not Notice.objects.filter(kind="visits/given_up").exists()
    assert ("attendee.next", None, {"visit": visit.pk}) in written(other)


def test_a_substitute_follows_their_own_people_where_places_are_not_short(visit, staff):
    visit.capacity = None
    visit.save()
    row = AttendeeFactory(invitation=of(visit, quota=1))
    put_off = AttendeeFactory(invitation=of(visit), waiting=True)
    own = AttendeeFactory(invitation=row.invitation, waiting=True)
    places.refuse(row, reason="Plno.", version=1, by=staff)
    assert (states(visit)[own.pk], states(visit)[put_off.pk]) == ("named", "waiting")


def test_the_list_does_not_pass_over_those_who_wait_to_be_confirmed(visit, staff):
    going = [AttendeeFactory(invitation=of(visit), confirmed=True) for _ in range(2)]
    named = AttendeeFactory(invitation=of(visit))
    waiting = AttendeeFactory(invitation=of(visit), waiting=True)
    places.give_up(going[0], by=None)
    assert (states(visit)[named.pk], states(visit)[waiting.pk]) == ("named", "waiting")
    places.confirm(named, version=1, by=staff)
    places.give_up(going[1], by=None)
    assert states(visit)[waiting.pk] == "confirmed"


def test_whom_the_desk_lets_wait_draws_nobody_up(visit, staff):
    rows = [AttendeeFactory(invitation=of(visit)) for _ in range(2)]
    for row in rows:
        places.put_on_list(row, reason="Jede málo obcí.", version=1, by=staff)
    assert set(states(visit).values()) == {"waiting"}


def test_a_quota_lowered_later_counts_when_places_are_confirmed(visit, staff):
    invitation = of(visit, quota=2)
    rows = [AttendeeFactory(invitation=invitation) for _ in range(2)]
    answers.give_places(invitation, quota=1, version=1, by=staff)
    name = invitation.municipality.name
    said = f"{name} has named more people than it has places (1). Choose them one by one."
    assert refusal(places.confirm_all, visit, by=staff) == [said]
    places.confirm(Attendee.objects.get(pk=rows[0].pk), version=1, by=staff)
    last = Attendee.objects.get(pk=rows[1].pk)
    assert f"{name} has used up its places (1)." in refusal(places.confirm, last, version=1, by=staff)[0]


def test_whoever_is_put_on_the_list_does_not_get_the_place_back(visit, staff):
    row = AttendeeFactory(invitation=of(visit), confirmed=True)
    places.put_on_list(row, reason="Jede málo obcí.", version=1, by=staff)
    assert states(visit)[row.pk] == "waiting"
    assert row.reason == "Jede málo obcí."
    assert "Jede málo obcí." in OutgoingMail.objects.get(to=row.email).text


def test_nothing_moves_once_the_visit_has_begun(visit, staff):
    row = AttendeeFactory(invitation=of(visit), confirmed=True)
    row.visit.state = VisitState.UNDER_WAY
    row.visit.save()
    said = "The visit has begun."
    assert refusal(places.give_up, row, by=None) == [said]
    assert refusal(places.refuse, row, reason="x", version=1, by=staff) == [said]


def test_a_place_is_given_up_by_its_own_officials_only(visit):
    member = MembershipFactory()
    row = AttendeeFactory(invitation=of(visit, municipality=member.municipality), confirmed=True)
    assert "Only those who speak" in refusal(places.give_up, row, by=MembershipFactory().user)[0]
    places.give_up(row, reason="Nemoc.", by=member.user)
    assert (row.state, row.reason) == (PlaceState.GIVEN_UP, "Nemoc.")
    assert refusal(places.give_up, row, by=member.user) == ["There is no place to give up."]


def test_the_desk_is_told_of_a_place_given_up(visit, staff):
    row = AttendeeFactory(invitation=of(visit), confirmed=True)
    places.give_up(row, by=None)
    assert staff in [notice.receiver for notice in Notice.objects.filter(kind="visits/given_up")]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_both_take_the_last_place(django_db_blocker):
    visit, staff = OpenVisitFactory(capacity=3), UserFactory()
    AttendeeFactory(invitation=of(visit), confirmed=True)
    rows = [AttendeeFactory(invitation=of(visit)) for _ in range(4)]

    def deed(pk):
        return lambda: places.confirm(Attendee.objects.get(pk=pk), version=1, by=staff)

    assert sorted(at_once(django_db_blocker, *(deed(row.pk) for row in rows))) == [False, False, True, True]
    assert visit.attendees.filter(state="confirmed").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_places_given_up_at_once_go_to_two_people(django_db_blocker):
    visit = OpenVisitFactory(capacity=2)
    going = [AttendeeFactory(invitation=of(visit), confirmed=True) for _ in range(2)]
    for _ in range(3):
        AttendeeFactory(invitation=of(visit), waiting=True)

    def deed(pk):
        return lambda: places.give_up(Attendee.objects.get(pk=pk), by=None)

    assert at_once(django_db_blocker, *(deed(row.pk) for row in going)) == [True, True]
    assert sorted(states(visit).values()) == ["confirmed", "confirmed", "given_up", "given_up", "waiting"]


def test_who_gives_up_was_not_there_whatever_was_ticked(visit, staff):
    row = AttendeeFactory(
        invitation=of(visit), confirmed=True, was_there=True, ticked_at=timezone.now(), ticked_by=staff
    )
    visit.municipalities.add(row.invitation.municipality)
    places.give_up(row, by=staff)
    row.refresh_from_db()
    assert (row.state, row.was_there, row.ticked_at) == (PlaceState.GIVEN_UP, None, None)
    assert not visit.municipalities.exists()
    assert visit.invitations.absent().get() == row.invitation


def test_why_not_is_said_of_the_person(visit, staff):
    row = AttendeeFactory(invitation=of(visit), confirmed=True, name="Jana Jedoucí")
    assert refusal(places.confirm, row, version=1, by=staff) == ["Jana Jedoucí has a place already."]
    places.give_up(row, by=staff)
    said = "Jana Jedoucí gave the place up. First name them again."
    assert refusal(places.confirm, row, version=2, by=staff) == [said]


def test_who_was_named_once_more_does_not_stand_on_the_list_twice(visit, staff):
    row = AttendeeFactory(invitation=of(visit), state=PlaceState.GIVEN_UP)
    AttendeeFactory(invitation=row.invitation, email=row.email.upper())
    said = "Somebody with this e-mail is named for the visit already."
    assert refusal(places.put_on_list, row, reason="Zkusíme to.", version=1, by=staff) == [said]
