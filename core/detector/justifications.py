"""Finds that stay in an edition's text: each one with a reason, for the sentence that it stands in."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import audit
from core.audit import user_field
from core.detector.finds import LONGEST, Find, open_finds
from core.states import Refused, refuse_for


class Justification(models.Model):
    """A find that a writer has looked at and keeps, with the reason.

    A subclass adds `edition`, a foreign key with the related name "justified_hits".
    """

    # What the find is known by; of what was justified before finds had a sentence, the words found.
    key = models.CharField(max_length=LONGEST)
    found = models.CharField(max_length=LONGEST)
    reason = models.CharField("why it may stay", max_length=300)
    justified_at = models.DateTimeField(default=timezone.now)
    justified_by = user_field()

    INTERNAL_FIELDS = ("id", "edition", "key", "reason", "justified_at", "justified_by")

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="%(app_label)s_%(class)s_once")
        ]

    def __str__(self) -> str:
        return f"justified find {self.pk}"


def justified(edition: Any) -> dict[str, Any]:
    """Return the justifications of an edition by the keys of the finds."""
    return {row.key: row for row in edition.justified_hits.select_related("justified_by")}


def reasons_against(edition: Any, finds: Iterable[Find]) -> list[str]:
    """Return a sentence for each of an edition's finds that is neither removed nor justified."""
    kept = set(edition.justified_hits.values_list("key", flat=True))
    return list(dict.fromkeys(str(one) for one in open_finds(finds, kept)))


def reasons_against_keeping(one: Find | None, reason: str) -> list[str]:
    """Return why a find (None: there is no such one) cannot stay for a reason; empty when it can."""
    if one is None:
        return [_("This is no longer in the text.")]
    if not reason.strip() and not one.may_stay_unexplained:
        return [_("Write why it may stay.")]
    return []


@transaction.atomic
def justify(edition: Any, finds: Iterable[Find], *, key: str, reason: str, by: Any) -> None:
    """Keep one of the finds in an edition, saying why; `by` then has a part in the text.

    Raises Refused without a reason where one is needed, or when nothing like that was found.
    """
    one = next((one for one in finds if one.key == key), None)
    reasons = reasons_against_keeping(one, reason)
    if one is None or reasons:
        raise Refused(reasons)
    _keep(edition, one, reason=reason, by=by)
    edition.writers.add(by)


@transaction.atomic
def keep_in_reason(edition: Any, finds: Iterable[Find], *, kept: Mapping[str, str], by: Any) -> None:
    """Keep finds in why an edition is withdrawn: `kept` has the key of each, with why it may stay.

    Raises Refused with a sentence for each find that is not kept.
    """
    finds = list(finds)
    refuse_for(
        [str(one) for one in finds if one.key not in kept or reasons_against_keeping(one, kept[one.key])]
    )
    for one in finds:
        _keep(edition, one, reason=kept[one.key], by=by)


def _keep(edition: Any, one: Find, *, reason: str, by: Any) -> None:
    words = {"found": one.found, "reason": reason.strip(), "justified_at": timezone.now(), "justified_by": by}
    edition.justified_hits.update_or_create(key=one.key, defaults=words)
    audit.record(f"{edition._meta.model_name.removesuffix('edition')}.justify", edition, by=by)
