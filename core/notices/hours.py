"""When mail of notices goes out: at the hour of the daily mail, and not in quiet hours."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from core.notices.models import DIGEST_AT, NoticeHours


def hours_of(users: Iterable[Any]) -> dict[int, NoticeHours]:
    """Return the hours of accounts by their numbers, the usual ones where one has chosen none."""
    usual = {user.pk: NoticeHours(user=user, digest_at=DIGEST_AT) for user in users}
    return usual | {row.user_id: row for row in NoticeHours.objects.filter(user__in=usual)}


def digest_after(hours: NoticeHours, moment: datetime) -> datetime:
    """Return when the next daily mail goes out."""
    return _next(hours.digest_at, moment)


def quiet_until(hours: NoticeHours, moment: datetime) -> datetime:
    """Return when a mail at once may go: now, or when the quiet hours that it falls into end."""
    if hours.quiet_from is None or hours.quiet_until is None:
        return moment
    end = _next(hours.quiet_until, moment)
    return moment if _next(hours.quiet_from, moment) < end else end


def _next(at: time, moment: datetime) -> datetime:
    """Return the first moment after another at which Czech clocks show a time."""
    today = timezone.localtime(moment).date()
    first = timezone.make_aware(datetime.combine(today, at))
    return first if first > moment else timezone.make_aware(datetime.combine(today + timedelta(days=1), at))
