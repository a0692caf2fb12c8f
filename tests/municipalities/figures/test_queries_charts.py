from datetime import date

import pytest

from municipalities.figures.queries import MOST_YEARS, of_municipality
from tests.factories.figures import IndicatorFactory, IndicatorValueFactory
from tests.factories.municipalities import MunicipalityFactory


@pytest.fixture
def place(db):
    return MunicipalityFactory(pilot=True, name="Chomutov")


def values(place, indicator, **of_years):
    for year, value in of_years.items():
        IndicatorValueFactory(
            municipality=place, indicator=indicator, on=date(int(year[1:]), 3, 1), value=value
        )


def charts_of(place):
    """Return the charts of a municipality's public page."""
    return of_municipality(place)["charts"]


def texts(chart):
    return [reading.text for reading in chart.groups[0].readings]


def test_fewer_than_three_values_are_said_in_words(place):
    values(place, IndicatorFactory(), y2019=12, y2021=34)
    part = of_municipality(place)
    assert part["charts"] == []
    assert part["values"][0]["earlier"] == [(2019, "12")]
    assert of_municipality(MunicipalityFactory(pilot=True)) is None


def test_a_year_without_a_value_is_a_gap(place):
    values(place, IndicatorFactory(), y2018=7, y2019=12, y2021=34)
    [chart] = charts_of(place)
    assert chart.columns == ["2018", "2019", "2020", "2021"]
    assert texts(chart) == ["7", "12", "–", "34"]
    assert [reading.value for reading in chart.groups[0].readings] == [7, 12, None, 34]
    assert of_municipality(place)["values"][0]["earlier"] == []


def test_small_numbers_of_people_are_neither_drawn_nor_told(place):
    values(place, IndicatorFactory(counts_people=True), y2019=3, y2020=34, y2021=30, y2022=31)
    [chart] = charts_of(place)
    assert texts(chart) == ["méně než 5", "34", "30", "31"]
    assert chart.groups[0].readings[0].value is None


def test_only_the_newest_years_are_drawn(place):
    values(place, IndicatorFactory(), y2001=1, y2022=5, y2023=6, y2024=2)
    [chart] = charts_of(place)
    assert (len(chart.columns), chart.columns[-1]) == (MOST_YEARS, "2024")


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_for_one_and_three(place, django_assert_num_queries, rows):
    for _row in range(rows):
        values(place, IndicatorFactory(), y2019=12, y2020=13, y2021=14)
    with django_assert_num_queries(3):
        assert len(charts_of(place)) == rows
