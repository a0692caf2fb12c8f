"""Questions that officials of the municipalities ask each other."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core.audit import user_field
from core.privacy import About, Erase, Tags
from core.states import pair
from municipalities.choices import Approach, ReportReason
from municipalities.models.place import Municipality


def _is_reader(user: Any) -> bool:
    """Tell whether an account may read: the desk, and officials who speak for a municipality today."""
    if not user.has(Permission.USE_EXCHANGE):
        return False
    return user.has(Permission.VIEW_DESK) or Municipality.objects.spoken_for_by(user).exists()


class PostQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "PostQuerySet":
        """Return what an account may read; only moderators read what was hidden."""
        if not _is_reader(user):
            return self.none()
        return self if user.has(Permission.MODERATE_EXCHANGE) else self.filter(hidden_at=None)


class Post(models.Model):
    """What questions and answers have in common."""

    author = user_field()
    written_at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("text"), max_length=6000)
    hidden_at = models.DateTimeField(null=True)
    hidden_by = user_field(null=True)
    hidden_reason = models.CharField(_("why it is hidden"), max_length=300, blank=True)

    INTERNAL_FIELDS = ("id", "author", "written_at", "hidden_at", "hidden_by", "hidden_reason")

    class Meta:
        abstract = True
        constraints = [pair("hidden_at", "hidden_by", name="%(class)s_hidden_pair")]


class ExchangeQuestion(Post):
    """A question that an official asks all the others."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("question"), max_length=160)
    approach = models.CharField(_("about"), max_length=20, choices=Approach, blank=True)
    # When somebody wrote last; the list stands in this order.
    active_at = models.DateTimeField(default=timezone.now)
    # The author has what they needed.
    settled_at = models.DateTimeField(null=True)
    # The published answer that was made of it, by its number in the app that keeps those.
    summary_id = models.BigIntegerField(null=True)

    PRIVACY = Tags(
        internal=(*Post.INTERNAL_FIELDS, "municipality", "title", "approach", "active_at", "settled_at",
                  "summary_id"),
        personal={"text": About("author", Erase.KEEP)},
    )  # fmt: skip

    objects = PostQuerySet.as_manager()

    class Meta(Post.Meta):
        indexes = [
            models.Index(fields=["-active_at", "-id"], name="exchange_list"),
            models.Index(fields=["municipality", "-written_at"], name="exchange_of_municipality"),
        ]

    def __str__(self) -> str:
        return f"question {self.pk}"

    def get_absolute_url(self) -> str:
        """The page of the question."""
        return reverse("exchange-question", args=[self.pk])


class ExchangeAnswer(Post):
    """What somebody answers."""

    question = models.ForeignKey(ExchangeQuestion, on_delete=models.CASCADE, related_name="answers")
    # Empty when the Contact Centre answers.
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY = Tags(
        internal=(*Post.INTERNAL_FIELDS, "question", "municipality"),
        personal={"text": About("author", Erase.KEEP)},
    )

    objects = PostQuerySet.as_manager()

    class Meta(Post.Meta):
        indexes = [models.Index(fields=["question", "written_at", "id"], name="exchange_answers")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Thanks(models.Model):
    """Somebody whom an answer helped."""

    answer = models.ForeignKey(ExchangeAnswer, on_delete=models.CASCADE, related_name="thanks")
    by = user_field()
    at = models.DateTimeField(default=timezone.now)

    PRIVACY = Tags(internal=("id", "answer", "by", "at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "by"], name="thanks_once")]

    def __str__(self) -> str:
        return f"thanks {self.pk}"


class ExchangeReport(models.Model):
    """A reader's word that a question or an answer does not belong there."""

    question = models.ForeignKey(ExchangeQuestion, on_delete=models.CASCADE, related_name="reports")
    # Empty when the question itself is meant.
    answer = models.ForeignKey(ExchangeAnswer, on_delete=models.CASCADE, null=True, related_name="reports")
    reason = models.CharField(_("what is wrong"), max_length=20, choices=ReportReason)
    words = models.CharField(_("more about it"), max_length=500, blank=True)
    reported_at = models.DateTimeField(default=timezone.now)
    reported_by = user_field()
    settled_at = models.DateTimeField(null=True)
    settled_by = user_field(null=True)

    PRIVACY = Tags(
        internal=(
            "id", "question", "answer", "reason", "reported_at", "reported_by", "settled_at", "settled_by",
        ),
        personal={"words": About("reported_by", Erase.BLANK)},
    )  # fmt: skip

    class Meta:
        constraints = [pair("settled_at", "settled_by", name="exchange_report_settled_pair")]
        indexes = [models.Index(fields=["-id"], name="exchange_open_reports", condition=Q(settled_at=None))]

    def __str__(self) -> str:
        return f"report {self.pk}"


class ExchangeDigest(models.Model):
    """Somebody who wants a daily message of what is new."""

    user = models.OneToOneField("accounts.User", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    # Up to when the last message told.
    told_until = models.DateTimeField(default=timezone.now)

    PRIVACY = Tags(internal=("id", "user", "since", "told_until"))

    def __str__(self) -> str:
        return f"digest {self.pk}"
