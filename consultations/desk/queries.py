"""The strip of numbers of the desk today, each with how it went in the last weeks."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.duty.queries import monday_of
from accounts.models import User
from consultations.models import SupportRequest, Week
from consultations.models.request import SupportRequestQuerySet
from consultations.requests.clock import midnight, working_days_ago
from consultations.requests.queries import short_day
from core.notices.counts import count_all

# Where the numbers stop, how many weeks stand beside each, and how few are no line yet.
MOST = 1_000
WEEKS = 8
FEWEST = 3
LONG_WORKING_DAYS = 5
# A week's bar is 6 wide with a gap of 2, and at most so high.
STEP, HEIGHT = 8, 16


@dataclass(frozen=True)
class Tile:
    """One number of the strip, the list behind it, and its weeks as bars (x, y, height) and in words."""

    label: str
    url: str
    count_label: str
    bars: list[tuple[str, str, str]] = field(default_factory=list)
    weeks: str = ""


def long_waiting(rows: SupportRequestQuerySet) -> SupportRequestQuerySet:
    """Return those who have waited for us for more than five working days."""
    return rows.filter(waiting_since__lt=working_days_ago(LONG_WORKING_DAYS))


def answered_this_week(rows: SupportRequestQuerySet) -> SupportRequestQuerySet:
    """Return those that were answered since Monday."""
    return rows.filter(answered_at__gte=midnight(monday_of(timezone.localdate())))


def tiles(reader: User) -> list[Tile]:
    """Return the numbers of all requests, whoever has them, in one query, and their weeks in another."""
    rows, today = SupportRequest.objects.visible_to(reader), timezone.localdate()
    strip = {
        "open": (_("Open requests"), "state=active", rows.active()),
        "overdue": (capfirst(_("overdue")), "state=overdue&order=due", rows.overdue()),
        "at_risk": (capfirst(_("home at risk")), "order=risk", rows.homes_at_risk()),
        "waiting": (_("Waiting over 5 working days"), "state=waiting_long&order=waiting", long_waiting(rows)),
        "answered": (_("Answered this week"), "state=answered_this_week", answered_this_week(rows)),
    }
    counts = count_all(reader, [found for _label, _query, found in strip.values()], most=MOST)
    weeks = list(Week.objects.filter(monday__gt=today - timedelta(weeks=WEEKS)).order_by("monday"))
    return [
        Tile(
            label,
            f"{reverse('desk-requests')}?{query}",
            f"{MOST}+" if count > MOST else str(count),
            *_line(weeks, name),
        )
        for count, (name, (label, query, _found)) in zip(counts, strip.items(), strict=True)
    ]


def _line(weeks: list[Week], name: str) -> tuple[list[tuple[str, str, str]], str]:
    """Return the bars of one number and what they say; weeks of which it is not known have none."""
    known = [(week.monday, getattr(week, name)) for week in weeks if getattr(week, name) is not None]
    if len(known) < FEWEST:
        return [], ""
    last, most = monday_of(timezone.localdate()), max(1, *(number for _monday, number in known))
    bars = []
    for monday, number in known:
        place = WEEKS - 1 - (last - monday).days // 7
        height = max(1, round(HEIGHT * number / most))
        bars.append((str(place * STEP), str(HEIGHT - height), str(height)))
    words = ", ".join(f"{short_day(monday)}: {number}" for monday, number in known)
    return bars, _("By weeks: %(numbers)s") % {"numbers": words}
