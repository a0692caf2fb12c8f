"""The expert group, and the rounds in which it reads the text of a material before it is published."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core.audit import user_field
from core.audit.words import OwnWords, OwnWordsQuerySet
from core.documents.choices import OPEN
from core.files.attachments import Attachment
from core.links.models import KeptLink, LinkQuerySet
from core.privacy import About, Erase, Retention, Tags
from core.states import pair
from studies.choices import READING, ReviewState, RoundResult, SeenBy, Settlement
from studies.models.text import Chapter, MaterialEdition

# So long somebody may read on what they wrote, once a round is closed.
READ_AFTERWARDS = timedelta(days=30)


class ExpertQuerySet(OwnWordsQuerySet):
    def visible_to(self, user: Any) -> "ExpertQuerySet":
        return self if user.is_authenticated and user.has(Permission.MANAGE_MATERIALS) else self.none()

    def named(self) -> "ExpertQuerySet":
        """Return those who agreed to be named in public."""
        return self.in_use().filter(consented_on__isnull=False)

    def reachable(self) -> "ExpertQuerySet":
        """Return the members who can be asked today."""
        today = timezone.localdate()
        begun = Q(since=None) | Q(since__lte=today)
        return self.in_use().filter(begun, Q(until=None) | Q(until__gte=today)).exclude(email="")


class Expert(OwnWords):
    """A member of the expert group: in which field, from when until when, and whether named in public."""

    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail", max_length=254)
    field = models.CharField(max_length=160)
    institution = models.CharField(max_length=160, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    # The day on which they agreed to be named in public; empty: the public does not learn of them.
    consented_on = models.DateField(null=True)
    note = models.TextField(max_length=1000, blank=True)
    language = models.CharField(max_length=2, default="cs")
    is_demo = models.BooleanField(default=False)

    WORDS = {
        "name": pgettext_lazy("of a person", "Name"),
        "email": _("E-mail"),
        "field": _("Field"),
        "institution": _("Institution"),
        "since": _("Member since"),
        "until": _("Member until"),
        "consented_on": _("Agreed to be named in public on"),
        "note": pgettext_lazy("of an expert", "Note"),
        "language": _("Language of letters"),
    }
    PRIVACY = Tags(
        public=("field", "institution", "since", "until"),
        internal=("id", "shipped", "version", "retired_at", "consented_on", "language", "is_demo"),
        personal={
            "name": About("self", Erase.REPLACE),
            "email": About("self", Erase.BLANK),
            "note": About("self", Erase.BLANK),
        },
    )

    objects = ExpertQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="expert_address_once")
        ]

    def __str__(self) -> str:
        return self.name


class ReviewRoundQuerySet(models.QuerySet["ReviewRound"]):
    def visible_to(self, user: Any) -> "ReviewRoundQuerySet":
        return self if user.is_authenticated and user.has(Permission.VIEW_DESK) else self.none()

    def open(self) -> "ReviewRoundQuerySet":
        return self.filter(closed_at=None)


class ReviewRound(models.Model):
    """One round in which experts read an edition: what they are asked, by when, and the result."""

    edition = models.ForeignKey(MaterialEdition, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    questions = models.JSONField(default=list)
    deadline = models.DateField()
    seen_by = models.CharField(max_length=10, choices=SeenBy, default=SeenBy.EDITORS)
    # Whether authors learn who wrote what.
    is_anonymous = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = user_field()
    closed_at = models.DateTimeField(null=True)
    closed_by = user_field(null=True)
    result = models.CharField(max_length=16, choices=RoundResult, blank=True)
    # What the group says of the material, with its votes; public where it was decided so.
    statement = models.TextField(max_length=4000, blank=True)
    votes_for = models.PositiveSmallIntegerField(null=True)
    votes_against = models.PositiveSmallIntegerField(null=True)
    votes_abstained = models.PositiveSmallIntegerField(null=True)
    is_statement_public = models.BooleanField(default=False)

    PRIVACY = Tags(
        public=(
            "id", "edition", "number", "opened_at", "closed_at", "result", "statement", "votes_for",
            "votes_against", "votes_abstained", "is_statement_public",
        ),
        internal=(
            "questions", "deadline", "seen_by", "is_anonymous", "version", "opened_by", "closed_by",
        ),
    )  # fmt: skip

    objects = ReviewRoundQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="review_round_number"),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(closed_at=None), name="review_round_one_open"
            ),
            pair("closed_at", "closed_by", name="review_round_closed_pair"),
            models.CheckConstraint(condition=Q(closed_at=None) | ~Q(result=""), name="review_round_result"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.number}"

    @property
    def material(self) -> Any:
        return self.edition.document.material

    @property
    def is_over(self) -> bool:
        return self.closed_at is not None

    @property
    def statement_lang(self) -> str:
        """The language of the statement where it is not the reader's, else empty."""
        return "cs" if (get_language() or "cs").startswith("en") and not self.statement_en else ""

    def get_desk_url(self) -> str:
        return reverse("desk-review", args=[self.pk])


