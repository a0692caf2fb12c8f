"""What the public reads of a site page."""

from shsp.models import PageEdition
from shsp.pages.loading import shipped_edition


def current(slug: str) -> PageEdition:
    """Return the published edition of a page; before the first loading what the portal ships."""
    found = PageEdition.objects.published().for_page().filter(document__slug=slug).first()
    return found or shipped_edition(slug)
