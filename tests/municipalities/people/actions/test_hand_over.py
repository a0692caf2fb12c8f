"""Somebody takes over from an official: whose membership ends and begins when, and who cannot.

What goes over with it is tested where it comes from: tests/consultations/requests/actions/test_hand_over.py.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

import accounts.actions
from accounts.models import Invitation
from core.outbox.mail import OutgoingMail
from core.states import Conflict
from municipalities.models import HandOver, Membership
from municipalities.people.actions import hand_over as verbs
from municipalities.people.actions import memberships
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory
from tests.verbs import refusal, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

ROLE = "Your role does not look after municipalities' people."


@pytest.fixture(autouse=True)
def _on_a_monday():
    with time_machine.travel("2026-11-23 09:00", tick=False):
        yield


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def leaver():
    return MembershipFactory(role="head", starts_on=date(2026, 1, 1))


@pytest.fixture
def successor():
    return UserFactory(official=True, name="Jan Nový")


@pytest.fixture
def coordinator():
    return UserFactory(coordinator=True)


def do(membership, successor, on, by):
    return verbs.hand_over(membership, to=successor, role="contact", on=on, by=by)


def invite(membership, on, by, **changes):
    words = {"email": "nova@obec.example", "name": "Nová", "language": "cs", "role": "mayor", **changes}
    return verbs.invite_successor(membership, **words, on=on, by=by)


def anew(membership):
    return Membership.objects.get(pk=membership.pk)


def test_one_ends_the_other_begins_and_is_told(leaver, successor, today, coordinator):
    assert do(leaver, successor, today, coordinator) == 0
    row = anew(leaver)
    assert (row.ends_on, row.ended_by) == (today, coordinator)
    new = Membership.objects.get(user=successor)
    assert (new.municipality, new.role, new.starts_on, new.added_by) == (
        leaver.municipality,
        "contact",
        today,
        coordinator,
    )
    assert written(leaver)[-1] == (
        "membership.hand_over",
        coordinator.pk,
        {"account": successor.pk, "matters": 0},
    )
    assert OutgoingMail.objects.get().to == successor.email


def test_until_the_day_the_two_speak_side_by_side(leaver, successor, today, coordinator):
    do(leaver, successor, today + timedelta(days=30), coordinator)
    rows = Membership.objects.filter(municipality=leaver.municipality).current()
    assert {row.user: row.starts_on for row in rows} == {leaver.user: leaver.starts_on, successor: today}
    later = Membership.objects.current(today + timedelta(days=30))
    assert [row.user for row in later] == [successor]


def test_a_colleague_who_speaks_already_keeps_the_membership(leaver, successor, today, coordinator):
    MembershipFactory(user=successor, municipality=leaver.municipality, role="mayor")
    do(leaver, successor, today, coordinator)
    assert Membership.objects.get(user=successor).role == "mayor"


def test_one_who_has_left_already_keeps_their_day(leaver, successor, today, coordinator):
    memberships.end_membership(leaver, ends_on=today - timedelta(days=9), by=coordinator)
    do(leaver, successor, leaver.ends_on, coordinator)
    assert anew(leaver).ends_on == today - timedelta(days=9)
    assert Membership.objects.get(user=successor).starts_on == today - timedelta(days=9)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("self", "This is the person who hands over. Choose somebody else."),
        ("staff", "Only an active account of a municipal official can speak for a municipality."),
        ("disabled", "Only an active account of a municipal official can speak for a municipality."),
        ("too early", "It cannot end before it began, on 1\u00a0January\u00a02026."),
        ("not yet", "The person speaks for the municipality only from 30\u00a0November\u00a02026."),
        ("consultant", ROLE),
    ],
)
def test_it_is_refused(who, words, leaver, successor, today, coordinator):
    by, to, on = coordinator, successor, today
    if who == "self":
        to = leaver.user
    elif who == "staff":
        to = UserFactory()
    elif who == "disabled":
        to = UserFactory(official=True, is_active=False)
    elif who == "too early":
        on = leaver.starts_on - timedelta(days=1)
    elif who == "not yet":
        leaver, on = MembershipFactory(starts_on=date(2026, 11, 30)), date(2026, 12, 1)
    else:
        by = UserFactory()
    assert refusal(do, leaver, to, on, by) == [words]
    assert anew(leaver).ends_on is None
    assert not Membership.objects.filter(user=successor).exists()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("is_invited", [False, True])
def test_where_a_colleague_was_quicker_nothing_is_done(leaver, successor, today, coordinator, is_invited):
    theirs = anew(leaver)
    memberships.end_membership(leaver, ends_on=today + timedelta(days=7), by=UserFactory(coordinator=True))
    with pytest.raises(Conflict):
        invite(theirs, today, coordinator) if is_invited else do(theirs, successor, today, coordinator)
    assert anew(leaver).ends_on == today + timedelta(days=7)
    assert not Membership.objects.filter(user=successor).exists()
    assert not HandOver.objects.exists()


class TestInviting:
    def test_the_membership_ends_on_its_day_and_the_other_begins_when_accepted(
        self, leaver, today, coordinator
    ):
        promised = invite(leaver, today + timedelta(days=7), coordinator)
        invitation = Invitation.objects.get()
        assert (promised.membership, promised.invitation, promised.role) == (leaver, invitation, "mayor")
        assert (invitation.email, invitation.municipality_id) == ("nova@obec.example", leaver.municipality_id)
        assert anew(leaver).ends_on == today + timedelta(days=7)
        assert OutgoingMail.objects.get().to == "nova@obec.example"
        assert written(leaver)[-1] == (
            "membership.invite_successor",
            coordinator.pk,
            {"invitation": invitation.pk},
        )

        user = accounts.actions.accept_invitation(invitation, name="Nová", password="dlouhé heslo 1")

        new = Membership.objects.get(user=user)
        assert (new.role, new.starts_on, new.municipality) == ("mayor", today, leaver.municipality)
        assert HandOver.objects.get().done_at == timezone.now()
        told = {"account": user.pk, "matters": 0}
        assert written(leaver)[-1] == ("membership.hand_over", coordinator.pk, told)

    def test_without_a_promise_an_accepted_invitation_hands_nothing_over(self, leaver, coordinator):
        words = {"email": "nova@obec.example", "name": "Nová", "language": "cs", "role": "official"}
        invitation = accounts.actions.invite(**words, municipality_id=leaver.municipality_id, by=coordinator)
        user = accounts.actions.accept_invitation(invitation, name="Nová", password="dlouhé heslo 1")
        assert Membership.objects.get(user=user).role == "contact"
        assert written(leaver) == []

    @pytest.mark.parametrize(
        ("who", "words"),
        [
            ("consultant", [ROLE, "Your role does not invite people."]),
            ("too early", ["It cannot end before it began, on 1\u00a0January\u00a02026."]),
            ("known", ["This address already has an account."]),
        ],
    )
    def test_it_is_refused(self, who, words, leaver, successor, today, coordinator):
        by = UserFactory() if who == "consultant" else coordinator
        on = date(2025, 12, 31) if who == "too early" else today
        email = successor.email if who == "known" else "nova@obec.example"
        assert refusal(invite, leaver, on, by, email=email) == words
        assert (anew(leaver).ends_on, HandOver.objects.count(), Invitation.objects.count()) == (None, 0, 0)
