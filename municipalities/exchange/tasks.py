"""The daily message of what is new in the exchange, for those who want it.

Each row holds up to when its person was told; moving it on is guarded, so that nothing is told twice.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.schedule import comes_back
from core.states import verb
from municipalities.exchange import emails
from municipalities.exchange.queries import news
from municipalities.models import ExchangeDigest
from municipalities.models.exchange import is_reader

HOUR = 7
# What is being written down this very moment is told tomorrow, so that it is never skipped.
SETTLED = timedelta(minutes=1)


def reasons_against_digest(*, by: User) -> list[str]:
    """Say why `by` cannot have the daily message; empty when they can."""
    return [] if is_reader(by) else [_("Only those who read the exchange can have the daily message.")]


@verb(against=reasons_against_digest)
def switch_on(*, by: User) -> None:
    """Send `by` a message on every morning with news; a second time changes nothing."""
    row, is_new = ExchangeDigest.objects.get_or_create(user=by)
    if is_new:
        audit.record("exchange.digest_on", row, by=by)
    send_digests.plan()


@transaction.atomic
def switch_off(*, by: User) -> None:
    """Send `by` no more messages; a second time changes nothing."""
    for row in ExchangeDigest.objects.filter(user=by):
        _remove(row, by=by)


def _remove(row: ExchangeDigest, *, by: User | None) -> None:
    audit.record("exchange.digest_off", row, by=by)
    row.delete()


def next_morning(now: datetime) -> datetime:
    """Return seven o'clock of today where that is still to come, else of tomorrow."""
    morning = timezone.localtime(now).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return morning if morning > now else morning + timedelta(days=1)


@comes_back(lambda: next_morning(timezone.now()) if ExchangeDigest.objects.exists() else None)
def send_digests() -> None:
    """Tell every subscriber what is new."""
    until = timezone.now() - SETTLED
    for row in ExchangeDigest.objects.select_related("user").order_by("pk"):
        _tell(row, until)


@transaction.atomic
def _tell(row: ExchangeDigest, until: datetime) -> None:
    """Write to one subscriber; whoever may no longer read is told nothing, and is no subscriber any more."""
    if not is_reader(row.user):
        _remove(row, by=None)
        return
    found = list(news(row.user, since=row.told_until, until=until)[: emails.MOST_NEWS + 1])
    mine = ExchangeDigest.objects.filter(pk=row.pk, told_until=row.told_until)
    if found and mine.update(told_until=until):
        emails.digest(row.user, found)
