"""Regions and municipalities, their inhabitants, and what became of them."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from core.audit import user_field
from core.privacy import Tags
from core.search import prefix
from core.states import pair
from municipalities.choices import BOUNDS, Fate, Kind, Size

# How often a month other municipalities may ask one for help, until it says otherwise.
HELP_LIMIT = 2
# The one region that is a single municipality and its own district.
CAPITAL = "CZ010"
# A municipality merged into one that was merged in turn, and so on: how far its history is followed.
GENERATIONS = 3


# What people write before a name though it is no part of it, and how they number the districts of Prague.
BEFORE_NAME = re.compile(
    r"((statutarni |hlavni )?mesto|mestska cast|mestsky obvod|mc|mestys|obec|(the )?(city|town) of) (?=.)"
)
UNITS = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"]
DISTRICTS = {"x" * (number // 10) + UNITS[number % 10]: number for number in range(1, 23)}


def spellings(words: str) -> list[str]:
    """Return the plain texts that `words` may stand for in the register, the most literal one first."""
    plain = prefix.plain(words)
    bare = BEFORE_NAME.sub("", plain, count=1) if BEFORE_NAME.match(plain) else plain
    city, _space, number = bare.rpartition(" ")
    if city in ("praha", "prague") and number in DISTRICTS:
        bare = f"{city} {DISTRICTS[number]}"
    return list(dict.fromkeys(text for text in (plain, bare) if text))


class Region(models.Model):
    """One of the fourteen regions."""

    nuts3 = models.CharField(max_length=5, primary_key=True)
    slug = models.SlugField(unique=True)
    name = models.CharField("region", max_length=60)

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
        """Return those whose code, Czech or English name begins with `words`, as people write them."""
        if shortened := prefix.abbreviation(words):
            return self._meant(shortened.match, words)
        begin = Q(pk=None)
        for text in spellings(words):
            begin |= Q(search_name__prefix=text) | Q(search_name_en__prefix=text)
            begin |= Q(code__prefix=text) if text.isdecimal() else Q()
        return self.filter(begin)

    def called(self, name: str) -> "MunicipalityQuerySet":
        """Return those of exactly this Czech or English name, as people write it."""
        if shortened := prefix.abbreviation(name):
            return self._meant(shortened.fullmatch, name)
        literal, *others = spellings(name) or [""]
        rows = self.filter(Q(search_name=literal) | Q(search_name_en=literal)) if literal else self.none()
        return self.called(others[0]) if others and not rows.exists() else rows

    def _meant(self, is_meant: Callable[[str], Any], words: str) -> "MunicipalityQuerySet":
        """Return those whose name is meant by shortened words; the first letter is found by the index."""
        near = self.filter(search_name__prefix=prefix.plain(words)[0]).order_by()
        names = near.values_list("pk", "search_name")
        return self.filter(pk__in=[pk for pk, name in names if is_meant(name)])

    def of_size(self, size: str) -> "MunicipalityQuerySet":
        lowest, highest = BOUNDS[size]
        rows = self.filter(population__gte=lowest)
        return rows if highest is None else rows.filter(population__lte=highest)

    def working_with(self, approach: str) -> "MunicipalityQuerySet":
        """Return those that have a published programme which works with an approach.

        Programmes are few and databases read lists differently, so the lists are read here.
        """
        published = apps.get_model("municipalities", "Programme").objects.published()
        rows = published.values_list("municipality_id", "approaches")
        return self.filter(pk__in={pk for pk, approaches in rows if approach in approaches})

    def spoken_for_by(self, user: Any) -> "MunicipalityQuerySet":
        """Return the municipalities that a person speaks for today.

        With them go those that were merged into them, since the history of a municipality
        goes where its people went; what became of one that was split is nobody's alone.
        """
        memberships = apps.get_model("municipalities", "Membership").objects
        theirs = memberships.current().filter(user_id=user.pk).values("municipality_id")
        return self._with_merged(theirs)

    def with_history_of(self, municipality: int) -> "MunicipalityQuerySet":
        """Return a municipality, by its number, and those that were merged into it."""
        return self._with_merged(Municipality.objects.filter(pk=municipality).values("pk"))

    def _with_merged(self, numbers: models.QuerySet) -> "MunicipalityQuerySet":
        found, today = [numbers], timezone.localdate()
        for _generation in range(GENERATIONS):
            merged = Succession.objects.filter(after__in=found[-1], fate=Fate.MERGED, on__lte=today)
            found.append(merged.values("before_id"))
        return self.filter(pk__in=numbers.union(*found[1:]))

    def existing(self) -> "MunicipalityQuerySet":
        return self.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=timezone.localdate()))


Rows = TypeVar("Rows", bound=models.QuerySet[Any])


def visible_by_place(rows: Rows, user: Any) -> Rows:
    """Return what an account may see of rows of municipalities: the desk all, officials their own places'."""
    if not user.is_authenticated:
        return rows.none()
    if user.has(Permission.VIEW_DESK):
        return rows
    if not user.has(Permission.SPEAK_FOR_MUNICIPALITY):
        return rows.none()
    return rows.filter(municipality__in=Municipality.objects.spoken_for_by(user))


