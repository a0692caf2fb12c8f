import pytest

from tests.factories.deliveries import DeliveryFactory
from tests.factories.municipalities import MunicipalityFactory
from visits.deliveries import queries

pytestmark = pytest.mark.django_db


def test_the_matrix_costs_the_same_for_any_number(django_assert_num_queries):
    place = MunicipalityFactory()
    for _one in range(3):
        DeliveryFactory(municipality=place)
        DeliveryFactory()
    visits = queries.matrix_visits()
    places = list(queries.matrix_municipalities())
    assert (len(visits), len(places)) == (6, 4)
    with django_assert_num_queries(3):
        rows = queries.matrix_cells(places, visits)
    assert sum(bool(cell.url) for _place, cells in rows for _visit, cell in cells) == 6
