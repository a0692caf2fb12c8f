"""Filters of the desk's list that somebody keeps under a name."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from core.audit import user_field
from core.privacy import About, Erase, Retention, Tags


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def kept(self) -> "SavedFilterQuerySet":
        """Return those that were not removed."""
        return self.filter(removed_at=None)

    def visible_to(self, user: Any) -> "SavedFilterQuerySet":
        """Return one's own and what colleagues share, whether they are still here or not."""
        return self.filter(models.Q(owner=user.pk) | models.Q(is_shared=True))

    def for_list(self, reader: Any) -> "SavedFilterQuerySet":
        """Return what `reader` finds above the list: one's own in their order, then those of colleagues."""
        is_others = models.Case(models.When(owner=reader.pk, then=0), default=1)
        rows = self.visible_to(reader).kept().select_related("owner")
        return rows.order_by(is_others, "owner__name", "owner", "position", "pk")


class SavedFilter(models.Model):
    """An address of the list, kept by its owner for themselves or for all colleagues.

    A removed one is kept until its owner removes the next, so that it can be brought back.
    """

    owner = user_field()
    name = models.CharField("name", max_length=60)
    # Known parameters only, as they stand behind the question mark.
    query = models.TextField()
    is_shared = models.BooleanField("shared with colleagues", default=False)
    position = models.PositiveSmallIntegerField()
    updated_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True)

    PRIVACY = Tags(
        internal=("id", "owner", "is_shared", "position", "updated_at", "removed_at"),
        personal={
            "name": About("owner", Erase.DELETE_ROW, Retention.ACCOUNT),
            "query": About("owner", Erase.DELETE_ROW, Retention.ACCOUNT),
        },
    )

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="saved_filter_once",
                condition=models.Q(removed_at__isnull=True),
            )
        ]

    def get_absolute_url(self) -> str:
        """Return the list as the filter shows it."""
        return f"{reverse('desk-requests')}?{self.query}"
