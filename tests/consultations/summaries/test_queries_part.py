import pytest
from django.urls import reverse

from consultations.summaries import queries
from tests.factories.consultations import SummaryEditionFactory
from tests.factories.municipalities import MunicipalityFactory, RegionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return MunicipalityFactory(population=900, slug="vir")


def published(**fields):
    return SummaryEditionFactory(published=True, **fields)


def test_those_of_size_and_region_come_first_and_drafts_never(place):
    here, elsewhere = (
        place.region,
        RegionFactory(nuts3="CZ031", slug="jihocesky-kraj", name_cs="Jihočeský kraj"),
    )
    both = published(size=place.size, region=here)
    in_region = published(region=here)
    same_size = published(size=place.size, region=elsewhere)
    published(size="1000-4999", region=elsewhere)
    published()
    SummaryEditionFactory(size=place.size, region=here)
    part = queries.part_of(place)
    assert part["summaries"] == [both, in_region, same_size]
    assert part["query"] == "?size=to-999"


def test_there_are_five_at_most_and_none_is_no_part(place, django_assert_num_queries):
    assert queries.part_of(place) is None
    for _row in range(6):
        published(region=place.region)
    with django_assert_num_queries(3):
        part = queries.part_of(place)
    assert len(part["summaries"]) == 5
    assert part["query"] == f"?region={place.region.slug}"


def test_the_page_leads_to_the_filtered_list(client, place):
    one = published(size=place.size)
    published(size="1000-4999", question_cs="Cizí otázka?")
    html = client.get(reverse("municipality", args=["vir"])).content.decode()
    assert one.document.get_absolute_url() in html
    assert f"{reverse('summaries')}?size=to-999" in html
    page = client.get(reverse("summaries"), {"size": "to-999"}).context["page"]
    assert [row.pk for row in page.items] == [one.pk]
    assert [row.pk for row in client.get(reverse("summaries"), {"region": "nikde"}).context["page"].items]
