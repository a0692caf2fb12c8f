"""Who speaks for a municipality."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Invitation
from core.audit import user_field
from core.privacy import Tags
from core.states import pair
from municipalities.choices import Fate, MembershipRole
from municipalities.models.place import GENERATIONS, Municipality, visible_by_place


class MembershipQuerySet(models.QuerySet["Membership"]):
    def visible_to(self, user: Any) -> "MembershipQuerySet":
        return visible_by_place(self, user)

    def current(self, day: date | None = None) -> "MembershipQuerySet":
        """Return memberships in force on a day (today unless told)."""
        day = day or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)

    def speaking_for(self, municipality: Any) -> "MembershipQuerySet":
        """Return whose memberships let them speak for a municipality today.

        After a merger these are those of the municipality into which it was merged.
        """
        here, merged, path = Q(municipality=municipality), Q(), "municipality"
        for _generation in range(GENERATIONS):
            path += "__came_from"
            merged &= Q(**{f"{path}__fate": Fate.MERGED, f"{path}__on__lte": timezone.localdate()})
            here |= merged & Q(**{f"{path}__before": municipality})
            path += "__before"
        return self.current().filter(here)

    def for_list(self) -> "MembershipQuerySet":
        return self.select_related("user", "municipality__region").order_by("-starts_on", "pk")


class Membership(models.Model):
    """Who speaks for a municipality, in which role, from when to when.

    `ends_on` is the first day without the membership.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="memberships")
    user = user_field()
    role = models.CharField("role", max_length=20, choices=MembershipRole)
    starts_on = models.DateField("from", default=timezone.localdate)
    ends_on = models.DateField("to", null=True)
    added_by = user_field(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = user_field(null=True)

    PRIVACY = Tags(
        internal=("id", "municipality", "user", "role", "starts_on", "ends_on", "added_by", "ended_at",
                  "ended_by")
    )  # fmt: skip

    objects = MembershipQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "-starts_on", "-id"], name="membership_begun"),
            models.Index(fields=["municipality", "-ends_on", "-id"], name="membership_ended"),
        ]
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

    @property
    def last_day(self) -> date | None:
        """The last day with the membership; the first one where it ended before it had a whole day."""
        return self.ends_on and max(self.starts_on, self.ends_on - timedelta(days=1))

    @property
    def is_over(self) -> bool:
        return self.ends_on is not None and self.ends_on <= timezone.localdate()


class HandOver(models.Model):
    """Somebody without an account was invited to take over from a person, and does so when they accept."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="handed_over")
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField("role", max_length=20, choices=MembershipRole)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = user_field()
    done_at = models.DateTimeField(null=True)

    PRIVACY = Tags(internal=("id", "membership", "invitation", "role", "asked_at", "asked_by", "done_at"))
