"""The organisations abroad that the project learned from, and the visits to them."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.audit.words import OwnWords, OwnWordsQuerySet
from core.loading import Precision
from core.privacy import Tags
from municipalities.models import Municipality


class HostQuerySet(OwnWordsQuerySet):
    def known(self) -> "HostQuerySet":
        """Return the partners whose name is known; of the others visitors are shown nothing, nor a guess."""
        return self.exclude(name="")

    def for_list(self) -> "HostQuerySet":
        """Return what the list shows, those of one country together, in the order of the records."""
        first = Host.objects.known().in_use().filter(country_code=models.OuterRef("country_code"))
        place = models.Subquery(first.order_by("position").values("position")[:1])
        return self.known().in_use().annotate(place=place).order_by("place", "position", "pk")

    def for_page(self) -> "HostQuerySet":
        """Return hosts with the visits to them, newest first; one that was retired keeps its page."""
        return self.known().prefetch_related(models.Prefetch("visits", StudyVisit.objects.for_list()))


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
        "topics": gettext_lazy("Topics"),
        "source": gettext_lazy("Where we know it from"),
    }
    PRIVACY = Tags(
        public=(
            "id", "slug", "position", "name", "name_english", "country", "country_code", "city", "region",
            "kind", "description", "founded", "homes", "website", "website_source", "topics", "topics_note",
            "source",
        ),
        internal=("shipped", "version", "retired_at"),
    )  # fmt: skip

    objects: ClassVar[HostQuerySet] = HostQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.bare_name

    @property
    def bare_name(self) -> str:
        return self.name or _("a partner not known by name")

    def get_absolute_url(self) -> str:
        return reverse("host", args=[self.slug])


class StudyVisitQuerySet(models.QuerySet["StudyVisit"]):
    def for_list(self) -> "StudyVisitQuerySet":
        """Return what lists and pages show: newest first as far as is known, with host and municipalities."""
        return self.select_related("host").prefetch_related("municipalities").order_by("-position", "-pk")


class StudyVisit(models.Model):
    """A visit to a host abroad, as far as it is known. Null or empty is not known.

    `position` is the order in time, which is known even where dates are not.
    """

    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField()
    # A title of its own; empty for the visits of the project, which are called after their country.
    title = models.CharField(max_length=200, blank=True)
    # Null where somebody else than a partner of the project was visited; then `host_names` tells whom.
    host = models.ForeignKey(Host, on_delete=models.PROTECT, null=True, related_name="visits")
    host_names = models.JSONField(default=list)
    # Who ran it when that was not the project.
    organiser = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=80, blank=True)
    places = models.JSONField(default=list)
    # The first day that the date may mean, how much of it is known, and all that is known in words.
    starts_on = models.DateField(null=True)
    starts_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    ends_on = models.DateField(null=True)
    date_text = models.CharField(max_length=200)
    participants = models.JSONField(default=list)
    participants_count = models.PositiveIntegerField(null=True)
    municipalities = models.ManyToManyField(Municipality, related_name="study_visits")
    topics = models.JSONField(default=list)
    # What was learned: each a text with its source.
    figures = models.JSONField(default=list)
    programme = models.JSONField(default=list)
    # Null where nobody has verified whether anything was published.
    is_published = models.BooleanField(null=True)
    published_what = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    source = models.TextField()

    PRIVACY = Tags(
        public=(
            "id", "slug", "position", "title", "host", "host_names", "organiser", "country", "places",
            "starts_on", "starts_precision", "ends_on", "date_text", "participants", "participants_count",
            "topics", "figures", "programme", "is_published", "published_what", "note",
            "source",
        )
    )  # fmt: skip

    objects = StudyVisitQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("visit", args=[self.slug])

    @property
    def name(self) -> str:
        return self.title or _("Study visit: %(country)s") % {"country": self.country}
