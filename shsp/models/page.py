"""The pages of the site itself: what the Centre is, what becomes of data, how accessible the portal is."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import search
from core.detector.justifications import Justification
from core.documents.models import Document, Edition
from core.privacy import About, Erase, Tags
from shsp.pages.search import found_as


class SitePage(Document):  # type: ignore[django-manager-missing]
    """One page of the site; its slug is the name of its address, "about", and never changes."""

    PRIVACY = Tags(public=Document.PUBLIC_FIELDS, internal=Document.INTERNAL_FIELDS)

    def get_absolute_url(self) -> str:
        return reverse(str(self.slug))


class PageEdition(Edition):
    """One edition of a site page. A fact kept elsewhere stands in its text as a placeholder: {email}."""

    document = models.ForeignKey(SitePage, on_delete=models.CASCADE, related_name="editions")
    title = models.CharField(_("heading"), max_length=120)
    lead = models.CharField(_("sentence under the heading"), max_length=300, blank=True)
    text = models.TextField(_("text of the page"), max_length=20_000)
    text_html = models.TextField(editable=False)

    TITLE, LEAD = "title", "lead"
    PRIVACY = Tags(
        public=(*Edition.PUBLIC_FIELDS, "title", "lead", "text", "text_html"),
        internal=Edition.INTERNAL_FIELDS,
    )

    def searched_as(self) -> search.Document:
        """Return the page as it stands among the other pages of the portal."""
        return found_as(str(self.document.slug))


class PageJustification(Justification):
    """A find that stays in a page."""

    edition = models.ForeignKey(PageEdition, on_delete=models.CASCADE, related_name="justified_hits")

    PRIVACY = Tags(
        internal=Justification.INTERNAL_FIELDS, personal={"found": About("edition", Erase.DELETE_ROW)}
    )
