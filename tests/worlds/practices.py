"""What the small world has of practices."""

from typing import Any

from accounts.permissions import Role
from municipalities.choices import AdoptionState
from municipalities.models import Municipality
from tests.factories.practices import AdoptionFactory, AdoptionStepFactory, PracticeEditionFactory

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """A published practice with a labelled edition, a draft of the next, and a ledger; one in review."""
    editor, official = world.accounts[Role.EDITOR], world.accounts[Role.OFFICIAL]
    published = PracticeEditionFactory(
        published=True, labelled=True, document__municipality=place, author=official, published_by=editor
    )
    practice = published.document
    PracticeEditionFactory(document=practice, number=2, author=official, change_note_cs="Doplněno")
    PracticeEditionFactory(in_review=True, document__municipality=place, document__slug=None, author=official)
    running = AdoptionFactory(practice=practice, municipality=place)
    AdoptionStepFactory(adoption=running, entered_by=official)
    dropped = AdoptionFactory(practice=practice, state=AdoptionState.DROPPED)
    AdoptionStepFactory(adoption=dropped)
    number, slug = {"pk": practice.pk}, {"slug": practice.slug}
    world.arguments |= {
        **dict.fromkeys(["practice", "practice-ledger"], slug),
        **dict.fromkeys(["my-practice", "my-practice-edit", "my-adoption-mark"], number),
        "my-practice-justify": number,
        **dict.fromkeys(["my-practice-submit", "my-practice-new-edition"], number),
        "my-adoption-undo": {"pk": running.pk},
        **dict.fromkeys(
            [
                "desk-practice-justify",
                "desk-practice", "desk-practice-edit", "desk-practice-assess", "desk-practice-withdraw",
                "desk-adoption-mark", "desk-practice-ledger",
            ],
            number,
        ),
        "desk-practice-compare": {**number, "number": 2},
    }  # fmt: skip
    world.queries |= {"desk-adoption-mark": f"?municipality={place.code}"}
