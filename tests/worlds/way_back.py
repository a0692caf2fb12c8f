"""What the small world has of finding a request again: somebody's with a phone number and a short code."""

from typing import Any

from municipalities.models import Municipality
from tests.factories.short_code import a_code

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` and `world.queries` what its addresses need."""
    token = {"token": a_code(municipality=place).request.link_token}
    world.arguments |= dict.fromkeys(["request-reach", "request-code"], token)
