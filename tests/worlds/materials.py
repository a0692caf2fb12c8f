"""What the small world has of materials: one that is out, a place of the plan, a document of the library."""

from typing import Any

from municipalities.models import Municipality
from tests.factories.studies import ContractFactory, DocumentFactory, MaterialFactory

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES = {"library-file"}


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` what its addresses need."""
    material, document = MaterialFactory(place=1), DocumentFactory(kept=True)
    MaterialFactory(unknown=True, place=2)
    number = {"pk": MaterialFactory(state="drafted").pk}
    kept = {"pk": document.pk}
    readers = {"pk": material.audience.get().pk}
    world.arguments |= {
        "material": {"slug": material.slug},
        **dict.fromkeys(["desk-material", "desk-material-edit"], number),
        **dict.fromkeys(["library-document", "desk-library-document"], kept),
        "desk-contract-new": number,
        "desk-contract": {**number, "contract": ContractFactory(material_id=number["pk"]).pk},
        "desk-shelf-edit": {"pk": document.category_id},
        **dict.fromkeys(["desk-material-audience-edit", "desk-material-audience-merge"], readers),
    }
