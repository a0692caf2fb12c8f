"""What is measured in municipalities: indicators, and dated values that supersede and never overwrite."""

from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit import user_field
from core.privacy import Tags
from municipalities.choices import Precision, Unit
from municipalities.models.place import Municipality

# Numbers of people and households below this, but above none, are not told to the public.
SMALLEST_TOLD = 5


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def in_use(self) -> "IndicatorQuerySet":
        return self.filter(is_active=True)


class Indicator(models.Model):
    """One thing that is measured: what it means and how its values are read."""

    slug = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(default=100)
    name = models.CharField("name", max_length=100)
    unit = models.CharField("unit", max_length=20, choices=Unit)
    definition = models.TextField("definition", max_length=600)
    # Digits behind the decimal point.
    places = models.PositiveSmallIntegerField("decimal places", default=0)
    # Counts people or households: fewer than five are not told to the public.
    counts_people = models.BooleanField("counts people or households", default=False)
    # Makes sense for each 1,000 inhabitants; a cost for one household does not.
    per_inhabitants = models.BooleanField("can be compared by inhabitants", default=True)
    # Cannot be more than this one of the same municipality and time (kept homes ≤ households housed).
    at_most = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_active = models.BooleanField("asked for", default=True)
    # Counts the changes, so that two people do not write over each other.
    version = models.PositiveIntegerField(default=1)
    # What the portal shipped to each column last; a release follows only where the row still has it.
    shipped = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    # How people call what can be changed, in the history.
    WORDS = {
        "name": _("Title"),
        "unit": _("Unit"),
        "definition": _("Definition"),
        "places": _("Decimal places"),
        "position": _("Place in the list"),
        "counts_people": _("It counts people or households"),
        "per_inhabitants": _("It can be compared by inhabitants"),
        "at_most": _("Cannot be more than"),
    }

    PRIVACY = Tags(
        public=("id", "slug", "position", "name", "unit", "definition", "places", "counts_people",
                "per_inhabitants", "at_most", "is_active"),
        internal=("version", "shipped"),
    )  # fmt: skip

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class IndicatorValueQuerySet(models.QuerySet["IndicatorValue"]):
    def current(self) -> "IndicatorValueQuerySet":
        return self.filter(superseded_at=None)

    def known_at(self, moment: datetime) -> "IndicatorValueQuerySet":
        """Return the values as the portal knew them at a moment, whatever was corrected since."""
        return self.filter(Q(superseded_at=None) | Q(superseded_at__gt=moment), entered_at__lte=moment)

    def for_list(self) -> "IndicatorValueQuerySet":
        return self.select_related("indicator", "entered_by").order_by("-on", "indicator__position", "-pk")


class IndicatorValue(models.Model):
    """The value of an indicator in a municipality at a time, as somebody entered it.

    `on` is the first day that the date may mean, `precision` how much of it is known.
    Everything here is accepted and public; what a municipality is still writing is in its return.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="values")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    on = models.DateField("date")
    precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    value = models.DecimalField("value", max_digits=14, decimal_places=2)
    source = models.TextField("source")
    # Whether the source is only the page of the project, which does not itself tell the number.
    is_of_project_page = models.BooleanField(default=False)
    note = models.TextField("note", blank=True)
    # Empty for what the portal ships.
    entered_by = user_field(null=True)
    entered_at = models.DateTimeField(default=timezone.now)
    # The return that brought it, where one did.
    from_return = models.ForeignKey(
        "municipalities.Return", on_delete=models.PROTECT, null=True, related_name="values"
    )
    # The value that it corrects, which stays for whoever asks what was known before.
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    superseded_at = models.DateTimeField(null=True)
    # Why it was corrected or taken back.
    superseded_reason = models.CharField(max_length=300, blank=True)

    PRIVACY = Tags(
        public=("id", "municipality", "indicator", "on", "precision", "value", "source", "note", "entered_at",
                "from_return", "replaces", "superseded_at", "superseded_reason", "is_of_project_page"),
        internal=("entered_by",),
    )  # fmt: skip

    objects = IndicatorValueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "indicator", "on", "precision"],
                condition=Q(superseded_at=None),
                name="value_one_current",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="value_not_negative"),
        ]
        indexes = [
            models.Index(fields=["municipality", "-on", "-id"], name="value_of_municipality"),
            models.Index(fields=["indicator", "municipality", "-on"], name="value_of_indicator"),
        ]

    @property
    def is_replaced(self) -> bool:
        return hasattr(self, "replaced_by")

    @property
    def is_small(self) -> bool:
        """Whether it is small enough to point to a person: only the desk and the place itself see it."""
        return self.indicator.counts_people and 0 < self.value < SMALLEST_TOLD
