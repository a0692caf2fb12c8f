"""What the small world has of reports that are delivered to those who could not go."""

from typing import Any

from municipalities.models import Municipality
from tests.factories.deliveries import DeliveryFactory, SubscriptionFactory
from tests.factories.visits import ThemeFactory
from visits.choices import DeliveryState

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """A report that waits for a municipality, one that nobody can send, and what somebody follows."""
    official = world.accounts["official"]
    waits = DeliveryFactory(municipality=place, state=DeliveryState.SENT)
    DeliveryFactory(edition=waits.edition, state=DeliveryState.FAILED, email="")
    follows = SubscriptionFactory(
        municipality=place, theme=ThemeFactory(), asked_by=official, email=official.email
    )
    number = {"pk": waits.pk}
    world.arguments |= {
        **dict.fromkeys(["my-delivery", "my-delivery-ask", "desk-delivery", "desk-delivery-mend"], number),
        **dict.fromkeys(["desk-delivery-again", "desk-delivery-phone", "desk-delivery-told"], number),
        "my-visit-report-end": {"pk": follows.pk},
        "link": {"token": waits.link_token},
        "link-one-click": {"token": waits.link_token},
        "link-page": {"token": waits.link_token, "page": "ask"},
    }
