"""Who has the page of a request open just now."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from consultations.choices import Doing
from consultations.models.request import SupportRequest
from core.audit import user_field
from core.privacy import Tags

# A page that has said nothing for so long is closed.
STILL_THERE = timedelta(seconds=60)


class PresenceQuerySet(models.QuerySet["Presence"]):
    def there(self, now: datetime) -> "PresenceQuerySet":
        """Return those who are there at a moment."""
        return self.filter(seen_at__gt=now - STILL_THERE)

    def gone(self, now: datetime) -> "PresenceQuerySet":
        """Return those whose page is closed."""
        return self.filter(seen_at__lte=now - STILL_THERE)


class Presence(models.Model):
    """One person on the page of one request, as their page said last."""

    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="presences")
    user = user_field()
    doing = models.CharField(max_length=10, choices=Doing)
    seen_at = models.DateTimeField(default=timezone.now)

    PRIVACY = Tags(internal=("id", "request", "user", "doing", "seen_at"))

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "user"], name="presence_once")]
        indexes = [models.Index(fields=["seen_at"], name="presence_seen")]
