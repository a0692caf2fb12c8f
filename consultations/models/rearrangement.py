"""What was put together or taken apart: requests and persons. Kept so that each of it can be undone."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.models.person import Person
from consultations.models.request import SupportRequest
from core.audit import user_field
from core.privacy import Tags
from core.states import pair


class RearrangementQuerySet(models.QuerySet["Rearrangement"]):
    def standing(self) -> "RearrangementQuerySet":
        """Return what has not been undone."""
        return self.filter(undone_at=None)

    def of(self, *requests: int) -> "RearrangementQuerySet":
        """Return what one of these requests was in, the newest first."""
        return self.filter(Q(source__in=requests) | Q(target__in=requests)).order_by("-pk")


class Rearrangement(models.Model):
    """One merge of `source` into `target`, or one split of `contacts` off `source` into the new `target`."""

    class Kind(models.TextChoices):
        MERGE = "merge", _("merged")
        SPLIT = "split", _("split off")

    kind = models.CharField(max_length=10, choices=Kind)
    source = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="rearranged_from")
    target = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="rearranged_into")
    # The numbers of the contacts that went from the source to the target when it was done.
    contacts = models.JSONField(default=list)
    # How the two stood before, in codes, numbers and dates; never a word of anybody's.
    before = models.JSONField(default=dict)
    done_at = models.DateTimeField(default=timezone.now)
    done_by = user_field()
    undone_at = models.DateTimeField(null=True)
    undone_by = user_field(null=True)

    PRIVACY = Tags(
        internal=(
            "id", "kind", "source", "target", "contacts", "before", "done_at", "done_by", "undone_at",
            "undone_by",
        )
    )  # fmt: skip

    objects = RearrangementQuerySet.as_manager()

    class Meta:
        constraints = [
            pair("undone_at", "undone_by", name="rearrangement_undone"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="rearrangement_of_two"),
            # Of two people who merge the same request at once, one wins.
            models.UniqueConstraint(
                fields=["source"],
                condition=Q(kind="merge", undone_at__isnull=True),
                name="rearrangement_merged_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class RequestLink(models.Model):
    """Two requests that have to do with each other. The one with the smaller number is the first."""

    first = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="links_onward")
    second = models.ForeignKey(SupportRequest, on_delete=models.CASCADE, related_name="links_back")
    linked_at = models.DateTimeField(default=timezone.now)
    linked_by = user_field()

    PRIVACY = Tags(internal=("id", "first", "second", "linked_at", "linked_by"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="request_link_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="request_link_in_order"),
        ]


class PersonMerge(models.Model):
    """Somebody was found to be the same as somebody else, and all that was theirs went to `into`."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges_into")
    # The numbers of the rows that went over, and the names of the fields that were filled.
    moved = models.JSONField(default=dict)
    done_at = models.DateTimeField(default=timezone.now)
    done_by = user_field()
    undone_at = models.DateTimeField(null=True)
    undone_by = user_field(null=True)

    PRIVACY = Tags(internal=("id", "person", "into", "moved", "done_at", "done_by", "undone_at", "undone_by"))

    class Meta:
        constraints = [
            pair("undone_at", "undone_by", name="person_merge_undone"),
            models.CheckConstraint(condition=~Q(person=F("into")), name="person_merge_of_two"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(undone_at__isnull=True), name="person_merged_once"
            ),
        ]

    def __str__(self) -> str:
        return f"merge of person {self.person_id}"
