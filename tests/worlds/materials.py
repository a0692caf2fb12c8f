"""What the small world has of materials: one that is out, a place of the plan, a document of the library."""

from typing import Any

from municipalities.models import Municipality
from tests.factories.studies import DocumentFactory, MaterialFactory

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` what its addresses need."""
    material, document = MaterialFactory(place=1), DocumentFactory()
    MaterialFactory(unknown=True, place=2)
    number = {"pk": MaterialFactory(state="drafted").pk}
    readers = {"pk": material.audience.get().pk}
    world.arguments |= {
        "material": {"slug": material.slug},
        **dict.fromkeys(["desk-material", "desk-material-edit"], number),
        "library-document": {"pk": document.pk},
        **dict.fromkeys(["desk-material-audience-edit", "desk-material-audience-merge"], readers),
    }
