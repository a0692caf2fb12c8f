"""What the small world has of reports that are delivered to those who could not go."""

from typing import Any

from municipalities.models import Municipality

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = {"link", "link-page"}


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` and `world.queries` what its addresses need."""
