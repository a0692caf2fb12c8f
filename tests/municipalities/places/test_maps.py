"""The map follows its list: what is filtered away is on neither."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from municipalities.choices import Approach
from tests.factories.municipalities import MunicipalityFactory, ProgrammeFactory, RegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    south = RegionFactory(
        nuts3="CZ031", slug="jihocesky-kraj", name_cs="Jihočeský kraj", name_en="South Bohemian Region"
    )
    brno = MunicipalityFactory(
        name="Brno", pilot=True, latitude="49.1952", longitude="16.6069", population=380681
    )
    vir = MunicipalityFactory(
        name="Vír", pilot=True, latitude="49.5575", longitude="16.3237", population=700, region=south
    )
    MunicipalityFactory(name="Lhota", region=south)
    ProgrammeFactory(municipality=brno, approaches=[Approach.HOUSING_FIRST, Approach.SOCIAL_WORK])
    ProgrammeFactory(municipality=vir, approaches=[Approach.SOCIAL_WORK])
    ProgrammeFactory(municipality=vir, key="draft", approaches=[Approach.NEW_BUILD], is_public=False)


def page(client, **query):
    with translation.override("en"):
        address = reverse("municipalities")
    response = client.get(address, query)
    assert response.status_code == 200
    return response


@pytest.mark.parametrize(
    ("query", "listed", "counts"),
    [
        ({}, ["Brno", "Vír", "Lhota"], {"CZ071": 1, "CZ031": 2}),
        ({"region": "jihocesky-kraj"}, ["Vír", "Lhota"], {"CZ031": 2}),
        ({"pilot": "on"}, ["Brno", "Vír"], {"CZ071": 1, "CZ031": 1}),
        ({"approach": "housing_first"}, ["Brno"], {"CZ071": 1}),
        ({"approach": "social_work", "size": "to-999"}, ["Vír"], {"CZ031": 1}),
        ({"approach": "new_build"}, [], {}),
        ({"q": "lho"}, ["Lhota"], {"CZ031": 1}),
        ({"approach": "nothing"}, ["Brno", "Vír", "Lhota"], {"CZ071": 1, "CZ031": 2}),
    ],
)
def test_the_list_and_the_map_filter_together(client, places, query, listed, counts):
    context = page(client, **query).context
    names = {region.name: region.count for region in context["map"].regions if region.count}
    assert [row.name for row in context["page"].object_list] == listed
    regions = {"CZ071": "Olomouc Region", "CZ031": "South Bohemian Region"}
    assert names == {regions[nuts3]: count for nuts3, count in counts.items()}
    pilots = [name for name in listed if name != "Lhota"]
    assert [place.municipality.name for place in context["map"].places] == pilots


def test_regions_and_places_are_links_with_names_and_numbers(client, places):
    html = page(client, size="to-999", pilot="on").content.decode()
    link = re.search(
        r'<a class="map-region" href="([^"]+)" aria-label="South Bohemian Region: 1 municipality"', html
    )
    assert link[1].endswith("?size=to-999&amp;pilot=on&amp;region=jihocesky-kraj")
    assert 'aria-label="2. Vír, South Bohemian Region"' in html
    assert '<a class="map-region map-region-quiet"' in html
    assert "Brno" not in re.search(r"<svg class=.map-svg.*?</svg>", html, re.DOTALL)[0]
    assert 'role="group"' in html
    assert "<desc" in html


def test_the_chosen_region_says_so(client, places):
    html = page(client, region="jihocesky-kraj").content.decode()
    assert re.search(r'aria-label="South Bohemian Region: 2 municipalities" aria-current="true"', html)


def test_a_place_without_a_position_is_in_the_list_only(client):
    MunicipalityFactory(name="Nikde", pilot=True)
    context = page(client).context
    assert context["map"].places == []
    assert [row.name for row in context["page"].object_list] == ["Nikde"]
