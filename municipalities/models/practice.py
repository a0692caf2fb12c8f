"""Good practice in a fixed shape, how it was assessed, and who took it over."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core.audit import user_field
from core.privacy import Tags
from core.publishing import Edition, EditionQuerySet, State
from municipalities.choices import AdoptionState, Approach, Criterion, Precision, Verdict
from municipalities.models.exchange import ExchangeQuestion
from municipalities.models.place import Municipality

SEARCH_KIND = "practice"


class PracticeQuerySet(models.QuerySet["Practice"]):
    def visible_to(self, user: Any) -> "PracticeQuerySet":
        """Return the practices whose drafts an account may see: the desk all, officials their own places'."""
        if user.has(Permission.VIEW_DESK):
            return self
        if not user.has(Permission.SPEAK_FOR_MUNICIPALITY):
            return self.none()
        return self.filter(municipality__in=Municipality.objects.spoken_for_by(user))


class Practice(models.Model):
    """The stable address of a practice."""

    # Made of the title when it is first published.
    slug = models.SlugField(max_length=90, unique=True, null=True)
    # Whose practice it is; empty when it comes from no single municipality.
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, related_name="practices"
    )
    # Empty for what the portal ships.
    proposed_by = user_field(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    # The question among municipalities that it was born from.
    from_question = models.ForeignKey(
        ExchangeQuestion, on_delete=models.SET_NULL, null=True, related_name="practices"
    )
    is_demo = models.BooleanField(default=False)

    PRIVACY = Tags(
        public=("slug", "municipality", "is_demo"),
        internal=("id", "proposed_by", "created_at", "from_question"),
    )

    objects = PracticeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"practice {self.pk}"

    def get_absolute_url(self) -> str:
        """The public page; there is one from the first publishing on."""
        return reverse("practice", args=[self.slug])

    def get_desk_url(self) -> str:
        """The page at the desk."""
        return reverse("desk-practice", args=[self.pk])

    def get_my_url(self) -> str:
        """The page of the officials whose municipality it comes from."""
        return reverse("my-practice", args=[self.pk])


class PracticeEditionQuerySet(EditionQuerySet):
    def for_list(self) -> "PracticeEditionQuerySet":
        """Return what a list of practices shows, newest first."""
        return self.select_related("document__municipality__region").order_by("-published_at", "-pk")


class PracticeEdition(Edition):
    """One edition of a practice. A mark such as [1] in a text points to a line of `sources`."""

    document = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="editions")
    title = models.CharField(_("title"), max_length=160)
    lead = models.TextField(_("in short"), max_length=400)
    approach = models.CharField(_("approach"), max_length=20, choices=Approach)
    need = models.TextField(_("need"), max_length=4000, blank=True)
    setting = models.TextField(_("context"), max_length=4000, blank=True)
    steps = models.TextField(_("steps"), max_length=8000, blank=True)
    resources = models.TextField(_("people and money"), max_length=4000, blank=True)
    results = models.TextField(_("results with evidence"), max_length=4000, blank=True)
    failures = models.TextField(_("what failed"), max_length=4000, blank=True)
    prerequisites = models.TextField(_("prerequisites"), max_length=4000, blank=True)
    # An office or a post, never a person's private contact.
    contact = models.CharField(_("contact"), max_length=300, blank=True)
    # One source a line, in the order of the marks.
    sources = models.TextField(_("sources"), max_length=8000, blank=True)
    reviewed_by = models.CharField(_("reviewed by"), max_length=160, blank=True)
    review_on = models.DateField(_("next review"), null=True, blank=True)

    PRIVACY = Tags(
        public=(
            *Edition.PUBLIC_FIELDS, "document", "title", "lead", "approach", "need", "setting", "steps",
            "resources", "results", "failures", "prerequisites", "contact", "sources", "reviewed_by",
            "review_on",
        ),
        internal=Edition.INTERNAL_FIELDS,
    )  # fmt: skip

    objects = PracticeEditionQuerySet.as_manager()

    class Meta(Edition.Meta):
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="practice_published",
                condition=Q(state=State.PUBLISHED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.number}"


class Assessment(models.Model):
    """How an edition stands against one of the shown criteria."""

    edition = models.ForeignKey(PracticeEdition, on_delete=models.CASCADE, related_name="assessments")
    criterion = models.CharField(max_length=20, choices=Criterion)
    verdict = models.CharField(max_length=10, choices=Verdict)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    assessed_at = models.DateTimeField(default=timezone.now)
    assessed_by = user_field()

    PRIVACY = Tags(
        public=("id", "edition", "criterion", "verdict", "remark", "assessed_at"), internal=("assessed_by",)
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "criterion"], name="assessment_once_a_criterion")
        ]

    def __str__(self) -> str:
        return f"assessment {self.pk}"


class AdoptionQuerySet(models.QuerySet["Adoption"]):
    def for_page(self) -> "AdoptionQuerySet":
        """Return adoptions with their municipality and every step, as pages show them."""
        return (
            self.select_related("municipality__region", "practice")
            .prefetch_related(models.Prefetch("steps", AdoptionStep.objects.in_order()))
            .order_by("-municipality__population", "pk")
        )


class Adoption(models.Model):
    """How far a municipality is with a practice of another one (or its own)."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="adoptions")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="adoptions")
    state = models.CharField(_("state"), max_length=10, choices=AdoptionState, default=AdoptionState.STUDIED)
    version = models.PositiveIntegerField(default=1)

    MOVES = {
        AdoptionState.STUDIED: [
            AdoptionState.PLANNED,
            AdoptionState.PILOTED,
            AdoptionState.RUNNING,
            AdoptionState.DROPPED,
        ],
        AdoptionState.PLANNED: [AdoptionState.PILOTED, AdoptionState.RUNNING, AdoptionState.DROPPED],
        AdoptionState.PILOTED: [AdoptionState.RUNNING, AdoptionState.DROPPED],
        AdoptionState.RUNNING: [AdoptionState.DROPPED],
        AdoptionState.DROPPED: [AdoptionState.STUDIED, AdoptionState.PLANNED],
    }
    PRIVACY = Tags(public=("id", "practice", "municipality", "state"), internal=("version",))

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "municipality"], name="adoption_once")]

    def __str__(self) -> str:
        return f"adoption {self.pk}"


class AdoptionStepQuerySet(models.QuerySet["AdoptionStep"]):
    def in_order(self) -> "AdoptionStepQuerySet":
        """Return steps from the first to the last."""
        return self.order_by("on", "pk")


class AdoptionStep(models.Model):
    """One state of an adoption, since when and why. The steps together are the ledger."""

    adoption = models.ForeignKey(Adoption, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=AdoptionState)
    # The first day that the date may mean; empty is not known.
    on = models.DateField(_("since"), null=True)
    precision = models.CharField(max_length=5, choices=Precision, blank=True)
    reason = models.TextField(_("why"), max_length=1000, blank=True)
    source = models.TextField(_("source"), blank=True)
    entered_at = models.DateTimeField(default=timezone.now)
    # Empty for what the portal ships.
    entered_by = user_field(null=True)

    PRIVACY = Tags(
        public=("id", "adoption", "state", "on", "precision", "reason", "source", "entered_at"),
        internal=("entered_by",),
    )

    objects = AdoptionStepQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["adoption", "on", "id"], name="adoption_ledger")]
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

    def __str__(self) -> str:
        return f"step {self.pk}"
