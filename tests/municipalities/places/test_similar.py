"""Municipalities like one another: ranked, with reasons, in a constant number of queries."""

from typing import Any

import pytest
from django.utils.timezone import localdate
from django.utils.translation import override

from core.documents.choices import State
from municipalities.choices import AdoptionState, Approach, Kind
from municipalities.models import Adoption, Municipality, Practice, PracticeEdition
from municipalities.places.similar import Alike, place_points, place_reasons
from tests.factories.accounts import UserFactory
from tests.factories.municipalities import MunicipalityFactory, ProgrammeFactory, RegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    with override("en"):
        yield


def elsewhere(**fields: Any) -> Municipality:
    return MunicipalityFactory(region=RegionFactory(nuts3="CZ020", slug="stredocesky-kraj"), **fields)


def names(matches: list) -> list[str]:
    return [match.municipality.name for match in matches]


def published(place: Municipality | None, title: str, approach: str) -> Practice:
    practice = Practice.objects.create(slug=title.lower(), municipality=place)
    PracticeEdition.objects.create(
        document=practice, number=1, state=State.PUBLISHED, title_cs=title, title_en=title,
        lead_cs="Krátce", approach=approach, published_at="2026-11-01T10:00Z", published_by=UserFactory(),
        submitted_at="2026-10-01T10:00Z", submitted_by=UserFactory(),
    )  # fmt: skip
    return practice


def test_each_match_says_why_in_words():
    mine = MunicipalityFactory(population=402, kind=Kind.MUNICIPALITY)
    other = MunicipalityFactory(population=716, kind=Kind.MUNICIPALITY, pilot=True)
    for place in (mine, other):
        ProgrammeFactory(municipality=place, approaches=["private_owners"])

    (match,) = Alike(mine).experienced

    assert match.municipality == other
    assert match.reasons == [
        "similar size: 402 and 716 inhabitants",
        "same region",
        "same kind of place: municipality",
        "also works with: private owners",
        "has a programme of social housing",
    ]
    assert match.points == pytest.approx(40 * 402 / 716 + 15 + 10 + 10)


def test_who_is_more_alike_comes_first():
    mine = MunicipalityFactory(population=1000)
    MunicipalityFactory(name="city", population=380_000, pilot=True)
    elsewhere(name="far", population=1000, pilot=True)
    MunicipalityFactory(name="near", population=1000, pilot=True)

    assert names(Alike(mine).experienced) == ["near", "far", "city"]


def test_without_an_approach_of_its_own_the_one_asked_for_counts():
    mine = MunicipalityFactory()
    for name, approaches in (("owners", ["private_owners"]), ("first", ["housing_first", "social_work"])):
        ProgrammeFactory(municipality__name=name, approaches=approaches)

    (match,) = Alike(mine, approach=Approach.HOUSING_FIRST).experienced

    assert match.municipality.name == "first"
    assert "works with: Housing First" in match.reasons


def test_a_practice_that_runs_is_named_and_an_unpublished_one_is_not():
    mine, runs = MunicipalityFactory(), MunicipalityFactory(name="runs")
    practice = published(elsewhere(name="source"), "Guarantee", Approach.PRIVATE_OWNERS)
    Adoption.objects.create(practice=practice, municipality=runs, state=AdoptionState.RUNNING)
    secret = Practice.objects.create(slug="secret", municipality=MunicipalityFactory(name="secret"))
    Adoption.objects.create(practice=secret, municipality=MunicipalityFactory(), state=AdoptionState.RUNNING)

    found = Alike(mine).experienced

    assert names(found) == ["runs", "source"]
    assert "runs the practice “Guarantee”" in found[0].reasons
    assert "has published the practice “Guarantee”" in found[1].reasons


def test_a_programme_that_is_not_public_is_no_experience():
    ProgrammeFactory(municipality=MunicipalityFactory(), is_public=False)
    assert Alike(MunicipalityFactory()).experienced == []


def test_of_unknown_population_and_kind_nothing_is_said():
    mine = MunicipalityFactory(population=None, kind=None)
    other = MunicipalityFactory(population=None, kind=None, pilot=True)

    alike = Alike(mine)

    assert alike.experienced[0].reasons == ["same region", "took part in the project"]
    assert place_points(mine, other) == 15
    assert names(alike.neighbours) == [other.name]


def test_a_city_district_without_population_finds_its_kind():
    mine = MunicipalityFactory(population=None, kind=Kind.CITY_DISTRICT)
    MunicipalityFactory(population=1_300_000, kind=Kind.STATUTORY_CITY)
    other = MunicipalityFactory(population=None, kind=Kind.CITY_DISTRICT, pilot=True)

    assert [match.municipality for match in Alike(mine).neighbours] == [other]


def test_neighbours_are_the_nearest_up_and_down_those_of_the_region_first():
    mine = MunicipalityFactory(population=1000)
    for population in (100, 800, 990, 1010, 1500, 2000, 9000):
        MunicipalityFactory(name=f"here {population}", population=population)
    elsewhere(name="there", population=1000)

    found = Alike(mine).neighbours

    assert names(found) == ["here 1010", "here 990", "here 800", "here 1500", "here 2000", "there"]
    assert found[0].reasons == ["similar size: 1,000 and 1,010 inhabitants", "same region"]


def test_what_no_longer_exists_is_in_neither_group():
    mine = MunicipalityFactory(population=1000)
    MunicipalityFactory(population=1000, pilot=True, dissolved_on=localdate())
    alike = Alike(mine)
    assert (alike.experienced, alike.neighbours) == ([], [])


def test_a_class_of_size_is_kept_in_both_groups():
    mine = MunicipalityFactory(population=1000)
    MunicipalityFactory(name="small", population=1500, pilot=True)
    MunicipalityFactory(name="large", population=150_000, pilot=True)
    alike = Alike(mine, size="from-100000")
    assert (names(alike.experienced), names(alike.neighbours)) == (["large"], ["large"])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(django_assert_num_queries, rows):
    mine = MunicipalityFactory()
    published(None, "Guarantee", Approach.PRIVATE_OWNERS)
    for _row in range(rows):
        ProgrammeFactory(approaches=["social_work"])
    # Programmes, practices, what runs, the places; then up and down, in the region and outside of it.
    with django_assert_num_queries(8):
        alike = Alike(mine)
        assert len(alike.experienced) == rows
        assert alike.neighbours


def test_the_same_number_of_inhabitants_is_told_once():
    mine, other = MunicipalityFactory(population=599), MunicipalityFactory(population=599, pilot=True)
    assert "same size: 599 inhabitants" in list(place_reasons(mine, other))
