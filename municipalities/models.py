"""Municipalities, who speaks for them, and the programmes of the sixteen."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit import user_field
from core.privacy import Tags
from core.states import pair
from municipalities import prefix
from municipalities.choices import BOUNDS, Kind, MembershipRole, Size


class Region(models.Model):
    """One of the fourteen regions."""

    nuts3 = models.CharField(max_length=5, primary_key=True)
    slug = models.SlugField(unique=True)
    name = models.CharField(_("region"), max_length=60)

    PRIVACY = Tags(public=("nuts3", "slug", "name"))

    class Meta:
        ordering = ["nuts3"]

    def __str__(self) -> str:
        return self.name


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def pilots(self) -> "MunicipalityQuerySet":
        """Return the sixteen of the project."""
        return self.filter(is_pilot=True)

    def for_list(self) -> "MunicipalityQuerySet":
        """Return what a list shows: each with its region, pilots first, then the biggest."""
        return self.select_related("region").order_by("-is_pilot", "-population", "pk")

    def named(self, words: str) -> "MunicipalityQuerySet":
        """Return those whose Czech or English name begins with `words`, with or without diacritics."""
        plain = prefix.plain(words)
        if not plain:
            return self.none()
        return self.filter(Q(search_name__prefix=plain) | Q(search_name_en__prefix=plain))

    def called(self, name: str) -> "MunicipalityQuerySet":
        """Return those of exactly this Czech or English name, with or without diacritics."""
        plain = prefix.plain(name)
        return self.filter(Q(search_name=plain) | Q(search_name_en=plain)) if plain else self.none()

    def of_size(self, size: str) -> "MunicipalityQuerySet":
        """Return the municipalities of one class of size."""
        lowest, highest = BOUNDS[size]
        rows = self.filter(population__gte=lowest)
        return rows if highest is None else rows.filter(population__lte=highest)

    def spoken_for_by(self, user: Any) -> "MunicipalityQuerySet":
        """Return the municipalities that a person speaks for today."""
        current = Membership.objects.current().filter(user_id=user.pk)
        return self.filter(pk__in=current.values("municipality_id"))


class Municipality(models.Model):
    """A municipality of the register, or one of the two Prague districts of the project.

    The code is the register's, or the district's own for the two; names repeat.
    """

    code = models.CharField(_("code"), max_length=6, unique=True)
    lau2_code = models.CharField(max_length=6)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=80)
    # Lower case without diacritics, for typing three letters.
    search_name = models.CharField(max_length=80, db_index=True)
    # An English name where there is one of its own ("Pilsen"), and the same for typing.
    name_en = models.CharField(max_length=80, blank=True)
    search_name_en = models.CharField(max_length=80, blank=True, db_index=True)
    # Null where the register does not tell.
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, null=True)
    district = models.CharField(_("district"), max_length=60)
    district_code = models.CharField(max_length=8)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="municipalities")
    orp = models.CharField(_("municipality with extended powers"), max_length=60, blank=True)
    latitude = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    longitude = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    # The newest known figure; all of them are in Population.
    population = models.PositiveIntegerField(_("inhabitants"), null=True)
    population_year = models.PositiveSmallIntegerField(null=True)
    website = models.URLField(_("website"), blank=True)
    is_pilot = models.BooleanField(_("takes part in the project"), default=False)
    source = models.TextField(_("source"))
    # Where single values come from when that is not `source`: "website", "code", "orp", "position".
    sources = models.JSONField(default=dict, blank=True)
    # Which place this is not, or why its code is not its own.
    note = models.TextField(blank=True)

    PRIVACY = Tags(
        public=(
            "id", "code", "lau2_code", "slug", "name", "search_name", "name_en", "search_name_en", "kind",
            "district", "district_code", "region", "orp", "latitude", "longitude", "population",
            "population_year", "website", "is_pilot", "source", "sources", "note",
        )
    )  # fmt: skip

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-is_pilot", "-population", "id"], name="municipality_list"),
            models.Index(fields=["region", "-is_pilot", "-population"], name="municipality_region"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("municipality", args=[self.slug])

    @property
    def full_name(self) -> str:
        """The name with what tells it from its namesakes: "Veselíčko (Přerov, Olomoucký kraj)".

        Where even the district holds two of the name, the code stands there too.
        """
        code = f", {self.code}" if self.slug.endswith(f"-{self.code}") else ""
        return f"{self.name} ({self.district}, {self.region.name}{code})"

    @property
    def size(self) -> Size | None:
        """The class of size, or None where the number of inhabitants is unknown."""
        if self.population is None:
            return None
        classes = ((Size(size), high) for size, (_low, high) in BOUNDS.items())
        return next(size for size, high in classes if high is None or self.population <= high)


class Population(models.Model):
    """The number of inhabitants on 1 January of a year."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField()
    value = models.PositiveIntegerField()

    PRIVACY = Tags(public=("id", "municipality", "year", "value"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year"], name="population_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.value}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, day: date | None = None) -> "MembershipQuerySet":
        """Return memberships in force on a day (today unless told)."""
        day = day or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)

    def for_list(self) -> "MembershipQuerySet":
        """Return what the list of a municipality's people shows."""
        return self.select_related("user", "municipality__region").order_by("-starts_on", "pk")


