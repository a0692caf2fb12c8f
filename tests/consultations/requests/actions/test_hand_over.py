"""What goes over to a successor, what does not, and what the leaver can still do."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

import accounts.actions
from accounts.models import Invitation
from consultations.choices import State
from consultations.models import Participant, SupportRequest
from consultations.requests import emails
from core.audit import AuditEntry
from core.notices.emails import reason_to_stop
from core.outbox.mail import OutgoingMail, Stopped
from municipalities.models import HandOver, Membership
from municipalities.people.actions import hand_over as verbs
from tests.factories.accounts import UserFactory
from tests.factories.consultations import ContactFactory, PersonFactory, SupportRequestFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def leaver(today):
    user = UserFactory(official=True, name="Eva Malá", email="eva@obec.example")
    return MembershipFactory(user=user, role="head", starts_on=today - timedelta(days=300))


@pytest.fixture
def successor():
    return UserFactory(official=True, name="Jan Nový", email="jan@obec.example", language="en")


@pytest.fixture
def coordinator():
    return UserFactory(coordinator=True)


def asked(membership, **fields):
    """Return a request that the member has asked for the municipality."""
    user = membership.user
    person = PersonFactory(user=user, email=user.email, name=user.name)
    return SupportRequestFactory(
        requester=person, is_official=True, municipality=membership.municipality, created_by=user,
        **{"open": True, **fields},
    )  # fmt: skip


def do(membership, successor, today, by, **options):
    return verbs.hand_over(membership, to=successor, role="contact", on=today, by=by, **options)


def test_open_requests_go_over_and_history_stays(leaver, successor, today, coordinator):
    case, closed = asked(leaver), asked(leaver, open=False, closed=True)
    old = case.link_token
    assert do(leaver, successor, today, coordinator) == 1
    case, closed = SupportRequest.objects.get(pk=case.pk), SupportRequest.objects.get(pk=closed.pk)
    assert (case.requester.user, case.requester.email) == (successor, successor.email)
    assert closed.requester.user == leaver.user
    assert case.contacts.get().person.user == leaver.user
    assert not SupportRequest.objects.behind_link(old).exists()
    assert list(SupportRequest.objects.visible_to(successor).order_by("pk")) == [case, closed]
    assert not SupportRequest.objects.visible_to(leaver.user).exists()
    told = AuditEntry.objects.get(verb="request.hand_over")
    assert set(told.details) == {"before", "after"}


def test_the_successor_alone_is_told_and_by_a_link_only(leaver, successor, today, coordinator):
    case = asked(leaver, subject="Tajný program")
    do(leaver, successor, today, coordinator)
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.language) == ("jan@obec.example", "en")
    assert reverse("my").split("/", 2)[2] in mail.text
    assert "1 open request is yours now." in mail.text
    assert case.subject not in mail.text + mail.subject
    assert "Eva" not in mail.text
    assert reason_to_stop(mail) == ""
    Membership.objects.filter(user=successor).delete()
    assert reason_to_stop(mail) == Stopped.NOT_THEIRS


def test_what_was_asked_only_for_oneself_does_not_go_over(leaver, successor, today, coordinator):
    case = asked(leaver, is_personal=True)
    assert [matter.moves for matter in verbs.open_matters(leaver)] == [False]
    assert do(leaver, successor, today, coordinator) == 0
    assert SupportRequest.objects.get(pk=case.pk).requester.user == leaver.user
    assert not SupportRequest.objects.visible_to(successor).exists()


def test_where_the_leaver_only_took_part_the_successor_does(leaver, successor, today, coordinator):
    other = MembershipFactory(municipality=leaver.municipality)
    case = asked(other)
    Participant.objects.create(request=case, person=PersonFactory(user=leaver.user))
    assert do(leaver, successor, today, coordinator) == 0
    assert [row.person.user for row in case.participants.all()] == [successor]


def test_mail_that_waits_for_the_leaver_does_not_go_out(leaver, successor, today, coordinator):
    case = asked(leaver)
    mail = emails.answer(case, ContactFactory(request=case, answer=True))
    do(leaver, successor, today + timedelta(days=30), coordinator)
    assert emails.reason_to_stop(mail) == Stopped.NOT_THEIRS
    mail = emails.answer(SupportRequest.objects.get(pk=case.pk), ContactFactory(request=case, answer=True))
    assert (mail.to, emails.reason_to_stop(mail)) == ("jan@obec.example", "")


def test_one_who_has_left_already_leaves_what_is_open(leaver, successor, today, coordinator):
    case = asked(leaver)
    Membership.objects.filter(pk=leaver.pk).update(
        ends_on=today - timedelta(days=9), ended_at=timezone.now(), ended_by=coordinator
    )
    leaver.refresh_from_db()
    assert verbs.hand_over(leaver, to=successor, role="contact", on=leaver.ends_on, by=coordinator) == 1
    assert SupportRequest.objects.get(pk=case.pk).requester.user == successor
    assert Membership.objects.get(pk=leaver.pk).ends_on == today - timedelta(days=9)


def test_an_invited_successor_takes_over_when_they_accept(leaver, today, coordinator):
    case = asked(leaver)
    verbs.invite_successor(
        leaver, email="nova@obec.example", name="Nová", language="cs", role="mayor", on=today, by=coordinator
    )
    assert Membership.objects.get(pk=leaver.pk).ends_on == today
    assert SupportRequest.objects.get(pk=case.pk).requester.user == leaver.user
    user = accounts.actions.accept_invitation(
        Invitation.objects.get(), name="Nová", password="dlouhé heslo 1"
    )
    assert Membership.objects.get(user=user).role == "mayor"
    assert SupportRequest.objects.get(pk=case.pk).requester.user == user
    assert HandOver.objects.get().done_at is not None


def test_requests_of_a_merged_municipality_go_over_too(leaver, successor, today, coordinator):
    gone = MunicipalityFactory()
    gone.went_to.create(after=leaver.municipality, fate="merged", on=today, source="x")
    case = asked(leaver)
    SupportRequest.objects.filter(pk=case.pk).update(municipality=gone)
    assert do(leaver, successor, today, coordinator) == 1
    assert SupportRequest.objects.get(pk=case.pk).state == State.OPEN
