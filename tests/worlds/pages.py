"""What the small world has of the site's own pages."""

from typing import Any

from accounts.permissions import Role
from municipalities.models import Municipality
from tests.factories.pages import a_page, own_edition, the_help

# Addresses whose answer to a GET is a file, a fragment, or a step to another page.
NO_PAGES: set[str] = set()


def build(world: Any, place: Municipality) -> None:
    """The shipped pages, and a draft of the next edition of one, and of the help page."""
    editor = world.accounts[Role.EDITOR]
    for name, document in (("site-page", a_page()), ("help-page", the_help())):
        own_edition(document, by=editor)
        verbs = ("", "-edit", "-withdraw")
        world.arguments |= {f"desk-{name}{verb}": {"pk": document.pk} for verb in verbs}
        part = {"pk": document.pk, "part": "lines.seniors"}
        world.arguments["desk-help-page-edit-part"] = part
        world.arguments[f"desk-{name}-compare"] = {"pk": document.pk, "number": 2}
