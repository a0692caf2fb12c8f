"""Good practice in a fixed shape, how it was assessed, and who took it over."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import search
from core.audit import user_field
from core.detector.justifications import Justification
from core.documents import footnotes
from core.documents.choices import State
from core.documents.models import Document, DocumentQuerySet, Edition, EditionQuerySet
from core.privacy import About, Erase, Tags
from municipalities.choices import STAGES, AdoptionState, Approach, Criterion, Precision, Verdict
from municipalities.models.exchange import ExchangeQuestion, counted
from municipalities.models.place import Municipality, visible_by_place

SEARCH_KIND, LESSON_KIND = "practice", "lesson"
# The texts of the fixed shape, in its order.
SECTIONS = {
    "need": _("Need"),
    "setting": _("Context"),
    "steps": _("Steps"),
    "resources": _("People and money"),
    "results": _("Results with evidence"),
    "failures": _("What failed"),
    "prerequisites": _("Prerequisites"),
}


class PracticeQuerySet(DocumentQuerySet):
    def visible_to(self, user: Any) -> "PracticeQuerySet":
        return visible_by_place(self, user)


class Practice(Document):
    """The stable address of a practice."""

    # Whose practice it is; empty when it comes from no single municipality.
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="practices"
    )
    # Empty for what the portal ships.
    proposed_by = user_field(null=True)
    # The question among municipalities that it was born from.
    from_question = models.ForeignKey(
        ExchangeQuestion, on_delete=models.SET_NULL, null=True, related_name="practices"
    )

    PRIVACY = Tags(
        public=(*Document.PUBLIC_FIELDS, "municipality"),
        internal=(*Document.INTERNAL_FIELDS, "proposed_by", "from_question"),
    )

    objects = PracticeQuerySet.as_manager()

    def get_ledger_url(self) -> str:
        return reverse("practice-ledger", args=[self.slug])

    def get_desk_ledger_url(self) -> str:
        return reverse("desk-practice-ledger", args=[self.pk])

    def get_my_url(self) -> str:
        return reverse("my-practice", args=[self.pk])

    def index_lessons(self) -> None:
        """Put into search where it was dropped and why, or take that out while it is not published."""
        edition = self.editions.published().first()
        steps = AdoptionStep.objects.filter(adoption__practice=self, state=AdoptionState.DROPPED)
        if edition is None:
            for pk in steps.values_list("pk", flat=True):
                search.drop(LESSON_KIND, pk)
            return
        rows = steps.select_related("adoption__municipality").order_by("pk")
        search.put_many((step.document(edition) for step in rows), scope=search.PUBLIC)


class PracticeEditionQuerySet(EditionQuerySet):
    def for_list(self) -> "PracticeEditionQuerySet":
        """Return what a list of practices shows, newest first: each with how many criteria it meets."""
        rows = super().for_list().with_criteria_met().select_related("document__municipality__region")
        runs = Adoption.objects.filter(practice=OuterRef("document_id"), state=AdoptionState.RUNNING)
        return rows.annotate(runs_count=counted(runs, "practice"))

    def for_desk(self) -> "PracticeEditionQuerySet":
        return super().for_desk().with_criteria_met().select_related("document__municipality")

    def for_page(self) -> "PracticeEditionQuerySet":
        return super().for_page().select_related("document__municipality__region")

    def with_criteria_met(self) -> "PracticeEditionQuerySet":
        met = Assessment.objects.filter(edition=OuterRef("pk"), verdict=Verdict.MET)
        return self.annotate(criteria_met=counted(met, "edition"))

    def labelled(self) -> "PracticeEditionQuerySet":
        return self.with_criteria_met().filter(criteria_met=len(Criterion))

    def not_labelled(self) -> "PracticeEditionQuerySet":
        """Return editions that miss a criterion, or were not assessed yet."""
        return self.with_criteria_met().filter(criteria_met__lt=len(Criterion))


class PracticeEdition(Edition):
    """One edition of a practice. A mark such as [1] in a text points to a line of `sources`."""

    document = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="editions")
    title = models.CharField(_("Title"), max_length=160)
    lead = models.TextField(_("In short"), max_length=400)
    approach = models.CharField(_("Approach"), max_length=20, choices=Approach)
    need = models.TextField(_("Need"), max_length=4000, blank=True)
    setting = models.TextField(_("Context"), max_length=4000, blank=True)
    steps = models.TextField(_("Steps"), max_length=8000, blank=True)
    resources = models.TextField(_("People and money"), max_length=4000, blank=True)
    results = models.TextField(_("Results with evidence"), max_length=4000, blank=True)
    failures = models.TextField(_("What failed"), max_length=4000, blank=True)
    prerequisites = models.TextField(_("Prerequisites"), max_length=4000, blank=True)
    # An office or a post, never a person's private contact.
    contact = models.CharField(_("Contact"), max_length=300, blank=True)
    # One source a line, in the order of the marks.
    sources = models.TextField(_("Sources"), max_length=8000, blank=True)
    reviewed_by = models.CharField(_("Reviewed by"), max_length=160, blank=True)

    LEAD = "lead"
    PRIVACY = Tags(
        public=(*Edition.PUBLIC_FIELDS, *SECTIONS, "title", "lead", "approach", "contact", "sources",
                "reviewed_by"),
        internal=Edition.INTERNAL_FIELDS,
    )  # fmt: skip

    objects = PracticeEditionQuerySet.as_manager()

    class Meta(Edition.Meta):
        indexes = [
            models.Index(
                fields=["-published_at", "-id"], name="practice_published", condition=Q(state=State.PUBLISHED)
            )
        ]

    @property
    def plain_lead(self) -> str:
        return footnotes.without_marks(self.lead)

    @property
    def has_label(self) -> bool:
        """Whether it meets every criterion; on rows of with_criteria_met() only."""
        return self.criteria_met == len(Criterion)

    def searched_texts(self) -> Iterator[str]:
        for code in ("cs", "en"):
            yield from (footnotes.without_marks(self.in_language(name, code)) for name in SECTIONS)

    def searched_lead(self, code: str) -> str:
        return footnotes.without_marks(super().searched_lead(code))

    def index(self) -> None:
        self.document.index_lessons()
        super().index()


class JustifiedHit(Justification):
    """A find of the check for personal data that stays in a practice."""

    edition = models.ForeignKey(PracticeEdition, on_delete=models.CASCADE, related_name="justified_hits")

    PRIVACY = Tags(
        internal=Justification.INTERNAL_FIELDS, personal={"found": About("edition", Erase.DELETE_ROW)}
    )


class Assessment(models.Model):
    """How an edition stands against one of the shown criteria."""

    edition = models.ForeignKey(PracticeEdition, on_delete=models.CASCADE, related_name="assessments")
    criterion = models.CharField(max_length=20, choices=Criterion)
    verdict = models.CharField(max_length=10, choices=Verdict)
    remark = models.CharField("remark", max_length=300, blank=True)
    assessed_at = models.DateTimeField(default=timezone.now)
    assessed_by = user_field()

    PRIVACY = Tags(
        public=("id", "edition", "criterion", "verdict", "remark", "assessed_at"), internal=("assessed_by",)
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "criterion"], name="assessment_once_a_criterion")
        ]


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def for_page(self) -> "AdoptionQuerySet":
        steps = models.Prefetch("steps", AdoptionStep.objects.in_order())
        rows = self.select_related("municipality__region", "practice").prefetch_related(steps)
        return rows.order_by("-municipality__population", "pk")

    def in_ledger(self) -> "AdoptionQuerySet":
        """Return adoptions as the ledger of a practice lists them: by stage, the newest change first."""
        stage = Case(*(When(state__in=states, then=number) for number, states in enumerate(STAGES.values())))
        last = AdoptionStep.objects.filter(adoption=OuterRef("pk")).order_by("-pk")
        rows = self.for_page().annotate(stage=stage, newest=Subquery(last.values("pk")[:1]))
        return rows.order_by("stage", "-newest", "-pk")

    def first_of_stages(self, most: int) -> "AdoptionQuerySet":
        """Return so many adoptions of each stage of the ledger, in its order."""
        place = Window(RowNumber(), partition_by=F("stage"), order_by=["-newest", "-pk"])
        return self.in_ledger().annotate(place=place).filter(place__lte=most)

    def counts(self) -> dict[str, int]:
        """Return how many adoptions there are in each state that has some."""
        return dict(self.order_by().values_list("state").annotate(Count("pk")))


class Adoption(models.Model):
    """How far a municipality is with a practice of another one (or its own)."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="adoptions")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="adoptions")
    state = models.CharField("state", max_length=10, choices=AdoptionState, default=AdoptionState.STUDIED)
    version = models.PositiveIntegerField(default=1)

    MOVES = {
        AdoptionState.STUDIED: [AdoptionState.PLANNED, AdoptionState.PILOTED, AdoptionState.RUNNING,
                                AdoptionState.DROPPED],
        AdoptionState.PLANNED: [AdoptionState.PILOTED, AdoptionState.RUNNING, AdoptionState.DROPPED],
        AdoptionState.PILOTED: [AdoptionState.RUNNING, AdoptionState.DROPPED],
        AdoptionState.RUNNING: [AdoptionState.DROPPED],
        # Who has dropped it may begin again, and say at once how far they are.
        AdoptionState.DROPPED: [AdoptionState.STUDIED, AdoptionState.PLANNED, AdoptionState.PILOTED,
                                AdoptionState.RUNNING],
    }  # fmt: skip
    PRIVACY = Tags(public=("id", "practice", "municipality", "state"), internal=("version",))

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "municipality"], name="adoption_once")]

    @property
    def last(self) -> "AdoptionStep | None":
        """The step that holds now; on rows of for_page() only."""
        return next(reversed(self.steps.all()), None)

    @property
    def is_of_the_practice(self) -> bool:
        """Whether the practice is this municipality's own."""
        return self.practice.municipality_id == self.municipality_id


