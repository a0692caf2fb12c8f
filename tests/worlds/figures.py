"""What the small world has of figures."""

from typing import Any

from accounts.permissions import Role
from municipalities.models import Municipality
from tests.factories.figures import (
    IndicatorFactory,
    IndicatorValueFactory,
    ReturnFactory,
    ReturnLineFactory,
    ReturnPeriodFactory,
)

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = {"municipality-figures-csv", "desk-return-period-csv"}


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` and `world.queries` what its addresses need."""
    flats = IndicatorFactory(slug="flats")
    value = IndicatorValueFactory(municipality=place, indicator=flats, note_cs="Odhad.")
    period = ReturnPeriodFactory(indicators=[flats], opened_by=world.accounts[Role.COORDINATOR])
    statement = ReturnFactory(period=period, municipality=place)
    ReturnLineFactory(statement=ReturnFactory(period=period, sent=True), indicator=flats)
    slug, pk, year = {"slug": place.slug}, {"pk": statement.pk}, {"year": period.year}
    one, indicator = {**slug, "pk": value.pk}, {"slug": flats.slug}
    world.arguments |= {
        **dict.fromkeys(
            ["municipality-figures", "municipality-figures-csv", "desk-figures", "desk-figure-new"], slug
        ),
        **dict.fromkeys(["desk-figure", "desk-figure-correct", "desk-figure-take-back"], one),
        **dict.fromkeys(["desk-indicator-edit", "desk-indicator-use"], indicator),
        **dict.fromkeys(["my-return", "my-return-save", "my-return-take-back", "desk-return"], pk),
        **dict.fromkeys(["desk-return-period", "desk-return-period-csv", "desk-return-remind-all"], year),
    }
