"""Texts that somebody has begun and not sent yet."""

from typing import Any

from django.db import models
from django.utils import timezone

from accounts.permissions import Permission
from consultations.choices import DraftKind
from consultations.models.request import SupportRequest
from core.audit import user_field
from core.privacy import About, Erase, Retention, Tags


class DraftQuerySet(models.QuerySet["Draft"]):
    def visible_to(self, user: Any) -> "DraftQuerySet":
        """Return the drafts an account may read: its own, and what colleagues share and have not put away."""
        if not user.has(Permission.ANSWER_REQUEST):
            return self.none()
        return self.filter(models.Q(author=user) | models.Q(is_shared=True, discarded_at=None))


class Draft(models.Model):
    """An unsent text of one person on one request. It is kept as they type and goes when it is sent."""

    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="drafts")
    author = user_field()
    kind = models.CharField(max_length=10, choices=DraftKind)
    text = models.TextField(blank=True)
    # Two tabs of one person do not write over each other: each save says which version it saw.
    version = models.PositiveIntegerField(default=1)
    is_shared = models.BooleanField(default=False)
    # Who began it, where a colleague has taken it over.
    taken_from = user_field(null=True)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = user_field()
    # Put away, but still there to be fetched back.
    discarded_at = models.DateTimeField(null=True)

    PRIVACY = Tags(
        internal=(
            "id", "request", "author", "kind", "version", "is_shared", "taken_from", "updated_at",
            "updated_by", "discarded_at",
        ),
        sensitive={"text": About("request__requester", Erase.DELETE_ROW, Retention.UNSENT_DRAFT)},
    )  # fmt: skip

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "author", "kind"], name="draft_once")]
        indexes = [models.Index(fields=["updated_at"], name="draft_updated")]