class ReviewerQuerySet(LinkQuerySet["Reviewer"]):
    def visible_to(self, user: Any) -> "ReviewerQuerySet":
        return self if user.is_authenticated and user.has(Permission.MANAGE_MATERIALS) else self.none()

    def for_page(self) -> "ReviewerQuerySet":
        """Return what the page behind a link shows."""
        return self.select_related("expert", "round__edition__document__material", "round__opened_by")

    def reading(self) -> "ReviewerQuerySet":
        """Return those whose review is still to come."""
        return self.filter(state__in=READING)


class Reviewer(KeptLink):
    """One expert in one round: what they said to the invitation, and their review behind a personal link."""

    LINK_PAGE = "link"

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="reviewers")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="reviews")
    state = models.CharField("state", max_length=10, choices=ReviewState, default=ReviewState.INVITED)
    version = models.PositiveIntegerField(default=1)
    # The order in which substitutes are called.
    position = models.PositiveSmallIntegerField()
    # Whom a substitute was called for.
    stands_in_for = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="substitutes")
    invited_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    # When a reminder goes out, or somebody who does not answer is taken as silent.
    next_step_on = models.DateField(null=True)
    answered_at = models.DateTimeField(null=True)
    # Why somebody declined.
    why_not = models.CharField(max_length=300, blank=True)
    # Null until it was asked, at accepting; what it is stands beside it.
    has_conflict = models.BooleanField(null=True)
    conflict = models.CharField(max_length=600, blank=True)
    # One answer to each question of the round, in its order, and what they say besides.
    answers = models.JSONField(default=list)
    overall = models.TextField(max_length=8000, blank=True)
    delivered_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = user_field(null=True)

    MOVES = {
        ReviewState.WAITING: [ReviewState.INVITED, ReviewState.REVOKED],
        ReviewState.INVITED: [
            ReviewState.ACCEPTED, ReviewState.DECLINED, ReviewState.SILENT, ReviewState.REVOKED,
        ],
        ReviewState.ACCEPTED: [
            ReviewState.DELIVERED, ReviewState.DECLINED, ReviewState.SILENT, ReviewState.REVOKED,
        ],
        ReviewState.SILENT: [ReviewState.ACCEPTED, ReviewState.DECLINED, ReviewState.REVOKED],
        ReviewState.DELIVERED: [ReviewState.ACCEPTED],
    }  # fmt: skip
    PRIVACY = Tags(
        internal=(
            "id", "round", "expert", "state", "version", "position", "stands_in_for", "invited_at",
            "reminded_at", "next_step_on", "answered_at", "has_conflict", "answers", "overall",
            "delivered_at", "revoked_at", "revoked_by", "link_token", "link_digest",
        ),
        personal={
            "why_not": About("expert", Erase.BLANK, Retention.CASE_TEXT),
            "conflict": About("expert", Erase.BLANK, Retention.CASE_TEXT),
        },
    )  # fmt: skip

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "expert"], name="reviewer_once"),
            pair("revoked_at", "revoked_by", name="reviewer_revoked_pair"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_link_dead(self) -> bool:
        """Whether nothing stands behind the link yet, or no more."""
        if self.state in (ReviewState.WAITING, ReviewState.REVOKED):
            return True
        closed = self.round.closed_at
        return closed is not None and closed + READ_AFTERWARDS < timezone.now()

    @property
    def answered(self) -> list[tuple[str, str]]:
        """The questions that were answered, each with its answer."""
        return [pair for pair in zip(self.round.questions, self.answers, strict=False) if pair[1]]

    @property
    def is_late(self) -> bool:
        """Whether the review came after the day by which it was asked for, or has not come by then."""
        day = timezone.localdate(self.delivered_at) if self.delivered_at else timezone.localdate()
        return self.state in (*READING, ReviewState.DELIVERED) and day > self.round.deadline


class ReviewFile(models.Model):
    """A file that an expert sent with their review."""

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="files")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")

    PRIVACY = Tags(internal=("id", "reviewer", "attachment"))


