import pytest
from django.urls import reverse

from tests.factories.municipalities import MunicipalityFactory
from tests.factories.visits import StudyVisitFactory
from visits.pages import timeline

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_shows_the_visits_that_were_joined(client, django_assert_num_queries, rows):
    place = MunicipalityFactory(slug="vir")
    assert timeline.joined(place) is None
    joined = [StudyVisitFactory(municipalities=[place]) for _row in range(rows)]
    other = StudyVisitFactory()
    with django_assert_num_queries(2):
        assert len(timeline.joined(place)["visits"]) == rows
    html = client.get(reverse("municipality", args=["vir"])).content.decode()
    assert all(visit.get_absolute_url() in html for visit in joined)
    assert other.get_absolute_url() not in html
