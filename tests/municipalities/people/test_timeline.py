from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from municipalities.people import timeline
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def told(place, before=NOW, limit=10):
    with translation.override("en"):
        return [
            (entry.when, entry.who, entry.title) for entry in timeline.entries(place, None, before, limit)
        ]


def test_who_began_and_who_ended_is_told_newest_first():
    place = MunicipalityFactory()
    MembershipFactory(
        municipality=place, user__name="Jan Novák", starts_on=date(2026, 1, 1), ends_on=date(2026, 5, 1)
    )
    MembershipFactory(municipality=place, user__name="Eva Malá", starts_on=date(2026, 3, 1), role="mayor")
    MembershipFactory(starts_on=date(2026, 2, 1))
    assert told(place) == [
        ("1\u00a0May\u00a02026", "Jan Novák", "No longer speaks for the municipality (contact person)"),
        (
            "1\u00a0March\u00a02026",
            "Eva Malá",
            "Speaks for the municipality from this day on (mayor or deputy)",
        ),
        (
            "1\u00a0January\u00a02026",
            "Jan Novák",
            "Speaks for the municipality from this day on (contact person)",
        ),
    ]


def test_what_is_yet_to_come_is_not_told():
    place = MunicipalityFactory()
    MembershipFactory(municipality=place, starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1))
    assert [when for when, _who, _title in told(place)] == ["1\u00a0January\u00a02026"]
    assert told(place, before=datetime(2025, 12, 31, 23, tzinfo=UTC)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_two_queries(django_assert_num_queries, rows):
    place = MunicipalityFactory()
    MembershipFactory.create_batch(rows, municipality=place, starts_on=date(2026, 1, 1))
    with django_assert_num_queries(2):
        assert len(told(place)) == rows
