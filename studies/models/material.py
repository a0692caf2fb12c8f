"""The expert materials: the places of the plan of thirteen, and what the Centre adds to them."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from core.audit import user_field
from core.audit.words import OwnWords, OwnWordsQuerySet
from core.loading import Precision, last_day
from core.privacy import About, Erase, Tags
from studies.choices import OUT, TIE_MEANS, Kind, Language, PlanState, Tie
from studies.models.audience import Audience, Titled


class MaterialQuerySet(OwnWordsQuerySet):
    def visible_to(self, user: Any) -> "MaterialQuerySet":
        return self if user.is_authenticated and user.has(Permission.VIEW_DESK) else self.none()

    def reachable(self) -> "MaterialQuerySet":
        """Return what has a public page: the plan of thirteen, and what came out beside it."""
        return self.filter(Q(place__isnull=False) | Q(state__in=OUT))

    def published(self) -> "MaterialQuerySet":
        """Return what public lists show; what was put away keeps its page alone."""
        return self.reachable().filter(retired_at=None)

    def for_list(self) -> "MaterialQuerySet":
        """Return what lists show, each with its audience: what is out first, in the order of the plan."""
        is_to_come = Case(When(state__in=OUT, then=0), default=1, output_field=models.SmallIntegerField())
        order = (is_to_come, F("place").asc(nulls_last=True), "position", "pk")
        return self.select_related("owner", "deputy").prefetch_related("audience").order_by(*order)

    def for_desk(self) -> "MaterialQuerySet":
        """Return what lists at the desk show, each with who looks after it."""
        return self.for_list().prefetch_related(None)


class Material(Titled, OwnWords):
    """One expert material, as far as it is known: a place of the plan of thirteen, or one beside it.

    Null or empty means that nobody has verified the value. Abstract and notes are in our own words. An
    announced material whose title is not known yet has none.
    """

    slug = models.SlugField(max_length=80, unique=True)
    position = models.PositiveSmallIntegerField()
    # Which of the thirteen it is; null for what the plan did not announce.
    place = models.PositiveSmallIntegerField(null=True, unique=True)
    state = models.CharField("state", max_length=16, choices=PlanState, default=PlanState.ANNOUNCED)
    # Empty where there is no text yet whose tie could be judged.
    tie = models.CharField(max_length=10, choices=Tie, blank=True)
    # Why the title is only a working one.
    title_note = models.TextField(blank=True)
    kind = models.CharField(max_length=24, choices=Kind, blank=True)
    audience = models.ManyToManyField(Audience, related_name="materials")
    authors = models.JSONField(default=list)
    publisher = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    # The first day that the date of the last change may mean, and how much of it is known.
    updated_on = models.DateField(null=True)
    updated_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    pages = models.PositiveIntegerField(null=True)
    abstract = models.TextField(blank=True)
    topics = models.JSONField(default=list)
    language = models.CharField(max_length=2, choices=Language, blank=True)
    related = models.TextField(blank=True)
    note = models.TextField(blank=True)
    source = models.TextField(blank=True)
    # By when it was promised, and why it comes later than that.
    planned_on = models.DateField(null=True)
    planned_precision = models.CharField(max_length=5, choices=Precision, blank=True)
    delay_reason = models.CharField(max_length=300, blank=True)
    owner = user_field(null=True)
    deputy = user_field(null=True)
    is_demo = models.BooleanField(default=False)

    MOVES = {
        PlanState.ANNOUNCED: [PlanState.COMMISSIONED, PlanState.DRAFTED, PlanState.PUBLISHED],
        PlanState.COMMISSIONED: [PlanState.DRAFTED, PlanState.ANNOUNCED],
        PlanState.DRAFTED: [PlanState.IN_EXPERT_REVIEW, PlanState.FINISHING, PlanState.PUBLISHED],
        PlanState.IN_EXPERT_REVIEW: [PlanState.FINISHING, PlanState.DRAFTED],
        PlanState.FINISHING: [PlanState.PUBLISHED, PlanState.IN_EXPERT_REVIEW, PlanState.DRAFTED],
        PlanState.PUBLISHED: [PlanState.DRAFTED, PlanState.SUPERSEDED],
        PlanState.SUPERSEDED: [PlanState.PUBLISHED],
    }
    WORDS = {
        "title": _("Title"),
        "title_note": _("What is not certain of the title"),
        "place": _("Place in the plan"),
        "tie": _("Tie to the project"),
        "kind": _("Kind"),
        "audience": _("For whom"),
        "authors": _("Authors"),
        "publisher": _("Publisher"),
        "year": _("year"),
        "updated_on": _("Updated"),
        "updated_precision": _("How much of the date is known"),
        "pages": _("Number of pages"),
        "abstract": _("What it is about"),
        "topics": _("Topics"),
        "language": _("Language"),
        "related": _("Related"),
        "note": pgettext_lazy("of a material", "Note"),
        "source": _("Where we know it from"),
        "planned_on": _("Promised by"),
        "planned_precision": _("How much of the promised date is known"),
        "delay_reason": _("Why it is late"),
        "owner": _("Looked after by"),
        "deputy": _("Deputy"),
    }
    PRIVACY = Tags(
        public=(
            "id", "slug", "position", "place", "state", "tie", "title", "title_note", "kind", "authors",
            "publisher", "year", "updated_on", "updated_precision", "pages", "abstract", "topics",
            "language", "related", "note", "source", "planned_on", "planned_precision", "delay_reason",
            "is_demo",
        ),
        internal=("shipped", "version", "retired_at", "owner", "deputy"),
    )  # fmt: skip

    objects = MaterialQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The title, or that it is not known yet, with the place that tells it from others without one."""
        if self.title:
            return self.title
        return gettext("Announced, title not yet known (place %(place)s)") % {"place": self.place}

    @property
    def is_out(self) -> bool:
        return self.state in OUT

    @property
    def is_public(self) -> bool:
        return self.is_in_use and (self.place is not None or self.is_out)

    @property
    def promised_until(self) -> date | None:
        """The last day that the promised date may mean; None where nothing was promised."""
        return last_day(self.planned_on, self.planned_precision) if self.planned_on else None

    @property
    def is_late(self) -> bool:
        """Whether the promised date has passed and readers have nothing yet."""
        until = self.promised_until
        return not self.is_out and until is not None and until < timezone.localdate()

    @property
    def days_left(self) -> int | None:
        """How many days there are until the last one promised, fewer than none once it has passed."""
        until = self.promised_until
        return None if until is None else (until - timezone.localdate()).days

    @property
    def days_late(self) -> int:
        return max(0, -(self.days_left or 0))

    def get_absolute_url(self) -> str:
        return reverse("material", args=[self.slug])

    def get_desk_url(self) -> str:
        return reverse("desk-material", args=[self.pk])

    @property
    def tie_means(self) -> str:
        return str(TIE_MEANS[Tie(self.tie)]) if self.tie else ""


