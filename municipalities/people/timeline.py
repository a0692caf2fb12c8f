"""What a municipality's timeline tells of the people who speak for it."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.templatetags.ui import day
from municipalities.hooks import Entry
from municipalities.models import Membership, Municipality


def entries(municipality: Municipality, _reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return who began and who ceased to speak for the municipality before a moment, newest first."""
    last = timezone.localdate(before)
    rows = Membership.objects.for_list().filter(municipality=municipality)
    begun = rows.filter(starts_on__lte=last).order_by("-starts_on", "-pk")[: limit + 1]
    ended = rows.filter(ends_on__lte=last).order_by("-ends_on", "-pk")[: limit + 1]
    told = [*_begun(begun), *_ended(ended)]
    earlier = [entry for entry in told if entry.at < before]
    return sorted(earlier, key=lambda entry: entry.at, reverse=True)[:limit]


def _begun(rows: Any) -> Iterator[Entry]:
    for row in rows:
        title = _("Speaks for the municipality from this day on (%(role)s)")
        title %= {"role": row.get_role_display()}
        yield Entry(_morning(row.starts_on), "memberships", title, who=row.user.name, when=day(row.starts_on))


def _ended(rows: Any) -> Iterator[Entry]:
    for row in rows:
        title = _("No longer speaks for the municipality (%(role)s)") % {"role": row.get_role_display()}
        yield Entry(_morning(row.ends_on), "memberships", title, who=row.user.name, when=day(row.ends_on))


def _morning(date_: date) -> datetime:
    return timezone.make_aware(datetime.combine(date_, time()))
