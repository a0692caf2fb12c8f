import pytest

from core.outbox import dead_addresses
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from visits.deliveries.addresses import NOWHERE, Address, addresses_of, living

pytestmark = pytest.mark.django_db


def test_who_has_left_or_may_not_log_in_is_not_written_to():
    place = MunicipalityFactory()
    MembershipFactory(municipality=place, ends_on="2026-01-01", starts_on="2025-01-01")
    MembershipFactory(municipality=place, user=UserFactory(official=True, is_active=False))
    assert addresses_of([place]) == {place.pk: NOWHERE}


def test_all_dead_is_told_with_the_first_of_them():
    place = MunicipalityFactory(office_email="urad@example.org")
    dead_addresses.mark("urad@example.org", "5.1.1")
    assert addresses_of([place]) == {place.pk: Address("urad@example.org", is_dead=True)}
    assert [one.is_dead for one in living([Address("urad@example.org"), Address("b@example.org")])] == [
        True,
        False,
    ]


def test_the_number_of_queries_is_that_of_one(django_assert_num_queries):
    places = [MembershipFactory().municipality for _one in range(5)]
    with django_assert_num_queries(2):
        assert len(addresses_of(places)) == 5
