"""Who did what, when: entries that outlive what they describe."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.middleware import request_id_now
from core.privacy import Tags


class AuditEntry(models.Model):
    """One verb done to one thing. No foreign keys: it survives the deletion of both.

    `details` holds codes and numbers only (states, slugs, counts), never names,
    addresses or text of a case. Words that the Centre keeps are public: those before
    a change, and of what was merged, stand there (core.audit.words).
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor_role = models.CharField(max_length=20)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    details = models.JSONField(default=dict)
    request_id = models.CharField(max_length=20)

    PRIVACY = Tags(
        internal=(
            "id", "at", "actor_id", "actor_role", "verb", "subject_kind", "subject_id", "details",
            "request_id",
        )
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id}"


def record(verb: str, subject: models.Model, *, by: Any, **details: Any) -> AuditEntry:
    """Write down that `by` (a user, or None for visitors and the portal itself) did `verb`.

    Call it inside the verb's own transaction. `details` must hold no personal data.
    """
    entry = _entry(verb, subject, by, details)
    entry.save()
    return entry


def record_all(verb: str, subjects: Iterable[tuple[models.Model, dict[str, Any]]], *, by: Any) -> None:
    """Write down that `by` did `verb` to many things at once, each with its details; see `record`."""
    AuditEntry.objects.bulk_create(
        [_entry(verb, subject, by, details) for subject, details in subjects], batch_size=500
    )


def _entry(verb: str, subject: models.Model, by: Any, details: dict[str, Any]) -> AuditEntry:
    return AuditEntry(
        actor_id=getattr(by, "pk", None),
        actor_role=getattr(by, "role", "") or "visitor",
        verb=verb,
        subject_kind=str(subject._meta.model_name),
        subject_id=subject.pk,
        details=details,
        request_id=request_id_now.get(),
    )


def entries_of(subject: models.Model) -> models.QuerySet[AuditEntry]:
    """Return the entries about one thing, oldest first."""
    rows = AuditEntry.objects.filter(subject_kind=subject._meta.model_name, subject_id=subject.pk)
    return rows.order_by("id")


def user_field(**options: Any) -> models.ForeignKey:
    """Return a reference to the account of who did something; the account is never deleted from under it."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", **options)
