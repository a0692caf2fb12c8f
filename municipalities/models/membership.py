"""Who speaks for a municipality."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit import user_field
from core.privacy import Tags
from core.states import pair
from municipalities.choices import MembershipRole
from municipalities.models.place import Municipality


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
