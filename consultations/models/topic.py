"""What requests are about and whom they concern: shipped at first, then as the Centre keeps it."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from core.audit.words import OwnWords, OwnWordsQuerySet
from core.privacy import Tags


class KeptTermQuerySet(OwnWordsQuerySet):
    def named(self, slug: str) -> "KeptTerm | None":
        """Return the term of a slug, or the one that it was merged into; None when there is none in use."""
        found = self.filter(slug=slug.replace("\x00", "")).select_related("merged_into").first()
        found = found and (found.merged_into or found)
        return found if found and found.is_in_use else None


class KeptTerm(OwnWords):
    """A term by which requests are sorted; one that was merged leads to the one that took its place."""

    slug = models.SlugField(unique=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[Any] = KeptTermQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        name = str(self.name)  # type: ignore[attr-defined]
        return name if self.is_in_use else f"{name} ({say('not used any more')})"


class Topic(KeptTerm):
    """A subject of requests and summaries."""

    name = models.CharField("topic", max_length=80)
    description = models.CharField(max_length=300)
    # Audience codes of the shipped taxonomy: whom the topic concerns.
    audience = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField()
    # In how many working days an answer is due; empty is the portal's own number.
    answer_days = models.PositiveSmallIntegerField("working days to answer", null=True)

    WORDS = {"name": _("Name"), "description": _("Description")}
    PRIVACY = Tags(
        public=("id", "slug", "name", "description", "audience", "position"),
        internal=("answer_days", "shipped", "version", "retired_at", "merged_into"),
    )

    class Meta:
        ordering = ["position"]


class EthosGroup(models.Model):
    """One of the four groups of housing need (ETHOS)."""

    slug = models.SlugField(unique=True)
    name = models.CharField("ETHOS group", max_length=80)
    position = models.PositiveSmallIntegerField()

    PRIVACY = Tags(public=("id", "slug", "name", "position"))

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class TargetGroup(KeptTerm):
    """A group of people whom a request concerns."""

    name = models.CharField("target group", max_length=120)
    ethos = models.ForeignKey(EthosGroup, on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()

    WORDS = {"name": _("Name")}
    PRIVACY = Tags(
        public=("id", "slug", "name", "ethos", "position"),
        internal=("shipped", "version", "retired_at", "merged_into"),
    )

    class Meta:
        ordering = ["position"]
