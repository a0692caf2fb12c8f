"""The lines of the footer: words, and where they lead."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.audit.words import OwnWords
from core.privacy import Tags


class FooterLine(OwnWords):
    """One line at the foot of every public page: a link, or words alone."""

    slug = models.SlugField(unique=True)
    text = models.CharField(max_length=120)
    # A page of the portal without its language (/about/), or an address elsewhere; empty for words alone.
    address = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=100)

    # What the law wants at the foot of a public body's pages: never taken away.
    DUTIES = ("accessibility", "privacy")
    WORDS = {"text": _("Words of the line"), "address": _("Where it leads")}
    PRIVACY = Tags(
        public=("id", "slug", "text", "address", "position"), internal=("shipped", "version", "retired_at")
    )

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_duty(self) -> bool:
        return self.slug in self.DUTIES
