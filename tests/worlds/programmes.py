"""What the small world has of programmes."""

from typing import Any

from accounts.permissions import Role
from municipalities.models import Municipality
from municipalities.programmes.actions import phases, programmes
from tests.factories.programmes import a_document, phase_words, programme_words

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = {"programme-file"}


def build(world: Any, place: Municipality) -> None:
    """Write it, and add to `world.arguments` and `world.queries` what its addresses need."""
    official, editor = world.accounts[Role.OFFICIAL], world.accounts[Role.EDITOR]
    draft = programmes.create(place, words=programme_words(), by=official, upload=a_document())
    phase = phases.add_phase(draft, words=phase_words(), version=draft.version, by=official)
    programmes.ask_publishing(draft, version=draft.version, by=official)
    public = programmes.create(place, words=programme_words(name_cs="Bydlení pro seniory"), by=editor)
    programmes.publish(public, version=public.version, by=editor)
    own, here = {"pk": draft.pk}, {"pk": draft.pk, "slug": place.slug}
    step = {"phase": phase.pk}
    names = ("programme", "programme-edit", "programme-discard", "programme-phase-new")
    world.arguments |= {f"my-{name}": own for name in names} | {f"desk-{name}": here for name in names}
    for name in ("programme-phase", "programme-phase-remove"):
        world.arguments |= {f"my-{name}": own | step, f"desk-{name}": here | step}
    world.arguments |= {f"my-programme-{action}": own for action in ("ask", "take-back")}
    world.arguments |= {
        "desk-programme-publish": here,
        "desk-programme-unpublish": {"pk": public.pk, "slug": place.slug},
        "desk-programme-new": {"slug": place.slug},
        "desk-office": {"slug": place.slug},
        "programme-file": here,
    }
