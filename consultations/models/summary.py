"""A published answer: a text written anew, without the people it came from."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from consultations.choices import AnsweredBy, Audience, Certainty, Helpful
from consultations.models.request import SupportRequest
from consultations.models.topic import Topic
from core import search
from core.audit import user_field
from core.detector.justifications import Justification
from core.documents import markdown
from core.documents.publishing import Edition, EditionQuerySet, State
from core.privacy import About, Erase, Tags
from core.states import pair
from municipalities.choices import Size
from municipalities.models import Region

SEARCH_KIND = "summary"


class SummaryQuerySet(models.QuerySet["Summary"]):
    def visible_to(self, user: Any) -> "SummaryQuerySet":
        """Return the summaries that an account may see unpublished: the desk all, others none."""
        return self if user.has(Permission.VIEW_DESK) else self.none()


class Summary(models.Model):
    """The stable address of a published answer."""

    # Made of the question when it is first published, so that a name mended before that is in no address.
    slug = models.SlugField(max_length=90, unique=True, null=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = user_field()
    is_demo = models.BooleanField(default=False)
    # The question among municipalities that it was begun from, by its number.
    exchange_question_id = models.BigIntegerField(null=True)

    objects = SummaryQuerySet.as_manager()

    PRIVACY = Tags(
        public=("slug", "is_demo"), internal=("id", "created_at", "created_by", "exchange_question_id")
    )

    def __str__(self) -> str:
        return f"summary {self.pk}"

    def get_absolute_url(self) -> str:
        """The public page; there is one from the first publishing on."""
        return reverse("summary", args=[self.slug])

    def get_desk_url(self) -> str:
        """The page at the desk."""
        return reverse("desk-summary", args=[self.pk])


class SummaryEditionQuerySet(EditionQuerySet):
    def for_list(self) -> "SummaryEditionQuerySet":
        """Return what a list of summaries shows, newest first."""
        return (
            self.select_related("document", "topic")
            .defer("answer", "answer_html")
            .order_by("-published_at", "-pk")
        )

    def visible_to(self, user: Any) -> "SummaryEditionQuerySet":
        """Return the editions, drafts among them, that an account may see: the desk sees all, others none."""
        return self if user.has(Permission.VIEW_DESK) else self.none()

    def for_desk(self) -> "SummaryEditionQuerySet":
        """Return what the desk's list shows: the newest work first."""
        return self.select_related("topic", "author").defer("answer", "answer_html").order_by("-pk")

    def for_page(self) -> "SummaryEditionQuerySet":
        """Return editions with all that a page of one shows."""
        return self.select_related("document", "topic", "region").prefetch_related("audiences", "provisions")

    def about(self, topic: Topic) -> "SummaryEditionQuerySet":
        """Return editions whose topic, or one of whose other topics, is this."""
        others = self.model.other_topics.through.objects.filter(topic=topic).values("summaryedition_id")
        return self.filter(models.Q(topic=topic) | models.Q(pk__in=others))

    def for_audience(self, audience: str) -> "SummaryEditionQuerySet":
        """Return editions written for somebody."""
        return self.filter(pk__in=SummaryAudience.objects.filter(audience=audience).values("edition_id"))


