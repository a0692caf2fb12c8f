"""The public pages of municipalities like mine."""

import pytest

from tests.factories.municipalities import MunicipalityFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine():
    place = MunicipalityFactory(name="Kout", slug="kout", population=1000)
    ProgrammeFactory(municipality__name="Oldřiš", municipality__slug="oldris", approaches=["housing_first"])
    ProgrammeFactory(municipality__name="Polička", municipality__slug="policka", approaches=["new_build"])
    return place


def test_a_name_leads_to_the_matches(client, mine):
    page = client.get("/en/municipalities/like-mine/")
    assert page.status_code == 200
    answer = client.get("/en/municipalities/like-mine/", {"municipality": "kout"})
    assert answer["Location"] == "/en/municipalities/kout/like/"


@pytest.mark.parametrize("typed", ["", "Nikde", "\x00", "x" * 5000])
def test_what_is_no_municipality_is_said_beside_the_field(client, mine, typed):
    page = client.get("/en/municipalities/like-mine/", {"municipality": typed})
    assert page.status_code == 200
    assert page.context["form"].errors


def test_of_two_of_one_name_one_is_chosen(client, mine):
    MunicipalityFactory(name="Kout", slug="kout-2")
    page = client.get("/en/municipalities/like-mine/", {"municipality": "Kout"})
    assert len(page.context["form"].fields["municipality"].candidates) == 2


def test_filters_are_kept_in_the_address(client, mine):
    page = client.get("/en/municipalities/kout/like/", {"approach": "housing_first"})
    assert [match.municipality.name for match in page.context["page"].object_list] == ["Oldřiš"]
    assert "works with: Housing First" in page.content.decode()


@pytest.mark.parametrize("query", ["approach=none", "size=%00", "page=999999999999999999"])
def test_an_unknown_filter_is_none(client, mine, query):
    page = client.get(f"/en/municipalities/kout/like/?{query}")
    assert page.status_code == 200
    assert len(page.context["page"].object_list) == 2


def test_the_page_of_a_municipality_shows_the_best_three_and_the_way_on(client, mine):
    for _number in range(3):
        ProgrammeFactory()
    page = client.get("/en/municipalities/kout/").content.decode()
    assert page.count("Why it fits") == 3
    assert "/en/municipalities/kout/like/" in page


def test_without_population_the_page_says_so(client, mine):
    MunicipalityFactory(name="Praha 7", slug="praha-7", population=None)
    page = client.get("/en/municipalities/praha-7/like/").content.decode()
    assert "We do not know the number of its inhabitants" in page
