"""What the small world has of municipalities like one another."""

from typing import Any

from municipalities.models import Municipality
from tests.factories.municipalities import MunicipalityFactory, ProgrammeFactory

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` and `world.queries` what its addresses need."""
    other = MunicipalityFactory(name="Křižánky", slug="krizanky", population=402, pilot=True)
    ProgrammeFactory(municipality=other, approaches=["private_owners"])
    MunicipalityFactory(name="Oldřiš", slug="oldris", population=716)
    world.arguments["municipality-like"] = {"slug": place.slug}