class Municipality(models.Model):
    """A municipality of the register, or one of the two Prague districts of the project.

    The code is the register's, or the district's own for the two; names repeat.
    """

    code = models.CharField("code", max_length=6, unique=True)
    lau2_code = models.CharField(max_length=6)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField("name", max_length=80)
    # Lower case without diacritics, for typing three letters.
    search_name = models.CharField(max_length=80, db_index=True)
    # An English name where there is one of its own ("Pilsen"), and the same for typing.
    name_en = models.CharField(max_length=80, blank=True)
    search_name_en = models.CharField(max_length=80, blank=True, db_index=True)
    # Null where the register does not tell.
    kind = models.CharField("kind", max_length=20, choices=Kind, null=True)
    district = models.CharField("district", max_length=60)
    district_code = models.CharField(max_length=8)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="municipalities")
    orp = models.CharField("municipality with extended powers", max_length=60, blank=True)
    # The municipality with extended powers that serves it, itself where it is one; null where nobody told.
    served_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="serves")
    # Of the office, by the register of organisations (IČO); empty is not known.
    company_number = models.CharField(max_length=8, blank=True)
    latitude = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    longitude = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    # The newest known figure; all of them are in Population.
    population = models.PositiveIntegerField("inhabitants", null=True)
    population_year = models.PositiveSmallIntegerField(null=True)
    website = models.URLField("website", blank=True)
    is_pilot = models.BooleanField("takes part in the project", default=False)
    source = models.TextField("source")
    # Where single values come from when that is not `source`: "website", "code", "orp", "position".
    sources = models.JSONField(default=dict, blank=True)
    # Which place this is not, or why its code is not its own.
    note = models.TextField(blank=True)
    # The municipal office, as it wants to be reached by everybody; empty is not known.
    office_email = models.EmailField("e-mail of the office", blank=True)
    office_phone = models.CharField("phone of the office", max_length=20, blank=True)
    office_note = models.CharField("whom to turn to there", max_length=200, blank=True)
    office_changed_at = models.DateTimeField(null=True)
    office_changed_by = user_field(null=True)
    # How many questions of others it is willing to help with in a month.
    help_limit = models.PositiveSmallIntegerField("questions of others a month", default=HELP_LIMIT)
    # The first day on which it was no municipality of its own any more.
    dissolved_on = models.DateField("no longer exists since", null=True)

    PRIVACY = Tags(
        public=("id", "code", "lau2_code", "slug", "name", "search_name", "name_en", "search_name_en", "kind",
                "district", "district_code", "region", "orp", "latitude", "longitude", "population",
                "population_year", "website", "served_by", "company_number", "is_pilot", "source", "sources",
                "note", "office_email", "office_phone", "office_note", "office_changed_at", "dissolved_on"),
        internal=("office_changed_by", "help_limit"),
    )  # fmt: skip

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["-is_pilot", "-population", "id"], name="municipality_list"),
            models.Index(fields=["region", "-is_pilot", "-population"], name="municipality_region"),
            # The neighbours of a number of inhabitants, in the country and in one region.
            models.Index(fields=["population", "id"], name="municipality_by_size"),
            models.Index(fields=["region", "population", "id"], name="municipality_region_size"),
        ]
        constraints = [pair("office_changed_at", "office_changed_by", name="municipality_office_pair")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("municipality", args=[self.slug])

    @property
    def full_name(self) -> str:
        """The name with what tells it from its namesakes: "Veselíčko (Přerov, Olomoucký kraj)".

        Where even the district holds two of the name, the code stands there too.
        """
        code = f", {self.code}" if self.slug.endswith(f"-{self.code}") else ""
        return f"{self.name} ({self.whereabouts}{code})"

    @property
    def whereabouts(self) -> str:
        return self.whereabouts_in(self.region.name)

    def whereabouts_in(self, region: str) -> str:
        """Return its whereabouts with the name of the region in another language."""
        return region if self.region_id == CAPITAL else f"{self.district}, {region}"

    @property
    def size(self) -> Size | None:
        people = self.population
        if people is None:
            return None
        return next(Size(size) for size, (_low, high) in BOUNDS.items() if high is None or people <= high)


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


class Succession(models.Model):
    """What became of a municipality: one line for each that its area or its people went to."""

    before = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="went_to")
    after = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="came_from")
    fate = models.CharField(max_length=10, choices=Fate)
    on = models.DateField()
    source = models.TextField()

    PRIVACY = Tags(public=("id", "before", "after", "fate", "on", "source"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["before", "after"], name="succession_once"),
            models.CheckConstraint(condition=~Q(before=models.F("after")), name="succession_of_another"),
        ]


class RegisterEdition(models.Model):
    """One reading of a register of municipalities, of the state on 1 January of a year."""

    year = models.PositiveSmallIntegerField(unique=True)
    source = models.TextField()
    digest = models.CharField(max_length=64)
    imported_at = models.DateTimeField(default=timezone.now)

    PRIVACY = Tags(public=("id", "year", "source", "imported_at"), internal=("digest",))
