"""What the small world has of comparison."""

from datetime import date
from typing import Any

from municipalities.choices import Approach, Unit
from municipalities.models import Municipality, Population
from tests.factories.figures import IndicatorFactory, IndicatorValueFactory
from tests.factories.municipalities import ProgrammeFactory

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = {"comparison-csv", "comparison-xlsx"}


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` and `world.queries` what its addresses need."""
    Municipality.objects.filter(pk=place.pk).update(latitude="49.5322", longitude="17.5092")
    Population.objects.create(municipality=place, year=2018, value=900)
    ProgrammeFactory(municipality=place, key="compared", approaches=[Approach.HOUSING_FIRST])
    flats = IndicatorFactory(slug="compared-flats")
    housed = IndicatorFactory(
        slug="compared-households", name_cs="Domácnosti", name_en="Households", unit=Unit.HOUSEHOLDS,
        counts_people=True,
    )  # fmt: skip
    for year, value in ((2018, 3), (2019, 12)):
        IndicatorValueFactory(municipality=place, indicator=flats, on=date(year, 12, 31), value=value)
        IndicatorValueFactory(municipality=place, indicator=housed, on=date(year, 12, 31), value=value)
    world.queries["comparison"] = "?indicator=compared-flats&indicator=compared-households&per=1000"
