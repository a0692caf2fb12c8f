"""The second reading of an answer: somebody else reads our interpretation of the law before it is sent."""

import hashlib
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from consultations.choices import Certainty, ReadingState
from consultations.models.contact import Contact
from consultations.models.request import SupportRequest
from core.audit import user_field
from core.privacy import About, Erase, Retention, Tags
from core.states import pair


def text_digest(text: str) -> str:
    """Return what exactly a text is known by; line ends and outer spaces make no other text of it."""
    return hashlib.sha256(text.replace("\r\n", "\n").strip().encode()).hexdigest()


class SecondReadingQuerySet(models.QuerySet["SecondReading"]):
    def visible_to(self, user: Any) -> "SecondReadingQuerySet":
        """Return the readings that an account may see: the desk all, others none."""
        return self if user.has(Permission.VIEW_REQUESTS) else self.none()

    def waiting(self) -> "SecondReadingQuerySet":
        """Return readings that wait for a second reader."""
        return self.filter(state=ReadingState.ASKED)

    def for_reader(self, user: Any) -> "SecondReadingQuerySet":
        """Return what waits for this reader, or for anybody but its author; the oldest first."""
        mine = self.waiting().filter(models.Q(reader=user) | models.Q(reader=None))
        return mine.exclude(asked_by=user).order_by("pk")

    def allowing(self, request: SupportRequest, text: str) -> "SecondReadingQuerySet":
        """Return approved readings of exactly this text that have not been used yet."""
        return self.filter(request=request, digest=text_digest(text), state=ReadingState.APPROVED)

    def for_list(self) -> "SecondReadingQuerySet":
        """Return what a list shows, without the texts."""
        return self.select_related("request", "asked_by", "reader", "decided_by").defer("text")


class SecondReading(models.Model):
    """One text that its author asked a colleague to read. What is approved is this text and no other."""

    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="readings")
    text = models.TextField("answer")
    digest = models.CharField(max_length=64)
    certainty = models.CharField(
        "how certain", max_length=20, choices=Certainty, default=Certainty.INTERPRETATION
    )
    asked_by = user_field()
    asked_at = models.DateTimeField("asked", default=timezone.now)
    # Whom the author asked; empty asks whoever is free.
    reader = user_field(null=True)
    state = models.CharField("state", max_length=10, choices=ReadingState, default=ReadingState.ASKED)
    version = models.PositiveIntegerField(default=1)
    remark = models.TextField("what is to be mended", max_length=2000, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = user_field(null=True)
    used_as = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="+")

    MOVES = {
        ReadingState.ASKED: [ReadingState.APPROVED, ReadingState.SENT_BACK, ReadingState.WITHDRAWN],
        ReadingState.APPROVED: [ReadingState.USED, ReadingState.WITHDRAWN],
        # An answer that is stopped before it left may be sent again as it was approved.
        ReadingState.USED: [ReadingState.APPROVED],
    }
    PRIVACY = Tags(
        internal=(
            "id", "request", "digest", "certainty", "asked_by", "asked_at", "reader", "state", "version",
            "decided_at", "decided_by", "used_as",
        ),
        sensitive={
            "text": About("request__requester", Erase.REPLACE, Retention.CASE_TEXT),
            "remark": About("request__requester", Erase.BLANK, Retention.CASE_TEXT),
        },
    )  # fmt: skip

    objects = SecondReadingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["request", "-id"], name="reading_request"),
            models.Index(
                fields=["reader", "id"], name="reading_waiting", condition=models.Q(state=ReadingState.ASKED)
            ),
        ]
        constraints = [
            pair("decided_at", "decided_by", name="reading_decided_pair"),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="reading_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=False)
                | models.Q(state__in=[ReadingState.ASKED, ReadingState.WITHDRAWN]),
                name="reading_decided_by_somebody",
            ),
        ]

    def get_desk_url(self) -> str:
        """The page on which it is read and decided."""
        return reverse("desk-reading", args=[self.pk])
