"""What came of a visit: workshops that present it, and what municipalities did with its lessons."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone

from core.audit import user_field
from core.privacy import Tags
from core.states import pair
from municipalities.models import Municipality, Practice
from municipalities.models.place import visible_by_place
from visits.choices import LessonAnswer
from visits.models.report import Lesson
from visits.models.visit import StudyVisit


class Workshop(models.Model):
    """A workshop in which visits were, or will be, presented."""

    visits = models.ManyToManyField(StudyVisit, related_name="workshops")
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    place = models.CharField(max_length=160, blank=True)
    source = models.TextField(blank=True)
    # The plain id of the seminar that it is; empty where there is none here.
    seminar_id = models.BigIntegerField(null=True)

    PRIVACY = Tags(public=("id", "title", "held_on", "place", "source", "seminar_id"))

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: Any) -> "ProposalQuerySet":
        return visible_by_place(self, user)

    def for_list(self) -> "ProposalQuerySet":
        return self.select_related("lesson__report__visit__host", "municipality__region").order_by("-pk")


class Proposal(models.Model):
    """A lesson proposed to a municipality, what it answered, and why."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="proposals")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="proposals")
    state = models.CharField("state", max_length=12, choices=LessonAnswer, default=LessonAnswer.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = user_field(null=True)
    reason = models.CharField("why", max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = user_field(null=True)
    # The practice in whose ledger its adoption goes on.
    practice = models.ForeignKey(Practice, on_delete=models.SET_NULL, null=True, related_name="proposals")
    # The day on which the municipality is asked what came of it; empty when it is asked no more.
    next_step_on = models.DateField(null=True)

    MOVES = {
        LessonAnswer.PROPOSED: [LessonAnswer.ADOPTED, LessonAnswer.PLANNED, LessonAnswer.NOT_SUITABLE],
        LessonAnswer.PLANNED: [LessonAnswer.ADOPTED, LessonAnswer.NOT_SUITABLE],
        LessonAnswer.ADOPTED: [LessonAnswer.PLANNED, LessonAnswer.NOT_SUITABLE],
        LessonAnswer.NOT_SUITABLE: [LessonAnswer.PLANNED, LessonAnswer.ADOPTED],
    }
    PRIVACY = Tags(
        public=("id", "lesson", "municipality", "state", "reason", "practice"),
        internal=("version", "proposed_at", "proposed_by", "answered_at", "answered_by", "next_step_on"),
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lesson", "municipality"], name="proposed_once"),
            pair("answered_at", "answered_by", name="proposal_answered_pair"),
            models.CheckConstraint(
                condition=~models.Q(state=LessonAnswer.NOT_SUITABLE) | ~models.Q(reason=""),
                name="proposal_refused_for_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-id"], name="proposal_of_municipality"),
            models.Index(
                fields=["next_step_on"],
                name="proposal_next_step",
                condition=models.Q(next_step_on__isnull=False),
            ),
        ]

    def get_my_url(self) -> str:
        return reverse("my-lesson", args=[self.pk])


class Outcome(models.Model):
    """What a municipality was asked about a report some months later, and what it said, if anything."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="outcomes")
    months = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    text = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = user_field(null=True)

    PRIVACY = Tags(
        public=("id", "proposal", "months", "asked_at", "text", "answered_at"), internal=("answered_by",)
    )

    class Meta:
        ordering = ["months"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "months"], name="outcome_asked_once"),
            pair("answered_at", "answered_by", name="outcome_answered_pair"),
        ]
