"""What the small world has of the register: a neighbour that became a part of the municipality."""

from datetime import date
from typing import Any

from municipalities.models import Municipality, Succession
from tests.factories.municipalities import MunicipalityFactory

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """Let a municipality merge, so that its successor's pages tell of it."""
    day = date(2025, 1, 1)
    gone = MunicipalityFactory(name="Radslavice", slug="radslavice", dissolved_on=day)
    Succession.objects.create(
        before=gone, after=place, fate="merged", on=day, source="https://www.example.org/merger"
    )