class AdoptionStepQuerySet(models.QuerySet["AdoptionStep"]):
    def in_order(self) -> "AdoptionStepQuerySet":
        """Return steps from the first to the last, as they were entered: dates in a ledger never go back."""
        return self.order_by("pk")

    def lessons(self) -> "AdoptionStepQuerySet":
        """Return what was dropped of published practices and why, the newest first, as pages show it."""
        published = PracticeEdition.objects.published().values("document_id")
        rows = self.filter(state=AdoptionState.DROPPED, adoption__practice__in=published)
        return rows.select_related("adoption__municipality__region", "adoption__practice").order_by("-pk")


class AdoptionStep(models.Model):
    """One state of an adoption, since when and why. The steps together are the ledger."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=AdoptionState)
    # The first day that the date may mean; empty is not known.
    on = models.DateField("since", null=True)
    precision = models.CharField(max_length=5, choices=Precision, blank=True)
    reason = models.TextField("why", max_length=1000, blank=True)
    source = models.TextField("source", blank=True)
    # What they are in Czech, where they are looked at by language.
    reason_cs: str
    source_cs: str
    entered_at = models.DateTimeField(default=timezone.now)
    # Empty for what the portal ships.
    entered_by = user_field(null=True)

    PRIVACY = Tags(
        public=("id", "adoption", "state", "on", "precision", "reason", "source", "entered_at"),
        internal=("entered_by",),
    )

    objects = AdoptionStepQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["adoption", "id"], name="adoption_ledger"),
            models.Index(fields=["-id"], name="adoption_lessons", condition=Q(state=AdoptionState.DROPPED)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=AdoptionState.DROPPED) | Q(reason_cs__gt=""),
                name="adoption_dropped_for_reason",
            ),
            models.CheckConstraint(
                condition=Q(on=None, precision="") | (Q(on__isnull=False) & ~Q(precision="")),
                name="adoption_step_date",
            ),
        ]

    def document(self, edition: PracticeEdition) -> search.Document:
        """Return how it is found as a lesson; `edition` is the published one of the practice."""
        place = self.adoption.municipality
        return search.Document(
            LESSON_KIND,
            self.pk,
            url_name="practice",
            url_arg=edition.document.slug,
            title_cs=f"{place.name}: {edition.title_cs}",
            title_en=f"{place.name_en or place.name}: {edition.title_en}" if edition.title_en else "",
            lead_cs=self.reason_cs,
            lead_en=self.reason_en,
            municipality_id=place.pk,
        )