class RemarkQuerySet(models.QuerySet["Remark"]):
    def delivered(self) -> "RemarkQuerySet":
        """Return what counts: the remarks of reviews that were delivered."""
        return self.filter(reviewer__state=ReviewState.DELIVERED)

    def unsettled(self) -> "RemarkQuerySet":
        return self.filter(settled_at=None)


class Remark(models.Model):
    """What an expert says of one passage; it follows the passage when the text moves.

    The passage is known by its words with a little of what stands before and behind them, and by the
    paragraph that they stood in. An empty `quote` means the whole paragraph; a remark without a chapter is
    one on a passage that is gone.
    """

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="remarks")
    chapter = models.ForeignKey(Chapter, on_delete=models.SET_NULL, null=True, related_name="remarks")
    # As the chapter was called, also once it is gone.
    heading = models.CharField(max_length=160)
    block = models.PositiveIntegerField()
    # All words of that paragraph, as they stood.
    passage = models.TextField(max_length=4000, blank=True)
    quote = models.TextField(max_length=2000, blank=True)
    prefix = models.CharField(max_length=80, blank=True)
    suffix = models.CharField(max_length=80, blank=True)
    text = models.TextField(max_length=4000)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=timezone.now)
    settled = models.CharField(max_length=10, choices=Settlement, blank=True)
    settled_reason = models.CharField(max_length=600, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = user_field(null=True)

    PRIVACY = Tags(
        internal=(
            "id", "reviewer", "chapter", "heading", "block", "passage", "quote", "prefix", "suffix", "text",
            "version", "written_at", "settled", "settled_reason", "settled_at", "settled_by",
        )
    )  # fmt: skip

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ["chapter__position", "block", "pk"]
        constraints = [pair("settled_at", "settled_by", name="remark_settled_pair")]

    def __str__(self) -> str:
        return str(self.pk)


class ConfirmationQuerySet(LinkQuerySet["Confirmation"]):
    def visible_to(self, user: Any) -> "ConfirmationQuerySet":
        return self if user.is_authenticated and user.has(Permission.MANAGE_MATERIALS) else self.none()

    def for_page(self) -> "ConfirmationQuerySet":
        """Return what the page behind a link shows."""
        return self.select_related("edition__document__material", "asked_by")

    def standing(self) -> "ConfirmationQuerySet":
        """Return what was not taken back."""
        return self.filter(revoked_at=None)

    def waiting(self) -> "ConfirmationQuerySet":
        """Return what nobody has answered or waived."""
        return self.standing().filter(confirmed_at=None, objected_at=None, waived_at=None)


class Confirmation(KeptLink):
    """That an author is asked to confirm the final text of an edition by a personal link."""

    LINK_PAGE = "link"

    edition = models.ForeignKey(MaterialEdition, on_delete=models.PROTECT, related_name="confirmations")
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail", max_length=254)
    language = models.CharField(max_length=2, default="cs")
    version = models.PositiveIntegerField(default=1)
    # What is written into the text after that has to be confirmed anew.
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = user_field()
    reminded_at = models.DateTimeField(null=True)
    next_step_on = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    objection = models.TextField(max_length=4000, blank=True)
    objected_at = models.DateTimeField(null=True)
    # Why the text may be published without it, and who has decided so.
    waived_reason = models.CharField(max_length=300, blank=True)
    waived_at = models.DateTimeField(null=True)
    waived_by = user_field(null=True)
    revoked_at = models.DateTimeField(null=True)

    PRIVACY = Tags(
        internal=(
            "id", "edition", "language", "version", "asked_at", "asked_by", "reminded_at",
            "next_step_on", "confirmed_at", "objection", "objected_at", "waived_reason", "waived_at",
            "waived_by", "revoked_at", "link_token", "link_digest",
        ),
        personal={"name": About("self", Erase.REPLACE), "email": About("self", Erase.BLANK)},
    )  # fmt: skip

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [pair("waived_at", "waived_by", name="confirmation_waived_pair")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_of_this_text(self) -> bool:
        """Whether the text is still the one that the author was asked to confirm."""
        saved_at = self.edition.saved_at
        return saved_at is None or saved_at <= self.asked_at

    @property
    def is_link_dead(self) -> bool:
        """Whether it was taken back, or the text is out."""
        return self.revoked_at is not None or self.edition.state not in OPEN

    def get_desk_url(self) -> str:
        return reverse("desk-confirmations", args=[self.edition.document.material_id])
