"""Site pages and the help page for tests: as they are shipped, and an edition of one's own."""

from typing import Any

from core.documents import actions
from core.documents.models import Edition
from shsp.help import loading as help_loading
from shsp.models import HelpEdition, HelpText, PageEdition, SitePage
from shsp.pages import loading


def a_page(slug: str = "about") -> SitePage:
    """Return a site page as it is shipped."""
    loading.load()
    return SitePage.objects.get(slug=slug)


def the_help() -> HelpText:
    """Return the help page as it is shipped."""
    help_loading.load()
    return HelpText.objects.get()


def own_edition(document: SitePage | HelpText, *, by: Any, **words: Any) -> PageEdition | HelpEdition:
    """Return the next edition of a page with some words changed, a draft."""
    edition = actions.new_edition(document, by=by)
    said = {**edition.words(), "change_note_cs": "Nová slova", **words}
    actions.save_draft(edition, words=said, version=edition.version, by=by)
    return edition


def publish(edition: Edition, *, by: Any) -> None:
    """Send an edition to a second person, who publishes it."""
    actions.submit(edition, version=edition.version, by=edition.author)
    actions.publish(edition, version=edition.version, by=by)
