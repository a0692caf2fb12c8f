"""Returns: what the Contact Centre asks every municipality for in a period, and what each has filled in."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from core.audit import user_field
from core.privacy import Tags
from core.states import pair
from municipalities.choices import WITH_MUNICIPALITY, PeriodState, ReturnState
from municipalities.models.indicator import Indicator
from municipalities.models.place import Municipality, visible_by_place


class ReturnPeriodQuerySet(models.QuerySet["ReturnPeriod"]):
    def visible_to(self, user: Any) -> "ReturnPeriodQuerySet":
        return self if user.has(Permission.VIEW_DESK) else self.none()


class ReturnPeriod(models.Model):
    """A year for which municipalities are asked for their figures; they hold on `values_on`."""

    year = models.PositiveSmallIntegerField("year", unique=True)
    values_on = models.DateField("the figures are those of")
    due_on = models.DateField("to be sent by")
    note = models.TextField("note to the municipalities", max_length=1000, blank=True)
    indicators = models.ManyToManyField(Indicator, related_name="+", verbose_name="what is asked for")
    state = models.CharField("state", max_length=10, choices=PeriodState, default=PeriodState.OPEN)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = user_field()
    closed_at = models.DateTimeField(null=True)
    closed_by = user_field(null=True)
    # The day of the next reminder; empty when none is left.
    next_step_on = models.DateField(null=True)

    MOVES = {PeriodState.OPEN: [PeriodState.CLOSED], PeriodState.CLOSED: [PeriodState.OPEN]}
    PRIVACY = Tags(
        internal=("id", "year", "values_on", "due_on", "note", "state", "version", "opened_at", "opened_by",
                  "closed_at", "closed_by", "next_step_on")
    )  # fmt: skip

    objects = ReturnPeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [pair("closed_at", "closed_by", name="period_closed_pair")]

    def __str__(self) -> str:
        return str(self.year)

    def get_desk_url(self) -> str:
        return reverse("desk-return-period", args=[self.year])

    @property
    def is_open(self) -> bool:
        return self.state == PeriodState.OPEN


class ReturnQuerySet(models.QuerySet["Return"]):
    def visible_to(self, user: Any) -> "ReturnQuerySet":
        return visible_by_place(self, user)

    def wanted(self) -> "ReturnQuerySet":
        """Return what municipalities still owe, in a period that is open."""
        return self.filter(state__in=WITH_MUNICIPALITY, period__state=PeriodState.OPEN)

    def late(self) -> "ReturnQuerySet":
        """Return those that are still with the municipality though the day they were due is over."""
        return self.filter(state__in=WITH_MUNICIPALITY, period__due_on__lt=timezone.localdate())

    def for_list(self) -> "ReturnQuerySet":
        return self.select_related("period", "municipality__region", "saved_by", "sent_by", "decided_by")


class Return(models.Model):
    """One municipality's figures for one period, from the empty form to accepted."""

    period = models.ForeignKey(ReturnPeriod, on_delete=models.PROTECT, related_name="returns")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="returns")
    state = models.CharField("state", max_length=10, choices=ReturnState, default=ReturnState.OPEN)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField("last saved", null=True)
    saved_by = user_field(null=True)
    sent_at = models.DateTimeField("sent", null=True)
    sent_by = user_field(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = user_field(null=True)
    # What is to be mended, from when it was sent back until it is accepted.
    remark = models.TextField("remark", max_length=1000, blank=True)
    reminded_at = models.DateTimeField(null=True)

    MOVES = {
        ReturnState.OPEN: [ReturnState.SENT],
        ReturnState.SENT: [ReturnState.ACCEPTED, ReturnState.SENT_BACK, ReturnState.OPEN],
        ReturnState.SENT_BACK: [ReturnState.SENT],
        ReturnState.ACCEPTED: [ReturnState.SENT_BACK],
    }
    PRIVACY = Tags(
        internal=("id", "period", "municipality", "state", "version", "saved_at", "saved_by", "sent_at",
                  "sent_by", "decided_at", "decided_by", "remark", "reminded_at")
    )  # fmt: skip

    objects = ReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "municipality"], name="return_once_a_period"),
            pair("saved_at", "saved_by", name="return_saved_pair"),
            pair("sent_at", "sent_by", name="return_sent_pair"),
            pair("decided_at", "decided_by", name="return_decided_pair"),
        ]
        indexes = [models.Index(fields=["municipality", "-period"], name="return_of_municipality")]

    @property
    def is_with_municipality(self) -> bool:
        return self.state in WITH_MUNICIPALITY

    @property
    def is_late(self) -> bool:
        return self.is_with_municipality and self.period.due_on < timezone.localdate()

    @property
    def is_reminded_today(self) -> bool:
        return self.reminded_at is not None and timezone.localdate(self.reminded_at) == timezone.localdate()

    def get_my_url(self) -> str:
        return reverse("my-return", args=[self.pk])

    def get_desk_url(self) -> str:
        return reverse("desk-return", args=[self.pk])


class ReturnLine(models.Model):
    """What a municipality has written for one indicator, kept as it was typed until it is accepted."""

    statement = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="lines")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    # Whatever was typed, also what is no number yet: nothing is lost by saving.
    typed = models.CharField(max_length=40, blank=True)
    is_unknown = models.BooleanField("we do not know", default=False)
    note = models.CharField("note", max_length=300, blank=True)
    # The official has looked at an unusual value again and keeps it.
    is_confirmed = models.BooleanField(default=False)

    PRIVACY = Tags(internal=("id", "statement", "indicator", "typed", "is_unknown", "note", "is_confirmed"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "indicator"], name="return_line_once")]
