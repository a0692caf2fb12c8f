"""A question to an expert outside, who answers behind a personal link and sees nothing else."""

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accounts.permissions import Permission
from consultations.choices import DeclineReason, ExpertState
from consultations.models.contact import Contact, ContactFile
from consultations.models.request import SupportRequest
from core.audit import user_field
from core.links.models import KeptLink, LinkQuerySet
from core.privacy import About, Erase, Retention, Tags
from core.states import pair

LONGEST_WORDS = 20_000


class ExpertQuestionQuerySet(LinkQuerySet["ExpertQuestion"]):
    def visible_to(self, user: Any) -> "ExpertQuestionQuerySet":
        """Return the questions that an account may see: the desk all, others none."""
        return self if user.has(Permission.VIEW_REQUESTS) else self.none()

    def behind_link(self, token: str) -> "ExpertQuestionQuerySet":
        """Return the question that a personal link opens (none or one); a draft's link opens nothing."""
        return super().behind_link(token).exclude(state=ExpertState.DRAFT)

    def pending(self) -> "ExpertQuestionQuerySet":
        """Return questions that an expert still owes an answer to."""
        return self.filter(state=ExpertState.SENT)

    def for_list(self) -> "ExpertQuestionQuerySet":
        """Return what the list of a request shows, newest first."""
        return self.select_related("request", "written_by").order_by("-pk")


class ExpertQuestion(KeptLink):
    """One question, written anew for one expert: nothing of the case goes with it by itself."""

    LINK_PAGE = "expert"

    request = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="expert_questions")
    expert_name = models.CharField("name", max_length=120)
    expert_email = models.EmailField("e-mail")
    expert_role = models.CharField("organisation or role", max_length=160, blank=True)
    language = models.CharField("language", max_length=2, choices=settings.LANGUAGES, default="cs")
    question = models.TextField("question", max_length=LONGEST_WORDS)
    is_legal = models.BooleanField("it is about the law", default=False)
    # Finds of the personal data check that stay in the question: what was found, and why it may stay.
    kept_finds = models.JSONField(default=dict)
    state = models.CharField("state", max_length=10, choices=ExpertState, default=ExpertState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    written_by = user_field()
    written_at = models.DateTimeField(default=timezone.now)
    sent_by = user_field(null=True)
    sent_at = models.DateTimeField("sent", null=True)
    due_on = models.DateField("answer asked by")
    expires_on = models.DateField("last day of the link")
    # The day of the next reminder, or the day after the link's last one.
    next_step_on = models.DateField(null=True)
    reminded_at = models.DateTimeField("reminded", null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    # When the expert pressed the button behind the link for the first time; a scanner never does.
    opened_at = models.DateTimeField("opened", null=True)
    answer = models.TextField("answer", max_length=LONGEST_WORDS, blank=True)
    # What binds the expert to the matter, in their own words; empty when they said that nothing does.
    interest = models.CharField("interest in the matter", max_length=500, blank=True)
    decline_reason = models.CharField(max_length=10, choices=DeclineReason, blank=True)
    decline_words = models.CharField("more about it", max_length=1000, blank=True)
    substitute = models.CharField("who could answer instead", max_length=300, blank=True)
    # When the expert answered or declined, and the entry on the request that tells of it.
    settled_at = models.DateTimeField(null=True)
    told_as = models.ForeignKey(Contact, on_delete=models.SET_NULL, null=True, related_name="+")

    MOVES = {
        ExpertState.DRAFT: [ExpertState.SENT],
        ExpertState.SENT: [
            ExpertState.ANSWERED,
            ExpertState.DECLINED,
            ExpertState.REVOKED,
            ExpertState.EXPIRED,
        ],
        ExpertState.EXPIRED: [ExpertState.SENT],
    }
    PRIVACY = Tags(
        internal=(
            "id", "request", "language", "is_legal", "state", "version", "written_by", "written_at",
            "sent_by", "sent_at", "due_on", "expires_on", "next_step_on", "reminded_at", "reminders",
            "opened_at", "decline_reason", "settled_at", "told_as",
        ),
        personal={
            "expert_name": About("self", Erase.REPLACE, Retention.CASE_TEXT),
            "expert_email": About("self", Erase.REPLACE, Retention.CASE_TEXT),
            "expert_role": About("self", Erase.BLANK, Retention.CASE_TEXT),
            "interest": About("self", Erase.BLANK, Retention.CASE_TEXT),
            "decline_words": About("self", Erase.BLANK, Retention.CASE_TEXT),
            "substitute": About("self", Erase.BLANK, Retention.CASE_TEXT),
        },
        sensitive={
            "question": About("request__requester", Erase.REPLACE, Retention.CASE_TEXT),
            "answer": About("request__requester", Erase.REPLACE, Retention.CASE_TEXT),
            "kept_finds": About("request__requester", Erase.BLANK, Retention.CASE_TEXT),
            "link_token": About("self", Erase.REPLACE, Retention.CASE_TEXT, export=False),
            "link_digest": About("self", Erase.REPLACE, Retention.CASE_TEXT, export=False),
        },
    )  # fmt: skip

    objects = ExpertQuestionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["request", "-id"], name="expert_request"),
            models.Index(
                fields=["next_step_on"],
                name="expert_next_step",
                condition=models.Q(state=ExpertState.SENT, next_step_on__isnull=False),
            ),
        ]
        constraints = [
            pair("sent_at", "sent_by", name="expert_sent_pair"),
            models.CheckConstraint(
                condition=models.Q(sent_at__isnull=False) | models.Q(state=ExpertState.DRAFT),
                name="expert_sent_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer="") | ~models.Q(state=ExpertState.ANSWERED),
                name="expert_answered_something",
            ),
            models.CheckConstraint(
                condition=~models.Q(decline_reason="") | ~models.Q(state=ExpertState.DECLINED),
                name="expert_declined_for_something",
            ),
        ]

    @property
    def is_past_its_end(self) -> bool:
        """Whether the last day of the link is over."""
        return self.expires_on < timezone.localdate()

    @property
    def is_link_dead(self) -> bool:
        """Whether the link opens nothing any more, though it once did."""
        return self.state in (ExpertState.REVOKED, ExpertState.EXPIRED) or self.is_past_its_end

    @property
    def shown_state(self) -> ExpertState:
        """The state as it is today: a link that has run out is out even before anybody wrote it down."""
        if self.state == ExpertState.SENT and self.is_past_its_end:
            return ExpertState.EXPIRED
        return ExpertState(self.state)

    def get_desk_url(self) -> str:
        """The page at the desk."""
        return reverse("desk-expert", args=[self.request.reference, self.pk])


class ExpertFile(models.Model):
    """A file of the request that a consultant chose for the expert, under a name that tells nothing."""

    question = models.ForeignKey(ExpertQuestion, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(ContactFile, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()

    PRIVACY = Tags(internal=("id", "question", "file", "number"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "file"], name="expert_file_once")]

    @property
    def name(self) -> str:
        """What the expert knows the file by: its own name may hold somebody's."""
        ending = PurePosixPath(self.file.attachment.name).suffix
        return gettext("file %(number)s") % {"number": self.number} + ending
