"""What the small world has of questions to other municipalities."""

from typing import Any

from municipalities.models import Municipality
from tests.factories.municipalities import MembershipFactory, MunicipalityFactory
from tests.factories.peers import PeerQuestionFactory

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` and `world.queries` what its addresses need."""
    other = MunicipalityFactory(name="Štětí", slug="steti", population=8500, pilot=True)
    MembershipFactory(municipality=other)
    asked = PeerQuestionFactory(municipality=place)
    PeerQuestionFactory(municipality=place, answered=True)
    PeerQuestionFactory(request=world.request, municipality=other, answered=True)
    reference = {"reference": world.request.reference}
    world.arguments["desk-peers"] = reference
    world.arguments["desk-peer-ask"] = {**reference, "slug": other.slug}
    world.arguments["my-help-limit"] = {"slug": place.slug}
    names = ["desk-peer", "desk-peer-revoke", "my-help-question", "my-help-decline"]
    world.arguments |= {name: {"pk": asked.pk} for name in names}
