"""Saying that one is on the page of a request, reading or writing, and that one leaves it.

Whoever has it before their eyes has read what the requester wrote last.

Nobody decides anything by it, so it leaves no audit entry.
"""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.permissions import Permission
from consultations.choices import Doing
from consultations.models import Presence, SupportRequest
from consultations.requests.actions import unread

# How many that are gone are cleared away by one beat, so that no beat takes long.
CLEARED = 20


@transaction.atomic
def beat(request: SupportRequest, *, doing: str, by: User, version: int | None = None) -> None:
    """Say that `by` is there. Who may not answer only reads. `version` is the request as a page that is
    looked at for the first time shows it.
    """
    doing = doing if by.has(Permission.ANSWER_REQUEST) else Doing.READING
    now = timezone.now()
    gone = Presence.objects.gone(now).order_by("seen_at").values_list("pk", flat=True)[:CLEARED]
    Presence.objects.filter(pk__in=list(gone)).delete()
    Presence.objects.bulk_create(
        [Presence(request=request, user=by, doing=doing, seen_at=now)],
        update_conflicts=True,
        unique_fields=["request", "user"],
        update_fields=["doing", "seen_at"],
    )
    if version is not None:
        unread.read(request, by=by, version=version)


def leave(request: SupportRequest, *, by: User) -> None:
    """Say that `by` has left the page; another open tab of theirs says otherwise at its next beat."""
    Presence.objects.filter(request=request, user=by).delete()
