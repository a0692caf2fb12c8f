"""What the public reads of a site page, and what waits to be published."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from shsp.models import PageEdition
from shsp.pages.loading import shipped_edition


def current(slug: str) -> PageEdition:
    """Return the published edition of a page; before the first loading what the portal ships."""
    found = PageEdition.objects.published().for_page().filter(document__slug=slug).first()
    return found or shipped_edition(slug)


def to_review(reader: User) -> tuple[str, str, QuerySet[PageEdition]]:
    """Return what waits for the reader as a second person: its title, its list, its rows."""
    address = f"{reverse('desk-site-pages')}?to_review=on"
    return _("Site pages in review"), address, PageEdition.objects.waiting_for(reader)
