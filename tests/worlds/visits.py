"""What the small world has of study visits: one that is over, and one that is open for sign-up."""

from typing import Any

from municipalities.models import Municipality
from tests.factories.visits import ProgrammeItemFactory, StudyVisitFactory, ThemeFactory

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    over, coming = StudyVisitFactory(municipalities=[place]), StudyVisitFactory(open=True)
    item = ProgrammeItemFactory(visit=coming)
    host, theme = over.host, ThemeFactory()
    over.themes.add(theme)
    number, terms = {"pk": coming.pk}, {"pk": theme.pk}
    world.arguments |= {
        "visit": {"slug": over.slug},
        "host": {"slug": host.slug},
        "desk-host-edit": {"pk": host.pk},
        **dict.fromkeys(
            ["desk-visit", "desk-visit-edit", "desk-visit-cancel", "desk-visit-item-new"], number
        ),
        "desk-visit-item": {**number, "item": item.pk},
        **dict.fromkeys(["desk-visit-theme-edit", "desk-visit-theme-merge"], terms),
    }
