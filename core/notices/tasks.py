"""What notices do by themselves: the daily mail goes out, and old ones are forgotten."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from core.notices import emails
from core.notices.models import Notice
from core.notices.queries import batches, visible
from core.outbox import mail
from core.schedule import comes_back, morning_of
from core.states import Conflict

# What was read is kept for so long, anything at all for a year.
READ_KEPT = timedelta(days=90)
KEPT = timedelta(days=365)
# So many receivers are written to in one transaction.
RECEIVERS = 200


@comes_back(lambda: Notice.objects.filter(digest_at__isnull=False).aggregate(at=Min("digest_at"))["at"])
def send_digests() -> None:
    """Send everybody whose hour has come one mail of what waits for it."""
    now = timezone.now()
    due = Notice.objects.filter(digest_at__lte=now).order_by("receiver")
    for receivers in batches(list(due.values_list("receiver", flat=True).distinct()), RECEIVERS):
        with suppress(Conflict), transaction.atomic():
            _send_to(receivers, now)


def _send_to(receivers: Sequence[int], now: datetime) -> None:
    """Write to some receivers; raises Conflict when another worker does this very moment."""
    due = Notice.objects.filter(receiver__in=receivers, digest_at__lte=now)
    rows = list(due.select_related("receiver", "actor").order_by("receiver", "pk"))
    if due.update(digest_at=None) != len(rows):
        raise Conflict(rows[0])
    waiting = visible(row for row in rows if row.read_at is None)
    told = [(user, list(theirs)) for user, theirs in groupby(waiting, attrgetter("receiver"))]
    letters = mail.queue_all([emails.digest(user, theirs) for user, theirs in told])
    for letter, (_user, theirs) in zip(letters, told, strict=True):
        for row in theirs:
            row.mail = letter
    Notice.objects.bulk_update(waiting, ["mail"], batch_size=300)


@comes_back(lambda: morning_of(timezone.localdate() + timedelta(days=1)))
def forget_old() -> None:
    """Delete what was read long ago, and whatever is old, every morning."""
    now = timezone.now()
    Notice.objects.filter(Q(read_at__lt=now - READ_KEPT) | Q(created_at__lt=now - KEPT)).delete()
