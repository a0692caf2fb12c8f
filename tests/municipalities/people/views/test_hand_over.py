"""Handing over at the desk, and the people of a municipality as its officials see them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation
from municipalities.models import HandOver, Membership, Succession
from tests.consultations.requests.actions.test_hand_over import asked
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def leaver():
    return MembershipFactory(
        municipality=MunicipalityFactory(slug="obec"), user__name="Eva Malá", starts_on=date(2026, 1, 1)
    )


@pytest.fixture
def desk(log_in):
    return log_in("coordinator")[0]


def merged_into(place, name):
    """Let a place become a part of another one, which is returned."""
    after, today = MunicipalityFactory(name=name), timezone.localdate()
    type(place).objects.filter(pk=place.pk).update(dissolved_on=today)
    Succession.objects.create(before=place, after=after, fate="merged", on=today, source="a law")
    return after


def address(membership):
    return reverse("desk-municipality-hand-over", args=[membership.municipality.slug, membership.pk])


def given(**fields):
    return {
        "email": "nova@obec.example", "name": "", "language": "cs", "role": "head",
        "on": str(timezone.localdate()), **fields,
    }  # fmt: skip


def test_the_page_lists_what_goes_over_and_what_stays(desk, leaver):
    asked(leaver, subject="Jde dál")
    asked(leaver, subject="Jen pro mě", is_personal=True)
    context = desk.get(address(leaver)).context
    assert [matter.title[16:] for matter in context["moving"]] == ["Jde dál"]
    assert [matter.title[16:] for matter in context["staying"]] == ["Jen pro mě"]


def test_it_is_asked_once_more_before_anything_happens(desk, leaver):
    successor = UserFactory(official=True, name="Jan Nový")
    page = desk.post(address(leaver), given(email=successor.email.upper()))
    assert "Jan Nový" in page.content.decode()
    assert Membership.objects.get().ends_on is None
    answer = desk.post(address(leaver), given(email=successor.email, confirm="1"), follow=True)
    assert "Jan Nový" in answer.content.decode()
    assert Membership.objects.current().get().user == successor


def test_somebody_without_an_account_is_invited(desk, leaver):
    page = desk.post(address(leaver), given())
    assert page.context["form"].errors.keys() == {"name"}
    desk.post(address(leaver), given(name="Nová", confirm="1"))
    assert HandOver.objects.get().invitation == Invitation.objects.get()


@pytest.mark.parametrize(
    "fields",
    [{"email": "x"}, {"email": "a\x00b@example.org"}, {"on": "0000-99-99"}, {"role": "?"}, {"on": ""}],
)
def test_bad_input_is_said_beside_the_field_and_kept(desk, leaver, fields):
    page = desk.post(address(leaver), given(name="Nová", confirm="1", **fields))
    assert page.status_code == 200
    assert page.context["form"].errors
    assert "Nová" in page.content.decode()
    assert Membership.objects.get().ends_on is None


def test_a_refusal_is_shown_on_the_page(desk, leaver):
    page = desk.post(address(leaver), given(email=UserFactory().email, confirm="1"))
    assert page.context["form"].non_field_errors()


def test_a_membership_of_another_municipality_is_not_found(desk, leaver):
    other = MunicipalityFactory(slug="jina")
    path = reverse("desk-municipality-hand-over", args=[other.slug, leaver.pk])
    assert desk.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(desk, leaver, django_assert_num_queries, rows):
    for _number in range(rows):
        asked(leaver)
    with django_assert_num_queries(9):
        assert desk.get(address(leaver)).status_code == 200


# The people, as officials see them


def test_officials_see_who_speaks_for_them_now_and_who_did(log_in, leaver):
    client, user = log_in("official", name="Jan Nový", email="jan@obec.example")
    MembershipFactory(user=user, municipality=leaver.municipality)
    MembershipFactory(user__name="Cizí Osoba")
    Membership.objects.filter(pk=leaver.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    page = client.get(reverse("my-people"))
    html = page.content.decode()
    assert [row.user.name for row in page.context["now"]] == ["Jan Nový"]
    assert [row.user.name for row in page.context["once"].items] == ["Eva Malá"]
    assert "jan@obec.example" in html
    assert leaver.user.email not in html
    assert "Cizí Osoba" not in html


def test_people_of_another_municipality_are_not_found(log_in, leaver):
    client, user = log_in("official")
    MembershipFactory(user=user)
    assert client.get(reverse("my-people"), {"municipality": "obec"}).status_code == 404


def test_changing_ones_mind_keeps_what_was_typed(desk, leaver):
    page = desk.post(address(leaver), given(name="Jana Nová", change="1")).content.decode()
    assert "Jana Nová" in page
    assert 'name="confirm"' not in page


def test_of_a_municipality_that_is_no_more_only_the_successors_official_takes_over(desk, leaver):
    asked(leaver, subject="Jde dál")
    after = merged_into(leaver.municipality, "Nová Ves")
    stranger, heir = UserFactory(official=True), MembershipFactory(municipality=after)
    answer = desk.post(address(leaver), given(email=stranger.email, confirm="1")).content.decode()
    assert "Nová Ves" in answer
    assert Membership.objects.get(pk=leaver.pk).ends_on is None
    desk.post(address(leaver), given(email=heir.user.email, confirm="1"))
    assert Membership.objects.get(pk=leaver.pk).ends_on == timezone.localdate()
    assert Membership.objects.filter(user=heir.user).get() == heir


def test_ending_says_that_something_is_open(desk, leaver):
    asked(leaver, subject="Otevřený dotaz")
    end = reverse("desk-municipality-person-end", args=["obec", leaver.pk])
    assert address(leaver) in desk.get(end).content.decode()
