"""What the small world has of the expert group and of its reviews."""

from typing import Any

from municipalities.models import Municipality
from tests.factories.reviews import ExpertFactory

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """Members of the group, one named in public."""
    expert = ExpertFactory(named=True)
    world.arguments |= {"desk-group-member-edit": {"pk": expert.pk}}
