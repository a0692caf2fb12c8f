from datetime import date

import pytest
from django.urls import reverse

from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(log_in):
    return log_in("official", name="Eva Malá")


def get(client, **query):
    return client.get(reverse("my-timeline"), query)


def test_an_official_sees_the_timeline_of_the_own_municipality(official):
    client, user = official
    membership = MembershipFactory(user=user, starts_on=date(2026, 1, 1))
    answer = get(client)
    assert answer.context["municipality"] == membership.municipality
    assert [entry.who for entry in answer.context["timeline"].entries] == ["Eva Malá"]


def test_the_timeline_of_another_municipality_is_not_found(official):
    client, user = official
    MembershipFactory(user=user)
    other = MembershipFactory(user__name="Cizí Osoba").municipality
    answer = get(client, municipality=other.slug)
    assert answer.status_code == 404
    assert "Cizí Osoba" not in answer.content.decode()


def test_a_membership_that_ended_opens_nothing(official):
    client, user = official
    ended = MembershipFactory(user=user, starts_on=date(2025, 1, 1), ends_on=date(2025, 6, 1))
    assert get(client, municipality=ended.municipality.slug).status_code == 404
    assert get(client).context["municipality"] is None


def test_one_who_speaks_for_several_can_switch(official):
    client, user = official
    places = [MunicipalityFactory(name=name) for name in ("První", "Druhá")]
    for place in places:
        MembershipFactory(user=user, municipality=place)
    for place in places:
        answer = get(client, municipality=place.slug)
        assert answer.context["municipality"] == place
        assert "?municipality=" in answer.content.decode()


def test_the_timeline_is_filtered_by_kind_and_year(official):
    client, user = official
    MembershipFactory(user=user, starts_on=date(2026, 1, 1))
    for query, count in [
        ({"kind": "memberships"}, 1),
        ({"year": "2026"}, 1),
        ({"year": "2025"}, 0),
        ({"kind": "?"}, 1),
    ]:
        assert len(get(client, **query).context["timeline"].entries) == count, query


@pytest.mark.parametrize(
    "before", ["", "nonsense", "2026-99-99", "2027-01-01T00:00:00", "2027-01-01T00:00:00+00:00"]
)
def test_a_moment_that_is_none_counts_as_now(official, before):
    client, user = official
    MembershipFactory(user=user, starts_on=date(2026, 1, 1))
    assert len(get(client, before=before).context["timeline"].entries) == 1


def test_the_desk_has_no_timeline_of_its_own(log_in):
    assert get(log_in("coordinator")[0]).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_one_and_three(official, django_assert_num_queries, rows):
    client, user = official
    place = MembershipFactory(user=user).municipality
    MembershipFactory.create_batch(rows - 1, municipality=place)
    with django_assert_num_queries(35):
        get(client)
