from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Invitation
from core.outbox.mail import OutgoingMail
from municipalities.models import Membership, Succession
from municipalities.people.actions import memberships as actions
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return MunicipalityFactory(name="Obec", slug="obec")


@pytest.fixture
def desk(log_in):
    return log_in("coordinator")[0]


def address(name, *args):
    return reverse(name, args=args)


def test_the_list_shows_how_many_speak_today(desk, place):
    MembershipFactory(municipality=place)
    MembershipFactory(municipality=place, starts_on=date(2025, 1, 1), ends_on=date(2025, 2, 1))
    MunicipalityFactory(name="Jiná")
    rows = desk.get(address("desk-municipalities")).context["page"].object_list
    assert {row.name: row.people_count for row in rows} == {"Obec": 1, "Jiná": 0}
    rows = desk.get(address("desk-municipalities"), {"people": "on"}).context["page"].object_list
    assert [row.name for row in rows] == ["Obec"]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_costs_the_same_for_one_and_three(desk, django_assert_num_queries, rows, place):
    MembershipFactory.create_batch(rows, municipality=place)
    with django_assert_num_queries(36):
        assert desk.get(address("desk-municipality", "obec")).status_code == 200


def test_people_are_shown_with_their_history(desk, place):
    MembershipFactory(municipality=place, user__name="Eva Malá")
    MembershipFactory(
        municipality=place, user__name="Jan Novák", starts_on=date(2025, 1, 1), ends_on=date(2025, 2, 1)
    )
    html = desk.get(address("desk-municipality", "obec")).content.decode()
    assert "Eva Malá" in html
    assert "Jan Novák" in html
    # Only the one in force can be ended.
    assert html.count('/end/"') == 1


def test_a_consultant_sees_why_people_cannot_be_changed(log_in, place):
    client, user = log_in("consultant")
    html = client.get(address("desk-municipality", "obec")).content.decode()
    assert actions.reasons_against_managing(by=user)[0] in html.replace("&#x27;", "'")
    assert client.get(address("desk-municipality-person", "obec")).status_code == 403


def test_a_person_with_an_account_is_added(desk, place):
    official = UserFactory(official=True)
    answer = desk.post(
        address("desk-municipality-person", "obec"),
        {
            "member-email": official.email.upper(),
            "member-role": "head",
            "member-starts_on": "2026-03-01",
            "add": "1",
        },
    )
    assert answer.url == address("desk-municipality", "obec")
    membership = Membership.objects.get()
    assert (membership.user, membership.role, membership.starts_on) == (official, "head", date(2026, 3, 1))


@pytest.mark.parametrize("email", ["nikdo@example.org", "consultant@example.org"])
def test_who_cannot_be_added_is_said_beside_what_was_typed(desk, place, email):
    UserFactory(email="consultant@example.org")
    answer = desk.post(
        address("desk-municipality-person", "obec"),
        {"member-email": email, "member-role": "head", "member-starts_on": "2026-03-01", "add": "1"},
    )
    assert answer.status_code == 422
    assert answer.context["member_form"].errors
    assert email in answer.content.decode()
    assert not Membership.objects.exists()


def test_a_person_without_an_account_is_invited(desk, place):
    answer = desk.post(
        address("desk-municipality-person", "obec"),
        {
            "invitation-name": "Nová Osoba",
            "invitation-email": "nova@example.org",
            "invitation-language": "cs",
            "invite": "1",
        },
    )
    assert answer.status_code == 302
    invitation = Invitation.objects.get()
    assert (invitation.municipality_id, invitation.role) == (place.pk, "official")
    assert OutgoingMail.objects.count() == 1
    page = desk.get(address("desk-municipality", "obec")).content.decode()
    assert "Nová Osoba" in page
    assert f'href="{address("people:revoke", invitation.pk)}"' in page


def test_somebody_with_an_account_is_not_invited(desk, place):
    UserFactory(official=True, email="nova@example.org")
    answer = desk.post(
        address("desk-municipality-person", "obec"),
        {
            "invitation-name": "Nová Osoba",
            "invitation-email": "nova@example.org",
            "invitation-language": "cs",
            "invite": "1",
        },
    )
    assert answer.context["invitation_form"].non_field_errors()
    assert not Invitation.objects.exists()


def test_nobody_new_speaks_for_a_municipality_that_is_no_more(desk, place):
    after, on = MunicipalityFactory(name="Nová Ves"), date(2026, 1, 1)
    type(place).objects.filter(pk=place.pk).update(dissolved_on=on)
    Succession.objects.create(before=place, after=after, fate="merged", on=on, source="a law")
    page = address("desk-municipality-person", "obec")
    assert page not in desk.get(address("desk-municipality", "obec")).content.decode()
    assert "Nová Ves" in desk.get(page).content.decode()
    official = UserFactory(official=True)
    person = {"member-email": official.email, "member-role": "contact", "member-starts_on": "2026-02-01"}
    assert "Nová Ves" in str(desk.post(page, person).context["member_form"].non_field_errors())
    invited = {"invitation-name": "Nová", "invitation-email": "nova@example.org", "invitation-language": "cs"}
    answer = desk.post(page, {**invited, "invite": "1"})
    assert "Nová Ves" in str(answer.context["invitation_form"].non_field_errors())
    assert not Membership.objects.exists()
    assert not Invitation.objects.exists()


def test_a_membership_is_ended_after_asking(desk, place):
    membership = MembershipFactory(municipality=place, starts_on=date(2026, 1, 1))
    page = address("desk-municipality-person-end", "obec", membership.pk)
    assert desk.get(page).status_code == 200
    assert desk.post(page, {"ends_on": "2026-05-01"}).status_code == 302
    membership.refresh_from_db()
    assert membership.ends_on == date(2026, 5, 1)


def test_an_ended_one_says_so(desk, place):
    membership = MembershipFactory(municipality=place, starts_on=date(2026, 1, 1), ends_on=date(2026, 5, 1))
    page = address("desk-municipality-person-end", "obec", membership.pk)
    answer = desk.post(page, {"ends_on": "2026-06-01"})
    assert answer.status_code == 422
    assert len(answer.context["reasons"]) == 1
    membership.refresh_from_db()
    assert membership.ends_on == date(2026, 5, 1)


def test_a_membership_of_another_municipality_is_not_found(desk, place):
    membership = MembershipFactory()
    assert desk.get(address("desk-municipality-person-end", "obec", membership.pk)).status_code == 404
