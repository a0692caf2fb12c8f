"""What came of a visit: workshops that present it, and what municipalities did with its lessons."""

import calendar
from datetime import date, timedelta
from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from core.audit import user_field
from core.audit.words import OwnWords, OwnWordsQuerySet
from core.privacy import Tags
from core.states import pair
from municipalities.models import Municipality, Practice
from municipalities.models.place import visible_by_place
from visits.choices import LessonAnswer
from visits.models.host import Host
from visits.models.report import Lesson, ReportEdition
from visits.models.visit import StudyVisit

# So many months after its answer, or after the proposal, a municipality is asked what came of a lesson.
MONTHS = (3, 12)
# So many days a municipality has for an answer; until then nobody reads that it has not answered.
DAYS_TO_ANSWER = 30


def months_after(day: date, months: int) -> date:
    """Return the same day some months later, or the last one of a month that has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def day_to_answer() -> date:
    """Return until when a municipality is asked to answer what it is asked today."""
    return timezone.localdate() + timedelta(days=DAYS_TO_ANSWER)


class WorkshopQuerySet(OwnWordsQuerySet):
    def of_visit(self, visit: StudyVisit) -> "WorkshopQuerySet":
        """Return the workshops in which a visit was presented, or will be, the newest first."""
        return self.in_use().filter(visits=visit).order_by("-held_on", "-pk")

    def of_host(self, host: Host) -> "WorkshopQuerySet":
        """Return the workshops in which visits to a host were, or will be, presented, the newest first."""
        visits = StudyVisit.objects.published().filter(host=host)
        return self.in_use().filter(visits__in=visits).distinct().order_by("-held_on", "-pk")


class Workshop(OwnWords):
    """A workshop in which visits were, or will be, presented."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    place = models.CharField(max_length=160, blank=True)
    source = models.TextField(blank=True)
    # Which visits, as they are kept with a history; `visits` follows.
    visit_slugs = models.JSONField(default=list)
    visits = models.ManyToManyField(StudyVisit, related_name="workshops")
    # The plain id of the seminar that it is; empty where there is none here.
    seminar_id = models.BigIntegerField(null=True)

    WORDS = {
        "title": gettext_lazy("Title"),
        "held_on": gettext_lazy("When"),
        "place": gettext_lazy("Place"),
        "source": gettext_lazy("Where we know it from"),
        "visit_slugs": gettext_lazy("Visits presented"),
    }
    PRIVACY = Tags(
        public=("id", "slug", "title", "held_on", "place", "source", "visit_slugs", "seminar_id"),
        internal=("shipped", "version", "retired_at"),
    )

    objects: ClassVar[WorkshopQuerySet] = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_coming(self) -> bool:
        return self.held_on > timezone.localdate()

    def follow_visits(self) -> None:
        """Let the visits be those whose slugs stand in the words."""
        self.visits.set(StudyVisit.objects.filter(slug__in=self.visit_slugs))


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: Any) -> "ProposalQuerySet":
        return visible_by_place(self, user)

    def for_list(self) -> "ProposalQuerySet":
        return self.select_related("lesson__report__visit__host", "municipality__region").order_by("-pk")

    def of_public_reports(self) -> "ProposalQuerySet":
        """Return proposals of lessons whose report everybody can read today."""
        published = ReportEdition.objects.published().values("document_id")
        return self.filter(lesson__report__in=published)

    def unanswered(self) -> "ProposalQuerySet":
        return self.of_public_reports().filter(state=LessonAnswer.PROPOSED)

    def to_be_asked(self) -> "ProposalQuerySet":
        """Return those whose municipality is to be asked, some day, what came of it."""
        return self.of_public_reports().filter(next_step_on__isnull=False)


class Proposal(models.Model):
    """A lesson proposed to a municipality, what it answered, and why."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="proposals")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="proposals")
    state = models.CharField("state", max_length=12, choices=LessonAnswer, default=LessonAnswer.PROPOSED)
    version = models.PositiveIntegerField(default=1)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = user_field(null=True)
    # Until when an answer was asked for. Before it, nobody reads which municipalities have not answered.
    answer_by = models.DateField(default=day_to_answer)
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
        public=("id", "lesson", "municipality", "state", "answer_by", "reason", "practice"),
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

    def get_desk_url(self) -> str:
        return reverse("desk-lesson", args=[self.pk])

    @property
    def is_answered(self) -> bool:
        return self.state != LessonAnswer.PROPOSED

    @property
    def is_silent(self) -> bool:
        """Whether the day until which an answer was asked for has passed without one."""
        return not self.is_answered and timezone.localdate() > self.answer_by

    def first_step_after(self, day: date) -> date | None:
        """Return the day on which the municipality is asked next, counted from a day; None when no more."""
        asked = set(self.outcomes.values_list("months", flat=True)) if self.pk else set()
        left = [months for months in MONTHS if months not in asked]
        return months_after(day, left[0]) if left else None


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    def open(self) -> "OutcomeQuerySet":
        """Return what municipalities were asked last and have not said yet; what does not suit is let be."""
        outer = {"proposal": models.OuterRef("proposal"), "months__gt": models.OuterRef("months")}
        proposals = Proposal.objects.of_public_reports().exclude(state=LessonAnswer.NOT_SUITABLE)
        rows = self.filter(answered_at=None, proposal__in=proposals)
        return rows.filter(~models.Exists(Outcome.objects.filter(**outer)))


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

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["months"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "months"], name="outcome_asked_once"),
            pair("answered_at", "answered_by", name="outcome_answered_pair"),
        ]

    @property
    def answer_by(self) -> date:
        """Until when the municipality is asked to say it."""
        return timezone.localdate(self.asked_at) + timedelta(days=DAYS_TO_ANSWER)

    @property
    def is_silent(self) -> bool:
        """Whether that day has passed and nothing was said."""
        return self.answered_at is None and timezone.localdate() > self.answer_by
