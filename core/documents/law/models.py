"""Provisions of law on which published texts rest, and what becomes of the texts when one changes."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.audit import user_field
from core.audit.words import OwnWords, OwnWordsQuerySet
from core.documents.law.choices import Settled
from core.privacy import Tags
from core.states import pair


class ProvisionQuerySet(OwnWordsQuerySet):
    def for_list(self) -> "ProvisionQuerySet":
        """Return provisions act by act, each with its changes."""
        return self.prefetch_related("changes").order_by("act", "place", "pk")


class Provision(OwnWords):
    """One provision of an act: all texts that cite it point at this row.

    `act` is its number in the Collection of Laws ("108/2006 Sb."), `place` where it stands in the act
    ("§ 33 odst. 2"), empty for the act as a whole. `citation` is how it is written out.
    """

    act = models.CharField(max_length=40)
    # Of a citation that names no act of the collection, all of it.
    place = models.CharField(max_length=160, blank=True)
    citation = models.CharField(max_length=160)
    # Where its wording can be read.
    url = models.URLField(max_length=300, blank=True)
    # What takes its place, where two rows turned out to be one provision.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    WORDS = {
        "act": gettext_lazy("Act"),
        "place": gettext_lazy("Place in the act"),
        "citation": gettext_lazy("Provision"),
        "url": gettext_lazy("Where its wording is"),
    }
    PRIVACY = Tags(
        public=("id", "act", "place", "citation", "url"),
        internal=("shipped", "version", "retired_at", "merged_into"),
    )

    objects: ClassVar[Any] = ProvisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["act", "place"], name="provision_once")]

    def __str__(self) -> str:
        return self.citation

    @property
    def slug(self) -> str:
        """What histories call it."""
        return f"{self.act} {self.place}".strip()

    def get_desk_url(self) -> str:
        return reverse("desk-provision", args=[self.pk])


class ProvisionChangeQuerySet(models.QuerySet["ProvisionChange"]):
    def with_progress(self) -> "ProvisionChangeQuerySet":
        """Return changes, each with how many texts it concerns (`texts`), how many are settled (`done`)."""
        is_done = models.Q(rechecks__settled_at__isnull=False)
        counts = {"texts": models.Count("rechecks"), "done": models.Count("rechecks", filter=is_done)}
        return self.select_related("provision", "marked_by").annotate(**counts)

    def going_on(self) -> "ProvisionChangeQuerySet":
        """Return those of which some texts are not settled, with their progress; the soonest first."""
        unsettled = Recheck.objects.open().filter(change=models.OuterRef("pk"))
        return self.with_progress().filter(models.Exists(unsettled)).order_by("in_force_on", "pk")


class ProvisionChange(models.Model):
    """That a provision changes: with what, from when, and who has marked it."""

    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="changes")
    # The act that changes it, in words: "zákon č. 84/2025 Sb.".
    changed_by = models.CharField(gettext_lazy("By what it is changed"), max_length=160)
    what = models.CharField(gettext_lazy("What changes"), max_length=400, blank=True)
    in_force_on = models.DateField(gettext_lazy("In force from"))
    marked_at = models.DateTimeField(default=timezone.now)
    marked_by = user_field()

    PRIVACY = Tags(
        public=("id", "provision", "changed_by", "what", "in_force_on"), internal=("marked_at", "marked_by")
    )

    objects = ProvisionChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.provision.citation} – {self.changed_by}"

    @property
    def is_in_force(self) -> bool:
        return self.in_force_on <= timezone.localdate()

    def get_desk_url(self) -> str:
        """Where the texts are that it concerns."""
        return f"{reverse('desk-to-check')}?change={self.pk}"


class CitedProvision(models.Model):
    """That an edition of a text rests on a provision, in its wording of a day.

    An app adds `edition`, a foreign key with the related name "provisions".
    """

    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="+")
    # The wording that the text rests on: the one in force on this day.
    valid_as_of = models.DateField("wording of")

    PUBLIC_FIELDS = ("id", "edition", "provision", "valid_as_of")

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.citation

    @property
    def citation(self) -> str:
        return self.provision.citation


class RecheckQuerySet(models.QuerySet["Recheck"]):
    def open(self) -> "RecheckQuerySet":
        return self.filter(settled_at=None)

    def of(self, kind: str, document_id: Any) -> "RecheckQuerySet":
        return self.filter(kind=kind, document_id=document_id)

    def marks(self, kind: str) -> models.Exists:
        """Return whether a document of a kind is to be checked, of an edition in a list."""
        return models.Exists(self.open().of(kind, models.OuterRef("document")))

    def for_list(self) -> "RecheckQuerySet":
        return self.select_related("change__provision", "owner", "deputy", "settled_by").order_by("pk")


class Recheck(models.Model):
    """That a published text has to be looked at, since a provision on which it rests changes.

    `kind` and `document_id` say which text: every kind of document has tables of its own.
    """

    change = models.ForeignKey(ProvisionChange, on_delete=models.CASCADE, related_name="rechecks")
    kind = models.CharField(max_length=40)
    document_id = models.BigIntegerField()
    # As it was called when the change was marked, so that the list asks no table of another app.
    title = models.CharField(max_length=300)
    owner = user_field(null=True)
    deputy = user_field(null=True)
    version = models.PositiveIntegerField(default=1)
    settled = models.CharField(max_length=12, choices=Settled, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = user_field(null=True)
    note = models.CharField(gettext_lazy("What was looked at"), max_length=400, blank=True)

    PRIVACY = Tags(
        public=("id", "change", "kind", "document_id", "title", "settled", "settled_at"),
        internal=("owner", "deputy", "version", "settled_by", "note"),
    )

    objects = RecheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "kind", "document_id"], name="recheck_once"),
            pair("settled_at", "settled_by", name="recheck_settled_pair"),
        ]
        indexes = [
            models.Index(
                fields=["kind", "document_id"], name="recheck_open", condition=models.Q(settled_at=None)
            ),
        ]

    def __str__(self) -> str:
        return _("To be checked: %(title)s") % {"title": self.title}

    def get_desk_url(self) -> str:
        """Where people work on the text."""
        return reverse(f"desk-{self.kind}", args=[self.document_id])
