"""A sentence on top of the site for a time: an outage, a closed line, a new address."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.audit.words import OwnWords
from core.privacy import Tags


class Place(models.TextChoices):
    """On which pages a banner stands."""

    EVERYWHERE = "everywhere", _("on all pages")
    PUBLIC = "public", _("on public pages")
    DESK = "desk", _("at the desk")
    MY = "my", _("on the pages of municipalities")


class BannerKind(models.TextChoices):
    INFO = "info", _("Information")
    WARNING = "warning", _("Warning")


class Banner(OwnWords):
    """One plain sentence, and one link where it helps, from a moment until another."""

    text = models.CharField(max_length=200)
    address = models.CharField(max_length=300, blank=True)
    link = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=10, choices=Place, default=Place.EVERYWHERE)
    kind = models.CharField(max_length=7, choices=BannerKind, default=BannerKind.INFO)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    WORDS = {
        "text": _("Sentence"),
        "address": _("Where the link leads"),
        "link": _("Words of the link"),
        "place": _("Where it stands"),
        "kind": _("How serious it is"),
        "starts_at": _("Shown from"),
        "ends_at": _("Shown until"),
    }
    PRIVACY = Tags(
        public=("id", "text", "address", "link", "place", "kind", "starts_at", "ends_at"),
        internal=("shipped", "version", "retired_at"),
    )

    class Meta:
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return self.text