class Membership(models.Model):
    """Who speaks for a municipality, in which role, from when to when.

    `ends_on` is the first day without the membership.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="memberships")
    user = user_field()
    role = models.CharField(_("role"), max_length=20, choices=MembershipRole)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("to"), null=True)
    added_by = user_field(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = user_field(null=True)

    PRIVACY = Tags(
        internal=(
            "id",
            "municipality",
            "user",
            "role",
            "starts_on",
            "ends_on",
            "added_by",
            "ended_at",
            "ended_by",
        )
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "user"], condition=Q(ends_on=None), name="membership_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
            ),
            pair("ended_at", "ended_by", name="membership_ended_pair"),
        ]

    def __str__(self) -> str:
        return f"membership {self.pk}"


def money_field() -> models.DecimalField:
    """Return a column for an amount in Czech crowns; null is unknown."""
    return models.DecimalField(max_digits=14, decimal_places=2, null=True)


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def for_page(self) -> "ProgrammeQuerySet":
        """Return programmes with their facts, as a municipality's page shows them."""
        return self.prefetch_related("facts").order_by("pk")


class Programme(models.Model):
    """A municipality's local programme of social housing, as far as it is known.

    Dates are kept as they were found: "2017-03" is a month, "2017" a year.
    Null (or an empty text) means that nobody has verified the value.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="programmes")
    # Tells a municipality's programmes apart when the data are loaded again.
    key = models.SlugField(max_length=40, default="pilot")
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
    flats_count = models.PositiveIntegerField(null=True)
    flats_note = models.TextField(blank=True)
    households_supported = models.PositiveIntegerField(null=True)
    concept_title = models.CharField(max_length=200, blank=True)
    concept_approved = models.CharField(max_length=10, blank=True)
    concept_note = models.TextField(blank=True)
    unverified = models.TextField(blank=True)
    source = models.TextField()

    PRIVACY = Tags(
        public=(
            "id", "municipality", "key", "name", "registration_number", "start", "start_note", "end",
            "end_note", "total_cost_czk", "total_cost_note", "grant_czk", "eu_grant_czk",
            "national_public_czk", "own_share_czk", "own_share_note", "approaches", "target_groups",
            "flats_count", "flats_note", "households_supported", "concept_title", "concept_approved",
            "concept_note", "unverified", "source",
        )
    )  # fmt: skip

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="programme_key_once")]

    def __str__(self) -> str:
        return self.name or f"programme {self.pk}"


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

    def __str__(self) -> str:
        return self.text[:60]
