"""The local programmes of social housing, their phases, and what is known of them."""

from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.audit import user_field
from core.files.attachments import Attachment
from core.privacy import Tags
from core.states import pair
from municipalities.models.place import Municipality, visible_by_place

# The key of the programmes that the portal ships, one for each of the sixteen.
SHIPPED_KEY = "pilot"


def money_field() -> models.DecimalField:
    """Return a column for an amount in Czech crowns; null is unknown."""
    return models.DecimalField(max_digits=14, decimal_places=2, null=True)


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def published(self) -> "ProgrammeQuerySet":
        return self.filter(is_public=True)

    def visible_to(self, user: Any) -> "ProgrammeQuerySet":
        return visible_by_place(self, user)

    def in_order(self) -> "ProgrammeQuerySet":
        return self.order_by("pk")

    def asked(self) -> "ProgrammeQuerySet":
        """Return what officials ask to be made public, the newest wish first."""
        rows = self.exclude(publish_asked_at=None).select_related("municipality__region", "publish_asked_by")
        return rows.order_by("-publish_asked_at", "-pk")

    def for_page(self) -> "ProgrammeQuerySet":
        rows = self.select_related("concept_file", "municipality__region")
        return rows.prefetch_related("facts", "phases").order_by("pk")


class Programme(models.Model):
    """A municipality's local programme of social housing, as far as it is known.

    Dates are kept as they were found: "2017-03" is a month, "2017" a year.
    Null (or an empty text) means that nobody has verified the value.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="programmes")
    # Tells a municipality's programmes apart when the data are loaded again.
    key = models.SlugField(max_length=40, default=SHIPPED_KEY)
    name = models.CharField(max_length=200, blank=True)
    registration_number = models.CharField(max_length=60, blank=True)
    start = models.CharField(max_length=10, blank=True)
    start_note = models.TextField(blank=True)
    end = models.CharField(max_length=10, blank=True)
    end_note = models.TextField(blank=True)
    total_cost_czk = money_field()
    total_cost_note = models.TextField(blank=True)
    grant_czk = money_field()
    eu_grant_czk = money_field()
    national_public_czk = money_field()
    own_share_czk = money_field()
    own_share_note = models.TextField(blank=True)
    approaches = models.JSONField(default=list)
    target_groups = models.JSONField(default=list)
    # Groups of ETHOS that it is for; empty is not known.
    ethos = models.JSONField(default=list)
    # Who works on it with the municipality; a list of names.
    partners = models.JSONField(default=list)
    flats_count = models.PositiveIntegerField(null=True)
    flats_note = models.TextField(blank=True)
    households_supported = models.PositiveIntegerField(null=True)
    concept_title = models.CharField(max_length=200, blank=True)
    concept_approved = models.CharField(max_length=10, blank=True)
    concept_note = models.TextField(blank=True)
    concept_file = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    unverified = models.TextField(blank=True)
    source = models.TextField()
    # In the municipality's own words: for everybody, and for itself and the Contact Centre only.
    public_text = models.TextField(blank=True)
    internal_text = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    # Set while an official waits for the desk to make it public.
    publish_asked_at = models.DateTimeField(null=True)
    publish_asked_by = user_field(null=True)
    version = models.PositiveIntegerField(default=1)
    # Empty for what the portal ships; once a person has changed it, loading leaves it alone.
    changed_at = models.DateTimeField(null=True)
    changed_by = user_field(null=True)

    PRIVACY = Tags(
        public=("id", "municipality", "key", "name", "registration_number", "start", "start_note", "end",
                "end_note", "total_cost_czk", "total_cost_note", "grant_czk", "eu_grant_czk",
                "national_public_czk", "own_share_czk", "own_share_note", "approaches", "target_groups",
                "flats_count", "flats_note", "households_supported", "concept_title", "concept_approved",
                "concept_note", "concept_file", "unverified", "source", "ethos", "partners", "public_text",
                "is_public", "changed_at"),
        internal=("internal_text", "version", "changed_by", "publish_asked_at", "publish_asked_by"),
    )  # fmt: skip

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="programme_key_once"),
            pair("changed_at", "changed_by", name="programme_changed_pair"),
            pair("publish_asked_at", "publish_asked_by", name="programme_asked_pair"),
        ]
        indexes = [
            models.Index(
                fields=["publish_asked_at", "id"],
                name="programme_asked",
                condition=models.Q(publish_asked_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name or f"programme {self.pk}"

    @property
    def title(self) -> str:
        return self.name or _("Local programme of social housing")

    @property
    def is_shipped(self) -> bool:
        return self.key == SHIPPED_KEY


class ProgrammeFact(models.Model):
    """One sentence about a programme, with its source."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="facts")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    source = models.TextField()

    PRIVACY = Tags(public=("id", "programme", "position", "text", "source"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "position"], name="programme_fact_position")
        ]


class ProgrammePhase(models.Model):
    """One phase of a programme, in the order of its log.

    Dates are kept as they are known: "2017-03" is a month, "2017" a year, "" is not known.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    start = models.CharField(max_length=10, blank=True)
    end = models.CharField(max_length=10, blank=True)
    source = models.TextField(blank=True)

    PRIVACY = Tags(public=("id", "programme", "position", "title", "text", "start", "end", "source"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "position"], name="programme_phase_position")
        ]
