"""What somebody did to several requests at once, so that it can be undone."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.audit import user_field
from core.privacy import Tags
from core.states import pair


class BulkVerb(models.TextChoices):
    ASSIGN = "assign", _("Assign")
    TOPIC = "topic", _("Set the topic")
    CLOSE = "close", _("Close")


class BulkActionQuerySet(models.QuerySet["BulkAction"]):
    def visible_to(self, user: Any) -> "BulkActionQuerySet":
        """Return what one has done oneself."""
        return self.filter(by=user.pk)

    def recent(self) -> "BulkActionQuerySet":
        """Return what can still be undone by its age, the newest first."""
        return self.filter(at__gte=_yesterday()).order_by("-pk")


class BulkAction(models.Model):
    """One verb done to several requests. `rows` holds what each was before, and its version after.

    A row is {"id": 7, "version": 4, "before": {"assignee_id": 3, "state": "new"}}.
    """

    verb = models.CharField(max_length=10, choices=BulkVerb)
    by = user_field()
    at = models.DateTimeField(default=timezone.now)
    rows = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)
    undone_by = user_field(null=True)

    PRIVACY = Tags(internal=("id", "verb", "by", "at", "rows", "undone_at", "undone_by"))

    objects = BulkActionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["by", "-id"], name="bulk_by")]
        constraints = [pair("undone_at", "undone_by", name="bulk_undone_pair")]

    def __str__(self) -> str:
        return f"bulk {self.verb} {self.pk}"

    @property
    def is_recent(self) -> bool:
        """Whether it was done today or yesterday."""
        return self.at >= _yesterday()


def _yesterday() -> Any:
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - timedelta(days=1)
