"""Offices that people in need of housing turn to, and what visitors say of their contacts."""

from typing import Any

from django.db import models
from django.utils import timezone

from core.audit import user_field
from core.privacy import About, Erase, Retention, Tags
from core.states import pair
from municipalities.choices import OfficeKind
from municipalities.models.place import Municipality, visible_by_place


class OfficeQuerySet(models.QuerySet["Office"]):
    def open(self) -> "OfficeQuerySet":
        """Return offices that exist."""
        return self.filter(closed_on=None)

    def certain(self) -> "OfficeQuerySet":
        """Return those that somebody in need may be sent to: open, and nothing tells us to doubt it."""
        return self.open().filter(doubt="")

    def visible_to(self, user: Any) -> "OfficeQuerySet":
        """Return the offices that an account keeps: the desk all, officials those of their places."""
        return visible_by_place(self, user)

    def for_list(self) -> "OfficeQuerySet":
        """Return what the desk's list shows: each with its place, who checked it, whether it is reported."""
        reports = OfficeReport.objects.waiting().filter(office=models.OuterRef("pk")).order_by()
        rows = self.select_related("municipality__region", "checked_by")
        return rows.annotate(is_reported=models.Exists(reports))


class Office(models.Model):
    """One office, where it is and how it is reached, with who said so and when."""

    kind = models.CharField("kind", max_length=20, choices=OfficeKind)
    # Where it is; a contact point and a branch also serve what that municipality with extended powers serves.
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="offices")
    name = models.CharField("name", max_length=160)
    # What of it a map finds: street and number, or the building.
    address = models.CharField("address", max_length=200, blank=True)
    phone = models.CharField("phone", max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)
    website = models.URLField("website", blank=True)
    hours = models.CharField("opening hours", max_length=200, blank=True)
    source = models.TextField("source")
    # Of which day the source speaks, as precisely as it is known: "2024-02-05", "2022", "".
    as_of = models.CharField("as of", max_length=10, blank=True)
    # Why it may not run today: "in preparation in February 2026". Nobody in need is sent there until somebody
    # has checked it.
    doubt = models.CharField("what is uncertain", max_length=200, blank=True)
    # Of a record that the portal ships; empty where people or a file brought it.
    key = models.CharField(max_length=40, null=True, unique=True)
    checked_at = models.DateTimeField(null=True)
    checked_by = user_field(null=True)
    closed_on = models.DateField("closed since", null=True)
    version = models.PositiveIntegerField(default=1)

    PRIVACY = Tags(
        public=(
            "id", "kind", "municipality", "name", "address", "phone", "email", "website", "hours", "source",
            "as_of", "doubt", "checked_at", "closed_on",
        ),
        internal=("key", "checked_by", "version"),
    )  # fmt: skip

    objects = OfficeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["municipality", "kind"], name="office_of")]
        constraints = [
            pair("checked_at", "checked_by", name="office_checked_pair"),
            models.UniqueConstraint(fields=["municipality", "kind", "name"], name="office_once"),
        ]

    def __str__(self) -> str:
        return self.name


class OfficeReportQuerySet(models.QuerySet["OfficeReport"]):
    def waiting(self) -> "OfficeReportQuerySet":
        """Return reports that nobody has dealt with, oldest first."""
        return self.filter(settled_at=None).order_by("pk")

    def visible_to(self, user: Any) -> "OfficeReportQuerySet":
        """Return what an account may read of it: the desk all, officials what is said of their places."""
        return visible_by_place(self, user)

    def for_list(self) -> "OfficeReportQuerySet":
        return self.select_related("office", "municipality__region", "settled_by").order_by("-pk")

    def about(self, municipality: Municipality, office: Office | None) -> "OfficeReportQuerySet":
        """Return what is said of one contact: of an office, or with None of the municipality's own."""
        return self.filter(municipality=municipality, office=office)


class OfficeReport(models.Model):
    """A visitor says that a contact is wrong: of an office, or of a municipality's own."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="office_reports")
    office = models.ForeignKey(Office, on_delete=models.CASCADE, null=True, related_name="reports")
    note = models.CharField("what is wrong", max_length=300, blank=True)
    reported_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = user_field(null=True)

    PRIVACY = Tags(
        internal=("id", "municipality", "office", "reported_at", "settled_at", "settled_by"),
        personal={"note": About("self", Erase.BLANK, Retention.WITH_RECORD)},
    )

    objects = OfficeReportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], name="office_report_waiting", condition=models.Q(settled_at__isnull=True)
            )
        ]
        constraints = [pair("settled_at", "settled_by", name="office_report_settled_pair")]