class ContractQuerySet(models.QuerySet["Contract"]):
    def visible_to(self, user: Any) -> "ContractQuerySet":
        return self if user.is_authenticated and user.has(Permission.MANAGE_MATERIALS) else self.none()

    def open(self) -> "ContractQuerySet":
        """Return what has not been delivered, each with its material and who looks after that."""
        return self.filter(delivered_on=None).select_related("material__owner", "material__deputy")


class Contract(models.Model):
    """A contract with whoever makes a material; of the office alone."""

    material = models.ForeignKey(Material, on_delete=models.PROTECT, related_name="contracts")
    supplier = models.CharField(_("Supplier"), max_length=200)
    subject = models.CharField(_("What is to be delivered"), max_length=300, blank=True)
    signed_on = models.DateField(_("Signed on"), null=True, blank=True)
    due_on = models.DateField(_("Due on"), null=True, blank=True)
    delivered_on = models.DateField(_("Delivered on"), null=True, blank=True)
    note = models.TextField(pgettext_lazy("of a contract", "Note"), max_length=1000, blank=True)
    # The day of the next reminder; empty when none is left.
    next_step_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    written_at = models.DateTimeField(default=timezone.now)
    written_by = user_field()

    PRIVACY = Tags(
        internal=(
            "id", "material", "subject", "signed_on", "due_on", "delivered_on", "next_step_on", "version",
            "written_at", "written_by",
        ),
        personal={"supplier": About("self", Erase.REPLACE), "note": About("self", Erase.BLANK)},
    )  # fmt: skip

    objects = ContractQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.supplier

    @property
    def is_overdue(self) -> bool:
        return not self.delivered_on and self.due_on is not None and self.due_on < timezone.localdate()
