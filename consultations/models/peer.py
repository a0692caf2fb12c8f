"""A question to another municipality, written anew for its officials, who see nothing else of the request."""

from datetime import date, timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.permissions import Permission
from consultations.choices import DeclineReason, PeerState
from consultations.models.contact import Contact
from consultations.models.request import SupportRequest
from core.audit import user_field
from core.privacy import About, Erase, Retention, Tags
from core.states import pair
from municipalities.models import Municipality

LONGEST_WORDS = 10_000
# So long after the day by which an answer was asked for it may still come.
AFTERWARDS = timedelta(days=14)


def month_of(day: date) -> date:
    """Return the first day of a day's month, for which questions are counted."""
    return day.replace(day=1)


class PeerQuestionQuerySet(models.QuerySet["PeerQuestion"]):
    def visible_to(self, user: Any) -> "PeerQuestionQuerySet":
        """Return the questions that an account may see.

        The desk sees all. An official sees those put to the municipalities that they speak
        for today; never one about a request of a municipality that they speak for, too.
        """
        if user.has(Permission.VIEW_REQUESTS):
            return self
        if not user.has(Permission.SPEAK_FOR_MUNICIPALITY):
            return self.none()
        theirs = Municipality.objects.spoken_for_by(user).values("pk")
        own = Q(request__municipality__in=theirs) | Q(request__requester__municipality__in=theirs)
        return self.filter(municipality__in=theirs).exclude(own)

    def pending(self) -> "PeerQuestionQuerySet":
        """Return questions that a municipality still owes an answer to."""
        return self.filter(state=PeerState.ASKED)

    def answered(self) -> "PeerQuestionQuerySet":
        """Return questions that a municipality has helped with."""
        return self.filter(state=PeerState.ANSWERED)

    def about(self, request: SupportRequest) -> "PeerQuestionQuerySet":
        """Return the questions about a request, and about those that were merged into it."""
        merged = Q(request__duplicate_of=request.pk, request__is_merged=True)
        return self.filter(Q(request=request.pk) | merged)

    def in_month(self, day: date) -> "PeerQuestionQuerySet":
        """Return the questions that count for the calendar month of a day, whatever became of them."""
        return self.filter(month=month_of(day))

    def for_list(self) -> "PeerQuestionQuerySet":
        """Return what lists show, newest first."""
        return self.select_related("request", "municipality__region", "asked_by").order_by("-pk")


class PeerQuestion(models.Model):
    """One question to one municipality. It is asked as soon as it is written: it passed the check by then."""

    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="peer_questions")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="peer_questions")
    question = models.TextField("question", max_length=LONGEST_WORDS)
    # Finds of the personal data check that stay in the question: what was found, and why it may stay.
    kept_finds = models.JSONField(default=dict)
    # The requester has agreed that their municipality is named; how and when they did.
    names_municipality = models.BooleanField("may name the requester's municipality", default=False)
    consent = models.CharField("how and when they agreed", max_length=300, blank=True)
    state = models.CharField("state", max_length=10, choices=PeerState, default=PeerState.ASKED)
    version = models.PositiveIntegerField(default=1)
    asked_at = models.DateTimeField("asked", default=timezone.now)
    asked_by = user_field()
    # The first day of the calendar month that the question counts for.
    month = models.DateField()
    due_on = models.DateField("answer asked by")
    # The day of the reminder, then the day after the last one on which it can be answered.
    next_step_on = models.DateField(null=True)
    reminded_at = models.DateTimeField("reminded", null=True)
    answer = models.TextField("answer", max_length=LONGEST_WORDS, blank=True)
    decline_reason = models.CharField(max_length=10, choices=DeclineReason, blank=True)
    decline_words = models.CharField("more about it", max_length=1000, blank=True)
    # Which official answered or declined; empty for what ended otherwise.
    settled_at = models.DateTimeField(null=True)
    settled_by = user_field(null=True)
    # The entry on the request that tells of it.
    told_as = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="+")

    MOVES = {PeerState.ASKED: [PeerState.ANSWERED, PeerState.DECLINED, PeerState.REVOKED, PeerState.EXPIRED]}
    PRIVACY = Tags(
        internal=(
            "id", "request", "municipality", "names_municipality", "state", "version", "asked_at", "asked_by",
            "month", "due_on", "next_step_on", "reminded_at", "decline_reason", "settled_at", "settled_by",
            "told_as",
        ),
        personal={
            "decline_words": About("settled_by", Erase.BLANK, Retention.CASE_TEXT),
            "consent": About("request__requester", Erase.REPLACE, Retention.CASE_TEXT),
        },
        sensitive={
            "question": About("request__requester", Erase.REPLACE, Retention.CASE_TEXT),
            "answer": About("request__requester", Erase.REPLACE, Retention.CASE_TEXT),
            "kept_finds": About("request__requester", Erase.BLANK, Retention.CASE_TEXT),
        },
    )  # fmt: skip

    objects = PeerQuestionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["request", "-id"], name="peer_request"),
            models.Index(fields=["municipality", "month"], name="peer_month"),
            models.Index(fields=["municipality", "state", "-settled_at"], name="peer_settled"),
            models.Index(
                fields=["next_step_on"],
                name="peer_next_step",
                condition=Q(state=PeerState.ASKED, next_step_on__isnull=False),
            ),
        ]
        constraints = [
            pair("settled_at", "settled_by", name="peer_settled_pair"),
            models.CheckConstraint(
                condition=~Q(answer="") | ~Q(state=PeerState.ANSWERED), name="peer_answered_something"
            ),
            models.CheckConstraint(
                condition=~Q(decline_reason="") | ~Q(state=PeerState.DECLINED),
                name="peer_declined_for_something",
            ),
            models.CheckConstraint(
                condition=Q(names_municipality=False) | ~Q(consent=""), name="peer_named_by_consent"
            ),
        ]

    @property
    def last_day(self) -> date:
        """The last day on which it can be answered."""
        return self.due_on + AFTERWARDS

    @property
    def is_past_its_end(self) -> bool:
        """Whether its last day is over."""
        return self.last_day < timezone.localdate()

    @property
    def shown_state(self) -> PeerState:
        """The state as it is today: what has run out is out even before anybody wrote it down."""
        if self.state == PeerState.ASKED and self.is_past_its_end:
            return PeerState.EXPIRED
        return PeerState(self.state)

    def get_desk_url(self) -> str:
        """The page at the desk."""
        return reverse("desk-peer", args=[self.pk])

    def get_my_url(self) -> str:
        """The page of the officials who are asked."""
        return reverse("my-help-question", args=[self.pk])
