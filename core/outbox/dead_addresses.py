"""Addresses that mail came back from for good: nothing more is sent there until somebody says so."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from core import audit
from core.privacy import About, Erase, Retention, Tags


class DeadAddress(models.Model):
    """One address that its mail server does not know any more."""

    email = models.EmailField("e-mail", max_length=320, unique=True)
    since = models.DateTimeField("since", default=timezone.now)
    # What the other server said (RFC 3463: 5.1.1), and which message of ours came back.
    status = models.CharField("status", max_length=20)
    message_id = models.CharField(max_length=250, blank=True)

    PRIVACY = Tags(
        internal=("id", "since", "status", "message_id"),
        personal={"email": About("self", Erase.DELETE_ROW, Retention.CASE_TEXT)},
    )

    class Meta:
        ordering = ["-pk"]


_told: list[Callable[[str], object]] = []


def when_marked(tell: Callable[[str], object]) -> None:
    """Let an app know an address from which mail came back for good; called in its ready()."""
    _told.append(tell)


@transaction.atomic
def mark(email: str, status: str, message_id: str = "") -> DeadAddress:
    """Send nothing more to `email`, since mail came back with a permanent `status`; return its row.

    An address that is marked already keeps its first day.
    """
    row, is_new = DeadAddress.objects.get_or_create(
        email=_plain(email), defaults={"status": status[:20], "message_id": message_id[:250]}
    )
    if is_new:
        audit.record("mail.address_died", row, by=None, status=row.status)
    for tell in _told:
        tell(row.email)
    return row


@transaction.atomic
def revive(email: str, *, by: Any) -> bool:
    """Send mail to `email` again; tell whether it was marked as dead."""
    row = DeadAddress.objects.filter(email=_plain(email)).first()
    if row is None:
        return False
    audit.record("mail.address_revived", row, by=by, status=row.status)
    row.delete()
    return True


def is_dead(email: str) -> bool:
    """Tell whether mail to `email` came back for good."""
    return DeadAddress.objects.filter(email=_plain(email)).exists()


def dead_among(emails: Iterable[str]) -> set[str]:
    """Return those of some addresses that mail came back from for good."""
    plain = {email: _plain(email) for email in emails}
    dead = set(DeadAddress.objects.filter(email__in=plain.values()).values_list("email", flat=True))
    return {email for email, known in plain.items() if known in dead}


def _plain(email: str) -> str:
    return email.strip().lower()
