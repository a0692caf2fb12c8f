"""A unit as it stands behind its number."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from municipalities.choices import Unit
from municipalities.figures.numbers import display_unit, display_value
from municipalities.models import Indicator, IndicatorValue


@pytest.mark.parametrize(
    ("unit", "value", "czech", "english"),
    [
        (Unit.FLATS, "1", "1 byt", "1 flat"),
        (Unit.FLATS, "3", "3 byty", "3 flats"),
        (Unit.FLATS, "14", "14 bytů", "14 flats"),
        (Unit.WORKERS, "2.5", "2,5 celého úvazku", "2.5 full-time equivalents"),
        (Unit.CROWNS, "2", "2 Kč", "2 CZK"),
    ],
)
def test_a_unit_goes_by_its_number(unit: Unit, value: str, czech: str, english: str) -> None:
    row = IndicatorValue(value=Decimal(value), indicator=Indicator(unit=unit, places=1))
    for language, words in (("cs", czech), ("en", english)):
        with override(language):
            assert f"{display_value(row, to_public=True)} {display_unit(row, to_public=True)}" == words


def test_a_hidden_number_gives_its_unit_no_form() -> None:
    row = IndicatorValue(value=Decimal(1), indicator=Indicator(unit=Unit.HOUSEHOLDS, counts_people=True))
    with override("cs"):
        assert display_unit(row, to_public=True) == "domácností"
        assert display_unit(row, to_public=False) == "domácnost"
