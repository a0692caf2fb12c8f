from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

import accounts.actions
from accounts.models import User
from accounts.permissions import Role
from core.audit import entries_of
from core.outbox.mail import OutgoingMail
from core.states import Conflict, Refused
from municipalities.choices import Fate, MembershipRole
from municipalities.models import Membership, Municipality, Succession
from municipalities.people.actions import memberships as actions
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


@pytest.fixture
def coordinator():
    return UserFactory(coordinator=True)


@pytest.fixture
def official():
    return UserFactory(official=True)


def add(place, user, by, day=DAY):
    return actions.add_member(place, user=user, role=MembershipRole.HEAD, starts_on=day, by=by)


def test_a_member_is_added_with_an_audit_entry(coordinator, official):
    place = MunicipalityFactory()
    membership = add(place, official, coordinator)
    assert (membership.municipality, membership.user, membership.role) == (place, official, "head")
    assert (membership.starts_on, membership.ends_on, membership.added_by) == (DAY, None, coordinator)
    entry = entries_of(membership).get()
    assert (entry.verb, entry.actor_id) == ("membership.begin", coordinator.pk)
    assert entry.details == {"municipality": place.pk, "account": official.pk, "role": "head"}


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.EDITOR, Role.OFFICIAL])
def test_only_who_looks_after_people_adds_and_ends(role, official):
    other = UserFactory(role=role)
    with pytest.raises(Refused):
        add(MunicipalityFactory(), official, other)
    membership = MembershipFactory(starts_on=DAY)
    with pytest.raises(Refused):
        actions.end_membership(membership, ends_on=DAY, by=other)
    membership.refresh_from_db()
    assert membership.ends_on is None


@pytest.mark.parametrize("fields", [{"role": Role.CONSULTANT}, {"role": Role.OFFICIAL, "is_active": False}])
def test_only_an_active_official_can_be_a_member(coordinator, fields):
    with pytest.raises(Refused):
        add(MunicipalityFactory(), UserFactory(**fields), coordinator)
    assert not Membership.objects.exists()


def test_nobody_is_a_member_twice_at_once(coordinator, official):
    place = MunicipalityFactory()
    add(place, official, coordinator)
    with pytest.raises(Refused):
        add(place, official, coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(municipality=place, user=official)
    assert Membership.objects.count() == 1


def test_one_may_speak_for_several(coordinator, official):
    for place in (MunicipalityFactory(), MunicipalityFactory()):
        add(place, official, coordinator)
    assert Municipality.objects.spoken_for_by(official).count() == 2


def test_an_end_is_written_once_and_stays_as_history(coordinator):
    membership = MembershipFactory(starts_on=DAY)
    actions.end_membership(membership, ends_on=date(2026, 4, 1), by=coordinator)
    stored = Membership.objects.get()
    assert (stored.ends_on, stored.ended_by) == (date(2026, 4, 1), coordinator)
    assert stored.ended_at is not None
    assert entries_of(stored).get().details["ends_on"] == "2026-04-01"
    with pytest.raises(Refused):
        actions.end_membership(stored, ends_on=date(2026, 5, 1), by=coordinator)


def test_the_second_of_two_who_end_it_learns_of_the_first(coordinator):
    first, second = MembershipFactory(starts_on=DAY), Membership.objects.get()
    actions.end_membership(first, ends_on=date(2026, 4, 1), by=coordinator)
    with pytest.raises(Conflict) as caught:
        actions.end_membership(second, ends_on=date(2026, 6, 1), by=UserFactory(administrator=True))
    assert caught.value.current.ends_on == date(2026, 4, 1)
    assert Membership.objects.get().ended_by == coordinator


def test_it_cannot_end_before_it_began(coordinator):
    membership = MembershipFactory(starts_on=DAY)
    with pytest.raises(Refused):
        actions.end_membership(membership, ends_on=date(2026, 2, 28), by=coordinator)
    assert Membership.objects.get().ends_on is None


def test_one_who_left_may_come_back_but_not_into_the_time_before(coordinator, official):
    place = MunicipalityFactory()
    actions.end_membership(add(place, official, coordinator), ends_on=date(2026, 4, 1), by=coordinator)
    with pytest.raises(Refused):
        add(place, official, coordinator, date(2026, 3, 15))
    again = add(place, official, coordinator, date(2026, 4, 1))
    assert list(Membership.objects.current(date(2026, 3, 31)).exclude(pk=again.pk)) != []
    assert list(Membership.objects.current(date(2026, 4, 1))) == [again]


def invite(place, by):
    return accounts.actions.invite(
        email="nova@example.org",
        name="Nová Osoba",
        role=Role.OFFICIAL,
        language="cs",
        by=by,
        municipality_id=place.pk,
    )


def test_an_accepted_invitation_makes_a_member(coordinator):
    place = MunicipalityFactory()
    invitation = invite(place, coordinator)
    user = accounts.actions.accept_invitation(invitation, name="Nová Osoba", password="correct horse battery")
    membership = Membership.objects.get()
    assert (membership.municipality, membership.user, membership.added_by) == (place, user, coordinator)
    assert list(Municipality.objects.spoken_for_by(user)) == [place]


def test_an_invitation_to_a_municipality_that_is_no_more_makes_no_member(client, coordinator):
    place, after = MunicipalityFactory(name="Radslavice"), MunicipalityFactory(name="Lipová")
    invitation = invite(place, coordinator)
    link = next(word for word in OutgoingMail.objects.get().text.split() if word.startswith("http"))
    Municipality.objects.filter(pk=place.pk).update(dissolved_on=DAY)
    Succession.objects.create(before=place, after=after, fate=Fate.MERGED, on=DAY, source="x")
    with pytest.raises(Refused) as caught:
        accounts.actions.accept_invitation(invitation, name="Nová", password="correct horse battery")
    assert "Lipová" in caught.value.reasons[0]
    response = client.get(link.removeprefix(settings.BASE_URL))
    assert response.status_code == 409
    assert (
        "Radslavice už není obcí od 1.\u00a0března\u00a02026. Dnes je to Lipová" in response.content.decode()
    )
    assert (Membership.objects.exists(), User.objects.filter(role=Role.OFFICIAL).exists()) == (False, False)


def test_an_invitation_to_the_centre_makes_no_member():
    invitation = accounts.actions.invite(
        email="nova@example.org",
        name="Nová Osoba",
        role=Role.CONSULTANT,
        language="cs",
        by=UserFactory(administrator=True),
    )
    accounts.actions.accept_invitation(invitation, name="Nová Osoba", password="correct horse battery")
    assert not Membership.objects.exists()
