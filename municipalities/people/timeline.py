"""What a municipality's timeline tells of the people who speak for it."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.templatetags.ui import day
from municipalities.hooks import Entry, morning, newest
from municipalities.models import Membership, Municipality


def entries(municipality: Municipality, _reader: Any, before: datetime, limit: int) -> list[Entry]:
    """Return who began and who ceased to speak for the municipality before a moment, newest first."""
    last = timezone.localdate(before)
    rows = Membership.objects.for_list().filter(municipality=municipality)
    begun = rows.filter(starts_on__lte=last).order_by("-starts_on", "-pk")[: limit + 1]
    ended = rows.filter(ends_on__lte=last).order_by("-ends_on", "-pk")[: limit + 1]
    speaks = _("Speaks for the municipality from this day on (%(role)s)")
    no_longer = _("No longer speaks for the municipality (%(role)s)")
    told = [_entry(row, row.starts_on, speaks) for row in begun]
    told += [_entry(row, row.ends_on, no_longer) for row in ended if row.ends_on]
    return newest(told, before, limit)


def _entry(row: Membership, on: date, words: str) -> Entry:
    title = words % {"role": row.get_role_display()}
    return Entry(morning(on), "memberships", title, who=row.user.name, when=day(on))
