"""A published answer: a text written anew, without the people it came from."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from consultations.choices import AnsweredBy, Certainty
from consultations.models.audience import Audience
from consultations.models.request import SupportRequest
from consultations.models.topic import Topic
from core.audit import user_field
from core.detector.justifications import Justification
from core.documents import models as documents
from core.documents.choices import State
from core.documents.law.editions import RestsOnLaw
from core.documents.law.models import CitedProvision, Recheck
from core.documents.models import Document, Edition, EditionQuerySet
from core.privacy import About, Erase, Tags
from municipalities.choices import Size
from municipalities.models import Region

SEARCH_KIND = "summary"


class Summary(Document):
    """The stable address of a published answer."""

    created_by = user_field()
    # The question among municipalities that it was begun from, by its number.
    exchange_question_id = models.BigIntegerField(null=True)

    PRIVACY = Tags(
        public=Document.PUBLIC_FIELDS,
        internal=(*Document.INTERNAL_FIELDS, "created_by", "exchange_question_id"),
    )


class SummaryEditionQuerySet(EditionQuerySet):
    def for_list(self) -> "SummaryEditionQuerySet":
        """Return what a list of summaries shows, newest first."""
        rows = super().for_list().select_related("topic").defer("answer", "answer_html")
        return rows.annotate(is_to_check=Recheck.objects.all().marks(SEARCH_KIND))

    def for_desk(self) -> "SummaryEditionQuerySet":
        """Return what the desk's list shows: the newest work first."""
        return super().for_desk().select_related("topic").defer("answer", "answer_html")

    def for_page(self) -> "SummaryEditionQuerySet":
        """Return editions with all that a page of one shows."""
        rows = super().for_page().select_related("topic", "region")
        return rows.prefetch_related("audiences", "provisions__provision")

    def about(self, topic: Topic) -> "SummaryEditionQuerySet":
        """Return editions whose topic, or one of whose other topics, is this."""
        others = self.model.other_topics.through.objects.filter(topic=topic).values("summaryedition_id")
        return self.filter(models.Q(topic=topic) | models.Q(pk__in=others))

    def for_audience(self, slug: str) -> "SummaryEditionQuerySet":
        """Return editions written for the audience that a slug leads to, also when it is offered no more."""
        through = self.model.audiences.through.objects
        written = through.filter(audience__in=Audience.objects.led_to(slug).values("pk"))
        return self.filter(pk__in=written.values("summaryedition_id"))


class SummaryEdition(RestsOnLaw):
    """One edition of a summary's text."""

    document = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="editions")
    question = models.CharField(_("question"), max_length=200)
    short_answer = models.TextField(_("Short answer"), max_length=600)
    answer = models.TextField(_("answer"), max_length=20_000, blank=True)
    answer_html = models.TextField(blank=True, editable=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", verbose_name=_("Topic"))
    other_topics = models.ManyToManyField(Topic, related_name="+", blank=True, verbose_name=_("Other topics"))
    audiences = models.ManyToManyField(Audience, related_name="+", verbose_name=_("For whom"))
    # Stands for the municipality, whose name could tell who asked.
    size = models.CharField(_("Size of the municipality"), max_length=20, choices=Size, blank=True)
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of the Czech Republic", "Region"),
    )
    certainty = models.CharField(_("How certain"), max_length=20, choices=Certainty)
    answered_by = models.CharField(
        _("Whose answer"), max_length=20, choices=AnsweredBy, default=AnsweredBy.CENTRE
    )
    valid_as_of = models.DateField(_("valid as of"))

    TITLE, LEAD = "question", "short_answer"
    PRIVACY = Tags(
        public=(
            *Edition.PUBLIC_FIELDS, "question", "short_answer", "answer", "answer_html", "topic", "size",
            "region", "certainty", "answered_by", "valid_as_of",
        ),
        internal=Edition.INTERNAL_FIELDS,
    )  # fmt: skip

    objects = SummaryEditionQuerySet.as_manager()

    class Meta(RestsOnLaw.Meta):
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


class LegalProvision(CitedProvision):
    """A provision of law that a summary rests on, as it stood on a day."""

    edition = models.ForeignKey(SummaryEdition, on_delete=models.CASCADE, related_name="provisions")

    PRIVACY = Tags(public=CitedProvision.PUBLIC_FIELDS)


class SummaryOrigin(models.Model):
    """The private link from a summary to a request that it answers."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="origins")
    request = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="summary_origins")
    told_at = models.DateTimeField(null=True)

    PRIVACY = Tags(internal=("id", "summary", "request", "told_at"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["summary", "request"], name="summary_origin_once")]


class JustifiedHit(Justification):
    """A find that stays in a summary."""

    edition = models.ForeignKey(SummaryEdition, on_delete=models.CASCADE, related_name="justified_hits")

    PRIVACY = Tags(
        internal=Justification.INTERNAL_FIELDS, personal={"found": About("edition", Erase.DELETE_ROW)}
    )


class Feedback(documents.Feedback):
    """What a reader says of a summary: whether it helped, or what is wrong."""

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="feedback")

    PRIVACY = Tags(
        internal=(*documents.Feedback.INTERNAL_FIELDS, "summary"),
        personal=documents.Feedback.PERSONAL_FIELDS,
    )

    class Meta(documents.Feedback.Meta):
        indexes = [
            models.Index(fields=["summary", "helpful"], name="feedback_summary"),
            models.Index(
                fields=["summary"],
                name="feedback_unsettled",
                condition=models.Q(settled_at=None) & ~models.Q(mistake=""),
            ),
        ]