class SummaryEdition(Edition):
    """One edition of a summary's text."""

    document = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="editions")
    question = models.CharField(_("question"), max_length=200)
    short_answer = models.TextField(_("short answer"), max_length=600)
    answer = models.TextField(_("answer"), blank=True)
    # Rendered and cleaned when it is saved, so that no reader waits for it.
    answer_html = models.TextField(blank=True)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("topic"))
    other_topics = models.ManyToManyField(Topic, related_name="+", blank=True, verbose_name=_("other topics"))
    # Stands for the municipality, whose name could tell who asked.
    size = models.CharField(_("size of the municipality"), max_length=20, choices=Size, blank=True)
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=pgettext_lazy("of the Czech Republic", "region"),
    )
    certainty = models.CharField(_("how certain"), max_length=20, choices=Certainty)
    answered_by = models.CharField(
        _("whose answer"), max_length=20, choices=AnsweredBy, default=AnsweredBy.CENTRE
    )
    valid_as_of = models.DateField(_("valid as of"))
    review_on = models.DateField(_("next check"), null=True, blank=True)

    PRIVACY = Tags(
        public=(
            *Edition.PUBLIC_FIELDS, "document", "question", "short_answer", "answer", "answer_html", "topic",
            "size", "region", "certainty", "answered_by", "valid_as_of", "review_on",
        ),
        internal=Edition.INTERNAL_FIELDS,
    )  # fmt: skip

    objects = SummaryEditionQuerySet.as_manager()

    class Meta(Edition.Meta):
        indexes = [
            models.Index(fields=["-id"], name="summary_in_review", condition=models.Q(state=State.IN_REVIEW)),
            models.Index(
                fields=["-published_at", "-id"],
                name="summary_published",
                condition=models.Q(state=State.PUBLISHED),
            ),
            models.Index(
                fields=["topic", "-published_at", "-id"],
                name="summary_by_topic",
                condition=models.Q(state=State.PUBLISHED),
            ),
            models.Index(
                fields=["size", "-published_at", "-id"],
                name="summary_by_size",
                condition=models.Q(state=State.PUBLISHED),
            ),
            models.Index(
                fields=["region", "-published_at", "-id"],
                name="summary_by_region",
                condition=models.Q(state=State.PUBLISHED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.number}"

    @property
    def languages(self) -> list[str]:
        """The languages that the text exists in, Czech first; it is whole in a language or not there."""
        return ["cs", "en"] if self.question_en else ["cs"]

    def shown_in(self, language: str) -> str:
        """Return the language in which a reader of `language` gets the text."""
        return language if language in self.languages else "cs"

    @property
    def shown_language(self) -> str:
        """The language in which the reader of this page gets the text."""
        return self.shown_in((get_language() or "cs")[:2])

    @property
    def foreign_language(self) -> str:
        """The language to mark the text with, where it is not the page's; else empty."""
        shown = self.shown_language
        return "" if shown == (get_language() or "cs")[:2] else shown

    def index(self) -> None:
        """Put the published text into search, or take it out."""
        if self.state != State.PUBLISHED:
            search.drop(SEARCH_KIND, self.document_id)
            return
        texts = (self.question_cs, self.question_en, self.short_answer_cs, self.short_answer_en)
        answers = (markdown.plain(self.answer_html_cs or ""), markdown.plain(self.answer_html_en or ""))
        search.put(
            SEARCH_KIND,
            self.document_id,
            scope=search.PUBLIC,
            title_cs=self.question_cs,
            title_en=self.question_en,
            lead_cs=self.short_answer_cs,
            lead_en=self.short_answer_en,
            text="\n".join(filter(None, texts + answers)),
            url_name="summary",
            url_arg=self.document.slug,
        )


class SummaryAudience(models.Model):
    """Whom an edition is written for."""

    edition = models.ForeignKey(SummaryEdition, on_delete=models.CASCADE, related_name="audiences")
    audience = models.CharField(max_length=20, choices=Audience)

    PRIVACY = Tags(public=("id", "edition", "audience"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audience", "edition"], name="summary_audience_once")]

    def __str__(self) -> str:
        return self.get_audience_display()


class LegalProvision(models.Model):
    """A provision of law that an edition relies on, as it stood on a day."""

    edition = models.ForeignKey(SummaryEdition, on_delete=models.CASCADE, related_name="provisions")
    citation = models.CharField(_("provision"), max_length=160)
    # The wording that the answer rests on: the one in force on this day.
    valid_as_of = models.DateField(_("wording of"))

    PRIVACY = Tags(public=("id", "edition", "citation", "valid_as_of"))

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.citation


class SummaryOrigin(models.Model):
    """The private link from a summary to a request that it answers."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="origins")
    request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="summary_origins")
    told_at = models.DateTimeField(null=True)

    PRIVACY = Tags(internal=("id", "summary", "request", "told_at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["summary", "request"], name="summary_origin_once")]

    def __str__(self) -> str:
        return f"origin {self.pk}"


class JustifiedHit(Justification):
    """A find that stays in a summary."""

    edition = models.ForeignKey(SummaryEdition, on_delete=models.CASCADE, related_name="justified_hits")

    PRIVACY = Tags(
        internal=Justification.INTERNAL_FIELDS, personal={"found": About("edition", Erase.DELETE_ROW)}
    )


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def mistakes(self) -> "FeedbackQuerySet":
        """Return what readers report as wrong, the open ones first, then the newest."""
        rows = self.exclude(mistake="").select_related("settled_by")
        return rows.order_by(models.F("settled_at").asc(nulls_first=True), "-pk")

    def unsettled(self) -> "FeedbackQuerySet":
        """Return reports of mistakes that nobody has settled."""
        return self.exclude(mistake="").filter(settled_at=None)


class Feedback(models.Model):
    """What a reader says of a summary: whether it helped, or what is wrong."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="feedback")
    helpful = models.CharField(max_length=3, choices=Helpful, blank=True)
    mistake = models.TextField(_("what is wrong"), max_length=2000, blank=True)
    given_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)
    settled_by = user_field(null=True)

    objects = FeedbackQuerySet.as_manager()

    PRIVACY = Tags(
        internal=("id", "summary", "helpful", "given_at", "settled_at", "settled_by"),
        personal={"mistake": About("self", Erase.DELETE_ROW)},
    )

    class Meta:
        indexes = [
            models.Index(fields=["summary", "helpful"], name="feedback_summary"),
            models.Index(
                fields=["summary"],
                name="feedback_unsettled",
                condition=models.Q(settled_at=None) & ~models.Q(mistake=""),
            ),
        ]
        constraints = [
            pair("settled_at", "settled_by", name="feedback_settled_pair"),
            models.CheckConstraint(
                condition=~models.Q(helpful="") | ~models.Q(mistake=""), name="feedback_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"feedback {self.pk}"
