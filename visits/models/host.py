"""The organisations abroad that the project learned from."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.audit.words import OwnWords, OwnWordsQuerySet
from core.privacy import Tags


class HostQuerySet(OwnWordsQuerySet):
    def known(self) -> "HostQuerySet":
        """Return the partners whose name is known; of the others visitors are shown nothing, nor a guess."""
        return self.exclude(name="")

    def for_list(self) -> "HostQuerySet":
        """Return what the list shows, those of one country together, in the order of the records."""
        first = Host.objects.known().in_use().filter(country_code=models.OuterRef("country_code"))
        place = models.Subquery(first.order_by("position").values("position")[:1])
        return self.known().in_use().annotate(place=place).order_by("place", "position", "pk")


class Host(OwnWords):
    """An organisation abroad that is a partner of the project. Null or empty is not known.

    One without a name holds the place of a partner whom the project spoke of and nobody has found.
    """

    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True)
    name_english = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=80, blank=True)
    country_code = models.CharField(max_length=2, blank=True)
    city = models.CharField(max_length=80, blank=True)
    region = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    founded = models.PositiveSmallIntegerField(null=True)
    homes = models.PositiveIntegerField(null=True)
    website = models.URLField(blank=True)
    website_source = models.CharField(max_length=200, blank=True)
    topics = models.JSONField(default=list)
    topics_note = models.TextField(blank=True)
    source = models.TextField(blank=True)
    # Whom we write to there; for the desk alone.
    contact = models.TextField(max_length=500, blank=True)

    WORDS = {
        "name": pgettext_lazy("of a thing", "Name"),
        "name_english": gettext_lazy("Name in English"),
        "country": gettext_lazy("Country"),
        "country_code": gettext_lazy("Code of the country"),
        "city": gettext_lazy("Town or city"),
        "region": gettext_lazy("Area"),
        "kind": gettext_lazy("What it is"),
        "description": gettext_lazy("Description"),
        "founded": gettext_lazy("Founded"),
        "homes": gettext_lazy("Homes it owned"),
        "website": gettext_lazy("Website"),
        "topics": gettext_lazy("What it works on"),
        "source": gettext_lazy("Where we know it from"),
        "contact": gettext_lazy("Contact, for the desk alone"),
    }
    PRIVACY = Tags(
        public=(
            "id", "slug", "position", "name", "name_english", "country", "country_code", "city", "region",
            "kind", "description", "founded", "homes", "website", "website_source", "topics", "topics_note",
            "source",
        ),
        internal=("shipped", "version", "retired_at", "contact"),
    )  # fmt: skip

    objects: ClassVar[HostQuerySet] = HostQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.bare_name

    @property
    def bare_name(self) -> str:
        return self.name or _("Partner no. %(number)s, name not known") % {"number": self.position}

    def get_absolute_url(self) -> str:
        return reverse("host", args=[self.slug])
