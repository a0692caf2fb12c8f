"""Questions that officials of the municipalities ask each other."""

from datetime import timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accounts.permissions import Permission
from core.audit import user_field
from core.privacy import About, Erase, Tags
from core.states import pair
from municipalities.choices import Approach, ReportReason
from municipalities.models.membership import Membership
from municipalities.models.place import Municipality


def is_reader(user: Any) -> bool:
    """Tell whether an account may read: the desk, and officials who speak for a municipality today."""
    if not user.has(Permission.USE_EXCHANGE):
        return False
    return user.has(Permission.VIEW_DESK) or Municipality.objects.spoken_for_by(user).exists()


class PostQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Return what an account may meet at its address; of what is hidden the page shows the place only."""
        return self if is_reader(user) else self.none()

    def shown(self) -> Self:
        """Return what stands in lists, counts and messages: all that is not hidden."""
        return self.filter(hidden_at=None)

    def for_page(self) -> Self:
        """Return posts with all that tells who wrote them."""
        speaking = Membership.objects.current().filter(
            user=OuterRef("author"), municipality=OuterRef("municipality")
        )
        return self.select_related("author", "municipality__region").annotate(still_speaks=Exists(speaking))


class Post(models.Model):
    """What questions and answers have in common."""

    # Each has its own; an answer of the Contact Centre has none.
    municipality: "models.ForeignKey[Any, Municipality | None]"
    # Whether the author speaks for the municipality today, as for_page() finds it.
    still_speaks: bool

    author = user_field()
    written_at = models.DateTimeField(default=timezone.now)
    text = models.TextField("text", max_length=6000)
    edited_at = models.DateTimeField(null=True)
    # The key of the form that it came by, so that a form sent twice counts once.
    form_key = models.UUIDField(null=True)
    hidden_at = models.DateTimeField(null=True)
    hidden_by = user_field(null=True)
    hidden_reason = models.CharField("why it is hidden", max_length=300, blank=True)

    INTERNAL_FIELDS = (
        "id", "author", "written_at", "edited_at", "form_key", "hidden_at", "hidden_by", "hidden_reason",
    )  # fmt: skip

    class Meta:
        abstract = True
        constraints = [
            pair("hidden_at", "hidden_by", name="%(class)s_hidden_pair"),
            models.UniqueConstraint(fields=["author", "form_key"], name="%(class)s_sent_once"),
        ]

    @property
    def age(self) -> timedelta:
        return timezone.now() - self.written_at

    @property
    def who(self) -> str:
        """Who wrote it, in words; whoever has left the municipality is named by it alone."""
        if self.municipality is None:
            return gettext("Contact Centre")
        place = self.municipality.name
        if self.still_speaks and self.author.is_active:
            return f"{self.author.name}, {place}"
        return gettext("an official of %(municipality)s") % {"municipality": place}


class ExchangeQuestionQuerySet(PostQuerySet):
    def for_list(self) -> "ExchangeQuestionQuerySet":
        """Return what a list of questions shows, those first in which somebody wrote last."""
        answers = ExchangeAnswer.objects.shown().filter(question=OuterRef("pk"))
        rows = self.for_page().defer("text").annotate(answer_count=counted(answers, "question"))
        return rows.order_by("-active_at", "-pk")

    def unanswered(self) -> "ExchangeQuestionQuerySet":
        """Return questions that nobody has answered and whose authors still wait."""
        answers = ExchangeAnswer.objects.shown().filter(question=OuterRef("pk"))
        return self.filter(~Exists(answers), settled_at=None)


def counted(rows: models.QuerySet[Any], of: str) -> Coalesce:
    """Return the number of `rows`, already narrowed to one outer row, that have the same `of`."""
    counts = rows.order_by().values(of).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counts), 0)


class ExchangeQuestion(Post):
    """A question that an official asks all the others."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("question", max_length=160)
    approach = models.CharField("about", max_length=20, choices=Approach, blank=True)
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

    objects = ExchangeQuestionQuerySet.as_manager()

    class Meta(Post.Meta):
        indexes = [
            models.Index(fields=["-active_at", "-id"], name="exchange_list"),
            models.Index(fields=["municipality", "-written_at"], name="exchange_of_municipality"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("exchange-question", args=[self.pk])

    @property
    def thread(self) -> "ExchangeQuestion":
        return self


class ExchangeAnswerQuerySet(PostQuerySet):
    def for_question(self, reader: Any) -> "ExchangeAnswerQuerySet":
        """Return answers as the page of a question shows them: in order, with the thanks for them."""
        thanks = Thanks.objects.filter(answer=OuterRef("pk"))
        told = {"thanks_count": counted(thanks, "answer"), "is_thanked": Exists(thanks.filter(by=reader))}
        return self.for_page().annotate(**told).order_by("written_at", "pk")


class ExchangeAnswer(Post):
    """What somebody answers."""

    question = models.ForeignKey(ExchangeQuestion, on_delete=models.CASCADE, related_name="answers")
    # Empty when the Contact Centre answers.
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, null=True, related_name="+")

    PRIVACY = Tags(
        internal=(*Post.INTERNAL_FIELDS, "question", "municipality"),
        personal={"text": About("author", Erase.KEEP)},
    )

    objects = ExchangeAnswerQuerySet.as_manager()

    class Meta(Post.Meta):
        indexes = [
            models.Index(fields=["question", "written_at", "id"], name="exchange_answers"),
            models.Index(fields=["municipality", "-written_at"], name="exchange_answers_of"),
        ]

    def get_absolute_url(self) -> str:
        return f"{self.question.get_absolute_url()}#answer-{self.pk}"

    @property
    def thread(self) -> ExchangeQuestion:
        return self.question


AnyPost = ExchangeQuestion | ExchangeAnswer


class Thanks(models.Model):
    """Somebody whom an answer helped."""

    answer = models.ForeignKey(ExchangeAnswer, on_delete=models.CASCADE, related_name="thanks")
    by = user_field()
    at = models.DateTimeField(default=timezone.now)

    PRIVACY = Tags(internal=("id", "answer", "by", "at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "by"], name="thanks_once")]


class ExchangeReportQuerySet(models.QuerySet["ExchangeReport"]):
    def visible_to(self, user: Any) -> "ExchangeReportQuerySet":
        return self if user.has(Permission.MODERATE_EXCHANGE) else self.none()

    def unsettled(self) -> "ExchangeReportQuerySet":
        return self.filter(settled_at=None)

    def about(self, post: "AnyPost") -> "ExchangeReportQuerySet":
        is_answer = isinstance(post, ExchangeAnswer)
        return self.filter(answer=post) if is_answer else self.filter(question=post, answer=None)

    def for_list(self) -> "ExchangeReportQuerySet":
        related = ("question__author", "answer__author", "answer__question", "reported_by", "settled_by")
        return self.select_related(*related).order_by("-pk")


class ExchangeReport(models.Model):
    """A reader's word that a question or an answer does not belong there."""

    question = models.ForeignKey(ExchangeQuestion, on_delete=models.CASCADE, related_name="reports")
    # Empty when the question itself is meant.
    answer = models.ForeignKey(ExchangeAnswer, on_delete=models.CASCADE, null=True, related_name="reports")
    reason = models.CharField("what is wrong", max_length=20, choices=ReportReason)
    words = models.CharField("more about it", max_length=500, blank=True)
    reported_at = models.DateTimeField(default=timezone.now)
    reported_by = user_field()
    settled_at = models.DateTimeField(null=True)
    settled_by = user_field(null=True)

    PRIVACY = Tags(
        internal=("id", "question", "answer", "reason", "reported_at", "reported_by", "settled_at",
                  "settled_by"),
        personal={"words": About("reported_by", Erase.BLANK)},
    )  # fmt: skip

    objects = ExchangeReportQuerySet.as_manager()

    class Meta:
        constraints = [pair("settled_at", "settled_by", name="exchange_report_settled_pair")]
        indexes = [models.Index(fields=["-id"], name="exchange_open_reports", condition=Q(settled_at=None))]

    @property
    def post(self) -> "AnyPost":
        return self.answer or self.question


class ExchangeDigest(models.Model):
    """Somebody who wants a daily message of what is new."""

    user = models.OneToOneField("accounts.User", on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    # Up to when the last message told.
    told_until = models.DateTimeField(default=timezone.now)

    PRIVACY = Tags(internal=("id", "user", "since", "told_until"))
